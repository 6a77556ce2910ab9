"""What a planned change will move, told beforehand by the same code that moves it on its day.

Each room names what of its own hangs on units and agencies by registering a `Mover`. What was split is never moved by
guess: the mover's preview says that a person must decide, and its move leaves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from binhdang.server.agencies.models import Agency, Change, Extent, Outcome, Unit
from binhdang.server.web.asking import By


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a change moves, in words; `decide`: it is not moved, somebody has to say where it belongs."""

    text: str
    decide: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """Where each unit or agency of a change goes, by ids.

    `whole`: undivided, into one outcome. `divided`: into several, in part, or into none. `ending`: no longer there from
    the change's day on; one that gives a part away and stands on is divided and not ending.
    """

    change: Change
    olds: dict[UUID, Unit | Agency]
    outcomes: Sequence[Outcome]
    whole: dict[UUID, Outcome]
    divided: dict[UUID, tuple[Outcome, ...]]
    ending: frozenset[UUID]


class Mover(Protocol):
    """What one room moves when units or agencies change."""

    title: str
    """What it moves, in Vietnamese, as the heading of its part of the preview."""

    def preview(self, passage: Passage) -> Iterable[Line]:
        """What will move and what somebody must decide."""

    def move(self, passage: Passage, *, by: By, parent: UUID | None) -> None:
        """Moves it, within the change's transaction; `parent` is the change's event."""


@dataclass(frozen=True, slots=True)
class Part:
    """One mover's part of a preview."""

    title: str
    lines: Sequence[Line]


_MOVERS: list[Mover] = []


def register(mover: Mover) -> None:
    """Adds what a room moves; called once, when the room is made ready."""
    _MOVERS.append(mover)


def movers() -> Sequence[Mover]:
    """All movers in the order in which they were registered."""
    return tuple(_MOVERS)


def passage(change: Change) -> Passage:
    """Where each unit or agency of a change goes."""
    outcomes = list(change.outcomes.select_related("unit", "agency", "above", "change"))
    by_id = {outcome.pk: outcome for outcome in outcomes}
    transfers = list(change.transfers.select_related("unit", "agency"))
    olds = {transfer.old.pk: transfer.old for transfer in transfers}
    going: dict[UUID, list[Outcome]] = {old: [] for old in olds}
    parts: set[UUID] = set()
    for transfer in transfers:
        if transfer.outcome_id is not None:
            going[transfer.old.pk].append(by_id[transfer.outcome_id])
        if transfer.extent != Extent.WHOLE:
            parts.add(transfer.old.pk)
    staying = {outcome.heir.pk for outcome in outcomes if outcome.heir is not None and not outcome.is_new}
    whole = {old: heirs[0] for old, heirs in going.items() if len(heirs) == 1 and old not in parts}
    divided = {old: tuple(heirs) for old, heirs in going.items() if old not in whole}
    return Passage(change, olds, outcomes, whole, divided, frozenset(olds.keys() - staying))


def preview(change: Change) -> list[Part]:
    """Everything that the change will move, each room's in its part."""
    where = passage(change)
    parts = [Part(mover.title, list(mover.preview(where))) for mover in movers()]
    return [part for part in parts if part.lines]
