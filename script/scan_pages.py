"""Measure the recogniser on test pages: python script/scan_pages.py [--seeds N].

Prints a line a kind of wear: share of wrong characters, of right cells, numbers wrong without a finding, seconds a page,
share of the time in Tesseract; then what the confidence of words is worth.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import sample_pages as sample
from binhdang.paper import Line, Table
from binhdang.reading.intake import scan
from binhdang.reading.intake.sheet import assemble

WEAR = {
    "clean": {"angle": 0.0, "seal": False, "noise": 0.0},
    "sealed, turned 1.5": {"angle": 1.5, "seal": True, "noise": 12.0},
    "sealed, turned -1.2, noisy": {"angle": -1.2, "seal": True, "noise": 24.0},
    "turned 4": {"angle": 4.0, "seal": False, "noise": 8.0},
}
spent = 0.0


def timed(grey: object, mode: int, whitelist: str = "") -> list[tuple[scan.Word, int]]:
    """The recogniser with its time kept."""
    global spent
    start = time.perf_counter()
    words = RECOGNISE(grey, mode, whitelist)
    spent += time.perf_counter() - start
    return words


RECOGNISE = scan.recognise
scan.recognise = timed


def measure(pages: list[sample.Picture]) -> tuple[float, float, int, float, list[tuple[float, bool]]]:
    """(wrong characters, right cells, numbers wrong unmarked, seconds, words as (confidence, right))."""
    start = time.perf_counter()
    sheets = [scan.read_picture(p, i, 595.3) for i, p in enumerate(pages, 1)]
    blocks = assemble(sheets)
    seconds = time.perf_counter() - start
    known = " ".join(sample.plan_lines())
    got = re.sub(
        r"nghèo\S{1,4} phụ nữ đơn", "nghèo, phụ nữ đơn", " ".join(b.text for b in blocks if isinstance(b, Line))
    )
    cells = {(c.row, c.column): c for b in blocks if isinstance(b, Table) for c in b.cells}
    expected = sample.expected_cells()
    right = sum(k in cells and cells[k].text == t for k, t in expected.items()) / len(expected)
    marked = " ".join(f.message for s in sheets for f in s.findings if f.code == "intake.uncertain-number")
    unmarked = 0
    for place, text in expected.items():
        if place[1] >= 2 and place[0] >= 2 and (place not in cells or cells[place].text != text):
            unmarked += place not in cells or f"“{cells[place].text}” ở dòng {place[0] + 1}" not in marked
    vocabulary = set(known.split()) | {sample.NOTE, *sample.NOTE.split(), "1", "2", "nghèo[1],"}
    words = [(w.confidence or 0.0, w.text in vocabulary) for s in sheets for p in s.pieces for w in p.words]
    return sample.edits(known, got) / len(known), right, unmarked, seconds / len(pages), words


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the recogniser on worn pages of the sample plan.")
    parser.add_argument("--seeds", type=int, default=2, help="how often each kind of wear is made")
    seeds = parser.parse_args().seeds
    with tempfile.TemporaryDirectory() as folder:
        pdf = sample.plan_pdf(Path(folder))
    if pdf is None:
        sys.exit("LibreOffice (soffice) is needed to print the sample plan.")
    pages = sample.pictures(pdf)
    scan.engine()
    confidences: list[tuple[float, bool]] = []
    for name, wear in WEAR.items():
        global spent
        spent = 0.0
        rows = [measure([sample.worn(p, seed=10 * s + i, **wear) for i, p in enumerate(pages)]) for s in range(seeds)]
        total = sum(r[3] for r in rows) * len(pages)
        confidences += [w for r in rows for w in r[4]]
        print(
            f"{name:30} characters wrong {sum(r[0] for r in rows) / seeds:.2%}  cells right {sum(r[1] for r in rows) / seeds:.1%}"
            f"  numbers wrong unmarked {sum(r[2] for r in rows)}  {total / seeds / len(pages):.2f} s/page"
            f"  in Tesseract {spent / total:.0%}"
        )
    for low, high in ((0, 50), (50, 70), (70, 80), (80, 85), (85, 90), (90, 95), (95, 101)):
        here = [right for sure, right in confidences if low <= sure < high]
        if here:
            print(f"confidence {low:3}-{high:3}: {len(here):5} words, {sum(here) / len(here):.1%} right")


if __name__ == "__main__":
    main()
