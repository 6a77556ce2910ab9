"""A place in a plan's text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """`[start, end)` in Unicode code points of the plan's `text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this place."""
        return text[self.start : self.end]

    def inside(self, text: str) -> Span | None:
        """The part that lies in the text; None when nothing is left of it (a hand-made JSON may err)."""
        start, end = max(0, self.start), min(len(text), self.end)
        return Span(start, end) if start < end else None
