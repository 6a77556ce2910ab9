"""A folder's run: one row a file, whatever the files do to their readers, and nothing done twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import hand_plan
from binhdang.cli import corpus, rows
from binhdang.cli.corpus import Tally
from binhdang.cli.crew import Lost, spread
from binhdang.cli.rows import alone
from binhdang.errors import BinhdangError, FileNotFound
from binhdang.plan import from_record
from binhdang.plan.schema import PLAN_SCHEMA
from corpus_reader import read, whoami


def folder_of(place: Path, **files: str) -> Path:
    folder = place / "papers"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.txt").write_text(content, encoding="utf-8")
    return folder


def lines(out: Path) -> dict[str, dict[str, Any]]:
    every = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len({row["path"] for row in every}) == len(every)
    return {row["path"]: row for row in every}


def test_a_row_is_a_plan_with_its_path_in_front(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a="x")
    (folder / "2026").mkdir()
    (folder / "2026" / "kế hoạch.txt").write_text("x", encoding="utf-8")
    out = tmp_path / "plans.jsonl"
    tally = corpus.run(folder, out, workers=1, read=read)
    assert (tally.read, tally.failed, tally.skipped, tally.total) == (2, 0, 0, 2)
    found = lines(out)
    assert set(found) == {"a.txt", "2026/kế hoạch.txt"}
    row = found["a.txt"]
    assert row["error"] is None
    assert row["size"] == 1
    assert Draft202012Validator(PLAN_SCHEMA).is_valid(row)
    assert from_record(row) == replace(hand_plan.PLAN, source="a.txt")


def test_no_file_stops_the_run_and_each_failure_names_its_cause(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, a="x", b="locked", c="bug", d="crash", e="killed", f="leave", g="slow 60", h="x" * 3000, i="x", j="x"
    )
    (folder / "link.txt").symlink_to(folder / "nowhere.txt")
    out = tmp_path / "plans.jsonl"
    tally = corpus.run(folder, out, workers=2, read=read, limit=0.002, patience=4)
    found = lines(out)
    errors = {name: row["error"]["code"] for name, row in found.items() if row["error"]}
    assert errors == {
        "b.txt": "file.encrypted",
        "c.txt": "internal",
        "d.txt": "worker.died",
        "e.txt": "worker.died",
        "f.txt": "worker.died",
        "g.txt": "worker.timeout",
        "h.txt": "file.too-large",
        "link.txt": "internal",
    }
    assert (tally.read, tally.failed) == (3, 8)
    assert "mã 7" in found["d.txt"]["error"]["message"]
    assert "SIGKILL" in found["e.txt"]["error"]["message"]
    assert "ZeroDivisionError: không chia được (corpus_reader.py:" in found["c.txt"]["error"]["message"]


def test_links_that_lead_back_to_themselves_get_their_rows(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a="x")
    (folder / "b.txt").symlink_to(folder / "b.txt")
    (folder / "self").symlink_to(folder)
    out = tmp_path / "plans.jsonl"
    corpus.run(folder, out, workers=1, read=read)
    assert {name: bool(row["error"]) for name, row in lines(out).items()} == {"a.txt": False, "b.txt": True}


def test_a_second_run_on_the_same_output_is_refused(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path, a="x"), tmp_path / "plans.jsonl"
    with alone(out), pytest.raises(BinhdangError) as caught:
        corpus.run(folder, out, workers=1, read=read)
    assert caught.value.code == "output.busy"
    corpus.run(folder, out, workers=1, read=read)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["papers", "plans.jsonl"]


def test_hidden_files_locks_pipes_and_the_output_are_passed_over(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a="x")
    for name in (".DS_Store", "~$a.docx"):
        (folder / name).write_text("x")
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("x")
    os.mkfifo(folder / "pipe.txt")
    out = folder / "plans.jsonl"
    for skipped in (0, 1):
        assert corpus.run(folder, out, workers=1, read=read).skipped == skipped
    assert set(lines(out)) == {"a.txt"}


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_what_is_done_is_not_done_again_but_what_changed_is(tmp_path: Path, kind: str) -> None:
    folder, out, log = folder_of(tmp_path, a="x", b="locked", c="x"), tmp_path / f"plans.{kind}", tmp_path / "log"
    run = partial(corpus.run, folder, out, workers=1, read=partial(read, log=log))
    run()
    assert (run().skipped, run().total) == (3, 0)
    assert log.read_text().split() == ["a.txt", "b.txt", "c.txt"]
    folder_of(tmp_path, a="locked", d="x")
    tally = run()
    assert (tally.read, tally.failed, tally.skipped) == (1, 1, 2)
    assert log.read_text().split()[3:] == ["a.txt", "d.txt"]
    folder_of(tmp_path, b="x", a="x")
    assert run(retry=True).total == 2
    table = lines(out) if kind == "jsonl" else parquet_rows(out)
    assert {name: failed(row) for name, row in table.items()} == dict.fromkeys(
        ("a.txt", "b.txt", "c.txt", "d.txt"), False
    )


def failed(row: dict[str, Any]) -> bool:
    return (row["error"] if "error" in row else row["error_code"]) is not None


def test_failures_stay_done_until_a_retry_is_asked_for(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path, a="locked"), tmp_path / "plans.jsonl"
    run = partial(corpus.run, folder, out, workers=1, read=read)
    run()
    assert run().skipped == 1
    assert run(retry=True).failed == 1
    assert len(lines(out)) == 1


def parquet_rows(out: Path) -> dict[str, dict[str, Any]]:
    parquet = pytest.importorskip("pyarrow.parquet")
    every = parquet.read_table(out).to_pylist()
    assert len({row["path"] for row in every}) == len(every)
    return {row["path"]: row for row in every}


def test_parquet_has_the_papers_identity_and_the_whole_plan(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path, a="x", b="locked"), tmp_path / "plans.parquet"
    corpus.run(folder, out, workers=1, read=read)
    found = parquet_rows(out)
    a, b = found["a.txt"], found["b.txt"]
    assert (a["kind"], a["number"], a["date"], a["period_to"], a["tasks"]) == (
        "Kế hoạch",
        None,
        "2026-02-10",
        "2026-12-31",
        5,
    )
    assert from_record(json.loads(a["plan"])) == replace(hand_plan.PLAN, source="a.txt")
    assert (b["error_code"], b["plan"], b["kind"]) == ("file.encrypted", None, None)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["papers", "plans.parquet"]


@pytest.mark.parametrize(
    "tail", ['{"path": "z.txt", "si', '{"pa', '{"path": "z.txt", "text": "\u1ebf'], ids=["row", "name", "letter"]
)
def test_a_torn_last_line_is_mended(tmp_path: Path, tail: str) -> None:
    folder, out = folder_of(tmp_path, a="x"), tmp_path / "plans.jsonl"
    corpus.run(folder, out, workers=1, read=read)
    whole = out.read_bytes()
    out.write_bytes(whole + tail.encode()[:-1])
    folder_of(tmp_path, b="x")
    tally = corpus.run(folder, out, workers=1, read=read)
    assert (tally.read, tally.skipped) == (1, 1)
    assert out.read_bytes().startswith(whole)
    assert set(lines(out)) == {"a.txt", "b.txt"}


@pytest.mark.parametrize("content", ["ghi chép riêng", '{"a": 1}\n', "một\nhai\n", '{"path": "a"}\n', "null\n"])
def test_a_file_of_another_kind_is_never_written_over(tmp_path: Path, content: str) -> None:
    folder, out = folder_of(tmp_path, a="x"), tmp_path / "plans.jsonl"
    out.write_text(content, encoding="utf-8")
    with pytest.raises(BinhdangError) as caught:
        corpus.run(folder, out, workers=1, read=read)
    assert caught.value.code == "output.foreign"
    assert out.read_text(encoding="utf-8") == content


def test_a_parquet_of_another_kind_is_never_written_over(tmp_path: Path) -> None:
    folder, out = folder_of(tmp_path, a="x"), tmp_path / "plans.parquet"
    out.write_bytes(b"PAR1 no")
    with pytest.raises(BinhdangError, match="không phải là tệp Parquet"):
        corpus.run(folder, out, workers=1, read=read)
    assert out.read_bytes() == b"PAR1 no"


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_after_a_kill_the_run_goes_on_where_it_was(tmp_path: Path, kind: str) -> None:
    """The whole run is killed, not asked to stop; the second run reads what is left and nothing else."""
    files = {f"f{i:02}": "slow 0.05" for i in range(30)}
    folder, out, log = folder_of(tmp_path, **files), tmp_path / f"plans.{kind}", tmp_path / "log"
    journal = out if kind == "jsonl" else tmp_path / "plans.parquet.parts" / "rows.jsonl"
    script = (
        "from functools import partial; from pathlib import Path; import corpus_reader as t; from binhdang.cli import corpus\n"
        f"if __name__ == '__main__': corpus.run(Path({str(folder)!r}), Path({str(out)!r}), workers=2,"
        f" read=partial(t.read, log=Path({str(log)!r})))"
    )
    first = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parent)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (journal.exists() and journal.read_bytes().count(b"\n") >= 5):
        time.sleep(0.02)
    first.kill()
    first.wait()
    time.sleep(0.3)  # what its workers had in hand ends there
    done = journal.read_bytes().count(b"\n")
    assert 5 <= done < 30
    asked = len(log.read_text().split())
    tally = corpus.run(folder, out, workers=2, read=partial(read, log=log))
    assert (tally.skipped, tally.read) == (done, 30 - done)
    assert len(log.read_text().split()) - asked == 30 - done
    assert len(lines(out) if kind == "jsonl" else parquet_rows(out)) == 30


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    told: list[tuple[int, int, str, bool]] = []

    def report(tally: Tally, job: corpus.Job, error: str) -> None:
        told.append((tally.read + tally.failed, tally.total, job.name, bool(error)))

    corpus.run(folder_of(tmp_path, a="x", b="locked"), tmp_path / "p.jsonl", workers=1, read=read, report=report)
    assert told == [(1, 2, "a.txt", False), (2, 2, "b.txt", True)]


def test_a_missing_folder_or_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFound):
        corpus.run(tmp_path / "không có", tmp_path / "p.jsonl", read=read)
    (tmp_path / "file").write_text("x")
    with pytest.raises(BinhdangError) as caught:
        corpus.run(folder_of(tmp_path, a="x"), tmp_path / "file" / "p.jsonl", workers=1, read=read)
    assert caught.value.code == "output.unwritable"


def test_parquet_without_its_library_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "find_spec", lambda name: None)
    with pytest.raises(BinhdangError) as caught:
        corpus.run(folder_of(tmp_path, a="x"), tmp_path / "p.parquet", read=read)
    assert caught.value.code == "program.missing"
    assert not list(tmp_path.glob("p.*"))


# ── the workers ──


def test_workers_are_replaced_before_they_grow_old() -> None:
    answers = [answer for _, answer in spread(range(10), whoami, workers=1, recycle=3)]
    assert [a[0] for a in answers if not isinstance(a, Lost)] == list(range(10))
    assert len({a[1] for a in answers if not isinstance(a, Lost)}) == 4


def test_tasks_are_taken_only_as_workers_come_free() -> None:
    taken: list[int] = []

    def tasks() -> Any:
        for i in range(50):
            taken.append(i)
            yield i

    answers = spread(tasks(), whoami, workers=2)
    next(answers)
    assert len(taken) == 2
    answers.close()


def test_a_name_that_is_no_utf_8_costs_nothing(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a="x")
    (folder / os.fsdecode(b"k\xea.txt")).write_text("x")
    out = tmp_path / "plans.parquet"
    assert corpus.run(folder, out, workers=1, read=read).read == 2
    assert corpus.run(folder, out, workers=1, read=read).skipped == 2


def test_two_folders_never_share_an_output(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = folder_of(tmp_path / "one", a="x"), folder_of(tmp_path / "two", a="x")
    for out in (tmp_path / "plans.jsonl", tmp_path / "plans.parquet"):
        corpus.run(one, out, workers=1, read=read)
        before = out.read_bytes()
        with pytest.raises(BinhdangError, match="đã chứa kết quả của thư mục") as refused:
            corpus.run(two, out, workers=1, read=read)
        assert (refused.value.code, out.read_bytes()) == ("output.foreign", before)
    one.rename(tmp_path / "moved")
    assert corpus.run(tmp_path / "moved", tmp_path / "plans.jsonl", workers=1, read=read).skipped == 1


def test_an_output_by_a_link_is_written_where_it_leads(tmp_path: Path) -> None:
    folder, true = folder_of(tmp_path, a="x"), tmp_path / "elsewhere.jsonl"
    link = folder / "plans.jsonl"
    link.symlink_to(true)
    corpus.run(folder, link, workers=1, read=read)
    folder_of(tmp_path, a="xy")
    corpus.run(folder, link, workers=1, read=read)
    assert link.is_symlink()
    assert len(true.read_text().splitlines()) == 1


def test_a_run_called_off_lets_its_papers_clear_up(tmp_path: Path) -> None:
    folder, started = folder_of(tmp_path, a="x"), tmp_path / "started"
    code = (
        "import sys; from functools import partial; from pathlib import Path; import corpus_reader\n"
        "from binhdang.cli import corpus; from binhdang.signals import leaving_on_term\n"
        "with leaving_on_term():\n"
        "    corpus.run(Path(sys.argv[1]), Path(sys.argv[2]), workers=1,"
        " read=partial(corpus_reader.hold, marker=Path(sys.argv[3])))\n"
    )
    argv = [sys.executable, "-c", code, str(folder), str(tmp_path / "p.jsonl"), str(started)]
    with subprocess.Popen(argv, cwd=Path(__file__).parent) as run:
        for _ in range(300):
            if started.exists():
                break
            time.sleep(0.1)
        run.terminate()
        assert run.wait(20) == 143
    assert not started.exists()
