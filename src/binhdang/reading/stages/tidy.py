"""Tidy: lines and tables as they came become the plan's text in paragraphs.

Reads: Source. Writes: Draft.text, paragraphs, grids, pages, removed.
Promises: 1. every word of the source stands in the text or in `removed`; 2. hard-wrapped lines are joined, over page
breaks too; 3. the text is NFC, paragraphs parted by a newline, table rows one a line with tabs between cells; 4. notes
stand at the end; 5. each paragraph has a matching copy.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from binhdang.paper import Cell, Finding, Line, Note, Removed, Source, Span, Table
from binhdang.reading.draft import Draft, Grid, GridCell, Paragraph
from binhdang.reading.stages.lost_tables import find_lost_tables
from binhdang.reading.stages.run_on import split_run_on
from binhdang.vietnamese.enumerators import read_label
from binhdang.vietnamese.text import LOWER, UPPER, lower, mend, needs_mending, nfc, plain

_TERMINAL = (".", ";", ":", "!", "?", "…", "./.", '."', ".”", ";”")
# Words that open a paragraph of their own, even after a line that was full.
_OPENINGS = ("Trên đây là", "Nơi nhận", "Căn cứ ", "Kính gửi")
_PAGE_NUMBER = re.compile(r"[-–— ]{0,4}(?:Trang\s{1,3})?(\d{1,3})(?:\s?/\s?\d{1,3})?[-–— ]{0,4}")
# A dash that belongs to a name cut by the line's end ("Sở Lao động / - Thương binh và Xã hội"), not to a list.
_NAME_DASH = re.compile(
    r"\s*-\s?(?:Thương binh|TB|Xã hội|XH\b|Kế hoạch|Đầu tư|Thể thao|Truyền|Thông tin|Tổng hợp|Tài chính)"
)
_NOTE = re.compile(r"\s*(?:\[(\d{1,2}|\*)\]|([¹²³⁴-⁹]{1,2}))\s*(?=\S)")
_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_WIDE = 45  # characters: a printed line shorter than this is a line of its own (names, headings), not a wrapped one


_MOST_NOTES = 20  # at the foot of one page


@dataclass(slots=True)
class _Unit:
    """A paragraph in the making."""

    parts: list[str]
    page: int
    bold: bool = False
    italic: bool = False
    centred: bool = False
    whole: bool = False
    cells: list[str] | None = None
    grid: int | None = None
    note: str | None = None
    breaks: list[tuple[int, int]] = field(default_factory=list)


def tidy(source: Source) -> Draft:
    """The draft of a source. Time is linear in the size of the source."""
    lines = _Lines(source)
    units: list[_Unit] = []
    notes: list[_Unit] = []
    grids: list[tuple[list[list[str]], int, bool]] = []
    run: list[Line] = []
    for block in source.blocks:
        if isinstance(block, Line):
            run.append(block)
            continue
        units += lines.join(run, grids)
        run = []
        if isinstance(block, Table):
            units += _table_units(block, grids)
        else:
            notes.append(_note_unit(block))
    units += lines.join(run, grids)
    body = [u for u in units if u.note is None]
    notes = [u for u in units if u.note is not None] + notes
    return _compose(body + notes, grids, [*source.removed, *lines.removed], list(source.findings))


# Two columns printed on one line, and a kind word alone on its line: neither is part of a sentence.
_COLUMNS = re.compile(r"\S(?:\s{5,}|\t)\S")
_KIND_WORDS = frozenset({"kế hoạch", "quyết định", "chỉ thị", "chương trình", "hướng dẫn", "thông báo", "báo cáo"})


def _in_columns(text: str) -> bool:
    return ("     " in text or "\t" in text) and _COLUMNS.search(text) is not None


class _Lines:
    """Joins printed lines into paragraphs, knowing how wide the paper's lines are."""

    def __init__(self, source: Source) -> None:
        self.removed: list[Removed] = []
        lines = [b for b in source.blocks if isinstance(b, Line)]
        self.boxed = bool(lines) and all(b.box is not None for b in lines[:50])
        self.heads = _running_heads(lines)
        if self.boxed:
            rights = sorted(b.box[2] for b in lines if b.box)
            lefts = sorted(b.box[0] for b in lines if b.box)
            self.right = rights[int(len(rights) * 0.9)] if rights else 0.0
            self.left = lefts[int(len(lefts) * 0.1)] if lefts else 0.0
            self.wrap = 0
        else:
            self.wrap = _wrap_width(lines)

    def join(self, lines: list[Line], grids: list[tuple[list[list[str]], int, bool]]) -> list[_Unit]:
        units: list[_Unit] = []
        lost = {t.start: t for t in find_lost_tables(lines)} if lines else {}
        at, count = 0, len(lines)
        previous: Line | None = None
        cut = False  # a page number or running head stood between the last line and this one
        while at < count:
            if at in lost:
                table = lost[at]
                rows = [[text for _, text in row] for row in table.rows]
                grids.append((rows, lines[at].page, True))
                units += [_Unit(["\t".join(row)], lines[at].page, cells=row, grid=len(grids) - 1) for row in rows]
                previous, at = None, max(table.end, at + 1)
                continue
            line = lines[at]
            at += 1
            text = line.text.strip()
            if not text:
                continue
            if reason := self._furniture(line, text):
                self.removed.append(Removed(text, reason, line.page))
                cut = True
                continue
            unit = self._goes_on(units, previous, line, cut)
            cut = False
            if unit is not None:
                unit.parts.append(text)
                unit.breaks.append((len(unit.parts) - 1, line.page))
            else:
                units.append(_line_unit(line, text))
            previous = line
        return units

    def _goes_on(self, units: list[_Unit], previous: Line | None, line: Line, cut: bool) -> _Unit | None:
        """The paragraph that a line goes on with; `cut` where page furniture stood before the line."""
        if previous is None or not units:
            return None
        text, last = line.text.strip(), units[-1]
        if last.note is not None and (cut or line.page != previous.page):
            # notes at the foot of a page interrupt the sentence above them
            above = next(
                (u for u in reversed(units[-_MOST_NOTES:]) if u.note is None and u.parts[0].strip("_-– ")), None
            )
            if above is not None and _is_open(above.parts[-1], text):
                return above
        over_page = cut and text[0].islower() and last.parts[-1].endswith((";", ","))
        return last if over_page or self._continues(last, previous, line) else None

    def _furniture(self, line: Line, text: str) -> str | None:
        if line.whole:
            return None
        if len(text) < 12 and self.heads.numbered and _PAGE_NUMBER.fullmatch(text):
            return "page number"
        if len(text) < 120 and text in self.heads.repeated:
            return "running head"
        return None

    def _continues(self, unit: _Unit, previous: Line, line: Line) -> bool:
        before, text = unit.parts[-1], line.text.strip()
        ended = before.endswith(_TERMINAL)
        if text[:3] in ("v/v", "V/v") or (ended and text.startswith(_OPENINGS)):
            return False
        if not line.whole and (
            _in_columns(previous.text) or _in_columns(line.text) or (len(text) < 16 and text.lower() in _KIND_WORDS)
        ):
            return False
        if line.whole or previous.whole:
            return line.whole and previous.whole and line.page != previous.page and not ended and _runs_on(before, text)
        if not line.gap and _is_cut(before, text):
            return True
        if ended and not self.boxed and (line.gap or not self.wrap):
            return False
        opening = plain(text[:60])
        labelled = read_label(opening) is not None
        if labelled and (
            ended or len(before) <= 8 or not (_NAME_DASH.match(opening) or self._dash_cut(previous, opening))
        ):
            return False
        if self.boxed:
            return self._continues_box(previous, line, before, text, ended)
        if self.wrap and not line.gap:
            room = self.wrap - len(nfc(previous.text.rstrip()))
            first = text.find(" ")
            full = room <= (first if first > 0 else len(text)) + 2
            return (full and not _is_heading(before, text)) or (not ended and _runs_on(before, text))
        return not ended and _runs_on(before, text)

    def _dash_cut(self, previous: Line, opening: str) -> bool:
        """Whether a hard-wrapped line begins with a dash of its sentence: "… 20 địa chỉ tin cậy / - nhà tạm lánh …"."""
        full = self.wrap > 0 and len(previous.text) >= self.wrap - 12
        return full and opening.startswith("- ") and opening[2:3].islower() and not previous.text.rstrip().endswith(":")

    def _continues_box(self, previous: Line, line: Line, before: str, text: str, ended: bool) -> bool:
        assert previous.box is not None and line.box is not None
        if line.centred and previous.centred:
            return False
        width = previous.box[2] - previous.box[0]
        first = text.find(" ")
        per_letter = width / max(1, len(previous.text))
        full = previous.box[2] + per_letter * ((first if first > 0 else len(text)) + 1) >= self.right - 2
        if not full:
            return not ended and len(before) > _WIDE and text[:1].islower()
        indented = line.box[0] > self.left + 10 and line.box[0] > previous.box[0] + 6
        if ended and (indented or (line.gap and line.page == previous.page)):
            return False
        return not _is_heading(before, text)


