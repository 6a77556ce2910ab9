"""Starts the server: the folder and its key, the database's tables, the pages' files, the keeper, then the web server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from binhdang.server.accounts.actions.founding import setup_code
from binhdang.server.accounts.models import Person
from binhdang.server.configuration import ConfigurationError, prepare

_THREADS = 8  # of a worker: with one, four slow clients froze every page


class Command(BaseCommand):
    """Serves until Ctrl-C."""

    help = "Chạy máy chủ."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, with how many processes."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4))

    def handle(self, *args: object, port: int, address: str, workers: int, **options: object) -> None:
        """Prepares, then serves."""
        prepare(settings.CONFIGURATION)
        _refuse_taken(address, port)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        self.stdout.write(f"binhdang: http://{address}:{port}/  (Ctrl-C để dừng)")
        if not Person.objects.exists():
            self.stdout.write(f"Chưa có ai trong hệ thống. Mã khởi đầu: {setup_code()}")
        self.stdout.flush()
        with _keeper():
            Granian(
                "binhdang.server.wsgi:application",
                address=address,
                port=port,
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=_THREADS,
                respawn_failed_workers=True,
                log_level=LogLevels.warning,
            ).serve()


def _refuse_taken(address: str, port: int) -> None:
    """The web server's own complaint is a stack trace. Raises ConfigurationError."""
    try:
        socket.create_server((address, port)).close()
    except (OSError, OverflowError) as e:
        raise ConfigurationError(
            f"Không mở được cổng {port} ở {address}: đang có chương trình khác dùng, hoặc không được phép.",
            hint="Hãy chọn cổng khác: binhdang serve --port 8080.",
        ) from e


@contextmanager
def _keeper() -> Iterator[None]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "binhdang.server.settings"}
    with subprocess.Popen([sys.executable, "-m", "django", "keep"], env=environment) as keeper:
        try:
            yield
        finally:
            keeper.terminate()
