"""What pages show of the map by the day, kept in memory as long as no act has changed a unit or an agency.

Each act of the room ends with `renew`, in its transaction; each read asks for the mark, one small query, and keeps what it
computes under it. What was kept under an older mark is never asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar, TypeVarTuple
from uuid import UUID, uuid4

from django.db import connection

from binhdang.server.agencies.models import Edition

_ROW = 1
_A = TypeVarTuple("_A")
_R = TypeVar("_R")


def renew() -> None:
    """Says that units or agencies are others now. The last thing of an act, as it holds up those that say so too."""
    if not Edition.objects.filter(pk=_ROW).update(mark=uuid4()):
        Edition.objects.bulk_create([Edition(pk=_ROW)], ignore_conflicts=True)


def edition() -> UUID | None:
    """The mark of what is committed; None within a transaction, which may see what nobody else will."""
    if _is_in_transaction():
        return None
    return Edition.objects.filter(pk=_ROW).values_list("mark", flat=True).first()


def _is_in_transaction() -> bool:
    return connection.in_atomic_block


def kept(most: int) -> Callable[[Callable[[*_A], _R]], Callable[[UUID | None, *_A], _R]]:
    """Keeps a read's results, as many as `most`, under the edition that is given first; without one it is read anew."""

    def keep(read: Callable[[*_A], _R]) -> Callable[[UUID | None, *_A], _R]:
        @lru_cache(maxsize=most)
        def remembered(mark: UUID, *about: *_A) -> _R:
            return read(*about)

        def asked(mark: UUID | None, *about: *_A) -> _R:
            return read(*about) if mark is None else remembered(mark, *about)

        return asked

    return keep
