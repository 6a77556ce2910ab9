"""Installations to measure: a folder and a database of their own, filled, served, asked."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).parents[1]
COMMAND = str(Path(sys.executable).with_name("binhdang"))
SETUP = "import django; django.setup()\n"
MIGRATE = SETUP + "from django.core.management import call_command\ncall_command('migrate', verbosity=0)\n"
UNITS = MIGRATE + (
    "import time\nfrom binhdang.server.web.asking import SYSTEM\n"
    "from binhdang.server.agencies.actions.units import load_units\n"
    "from binhdang.reference.units import units\nunits()\n"
    "for _ in range(2):\n start = time.perf_counter(); loaded = load_units(by=SYSTEM)\n"
    " print(time.perf_counter() - start, loaded.units + loaded.successions, flush=True)\n"
)
# Five hundred agencies, a lead of one of them and an administrator; prints the sessions of the two.
PEOPLE = MIGRATE + (
    "import sys\nfrom datetime import date\nfrom django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, BACKEND_SESSION_KEY\n"
    "from django.contrib.sessions.backends.db import SessionStore\n"
    "from binhdang.server.accounts.models import Person, Post\nfrom binhdang.server.agencies.models import Agency, Unit\n"
    "for unit in Unit.objects.filter(level='commune', end=None).order_by('order')[:500]:\n"
    " agency = Agency(unit=unit, name=f'Ủy ban nhân dân {unit}', kind='ubnd-xa'); agency.save()\n"
    "for role, at in (('programme_lead', agency), ('administrator', None)):\n"
    " person = Person(username=role, full_name='Bùi Thị Đo'); person.set_unusable_password(); person.save()\n"
    " Post.objects.create(person=person, agency=at, role=role, start=date(2026, 1, 1))\n"
    " session = SessionStore(); session[SESSION_KEY] = str(person.pk)\n"
    " session[BACKEND_SESSION_KEY] = 'allauth.account.auth_backends.AuthenticationBackend'\n"
    " session[HASH_SESSION_KEY] = person.get_session_auth_hash(); session.save(); print(session.session_key)\n"
)

Address = tuple[str, int]
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE  # the certificate is of today and this machine


class Installation:
    """A folder and a database of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("BINHDANG_")}
        self.environment |= {
            "BINHDANG_SECRET_KEY": "bench" * 8,
            "BINHDANG_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": "binhdang.server.settings",
            "PYTHONPATH": str(ROOT / "bench"),
        }
        if database:
            self.environment["BINHDANG_DATABASE"] = database

    def run(self, code: str, *argv: str, stdin: str = "") -> str:
        """Runs Python to its end and returns what it said."""
        argv = (sys.executable, "-c", code, *argv)
        done = subprocess.run(argv, env=self.environment, input=stdin, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout

    def start(self, code: str, *argv: str, out: Path) -> subprocess.Popen[bytes]:
        """Starts Python and leaves it running; its words go to a file, which outlives it."""
        with out.open("ab") as file:
            return subprocess.Popen((sys.executable, "-c", code, *argv), env=self.environment, stdout=file)

    def people(self) -> tuple[str, str]:
        """Loads the map and people; the cookies of the lead and the administrator."""
        self.run(UNITS)
        lead, admin = self.run(PEOPLE).split()[-2:]
        return f"sessionid={lead}", f"sessionid={admin}"


@contextmanager
def installation(folder: Path | None = None) -> Iterator[Installation]:
    """An empty installation on the kind of database that was asked for."""
    asked = os.environ.get("BINHDANG_DATABASE", "")
    with tempfile.TemporaryDirectory(dir=folder) as place:
        if not asked:
            yield Installation(Path(place), "")
            return
        told, name = conninfo_to_dict(asked), f"bench_{random.randrange(10**9)}"
        with psycopg.connect(asked, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
            try:
                yield Installation(Path(place), f"postgresql:///{name}?host={told['host']}&user={told['user']}")
            finally:
                server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def free_port() -> int:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def served(argv: list[str], environment: dict[str, str]) -> Iterator[Address]:
    """A server that takes `--port`, until the block ends."""
    port = free_port()
    argv = [*argv, "--port", str(port)]
    server = subprocess.Popen(argv, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield "127.0.0.1", port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def wait_for(port: int) -> None:
    """Until somebody listens, half a minute at most."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit("the server does not start")


def connected(address: Address, tls: bool = False) -> http.client.HTTPConnection:
    """A line to the server, or to the proxy in front."""
    if not tls:
        return http.client.HTTPConnection(*address, timeout=60)
    return http.client.HTTPSConnection(*address, timeout=60, context=TLS)


def ask(
    address: Address, path: str, cookie: str, seconds: float, *, speed: int = 50, tls: bool = False
) -> tuple[float, float]:
    """Median and 95th percentile in ms of requests sent at a set speed, whether earlier ones have come back or not."""
    took: list[float] = []
    faults: list[str] = []

    def one(due: float) -> None:
        time.sleep(max(0.0, due - time.perf_counter()))
        connection = connected(address, tls)
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - due) * 1000)
        if answer.status != 200:
            faults.append(f"{answer.status} {answer.getheader('Location') or ''}")
        connection.close()

    for _ in range(5):
        one(time.perf_counter())
    took.clear()
    begun = time.perf_counter()
    threads = [threading.Thread(target=one, args=(begun + n / speed,)) for n in range(int(seconds * speed))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise SystemExit(f"{path}: {faults[0]}")
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]
