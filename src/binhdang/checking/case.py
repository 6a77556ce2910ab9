"""What the clerk has on the desk: the plan, its file, the plan above it, and the outline as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from binhdang.paper import Source, Span
from binhdang.plan import Outline, Plan


class Tree:
    """The outline by parent, in text order. A parent that is missing or its own descendant counts as no parent."""

    def __init__(self, nodes: tuple[Outline, ...]) -> None:
        self._nodes = {n.id: n for n in nodes}
        self._children: dict[str | None, list[Outline]] = {}
        for node in sorted(self._nodes.values(), key=lambda n: n.span):
            parent = node.parent if node.parent in self._nodes and node.parent != node.id else None
            self._children.setdefault(parent, []).append(node)

    def node(self, node_id: str | None) -> Outline | None:
        """The node with this id, or None."""
        return self._nodes.get(node_id) if node_id is not None else None

    def children(self, node_id: str | None) -> list[Outline]:
        """The nodes right under this one; of None, the top level."""
        return self._children.get(node_id, [])

    def groups(self) -> Iterator[tuple[Outline | None, list[Outline]]]:
        """Each parent with its children."""
        for parent, children in self._children.items():
            yield self.node(parent), children

    def line(self, node_id: str | None) -> list[Outline]:
        """The node and its ancestors, from the top down."""
        chain: list[Outline] = []
        seen: set[str] = set()
        node = self.node(node_id)
        while node is not None and node.id not in seen:
            seen.add(node.id)
            chain.append(node)
            node = self.node(node.parent)
        return chain[::-1]

    def under(self, node_id: str) -> Iterator[Outline]:
        """All descendants, in no order that matters."""
        waiting, seen = [node_id], {node_id}
        while waiting:
            for child in self.children(waiting.pop()):
                if child.id not in seen:
                    seen.add(child.id)
                    waiting.append(child.id)
                    yield child

    def path(self, node_id: str | None) -> str:
        """The printed labels down to the node: "II.3", or "" where nothing is numbered."""
        refs = [n.ref for n in self.line(node_id) if n.ref and n.ref.strip("-+* ")]
        path: list[str] = []
        for ref in refs:
            # "3.1" under "3" already says its parent's number
            if path and ref.startswith(path[-1] + "."):
                path[-1] = ref
            else:
                path.append(ref)
        return ".".join(path)


@dataclass(frozen=True)
class Case:
    """One paper to check. `source` is the file it was read from, `against` the plan that it carries out."""

    plan: Plan
    source: Source | None = None
    against: Plan | None = None

    @cached_property
    def tree(self) -> Tree:
        """The outline as a tree."""
        return Tree(self.plan.outline)

    @cached_property
    def day(self) -> date | None:
        """The day on which the plan speaks: its date, else the first day of its period."""
        document = self.plan.document
        return document.date or (document.period.start if document.period else None)

    def label_span(self, node: Outline, label: str | None = None) -> Span:
        """Where the node's label stands (`label`, else its printed ref), else the first words of the node."""
        start, end = node.span
        words = label or node.ref
        at = self.plan.text[start : min(end, start + 80)].find(words) if words else -1
        if at < 0 or not words:
            return Span(start, min(end, start + 40))
        return Span(start + at, start + at + len(words))

    def find(self, words: str, start: int = 0) -> Span | None:
        """The first place of these words in the text, or None."""
        at = self.plan.text.find(words, start) if words else -1
        return Span(at, at + len(words)) if at >= 0 else None

    @cached_property
    def recipients_span(self) -> Span | None:
        """The whole list of recipients."""
        spans = [r.span for r in self.plan.recipients]
        return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None


def shorten(text: str, length: int = 70) -> str:
    """The first words of a text, on one line, cut at a space."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def listing(names: list[str], most: int = 8) -> str:
    """Names joined by commas, the rest counted."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} và {len(names) - most} mục khác"


def name_of(node: Outline) -> str:
    """How to speak of a section: "Mục II", "Phần II" (which says what it is), or its heading in quotes."""
    ref = (node.ref or "").strip("-+* ")
    if not ref:
        return f"Mục “{shorten(node.heading, 50)}”"
    return ref if " " in ref else f"Mục {ref}"