@dataclass(frozen=True, slots=True)
class _Heads:
    repeated: frozenset[str]
    numbered: bool


def _running_heads(lines: list[Line]) -> _Heads:
    """Lines printed on page after page. A number alone on its line is a page number when such numbers count upwards."""
    counts: Counter[str] = Counter()
    numbers: list[int] = []
    for line in lines:
        text = line.text.strip()
        if not text or line.whole:
            continue
        if len(text) < 12 and (m := _PAGE_NUMBER.fullmatch(text)) and _stands_alone(line.text):
            numbers.append(int(m[1]))
        elif len(text) < 120:
            counts[text] += 1
    rising = len(numbers) >= 2 and all(a < b <= a + 3 for a, b in itertools.pairwise(numbers))
    repeated = frozenset(
        t
        for t, n in counts.items()
        if rising and n >= 2 and n >= len(numbers) // 2 and any(c.isalpha() for c in t) and n > 2
    )
    return _Heads(repeated, rising or (len(numbers) == 1 and len(lines) > 40))


def _stands_alone(text: str) -> bool:
    """Whether a number is no cell of a lost table: without a tab, or set in the middle by several."""
    return "\t" not in text or text.startswith("\t\t\t")


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the file's lines were cut, or 0 where lines are whole paragraphs."""
    long = sorted(n for x in lines if (n := len(nfc(x.text.rstrip()))) > _WIDE)
    if len(long) < 8:
        return 0
    width = long[int(len(long) * 0.85)]
    if width > 180:
        return 0
    near = sum(1 for n in long if n >= width * 0.8)
    return width if near >= len(long) * 0.5 else 0


