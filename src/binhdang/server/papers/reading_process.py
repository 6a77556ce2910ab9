"""Reads one file and prints the plan's JSON, or what went wrong as JSON: {"error": …, "hint": …, "code": …}.

With --secrecy it looks for a secrecy mark alone, at the first pages of a scan, and prints {} where there is none.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from binhdang.door import read_plan
from binhdang.errors import BinhdangError
from binhdang.plan import to_record
from binhdang.reading.intake import refuse_secret_bytes, take_in_bytes

_MEMORY = 4 * 2**30  # bytes of addresses; a scanned page at 200 dpi takes some 200 MB


def main() -> int:
    """Reads what the arguments name: where the bytes lie, and the name that the file came under."""
    path, name, *rest = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        data = Path(path).read_bytes()
        told: object = _looked_at(data, name) if rest else to_record(read_plan(take_in_bytes(data, name)))
    except BinhdangError as e:
        told = {"error": e.message, "hint": e.hint, "code": e.code}
    except MemoryError:
        told = {"error": f"“{name}” cần quá nhiều bộ nhớ để đọc.", "hint": "Hãy tách tệp.", "code": "file.too-large"}
    json.dump(told, sys.stdout)
    return 0


def _looked_at(data: bytes, name: str) -> object:
    refuse_secret_bytes(data, name)
    return {}


if __name__ == "__main__":
    sys.exit(main())
