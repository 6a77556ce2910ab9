"""The content of a file, as an intake hands it to the stages: nothing interpreted, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass, field

from binhdang.paper.finding import Finding

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one whole paragraph where the format knows paragraphs.

    `text` is as printed, list numbers that Word keeps outside the text put in front ("1. Mục tiêu"), tabs kept.
    `whole` is true when the line is known to be a complete paragraph (Word, HTML), which is never joined to its
    neighbour but over a page break. `gap` is true when an empty line stands before it. `box` is left, top, right,
    bottom in points from the page's top left corner. `confidence` (0-100) is the recogniser's.
    """

    text: str
    page: int = 1
    whole: bool = False
    gap: bool = False
    bold: bool = False
    italic: bool = False
    centred: bool = False
    size: float | None = None
    font: str | None = None
    indent: float | None = None
    box: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a merged cell stands once, at its first row and column, with its extent."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    page: int = 1
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its cells by row, then column. `layout` marks a borderless table used for placing (letterhead, signature)."""

    cells: tuple[Cell, ...]
    page: int = 1
    layout: bool = False

    @property
    def height(self) -> int:
        """Number of rows."""
        return max((c.row + c.rows for c in self.cells), default=0)

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((c.column + c.columns for c in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. `mark` as printed ("1", "*"); in the body its call stands as "[1]" where Word or HTML keeps it apart."""

    mark: str
    text: str
    page: int = 1


Block = Line | Table | Note


@dataclass(frozen=True, slots=True)
class Removed:
    """Words of the file that are not the paper's own: page numbers, running heads, portal navigation. Kept, so that nothing is lost."""

    text: str
    reason: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """How a Word or PDF paper looks, for the clerk: sizes and margins in points (1 mm = 2.835 pt)."""

    page_width: float | None = None
    page_height: float | None = None
    margin_top: float | None = None
    margin_bottom: float | None = None
    margin_left: float | None = None
    margin_right: float | None = None
    body_font: str | None = None
    body_size: float | None = None
    fonts: tuple[tuple[str, int], ...] = ()
    page_numbers: bool | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file's content in reading order.

    `media` is one of text, markdown, html, docx, pdf, scan. `findings` are doubts of the intake (a legacy font
    converted, words below the stated confidence), `removed` what it set aside.
    """

    name: str
    sha256: str
    media: str
    blocks: tuple[Block, ...]
    pages: int = 1
    layout: Layout | None = None
    findings: tuple[Finding, ...] = ()
    removed: tuple[Removed, ...] = field(default=())
