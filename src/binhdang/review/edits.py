"""What a person does to the items: the edits, what each may hold, and when two of them clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from binhdang.errors import BinhdangError
from binhdang.paper import Span


class Verb(StrEnum):
    """The kinds of edits. The value is stored."""

    ACCEPT = "accept"
    REOPEN = "reopen"
    """Takes an acceptance, a removal or a mark as guidance back."""
    CORRECT = "correct"
    """Sets fields; of several items at once for a whole section."""
    REMOVE = "remove"
    GUIDE = "guide"
    ADD = "add"
    """`values`: sort, span, fields."""
    SPLIT = "split"
    """`values`: at, the places in the text where the item is cut."""
    MERGE = "merge"
    TIE = "tie"
    """`items`: the sentence, then the task that it assigns."""
    BIND = "bind"
    """`values`: name as printed, agencies (ids), group; for all items, or for those named alone."""
    FINDING = "finding"
    """`values`: finding (its key), state resolved | waived | open, reason."""
    DESCRIBE = "describe"
    """`values`: fields of the paper's identity."""


class BadEdit(BinhdangError):
    """An edit that makes no sense on this reading."""

    code = "review.bad-edit"


@dataclass(frozen=True, slots=True)
class Anchor:
    """By what an item is found again on another Reading: its sort, place and words when the edit was made."""

    sort: str
    span: Span | None
    words: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit, in the order of `number`. `before` holds the values that a correction replaced."""

    number: int
    verb: Verb
    items: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()

    @property
    def makes(self) -> str:
        """What the keys of items that this edit makes begin with."""
        return f"e{self.number}"


_FATES = frozenset({Verb.REMOVE, Verb.GUIDE, Verb.SPLIT, Verb.MERGE, Verb.TIE})
"""Edits after which the item is another, or none: nothing else may be done to it unseen."""


def clashes(since: Iterable[Edit], edit: Edit) -> list[str]:
    """The fields that somebody else set since the person looked; "" where an item became another.

    Accepting what somebody else accepted is no clash, and two fields of one item are none.
    """
    found: list[str] = []
    for other in since:
        if edit.verb == Verb.DESCRIBE == other.verb:
            found += _differing(other.values, edit.values)
        elif edit.verb == Verb.BIND == other.verb and other.values["name"] == edit.values["name"]:
            found += ["agencies"] if other.values != edit.values and _meet(other.items, edit.items) else []
        elif edit.verb == Verb.FINDING == other.verb and other.values["finding"] == edit.values["finding"]:
            found += ["finding"] if other.values.get("state") != edit.values.get("state") else []
        elif not set(other.items) & set(edit.items):
            continue
        elif other.verb == Verb.CORRECT == edit.verb:
            found += _differing(other.values, edit.values)
        elif other.verb != edit.verb and {other.verb, edit.verb} & _FATES:
            found.append("")
    return list(dict.fromkeys(found))


def _differing(theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[str]:
    return [name for name in yours if name in theirs and theirs[name] != yours[name]]


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))
