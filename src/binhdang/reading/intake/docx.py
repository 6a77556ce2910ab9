"""Word papers (.docx): paragraphs and tables in order, list numbers resolved, notes, text boxes, running heads set aside."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from lxml import etree

from binhdang.paper import Block, Cell, Layout, Line, Note, Removed, Source, Table
from binhdang.reading.intake.guards import Archive, unknown
from binhdang.reading.intake.numbering import Numbering, W, shown, value, whole_number
from binhdang.reading.intake.shape import is_letterhead, join_pieces, legacy_finding
from binhdang.reading.intake.word_runs import GONE, MC, THROUGH, Content, Piece, Runs, chosen, written
from binhdang.reading.intake.word_styles import ParagraphLook, Styles, over, ruled

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PAGE_FIELD = re.compile(r"\bPAGE\b")
_LETTER = re.compile(r"\w")
_MOTTO = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)", re.I)

_MOST_BEFORE = 63  # columns of a table in Word


def read_docx(data: bytes, name: str) -> Source:
    """Read a Word paper. Raises a BinhdangError for a locked, damaged or hostile file."""
    archive = Archive(data, name)
    main = _main_part(archive)
    parts = _related(archive, main)
    root = archive.xml(main)
    body = root.find(W + "body")
    if body is None:
        raise unknown(name, "không phải văn bản Word")
    reader = _Reader(archive, parts, body)
    blocks = reader.read(body)
    removed = [Removed(text, reason, page) for text, reason, page in reader.runs.dropped]
    for notes in reader.notes.values():
        removed += [
            Removed(text.strip(), "note") for node in notes.values() if (text := "".join(written(node))).strip()
        ]
    numbered = False
    for kind in ("header", "footer", "comments"):
        for part in parts.get(kind, []):
            head = archive.xml(part)
            text = "\n".join(line.strip() for line in "".join(written(head)).split("\n") if line.strip())
            if text:
                removed.append(Removed(text, kind.removesuffix("s")))
            numbered = numbered or (kind != "comments" and _has_page_number(head))
    return Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        media="docx",
        blocks=tuple(blocks),
        pages=reader.runs.page,
        layout=reader.layout(numbered),
        findings=tuple(legacy_finding(reader.runs.legacy)),
        removed=tuple(removed),
    )


def _main_part(archive: Archive) -> str:
    if "_rels/.rels" in archive.names:
        for relation in archive.xml("_rels/.rels").iter(_RELATION):
            target = (relation.get("Target") or "").lstrip("/")
            if (relation.get("Type") or "").endswith("/officeDocument") and target in archive.names:
                return target
    return "word/document.xml"


def _related(archive: Archive, main: str) -> dict[str, list[str]]:
    """Parts that the main part names, by kind ("styles", "header", …)."""
    folder, file = posixpath.split(main)
    relations = f"{folder}/_rels/{file}.rels"
    found: dict[str, dict[str, None]] = {}
    if relations in archive.names:
        for relation in archive.xml(relations).iter(_RELATION):
            target = relation.get("Target") or ""
            part = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            if part in archive.names and relation.get("TargetMode") != "External":
                # Each part once: a thousand relations to one large part would be read a thousand times.
                found.setdefault((relation.get("Type") or "").rsplit("/", 1)[-1], {})[part] = None
    return {kind: list(names) for kind, names in found.items()}


def _has_page_number(head: etree._Element) -> bool:
    if any(_PAGE_FIELD.search(field.text or "") for field in head.iter(W + "instrText")):
        return True
    return (
        any(_PAGE_FIELD.search(f.get(W + "instr") or "") for f in head.iter(W + "fldSimple"))
        or next(head.iter(W + "pgNum"), None) is not None
    )


def _flow(node: etree._Element, wanted: frozenset[str]) -> Iterator[etree._Element]:
    """Children of the wanted tags, also through content controls and accepted insertions."""
    for child in node:
        if child.tag in wanted:
            yield child
        elif child.tag in THROUGH:
            yield from _flow(child, wanted)
        elif child.tag == MC + "AlternateContent":
            yield from _flow(chosen(child), wanted)


_BLOCKS = frozenset([W + "p", W + "tbl", *GONE])
_ROWS = frozenset([W + "tr"])
_CELLS = frozenset([W + "tc"])


class _Reader:
    """Walks the body of one document and keeps what runs across paragraphs: lists, notes, pages, fonts."""

    def __init__(self, archive: Archive, parts: dict[str, list[str]], body: etree._Element) -> None:
        def part(kind: str) -> etree._Element | None:
            names = parts.get(kind)
            return archive.xml(names[0]) if names else None

        self._styles = Styles(part("styles"), part("theme"))
        self._lists = Numbering(part("numbering"), self._styles.lists_of_styles())
        self._section = next(body.iter(W + "sectPr"), None)
        rendered = next(body.iter(W + "lastRenderedPageBreak"), None) is not None
        self._rendered = rendered
        self.runs = Runs(self._styles, rendered_breaks=rendered, next_mark=self._next_mark)
        self.notes = {kind: self._note_nodes(part(kind + "s"), kind) for kind in ("footnote", "endnote")}
        self._note_counts = Counter[str]()
        self._note_formats = {
            kind: value(self._note_settings(kind, part("settings")), "numFmt") or default
            for kind, default in (("footnote", "decimal"), ("endnote", "lowerRoman"))
        }
        self._held: list[Piece] = []
        self._gap = False
        self._lines = 0
        self._fonts = Counter[str]()
        self._sizes = Counter[float]()

    @staticmethod
    def _note_nodes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
        return {} if root is None else {node.get(W + "id") or "": node for node in root.iterfind(W + kind)}

    def _note_settings(self, kind: str, settings: etree._Element | None) -> etree._Element | None:
        own = None if self._section is None else self._section.find(f"{W}{kind}Pr")
        return own if own is not None or settings is None else settings.find(f"{W}{kind}Pr")

    def _next_mark(self, kind: str) -> str:
        self._note_counts[kind] += 1
        return shown(self._note_counts[kind], self._note_formats[kind])

    def read(self, container: etree._Element) -> list[Block]:
        """The blocks of a body, cell, text box or note, in order."""
        blocks: list[Block] = []
        for node in _flow(container, _BLOCKS):
            if node.tag == W + "p":
                blocks += self._paragraph(node)
            elif node.tag == W + "tbl":
                blocks += self._table(node)
            elif (text := "".join(written(node))).strip():
                self.runs.dropped.append((text, "deleted", self.runs.page))
        if self._held:  # the last mark of a cell or body cannot be deleted
            held, self._held = self._held, []
            blocks += self._print(Content(held), "", ParagraphLook())
        return blocks

    def _paragraph(self, node: etree._Element) -> list[Block]:
        properties = node.find(W + "pPr")
        style = value(properties, "pStyle") or self._styles.default
        look = self._styles.paragraph_style(style)
        if properties is not None and len(properties):
            look = over(self._styles.paragraph_look(properties), look)
        if look.page_before and not self._rendered and self._lines:
            self.runs.page += 1
        outer, self._held = self._held, []
        content = self.runs.read(node, style)
        if properties is not None and self._mark_deleted(properties):
            self._held = outer + content.pieces
            content.pieces = []
            return self._print(content, "", look) if content.boxes or content.calls else []
        content.pieces[:0] = outer
        content.boxes = [(at + len(outer), box) for at, box in content.boxes]
        blocks = self._print(content, self._label(look), look)
        if properties is not None and not self._rendered:
            section = properties.find(W + "sectPr")
            if section is not None and value(section, "type") not in ("continuous", "nextColumn"):
                self.runs.page += 1
        return blocks

    @staticmethod
    def _mark_deleted(properties: etree._Element) -> bool:
        mark = properties.find(W + "rPr")
        return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)

    def _label(self, look: ParagraphLook) -> str:
        if look.list_id is None or look.list_id == "0":
            return ""
        level = look.list_level
        if level is None:
            level = self._lists.level_of_style(look.list_id, look.list_style or "")
        return self._lists.label(look.list_id, level)

    def _print(self, content: Content, label: str, look: ParagraphLook) -> list[Block]:
        """Lines of a paragraph between its text boxes' lines, and its notes queued or put after it."""
        opens = next((i for i, p in enumerate(content.pieces) if _LETTER.search(p.text)), len(content.pieces))
        before = [box for at, box in content.boxes if at <= opens]
        after = [box for at, box in content.boxes if at > opens]
        blocks: list[Block] = [b for box in before for b in self.read(box)]
        lines = self._split(content.pieces, label, look)
        self._gap = self._gap or not lines
        blocks += lines
        blocks += [b for box in after for b in self.read(box)]
        for kind, key, mark in content.calls:
            node = self.notes[kind].pop(key, None)  # once, so that a note that calls itself ends
            if node is not None:
                text = _flat(self.read(node))
                blocks.append(Note(mark, text.strip(), self.runs.page))
        return blocks

    def _split(self, pieces: list[Piece], label: str, look: ParagraphLook) -> list[Line]:
        """Lines of a paragraph: one, or more where a line break inside it ends a line for good."""
        rows: list[list[Piece]] = [[]]
        for piece in pieces:
            for i, part in enumerate(piece.text.split("\n")):
                if i:
                    rows.append([])
                if part:
                    rows[-1].append(Piece(part, piece.look, piece.page))
        rows = [row for row in rows if any(p.text.strip() for p in row)]
        lines: list[Line] = []
        for group in join_pieces(["".join(p.text for p in row) for row in rows]):
            text = " ".join("".join(p.text for p in rows[i]).strip(" ") for i in group)
            lines.append(self._line(text, [p for i in group for p in rows[i]], label if not lines else "", look))
        return lines

    def _line(self, text: str, pieces: list[Piece], label: str, look: ParagraphLook) -> Line:
        weights = Counter[tuple[str | None, float | None]]()
        bold = italic = total = 0
        for piece in pieces:
            letters = len(piece.text) - piece.text.count(" ")
            total += letters
            bold += letters if piece.look.bold else 0
            italic += letters if piece.look.italic else 0
            weights[piece.look.font, piece.look.size] += letters
            if piece.look.font:
                self._fonts[piece.look.font] += letters
            if piece.look.size:
                self._sizes[piece.look.size] += letters
        font, size = max(weights, key=weights.__getitem__)
        gap, self._gap = self._gap, False
        self._lines += 1
        indent = None if look.left is None and look.first is None else (look.left or 0) + (look.first or 0)
        return Line(
            text=label + text,
            page=pieces[0].page,
            whole=True,
            gap=gap,
            bold=bold >= 0.9 * total > 0,
            italic=italic >= 0.9 * total > 0,
            centred=look.alignment == "center",
            size=size,
            font=font,
            indent=indent,
        )

    def _table(self, node: etree._Element) -> list[Block]:
        top, page = self._lines < 3, self.runs.page
        drawn = self._styles.table_ruled(node.find(W + "tblPr"))
        cells: list[Cell] = []
        inside: list[list[Block]] = []
        latest: dict[int, int] = {}
        height = 0
        for row in _flow(node, _ROWS):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self.runs.dropped.append(("".join(written(row)), "deleted", self.runs.page))
                continue
            column = min(max(whole_number(value(properties, "gridBefore")), 0), _MOST_BEFORE)
            for cell in _flow(row, _CELLS):
                column = self._cell(cell, height, column, cells, inside, latest)
                drawn = drawn or ruled(cell.find(f"{W}tcPr/{W}tcBorders"))
            height += 1
        notes = [b for blocks in inside for b in blocks if isinstance(b, Note)]
        if len(cells) == 1:
            return inside[0]
        self._gap = False
        width = max((c.column + c.columns for c in cells), default=0)
        if not cells:
            return [*notes]
        placing = not drawn or any(_MOTTO.search(c.text) for c in cells)
        layout = placing and is_letterhead(cells, rows=height, columns=width, at_top=top)
        cells.sort(key=lambda c: (c.row, c.column))
        return [Table(tuple(cells), page, layout), *notes]

    def _cell(
        self,
        node: etree._Element,
        row: int,
        column: int,
        cells: list[Cell],
        inside: list[list[Block]],
        latest: dict[int, int],
    ) -> int:
        """Add one cell, or lengthen the one it is merged with; returns the next column. `latest` is each column's last cell."""
        properties = node.find(W + "tcPr")
        span = max(1, min(whole_number(value(properties, "gridSpan"), 1), 1000))
        page = self.runs.page
        blocks = self.read(node)
        text = _flat(blocks)
        down = None if properties is None else properties.find(W + "vMerge")
        along = None if properties is None else properties.find(W + "hMerge")
        into = None
        if down is not None and down.get(W + "val") != "restart":
            above = latest.get(column)
            into = above if above is not None and cells[above].row + cells[above].rows == row else None
        elif along is not None and along.get(W + "val") != "restart" and cells and cells[-1].row == row:
            into = len(cells) - 1
        if into is None:
            latest[column] = len(cells)
            cells.append(Cell(text, row, column, 1, span, page))
            inside.append(blocks)
        else:
            old = cells[into]
            grown = (old.rows + 1, old.columns) if down is not None else (old.rows, old.columns + span)
            cells[into] = Cell("\n".join(filter(None, (old.text, text))), old.row, old.column, *grown, old.page)
            inside[into] += blocks
        return column + span

    def layout(self, page_numbers: bool) -> Layout:
        """Page and type measures: those of the first section, fonts by the number of their characters."""
        size = None if self._section is None else self._section.find(W + "pgSz")
        margins = None if self._section is None else self._section.find(W + "pgMar")

        def points(node: etree._Element | None, key: str) -> float | None:
            text = None if node is None else node.get(W + key)
            return whole_number(text) / 20 if text else None

        return Layout(
            page_width=points(size, "w"),
            page_height=points(size, "h"),
            margin_top=points(margins, "top"),
            margin_bottom=points(margins, "bottom"),
            margin_left=points(margins, "left"),
            margin_right=points(margins, "right"),
            body_font=next((font for font, _ in self._fonts.most_common(1)), None),
            body_size=next((s for s, _ in self._sizes.most_common(1)), None),
            fonts=tuple(self._fonts.most_common()),
            page_numbers=page_numbers,
        )


def _flat(blocks: list[Block]) -> str:
    """Blocks as text, lines apart by newlines, cells of a nested table by tabs; notes stand outside."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block.text)
        elif isinstance(block, Table):
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            lines += ["\t".join(row) for row in rows.values()]
    return "\n".join(lines)
