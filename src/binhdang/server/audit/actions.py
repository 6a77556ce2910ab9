"""How every write of the server is made: a named act in one transaction with its event, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from binhdang.server.audit.models import Event
from binhdang.server.web.asking import By


@dataclass(slots=True)
class Act:
    """What the event will tell; the body of the act fills it in."""

    verb: str
    by: By
    kind: str
    subject: str
    agency: str = ""
    reason: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    event: UUID | None = None

    def changed(self, name: str, before: object, after: object) -> None:
        """Notes a field's old and new value, where they differ."""
        if before != after:
            self.before[name], self.after[name] = _plain(before), _plain(after)


@contextmanager
def act(
    verb: str, *, by: By, kind: str, subject: object = "", agency: object = "", parent: UUID | None = None
) -> Iterator[Act]:
    """The transaction of an act and its event: both are committed, or neither.

    The body notes what changed, and the subject's id where the act makes it.
    """
    with transaction.atomic():
        doing = Act(verb, by, kind, str(subject), str(agency))
        yield doing
        if not doing.subject:
            raise ValueError(f"{verb}: the act does not say what it was done to")
        event = Event.objects.create(
            at=timezone.now(),
            verb=verb,
            person=by.person,
            post_agency=by.agency,
            address=by.address,
            door=by.door,
            kind=kind,
            subject=doing.subject,
            agency=doing.agency,
            parent=parent,
            reason=doing.reason,
            before=doing.before,
            after=doing.after,
        )
        doing.event = event.id


def _plain(value: object) -> object:
    """As JSON can hold it; dates and ids as text, decimals without loss."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be written into an event")
