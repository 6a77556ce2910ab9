"""Notices and letters do not stay for ever: what they tell of has its own place and its own history."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from binhdang.server.audit.actions import act
from binhdang.server.notices.models import Letter, Notice
from binhdang.server.web.asking import By

NOTICES, LETTERS = timedelta(days=365), timedelta(days=90)
"""How long they are kept."""
_AT_A_TIME = 500  # rows of a transaction


def forget_old(*, by: By, now: datetime | None = None) -> tuple[int, int]:
    """Deletes old notices, with their read marks, and old letters; how many of each."""
    now = now or timezone.now()
    letters = _delete(Letter.objects.filter(made_at__lt=now - LETTERS))
    notices = _delete(Notice.objects.filter(made_at__lt=now - NOTICES))
    if notices or letters:
        with act("notices.forget", by=by, kind="notices", subject=timezone.localdate(now).isoformat()) as doing:
            doing.changed("notices", notices, 0)
            doing.changed("letters", letters, 0)
    return notices, letters


def _delete(rows: models.QuerySet[Letter] | models.QuerySet[Notice]) -> int:
    gone = 0
    while ids := list(rows.values_list("pk", flat=True)[:_AT_A_TIME]):
        with transaction.atomic():
            rows.filter(pk__in=ids).delete()
        gone += len(ids)
    return gone
