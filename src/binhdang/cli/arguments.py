"""What may be typed after `binhdang`, and what is said when it is typed wrongly."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from binhdang.cli.corpus import LIMIT
from binhdang.cli.terminal import say
from binhdang.cli.wording import LANGUAGES, Words
from binhdang.errors import FileNotFound
from binhdang.version import __version__

_MOST_LIMIT = 2**20  # MB

# argparse speaks English only; these are all of its messages that our arguments can cause.
_COMPLAINTS = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "usage-missing"),
    (re.compile(r"argument (?P<what>\S+): expected (?:one|at least one) argument"), "usage-missing"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "usage-unknown"),
    (re.compile(r"argument \S+: invalid (?:choice|\w+ value): (?P<what>'[^']*')"), "usage-choice"),
)


class Parser(argparse.ArgumentParser):
    """An argparse parser that speaks the language of `words`."""

    words = Words()

    def __init__(self, *, words: Words | None = None, **options: object) -> None:
        if words is not None:
            Parser.words = words
        options.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title = self.words("arguments")
        self._optionals.title = self.words("options")
        self.add_argument("-h", "--help", action="help", help=self.words("help"))

    def error(self, message: str) -> NoReturn:
        """One line on the error stream, and status 2."""
        for pattern, key in _COMPLAINTS:
            if found := pattern.search(message):
                message = self.words(key, what=found["what"])
                break
        self.print_usage(sys.stderr)
        say(f"binhdang: [usage] {message}")
        sys.exit(2)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, Parser.words("usage") if prefix is None else prefix)


def parser(words: Words) -> Parser:
    """The parser of all commands, its help in the language of `words`."""
    top = Parser(words=words, prog="binhdang", description=words("about"))
    top.add_argument("--version", action="version", version=f"binhdang {__version__}", help=words("help-version"))
    commands = top.add_subparsers(
        dest="command", metavar=words("commands").upper(), title=words("commands"), required=True
    )
    _read(commands.add_parser("read", help=words("help-read"), description=words("help-read")), words)
    _check(commands.add_parser("check", help=words("help-check"), description=words("help-check")), words)
    samples = commands.add_parser("samples", help=words("help-samples"), description=words("help-samples"))
    samples.add_argument("path", nargs="?", type=Path, metavar="FOLDER", help=words("help-samples-path"))
    _shown(samples, words)
    _installation(commands, words)
    commands.add_parser("schema", help=words("help-schema"), description=words("help-schema"))
    return top


def _read(read: argparse.ArgumentParser, words: Words) -> None:
    read.add_argument("path", type=Path, metavar="FILE|FOLDER", help=words("help-read-path"))
    read.add_argument("--json", action="store_true", help=words("help-json"))
    read.add_argument("--html", type=Path, metavar="OUT.html", help=words("help-html"))
    read.add_argument("--out", type=Path, metavar="OUT.jsonl|OUT.parquet", help=words("help-out"))
    read.add_argument("--workers", type=int, metavar="N", help=words("help-workers"))
    read.add_argument("--limit", type=float, metavar="MB", help=words("help-limit"))
    read.add_argument("--retry", action="store_true", help=words("help-retry"))
    _shown(read, words)


def _check(check: argparse.ArgumentParser, words: Words) -> None:
    check.add_argument("path", nargs="?", type=Path, metavar="FILE", help=words("help-check-path"))
    check.add_argument("--json", action="store_true", help=words("help-json"))
    check.add_argument("--against", type=Path, metavar="PARENT", help=words("help-against"))
    check.add_argument("--off", action="append", default=[], metavar="CODE[,CODE]", help=words("help-off"))
    check.add_argument("--list-rules", action="store_true", help=words("help-rules"))
    _shown(check, words)


def _installation(commands: argparse._SubParsersAction[Parser], words: Words) -> None:
    serve = commands.add_parser("serve", help=words("help-serve"), description=words("help-serve"))
    serve.add_argument("--port", type=int, metavar="N", help=words("help-port"))
    serve.add_argument("--address", metavar="IP", help=words("help-address"))
    serve.add_argument("--workers", type=int, metavar="N", help=words("help-processes"))
    serve.add_argument("--jobs", type=int, metavar="N", help=words("help-jobs"))
    demo = commands.add_parser("demo", help=words("help-demo"), description=words("help-demo"))
    demo.add_argument("--port", type=int, metavar="N", help=words("help-port"))
    demo.add_argument("--folder", type=Path, default=Path("binhdang-demo"), metavar="FOLDER", help=words("help-folder"))
    load = commands.add_parser("load-units", help=words("help-load-units"), description=words("help-load-units"))
    audit = commands.add_parser("audit", help=words("help-audit"), description=words("help-audit"))
    audit.add_argument("task", choices=("verify",), help=words("help-audit-task"))
    audit.add_argument("--heads", type=Path, metavar="FOLDER", help=words("help-heads"))
    backup = commands.add_parser("backup", help=words("help-backup"), description=words("help-backup"))
    backup.add_argument("target", nargs="?", type=Path, metavar="FILE", help=words("help-backup-file"))
    backup.add_argument("--for", dest="recipient", metavar="AGE1…", help=words("help-backup-for"))
    backup.add_argument("--new-key", type=Path, metavar="FILE", help=words("help-new-key"))
    restore = commands.add_parser("restore", help=words("help-restore"), description=words("help-restore"))
    restore.add_argument("archive", type=Path, metavar="FILE", help=words("help-backup-file"))
    restore.add_argument("--identity", type=Path, metavar="FILE", help=words("help-identity"))
    for command in (serve, demo, load, audit, backup, restore):
        command.add_argument("--lang", choices=LANGUAGES, default="vi", help=words("help-lang"))


def _shown(command: argparse.ArgumentParser, words: Words) -> None:
    command.add_argument("--lang", choices=LANGUAGES, default="vi", help=words("help-lang"))
    command.add_argument("--no-colour", "--no-color", action="store_true", dest="no_colour", help=words("help-colour"))


def language(argv: Sequence[str]) -> str:
    """The language asked for, needed before parsing so that complaints come in it; Vietnamese otherwise."""
    for index, word in enumerate(argv):
        value = word.partition("=")[2] if word.startswith("--lang=") else "".join(argv[index + 1 : index + 2])
        if word.startswith("--lang") and value in LANGUAGES:
            return value
    return "vi"


def refuse_mixture(top: argparse.ArgumentParser, asked: argparse.Namespace, words: Words) -> None:
    """Ends with a usage error when the options of `read` do not fit a file, or a folder. Raises FileNotFound."""
    if not os.path.lexists(asked.path):  # else a mistyped folder would be told which options a file takes
        raise FileNotFound(f"Không có {asked.path}.", hint="Hãy xem lại đường dẫn.")
    if asked.limit is None:
        asked.limit = LIMIT
    if not 0 < asked.limit <= _MOST_LIMIT:
        top.error(words("usage-positive", what="--limit"))
    if asked.path.is_dir():
        if asked.out is None or asked.out.suffix not in (".jsonl", ".parquet"):
            top.error(words("usage-folder-out"))
        for option in ("json", "html"):
            if getattr(asked, option):
                top.error(words("usage-file-only", what=f"--{option}"))
        if asked.workers is not None and asked.workers < 1:
            top.error(words("usage-positive", what="--workers"))
    else:
        for option in ("out", "workers", "retry"):
            if getattr(asked, option):
                top.error(words("usage-folder-only", what=f"--{option}"))
