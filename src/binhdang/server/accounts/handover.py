"""What happens to open work when a post ends: rooms above register their kinds of work, the act hands them over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from binhdang.server.accounts.models import Person, Post
from binhdang.server.web.asking import By


@dataclass(frozen=True, slots=True)
class OpenWork:
    """A kind of work that goes with a post: its Vietnamese name, how many are open, how they are handed to a person.

    `hand` is called inside the act that ends the post, with who acts, the post and the next holder; it makes its own events.
    """

    name: str
    count: Callable[[Post], int]
    hand: Callable[[By, Post, Person], None]


_KINDS: list[OpenWork] = []


def register(work: OpenWork) -> None:
    """Makes a kind of work known; called once by the room that it belongs to, when it is loaded."""
    _KINDS.append(work)


def open_work(post: Post) -> Mapping[str, int]:
    """How much of each kind is open with a post; kinds of which nothing is open are left out."""
    return {work.name: count for work in _KINDS if (count := work.count(post))}


def hand_over(post: Post, *, to: Person, by: By) -> Mapping[str, int]:
    """Hands all open work of a post to its next holder; how much of each kind there was."""
    handed = open_work(post)
    for work in _KINDS:
        if work.name in handed:
            work.hand(by, post, to)
    return handed
