"""What this room moves when agencies change: the posts that people hold there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from binhdang.access import ROLES
from binhdang.server.accounts.models import Post
from binhdang.server.agencies.changes import Line, Passage, register
from binhdang.server.agencies.models import Change
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By

_DAY = timedelta(days=1)


class Posts:
    """Posts at agencies that end: they go on, in the same role, at the one agency that follows, or somebody decides."""

    title = "Người giữ nhiệm vụ"

    def preview(self, passage: Passage) -> Iterator[Line]:
        """Each post with where it goes on."""
        for post in _posts(passage):
            held = f"{post.person}, {ROLES[post.role].title} tại {post.agency}"
            heir = passage.whole.get(post.agency_id) if post.agency_id else None
            if heir is None:
                yield Line(f"{held}: nhiệm vụ kết thúc, cần người cử lại.", True)
            else:
                yield Line(f"{held} → {heir.title}")

    def move(self, passage: Passage, *, by: By, parent: UUID | None) -> None:
        """Ends each post the day before; where one agency follows, a post there begins."""
        on = passage.change.on
        for post in _posts(passage).select_for_update(of=("self",)):
            heir = passage.whole.get(post.agency_id) if post.agency_id else None
            agency = heir.agency if heir is not None else None
            with act(
                "post.move", by=by, kind="post", subject=post.pk, agency=post.agency_id or "", parent=parent
            ) as doing:
                until, begun = post.end, max(post.start or on, on)
                doing.changed("end", until, on - _DAY)
                if post.start is not None and post.start >= on:
                    post.delete()  # it had not begun
                else:
                    post.end, post.version = on - _DAY, post.version + 1
                    post.save(update_fields=["end", "version"])
                if agency is not None and not _holds(post, agency.pk, begun):
                    there = Post.objects.create(
                        person=post.person, role=post.role, agency=agency, start=begun, end=until
                    )
                    doing.changed("post", None, there.pk)
                    doing.changed("agency", post.agency_id, agency.pk)


def _posts(passage: Passage) -> QuerySet[Post]:
    """The posts at the agencies that end, still held on the change's day or coming."""
    if passage.change.subject != Change.Subject.AGENCY:
        return Post.objects.none()
    lasting = Q(end=None) | Q(end__gte=passage.change.on)
    found = Post.objects.filter(lasting, agency__in=passage.ending).select_related("person", "agency")
    return found.order_by("agency__order", "person__order", "id")


def _holds(post: Post, agency: UUID, day: object) -> bool:
    """Whether the person already has the role where it would go on."""
    lasting = Q(end=None) | Q(end__gte=day)
    return Post.objects.filter(lasting, person=post.person, role=post.role, agency=agency).exclude(pk=post.pk).exists()


register(Posts())
