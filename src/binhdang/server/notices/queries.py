"""Named reads: which notices somebody may see, which of them they have not read."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from binhdang.access import Actor
from binhdang.server.notices.kinds import Way, codes_for, compulsory, kinds
from binhdang.server.notices.models import Choice, Choices, Letter, Notice, ReadMark
from binhdang.vietnamese.text import fold

MOST = 100
"""Unread ones that are counted; more are told as "99+"."""
_LATEST = 5  # letters on the page of choices


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """What somebody may see by the posts that they hold today, without the kinds that they switched off."""
    switched_off = Choice.objects.filter(choices__person=UUID(actor.person), way=Way.NONE).exclude(
        kind__in=compulsory()
    )
    return Notice.objects.filter(_addressed_to(actor)).exclude(kind__in=switched_off.values("kind"))


def _addressed_to(actor: Actor) -> Q:
    codes: dict[UUID, frozenset[str]] = defaultdict(frozenset)
    for post in actor.held():
        if post.agency:
            codes[UUID(post.agency)] |= codes_for(post.role)
    alike: dict[frozenset[str], list[UUID]] = defaultdict(list)
    for agency, heard in codes.items():
        alike[heard].append(agency)
    where = Q(person=actor.person) & (Q(agency=None) | Q(agency__in=list(codes)))
    for heard, agencies in alike.items():
        where |= Q(person=None, agency__in=agencies, kind__in=heard)
    return where


def unread(actor: Actor, among: QuerySet[Notice] | None = None) -> QuerySet[Notice]:
    """What somebody has not read; what they did themselves they know."""
    notices = visible_to(actor) if among is None else among
    return notices.filter(~Exists(_marks(actor.person))).exclude(by=UUID(actor.person))


def count_unread(actor: Actor, among: QuerySet[Notice] | None = None) -> int:
    """How many they have not read, MOST at most: one query."""
    return unread(actor, among).order_by()[:MOST].count()


def with_state(notices: QuerySet[Notice], actor: Actor) -> QuerySet[Notice]:
    """With `is_read`, agency and maker, the latest first."""
    told = notices.annotate(is_read=Exists(_marks(actor.person)) | Q(by=actor.person))
    return told.select_related("agency", "by").order_by("-made_at", "-id")


def _marks(person: str) -> QuerySet[ReadMark]:
    return ReadMark.objects.filter(person=UUID(person), notice=OuterRef("pk"))


def narrowed(notices: QuerySet[Notice], *, kind: str = "", words: str = "") -> QuerySet[Notice]:
    """Those of a kind that hold every word, with or without tone marks."""
    if kind:
        notices = notices.filter(kind=kind)
    for word in words.split():
        notices = notices.filter(folded__contains=fold(word))
    return notices


def read_by_batch(actor: Actor, batch: UUID) -> int:
    """How many notices somebody marked by one press that has not been taken back."""
    return ReadMark.objects.filter(person=UUID(actor.person), batch=batch).count()


def ways_of(person: UUID) -> tuple[int, dict[str, Way]]:
    """How often somebody has chosen, and the way of each kind for them."""
    chosen = {kind: Way(way) for kind, way in Choice.objects.filter(choices__person=person).values_list("kind", "way")}
    version = Choices.objects.filter(person=person).values_list("version", flat=True).first()
    return version or 0, {code: way_of(code, chosen.get(code)) for code in kinds()}


def way_of(code: str, chosen: Way | None) -> Way:
    """The way of a kind: what was chosen, as far as it can be, else the usual one."""
    kind = kinds()[code]
    return chosen if chosen in kind.ways else kind.usual


def latest_letters(person: UUID) -> list[Letter]:
    """The last letters to somebody, the latest first."""
    return list(Letter.objects.filter(person=person).order_by("-made_at", "-id")[:_LATEST])
