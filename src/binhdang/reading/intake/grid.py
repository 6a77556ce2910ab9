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
from binhdang.reading.intake.sheet import join_lines

# A number below this confidence is named to the reader. The count of glyphs guards better than confidence does (_number).
SURE_NUMBER = 85.0
_DIGITS = "0123456789.,-%"
_LABEL = re.compile(r"(?:[IVX]{1,5}|\d{1,3}(?:\.\d{1,2}){0,3}|[A-Ea-eđ])[.)]?|[-+*]")
_LABEL_LETTERS = "IVX0123456789."
_CLEAR = 93.0  # from here one reading is enough
_DOUBTED = 60.0  # stated confidence of what two readings or the count of glyphs did not bear out
_DARK = 140
_PAPER = 1.2  # lifts scanned paper (220 to 240) to white
_LEAST_INK = 14  # dark pixels at 200 dpi: a lone dash has 20; grain and rests of rulings fewer
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})(?:,\d{1,4})?%?")
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
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    made = []
    for outline in outlines[:5000]:
        left, top, width, height = cv2.boundingRect(outline)
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
        if confidence is not None and confidence < SURE_NUMBER and (not text or any(ch.isdigit() for ch in text)):
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
    said = f"Số “{cell.text}”" if cell.text else "Chữ hoặc số"
    return Finding(
        "intake.uncertain-number",
        Severity.WARNING,
        f"{said} ở dòng {cell.row + 1}{named}, cột {cell.column + 1} của bảng nhận dạng không chắc"
        f" ({cell.confidence:.0f}%). Hãy so với bản gốc.",
        place=f"trang {cell.page}",
    )


def _read_cell(clean: Picture, slot: Slot, recognise: Recogniser) -> tuple[str, float | None]:
    """Words and confidence of one cell; ("", None) for a cell without ink."""
    cv2 = importlib.import_module("cv2")
    left, top, right, bottom = (round(v) for v in slot.box)
    crop = clean[top + 3 : bottom - 2, left + 3 : right - 2]
    if crop.size == 0 or int((crop < _DARK).sum()) < _LEAST_INK:
        return "", None
    crop = _trimmed(cv2, crop)
    larger = cv2.resize(crop, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_CUBIC)
    text, confidence = _said(recognise(_padded(cv2, larger), _BLOCK, ""))
    if slot.column == 0 and len(text) <= 4 and not _LABEL.fullmatch(text):
        text, confidence = _label(cv2, crop, recognise, text, confidence)
    if sum(ch.isdigit() for ch in text) * 2 >= max(1, len(text.replace(" ", ""))) or not text:
        text, confidence = _number(cv2, crop, recognise, text, confidence)
    return text, round(confidence, 1)


def _number(cv2: Any, crop: Picture, recognise: Recogniser, text: str, confidence: float) -> tuple[str, float]:
    """A number is sure only when it is well formed, has as many glyphs as are drawn, and is clear or read twice alike.

    The recogniser loses a whole digit or takes a comma for a point at 97 % confidence, so confidence alone proves nothing.
    """
    drawn = _glyphs(cv2, crop)
    if confidence >= _CLEAR and _NUMBER.fullmatch(text) and _shape(text) == drawn:
        return text, confidence
    larger = cv2.resize(crop, None, fx=2.2, fy=2.2, interpolation=cv2.INTER_CUBIC)
    again, sure = _said(recognise(_padded(cv2, larger), _LINE, _DIGITS))
    if again == text:
        # Touching digits are drawn as one; more glyphs than digits means that one was lost.
        sound = _NUMBER.fullmatch(text) and drawn[0] <= _shape(text)[0]
        return text, max(confidence, sure) if sound else min(confidence, _DOUBTED)
    if _NUMBER.fullmatch(again) and _shape(again) == drawn:
        return again, sure if not text else min(sure, _DOUBTED)
    return text or again, min(confidence, _DOUBTED)


def _label(cv2: Any, crop: Picture, recognise: Recogniser, text: str, confidence: float) -> tuple[str, float]:
    """A lone row label that reads as no label ("IH" for "III"): once more with the characters of labels alone."""
    larger = cv2.resize(crop, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    tall, _ = _glyphs(cv2, crop)
    again, sure = _said(recognise(_padded(cv2, larger), _LINE, _LABEL_LETTERS))
    if _LABEL.fullmatch(again) and len(again.rstrip(".)")) == tall:
        return again, sure
    if set(text) <= set("IH|lÌ1Ị!") and 1 <= tall <= 3:
        return "I" * tall, _DOUBTED
    return text, confidence


def _glyphs(cv2: Any, crop: Picture) -> tuple[int, int]:
    """How many tall glyphs and how many low ones (points, commas) are drawn."""
    _, ink = cv2.threshold(crop, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(o) for o in outlines]
    heights = [h for _, _, w, h in boxes if w * h >= 4]
    most = max(heights, default=0)
    tall = sum(h > 0.6 * most for h in heights)
    return tall, len(heights) - tall


def _shape(text: str) -> tuple[int, int]:
    """The same counts for a read number; a percent sign is two rings and a bar."""
    digits = sum(ch.isdigit() for ch in text)
    return digits + text.count("%"), sum(ch in ".,-" for ch in text) + 2 * text.count("%")


def _trimmed(cv2: Any, crop: Picture) -> Picture:
    """The part of a cell that has ink, paper made white: Tesseract reads nothing in a wide cell with one word."""
    left, top, width, height = cv2.boundingRect(cv2.compare(crop, _DARK, cv2.CMP_LT))
    part = crop[max(0, top - 5) : top + height + 5, max(0, left - 5) : left + width + 5]
    return cv2.convertScaleAbs(part, alpha=_PAPER)


def _padded(cv2: Any, crop: Picture) -> Picture:
    return cv2.copyMakeBorder(crop, 14, 14, 14, 14, cv2.BORDER_CONSTANT, value=255)


def _said(words: list[tuple[Word, int]]) -> tuple[str, float]:
    """Text and the least confidence of its words: one wrong digit is a wrong number."""
    if not words:
        return "", 0.0
    lines: dict[int, list[str]] = {}
    for word, line in words:
        lines.setdefault(line, []).append(word.text)
    return join_lines(" ".join(said) for said in lines.values()), min(w.confidence or 0.0 for w, _ in words)
