"""Scanned pages: speed, the recogniser's share of it, wrong characters, right cells."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path

from binhdang.errors import MissingProgram
from figure import show, skipped

WEAR: dict[str, tuple[float, dict[str, float | bool]]] = {  # goal for wrong characters (%), how the page is worn
    "clean": (1, {"angle": 0.0, "seal": False, "noise": 0.0}),
    "sealed": (2, {"angle": 0.0, "seal": True, "noise": 4.0}),
    "skewed": (2, {"angle": 1.5, "seal": True, "noise": 12.0}),
    "noisy": (2, {"angle": -1.2, "seal": True, "noise": 24.0}),
}
spent = 0.0


def scan(times: int) -> list[bool]:
    """Every kind of wear, `times` over."""
    try:
        import sample_pages as sample
        from binhdang.paper import Line, Table
        from binhdang.reading.intake import scan as recogniser
        from binhdang.reading.intake.sheet import assemble

        recogniser.engine()
    except (ImportError, MissingProgram) as e:
        skipped("scan", str(e))
        return []
    with tempfile.TemporaryDirectory() as folder:
        pdf = sample.plan_pdf(Path(folder))
    if pdf is None:
        skipped("scan", "LibreOffice (soffice), which prints the test paper, is not installed")
        return []

    recognise = recogniser.recognise

    def timed(*arguments: object, **named: object) -> object:
        global spent
        start = time.perf_counter()
        words = recognise(*arguments, **named)  # type: ignore[arg-type]
        spent += time.perf_counter() - start
        return words

    recogniser.recognise = timed  # type: ignore[assignment]
    pages = sample.pictures(pdf)
    known, expected = " ".join(sample.plan_lines()), sample.expected_cells()
    results, seconds, count = [], 0.0, 0
    for name, (goal, wear) in WEAR.items():
        wrong = right = 0.0
        for turn in range(times):
            worn = [sample.worn(p, seed=10 * turn + i, **wear) for i, p in enumerate(pages)]  # type: ignore[arg-type]
            start = time.perf_counter()
            blocks = assemble([recogniser.read_picture(p, i, 595.3) for i, p in enumerate(worn, 1)])
            seconds += time.perf_counter() - start
            count += len(worn)
            # The footnote's call is no word of the paper.
            got = re.sub(
                r"nghèo\S{1,4} phụ nữ đơn", "nghèo, phụ nữ đơn", " ".join(b.text for b in blocks if isinstance(b, Line))
            )
            cells = {(c.row, c.column): c.text for b in blocks if isinstance(b, Table) for c in b.cells}
            wrong += sample.edits(known, got) / len(known)
            right += sum(cells.get(place) == text for place, text in expected.items()) / len(expected)
        results.append(show(f"scan.wrong-characters.{name}", 100 * wrong / times, "%", goal=goal))
        results.append(show(f"scan.right-cells.{name}", 100 * right / times, "%", goal=95, most=False))
    return [
        *results,
        show("scan.pages", count / seconds, "pages/s", goal=0.8, most=False),
        show("scan.in-tesseract", spent / seconds, "share", goal=0.9, most=False),
    ]
