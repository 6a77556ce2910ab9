"""The kinds of jobs: each room names its own when the server starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from binhdang.access import Actor
from binhdang.server.jobs.models import Job
from binhdang.server.jobs.running import Running


def _nobody(actor: Actor, job: Job) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Kind:
    """What is done: `run` is called outside any transaction, perhaps again from the last saved state, and answers a result.

    A result with "url" (a path of this server) leads the person on. `most_tries` counts the tries that did not get any
    further. `alone` kinds have at most one open job for a subject: asking again answers that one. `follows` says who may
    follow a job besides the person who asked for it: whoever may read what it is about.
    """

    code: str
    title: str | Promise
    run: Callable[[Running], Mapping[str, Any] | None]
    most_tries: int = 3
    alone: bool = False
    follows: Callable[[Actor, Job], bool] = _nobody


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Adds a kind; called from a room's AppConfig.ready()."""
    _kinds[kind.code] = kind


def kind_named(code: str) -> Kind | None:
    """The kind with this code; None for one that this version does not know any more."""
    return _kinds.get(code)
