"""What each command does. Results go to standard output, everything else to the error stream.

Status: 0 done, 1 `check` found an error, 2 unusable input or usage, 130 stopped by Ctrl-C, 141 nobody reads the output,
143 ended by the system.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

from binhdang import checking
from binhdang.cli import arguments, corpus, installation, messages, page
from binhdang.cli.progress import Progress
from binhdang.cli.tables import STYLES, Board, table_of
from binhdang.cli.terminal import Terminal, plain, say, speak_utf8, write_whole
from binhdang.cli.wording import Words
from binhdang.door import examine, read_plan
from binhdang.errors import BinhdangError, FileNotFound
from binhdang.paper import Severity
from binhdang.plan import to_json
from binhdang.plan.record import SCHEMA, finding_record
from binhdang.plan.schema import PLAN_SCHEMA
from binhdang.signals import leaving_on_term

SAMPLES = Path(__file__).parents[3] / "samples"  # beside the source; an installed package names its own folder
_VIETNAM = timezone(timedelta(hours=7))
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what writing the results may meet
_BRIEF = 3  # rows of each table of a sample


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its status. Errors are one line on the error stream."""
    speak_utf8()
    argv = sys.argv[1:] if argv is None else argv
    words = Words(arguments.language(argv))
    top = arguments.parser(words)
    asked = top.parse_args(argv)
    try:
        with leaving_on_term():
            status = _run(top, asked, words)
        sys.stdout.flush()
    except BinhdangError as e:
        say(f"binhdang: [{e.code}] {e}")
        return 2
    except KeyboardInterrupt:
        if getattr(asked, "out", None):
            say(f"binhdang: {words('interrupted')}")
        return 130
    except BrokenPipeError:
        _drop_output()
        return 141
    except Exception as e:  # noqa: BLE001  a person gets one line that can be reported, never a stack trace
        if isinstance(e, OSError) and (e.filename or e.errno in _NO_ROOM):
            return _system_error(e)
        say(f"binhdang: [internal] Lỗi bên trong binhdang: {corpus.where(e)}. Hãy báo lại kèm tệp này.")
        return 2
    return status


def _drop_output() -> None:
    # Python flushes the stream once more at its end; nobody is there to read it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _system_error(error: OSError) -> int:
    """What is left of the system's errors after intake's own: a full disk, or a path that cannot be looked at."""
    if error.filename is None:
        say(f"binhdang: [output.unwritable] Không ghi được kết quả: {error.strerror or error}.")
        _drop_output()
    else:
        say(f"binhdang: [file.not-found] Không mở được {error.filename}: {error.strerror}. Hãy xem lại đường dẫn.")
    return 2


def _run(top: argparse.ArgumentParser, asked: argparse.Namespace, words: Words) -> int:
    match asked.command:
        case "read":
            arguments.refuse_mixture(top, asked, words)
            return _read_folder(asked, words) if asked.path.is_dir() else _read_file(asked, words)
        case "check":
            return _check(top, asked, words)
        case "samples":
            return _samples(asked, words)
        case name if name in installation.COMMANDS:
            return installation.run(asked)
        case _:
            print(json.dumps(PLAN_SCHEMA, ensure_ascii=False, indent=2))
            return 0


def _read_file(asked: argparse.Namespace, words: Words) -> int:
    if asked.html and asked.html.exists() and asked.path.exists() and asked.html.samefile(asked.path):
        raise BinhdangError(
            f"{asked.html} chính là văn bản đang đọc.", hint="Hãy ghi trang xem vào tệp khác.", code="output.unwritable"
        )
    plan = read_plan(asked.path, limit=_bytes(asked.limit))
    if asked.html:
        write_whole(asked.html, page.render(plan, words, _today()))
    if asked.json:
        print(to_json(plan))
    elif asked.html:
        print(words("page-written", path=asked.html))
    else:
        Board(Terminal(colour=not asked.no_colour), words, _today()).show(plan)
    return 0


def _read_folder(asked: argparse.Namespace, words: Words) -> int:
    with Progress(words, colour=not asked.no_colour) as progress:
        tally = corpus.run(
            asked.path,
            asked.out,
            workers=asked.workers,
            limit=asked.limit,
            retry=asked.retry,
            read=partial(read_plan, limit=_bytes(asked.limit)),
            report=progress.report,
        )
    speed, seconds = (f"{value:.1f}".replace(".", ",") for value in (tally.speed, tally.seconds))
    print(words("summary", read=tally.read, failed=tally.failed, skipped=tally.skipped, seconds=seconds, speed=speed))
    print(words("written", path=asked.out))
    return 0


def _bytes(megabytes: float) -> int:
    return int(megabytes * 2**20)


def _check(top: argparse.ArgumentParser, asked: argparse.Namespace, words: Words) -> int:
    rules = sorted(checking.RULES, key=lambda rule: rule.code)
    console = Terminal(colour=not asked.no_colour)
    if asked.list_rules:
        table = table_of((words("code"), 32), (words("severity"), 10), words("content"))
        for rule in rules:
            title = rule.title_vi if words.language == "vi" else rule.summary_en
            severity = plain(words(rule.severity.value), STYLES[rule.severity])
            table.add_row(plain(rule.code), severity, plain(title))
        console.print(table)
        return 0
    if asked.path is None:
        top.error(words("usage-missing", what="FILE"))
    off = frozenset(code.strip() for codes in asked.off for code in codes.split(",") if code.strip())
    plan, findings = examine(asked.path, against=asked.against, off=off)
    known = {rule.code for rule in rules} | {f.code for f in plan.findings}
    for code in sorted(code for code in off if not any(checking.is_off(k, (code,)) for k in known)):
        say(f"binhdang: {words('off-unknown', code=code)}")
    if asked.json:
        counts = Counter(f.severity.value for f in findings)
        report = {
            "schema": SCHEMA,
            "source": {"name": plan.source, "sha256": plan.sha256},
            "findings": [finding_record(f) for f in findings],
            "counts": {severity.value: counts[severity.value] for severity in Severity},
        }
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        messages.show_findings(console, str(asked.path), plan, findings, words)
    return int(any(f.severity is Severity.ERROR for f in findings))


def _samples(asked: argparse.Namespace, words: Words) -> int:
    folder = asked.path or SAMPLES
    papers = (
        sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")) if folder.is_dir() else []
    )
    if not papers:
        raise FileNotFound(
            f"Không có văn bản mẫu nào ở {folder}.", hint="Hãy chỉ thư mục có văn bản: binhdang samples THƯ_MỤC."
        )
    console = Terminal(colour=not asked.no_colour)
    for paper in papers:
        console.rule(plain(paper.name, "bold"), align="left")
        try:
            plan = read_plan(paper)
        except BinhdangError as e:
            console.print(plain(f"[{e.code}] {e}", STYLES[Severity.ERROR]))
            continue
        Board(console, words, _today(), most=_BRIEF).show(plan)
        console.print()
        messages.show_findings(console, paper.name, plan, plan.findings[:_BRIEF], words)
        console.print()
    return 0


def _today() -> date:
    return datetime.now(_VIETNAM).date()
