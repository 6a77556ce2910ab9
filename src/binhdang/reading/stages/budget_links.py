"""Which part of the plan a budget line pays for: by its name ("Dự án 1", "Mô hình 3") or by nearly the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from rapidfuzz import fuzz, process

from binhdang.plan.model import Budget, BudgetLine, Outline

_KIND = r"(tiểu dự án|dự án|mô hình|nội dung|hợp phần|hoạt động|nhiệm vụ|nhóm nhiệm vụ|chương trình)"
_NUMBER = r"(?:số )?(\d{1,2}|[ivx]{1,5})"
_MORE = r"(?:,? (?:và )?|,| ?[-–] ?)(?:\d|[ivx]{1,5}\b)"
_NAME = re.compile(rf"{_KIND} {_NUMBER}\b(?!\.\d|{_MORE})")
_SEVERAL = re.compile(rf"{_KIND} {_NUMBER}{_MORE}")
_NAME_IN_BRACKETS = re.compile(rf"\({_KIND} {_NUMBER}\)")
_STOP = re.compile(r"[:.(]")
_MARKS = re.compile(r"[\W_]+")
_LONGEST = 240
_LEADING = " :.(–-"
_NEAR = 90
_LEAST_START = 20
"""How long a title has to be for a heading that begins with it to be its own."""

Name = tuple[str, str]
"""What a part of a plan is called: its kind and number, ("dự án", "1")."""


class _Part(NamedTuple):
    """A node of the outline as lines may call it: the nodes that it stands under, its words and its names."""

    node: Outline
    above: tuple[str, ...]
    words: str
    names: tuple[Name, ...]


def link_outline(budget: Budget, outline: Sequence[Outline]) -> Budget:
    """The budget with `outline` set on each line whose title names a node or nearly equals its words.

    A line's node is looked for among those under its parent line's; a title that names several nodes, or none for
    sure, keeps None.
    """
    parts = _parts(outline)
    linked: dict[str, str] = {}
    parents = {line.code: line.parent for line in budget.lines}
    lines = []
    for line in budget.lines:
        above = line.parent
        while above is not None and above not in linked:
            above = parents.get(above)
        scope = linked[above] if above is not None else None
        found = _found(line, [p for p in parts if scope in p.above] if scope else parts, inside=scope is not None)
        if found is not None:
            linked[line.code] = found
        lines.append(replace(line, outline=found))
    return replace(budget, lines=tuple(lines))


def _parts(outline: Sequence[Outline]) -> list[_Part]:
    above: dict[str, tuple[str, ...]] = {}
    parts = []
    for node in outline:
        up = (*above.get(node.parent, ()), node.parent) if node.parent is not None else ()
        above[node.id] = up
        words = " ".join(node.heading[:_LONGEST].casefold().split())
        parts.append(_Part(node, up, words, tuple(_names(words, (node.ref or "").casefold()))))
    return parts


def _names(words: str, ref: str) -> Iterable[Name]:
    for m in (_NAME.match(words), _NAME.match(ref), "(" in words and _NAME_IN_BRACKETS.search(words)):
        if m:
            yield m[1], m[2]


def _wordings(words: str, title: str) -> Iterable[str]:
    """What of a heading could be near to `title`: the words behind its name, those before the first stop, its bracket.

    Only what begins with the title's first letter, and cut where it is too long to be near as a whole.
    """
    name = _NAME.match(words)
    longest = len(title) * 13 // 10 + 10
    start = name.end() if name else 0
    if words[start : start + 3].lstrip(_LEADING)[:1] == title[0]:
        yield _plain(words[start : start + longest])
        stop = _STOP.search(words, start + 3, start + longest)
        if stop:
            yield _plain(words[start : stop.start()])
    bracket = words.find("(", start) + 1
    if bracket and words[bracket : bracket + 1] == title[0]:
        yield _plain(words[bracket : bracket + longest].partition(")")[0])


def _plain(words: str) -> str:
    return _MARKS.sub(" ", words).strip()


def _found(line: BudgetLine, parts: Sequence[_Part], *, inside: bool) -> str | None:
    title = " ".join(line.title.casefold().split())
    if _SEVERAL.match(title):
        return None
    name = _NAME.match(title)
    if name is not None:
        named = [p for p in parts if (name[1], name[2]) in p.names]
        named = [p for p in named if p.node.kind == "project"] or named
        # under its parent's node the first of the nearest is the item itself, the others speak of it
        if len(named) == 1 or (named and inside):
            return min(named, key=lambda p: len(p.above)).node.id
        title = title[name.end() :]
    return _nearest(_plain(title), parts)


def _nearest(title: str, parts: Sequence[_Part]) -> str | None:
    """The node whose words are nearly the title, or a long title's words at the start of the node's."""
    if len(title) < 4:
        return None
    choices = [(w, p.node.id) for p in parts if p.node.kind != "attribute" for w in _wordings(p.words, title)]
    best = process.extractOne(title, [w for w, _ in choices], scorer=fuzz.ratio, score_cutoff=_NEAR)
    if best is None and len(title) >= _LEAST_START:
        starts = [w[: len(title)] for w, _ in choices]
        best = process.extractOne(title, starts, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return choices[best[2]][1] if best is not None else None
