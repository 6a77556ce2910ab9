"""The web server alone; `serve` starts it."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from binhdang.signals import leave_with_parent

_THREADS = 8  # of a worker: with one, four slow clients froze every page


class Command(BaseCommand):
    """Answers requests."""

    help = "Phục vụ các trang."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, with how many processes."""
        parser.add_argument("--port", type=int, required=True)
        parser.add_argument("--address", required=True)
        parser.add_argument("--workers", type=int, required=True)

    def handle(self, *args: object, port: int, address: str, workers: int, **options: object) -> None:
        """Serves."""
        leave_with_parent()
        Granian(
            "binhdang.server.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=_THREADS,
            respawn_failed_workers=True,
            log_level=LogLevels.error,
        ).serve()
