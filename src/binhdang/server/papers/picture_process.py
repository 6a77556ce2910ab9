"""Draws one page of a file as PNG on standard output; status 3 where there is no such page, or the file cannot be drawn."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from binhdang.errors import BinhdangError
from binhdang.reading.intake.picture import page_picture

_MEMORY = 2 * 2**30  # bytes of addresses
_SECONDS = 15  # of processor time


def main() -> int:
    """Draws what the arguments name."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        sys.stdout.buffer.write(page_picture(Path(sys.argv[1]).read_bytes(), int(sys.argv[2])))
    except (BinhdangError, IndexError, OSError):
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
