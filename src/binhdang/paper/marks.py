"""A text cut where marked places begin and end, so that overlapping and nested marks need no nesting when they are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from binhdang.paper.span import Span


class Mark(NamedTuple):
    """A place of an item: whose it is, and what it looks like."""

    span: Span
    item: str
    kind: str


class Segment(NamedTuple):
    """A stretch of the text over which the same items hold: `items` narrowest first, `kinds` their looks."""

    start: int
    end: int
    items: tuple[str, ...]
    kinds: tuple[str, ...]


class _Open(NamedTuple):
    """A place that the sweep is inside of."""

    width: int
    end: int
    item: str
    kind: str


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text cut at each line break and wherever a mark begins or ends; together they are the whole text but its line breaks."""
    opens: dict[int, list[_Open]] = defaultdict(list)
    cuts = {0, len(text)}
    for mark in marks:
        if inside := mark.span.inside(text):
            opens[inside.start].append(_Open(inside.end - inside.start, inside.end, mark.item, mark.kind))
            cuts.update(inside)
    for place, letter in enumerate(text):
        if letter == "\n":
            cuts.update((place, place + 1))
    found: list[Segment] = []
    active: list[_Open] = []
    for start, end in pairwise(sorted(cuts)):
        # Narrowest first: a click means the innermost item.
        active = sorted([o for o in active if o.end > start] + opens[start])
        if text[start] != "\n":
            names, kinds = dict.fromkeys(o.item for o in active), dict.fromkeys(o.kind for o in active)
            found.append(Segment(start, end, tuple(names), tuple(kinds)))
    return found
