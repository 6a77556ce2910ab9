"""Pages as read, made one paper: furniture set aside, notes found, lines placed, tables joined over page breaks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from binhdang.paper import Block, Cell, Layout, Note, Removed, Table
from binhdang.paper.finding import Finding
from binhdang.reading.intake.printed import Column, Piece, Word, measure, place, rows
from binhdang.reading.intake.rulings import Ruled, Ruling

_PAGE_NUMBER = re.compile(r"[-–— ]{0,3}(?:Trang )?\d{1,4}(?: ?/ ?\d{1,4})?[-–— ]{0,3}")
_SECRET = re.compile(r"(?:tuyệt|tối)?mật", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_STAMP = re.compile(r"(?:Người ký|Ký bởi|Thời gian ký|Giờ ký|Ngày ký)\s?:|Signature Not Verified|Digitally signed by")
_STAMP_PART = re.compile(r"(?:Cơ quan|Tổ chức|Email|Chức vụ|Lý do|Địa điểm|Location|Reason|Date)\s?:")
_NOTE = re.compile(r"(?:\[(\d{1,2}|\*{1,3})\]|(\d{1,2}|\*{1,3}))[.)]?\s{0,3}(?=\S)")
_LIST_START = re.compile(r"[-–+•*] |\d{1,2}[.)] |[a-zđ]\) ")
_EDGE = 0.12  # page numbers and running heads stand in the outer eighth of a page
_FEWEST = 3  # pages that a running head is repeated on


@dataclass(slots=True)
class Sheet:
    """One page as read. Boxes are in points from its top left corner; `scanned` when its words come from a picture."""

    page: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    tables: list[tuple[Ruled, Table]] = field(default_factory=list)
    rules: list[Ruling] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    scanned: bool = False

    def remove(self, pieces: Sequence[Piece], reason: str) -> None:
        """Set pieces aside, kept with the reason."""
        self.pieces = [p for p in self.pieces if not any(p is q for q in pieces)]
        self.removed += [Removed(p.text, reason, self.page) for p in pieces]


def cell_text(words: Iterable[Word]) -> str:
    """The words of one cell in printed lines, joined."""
    return join_lines([p.text for p in sorted(rows(words), key=lambda p: (round(p.bottom), p.left))])


def join_lines(said: Iterable[str]) -> str:
    """The printed lines of one cell, list items inside it on lines of their own."""
    text = ""
    for line in said:
        text += ("\n" if _LIST_START.match(line) else " ") * bool(text) + line
    return text


def fill(ruled: Ruled, words: Sequence[Word], page: int) -> tuple[Table, list[Word]]:
    """The table's cells filled with the words that stand in it; and the words that do not."""
    held: dict[int, list[Word]] = defaultdict(list)
    rest = []
    for word in words:
        slot = ruled.slot_at((word.left + word.right) / 2, (word.top + word.bottom) / 2)
        if slot is None:
            rest.append(word)
        else:
            held[slot].append(word)
    cells = tuple(
        Cell(cell_text(held[i]) if i in held else "", s.row, s.column, s.rows, s.columns, page)
        for i, s in enumerate(ruled.slots)
    )
    return Table(cells, page), rest


def assemble(sheets: Sequence[Sheet]) -> tuple[Block, ...]:
    """All pages → blocks in reading order; what is set aside is added to each sheet's `removed`."""
    for sheet in sheets:
        _set_stamps_aside(sheet)
    _set_heads_aside(sheets)
    for sheet in sheets:
        _set_page_number_aside(sheet)
    body = body_size(sheets)
    for sheet in sheets:
        _take_notes(sheet, body)
    columns = columns_of(sheets)
    blocks: list[Block] = []
    seams: dict[int, Ruled] = {}
    for sheet in sheets:
        column = columns[sheet.width > sheet.height]
        top = 0.0
        for i, (ruled, table) in enumerate(sorted(sheet.tables, key=lambda t: t[0].box[1])):
            above = [p for p in sheet.pieces if top <= (p.top + p.bottom) / 2 < ruled.box[1]]
            blocks += place(above, column, sheet.page)
            if not (i == 0 and not above and _join(blocks, seams, ruled, table)):
                seams[len(blocks)] = ruled
                blocks.append(table)
            top = max(top, ruled.box[1])
        blocks += place([p for p in sheet.pieces if (p.top + p.bottom) / 2 >= top], column, sheet.page)
        blocks += sheet.notes
    return tuple(blocks)


