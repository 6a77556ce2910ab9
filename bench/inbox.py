"""What `bench/notices.py` measures, done within an installation: run as `inbox.NAME()` after django.setup()."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from binhdang.server.accounts.models import Person, Post
from binhdang.server.accounts.reach import acting
from binhdang.server.agencies.actions.units import load_units
from binhdang.server.agencies.models import Agency, Unit
from binhdang.server.notices.actions.letters import make_digest, make_letters_at_once
from binhdang.server.notices.actions.posting import Draft, post_notices
from binhdang.server.notices.actions.reading import mark_all_read
from binhdang.server.notices.actions.sending import Postman
from binhdang.server.notices.kinds import Kind, Way, register
from binhdang.server.notices.models import Digest, Letter, Notice, ReadMark
from binhdang.server.notices.queries import count_unread
from binhdang.server.web.asking import SYSTEM, By

MONDAY = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)  # 7:05 in Vietnam
PEOPLE = 2  # at an agency
ISSUED, DUE = (Kind("bench.issued", "Giao việc", "", Way.AT_ONCE), Kind("bench.due", "Nhắc hạn", "", Way.DIGEST))
for _kind in (ISSUED, DUE):
    register(_kind)


def fill() -> None:
    """The map, an agency at each of 3,321 communes, two officers at each."""
    call_command("migrate", verbosity=0)
    load_units(by=SYSTEM)
    agencies, people, posts = [], [], []
    for number, unit in enumerate(Unit.objects.filter(level="commune", end=None).order_by("order")):
        agency = Agency(unit=unit, name=f"Ủy ban nhân dân {unit}", kind="ubnd-xa")
        agency.key()
        agencies.append(agency)
        for n in range(PEOPLE):
            name = f"xa{number}.{n}"
            people.append(Person(username=name, full_name="Bùi Thị Đo", email=f"{name}@xa.vn", password="!"))
            posts.append(Post(person=people[-1], agency=agency, role="commune_officer", start=date(2026, 1, 1)))
    with transaction.atomic():
        for model, rows in ((Agency, agencies), (Person, people), (Post, posts)):
            model.objects.bulk_create(rows)  # type: ignore[attr-defined]


def _post(kind: Kind, most: int | None = None) -> int:
    title = "Kế hoạch 48/KH-UBND về bình đẳng giới năm 2026 đã ban hành: cơ quan bạn có 12 nhiệm vụ"
    agencies = list(Agency.objects.values_list("pk", flat=True)[:most])
    drafts = [Draft(kind.code, title, "/ke-hoach/1/", agency=pk, subject_kind="plan", subject=1) for pk in agencies]
    with transaction.atomic():
        post_notices(by=SYSTEM, drafts=drafts)
    return len(drafts)


def _seconds(do: Callable[[], object]) -> tuple[float, object]:
    begun = time.perf_counter()
    result = do()
    return time.perf_counter() - begun, result


def post() -> None:
    """A plan issued to all; letters at once to all; a thousand reminders, and as many as there are agencies, in a morning."""
    took, rows = _seconds(lambda: _post(ISSUED))
    print(took, rows, Notice.objects.count())
    print(*_seconds(make_letters_at_once))
    for most, day in ((1000, 0), (None, 1)):
        _post(DUE, most)
        make_letters_at_once()
        print(*_seconds(lambda at=MONDAY + timedelta(days=day): make_digest(by=SYSTEM, now=at)))  # type: ignore[misc]


def bell() -> None:
    """How long the count in the frame takes, in ms: five thousand notices, none read, then all."""
    holder = Post.objects.exclude(agency=None)[0]
    drafts = [Draft(DUE.code, f"Việc {n}", "/", agency=holder.agency_id) for n in range(5000)]
    post_notices(by=SYSTEM, drafts=drafts)
    by = By(str(holder.person_id))
    actor = acting(by)
    for _ in range(2):
        print(1000 * min(_seconds(lambda: count_unread(actor))[0] for _ in range(20)), count_unread(actor))
        mark_all_read(by=by, until=timezone.now())


def remind() -> None:
    """Two thousand reminders of one morning, posted the evening before."""
    for model in (ReadMark, Letter, Notice, Digest):
        model.objects.all().delete()
    _post(DUE, 1000)
    Notice.objects.update(made_at=MONDAY - timedelta(hours=8))


def keep() -> None:
    """The postman's rounds on that morning, until he is killed or nothing waits; then says so."""
    began, moment = time.monotonic(), MONDAY + timedelta(minutes=15) * int(sys.argv[1])
    timezone.now = lambda: moment + timedelta(seconds=time.monotonic() - began)
    postman = Postman()
    while Letter.objects.exclude(state__in=["sent", "unsure"]).exists() or not Digest.objects.exclude(done_at=None):
        postman.round()
        if not Letter.objects.filter(state="waiting").exists() and Letter.objects.filter(state="sending").exists():
            break  # letters cut off, told to be so when a quarter of an hour has passed
    print("done", flush=True)


def proof() -> None:
    """People with a letter, with two; letters whose fate nobody knows; what each of the ids on stdin is."""
    arrived = Counter(UUID(line) for line in sys.stdin.read().split())
    letters = list(Letter.objects.all())
    twice = sum(count > 1 for count in arrived.values())
    people = {letter.person_id for letter in letters}
    told = {letter.person_id for letter in letters if letter.pk in arrived}
    unsure = {letter.person_id for letter in letters if letter.state in ("sending", "unsure")}
    print(len(people), len(letters) - len(people), twice, len(people - told - unsure), len(unsure))
