"""What this room moves when agencies change: their notices; and it tells those who follow that they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from binhdang.server.agencies.changes import Line, Passage, register
from binhdang.server.agencies.models import Agency, Change
from binhdang.server.audit.actions import act
from binhdang.server.notices.actions.posting import Draft, post_notices
from binhdang.server.notices.kinds import AGENCIES_CHANGED
from binhdang.server.notices.models import Notice
from binhdang.server.web.asking import By


class Notices:
    """Notices to agencies that end: those who hold posts at the one agency that follows see them from then on.

    Those of a divided agency stay with it: who of its heirs they concern is not known.
    """

    title = "Thông báo"

    def preview(self, passage: Passage) -> Iterator[Line]:
        """How many go where."""
        for old, count in _counts(passage).items():
            name, heir = passage.olds[old], passage.whole.get(old)
            if heir is None:
                yield Line(f"{count} thông báo gửi {name}: ở lại với cơ quan cũ, không chuyển.")
            else:
                yield Line(f"{count} thông báo gửi {name} → {heir.title}")

    def move(self, passage: Passage, *, by: By, parent: UUID | None) -> None:
        """Gives each notice its new addressee, and posts one about the change."""
        if passage.change.subject != Change.Subject.AGENCY:
            return
        for old, count in _counts(passage).items():
            heir = passage.whole.get(old)
            if heir is None or heir.agency_id is None:
                continue
            with act("notices.move", by=by, kind="agency", subject=old, agency=old, parent=parent) as doing:
                doing.changed("agency", old, heir.agency_id)
                doing.changed("notices", 0, count)
                # two that follow into one may both have been told the same under one word
                Notice.objects.filter(agency=old).update(agency=heir.agency_id, once="")
        post_notices(by=by, drafts=_told(passage))


def _counts(passage: Passage) -> Counter[UUID]:
    """How many notices each agency that ends has, in the order of their names."""
    if passage.change.subject != Change.Subject.AGENCY:
        return Counter()
    ending = sorted((old for pk, old in passage.olds.items() if pk in passage.ending), key=_order)
    rows = Notice.objects.filter(agency__in=passage.ending).order_by().values_list("agency").annotate(Count("id"))
    found = dict(rows)
    return Counter({old.pk: found[old.pk] for old in ending if old.pk in found})


def _order(agency: object) -> str:
    return agency.order if isinstance(agency, Agency) else ""


def _told(passage: Passage) -> Iterator[Draft]:
    change = passage.change
    olds = ", ".join(str(old) for old in passage.olds.values())
    heirs = [outcome for outcome in passage.outcomes if outcome.agency_id is not None]
    news = ", ".join(heir.title for heir in heirs)
    for heir in heirs:
        yield Draft(
            kind=AGENCIES_CHANGED.code,
            title=f"{change.get_kind_display()} từ {change.on:%d/%m/%Y}: {olds} → {news}",
            text=f"Theo {change.decree}.",
            url=reverse("agencies:change", args=[change.pk]),
            agency=heir.agency_id,
            subject_kind="change",
            subject=change.pk,
        )


register(Notices())
