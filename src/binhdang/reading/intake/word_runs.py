"""The inside of one Word paragraph: its runs in order, tracked changes accepted, with their look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from binhdang.reading.intake.numbering import W
from binhdang.reading.intake.word_styles import RunLook, Styles, over
from binhdang.vietnamese import legacy

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# Wrappers whose content stands in the text as if they were not there.
THROUGH = frozenset(
    [
        W + n
        for n in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo")
    ]
    + [M + "oMath", M + "oMathPara"]
)
GONE = frozenset([W + "del", W + "moveFrom"])
_PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": "\u00ad"}
_BOXED = frozenset([W + "drawing", W + "pict", W + "object"])
# Pictures of the usual symbol fonts that stand for a sign of the text; any other is shown as a bullet.
_SYMBOLS = {
    0x2B: "+",
    0x2D: "-",
    0x6F: "☐",
    0x71: "☐",
    0xA3: "≤",
    0xA8: "☐",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xE0: "→",
    0xF0: "→",
    0xFC: "✓",
    0xFE: "☑",
}


@dataclass(slots=True)
class Piece:
    """A stretch of text of one look, on one page."""

    text: str
    look: RunLook
    page: int


@dataclass(slots=True)
class Content:
    """What a paragraph holds: pieces; text boxes with the number of pieces before them; note calls (kind, id, mark) in order."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[tuple[int, etree._Element]] = field(default_factory=list)
    calls: list[tuple[str, str, str]] = field(default_factory=list)


class Runs:
    """Reads paragraphs of one document. `page` goes on as page breaks are met; `dropped` takes text that is not printed."""

    def __init__(self, styles: Styles, *, rendered_breaks: bool, next_mark: Callable[[str], str]) -> None:
        self.page = 1
        self.legacy: set[str] = set()
        self.dropped: list[tuple[str, str, int]] = []
        self._styles = styles
        self._rendered = rendered_breaks
        self._next_mark = next_mark

    def read(self, paragraph: etree._Element, style: str | None) -> Content:
        """The content of a `w:p` whose paragraph style is `style`."""
        content = Content()
        self._walk(paragraph, self._styles.run_base(style), content)
        self._convert(content)
        return content

    def _walk(self, node: etree._Element, base: RunLook, content: Content) -> None:
        for child in node:
            tag = child.tag
            if tag == W + "r" or tag == M + "r":
                self._run(child, base, content)
            elif tag in THROUGH:
                self._walk(child, base, content)
            elif tag in GONE:
                self._drop("".join(written(child)), "deleted")
            elif tag == MC + "AlternateContent":
                self._walk(chosen(child), base, content)
            elif isinstance(tag, str) and tag.startswith(M):
                self._walk(child, base, content)

    def _run(self, run: etree._Element, base: RunLook, content: Content) -> None:
        properties = run.find(W + "rPr")
        look = base
        if properties is not None:
            direct = self._styles.run_look(properties)
            style = properties.find(W + "rStyle")
            if style is not None:
                direct = over(direct, self._styles.run_style(style.get(W + "val")))
            look = over(direct, base)
        if look.hidden:
            self._drop("".join(written(run)), "hidden")
            return
        self._inside(run, look, content)

    def _inside(self, run: etree._Element, look: RunLook, content: Content) -> None:
        for child in run:
            tag = child.tag
            if tag == W + "t" or tag == M + "t":
                self._add(content, child.text or "", look)
            elif tag in _PLAIN:
                self._add(content, _PLAIN[tag], look)
            elif tag == W + "br":
                self._break(child, look, content)
            elif tag == W + "lastRenderedPageBreak":
                self.page += self._rendered
            elif tag == W + "sym":
                self._add(content, symbol(child), look)
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                if self._call(child, run, look, content):
                    return
            elif tag in _BOXED:
                self._boxes(child, content)
            elif tag == MC + "AlternateContent":
                self._inside(chosen(child), look, content)
            elif tag == W + "ruby":
                self._walk(next(child.iter(W + "rubyBase"), child), look, content)
            elif tag == W + "delText":
                self._drop(child.text or "", "deleted")

    def _break(self, node: etree._Element, look: RunLook, content: Content) -> None:
        if node.get(W + "type") == "page" and not self._rendered:
            self.page += 1
        self._add(content, "\n", look)

    def _call(self, node: etree._Element, run: etree._Element, look: RunLook, content: Content) -> bool:
        """Put the call of a note; true when the rest of the run was its own mark."""
        kind = "footnote" if node.tag == W + "footnoteReference" else "endnote"
        own = node.get(W + "customMarkFollows") in ("1", "true", "on")
        mark = "".join(t.text or "" for t in run.iterfind(W + "t")).strip() if own else ""
        mark = mark or self._next_mark(kind)
        content.calls.append((kind, node.get(W + "id") or "", mark))
        self._add(content, f"[{mark}]", replace(look, font=None))
        return own

    def _boxes(self, node: etree._Element, content: Content) -> None:
        content.boxes += [(len(content.pieces), box) for box in outermost(node, W + "txbxContent")]

    def _add(self, content: Content, text: str, look: RunLook) -> None:
        last = content.pieces[-1] if content.pieces else None
        if last is not None and last.look == look and last.page == self.page:
            last.text += text
        elif text:
            content.pieces.append(Piece(text, look, self.page))

    def _drop(self, text: str, reason: str) -> None:
        if text.strip():
            self.dropped.append((text, reason, self.page))

    def _convert(self, content: Content) -> None:
        """Make Unicode of pieces in legacy fonts; a paragraph with modern letters only kept the font's name."""
        old = [(piece, found) for piece in content.pieces if (found := legacy.family(piece.look.font))]
        if old and not legacy.has_modern_letters("".join(piece.text for piece, _ in old)):
            for piece, (encoding, capitals) in old:
                text = legacy.convert(piece.text, encoding, capitals=capitals)
                if text != (piece.text.upper() if capitals else piece.text):
                    self.legacy.add(encoding)
                piece.text = text
        for piece in content.pieces:
            text = piece.text.replace("\u00ad", "")  # what is left of soft hyphens is not printed
            piece.text = text.upper() if piece.look.caps else text


def chosen(alternate: etree._Element) -> etree._Element:
    """The branch of `mc:AlternateContent` to read: the first choice with text in it, else the fallback, else the first."""
    branches = list(alternate)
    for branch in branches:
        if next(branch.iter(W + "t", W + "sym"), None) is not None:
            return branch
    return branches[0] if branches else alternate


def outermost(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Descendants of this tag that stand in no other of it, each alternate content read once."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag == MC + "AlternateContent":
            yield from outermost(chosen(child), tag)
        else:
            yield from outermost(child, tag)


def written(node: etree._Element) -> Iterator[str]:
    """All text under a node, deleted or not, paragraphs apart by a newline."""
    for item in node.iter(W + "t", W + "delText", W + "tab", W + "br", W + "p"):
        if item.tag == W + "p":
            yield "\n"
        else:
            yield (item.text or "") if item.tag in (W + "t", W + "delText") else " "


def symbol(node: etree._Element) -> str:
    """The sign of a `w:sym`, whose code often lies in the private area of a symbol font."""
    try:
        code = int(node.get(W + "char") or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= code <= 0xF0FF:
        return _SYMBOLS.get(code - 0xF000, "•")
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""
