"""Numbers that several processes count together: each adds in a file of its own, whoever asks adds the files up.

A count is written in place, unsynced: that costs a few millionths of a second and outlives a process that is killed. It is no
mapped memory, as on a full disk that would end the process. Without a folder to write to, a process counts for itself.
"""

from __future__ import annotations

import os
import secrets
import struct
import threading
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from django.conf import settings

_PREFIX = "counts-"
_NAME = 120  # bytes of a name, filled up with zeros; its value stands before it
_RECORD = 8 + _NAME
_VALUE = struct.Struct("<d")


class _Sheet:
    """This process's own file."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.values: defaultdict[str, float] = defaultdict(float)
        self._lock = threading.Lock()
        self._places: dict[str, int] = {}
        self._file: int | None = None
        with suppress(OSError):
            name = f"{_PREFIX}{self.process}-{secrets.token_hex(4)}"
            self._file = os.open(folder() / name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)

    def add(self, name: str, amount: float) -> None:
        with self._lock:
            self.values[name] += amount
            if self._file is None:
                return
            record = _VALUE.pack(self.values[name])
            place = self._places.get(name)
            if place is None:
                told = name.encode()
                if len(told) > _NAME:
                    return
                place = self._places[name] = len(self._places) * _RECORD
                record += told.ljust(_NAME, b"\0")
            with suppress(OSError):  # a full disk is told of elsewhere
                os.pwrite(self._file, record, place)


_sheet: _Sheet | None = None


def folder() -> Path:
    """What belongs to the running server alone; emptied when it starts."""
    return Path(settings.CONFIGURATION.folder) / "run"


def _own() -> _Sheet:
    global _sheet  # one a process: a copy made by fork begins its own
    if _sheet is None or _sheet.process != os.getpid():
        _sheet = _Sheet()
    return _sheet


def add(name: str, amount: float = 1) -> None:
    """Counts: `name` is what Prometheus reads, labels and all."""
    _own().add(name, amount)


def totals() -> dict[str, float]:
    """All counts of all processes since the server started."""
    total: defaultdict[str, float] = defaultdict(float)
    for path in folder().glob(f"{_PREFIX}*"):
        _read(path.read_bytes(), total)
    return dict(total or _own().values)


def _read(sheet: bytes, into: defaultdict[str, float]) -> None:
    for place in range(0, len(sheet) - _RECORD + 1, _RECORD):
        name = sheet[place + 8 : place + _RECORD].rstrip(b"\0")
        if name:
            into[name.decode()] += _VALUE.unpack_from(sheet, place)[0]
