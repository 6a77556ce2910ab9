"""Kinds of notices for tests, and notices of them."""

from __future__ import annotations

from binhdang.access import Actor, Permission
from binhdang.server.accounts.models import Person
from binhdang.server.accounts.reach import acting
from binhdang.server.agencies.models import Agency
from binhdang.server.notices.actions.posting import post_notice
from binhdang.server.notices.kinds import NAMED, Kind, Way
from binhdang.server.notices.models import Notice
from binhdang.server.web.asking import SYSTEM, By

ISSUED = Kind("plan.issued", "Giao việc", "Một kế hoạch giao việc cho cơ quan bạn.", Way.AT_ONCE, must=True)
DUE = Kind("task.due", "Nhắc hạn", "Việc sắp đến hạn.")
MONEY = Kind("budget.set", "Kinh phí", "Kinh phí đã phân bổ.", Way.PAGE, audience=frozenset({Permission.WRITE_MONEY}))
MENTION = Kind("task.mention", "Có người nhắc đến bạn", "Trong lời bàn.", Way.AT_ONCE, audience=NAMED)
KINDS = {kind.code: kind for kind in (ISSUED, DUE, MONEY, MENTION)}


def posted(
    kind: Kind,
    title: str,
    *,
    agency: Agency | None = None,
    person: Person | None = None,
    by: By = SYSTEM,
    once: str = "",
) -> Notice:
    """A notice that leads to the first page; the one there is where it was posted before."""
    before = list(Notice.objects.values_list("pk", flat=True))
    post_notice(
        by=by,
        kind=kind.code,
        title=title,
        url="/",
        agency=agency.pk if agency else None,
        person=person.pk if person else None,
        once=once,
    )
    return Notice.objects.exclude(pk__in=before).first() or Notice.objects.get(title=title)


def actor(who: Person) -> Actor:
    """Somebody, with the posts that they hold now."""
    return acting(By(str(who.pk)))
