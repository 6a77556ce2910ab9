"""The text layer of a PDF page: words with boxes and type, drawn rulings, how much of it is picture.

All calls go to PDFium through its C functions, one call a word rather than one a letter: the difference between 3 and
30 ms a page. PDFium is not thread-safe: a document stays in the thread that opened it.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from typing import Any

from binhdang.reading.intake.printed import Word
from binhdang.reading.intake.rulings import Ruling
from binhdang.vietnamese.text import nfc

_WORD = re.compile(r"\S+")
_CALL = re.compile(r"(?<![\d.,/])(\d{1,2}|\*{1,3})(?![\d.,/]\d)")
_LETTER_AND_MARK = re.compile(r"[^\W\d_][^\d*]{0,40}[\d*]")
_STYLE = re.compile(r"[-,](?:Bold|Italic|Oblique|Regular|Roman|MT){1,4}$")
_THIN = 3.0
_MOST_CHARACTERS = 200_000
_MOST_OBJECTS = 50_000


@dataclass(slots=True)
class Layer:
    """What a page draws: words, rulings in points from the top left corner, share of the page under pictures, count of paths."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    across: list[Ruling] = field(default_factory=list)
    down: list[Ruling] = field(default_factory=list)
    pictured: float = 0.0
    paths: int = 0
    text: str = ""


class _Frame:
    """Page coordinates (up, unrotated) → points from the top left corner of the page as shown."""

    def __init__(self, page: Any) -> None:
        left, bottom, right, top = page.get_bbox()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        self.turn = page.get_rotation() % 360
        across, upward = right - left, top - bottom
        self.width, self.height = (upward, across) if self.turn in (90, 270) else (across, upward)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        if self.turn == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turn == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        if self.turn == 270:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        return left - self.left, self.top - top, right - self.left, self.top - bottom


class _Types:
    """Font name, bold and italic of a character; names are looked up once a document page."""

    def __init__(self, textpage: Any) -> None:
        import pypdfium2.raw as c

        self.font_info = c.FPDFText_GetFontInfo
        self.textpage = textpage
        self.flags = ctypes.c_int()
        self.buffer = ctypes.create_string_buffer(256)
        self.known: dict[bytes, tuple[str, bool, bool]] = {}

    def at(self, index: int) -> tuple[str, bool, bool]:
        """(name without subset prefix, bold, italic)."""
        self.font_info(self.textpage, index, self.buffer, 256, self.flags)
        raw = self.buffer.value
        if raw not in self.known:
            name = raw.decode("utf-8", "replace")
            low = name.lower()
            bold = "bold" in low or "black" in low or bool(self.flags.value & 1 << 18)
            self.known[raw] = (_family(name), bold, "italic" in low or "oblique" in low)
        return self.known[raw]


def _family(name: str) -> str:
    """A PostScript font name as people know it: "ABCDEF+TimesNewRomanPS-BoldMT" is "Times New Roman"."""
    name = name[7:] if len(name) > 7 and name[6] == "+" else name
    if name.startswith("TimesNewRoman"):
        return "Times New Roman"
    return _STYLE.sub("", name)


def read_layer(page: Any) -> Layer:
    """Words and rulings of an open PDFium page."""
    import pypdfium2.raw as c

    frame = _Frame(page)
    layer = Layer(frame.width, frame.height)
    textpage = c.FPDFText_LoadPage(page)
    if textpage:
        try:
            _words(textpage, frame, layer)
        finally:
            c.FPDFText_ClosePage(textpage)
    _drawn(page, frame, layer)
    return layer


def _text(textpage: Any) -> str:
    """The page's characters, one a PDFium index, so that an index in the text is the index of its box."""
    import pypdfium2.raw as c

    count = min(c.FPDFText_CountChars(textpage), _MOST_CHARACTERS)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = c.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if got == count + 1 and len(text) == count:
        return text
    codes = (c.FPDFText_GetUnicode(textpage, i) for i in range(count))
    return "".join(chr(u) if 31 < u < 0x110000 and not 0xD800 <= u < 0xE000 else " \n"[u in (10, 13)] for u in codes)


