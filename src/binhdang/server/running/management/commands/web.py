"""The web server alone; `serve` starts it."""

from __future__ import annotations

import resource
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from binhdang.signals import leave_with_parent

IDLE = 20
"""Seconds that a line may stay silent between requests, or take for a request's head."""
_CONNECTIONS = 1_024  # of a worker: those that only wait cost little


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
        web_server("binhdang.server.rsgi:application", address=address, port=port, workers=workers).serve()


def web_server(target: str, *, address: str, port: int, workers: int) -> Any:  # granian names its class by a variable
    """Granian as this house sets it up, for an application that granian can import."""
    _allow_files(2 * _CONNECTIONS)
    return Granian(
        target,
        address=address,
        port=port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        backlog=_CONNECTIONS,
        backpressure=_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE * 1000),
        respawn_failed_workers=True,
        log_level=LogLevels.error,
        log_dictconfig=_logging(),
    )


def _logging() -> dict[str, object]:
    """The web server's own words among ours."""
    ours: dict[str, Any] = settings.LOGGING
    return {
        "formatters": ours["formatters"],
        "handlers": ours["handlers"],
        "loggers": {"_granian": {"handlers": ["stream"], "propagate": False}, "granian.access": {}},
    }


def _allow_files(count: int) -> None:
    """As many open files as connections and their bodies need, where the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or hard > soft:
        most = count if hard == resource.RLIM_INFINITY else min(count, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
