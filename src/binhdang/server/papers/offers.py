"""What rooms above offer at a paper: "Giao việc", "Xem kế hoạch" …"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from binhdang.access import Actor
from binhdang.server.papers.models import Paper


@dataclass(frozen=True, slots=True)
class Offer:
    """A button at a paper: its words and where it leads."""

    words: str | Promise
    url: str
    is_first: bool = False


Offering = Callable[[Paper, Actor], list[Offer]]

_OFFERINGS: list[Offering] = []


def register(offering: Offering) -> None:
    """Adds a room's buttons; called once, when the room is loaded."""
    _OFFERINGS.append(offering)


def offers_for(paper: Paper, actor: Actor) -> list[Offer]:
    """The buttons for who looks at the paper."""
    return [offer for offering in _OFFERINGS for offer in offering(paper, actor)]
