"""What the server does by the clock, in a process of its own: events sealed, their heads written out, letters sent."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import close_old_connections

from binhdang.server.accounts.actions.sessions import forget_ended_sessions
from binhdang.server.audit.sealing import export_heads, seal
from binhdang.server.files.actions import forget_abandoned
from binhdang.server.jobs.actions import forget_old_jobs
from binhdang.server.notices.actions.forgetting import forget_old
from binhdang.server.notices.actions.sending import Postman
from binhdang.server.running.due_changes import take_changes
from binhdang.server.web.asking import SYSTEM

_PATIENCE = 10  # seconds for a letter that is on its way

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Chore:
    """Something done every so many seconds."""

    every: float
    do: Callable[[], object]
    due: float = 0.0


def keep(
    chores: list[Chore], *, rounds: int | None = None, tick: float = 1.0, stop: threading.Event | None = None
) -> None:
    """Does each chore when it is due; one that fails is told of and tried again. Ends after `rounds`, at `stop`, or never."""
    stop = stop or threading.Event()
    while (rounds is None or rounds > 0) and not stop.is_set():
        for chore in chores:
            if time.monotonic() < chore.due:
                continue
            close_old_connections()
            try:
                chore.do()
            except Exception:
                log.exception("a chore failed and is tried again")
            chore.due = time.monotonic() + chore.every
        rounds = None if rounds is None else rounds - 1
        if rounds != 0:
            stop.wait(tick)


@contextmanager
def kept_beside(chores: list[Chore], *, tick: float = 1.0) -> Iterator[None]:
    """Does chores that wait for others in a thread of their own, until the block ends; what they are at may end."""
    stop = threading.Event()
    thread = threading.Thread(target=keep, args=(chores,), kwargs={"stop": stop, "tick": tick}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_PATIENCE)


def chores() -> list[Chore]:
    """The chores of this installation."""
    heads = settings.CONFIGURATION.folder / "audit-heads"
    return [
        Chore(5.0, seal),
        Chore(3600.0, lambda: export_heads(heads)),
        Chore(3600.0, lambda: forget_abandoned(by=SYSTEM)),
        Chore(3600.0, forget_ended_sessions),
        Chore(600.0, lambda: take_changes(by=SYSTEM)),
        Chore(24 * 3600.0, lambda: forget_old(by=SYSTEM)),
        Chore(3600.0, lambda: forget_old_jobs(by=SYSTEM)),
    ]


def slow_chores() -> list[Chore]:
    """Those that talk to other machines, which may take their time."""
    return [Chore(10.0, Postman().round)]
