"""Edits made on one Reading brought onto another Reading of the same paper, as a newer reader makes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rapidfuzz import fuzz, process

from binhdang.paper import Span
from binhdang.review.applying import Misfit
from binhdang.review.edits import Anchor, Edit, Verb
from binhdang.review.items import Item, finding_key, items_of
from binhdang.vietnamese.text import fold

_ALIKE = 90.0  # of 100: the same sentence with a slip mended or a word more


@dataclass(slots=True)
class Carried:
    """The edits as they stand on the other Reading; those that found no place there; corrections of what reads otherwise now."""

    edits: list[Edit] = field(default_factory=list)
    lost: list[Misfit] = field(default_factory=list)
    doubtful: list[Misfit] = field(default_factory=list)


def carry_over(old: Mapping[str, Any], edits: Iterable[Edit], new: Mapping[str, Any]) -> Carried:
    """Finds each edit's items, places and findings again on `new`; both are plans' JSON. Numbers are kept."""
    there = items_of(new)
    keys = _matched(items_of(old), there)
    findings = _matched_findings(old, new)
    texts = _Texts(str(old["text"]), str(new["text"]))
    carried = Carried()
    gone: set[str] = set()
    for edit in sorted(edits, key=lambda e: e.number):
        moved, reason = _moved(edit, keys, findings, texts, gone)
        if moved is None:
            carried.lost.append(Misfit(edit, reason))
            gone.add(edit.makes)
            continue
        carried.edits.append(moved)
        if moved.verb == Verb.CORRECT and (names := _reads_otherwise(moved, there)):
            carried.doubtful.append(Misfit(moved, f"Bản đọc mới đọc khác ở: {', '.join(names)}."))
    return carried


def _moved(
    edit: Edit, keys: Mapping[str, str], findings: Mapping[str, str], texts: _Texts, gone: set[str]
) -> tuple[Edit | None, str]:
    items = []
    for key in edit.items:
        found = key if _is_made(key) and key.partition(".")[0] not in gone else keys.get(key)
        if found is None:
            return None, "Không tìm thấy mục này trong bản đọc mới."
        items.append(found)
    values = dict(edit.values)
    if edit.verb == Verb.FINDING:
        if values["finding"] not in findings:
            return None, "Bản đọc mới không còn phát hiện này."
        values["finding"] = findings[values["finding"]]
    elif edit.verb == Verb.ADD:
        span = texts.span(Span(*values["span"]))
        if span is None:
            return None, "Không tìm thấy đoạn này trong bản đọc mới."
        values["span"] = list(span)
    elif edit.verb == Verb.SPLIT:
        places = [texts.place(place) for place in values["at"]]
        if None in places:
            return None, "Không tìm thấy chỗ tách trong bản đọc mới."
        values["at"] = places
    anchors = tuple(_anchored(anchor, texts) for anchor in edit.anchors)
    return replace(edit, items=tuple(items), values=values, anchors=anchors), ""


def _anchored(anchor: Anchor, texts: _Texts) -> Anchor:
    return replace(anchor, span=texts.span(anchor.span) if anchor.span is not None else None)


def _is_made(key: str) -> bool:
    """Whether an edit made the item, so that its key holds on every Reading."""
    return ":" not in key


def _reads_otherwise(edit: Edit, there: Mapping[str, Item]) -> list[str]:
    item = there.get(edit.items[0]) if len(edit.items) == 1 else None
    if item is None:
        return []
    return [
        name
        for name, before in edit.before.items()
        if name in item.fields and _plain(item.fields[name]) not in (_plain(before), _plain(edit.values[name]))
    ]


def _plain(value: Any) -> Any:
    """Without places, which move from one Reading to the next."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name != "span"}
    return value


def _matched(old: Mapping[str, Item], new: Mapping[str, Item]) -> dict[str, str]:
    """Which item of the new Reading each old one is: by its words, the n-th of equal ones as the n-th; then by likeness."""
    waiting: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, item in new.items():
        waiting[item.sort, fold(item.words)].append(key)
    for keys in waiting.values():
        keys.reverse()
    matched: dict[str, str] = {}
    left: dict[str, list[Item]] = defaultdict(list)
    for key, item in old.items():
        if same := waiting.get((item.sort, fold(item.words))):
            matched[key] = same.pop()
        else:
            left[item.sort].append(item)
    for sort, items in left.items():
        rest = {key: words for (of, words), keys in waiting.items() if of == sort for key in keys}
        _match_alike(items, rest, matched)
    return matched


_MOST_COMPARED = 300  # items of one sort that changed: beyond that it is another paper


def _match_alike(items: Sequence[Item], rest: dict[str, str], matched: dict[str, str]) -> None:
    for item in items[:_MOST_COMPARED]:
        best = process.extract(fold(item.words), rest, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=2)
        if len(best) == 1 or (len(best) == 2 and best[0][1] > best[1][1]):
            matched[item.key] = best[0][2]
            del rest[best[0][2]]


def _matched_findings(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Findings are the same when rule and message are; the n-th of equal ones is the n-th. Places without words likewise."""
    waiting: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in reversed(_rows(new)):
        waiting[row["code"], row["message"]].append(finding_key(row))
    found: dict[str, str] = {}
    for row in _rows(old):
        if same := waiting.get((row["code"], row["message"])):
            found[finding_key(row)] = same.pop()
    return found


def _rows(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    text = record["text"]
    unplaced = [{"code": "unplaced", "span": span, "message": text[span[0] : span[1]]} for span in record["unplaced"]]
    return [*record["findings"], *unplaced]


class _Texts:
    """Places of one text in another: the same words, nearest to where they stood."""

    _AROUND = (40, 20, 10)  # characters on either side by which a single place is found

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def span(self, span: Span) -> Span | None:
        """Where the words of a span stand now."""
        words = span.of(self._old)
        start = self._nearest(words, span.start)
        return Span(start, start + len(words)) if start is not None else None

    def place(self, place: int) -> int | None:
        """Where a single place stands now, told by the words on both sides."""
        for around in self._AROUND:
            low = max(0, place - around)
            start = self._nearest(self._old[low : place + around], low)
            if start is not None:
                return start + place - low
        return None

    def _nearest(self, words: str, near: int) -> int | None:
        if self._old == self._new:
            return near
        after = self._new.find(words, near)
        before = self._new.rfind(words, 0, near + len(words))
        found = [at for at in (before, after) if at >= 0]
        return min(found, key=lambda at: abs(at - near)) if found and words else None
