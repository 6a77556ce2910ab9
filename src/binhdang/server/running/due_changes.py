"""Changes of the map and of agencies are done on their day; those that cannot be are told to who can mend them."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from binhdang.server.accounts.queries import administrators
from binhdang.server.agencies.actions import take_due_changes
from binhdang.server.notices.actions.posting import Draft, post_notices
from binhdang.server.running.kinds import STUCK
from binhdang.server.web.asking import By


def take_changes(*, by: By) -> None:
    """Does every change whose day has come, and tells of the others."""
    _done, refused = take_due_changes(by=by)
    if not refused:
        return
    today = timezone.localdate()
    people = set(administrators(today).values_list("person_id", flat=True))
    post_notices(
        by=by,
        drafts=[
            Draft(
                kind=STUCK.code,
                title=f"{change}: chưa thực hiện được",
                text=why.message,
                url=reverse("agencies:change", args=[change.pk]),
                person=person,
                subject_kind="change",
                subject=change.pk,
                once=f"{change.pk} {today}",
            )
            for change, why in refused
            for person in people
        ],
    )
