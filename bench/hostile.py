"""Texts made to slow a reader down: twice the text may take little more than twice the time."""

from __future__ import annotations

import time

from binhdang import reading
from binhdang.reading.intake import take_in_bytes
from figure import show

SIZE = 2_500_000  # bytes of the smaller text
TRIAL = 12_000  # bytes that are tried first: a repeat that costs a square would take hours at the full size
REPEATS = {
    "labels": "1. ",
    "decisions": "Quyết định số ",
    "dates": "ngày 12 tháng 3 ",
    "agencies": "Sở Nội vụ, ",
    "dashes": "- ",
    "spaces": " ",
    "brackets": "((",
    "percents": "50% ",
    "lines": "a\n",
}


def run() -> list[bool]:
    """Each repeat once at 2.5 MB and once at 5 MB; one that already grows too fast is shown at a small size."""
    results = []
    for name, piece in REPEATS.items():
        size = SIZE if _seconds(piece, 2 * TRIAL) <= 3 * _seconds(piece, TRIAL) + 0.05 else TRIAL
        small, large = _seconds(piece, size), _seconds(piece, 2 * size)
        unit = f"times the seconds of {size / 1e6:g} MB ({small:.3g} s)"
        results.append(show(f"hostile.{name}", large / small, unit, goal=2.6))
    return results


def _seconds(piece: str, size: int) -> float:
    data = ("KẾ HOẠCH\nI. MỤC TIÊU\n" + piece * (size // len(piece.encode()))).encode()
    start = time.process_time()
    reading.read(take_in_bytes(data, "a.txt", limit=10 * SIZE))
    return time.process_time() - start