def _is_open(before: str, text: str) -> bool:
    return not before.endswith(_TERMINAL) and _no_label(text[:60]) and _runs_on(before, text)


def _runs_on(before: str, text: str) -> bool:
    """Whether `text` reads as the rest of `before`, which has no end mark."""
    first = text[0]
    if before[-1] in "-–/" and first.isdigit() and len(before) > 8:
        return True
    if first.islower():
        return len(before) > 12
    if before.endswith((",", " và", " của", " số", " ngày", " tháng", " năm", " tại", " theo", " cho")):
        return len(before) > 20 and not before.isupper()
    return before.endswith(" (") or first == ")"


# What a line's end may cut in two although its halves look like lines of their own.
_CUTS = re.compile(
    r"(?:QUYẾT\nĐỊNH|KẾ\nHOẠCH|CHƯƠNG\nTRÌNH|CHỈ\nTHỊ|HƯỚNG\nDẪN|THÔNG\nBÁO|KẾT\nLUẬN|NGHỊ\nQUYẾT|BÁO\nCÁO|TỜ\nTRÌNH)(?![^\W\d_])"
    r"|(?:Điều|Mục|Chương|Phần)\n(?:\d{1,3}|[IVX]{1,5})[.:]"
)
_YEARS_CUT = re.compile(r"\b\d{4}\n[-–]\s?\d{4}(?!\d)")
_CUT_START = re.compile(r"[ĐHTDBLQC][^\W\d_]{1,5}(?![^\W\d_])|\d{1,3}[.:]|[IVX]{1,5}[.:]|[-–]\s?\d{4}")


