"""The policy asked of the database: agencies on the programme's reporting line, as things and as one WHERE."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from binhdang.access import Actor, Decision, Permission, Scope, Standing, Thing, decide, may, scope
from binhdang.access import Post as HeldPost
from binhdang.access.roles import ROLES
from binhdang.server.accounts.models import Person, Post
from binhdang.server.accounts.queries import in_force_or_coming, posts_of
from binhdang.server.agencies.models import Agency
from binhdang.server.agencies.queries.lines import below, superiors_of
from binhdang.server.web.asking import By


def actor_of(person: str, posts: Iterable[Post], day: date) -> Actor:
    """The actor of the policy, from a person's id and stored posts."""
    held = (HeldPost(ROLES[post.role], str(post.agency_id or ""), post.start, post.end) for post in posts)
    return Actor(person, tuple(held), day)


def acting(by: By) -> Actor:
    """Who does an act, with their posts as the database holds them now."""
    posts = posts_of(by.person) if by.person else []  # a stranger has none
    return actor_of(by.person, posts, timezone.localdate())


def judge(by: By, permission: Permission, on: Thing | None) -> Decision:
    """Whether whoever acts may do this, by the posts that they hold now."""
    return decide(acting(by), permission, on)


def thing_of_agency(agency: Agency, day: date | None = None) -> Thing:
    """An agency as what something is done to: its own, and below those to whom it reports on the day."""
    above = superiors_of(agency.pk, day or timezone.localdate())
    return Thing({Standing.OWNER: frozenset({str(agency.pk)}), Standing.ABOVE: frozenset(map(str, above))})


def within(scope: Scope, agency: str, day: date | None = None) -> Q:
    """The WHERE of a scope over things that are an agency's own; `agency` is the field that leads to it."""
    if scope.everything:
        return Q()
    return Q(**{f"{agency}__in": agencies_in(scope, day)})


def agencies_in(scope: Scope, day: date | None = None) -> set[UUID]:
    """The agencies that a scope names: some themselves, others with all that report to them on the day."""
    own = {UUID(agency) for standing, agency in scope.pairs if standing == Standing.OWNER}
    over = {UUID(agency) for standing, agency in scope.pairs if standing == Standing.ABOVE}
    return own | set(below(over, day or timezone.localdate())) if over else own


def people_of(actor: Actor) -> QuerySet[Person]:
    """The people whose accounts or posts the actor may manage, in the order of their given names."""
    people = Person.objects.order_by("order", "id")
    if may(actor, Permission.MANAGE_ACCOUNTS):
        return people
    posts = posts_within(actor).filter(in_force_or_coming(actor.day))
    return people.filter(Exists(posts.filter(person=OuterRef("pk"))))


def posts_within(actor: Actor) -> QuerySet[Post]:
    """The posts of any time that the actor may see: all, or those at agencies where they may appoint."""
    if may(actor, Permission.MANAGE_ACCOUNTS):
        return Post.objects.all()
    return Post.objects.filter(within(scope(actor, Permission.APPOINT), "agency", actor.day))
