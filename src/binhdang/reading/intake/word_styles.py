"""How Word text looks once styles are followed: font, size, weight, alignment, and the list a style belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TypeVar

from lxml import etree

from binhdang.reading.intake.numbering import W, switched_on, value, whole_number

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NO_LINE = ("nil", "none")
_Look = TypeVar("_Look", "RunLook", "ParagraphLook")


@dataclass(frozen=True, slots=True)
class RunLook:
    """Character properties; None where nothing is said. `size` in points."""

    font: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Paragraph properties; None where nothing is said. Indents in points; `list_style` is the style that named the list."""

    alignment: str | None = None
    left: float | None = None
    first: float | None = None
    list_id: str | None = None
    list_level: int | None = None
    list_style: str | None = None
    page_before: bool | None = None


def over(upper: _Look, lower: _Look) -> _Look:
    """`upper`'s values where it has any, else `lower`'s."""
    names = _NAMES[type(upper)]
    return type(upper)(*[getattr(lower, n) if (own := getattr(upper, n)) is None else own for n in names])


_NAMES: dict[type, tuple[str, ...]] = {kind: tuple(f.name for f in fields(kind)) for kind in (RunLook, ParagraphLook)}


class Styles:
    """The styles of one document, resolved along basedOn and remembered."""

    def __init__(self, root: etree._Element | None, theme: etree._Element | None = None) -> None:
        self._theme = _theme_fonts(theme)
        self._nodes: dict[str, etree._Element] = {}
        self._runs: dict[str | None, RunLook] = {}
        self._bases: dict[str | None, RunLook] = {}
        self._paragraphs: dict[str | None, ParagraphLook] = {}
        self.default: str | None = None
        self.base = RunLook(size=10.0)
        self.base_paragraph = ParagraphLook()
        if root is None:
            return
        self.base = over(self.run_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")), RunLook(size=10.0))
        self.base_paragraph = self.paragraph_look(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
        for node in root.iterfind(W + "style"):
            key = node.get(W + "styleId") or ""
            self._nodes[key] = node
            if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true", "on"):
                self.default = key

    def run_look(self, node: etree._Element | None) -> RunLook:
        """Character properties written in one `w:rPr`."""
        if node is None or not len(node):
            return RunLook()
        size = value(node, "sz")
        return RunLook(
            font=self._font(node.find(W + "rFonts")),
            size=whole_number(size) / 2 if size else None,
            bold=switched_on(node, "b"),
            italic=switched_on(node, "i"),
            caps=switched_on(node, "caps"),
            hidden=switched_on(node, "vanish"),
        )

    def _font(self, fonts: etree._Element | None) -> str | None:
        if fonts is None:
            return None
        for kind in ("hAnsi", "ascii"):
            theme = fonts.get(f"{W}{kind}Theme")
            if theme:
                return self._theme.get("major" if theme.startswith("major") else "minor")
            if fonts.get(W + kind):
                return fonts.get(W + kind)
        return None

    def paragraph_look(self, node: etree._Element | None, style: str | None = None) -> ParagraphLook:
        """Paragraph properties written in one `w:pPr`."""
        if node is None:
            return ParagraphLook()
        left = first = None
        indent = node.find(W + "ind")
        if indent is not None:
            edge = indent.get(W + "left") or indent.get(W + "start")
            left = whole_number(edge) / 20 if edge else None
            if indent.get(W + "hanging"):
                first = -whole_number(indent.get(W + "hanging")) / 20
            elif indent.get(W + "firstLine"):
                first = whole_number(indent.get(W + "firstLine")) / 20
        numbered = node.find(W + "numPr")
        num, level = value(numbered, "numId"), value(numbered, "ilvl")
        return ParagraphLook(
            alignment=value(node, "jc"),
            left=left,
            first=first,
            list_id=num,
            list_level=None if level is None else whole_number(level),
            list_style=style if num else None,
            page_before=switched_on(node, "pageBreakBefore"),
        )

    def _chain(self, key: str | None) -> Iterator[tuple[str, etree._Element]]:
        seen: set[str] = set()
        while key and key in self._nodes and key not in seen:
            seen.add(key)
            yield key, self._nodes[key]
            key = value(self._nodes[key], "basedOn")

    def run_style(self, key: str | None) -> RunLook:
        """Character look of a style and all it is based on, without the document's defaults."""
        if key not in self._runs:
            look = RunLook()
            for _, node in self._chain(key):
                look = over(look, self.run_look(node.find(W + "rPr")))
            self._runs[key] = look
        return self._runs[key]

    def run_base(self, key: str | None) -> RunLook:
        """Character look of a paragraph style over the document's defaults."""
        if key not in self._bases:
            self._bases[key] = over(self.run_style(key), self.base)
        return self._bases[key]

    def paragraph_style(self, key: str | None) -> ParagraphLook:
        """Paragraph look of a style and all it is based on, over the document's defaults."""
        if key not in self._paragraphs:
            look = ParagraphLook()
            for name, node in self._chain(key):
                look = over(look, self.paragraph_look(node.find(W + "pPr"), name))
            self._paragraphs[key] = over(look, self.base_paragraph)
        return self._paragraphs[key]

    def lists_of_styles(self) -> dict[str, str]:
        """The num id named by each numbering style, for lists that are only links."""
        found = {}
        for key, node in self._nodes.items():
            num = value(node.find(f"{W}pPr/{W}numPr"), "numId")
            if num and node.get(W + "type") == "numbering":
                found[key] = num
        return found

    def table_ruled(self, properties: etree._Element | None) -> bool:
        """Whether a table's own borders, or its style's, draw any line."""
        own = None if properties is None else properties.find(W + "tblBorders")
        if own is not None:
            return ruled(own)
        for _, node in self._chain(value(properties, "tblStyle")):
            borders = node.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                return ruled(borders)
        return False


def ruled(borders: etree._Element | None) -> bool:
    """Whether any side of `w:tblBorders` or `w:tcBorders` is drawn."""
    return borders is not None and any(side.get(W + "val") not in (*_NO_LINE, None) for side in borders)


def _theme_fonts(theme: etree._Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    if theme is not None:
        for kind in ("major", "minor"):
            latin = theme.find(f".//{A}{kind}Font/{A}latin")
            face = None if latin is None else latin.get("typeface")
            if face:
                found[kind] = face
    return found
