"""What letters say: titles and links, nothing of what the notices are about; plain text and the same as HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from binhdang.server.accounts.models import Person
from binhdang.server.accounts.queries import posts_of
from binhdang.server.accounts.reach import actor_of
from binhdang.server.notices.kinds import Way, kinds
from binhdang.server.notices.models import Letter, Notice
from binhdang.server.notices.presenters import kind_title
from binhdang.server.notices.queries import unread, visible_to, ways_of

_MOST = 50  # notices told one by one


@dataclass(slots=True)
class Part:
    """The notices of one kind in a letter, each with its address."""

    title: str
    lines: list[tuple[str, str]] = field(default_factory=list)


def message_of(letter: Letter) -> EmailMessage | None:
    """The letter as it goes out, made when it goes; None where nothing is left to tell, or nobody to be told.

    Whoever lost their post meanwhile is told nothing, and nobody of what they have read or switched off by then.
    """
    person = letter.person
    if not person.is_active or not person.email:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        notices = _still_to_tell(letter, person)
        return _written(letter, person, notices) if notices else None


def _still_to_tell(letter: Letter, person: Person) -> list[Notice]:
    actor = actor_of(str(person.pk), posts_of(str(person.pk)), timezone.localdate())
    _version, ways = ways_of(person.pk)
    by_letter = [kind for kind, way in ways.items() if way in (Way.AT_ONCE, Way.DIGEST)]
    told = visible_to(actor).filter(pk__in=[UUID(pk) for pk in letter.notices], kind__in=by_letter)
    return list(unread(actor, told).order_by("-made_at", "-id"))


def _written(letter: Letter, person: Person, notices: list[Notice]) -> EmailMessage:
    here = settings.CONFIGURATION.public_address
    choices = here + reverse("notices:choices")
    context = {
        "person": person,
        "count": len(notices),
        "parts": _parts(notices[:_MOST], here),
        "more": max(0, len(notices) - _MOST),
        "inbox": here + reverse("notices:inbox"),
        "choices": choices,
    }
    message = EmailMultiAlternatives(
        _subject(letter, notices),
        render_to_string("notices/letter.txt", context),
        to=[person.email],
        headers={
            "Message-ID": f"<{letter.pk}@{urlsplit(here).hostname}>",
            "List-Unsubscribe": f"<{choices}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("notices/letter.html", context), "text/html")
    return message


def _subject(letter: Letter, notices: list[Notice]) -> str:
    if letter.digest_id is None and len(notices) == 1:
        return notices[0].title
    told = ngettext("%(count)s thông báo chưa đọc", "%(count)s thông báo chưa đọc", len(notices))
    told %= {"count": len(notices)}
    if letter.digest_id is None:
        return told
    return _("Bản tin %(day)s: %(told)s") % {"day": f"{letter.digest_id:%d/%m/%Y}", "told": told}


def _parts(notices: list[Notice], here: str) -> list[Part]:
    """By kind, in the order in which rooms named theirs."""
    found: dict[str, Part] = {}
    for notice in sorted(notices, key=lambda notice: [*kinds(), notice.kind].index(notice.kind)):
        part = found.setdefault(notice.kind, Part(kind_title(notice.kind)))
        part.lines.append((notice.title, here + reverse("notices:open", args=[notice.pk])))
    return list(found.values())
