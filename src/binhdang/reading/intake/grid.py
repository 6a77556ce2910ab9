"""Ruled tables on pictures: rulings found by morphology, cells read one by one, uncertain numbers named."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from binhdang.paper import Cell, Finding, Severity, Table
from binhdang.reading.intake.printed import Word
from binhdang.reading.intake.rulings import Ruled, Ruling, Slot, tables
from binhdang.reading.intake.sheet import cell_text

# A number below this confidence is named to the reader. Measured on worn test pages (script/scan_pages.py).
SURE_NUMBER = 85.0
_DIGITS = "0123456789.,-%"
_NUMBER = re.compile(r"-?\d{1,3}(?:[.,]?\d{1,3}){0,5}%?")
_BLOCK = 6  # Tesseract's "one uniform block of text"
_LINE = 7

Picture = Any
Recogniser = Callable[[Picture, int, str], list[tuple[Word, int]]]


@dataclass(slots=True)
class Grid:
    """A ruled table on a picture: its cells in pixels and the picture without the rulings."""

    ruled: Ruled
    clean: Picture


@dataclass(slots=True)
class Reading:
    """A grid read: its edges in points, its cells with words and confidence, doubts about numbers."""

    ruled: Ruled
    table: Table
    findings: list[Finding]


def find_grids(grey: Picture, dpi: int) -> tuple[list[Grid], Picture, list[Ruling]]:
    """Ruled tables of a deskewed grey page; the page without tables and rulings; level rulings outside tables (pixels)."""
    cv2 = importlib.import_module("cv2")
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 20)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (int(dpi * 0.4), 1)))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (1, int(dpi * 0.18))))
    across, down = _rulings(cv2, level, True), _rulings(cv2, upright, False)
    found = tables(across, down, dpi / 22)
    if not across:
        return [], grey, []
    lines = cv2.dilate(level, None) if not found else cv2.dilate(cv2.bitwise_or(level, upright), None)
    clean = grey.copy()
    clean[lines > 0] = 255
    rest = clean.copy()
    for ruled in found:
        left, top, right, bottom = (int(v) for v in ruled.box)
        rest[max(0, top - 4) : bottom + 5, max(0, left - 4) : right + 5] = 255
    lone = [r for r in across if not any(t.box[1] - 5 <= r.at <= t.box[3] + 5 for t in found)]
    return [Grid(ruled, clean) for ruled in found], rest, lone


def _rulings(cv2: Any, mask: Picture, level: bool) -> list[Ruling]:
    """The connected lines of a mask."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    made = []
    for left, top, width, height, _ in stats[1 : min(count, 5000)].tolist():
        if level:
            made.append(Ruling(top + height / 2, left, left + width))
        else:
            made.append(Ruling(left + width / 2, top, top + height))
    return made


def read_grid(grid: Grid, page: int, scale: float, recognise: Recogniser) -> Reading:
    """Read every cell; `scale` is points a pixel."""
    cells, findings = [], []
    texts: dict[tuple[int, int], str] = {}
    for slot in grid.ruled.slots:
        text, confidence = _read_cell(grid.clean, slot, recognise)
        texts[slot.row, slot.column] = text
        cells.append(Cell(text, slot.row, slot.column, slot.rows, slot.columns, page, confidence))
        if confidence is not None and confidence < SURE_NUMBER and any(ch.isdigit() for ch in text):
            findings.append(_doubt(cells[-1], texts))
    box = tuple(v * scale for v in grid.ruled.box)
    ruled = Ruled(
        (box[0], box[1], box[2], box[3]),
        [x * scale for x in grid.ruled.xs],
        [y * scale for y in grid.ruled.ys],
        grid.ruled.slots,
        grid.ruled.owners,
    )
    return Reading(ruled, Table(tuple(cells), page), findings)


def _doubt(cell: Cell, texts: dict[tuple[int, int], str]) -> Finding:
    label = " ".join(texts.get((cell.row, c), "") for c in range(min(2, cell.column))).strip()
    named = f" (“{label}”)" if label else ""
    return Finding(
        "intake.uncertain-number",
        Severity.WARNING,
        f"Số “{cell.text}” ở dòng {cell.row + 1}{named}, cột {cell.column + 1} của bảng nhận dạng không chắc"
        f" ({cell.confidence:.0f}%). Hãy so với bản gốc.",
        place=f"trang {cell.page}",
    )


def _read_cell(clean: Picture, slot: Slot, recognise: Recogniser) -> tuple[str, float | None]:
    """Words and confidence of one cell; ("", None) for a cell without ink."""
    cv2 = importlib.import_module("cv2")
    left, top, right, bottom = (round(v) for v in slot.box)
    crop = clean[top + 3 : bottom - 2, left + 3 : right - 2]
    if crop.size == 0:
        return "", None
    dark = crop < 140
    inked = int(dark.sum())
    if inked < 14:  # a comma alone has more; grain and rests of rulings less
        return "", None
    padded = cv2.copyMakeBorder(crop, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
    words = recognise(padded, _BLOCK, "")
    text, confidence = _said(words)
    digits = sum(ch.isdigit() for ch in text)
    if not text or (digits * 2 >= len(text) and (confidence < SURE_NUMBER or not _NUMBER.fullmatch(text))):
        again, sure = _said(recognise(padded, _LINE, _DIGITS if text else ""))
        if again and (not text or _NUMBER.fullmatch(again) and sure >= confidence):
            text, confidence = again, sure
    return text, round(confidence, 1)


def _said(words: list[tuple[Word, int]]) -> tuple[str, float]:
    """Text and the least confidence of its words: one wrong digit is a wrong number."""
    if not words:
        return "", 0.0
    return cell_text([w for w, _ in words]), min(w.confidence or 0.0 for w, _ in words)
