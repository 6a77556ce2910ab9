"""Posting: one notice, or thousands at one go, inside the act that they tell of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from binhdang.server.agencies.models import cut
from binhdang.server.notices.kinds import kinds
from binhdang.server.notices.models import TEXT, TITLE, Notice
from binhdang.server.web.asking import By
from binhdang.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice to be posted: to an agency, to a person, or to a person for as long as they hold a post at the agency.

    `url` is the path of the page that it leads to. With `once`, what an addressee has been told under the same word is
    not posted again.
    """

    kind: str
    title: str
    url: str
    agency: UUID | None = None
    person: UUID | None = None
    text: str = ""
    subject_kind: str = ""
    subject: object = ""
    once: str = ""

    def __post_init__(self) -> None:
        if self.kind not in kinds():
            raise ValueError(f"{self.kind}: no such kind of notice")
        if self.agency is None and self.person is None:
            raise ValueError(f"{self.kind}: a notice to nobody")
        if not self.url.startswith("/") or self.url.startswith("//"):
            raise ValueError(f"{self.kind}: leads out of the house")


def post_notice(
    *,
    by: By,
    kind: str,
    title: str,
    url: str,
    agency: UUID | None = None,
    person: UUID | None = None,
    text: str = "",
    subject_kind: str = "",
    subject: object = "",
    once: str = "",
) -> None:
    """Posts one notice; see `Draft`."""
    draft = Draft(kind, title, url, agency, person, text, subject_kind, subject, once)
    post_notices(by=by, drafts=[draft])


def post_notices(*, by: By, drafts: Iterable[Draft]) -> None:
    """Posts many, in the transaction of the act that calls; that act's event tells of them, they have none of their own.

    Letters are made of them afterwards, by the keeper, and only where the installation can send any.
    """
    now = timezone.now()
    maker = _maker(by)
    without_letters = None if settings.CONFIGURATION.mail else now
    folded: dict[tuple[str, str], str] = {}  # thousands say the same
    rows: list[Notice] = []
    for draft in drafts:
        row = Notice(
            kind=draft.kind,
            agency_id=draft.agency,
            person_id=draft.person,
            title=_fitted(draft.title, TITLE),
            text=_fitted(draft.text, TEXT),
            url=draft.url,
            subject_kind=draft.subject_kind,
            subject=str(draft.subject),
            once=draft.once,
            by_id=maker,
            made_at=now,
            addressed_at=without_letters,
        )
        words = (row.title, row.text)
        if words not in folded:
            folded[words] = cut(row, "folded", fold(" ".join(words)))
        row.folded = folded[words]
        row.check_lengths()
        rows.append(row)
    with transaction.atomic():
        Notice.objects.bulk_create(row for row in rows if not row.once)
        # who is told again under the same word has the row already; everything else about a row was checked above
        Notice.objects.bulk_create((row for row in rows if row.once), ignore_conflicts=True)


def _maker(by: By) -> UUID | None:
    try:
        return UUID(by.person)
    except ValueError:  # the installation itself
        return None


def _fitted(text: str, most: int) -> str:
    """A text on one line, as much of it as its column holds: the page that it leads to has the rest."""
    line = " ".join(text.replace("\0", "").split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
