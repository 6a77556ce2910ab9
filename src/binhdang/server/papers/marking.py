"""The paper's text as paragraphs of marked stretches, for the page that shows it beside its items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from binhdang.paper import Mark, Span, segments
from binhdang.review import Item, State, finding_key

_HEADING = 160  # characters; a longer paragraph that opens a section is read as text


@dataclass(slots=True)
class Paragraph:
    """A paragraph, ready to show: where it begins, whether it is a heading, the page that begins with it."""

    start: int
    html: SafeString = field(default_factory=SafeString)
    is_heading: bool = False
    page: int = 0
    parts: list[str] = field(default_factory=list)


def element(key: str) -> str:
    """An item's key as an id in the page: "task:3" → "i-task-3"."""
    return "i-" + key.replace(":", "-").replace(".", "-").replace("@", "-")


def marks_of(items: Iterable[Item], record: Mapping[str, Any]) -> Iterator[Mark]:
    """The places of items that stand, of findings, and of words that found no place."""
    for item in items:
        if item.state in (State.SPLIT, State.MERGED):
            continue
        look = "gone" if item.state == State.REMOVED else item.sort
        for span in item.spans:
            yield Mark(span, item.key, look)
        for span in item.evidence:
            yield Mark(span, item.key, "evidence")
    for finding in record["findings"]:
        if finding["span"]:
            yield Mark(Span(*finding["span"]), finding_key(finding), finding["severity"])
    for span in record["unplaced"]:
        yield Mark(Span(*span), f"unplaced@{span[0]}-{span[1]}", "unplaced")


def paragraphs(record: Mapping[str, Any], items: Iterable[Item]) -> list[Paragraph]:
    """The whole text by paragraphs; a stretch with marks names its items and leads to the innermost."""
    text: str = record["text"]
    headings = {o["span"][0] for o in record["outline"] if len(o["heading"]) <= _HEADING}
    pages = {p["start"]: p["page"] for p in record["pages"]} if len(record["pages"]) > 1 else {}
    breaks = sorted(pages)
    found: list[Paragraph] = []
    previous = -1
    for segment in segments(text, marks_of(items, record)):
        if text.rfind("\n", 0, segment.start) >= previous:
            found.append(Paragraph(segment.start))
            while breaks and breaks[0] <= segment.start:
                found[-1].page = pages[breaks.pop(0)]
        previous = segment.end
        here = found[-1]
        here.is_heading = here.is_heading or segment.start in headings
        words: str = escape(text[segment.start : segment.end])
        if segment.items:
            keys, kinds = " ".join(segment.items), " ".join(segment.kinds)
            words = (
                f'<mark class="m {kinds}" id="t{segment.start}" data-from="{segment.start}" '
                f'data-keys="{escape(keys)}">{words}</mark>'
            )
        else:
            words = f'<span data-from="{segment.start}">{words}</span>'
        here.parts.append(words)
    for one in found:
        one.html = mark_safe("".join(one.parts))
    return found
