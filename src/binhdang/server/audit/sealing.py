"""Seals on the events: linked batches whose heads are exported daily, so that a later change shows.

Events are not chained as they are written: a chain would make every writer queue behind the one before. A sealer takes
the committed events every few seconds. What is not sealed yet is told apart from what is broken.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from binhdang.server.audit.models import Batch, Event

FIRST = "0" * 64
_MOST = 5_000  # events of a batch

_SEALED = (
    "id",
    "at",
    "verb",
    "person",
    "post_agency",
    "address",
    "door",
    "kind",
    "subject",
    "agency",
    "parent",
    "reason",
    "before",
    "after",
)


def seal() -> int:
    """Seals the events that are committed and not sealed yet; how many. Two sealers at once seal each event once."""
    sealed = 0
    try:
        while count := _seal_batch():
            sealed += count
            if count < _MOST:
                break
    except IntegrityError:  # another sealer took the number; what is left waits for the next round
        return sealed
    return sealed


def _seal_batch() -> int:
    with transaction.atomic():
        last = Batch.objects.select_for_update().order_by("-number").first()
        events = list(Event.objects.filter(batch=None).order_by("at", "id")[:_MOST])
        if not events:
            return 0
        number = last.number + 1 if last else 1
        previous = last.head if last else FIRST
        # the number is the key: of two sealers that saw the same last batch, one fails and tries again later
        Batch.objects.create(
            number=number, sealed_at=timezone.now(), count=len(events), previous=previous, head=_head(previous, events)
        )
        Event.objects.filter(id__in=[event.id for event in events]).update(batch=number)
        return len(events)


def _head(previous: str, events: list[Event]) -> str:
    digest = hashlib.sha256(previous.encode("ascii"))
    for one in sorted(map(_digest, events)):
        digest.update(one)
    return digest.hexdigest()


def _digest(event: Event) -> bytes:
    told = {name: getattr(event, name) for name in _SEALED}
    told |= {"id": str(event.id), "parent": str(event.parent or ""), "at": event.at.astimezone(UTC).isoformat()}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).digest()


@dataclass(slots=True)
class Verdict:
    """What a verification found: events sealed and not sealed yet, the last head, and every break in words."""

    sealed: int = 0
    unsealed: int = 0
    batches: int = 0
    head: str = FIRST
    broken: list[str] = field(default_factory=list)


def verify(heads: Path | None = None) -> Verdict:
    """Computes every seal again; with a folder of exported heads, also that none of those has gone or changed."""
    exported = list(_exported(heads))  # first: batches that are sealed meanwhile are no surprise then
    verdict = Verdict(unsealed=Event.objects.filter(batch=None).count())
    seen: dict[int, str] = {}
    for batch, events in _batches():
        verdict.batches += 1
        if batch.number != len(seen) + 1:
            verdict.broken.append(f"thiếu lô {len(seen) + 1}")
        if batch.previous != verdict.head:
            verdict.broken.append(f"lô {batch.number} không nối với lô trước")
        if batch.count != len(events):
            verdict.broken.append(f"lô {batch.number} có {len(events)} sự kiện, lúc niêm phong có {batch.count}")
        elif _head(batch.previous, events) != batch.head:
            verdict.broken.append(f"lô {batch.number} có sự kiện đã bị sửa")
        verdict.sealed += len(events)
        verdict.head = seen[batch.number] = batch.head
    if last := Event.objects.aggregate(last=Max("batch"))["last"]:
        sealed = Batch.objects.values("number")
        strays = Event.objects.filter(batch__isnull=False).exclude(batch__in=sealed).count()
        if strays:
            verdict.broken.append(f"{strays} sự kiện thuộc lô không còn (đến lô {last})")
    for number, head, name in exported:
        if seen.get(number) != head:
            verdict.broken.append(f"lô {number} khác với dấu đã xuất trong {name}")
    return verdict


def _batches() -> Iterator[tuple[Batch, list[Event]]]:
    for batch in Batch.objects.order_by("number").iterator():
        yield batch, list(Event.objects.filter(batch=batch.number))


def export_heads(folder: Path, *, today: date | None = None) -> list[Path]:
    """Writes the last head of each past day that has none yet, a file a day, and today's so far; what was written.

    The files are for keeping elsewhere: on paper, in a mail, on another machine.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    today = today or timezone.localdate()
    written = []
    for day in (start.date() for start in Batch.objects.datetimes("sealed_at", "day")):
        path = folder / f"{day:%Y-%m-%d}.json"
        if path.exists() and day != today:
            continue
        last = Batch.objects.filter(sealed_at__lt=_midnight(day + timedelta(days=1))).order_by("-number").first()
        if last is None:
            continue
        draft = path.with_name(f".{path.name}")
        draft.write_text(json.dumps({"batch": last.number, "head": last.head}) + "\n", "ascii")
        draft.replace(path)
        written.append(path)
    return written


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _exported(folder: Path | None) -> Iterator[tuple[int, str, str]]:
    for path in sorted(folder.glob("????-??-??.json")) if folder is not None else ():
        told = json.loads(path.read_text("ascii"))
        yield told["batch"], told["head"], path.name
