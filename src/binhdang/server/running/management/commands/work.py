"""Does jobs in the background; `serve` starts it."""

from __future__ import annotations

import signal
import threading
from types import FrameType

from django.core.management.base import BaseCommand

from binhdang.server.jobs.running import Leaving
from binhdang.server.jobs.worker import work
from binhdang.signals import leave_with_parent

_GRACE = 10  # seconds for a job to come to its next step: less than `serve` waits


class Command(BaseCommand):
    """Runs until it is told to leave; a job that does not come to a step in time is left where it last stood."""

    help = "Làm các việc chạy nền."

    def handle(self, *args: object, **options: object) -> None:
        """Works."""
        leave = threading.Event()

        def told(number: int, frame: FrameType | None) -> None:
            leave.set()
            signal.setitimer(signal.ITIMER_REAL, _GRACE)

        def too_late(number: int, frame: FrameType | None) -> None:
            raise Leaving

        signal.signal(signal.SIGALRM, too_late)
        signal.signal(signal.SIGTERM, told)
        signal.signal(signal.SIGINT, told)
        leave_with_parent()
        try:
            work(leave)
        except Leaving:
            pass
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
