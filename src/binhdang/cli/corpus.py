"""A folder of papers into one file: many processes, one row a paper, nothing done twice, nothing stopped by a bad file.

A paper is known by its path in the folder with its size and time of change. They cost one look at the directory, where
a digest would read every byte of the corpus again on each resumption; the digest of the bytes stands in the row, as
`source.sha256`. A file that was changed is read again and its earlier row goes.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from binhdang.cli.crew import PATIENCE, RECYCLE, Lost, spread
from binhdang.cli.rows import Journal, Row, Stamp, alone, merge_parquet, need_parquet, parquet_stamps, stamp_of
from binhdang.door import read_plan
from binhdang.errors import BinhdangError, FileNotFound
from binhdang.plan import Plan, to_record
from binhdang.version import __version__

_OUTPUTS = (".jsonl", ".parquet")
LIMIT = 50.0  # MB of a file; larger ones are attachments and collections, not plans

Reader = Callable[[Path], Plan]


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: where it is, its folder, its name there ("2024/ke-hoach.docx"), size in bytes, change in nanoseconds."""

    path: Path
    folder: str
    name: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished row as a JSON line, with its error message where it has one."""

    line: str
    error: str = ""


@dataclass(slots=True)
class Tally:
    """How far a run is. `speed` is in files a second."""

    total: int = 0
    read: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    @property
    def speed(self) -> float:
        """Files answered a second, failed ones too."""
        return (self.read + self.failed) / self.seconds if self.seconds else 0.0


Report = Callable[[Tally, Job, str], None]


def _silent(tally: Tally, job: Job, error: str) -> None:
    """Reports nothing."""


def run(
    folder: Path,
    out: Path,
    *,
    workers: int | None = None,
    limit: float = LIMIT,
    retry: bool = False,
    read: Reader = read_plan,
    report: Report = _silent,
    recycle: int = RECYCLE,
    patience: float = PATIENCE,
) -> Tally:
    """Reads every file under `folder` into `out` (.jsonl or .parquet) and says how it went.

    `limit` is MB a file; `retry` reads those again that failed before; `read` must be picklable; `report` is called
    after each file with the tally so far, the file and its error ("" for none). `patience` is seconds a file. Raises
    BinhdangError when the folder or the output cannot be used, never for a paper.
    """
    if not folder.is_dir():
        raise FileNotFound(f"Không có thư mục {folder}.", hint="Hãy xem lại đường dẫn.")
    out = Path(os.path.realpath(out))  # a link stays one: what it leads to is written
    parquet = out.suffix == ".parquet"
    if parquet:
        need_parquet()
    with alone(out):
        journal = Journal(_parts(out) / "rows.jsonl" if parquet else out)
        journal.mend()
        finished = parquet_stamps(out) if parquet else {}
        jobs = list(_walk(folder, out))
        _refuse_other_folder(out, folder, chain(finished.values(), map(stamp_of, journal.rows())))
        known, stale = _known(journal, jobs, retry)
        if stale:
            journal.drop(stale)
        earlier = {name: s for name, s in finished.items() if not (retry and s.failed)} | known
        waiting = [job for job in jobs if earlier.get(job.name, Stamp(-1, -1))[:2] != (job.size, job.modified)]
        tally = Tally(total=len(waiting), skipped=len(jobs) - len(waiting))
        begun = time.monotonic()
        act = partial(read_row, read=read, limit=limit)
        answers = spread(waiting, act, workers=workers or os.cpu_count() or 1, recycle=recycle, patience=patience)
        with journal, closing(answers):  # closing ends the workers at once when the run is broken off
            for job, answer in answers:
                row = _lost_row(job, answer, patience) if isinstance(answer, Lost) else answer
                journal.add(row.line)
                tally.failed += bool(row.error)
                tally.read += not row.error
                tally.seconds = time.monotonic() - begun
                report(tally, job, row.error)
        if parquet:
            _finish(out, journal)
    return tally


def read_row(job: Job, *, read: Reader, limit: float) -> Answer:
    """Reads one file, in a worker. Whatever is wrong with it becomes the row's error."""
    begun = time.perf_counter()
    if job.size > limit * 2**20:
        size = f"{job.size / 2**20:.1f}".replace(".", ",")
        return _row(job, begun, error=("file.too-large", f"Tệp {size} MB, lớn hơn giới hạn {limit:g} MB."))
    try:
        return _row(job, begun, plan=to_record(read(job.path)))
    except BinhdangError as e:
        return _row(job, begun, error=(e.code, str(e)))
    except Exception as e:  # noqa: BLE001  one bad file never stops the run; the row says where it went wrong
        return _row(job, begun, error=("internal", f"Lỗi bên trong binhdang: {where(e)}."))


