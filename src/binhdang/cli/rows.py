"""Where the rows of a folder's run are kept: a journal of JSON lines that outlives a kill, and the Parquet made of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple

from binhdang.cli.terminal import unwritable
from binhdang.errors import BinhdangError, MissingProgram

if sys.platform != "win32":
    import fcntl

Row = dict[str, Any]

_OURS = b'{"path": '  # how each row begins: nothing that begins otherwise is ever cut off or written over
_GROUP = 200  # rows of a Parquet row group: some 10 MB


class Stamp(NamedTuple):
    """Which state of a file a row speaks of: size in bytes, time of change in nanoseconds; whether it failed; its folder."""

    size: int
    modified: int
    failed: bool = False
    folder: str = ""


def stamp_of(row: Row) -> Stamp:
    """The stamp that a row carries."""
    return Stamp(row["size"], row["modified"], row["error"] is not None, str(row["folder"]))


class Journal:
    """JSON lines, appended and flushed one by one; one row a path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Journal:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("ab")
        except OSError as e:
            raise unwritable(self.path, e) from e
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with self._file:
                self._file.flush()
                os.fsync(self._file.fileno())
        except OSError as e:
            raise unwritable(self.path, e) from e

    def add(self, line: str) -> None:
        """Appends a row; once this returns, a kill cannot lose it."""
        try:
            self._file.write(line.encode("utf-8", "backslashreplace") + b"\n")
            self._file.flush()
        except OSError as e:
            raise unwritable(self.path, e) from e

    def rows(self) -> Iterator[Row]:
        """The rows written so far. Raises BinhdangError when the file holds something else."""
        if not self.path.exists():
            return
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = json.loads(line)
                    stamp_of(row)
                except (ValueError, KeyError, TypeError) as e:
                    raise BinhdangError(
                        f"{self.path}, dòng {number}: không phải là dòng kết quả của binhdang.",
                        hint="Hãy chọn tên khác cho --out, hoặc chuyển tệp này đi.",
                        code="output.foreign",
                    ) from e
                yield row

    def mend(self) -> None:
        """Cuts off a last line that a kill left torn, ends one that lacks its end. What is no row of ours is left alone."""
        if not self.path.exists():
            return
        with self.path.open("rb+") as file:
            tail = _last_line(file)
            if not tail or not (tail.startswith(_OURS) or _OURS.startswith(tail)):
                return
            try:
                row = json.loads(tail)
            except ValueError:
                file.truncate(file.seek(0, os.SEEK_END) - len(tail))
                return
            with suppress(ValueError, KeyError, TypeError):
                stamp_of(row)
                file.seek(0, os.SEEK_END)
                file.write(b"\n")

    def drop(self, paths: set[str]) -> None:
        """Rewrites the journal without the rows of these paths, under a temporary name first."""
        draft = _draft(self.path)
        draft.unlink(missing_ok=True)
        with Journal(draft) as kept:
            for row in self.rows():
                if row["path"] not in paths:
                    kept.add(json.dumps(row, ensure_ascii=False))
        draft.replace(self.path)


