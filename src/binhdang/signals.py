"""What the system's wish to end means: leave as from an exception, so that programs started are ended and files removed."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_PR_SET_PDEATHSIG = 1
TERMINATED = 128 + signal.SIGTERM  # the status that shells know


def leave_on_term() -> None:
    """From now on SIGTERM raises SystemExit, once: a second one must not break into the clearing up."""
    signal.signal(signal.SIGTERM, _leave)


def leave_with_parent() -> None:
    """From now on this process is told to end when its parent dies, however that dies. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def leaving_on_term() -> Iterator[None]:
    """As `leave_on_term`, for the time of a command. Outside the main thread nothing can be set, and nothing is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    leave_on_term()
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(TERMINATED)
