"""What people do with notices: mark as read and take that back.

These are acts without events: a mark is its own record of who and when, about nobody's work but the reader's own, and an
event for each would fill the journal with looking.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from binhdang.server.accounts.reach import acting
from binhdang.server.notices.models import Notice, ReadMark
from binhdang.server.notices.queries import narrowed, unread, visible_to
from binhdang.server.web.asking import By
from binhdang.server.web.records import Refused


def mark_read(*, by: By, notice: UUID) -> None:
    """A person has read a notice; a second time does nothing."""
    with transaction.atomic():
        seen = _seen(by, notice)
        ReadMark.objects.bulk_create([ReadMark(notice=seen, person_id=UUID(by.person))], ignore_conflicts=True)


def mark_unread(*, by: By, notice: UUID) -> None:
    """A person wants to come back to a notice."""
    with transaction.atomic():
        ReadMark.objects.filter(notice=_seen(by, notice), person=UUID(by.person)).delete()


def mark_all_read(*, by: By, until: datetime, kind: str = "", words: str = "") -> UUID:
    """Marks what a person has not read of those made until a moment; returns the batch by which it can be taken back."""
    batch = uuid4()
    with transaction.atomic():
        actor = acting(by)
        found = unread(actor, narrowed(visible_to(actor), kind=kind, words=words)).filter(made_at__lte=until)
        marks = (
            ReadMark(notice_id=pk, person_id=UUID(by.person), batch=batch) for pk in found.values_list("pk", flat=True)
        )
        ReadMark.objects.bulk_create(marks, ignore_conflicts=True)
    return batch


def take_back(*, by: By, batch: UUID) -> int:
    """Makes unread again what a person marked by one press; how many."""
    count, _kinds = ReadMark.objects.filter(person=UUID(by.person), batch=batch).delete()
    return count


def _seen(by: By, notice: UUID) -> Notice:
    found = visible_to(acting(by)).filter(pk=notice).first()
    if found is None:
        raise Refused(_("Thông báo này không còn, hoặc không gửi cho bạn."))
    return found
