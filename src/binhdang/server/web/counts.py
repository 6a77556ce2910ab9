"""Numbers that several processes count together: each adds in a file of its own, whoever asks adds the files up.

A count is written in place into mapped memory, so that it costs next to nothing and outlives a process that is killed. Without a
folder to write to, a process counts for itself.
"""

from __future__ import annotations

import mmap
import os
import secrets
import struct
import threading
from collections import Counter
from pathlib import Path

from django.conf import settings

_PREFIX = "counts-"
_NAME = 120  # bytes of a name, filled up with zeros; its value stands before it
_RECORD = 8 + _NAME
_MOST = 16_384  # names; what comes after is not counted
_VALUE = struct.Struct("<d")


class _Sheet:
    """This process's own file."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self._lock = threading.Lock()
        self._places: dict[str, int] = {}
        try:
            path = folder() / f"{_PREFIX}{self.process}-{secrets.token_hex(4)}"
            with path.open("x+b") as file:
                file.truncate(_MOST * _RECORD)  # a hole: the disk holds what is written alone
                self._memory = mmap.mmap(file.fileno(), _MOST * _RECORD)
        except OSError:
            self._memory = mmap.mmap(-1, _MOST * _RECORD)

    def add(self, name: str, amount: float) -> None:
        with self._lock:
            place = self._places.get(name)
            if place is None:
                told = name.encode()
                if len(self._places) == _MOST or len(told) > _NAME:
                    return
                place = self._places[name] = len(self._places) * _RECORD
                self._memory[place + 8 : place + 8 + len(told)] = told
            (before,) = _VALUE.unpack_from(self._memory, place)
            _VALUE.pack_into(self._memory, place, before + amount)

    def read(self) -> Counter[str]:
        return _read(self._memory)


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


def totals() -> Counter[str]:
    """All counts of all processes since the server started."""
    files = [path for path in folder().glob(f"{_PREFIX}*") if path.is_file()]
    if not files:
        return _own().read()
    total: Counter[str] = Counter()
    for path in files:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
            total.update(_read(memory))
    return total


def _read(memory: mmap.mmap) -> Counter[str]:
    found: Counter[str] = Counter()
    for place in range(0, len(memory), _RECORD):
        name = memory[place + 8 : place + _RECORD].rstrip(b"\0")
        if not name:
            break
        found[name.decode()] += _VALUE.unpack_from(memory, place)[0]
    return found
