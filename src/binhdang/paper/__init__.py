"""What a file holds: lines, tables, notes, layout; and how findings point back into it."""

from binhdang.paper.finding import Finding, Severity
from binhdang.paper.marks import Mark, Segment, segments
from binhdang.paper.source import Block, Cell, Layout, Line, Note, Removed, Source, Table
from binhdang.paper.span import Span

__all__ = [
    "Block",
    "Cell",
    "Finding",
    "Layout",
    "Line",
    "Mark",
    "Note",
    "Removed",
    "Segment",
    "Severity",
    "Source",
    "Span",
    "Table",
    "segments",
]