def where(error: BaseException) -> str:
    """An unforeseen error in one line: kind, words, and the line of code."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def _row(job: Job, begun: float, *, plan: Row | None = None, error: tuple[str, str] | None = None) -> Answer:
    row: Row = {
        "path": job.name,
        "folder": job.folder,
        "size": job.size,
        "modified": job.modified,
        "seconds": round(time.perf_counter() - begun, 4),
        "reader": __version__,
        "error": {"code": error[0], "message": error[1]} if error else None,
    }
    line = json.dumps(row | (plan or {}), ensure_ascii=False)
    return Answer(_in_utf8(line, "replace"), f"[{error[0]}] {error[1]}" if error else "")


def _in_utf8(text: str, otherwise: str = "backslashreplace") -> str:
    """Without the halves of letters that stand for the bytes of a file's name that is no UTF-8."""
    return text.encode("utf-8", otherwise).decode()


def _lost_row(job: Job, lost: Lost, patience: float) -> Answer:
    """The row of a file that its worker did not survive."""
    if lost.exit_code is None:
        error = ("worker.timeout", f"Đọc quá {patience:g} giây nên đã dừng.")
    else:
        error = ("worker.died", f"Tiến trình đọc tệp này đã chết ({_end(lost.exit_code)}).")
    return _row(job, time.perf_counter(), error=error)


def _end(exit_code: int) -> str:
    if exit_code < 0 and -exit_code in set(signal.Signals):
        return signal.Signals(-exit_code).name
    return f"mã {exit_code}"


def _walk(folder: Path, out: Path) -> Iterator[Job]:
    """Every ordinary file under the folder by name, but hidden ones, Word's lock files and outputs of runs."""
    # Not Path.resolve: it raises on a link that leads back to itself.
    own = os.path.realpath(_parts(out))
    root = _in_utf8(os.path.realpath(folder))
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and os.path.realpath(Path(top, f)) != own)
        for name in sorted(names):
            path = Path(top) / name
            if name.startswith((".", "~$")) or path.suffix in _OUTPUTS:
                continue
            try:
                state = path.stat()
            except OSError:
                state = path.lstat()  # a link to nowhere: it gets its row and its error
            # A pipe or a device would keep its reader waiting for ever.
            if stat.S_ISREG(state.st_mode) or stat.S_ISLNK(state.st_mode):
                place = _in_utf8(path.relative_to(folder).as_posix())
                yield Job(path, root, place, state.st_size, state.st_mtime_ns)


def _refuse_other_folder(out: Path, folder: Path, stamps: Iterable[Stamp]) -> None:
    """Two folders in one output would take each other's rows; one that was moved goes on where it was."""
    own = _in_utf8(os.path.realpath(folder))
    for other in {stamp.folder for stamp in stamps} - {own}:
        if Path(other).is_dir():
            raise BinhdangError(
                f"{out} đã chứa kết quả của thư mục {other}.",
                hint="Hãy chọn tên khác cho --out.",
                code="output.foreign",
            )


def _known(journal: Journal, jobs: list[Job], retry: bool) -> tuple[dict[str, Stamp], set[str]]:
    """What the journal holds for these files; and the paths whose rows must go: changed, or failed and to be retried."""
    current = {job.name: (job.size, job.modified) for job in jobs}
    known: dict[str, Stamp] = {}
    stale: set[str] = set()
    for row in journal.rows():
        name, stamp = row["path"], stamp_of(row)
        if (name in current and current[name] != stamp[:2]) or (retry and stamp.failed) or name in known:
            stale.add(name)
        known[name] = stamp
    return {name: stamp for name, stamp in known.items() if name not in stale}, stale


def _parts(out: Path) -> Path:
    return out.with_name(out.name + ".parts")


def _finish(out: Path, journal: Journal) -> None:
    """Makes the Parquet of the journal's rows and what stood in it before; the journal goes last."""
    replaced = {row["path"] for row in journal.rows()}
    if replaced or not out.exists():
        merge_parquet(out, journal.rows(), replaced)
    shutil.rmtree(_parts(out))