_HEADING_STYLES = frozenset({"roman", "capital", "arabic"})


def _no_label(text: str) -> bool:
    return read_label(plain(text)) is None


def _is_cut(before: str, text: str) -> bool:
    """Whether a kind of paper, a label, a heading in capitals or a stretch of years was cut by the line's end."""
    if len(text) > 3 and before.isupper() and text.isupper() and not before.endswith(_TERMINAL):
        label = read_label(plain(before))
        if label is not None and label.style in _HEADING_STYLES and label.end < len(before) and _no_label(text):
            return True
    if _CUT_START.match(text) is None:
        return False
    end = before[-20:]
    joined = f"{end}\n{text[:12]}"
    return _CUTS.match(joined) is not None or _YEARS_CUT.match(joined, max(0, len(end) - 4)) is not None


def _is_heading(before: str, text: str) -> bool:
    """Whether a line in capitals ends before ordinary words begin, or the other way round."""
    return (
        before.isupper() != text.isupper()
        and len(before) > 3
        and len(text) > 3
        and (before.isupper() and text[:2].istitle())
    )


def _line_unit(line: Line, text: str) -> _Unit:
    mark = None if line.whole else _NOTE.match(text)
    note = (mark[1] or mark[2]).translate(_SUPERSCRIPT) if mark else None
    return _Unit([text], line.page, line.bold, line.italic, line.centred, line.whole, note=note)


def _note_unit(note: Note) -> _Unit:
    return _Unit([f"[{note.mark}] {note.text.strip()}"], note.page, note=note.mark, whole=True)


def _table_units(table: Table, grids: list[tuple[list[list[str]], int, bool]]) -> list[_Unit]:
    if table.layout or table.width < 2:
        cells = sorted(table.cells, key=lambda c: (c.column, c.row)) if _is_letterhead(table) else table.cells
        return [_cell_unit(c, piece) for c in cells for piece in c.text.split("\n") if piece.strip()]
    pages = [table.page] * table.height
    if table.width * table.height > _MOST_PLACES:  # mostly empty: the cells one behind the other
        rows: list[list[str]] = [[] for _ in range(table.height)]
        for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
            rows[cell.row].append(" ".join(cell.text.split()))
    else:
        rows = [["" for _ in range(table.width)] for _ in range(table.height)]
        for cell in table.cells:
            rows[cell.row][cell.column] = " ".join(cell.text.split())
    for cell in table.cells:
        pages[cell.row] = cell.page
    grids.append((rows, table.page, False))
    index = len(grids) - 1
    return [_Unit(["\t".join(row)], pages[i], cells=row, grid=index) for i, row in enumerate(rows) if any(row)]


_MOST_PLACES = 200_000  # of a table; the widest annex seen has 18 columns and some hundred rows


def _is_letterhead(table: Table) -> bool:
    return table.width == 2


def _cell_unit(cell: Cell, piece: str) -> _Unit:
    return _Unit([piece.strip()], cell.page, whole=True)


