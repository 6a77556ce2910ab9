"""What is left of sessions that have come to their end is forgotten: from where and with what browser somebody worked."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone


def forget_ended_sessions() -> int:
    """Removes sessions whose time is over, and the list's lines of those that are gone; how many lines. No act of anybody."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    gone = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return int(gone.delete()[0])