def _draft(path: Path) -> Path:
    """Hidden, and named by us: never a file that somebody keeps."""
    return path.with_name(f".{path.name}.tmp")


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Holds the output for one run at a time; the system lets go of it when the run dies. Raises BinhdangError."""
    if sys.platform == "win32":
        yield
        return
    lock = out.with_name(f".{out.name}.lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        # never through a link that somebody else has laid, and nothing in it is cut off
        file = os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "rb+")
    except OSError as e:
        raise unwritable(out, e) from e
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_nlink == 0:  # the run before took the file away after it was opened here
                raise BlockingIOError
        except OSError as e:
            raise BinhdangError(
                f"Một lần chạy khác đang ghi vào {out}.", hint="Hãy đợi lần chạy ấy xong.", code="output.busy"
            ) from e
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)


def _last_line(file: BinaryIO, step: int = 2**16) -> bytes:
    """The bytes after the last line break, read from the end."""
    tail = b""
    left = file.seek(0, os.SEEK_END)
    while left > 0 and b"\n" not in tail:
        start = max(0, left - step)
        file.seek(start)
        tail = file.read(left - start) + tail
        left = start
    return tail.rpartition(b"\n")[2]


def need_parquet() -> None:
    """Raises MissingProgram, before any work is done, when pyarrow is not installed."""
    if find_spec("pyarrow") is None:
        raise MissingProgram(
            "Ghi Parquet cần thư viện pyarrow.",
            hint='Hãy cài: pip install "binhdang[parquet]", hoặc dùng --out TỆP.jsonl.',
        )


def parquet_stamps(path: Path) -> dict[str, Stamp]:
    """The stamps in a finished Parquet file; empty when there is none. Raises BinhdangError on one of another kind."""
    if not path.exists():
        return {}
    from pyarrow import ArrowException, parquet

    try:
        columns = parquet.read_table(path, columns=["path", "size", "modified", "error_code", "folder"]).to_pydict()
        stamps = zip(columns["size"], columns["modified"], columns["error_code"], columns["folder"], strict=True)
        rows = zip(columns["path"], stamps, strict=True)
        return {
            name: Stamp(size, modified, error is not None, folder) for name, (size, modified, error, folder) in rows
        }
    except (ArrowException, KeyError, OSError) as e:
        raise BinhdangError(
            f"{path} không phải là tệp Parquet do binhdang ghi.",
            hint="Hãy chọn tên khác cho --out, hoặc chuyển tệp này đi.",
            code="output.foreign",
        ) from e


def merge_parquet(path: Path, rows: Iterable[Row], replaced: set[str]) -> None:
    """Writes the earlier rows (but those `replaced`) and then these into one file, under a temporary name first."""
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, getattr(pyarrow, kind)()) for name, kind in _COLUMNS])
    draft = _draft(path)
    draft.unlink(missing_ok=True)
    with parquet.ParquetWriter(draft, schema, compression="zstd") as writer:
        if path.exists():
            with parquet.ParquetFile(path) as earlier:
                for batch in earlier.iter_batches(batch_size=_GROUP):
                    kept = [row for row in batch.to_pylist() if row["path"] not in replaced]
                    writer.write_table(pyarrow.Table.from_pylist(kept, schema=schema))
        for group in _groups(rows, _GROUP):
            writer.write_table(pyarrow.Table.from_pylist([_flat(row) for row in group], schema=schema))
    draft.replace(path)


_COLUMNS = (
    ("path", "string"),
    ("folder", "string"),
    ("size", "int64"),
    ("modified", "int64"),
    ("seconds", "float64"),
    ("reader", "string"),
    ("error_code", "string"),
    ("error_message", "string"),
    ("sha256", "string"),
    ("kind", "string"),
    ("number", "string"),
    ("date", "string"),
    ("place", "string"),
    ("issuer", "string"),
    ("title", "string"),
    ("period_from", "string"),
    ("period_to", "string"),
    ("tasks", "int32"),
    ("targets", "int32"),
    ("reporting", "int32"),
    ("citations", "int32"),
    ("findings", "int32"),
    ("plan", "string"),
)
_OWN = ("path", "folder", "size", "modified", "seconds", "reader")
_COUNTED = ("tasks", "targets", "reporting", "citations", "findings")


def _flat(row: Row) -> Row:
    """A row as columns: the paper's identity and counts to filter by, and the whole plan as JSON text."""
    flat: Row = {name: row[name] for name in _OWN}
    if row["error"] is not None:
        return flat | {"error_code": row["error"]["code"], "error_message": row["error"]["message"]}
    document, period = row["document"], row["document"]["period"] or {}
    plan = {name: value for name, value in row.items() if name not in (*_OWN, "error")}
    flat |= {name: document[name] for name in ("kind", "number", "date", "place", "issuer", "title")}
    flat |= {"period_from": period.get("from"), "period_to": period.get("to"), "sha256": row["source"]["sha256"]}
    return flat | {name: len(row[name]) for name in _COUNTED} | {"plan": json.dumps(plan, ensure_ascii=False)}


def _groups(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