def _compose(
    units: list[_Unit],
    grids: list[tuple[list[list[str]], int, bool]],
    removed: list[Removed],
    findings: list[Finding],
) -> Draft:
    pieces: list[tuple[str, _Unit]] = []
    pages: list[tuple[int, int]] = []
    grid_rows: dict[int, list[tuple[GridCell, ...]]] = {}
    at = 0
    for unit in units:
        text = _unmarked(nfc(" ".join(unit.parts))) if unit.cells is None else nfc(unit.parts[0])
        if not pages or unit.page > pages[-1][0]:
            pages.append((unit.page, at))
        for part, page in unit.breaks:
            if page > pages[-1][0]:
                pages.append((page, at + len(nfc(" ".join(unit.parts[:part]))) + 1))
        if unit.cells is not None and unit.grid is not None:
            grid_rows.setdefault(unit.grid, []).append(_row_cells(unit.cells, at))
        split = [text]
        if unit.cells is None and len(text) > 1500:
            split = _split(text)
        elif unit.cells is None and len(pieces) < _HEAD_LINES and "năm" in text and _FUSED_KIND.search(text):
            split = _FUSED_KIND.sub(r"\n\1\n", text).split("\n")
        elif unit.cells is None and len(pieces) < _HEAD_LINES and "CHỦ NGHĨA VIỆT NAM" in text:
            split = _RUN_HEAD.split(text)
        pieces += [(piece, unit) for piece in split]
        at += sum(len(piece) + 1 for piece in split)
    text = "\n".join(piece for piece, _ in pieces)
    draft = Draft(text, _paragraphs(text, pieces), pages=pages or [(1, 0)], removed=removed, findings=findings)
    captions = {p.table: i for i, p in reversed(list(enumerate(draft.paragraphs))) if p.table is not None}
    for index, (_, page, lost) in enumerate(grids):
        first = captions.get(index, 0)
        caption = " ".join(p.match for p in draft.paragraphs[max(0, first - 3) : first] if p.table is None)
        draft.grids.append(Grid(tuple(grid_rows.get(index, ())), page, lost, caption))
    return draft


# The kind of paper run together with the date before it and the title behind it ("năm 2026BÁO CÁOCông tác").
_FUSED_KIND = re.compile(
    rf"(?<=năm \d{{4}})(KẾ HOẠCH|BÁO CÁO|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|CHỈ THỊ|HƯỚNG DẪN|THÔNG BÁO)(?=[{UPPER}][{LOWER}])"
)
# The parts of a letterhead on one line: "… HUYỆN TÂN SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - … Số: 48/KH-UBND …".
_RUN_HEAD = re.compile(r"\s(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI|(?i:độc lập)\s?[-–]|Số\s?:)")
_HEAD_LINES = 40


# The longest paragraph of the plans read has 3,100 characters. Some stages look back and forth in a paragraph, so a
# paragraph without end would cost more than its length; it is cut at blanks.
_LONGEST = 5_000


def _split(text: str) -> list[str]:
    """A long text in its paragraphs: at lost breaks, then by length."""
    out: list[str] = []
    for piece in split_run_on(text):
        at = 0
        while len(piece) - at > _LONGEST:
            cut = piece.rfind(" ", at + _LONGEST // 2, at + _LONGEST)
            if cut < 0:
                cut = piece.find(" ", at + _LONGEST)
            if cut < 0:
                break
            out.append(piece[at:cut])
            at = cut + 1
        out.append(piece[at:])
    return out


def _paragraphs(text: str, pieces: list[tuple[str, _Unit]]) -> list[Paragraph]:
    """Each piece with its matching copy; the copy of the whole text is made in one go."""
    copy = plain(text)
    low = lower(copy)
    mending = needs_mending(copy)
    paragraphs: list[Paragraph] = []
    at = 0
    for piece, unit in pieces:
        end = at + len(piece)
        match, small, back = copy[at:end], low[at:end], None
        if mending and unit.cells is None:
            match, back = mend(match)
            small = lower(match) if back is not None else small
        paragraphs.append(
            Paragraph(
                start=at,
                text=piece,
                match=match,
                low=small,
                back=back,
                page=unit.page,
                bold=unit.bold,
                italic=unit.italic,
                centred=unit.centred,
                table=unit.grid if unit.cells is not None else None,
                note=unit.note,
            )
        )
        at = end + 1
    return paragraphs


def _unmarked(text: str) -> str:
    """Without the asterisks of italics that spanned several lines."""
    if "*" not in text:
        return text
    bare = text.replace("**", "")
    if bare.count("*") >= 2:
        bare = _ITALIC.sub(r"\1", bare)
    return bare.strip() or text


_ITALIC = re.compile(r"\*(?=[^\s*])([^*\n]{1,400})(?<=[^\s*])\*")


def _row_cells(cells: list[str], at: int) -> tuple[GridCell, ...]:
    out = []
    for cell in cells:
        text = nfc(cell)
        out.append(GridCell(text, Span(at, at + len(text))))
        at += len(text) + 1
    return tuple(out)
