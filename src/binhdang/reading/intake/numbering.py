"""The list numbers that Word shows but does not keep in the text, worked out from numbering.xml as Word does.

A paragraph names a list (num) and a level; the num points to an abstract list, whose levels say how the number looks.
Nums on one abstract list count on together unless one overrides its start. A level starts again after a higher one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
# Codes of dash-like and plus bullets, as such and in the private area where the Symbol and Wingdings fonts store theirs.
_DASHES = set("-–—‒−‑―\uf02d\uf0be\uf0bd")
_PLUSES = set("+\uf02b")
_STARS = set("*\uf02a")

_LONGEST_LABEL = 64  # characters; real labels have a handful


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and looks. `restart` is the one-based level after which it starts again (0: never)."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = " "
    legal: bool = False
    restart: int | None = None
    style: str | None = None


def whole_number(text: str | None, default: int = 0) -> int:
    """An attribute's integer, kept within ±1 000 000; `default` when it is none."""
    try:
        return max(-1_000_000, min(1_000_000, int(text or "")))
    except ValueError:
        return default


def value(parent: etree._Element | None, tag: str) -> str | None:
    """`w:val` of a child, or None when the child or the value is missing."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else child.get(W + "val")


def switched_on(parent: etree._Element | None, tag: str) -> bool | None:
    """An on/off child: None when absent, else whether it is on."""
    child = None if parent is None else parent.find(W + tag)
    return None if child is None else child.get(W + "val") not in ("0", "false", "off")


def shown(number: int, form: str) -> str:
    """A counter in a number format of Word ("decimal", "upperRoman", "lowerLetter", …); unknown ones are decimal."""
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        text = ""
        for size, letters in _ROMAN:
            text += letters * (number // size)
            number %= size
        return text.upper() if form == "upperRoman" else text
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 780:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form == "decimalZero":
        return f"{number:02d}"
    return "" if form == "none" else str(number)


class Numbering:
    """The lists of one document and their counters; ask for labels in document order, each paragraph once."""

    def __init__(self, root: etree._Element | None, style_lists: dict[str, str] | None = None) -> None:
        """`root` is numbering.xml, or None; `style_lists` the num id of each numbering style, for numStyleLink."""
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._nums: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._style_lists = style_lists or {}
        if root is None:
            return
        for abstract in root.iterfind(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId") or ""
            self._abstract[key] = {
                whole_number(n.get(W + "ilvl")): self._level(n) for n in abstract.iterfind(W + "lvl")
            }
            link = value(abstract, "numStyleLink")
            if link:
                self._links[key] = link
        for num in root.iterfind(W + "num"):
            self._read_num(num)

    @staticmethod
    def _level(node: etree._Element) -> Level:
        suffix = {"nothing": "", "space": " "}.get(value(node, "suff") or "tab", " ")
        restart = value(node, "lvlRestart")
        form = value(node, "numFmt") or "decimal"
        return Level(
            start=whole_number(value(node, "start"), 1 if form != "none" else 0),
            format=form,
            text=(value(node, "lvlText") or "")[:_LONGEST_LABEL],
            suffix=suffix,
            legal=bool(switched_on(node, "isLgl")),
            restart=None if restart is None else whole_number(restart),
            style=value(node, "pStyle"),
        )

    def _read_num(self, num: etree._Element) -> None:
        levels: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for override in num.iterfind(W + "lvlOverride"):
            at = whole_number(override.get(W + "ilvl"))
            own = override.find(W + "lvl")
            if own is not None:
                levels[at] = self._level(own)
            start = value(override, "startOverride")
            if start is not None:
                starts[at] = whole_number(start, 1)
        self._nums[num.get(W + "numId") or ""] = (value(num, "abstractNumId") or "", levels, starts)

    def _resolve(self, num: str) -> tuple[str, dict[int, Level], dict[int, int]] | None:
        found = self._nums.get(num)
        if found is None:
            return None
        abstract, levels, starts = found
        for _ in range(4):  # a linked numbering style may link on; more than a few is a loop
            link = self._links.get(abstract)
            target = self._nums.get(self._style_lists.get(link, "")) if link else None
            if target is None or target[0] == abstract:
                break
            abstract = target[0]
        merged = dict(self._abstract.get(abstract, {}))
        merged.update(levels)
        return abstract, merged, starts

    def level_of_style(self, num: str, style: str) -> int:
        """The level that a paragraph style is tied to in a list; 0 when it is tied to none."""
        found = self._resolve(num)
        return next((at for at, level in sorted(found[1].items()) if level.style == style), 0) if found else 0

    def label(self, num: str, at: int) -> str:
        """The label of the next paragraph of list `num` at level `at` (0-8) with what follows it: "1. ", "a) ", "- "; "" for none."""
        found = self._resolve(num)
        if found is None or not 0 <= at < _LEVELS:
            return ""
        abstract, levels, starts = found
        level = levels.get(at)
        if level is None:
            return ""
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        self._count(counters, num, at, levels, starts)
        if level.format == "bullet":
            return _bullet(level.text) + level.suffix if level.text.strip() else ""
        text = _PLACE.sub(lambda m: self._part(int(m[1]) - 1, counters, levels, starts, level.legal), level.text)
        return text + level.suffix if text.strip() else ""

    def _count(
        self, counters: list[int | None], num: str, at: int, levels: dict[int, Level], starts: dict[int, int]
    ) -> None:
        before = counters[at]
        if at in starts and (num, at) not in self._begun:
            before = None
        self._begun.add((num, at))
        counters[at] = starts.get(at, levels[at].start) if before is None else before + 1
        for deeper in range(at + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or at < min(restart, deeper):
                counters[deeper] = None

    @staticmethod
    def _part(
        at: int, counters: list[int | None], levels: dict[int, Level], starts: dict[int, int], legal: bool
    ) -> str:
        level = levels.get(at, Level())
        count = counters[at]
        if count is None:
            count = starts.get(at, level.start)
        return shown(count, "decimal" if legal and level.format != "decimalZero" else level.format)


def _bullet(text: str) -> str:
    mark = text.strip()[:1]
    for plain, marks in (("-", _DASHES), ("+", _PLUSES), ("*", _STARS)):
        if mark in marks:
            return plain
    return "•"
