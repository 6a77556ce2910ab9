"""Reads a workbook in a process of its own: a few bytes can ask for the memory of a billion empty cells.

The file comes in on standard input; its sheets go out as JSON: [[name, [[cell, …], …]], …], days as {"day": "2026-06-10"}.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

_MEMORY = 768 * 2**20  # bytes of addresses
_SECONDS = 10  # of processor time
NOT_READ = 3


def main() -> int:
    """Reads, and returns the status."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sheets = [[name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)] for name in book.sheet_names]
        json.dump(sheets, sys.stdout, default=_told)
    except (CalamineError, MemoryError):
        return NOT_READ
    return 0


def _told(cell: object) -> object:
    if isinstance(cell, datetime | date):
        return {"day": f"{cell:%Y-%m-%d}"}
    if isinstance(cell, time | timedelta):
        return str(cell)
    raise TypeError(type(cell).__name__)


if __name__ == "__main__":
    sys.exit(main())
