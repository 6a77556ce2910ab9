"""Letters are made: at once, and those of the morning. Nothing here speaks to a mail server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from binhdang.server.audit.actions import act
from binhdang.server.notices.kinds import Way
from binhdang.server.notices.listeners import Listeners
from binhdang.server.notices.models import Digest, Letter, Notice
from binhdang.server.notices.working_days import is_working_day
from binhdang.server.web.asking import By

MORNING, EVENING = time(7), time(18)
"""When the morning's letters are made; a keeper that was down then makes them later in the day, but not at night."""
_OLDEST = timedelta(days=14)  # of what letters tell: a mail server that comes late does not flood people
_STALE = timedelta(days=1)  # what was not told at once by then waits for the morning
_AT_A_TIME = 500  # rows of a transaction


def make_letters_at_once(*, now: datetime | None = None) -> int:
    """Makes a letter for each person who wants to be told at once of what was posted since the last time; how many."""
    now, made = now or timezone.now(), 0
    while Notice.objects.filter(addressed_at=None).exists():  # asked without the lock that writing takes
        made += _address_some(now)
    return made


def _address_some(now: datetime) -> int:
    with transaction.atomic():
        new = Notice.objects.filter(addressed_at=None).order_by("made_at", "id")
        notices = list(new.select_for_update(of=("self",))[:_AT_A_TIME])
        taken = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
        listeners = Listeners(taken, timezone.localdate(now))
        told: dict[UUID, list[str]] = defaultdict(list)
        for notice in notices:
            if notice.made_at < now - _STALE:
                continue
            for person, way in listeners.of(notice):
                if way == Way.AT_ONCE:
                    told[person].append(str(notice.pk))
        Letter.objects.bulk_create(
            Letter(person_id=person, notices=ids, made_at=now, try_at=now) for person, ids in told.items()
        )
        taken.update(addressed_at=now)
    return len(told)


def make_digest(*, by: By, now: datetime | None = None) -> int:
    """Makes the letters of this morning, where it is one and they are not made yet; how many.

    Which notices they tell is fixed in the first transaction; then come letters, some hundreds a transaction. Broken off
    anywhere it goes on with the same notices, and whoever has this morning's letter gets no other.
    """
    now = now or timezone.now()
    local = timezone.localtime(now)
    if not is_working_day(local.date()) or not MORNING <= local.time() < EVENING:
        return 0
    if Digest.objects.filter(day=local.date(), done_at__isnull=False).exists():
        return 0
    digest = _begin(now)
    cut_off = list(Letter.objects.filter(state=Letter.State.UNSURE).exclude(digest=digest))
    told = _told(digest, cut_off, now)
    there = set(Letter.objects.filter(digest=digest).values_list("person_id", flat=True))
    letters = [
        Letter(person_id=person, digest=digest, notices=ids, made_at=now, try_at=now)
        for person, ids in told.items()
        if person not in there
    ]
    for start in range(0, len(letters), _AT_A_TIME):
        _keep(letters[start : start + _AT_A_TIME], cut_off)
    with act("notices.digest", by=by, kind="digest", subject=digest.pk.isoformat()) as doing:
        doing.changed("letters", 0, Letter.objects.filter(digest=digest).count())
        Digest.objects.filter(pk=digest.pk).update(done_at=timezone.now())
    return len(letters)


def _begin(now: datetime) -> Digest:
    """This morning's record; the first time, with all notices that no morning has told yet."""
    with transaction.atomic():
        digest, made = Digest.objects.get_or_create(day=timezone.localdate(now), defaults={"made_at": now})
        if made:
            new = Notice.objects.filter(digest=None, made_at__gte=now - _OLDEST, addressed_at__isnull=False)
            new.update(digest=digest)
    return digest


def _told(digest: Digest, cut_off: Iterable[Letter], now: datetime) -> dict[UUID, list[str]]:
    """What each person's letter tells: the unread of this morning, and what a letter cut off may not have told them."""
    notices = Notice.objects.filter(digest=digest)
    listeners = Listeners(notices, digest.day)
    told: dict[UUID, dict[str, None]] = defaultdict(dict)  # ordered, each once
    for letter in cut_off:
        told[letter.person_id] |= dict.fromkeys(letter.notices)
    at_once = Letter.objects.filter(digest=None, made_at__gte=now - _OLDEST - _STALE)
    known = {(person, pk) for person, ids in at_once.values_list("person_id", "notices") for pk in ids}
    for notice in notices.only("kind", "agency_id", "person_id", "by_id").order_by("made_at", "id"):
        pk = str(notice.pk)
        for person, way in listeners.of(notice):
            # what was to be told at once and was not, too: the choice, the post or the address is newer than the notice
            if way == Way.DIGEST or (way == Way.AT_ONCE and (person, pk) not in known):
                told[person][pk] = None
    return {person: list(ids) for person, ids in told.items()}


def _keep(letters: list[Letter], cut_off: Iterable[Letter]) -> None:
    people = {letter.person_id for letter in letters}
    carried = [letter.pk for letter in cut_off if letter.person_id in people]
    with transaction.atomic():
        # of two keepers at once, the second finds the first's letters there
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        Letter.objects.filter(pk__in=carried, state=Letter.State.UNSURE).update(state=Letter.State.CARRIED)