def body_size(sheets: Sequence[Sheet]) -> float:
    """The type size of most letters, in points."""
    exact: Counter[float] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            for word in piece.words:
                exact[word.size] += len(word.text)
    sizes: Counter[float] = Counter()
    for size, letters in exact.items():
        sizes[round(size * 2) / 2] += letters
    return sizes.most_common(1)[0][0] if sizes else 13.0


def columns_of(sheets: Sequence[Sheet]) -> dict[bool, Column]:
    """The text column of upright pages (False) and of broad ones (True)."""
    return {broad: measure([s.pieces for s in sheets if (s.width > s.height) is broad]) for broad in (False, True)}


def _set_stamps_aside(sheet: Sheet) -> None:
    """A digital signature's block: its labelled lines and what is printed between them in the same type."""
    heads = [p for p in sheet.pieces if _STAMP.match(p.text)]
    if not heads:
        return
    top, bottom = min(p.top for p in heads), max(p.bottom for p in heads)
    left, right = min(p.left for p in heads) - 5, max(p.right for p in heads) + 5
    size = max(p.size for p in heads) + 0.6
    block = []
    for piece in sorted(sheet.pieces, key=lambda p: p.top):
        inside = piece.left >= left and piece.left < right and piece.size <= size
        part = _STAMP_PART.match(piece.text) and top - 60 < piece.top < bottom + 60 and piece.size <= size
        between = inside and top <= (piece.top + piece.bottom) / 2 <= bottom
        if any(piece is h for h in heads) or part or between:
            block.append(piece)
    sheet.remove(block, "signature stamp")


def _near_edge(sheet: Sheet, piece: Piece) -> bool:
    return piece.bottom < _EDGE * sheet.height or piece.top > (1 - _EDGE) * sheet.height


def _set_heads_aside(sheets: Sequence[Sheet]) -> None:
    """Words at the same place of three pages or more, but for their digits; a secrecy mark is never a running head."""
    places: dict[tuple[str, int], list[tuple[Sheet, Piece]]] = defaultdict(list)
    for sheet in sheets:
        for piece in sheet.pieces:
            if _near_edge(sheet, piece) and not _PAGE_NUMBER.fullmatch(piece.text):
                key = _DIGITS.sub("#", piece.text.replace(" ", ""))
                places[key, round(piece.top / 4)].append((sheet, piece))
    for (text, at), here in places.items():
        near = here + places.get((text, at + 1), []) + places.get((text, at - 1), [])
        if len({s.page for s, _ in near}) >= _FEWEST and not _SECRET.fullmatch(text):
            for sheet, piece in here:
                sheet.remove([piece], "running head")


def _set_page_number_aside(sheet: Sheet) -> None:
    """A number alone on the first or last line of the page."""
    if not sheet.pieces:
        return
    first, last = min(sheet.pieces, key=lambda p: p.top), max(sheet.pieces, key=lambda p: p.bottom)
    for piece in (first, last) if first is not last else (first,):
        alone = not any(q is not piece and q.top < piece.bottom and q.bottom > piece.top for q in sheet.pieces)
        if alone and _near_edge(sheet, piece) and _PAGE_NUMBER.fullmatch(piece.text):
            sheet.remove([piece], "page number")


def _take_notes(sheet: Sheet, body: float) -> None:
    """Footnotes: under a short rule in the lower half, the first line starting with a mark, in smaller type."""
    for rule in sheet.rules:
        if rule.at < 0.4 * sheet.height or not 0.08 < (rule.end - rule.start) / sheet.width < 0.55:
            continue
        below = sorted((p for p in sheet.pieces if p.top > rule.at - 2), key=lambda p: (p.top, p.left))
        small = sheet.scanned or all(p.size < 0.93 * body for p in below)
        if not below or not small or not _NOTE.match(below[0].text) or any(r.box[3] > rule.at for r, _ in sheet.tables):
            continue
        marks: list[tuple[str, list[str]]] = []
        for piece in below:
            m = _NOTE.match(piece.text)
            if m and (not marks or _next_mark(marks[-1][0], m[1] or m[2])):
                marks.append((m[1] or m[2], [piece.text[m.end() :]]))
            else:
                marks[-1][1].append(piece.text)
        sheet.notes += [Note(mark, " ".join(said), sheet.page) for mark, said in marks]
        sheet.pieces = [p for p in sheet.pieces if not any(p is q for q in below)]
        return


