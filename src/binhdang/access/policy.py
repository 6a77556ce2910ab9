"""The decision: may this person do this to that thing, and which things at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from binhdang.access.roles import ANYWHERE, Permission, Role, Standing


@dataclass(frozen=True, slots=True)
class Post:
    """A role at an agency (its id) from its first to its last day, both counted in; None where it has no end.

    Raises ValueError for a limited role without a last day.
    """

    role: Role
    agency: str
    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.role.limited and self.end is None:
            raise ValueError(f"{self.role.code}: a limited role needs a last day")

    def is_held_on(self, day: date) -> bool:
        """Whether the post is in force on a day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (their id) with their posts, acting on a day. A person without a post in force may nothing."""

    person: str
    posts: tuple[Post, ...]
    day: date

    def held(self) -> tuple[Post, ...]:
        """The posts in force."""
        return tuple(post for post in self.posts if post.is_held_on(self.day))


@dataclass(frozen=True, slots=True)
class Thing:
    """What something is done to: the agencies (ids) by their standing to it, and the persons (ids) whose work it is."""

    agencies: Mapping[Standing, frozenset[str]]
    authors: frozenset[str] = frozenset()


class Decision(NamedTuple):
    """Yes or no; `reason` is Vietnamese, for the person, and empty for yes."""

    allowed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which things a permission reaches: all of them, or those where one of the pairs (standing, agency) holds.

    `not_by` is the person whose own things are left out. A named read turns this into one WHERE.
    """

    everything: bool = False
    pairs: frozenset[tuple[Standing, str]] = field(default_factory=frozenset)
    not_by: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is reached."""
        return not self.everything and not self.pairs

    def holds(self, thing: Thing) -> bool:
        """Whether a thing is reached: for tests and single things; lists ask the database."""
        if self.not_by is not None and self.not_by in thing.authors:
            return False
        return self.everything or any(agency in thing.agencies.get(standing, ()) for standing, agency in self.pairs)


NO_POST = "Bạn không giữ nhiệm vụ nào đang có hiệu lực. Hãy liên hệ người quản trị của cơ quan."
_OTHERS_ONLY = frozenset({Permission.APPROVE})  # nobody approves their own work


def scope(actor: Actor, permission: Permission) -> Scope:
    """The things to which the actor may do this."""
    pairs: set[tuple[Standing, str]] = set()
    everything = False
    for post in actor.held():
        standings = post.role.grants.get(permission)
        if standings is None:
            continue
        everything = everything or standings == ANYWHERE
        pairs |= {(standing, post.agency) for standing in standings}
    own = actor.person if permission in _OTHERS_ONLY else None
    return Scope(everything, frozenset(pairs), own)


def decide(actor: Actor, permission: Permission, on: Thing | None = None) -> Decision:
    """Whether the actor may do this to the thing, and if not, why; without a thing: whether they may do it anywhere."""
    if not actor.held():
        return Decision(False, NO_POST)
    reach = scope(actor, permission)
    if reach.is_empty:
        return Decision(False, "Vai trò của bạn không có quyền này.")
    if on is None or reach.holds(on):
        return Decision(True)
    if reach.not_by is not None and reach.not_by in on.authors:
        return Decision(False, "Bạn không thể duyệt việc do chính mình làm; hãy chuyển cho người khác trong cơ quan.")
    return Decision(False, "Cơ quan của bạn không có phần việc ở đây.")


def may(actor: Actor, permission: Permission, on: Thing | None = None) -> bool:
    """Whether the actor may do this to the thing; without a thing: whether they may do it anywhere."""
    return decide(actor, permission, on).allowed
