"""Kinds of notices: each room registers its own when the server starts, with how people are told unless they choose otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from binhdang.access import Permission, Role, Standing


class Way(StrEnum):
    """How a person is told; the value is stored. All but the last show in the page."""

    AT_ONCE = "at_once"
    """And by a letter at once."""
    DIGEST = "digest"
    """And in the letter of the morning."""
    PAGE = "page"
    NONE = "none"


DOERS = frozenset({Permission.WRITE, Permission.APPROVE})
"""Those who do an agency's work or sign it off."""
NAMED = frozenset[Permission]()
"""Nobody by their role: the kind's notices are addressed to people."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its stable code, title and description in Vietnamese, for the page of choices.

    `usual` is the way of those who have not chosen. What `must` be seen cannot be switched off in the page. `audience`: a
    notice to an agency is for the holders of posts there whose role grants one of these over the agency's own.
    """

    code: str
    title: str | Promise
    description: str | Promise
    usual: Way = Way.DIGEST
    must: bool = False
    audience: frozenset[Permission] = DOERS

    def __post_init__(self) -> None:
        if self.usual not in self.ways:
            raise ValueError(f"{self.code}: what must be seen is not usually left out")

    @property
    def ways(self) -> tuple[Way, ...]:
        """What a person can choose among."""
        return tuple(way for way in Way if way != Way.NONE or not self.must)

    def suits(self, role: Role) -> bool:
        """Whether an agency's notices of this kind are for those who hold this role there."""
        return any(Standing.OWNER in role.grants.get(permission, ()) for permission in self.audience)

    def concerns(self, role: Role) -> bool:
        """Whether people with this role may be told of it at all."""
        return not self.audience or any(permission in role.grants for permission in self.audience)


AGENCIES_CHANGED = Kind(
    "agencies.changed",
    _("Cơ quan thay đổi"),
    _("Cơ quan của bạn được hợp nhất, chia tách, đổi tên hoặc nhận thêm việc theo quyết định."),
    must=True,
)
"""This room's own: told to the agencies that follow others by a decree."""

_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Makes a kind known; called once by the room that it belongs to, when it is made ready. Raises ValueError for a second one."""
    if kind.code in _KINDS:
        raise ValueError(f"{kind.code}: registered twice")
    _KINDS[kind.code] = kind


def kinds() -> Mapping[str, Kind]:
    """All kinds by their codes, in the order in which they were registered."""
    return MappingProxyType(_KINDS)


def codes_for(role: Role) -> frozenset[str]:
    """The kinds of an agency's notices that are for a role."""
    return frozenset(kind.code for kind in _KINDS.values() if kind.suits(role))


def compulsory() -> list[str]:
    """The kinds that nobody can switch off."""
    return [kind.code for kind in _KINDS.values() if kind.must]
