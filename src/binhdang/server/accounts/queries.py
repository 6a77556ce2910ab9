"""Named reads: people, their posts, and who holds what."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from binhdang.access.roles import ADMINISTRATOR
from binhdang.server.accounts.models import Invitation, Person, Post
from binhdang.server.agencies.models import Agency, standing_on
from binhdang.server.agencies.queries.agencies import agencies_on
from binhdang.server.web.records import Refused
from binhdang.vietnamese.text import fold

_FEW = 20  # agencies named when a name fits several


def in_force_or_coming(day: date) -> Q:
    """The WHERE of posts that are not over on a day, nor the agencies that they are held at."""
    return (Q(end=None) | Q(end__gte=day)) & (Q(agency__end=None) | Q(agency__end__gte=day))


def posts_of(person: str) -> list[Post]:
    """An active person's posts in force and coming, the oldest first."""
    posts = Post.objects.filter(in_force_or_coming(timezone.localdate()), person=UUID(person), person__is_active=True)
    return list(posts.select_related("agency").order_by("start", "id"))


def administrators(day: date) -> QuerySet[Post]:
    """The posts of active people who run the system on a day."""
    return Post.objects.filter(standing_on(day), role=ADMINISTRATOR.code, person__is_active=True)


def with_posts_now(people: QuerySet[Person]) -> QuerySet[Person]:
    """The people with `posts_now`: their posts in force and coming, with the agencies."""
    posts = Post.objects.filter(in_force_or_coming(timezone.localdate())).select_related("agency")
    return people.prefetch_related(Prefetch("posts", posts.order_by("start", "id"), to_attr="posts_now"))


def search(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Those whose name, sign-in name, e-mail or telephone holds every word, with or without tone marks."""
    for word in words.split():
        people = people.filter(
            Q(folded__contains=fold(word))
            | Q(username__contains=word.lower())
            | Q(email__icontains=word)
            | Q(phone__contains=word)
        )
    return people


def holding(people: QuerySet[Person], *, agency: str = "", role: str = "") -> QuerySet[Person]:
    """Those who hold a post, now or soon, at an agency of this name, in a role, or both at once."""
    posts = Post.objects.filter(in_force_or_coming(timezone.localdate()), person=OuterRef("pk"))
    if agency:
        posts = posts.filter(Q(agency__folded__contains=fold(agency)) | Q(agency__folded_short=fold(agency)))
    if role:
        posts = posts.filter(role=role)
    return people.filter(Exists(posts)) if agency or role else people


def in_state(people: QuerySet[Person], state: str) -> QuerySet[Person]:
    """Those in a state of the list: active, locked, without a post, never signed in; any other word: all."""
    match state:
        case "active":
            return people.filter(is_active=True)
        case "locked":
            return people.filter(is_active=False)
        case "idle":
            posts = Post.objects.filter(in_force_or_coming(timezone.localdate()), person=OuterRef("pk"))
            return people.filter(~Exists(posts), is_active=True)
        case "new":
            return people.filter(last_login=None, is_active=True)
        case _:
            return people


def invitation_of(digest: str) -> Invitation | None:
    """The invitation with this digest, while its link works."""
    working = Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now(), person__is_active=True)
    return working.select_related("person").filter(digest=digest).first()


def agency_named(text: str) -> Agency:
    """The agency that stands today and has this name or short name, with or without tone marks.

    Raises Refused that tells apart no such agency and several.
    """
    words = " ".join(fold(text).split())
    standing = agencies_on(timezone.localdate())
    found = list(standing.filter(folded=words)[:_FEW]) or list(standing.filter(folded_short=words)[:_FEW])
    if not found and "," in words:  # "Ủy ban nhân dân, Xã Phù Đổng": an agency and where it is
        name, _, place = (part.strip() for part in words.rpartition(","))
        found = [one for one in standing.filter(folded=name) if fold(one.unit.title) == place]
    if not found:
        raise Refused(
            f"Không có cơ quan nào tên “{text}” đang hoạt động; hãy chép tên từ danh mục cơ quan.", field="agency"
        )
    if len(found) > 1:
        places = ", ".join(f"“{one}, {one.unit.title}”" for one in found)
        raise Refused(f"Có {len(found)} cơ quan cùng tên. Hãy ghi rõ một trong các tên sau: {places}.", field="agency")
    return found[0]