def _next_mark(last: str, mark: str) -> bool:
    return mark == last + "*" if not mark.isdigit() or not last.isdigit() else int(mark) == int(last) + 1


def _join(blocks: list[Block], seams: dict[int, Ruled], ruled: Ruled, table: Table) -> bool:
    """Continue the table that ended the page before, when this one has the same columns; True when joined."""
    at = len(blocks) - 1
    while at >= 0 and isinstance(blocks[at], Note):
        at -= 1
    before = blocks[at] if at >= 0 else None
    if not isinstance(before, Table) or before.cells[-1].page != table.page - 1:
        return False
    edges = seams[at].xs
    if len(edges) != len(ruled.xs) or any(abs(a - b) > 6 for a, b in zip(edges, ruled.xs, strict=True)):
        return False
    cells, height = _without_head(before, table), before.height
    if cells and _goes_on(before, cells):
        first = cells[0].row
        more = {c.column: c for c in cells if c.row == first}
        kept = tuple(
            replace(c, text=f"{c.text} {more[c.column].text}".strip()) if c.row == height - 1 else c
            for c in before.cells
        )
        before, cells = replace(before, cells=kept), [c for c in cells if c.row != first]
    start = min((c.row for c in cells), default=0)
    blocks[at] = replace(before, cells=before.cells + tuple(replace(c, row=c.row - start + height) for c in cells))
    return True


def _without_head(before: Table, table: Table) -> list[Cell]:
    """The cells of a continuing table, its repeated head rows left out (Word repeats them on each page)."""
    shown = [(c.row, c.column, c.text) for c in table.cells]
    told = {(c.row, c.column): c.text for c in before.cells}
    head = 0
    while head < table.height and all(told.get((r, col)) == t for r, col, t in shown if r == head):
        if not any(t for r, _, t in shown if r == head):
            break
        head += 1
    return [c for c in table.cells if c.row >= head]


def _goes_on(before: Table, cells: Sequence[Cell]) -> bool:
    """Whether the first row is the rest of the row that the page break cut: no label, and words that start small."""
    first, last = cells[0].row, before.height - 1
    here = [c for c in cells if c.row == first]
    there = {c.column for c in before.cells if c.row == last and c.rows == c.columns == 1}
    plain = all(c.rows == c.columns == 1 for c in here) and {c.column for c in here} == there
    said = [c.text for c in here if c.text]
    return plain and not here[0].text and bool(said) and said[0][0].islower()


def layout_of(sheets: Sequence[Sheet]) -> Layout:
    """Page size, margins as the text keeps them, type. Call it after `assemble`, when page numbers are set aside."""
    upright = [s for s in sheets if s.pieces and s.width <= s.height] or [s for s in sheets if s.pieces]
    if not upright:
        return Layout()
    column = measure([s.pieces for s in upright])
    letters: Counter[str] = Counter()
    for sheet in sheets:
        for piece in sheet.pieces:
            for word in piece.words:
                if word.font:
                    letters[word.font] += len(word.text)
    first = upright[0]
    numbered = any(r.reason == "page number" for s in sheets for r in s.removed)
    typed = any(not s.scanned for s in upright)
    return Layout(
        page_width=round(first.width, 1),
        page_height=round(first.height, 1),
        margin_top=round(min(p.top for s in upright for p in s.pieces), 1),
        margin_bottom=round(min(s.height - p.bottom for s in upright for p in s.pieces), 1),
        margin_left=round(column.left, 1),
        margin_right=round(first.width - column.right, 1),
        body_font=letters.most_common(1)[0][0] if letters else None,
        body_size=body_size(sheets) if typed else None,
        fonts=tuple(letters.most_common()),
        page_numbers=numbered if len(sheets) > 1 else numbered or None,
    )
