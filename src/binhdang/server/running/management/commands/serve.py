"""Starts the server: the folder and its key, the database's tables, the pages' files, then the processes that it watches."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from binhdang.server.accounts.actions.founding import setup_code
from binhdang.server.accounts.models import Person
from binhdang.server.configuration import ConfigurationError, prepare
from binhdang.server.web import counts
from binhdang.signals import leave_on_term

_GRACE = 15  # seconds for the children to end what they are at


class Command(BaseCommand):
    """Serves until Ctrl-C: the web server, the keeper and who does the jobs, each a process of its own, started again when it dies."""

    help = "Chạy máy chủ."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, with how many processes, where the log goes."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4))
        parser.add_argument("--jobs", type=int, default=1)
        parser.add_argument("--log", type=Path)

    def handle(
        self, *args: object, port: int, address: str, workers: int, jobs: int, log: Path | None, **options: object
    ) -> None:
        """Prepares, then watches over them; their log goes to a file where one is named, else to the error stream."""
        prepare(settings.CONFIGURATION)
        refuse_taken(address, port)
        _clear(counts.folder())
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        self.stdout.write(f"binhdang: http://{address}:{port}/  (Ctrl-C để dừng)")
        if not Person.objects.exists():
            self.stdout.write(f"Chưa có ai trong hệ thống. Mã khởi đầu: {setup_code()}")
        self.stdout.flush()
        connections.close_all()
        leave_on_term()
        web = ["web", f"--address={address}", f"--port={port}", f"--workers={workers}"]
        with log.open("ab") if log else nullcontext() as words:
            _watch([web, ["keep"], *[["work"]] * jobs], words)


def refuse_taken(address: str, port: int) -> None:
    """The web server's own complaint is a stack trace. Raises ConfigurationError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        socket.create_server((address, port), family=family).close()
    except (OSError, OverflowError) as e:
        raise ConfigurationError(
            f"Không mở được cổng {port} ở {address}: đang có chương trình khác dùng, hoặc không được phép.",
            hint="Hãy chọn cổng khác, ví dụ: --port 8080.",
        ) from e


def _clear(run: Path) -> None:
    """What the last run left: answers not sent to their end, counts."""
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir(mode=0o700, exist_ok=True)


def _watch(commands: list[list[str]], words: IO[bytes] | None) -> None:
    """Runs the commands side by side until this process is told to leave; then ends them."""
    children = [_start(command, words) for command in commands]
    try:
        while True:
            time.sleep(1)
            for number, child in enumerate(children):
                if _has_ended(child):
                    children[number] = _start(commands[number], words)
    except KeyboardInterrupt:
        pass
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(_GRACE)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)


def _has_ended(child: subprocess.Popen[bytes]) -> bool:
    """Whether a child is dead; then what it had started and could not end is ended, before its number is given away."""
    if os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        return False
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    return True


def _start(command: list[str], words: IO[bytes] | None) -> subprocess.Popen[bytes]:
    """A session of its own: Ctrl-C and a closed terminal reach this process alone, which tells the others."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "binhdang.server.settings"}
    argv = [sys.executable, "-m", "django", *command]
    return subprocess.Popen(argv, env=environment, start_new_session=True, stderr=words)
