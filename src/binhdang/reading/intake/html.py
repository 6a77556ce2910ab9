"""Pages of legal portals: the paper found among the navigation, its paragraphs, lists, tables and notes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from email import message_from_bytes
from hashlib import sha256

from lxml import etree
from lxml import html as lxml_html

from binhdang.paper import Block, Cell, Finding, Line, Note, Removed, Source, Table
from binhdang.reading.intake.guards import damaged, hostile
from binhdang.reading.intake.html_main import IGNORED, find_paper, is_furniture, style_of
from binhdang.reading.intake.numbering import shown, whole_number
from binhdang.reading.intake.plain import decode
from binhdang.reading.intake.shape import is_letterhead, join_pieces, legacy_finding
from binhdang.vietnamese import legacy

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "table",
    ]
)
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_ITALIC = frozenset(["i", "em", "cite"])
_LIST_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_MARK = re.compile(r"[\[(]?\s?(\d{1,3}|[ivxlc]{1,6}|\*{1,3}|[a-z])\s?[\])]?")
_FACE = re.compile(r"font-family\s{0,9}:\s{0,9}[\"']?([^;,\"']{1,60})", re.I)
_DRAWN = re.compile(r"border[\w-]{0,20}\s{0,3}:[^;]{0,60}(?:solid|double|dashed|dotted|windowtext)", re.I)


def read_html(data: bytes, name: str) -> Source:
    """Read a web page. Raises DamagedFile when there is no page in it, UnknownFormat when it is no text."""
    text, findings = _decode(data, name)
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise damaged(name, "trang web không có nội dung đọc được") from error
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise hostile(name, "các phần bên trong lồng nhau quá sâu")
    body = root.find("body")
    paper, outside = find_paper(root if body is None else body)
    page = _Page(paper, _note_links(paper))
    page.read(paper)
    page.removed[:0] = [Removed(words, "navigation") for words in outside]
    return Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        media="html",
        blocks=tuple(page.blocks),
        findings=(*findings, *legacy_finding(page.legacy)),
        removed=tuple(page.removed),
    )


def read_web_archive(data: bytes, name: str) -> Source:
    """Read a page saved as one MIME file (.mht, and what many portals offer as .doc). Raises DamagedFile when it holds no page."""
    for part in message_from_bytes(data).walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes) and content.strip():
            return replace(read_html(content, name), sha256=sha256(data).hexdigest())
    raise damaged(name, "không có trang web nào bên trong")


def _decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    """The page's characters, by its byte order mark, its own word, or its bytes; and what was doubtful."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) and not _is_utf8(data):
        encoding = declared[1].decode("ascii", "ignore").lower()
        try:
            text = data.decode({"iso-8859-1": "cp1252", "x-user-defined": "cp1252"}.get(encoding, encoding), "replace")
        except (LookupError, UnicodeError):
            pass  # a name that means nothing: the bytes decide
        else:
            return _undeclared(unicodedata.normalize("NFC", text) if "1258" in encoding else text), []
    text, findings = decode(data, name)
    return _undeclared(text), findings


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8 and not plain ASCII, whatever the page says of itself."""
    try:
        return not data.isascii() and data.decode("utf-8") != ""
    except UnicodeDecodeError:
        return False


def _undeclared(text: str) -> str:
    """The text without an XML declaration, whose encoding no longer holds."""
    start = text.lstrip("\ufeff \t\r\n\0")
    if start.startswith("<?xml"):
        start = start.partition("?>")[2]
    return start.replace("\0", "")


class _Page:
    """Collects the blocks of the paper's element; text of one line is gathered until a block begins or ends."""

    def __init__(self, top: etree._Element, notes: dict[etree._Element, str]) -> None:
        """`top` is the element that will be read; `notes` tells calls from notes among its links."""
        self.blocks: list[Block] = []
        self.removed: list[Removed] = []
        self.legacy: set[str] = set()
        self._top = top
        self._notes = notes
        self._text: list[tuple[str, bool, bool, bool]] = []
        self._prefix = ""
        self._note: str | None = None

    def read(
        self,
        node: etree._Element,
        *,
        bold: bool = False,
        italic: bool = False,
        centred: bool = False,
        font: str = "",
        pre: bool = False,
    ) -> None:
        """Read an element and what is in it; the flags are inherited."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in IGNORED:
            return
        if node is not self._top and is_furniture(node):
            self._set_aside(node)
            return
        style = style_of(node)
        bold = (
            bold or tag in _BOLD or "font-weight:bold" in style or "font-weight:700" in style
        ) and "font-weight:normal" not in style
        italic = (italic or tag in _ITALIC or "font-style:italic" in style) and "font-style:normal" not in style
        align = node.get("align", "").lower()
        if align or "text-align:" in style:
            centred = align == "center" or "text-align:center" in style
        centred = centred or tag == "center"
        font = _face(node, style) or font
        if "display:none" in style or node.get("hidden") is not None:
            self._set_aside(node, "hidden")
            return
        if tag == "table" and self._table(node):
            return
        if tag == "a" and self._note_mark(node, bold, italic, centred):
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
        if tag == "br":
            self._text.append(("\n", bold, italic, centred))
        if tag in ("ol", "ul"):
            self._list(node, bold=bold, italic=italic, centred=centred, font=font)
            return
        pre = pre or tag == "pre"
        self._put(node.text, bold, italic, centred, font, pre)
        for child in node:
            self.read(child, bold=bold, italic=italic, centred=centred, font=font, pre=pre)
            self._put(child.tail, bold, italic, centred, font, pre)
        if block:
            self.flush()

    def _put(self, text: str | None, bold: bool, italic: bool, centred: bool, font: str, pre: bool) -> None:
        if not text:
            return
        old = legacy.family(font)
        if old is not None and not legacy.has_modern_letters(text):
            changed = legacy.convert(text, old[0], capitals=old[1])
            if changed.upper() != text.upper():
                self.legacy.add(old[0])
            text = changed
        self._text.append((text if pre else _SPACES.sub(" ", text), bold, italic, centred))

    def flush(self) -> None:
        """End the line: what was gathered becomes lines, cut at breaks that end one for good."""
        gathered, self._text = self._text, []
        rows: list[list[tuple[str, bool, bool, bool]]] = [[]]
        for text, *flags in gathered:
            for i, part in enumerate(text.split("\n")):
                if i:
                    rows.append([])
                rows[-1].append((part, flags[0], flags[1], flags[2]))
        rows = [row for row in rows if any(part.strip() for part, *_ in row)]
        for group in join_pieces(["".join(part for part, *_ in row) for row in rows]):
            words = [
                " ".join("".join(part for part, *_ in rows[i]).replace("  ", " ").strip(" ").split("\n")) for i in group
            ]
            text = self._prefix + " ".join(words)
            self._prefix = ""
            if self._note is not None:
                self.blocks.append(Note(self._note, text.strip()))
                self._note = None
                continue
            seen = [(len(part.strip()), *flags) for i in group for part, *flags in rows[i]]
            total = sum(n for n, *_ in seen)
            bold, italic, centred = (sum(n for n, *flags in seen if flags[k]) >= 0.9 * total for k in range(3))
            self.blocks.append(Line(text, whole=True, bold=bold, italic=italic, centred=centred))

    def _set_aside(self, node: etree._Element, reason: str = "navigation") -> None:
        words = words_of(node)
        if words:
            self.removed.append(Removed(words, reason))

    def _list(self, node: etree._Element, *, bold: bool, italic: bool, centred: bool, font: str) -> None:
        """A list: items of an ordered one get their numbers, of another a bullet unless the style has none."""
        form = _LIST_TYPES.get(node.get("type", "1"), "decimal")
        bare = "list-style:none" in style_of(node) or "list-style-type:none" in style_of(node)
        count = whole_number(node.get("start"), 1)
        self._put(node.text, bold, italic, centred, font, False)
        for item in node:
            if item.tag == "li":
                self.flush()
                count = whole_number(item.get("value"), count)
                sign = f"{shown(count, form)}. " if node.tag == "ol" else "• "
                self._prefix = "" if bare else sign
                count += 1
            self.read(item, bold=bold, italic=italic, centred=centred, font=font)
            self._prefix = ""
            self._put(item.tail, bold, italic, centred, font, False)
        self.flush()

    def _note_mark(self, node: etree._Element, bold: bool, italic: bool, centred: bool) -> bool:
        """Read a link between a note and its call: true when it was one."""
        kind = self._notes.get(node)
        if kind is None:
            return False
        mark = _MARK.fullmatch("".join(map(str, node.itertext())).strip())
        if mark is None:
            return False
        if kind == "note":
            self._note = mark[1]
        else:
            self._text.append((f"[{mark[1]}]", bold, italic, centred))
        return True

    def _table(self, node: etree._Element) -> bool:
        """Read a table; false when it only frames the page, so that its cells are read as blocks."""
        rows = [row for row in node.iter("tr") if next(row.iterancestors("table"), None) is node]
        if _frames(node, rows):
            return False
        self.flush()
        top = len(self.blocks) < 3
        cells = _grid(rows, self)
        if not cells:
            return True
        height, width = max(c.row + c.rows for c in cells), max(c.column + c.columns for c in cells)
        drawn = node.get("border", "0") not in ("", "0") or any(
            _DRAWN.search(style_of(n)) for n in node.iter("table", "td", "th")
        )
        layout = not drawn and is_letterhead(cells, rows=height, columns=width, at_top=top)
        for caption in node.iterfind("caption"):
            self.read(caption, centred=True)
        self.blocks.append(Table(tuple(sorted(cells, key=lambda c: (c.row, c.column))), layout=layout))
        return True

    def cell_text(self, node: etree._Element) -> str:
        """The lines of one cell; notes inside it are kept as blocks, tables flattened to lines."""
        inner = _Page(node, self._notes)
        inner.read(node)
        self.removed += inner.removed
        self.legacy |= inner.legacy
        lines: list[str] = []
        for block in inner.blocks:
            if isinstance(block, Table):
                rows: dict[int, list[str]] = {}
                for cell in block.cells:
                    rows.setdefault(cell.row, []).append(cell.text)
                lines += ["\t".join(row) for row in rows.values()]
            elif isinstance(block, Line):
                lines.append(block.text)
            else:
                self.blocks.append(block)
        return "\n".join(lines)


def words_of(node: etree._Element) -> str:
    """All words under a node but scripts, spaces made plain."""
    parts = [node.text or ""] if node.tag not in IGNORED else []
    if node.tag not in IGNORED:
        for child in node:
            parts += [words_of(child), child.tail or ""]
    return _SPACES.sub(" ", " ".join(parts)).strip()


def _face(node: etree._Element, style: str) -> str:
    if "font-family:" in style:
        found = _FACE.search(node.get("style", ""))
        return found[1].strip() if found else ""
    return node.get("face", "").split(",")[0].strip() if node.tag == "font" else ""


def _frames(table: etree._Element, rows: list[etree._Element]) -> bool:
    """Whether a table only places the page: one cell, or cells that hold tables or many paragraphs."""
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    if len(cells) <= 1:
        return True
    return any(
        len(cell.findall(".//p")) > 25 or (cell.find(".//table") is not None and len(cell.findall(".//p")) > 8)
        for cell in cells
    )


def _grid(rows: list[etree._Element], page: _Page) -> list[Cell]:
    """Cells at their places, spans followed; rowspan stops at the last row."""
    cells: list[Cell] = []
    taken: dict[int, int] = {}
    for r, row in enumerate(rows):
        column = 0
        for node in row:
            if node.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > r:
                column += 1
            wide = max(1, min(whole_number(node.get("colspan"), 1), 200))
            high = max(1, min(whole_number(node.get("rowspan"), 1), len(rows) - r))
            cells.append(Cell(page.cell_text(node), r, column, high, wide))
            for c in range(column, column + wide):
                taken[c] = r + high
            column += wide
    return cells


def _note_links(paper: etree._Element) -> dict[etree._Element, str]:
    """Links between note calls and notes, each "call" or "note": two short links that point to one another, the first is the call."""
    links = [
        a for a in paper.iter("a") if a.get("href", "").startswith("#") and len("".join(map(str, a.itertext()))) <= 12
    ]
    places: dict[str, int] = {}
    for i, link in enumerate(links):
        near = (link, *link.iterancestors("li", "p", "div", "sup", "span"))[:4]
        for node in near:
            for key in (node.get("id"), node.get("name")):
                if key:
                    places.setdefault(key, i)
    found: dict[etree._Element, str] = {}
    for i, link in enumerate(links):
        other = places.get(link.get("href", "#")[1:])
        if other is not None and other != i and places.get(links[other].get("href", "#")[1:]) == i:
            found[link] = "call" if i < other else "note"
    return found