def _words(textpage: Any, frame: _Frame, layer: Layer) -> None:
    import pypdfium2.raw as c

    # PDFium gives a hyphen at a line's end as U+0002 or U+FFFE.
    text = _text(textpage).replace("\x02", "-").replace("\ufffe", "-").replace("\x00", " ")
    types = _Types(textpage)
    rect, matrix = c.FS_RECTF(), c.FS_MATRIX()
    scales: dict[float, float] = {}

    x, y = ctypes.c_double(), ctypes.c_double()
    upright = frame.turn == 0
    for m in _WORD.finditer(text):
        start, end = m.span()
        given = c.FPDFText_GetFontSize(textpage, start)
        if given not in scales:  # Chromium prints at size 1 or 16 and scales the page
            c.FPDFText_GetMatrix(textpage, start, matrix)
            scales[given] = abs(matrix.b if abs(matrix.a) < abs(matrix.b) else matrix.a) or 1.0
            upright = upright and abs(matrix.b) < 0.1 * abs(matrix.a)
        size = given * scales[given]
        c.FPDFText_GetLooseCharBox(textpage, end - 1, rect)
        if upright:
            # From the baseline, not from the font's own height, which differs from font to font on one line.
            c.FPDFText_GetCharOrigin(textpage, start, x, y)
            box = frame.box(x.value, y.value - 0.22 * size, max(rect.right, x.value), y.value + 0.88 * size)
        else:
            left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
            c.FPDFText_GetLooseCharBox(textpage, start, rect)
            box = frame.box(min(left, rect.left), min(bottom, rect.bottom), max(right, rect.right), max(top, rect.top))
        if box[2] >= 0 and box[3] >= 0 and box[0] <= frame.width and box[1] <= frame.height:
            layer.words.append(Word(_with_calls(textpage, text, start, end, given), *box, size, *types.at(start)))
    layer.text = text


def _with_calls(textpage: Any, text: str, start: int, end: int, size: float) -> str:
    """The word; a footnote's call set small behind letters stands in brackets: "nghèo[1],"."""
    word = text[start:end]
    if not word.isalpha() and _LETTER_AND_MARK.search(word):
        import pypdfium2.raw as c

        for m in reversed(list(_CALL.finditer(word))):
            if m.start() and c.FPDFText_GetFontSize(textpage, start + m.start()) < 0.8 * size:
                word = f"{word[: m.start()]}[{m[1]}]{word[m.end() :]}"
    return nfc(word)


def _drawn(page: Any, frame: _Frame, layer: Layer) -> None:
    """Rulings and pictures among the page's objects, forms inside it included."""
    import pypdfium2.raw as c

    area = max(frame.width * frame.height, 1.0)
    corner = [ctypes.c_float() for _ in range(4)]
    left = [_MOST_OBJECTS]

    def visit(count: int, get: Any, holder: Any, depth: int) -> None:
        for i in range(count):
            if left[0] <= 0:
                return
            left[0] -= 1
            item = get(holder, i)
            kind = c.FPDFPageObj_GetType(item)
            if kind == c.FPDF_PAGEOBJ_TEXT:
                continue
            if kind == c.FPDF_PAGEOBJ_FORM and depth < 4:
                visit(c.FPDFFormObj_CountObjects(item), c.FPDFFormObj_GetObject, item, depth + 1)
            elif kind in (c.FPDF_PAGEOBJ_PATH, c.FPDF_PAGEOBJ_IMAGE) and c.FPDFPageObj_GetBounds(item, *corner):
                box = frame.box(*(x.value for x in corner))
                if kind == c.FPDF_PAGEOBJ_IMAGE:
                    layer.pictured += max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1]) / area
                else:
                    layer.paths += 1
                    _path(item, box, frame, layer)

    visit(c.FPDFPage_CountObjects(page), c.FPDFPage_GetObject, page, 0)


def _path(item: Any, box: tuple[float, float, float, float], frame: _Frame, layer: Layer) -> None:
    """A drawn path → its rulings: a thin stroke or bar is one, a stroked frame four."""
    import pypdfium2.raw as c

    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if height <= _THIN and width > 2 * _THIN:
        layer.across.append(Ruling((top + bottom) / 2, left, right))
    elif width <= _THIN and height > 2 * _THIN:
        layer.down.append(Ruling((left + right) / 2, top, bottom))
    elif width > 2 * _THIN and height > 2 * _THIN:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        c.FPDFPath_GetDrawMode(item, fill, stroke)
        if stroke.value:
            _strokes(item, frame, layer)


def _strokes(item: Any, frame: _Frame, layer: Layer) -> None:
    """The straight upright and level segments of a stroked path."""
    import pypdfium2.raw as c

    matrix, x, y = c.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    c.FPDFPageObj_GetMatrix(item, matrix)
    first = last = (0.0, 0.0)
    for i in range(min(c.FPDFPath_CountSegments(item), 2000)):
        segment = c.FPDFPath_GetPathSegment(item, i)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        px = matrix.a * x.value + matrix.c * y.value + matrix.e
        py = matrix.b * x.value + matrix.d * y.value + matrix.f
        here = frame.box(px, py, px, py)[:2]
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == c.FPDF_SEGMENT_LINETO:
            _straight(last, here, layer)
        last = here
        if c.FPDFPathSegment_GetClose(segment):
            _straight(here, first, layer)
            last = first


def _straight(a: tuple[float, float], b: tuple[float, float], layer: Layer) -> None:
    dx, dy = abs(a[0] - b[0]), abs(a[1] - b[1])
    if dy < 0.5 and dx > 2 * _THIN:
        layer.across.append(Ruling(a[1], min(a[0], b[0]), max(a[0], b[0])))
    elif dx < 0.5 and dy > 2 * _THIN:
        layer.down.append(Ruling(a[0], min(a[1], b[1]), max(a[1], b[1])))
