"""The draft that the stages work on: the paper's text in paragraphs, each with a matching copy of the same place."""

from __future__ import annotations

from dataclasses import dataclass, field

from binhdang.paper import Finding, Removed, Span


@dataclass(slots=True)
class Paragraph:
    """One paragraph of the text.

    `text` is what is printed; `match` the copy that patterns run on: dashes and spaces plain, tone marks placed one
    way, slips of recognition mended. Where mending changed the length, `back[i]` is the place in `text` of
    `match[i]` (and `back[len(match)]` its end); otherwise `back` is None and places are the same.
    """

    start: int
    text: str
    match: str
    low: str = ""
    back: list[int] | None = None
    page: int = 1
    bold: bool = False
    italic: bool = False
    centred: bool = False
    table: int | None = None
    note: str | None = None
    zone: str = "body"
    placed: bool = False

    @property
    def end(self) -> int:
        """Where it ends in the draft's text."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """The whole paragraph."""
        return Span(self.start, self.start + len(self.text))

    def place(self, start: int, end: int) -> Span:
        """The place in the draft's text of `match[start:end]`."""
        if self.back is None:
            return Span(self.start + start, self.start + end)
        return Span(self.start + self.back[start], self.start + self.back[end])


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: its words and their place (an empty cell has an empty span)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the paper laid out by rows; merged cells stand at their first place, the rest of their extent is "".

    `lost` marks a table whose ruling was lost in the file: one cell a line, rows possibly short, header possibly
    gone. `caption` is the paragraph before it.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    page: int = 1
    lost: bool = False
    caption: str = ""


@dataclass(slots=True)
class Draft:
    """The text, its paragraphs in order, its tables, and what has been found so far."""

    text: str
    paragraphs: list[Paragraph]
    grids: list[Grid] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
