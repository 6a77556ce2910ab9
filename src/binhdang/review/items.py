"""The items of a reading that a person looks at, each under a key that holds as long as the Reading does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from binhdang.paper import Span

Fields = dict[str, Any]
"""The fields of an item as the plan's JSON names and writes them, without its spans."""

SORTS: Mapping[str, str] = {
    "task": "tasks",
    "target": "targets",
    "duty": "reporting",
    "budget": "budget",
    "funding": "funding",
    "citation": "citations",
    "recipient": "recipients",
    "objective": "objectives",
}
"""The sorts of items, in the order in which they are shown, with the plan-JSON list that each comes from."""

_PLACES = frozenset({"span", "spans", "evidence", "id"})


class State(StrEnum):
    """What became of an item in the review."""

    OPEN = "open"
    """Nobody has looked at it yet."""
    ACCEPTED = "accepted"
    GUIDANCE = "guidance"
    """Shown with the plan, not followed up."""
    REMOVED = "removed"
    TIED = "tied"
    """A sentence that assigns another task: one task, two sentences."""
    SPLIT = "split"
    MERGED = "merged"

    @property
    def is_live(self) -> bool:
        """Whether the item is part of what the paper lays down."""
        return self in (State.OPEN, State.ACCEPTED, State.GUIDANCE)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing read or added. `spans` are its own words, `evidence` words elsewhere that say who and when.

    `changed` are the fields that people corrected, `into` the keys of what it became, `sentences` the keys of items tied to it.
    """

    key: str
    sort: str
    fields: Fields
    spans: tuple[Span, ...]
    evidence: tuple[Span, ...] = ()
    state: State = State.OPEN
    changed: frozenset[str] = frozenset()
    into: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    added: bool = False
    order: tuple[int, int] = field(default=(0, 0))

    @property
    def words(self) -> str:
        """The words that stand for the item in lists and that it is found again by."""
        for name in ("text", "title", "name", "label", "number", "kind"):
            if value := self.fields.get(name):
                return str(value)
        return ""


def items_of(record: Mapping[str, Any]) -> dict[str, Item]:
    """The items of a plan's JSON by their keys ("task:0"), sort by sort, in the order of the paper."""
    found: dict[str, Item] = {}
    for place, (sort, part) in enumerate(SORTS.items()):
        rows = (record["budget"] or {}).get("lines", ()) if sort == "budget" else record[part]
        for number, row in enumerate(rows):
            key = f"{sort}:{number}"
            fields = {name: value for name, value in row.items() if name not in _PLACES}
            found[key] = Item(key, sort, fields, _spans(row), _evidence(row), order=(place, number))
    return found


def _spans(row: Mapping[str, Any]) -> tuple[Span, ...]:
    spans = row.get("spans") or ([row["span"]] if row.get("span") else [])
    return tuple(Span(*span) for span in spans)


def _evidence(row: Mapping[str, Any]) -> tuple[Span, ...]:
    told = row.get("evidence") or {}
    spans = {Span(*span) for part in told.values() for span in part}
    if (due := row.get("due")) and due.get("span"):
        spans.add(Span(*due["span"]))
    return tuple(sorted(spans))


def finding_key(finding: Mapping[str, Any]) -> str:
    """The key of a finding or of words without a place: its rule and where it stands; its message where it stands nowhere."""
    if span := finding.get("span"):
        return f"{finding['code']}@{span[0]}-{span[1]}"
    return f"{finding['code']}@{sha256(finding['message'].encode()).hexdigest()[:16]}"
