"""Installations of the server for tests: a folder and a database of their own, run by the same commands as real ones."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

COMMAND = str(Path(sys.executable).with_name("binhdang"))
_BUILDERS = Path(__file__).parent / "server"
_STARTING = 60  # seconds


@dataclass(frozen=True)
class Installation:
    """A folder, a PostgreSQL address or "" for SQLite in the folder, and further settings."""

    folder: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """This machine's environment with this installation's settings alone."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("BINHDANG_", "DJANGO_"))}
        own |= {"BINHDANG_FOLDER": str(self.folder), "DJANGO_SETTINGS_MODULE": "binhdang.server.settings"} | self.more
        own["PYTHONPATH"] = str(_BUILDERS)
        return own | ({"BINHDANG_DATABASE": self.database} if self.database else {})

    def run(self, *argv: str) -> subprocess.CompletedProcess[str]:
        """A command of this installation: `run("backup", …)`."""
        return self._run(COMMAND, *argv)

    def python(self, code: str, *argv: str, stdin: str = "") -> str:
        """Runs Python that has Django and the tests' builders; what it printed."""
        self.folder.mkdir(exist_ok=True)
        done = self._run(sys.executable, "-c", f"import django; django.setup()\n{code}", *argv, stdin=stdin)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _run(self, *argv: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(argv, env=self.environment, input=stdin, capture_output=True, text=True, check=False)

    @contextmanager
    def served(self, *argv: str, out: Path | None = None) -> Iterator[str]:
        """`binhdang serve` until the block ends; its address. All that it says goes to `out`."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        command = [COMMAND, "serve", "--port", str(port), "--workers", "1", *argv]
        with (
            (out or Path(os.devnull)).open("ab") as words,
            subprocess.Popen(command, env=self.environment, stdout=words, stderr=words) as server,
        ):
            try:
                _wait(address, server)
                yield address
            finally:
                server.send_signal(signal.SIGINT)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _STARTING
    while True:
        try:
            urlopen(f"{address}/readyz", timeout=5).close()
        except (URLError, OSError):
            assert server.poll() is None and time.monotonic() < until, "the server does not start"
            time.sleep(0.1)
        else:
            return


@contextmanager
def installation(folder: Path, **more: str) -> Iterator[Installation]:
    """An installation with nothing in it, on the kind of database that is tested; `more` are settings by their names."""
    told = {f"BINHDANG_{name.upper()}": value for name, value in more.items()}
    asked = os.environ.get("BINHDANG_DATABASE", "")
    if not asked:
        yield Installation(folder, "", told)
        return
    server, name = conninfo_to_dict(asked), f"of_a_test_{uuid4().hex}"
    with psycopg.connect(asked, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield Installation(folder, f"postgresql:///{name}?host={server['host']}&user={server['user']}", told)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
