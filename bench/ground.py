"""The server's ground floor: loading the map, pages under load, writes with their events, kills at random moments.

    script/bench ground [--part load|writes|kills|pages] [--seconds 20] [--rounds 20]

Runs on SQLite, or with BINHDANG_DATABASE (script/with-postgresql script/bench ground …) on PostgreSQL. Each part has an
installation of its own.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from figure import show

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
# Enters agencies one after another and says each once it is committed.
WRITER = SETUP + (
    "import sys\nfrom binhdang.server.web.asking import SYSTEM\n"
    "from binhdang.server.agencies.actions.agencies import add_agency\n"
    "from binhdang.server.agencies.models import Unit\n"
    "unit = Unit.objects.filter(level='province', end=None).order_by('order')[int(sys.argv[2]) % 30].pk\n"
    "n = 0\nwhile True:\n n += 1\n"
    " print(add_agency(by=SYSTEM, unit=unit, name=f'Ban số {sys.argv[1]}.{n}').pk, flush=True)\n"
)
PROVE = SETUP + (
    "import sys\nfrom django.db import connection\nfrom binhdang.server.agencies.models import Agency\n"
    "from binhdang.server.audit.models import Event\nfrom binhdang.server.audit.sealing import seal, verify\n"
    "said = set(sys.stdin.read().split())\n"
    "kept = {str(pk) for pk in Agency.objects.values_list('pk', flat=True)}\n"
    "told = set(Event.objects.filter(verb='agency.add').values_list('subject', flat=True))\n"
    "whole = connection.vendor != 'sqlite' or connection.cursor().execute('PRAGMA quick_check').fetchone()[0] == 'ok'\n"
    "seal()\nprint(len(said - kept), len(kept ^ told), int(whole), len(verify().broken))\n"
)


class Installation:
    """A folder and a database of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("BINHDANG_")}
        self.environment |= {
            "BINHDANG_SECRET_KEY": "bench" * 8,
            "BINHDANG_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": "binhdang.server.settings",
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


@contextmanager
def installation() -> Iterator[Installation]:
    """An empty installation on the kind of database that was asked for."""
    asked = os.environ.get("BINHDANG_DATABASE", "")
    with tempfile.TemporaryDirectory() as place:
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


def load() -> list[bool]:
    """The map of units into an empty database, and once more into the full one."""
    with installation() as here:
        first, second = (line.split() for line in here.run(UNITS).splitlines())
    return [
        show("ground.load-units", float(first[0]), "s", goal=5),
        show("ground.load-units.rows", int(first[1]), "rows"),
        show("ground.load-units.again", float(second[0]), "s", goal=5),
        show("ground.load-units.again.rows", int(second[1]), "rows", goal=0),
    ]


def writes(seconds: float) -> list[bool]:
    """Writers at once, each act with its event; none lost; sealed soon after."""
    with installation() as here:
        here.run(UNITS)
        outs = [here.folder / f"said{n}" for n in range(4)]
        writers = [here.start(WRITER, str(n), str(n), out=out) for n, out in enumerate(outs)]
        while not all(out.stat().st_size for out in outs):
            time.sleep(0.05)
        before, begun = sum(len(out.read_text().splitlines()) for out in outs), time.perf_counter()
        time.sleep(seconds)
        said = sum(len(out.read_text().splitlines()) for out in outs) - before
        took = time.perf_counter() - begun
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        begun = time.perf_counter()
        lost, apart, whole, broken = map(int, here.run(PROVE, stdin="\n".join(map(_acknowledged, outs))).split())
        sealed = time.perf_counter() - begun
    return [
        show("ground.writes", said / took, "acts/s", goal=100, most=False),
        show("ground.writes.lost", lost + apart + broken + (not whole), "acts", goal=0),
        show("ground.writes.sealed-and-proved", sealed, "s", goal=10),
    ]


def kills(rounds: int) -> list[bool]:
    """Writers killed at random moments: what was acknowledged is there, with its event, and the audit verifies."""
    lost = apart = torn = broken = 0
    with installation() as here:
        here.run(UNITS)
        outs = [here.folder / f"said{n}" for n in range(2)]
        for number in range(rounds):
            sizes = [out.stat().st_size if out.exists() else 0 for out in outs]
            writers = [here.start(WRITER, f"{number}.{n}", str(number), out=out) for n, out in enumerate(outs)]
            while any(out.stat().st_size == size for out, size in zip(outs, sizes, strict=True)):
                time.sleep(0.02)
            time.sleep(random.random() / 2)
            for writer in writers:
                writer.send_signal(signal.SIGKILL)
                writer.wait()
            if number % 10 == 9 or number == rounds - 1:
                proof = here.run(PROVE, stdin="\n".join(map(_acknowledged, outs)))
                one, two, whole, four = map(int, proof.split())
                lost, apart, torn, broken = max(lost, one), max(apart, two), torn + (not whole), broken + four
        acts = sum(len(_acknowledged(out).split()) for out in outs)
    return [
        show("ground.kills.acts", acts, "acts acknowledged"),
        show("ground.kills.lost", lost, "acts", goal=0),
        show("ground.kills.without-event", apart, "acts", goal=0),
        show("ground.kills.torn-databases", torn, "rounds", goal=0),
        show("ground.kills.broken-seals", broken, "batches", goal=0),
    ]


def _acknowledged(out: Path) -> str:
    """The ids that were said whole: of a line cut by the kill nobody has been told."""
    text = out.read_text()
    return "\n".join(line for line in text[: text.rfind("\n") + 1].split() if len(line) == 36)


PERSON = MIGRATE + (
    "import sys\nfrom datetime import date\nfrom django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, BACKEND_SESSION_KEY\n"
    "from django.contrib.sessions.backends.db import SessionStore\n"
    "from binhdang.server.accounts.models import Person, Post\nfrom binhdang.server.agencies.models import Agency, Unit\n"
    "for unit in Unit.objects.filter(level='commune', end=None).order_by('order')[:500]:\n"
    " agency = Agency(unit=unit, name=f'Ủy ban nhân dân {unit}', kind='ubnd-xa'); agency.save()\n"
    "person = Person(username='bench', full_name='Bùi Thị Đo'); person.set_unusable_password(); person.save()\n"
    "Post.objects.create(person=person, agency=agency, role='programme_lead', start=date(2026, 1, 1))\n"
    "session = SessionStore(); session[SESSION_KEY] = str(person.pk)\n"
    "session[BACKEND_SESSION_KEY] = 'allauth.account.auth_backends.AuthenticationBackend'\n"
    "session[HASH_SESSION_KEY] = person.get_session_auth_hash(); session.save(); print(session.session_key)\n"
)


def pages(seconds: float, path: str) -> list[bool]:
    """A page with session, policy and 50 rows at 50 requests a second, beside a bare page of Django in the same run."""
    with installation() as here:
        here.run(UNITS)
        cookie = f"sessionid={here.run(PERSON).split()[-1]}"
        with _served([COMMAND, "serve", "--workers", "2"], here.environment) as address:
            ours = _ask(address, path, cookie, seconds)
        bare = [sys.executable, str(ROOT / "bench" / "bare.py")]
        with _served(bare, here.environment) as address:
            plain = _ask(address, "/", "", seconds)
    goal = 60 if os.environ.get("BINHDANG_DATABASE") else 100
    told = "a bare Django page of 50 rows"
    return [
        show("ground.page.p95", ours[1], "ms", goal=goal, reference=plain[1], against=told),
        show("ground.page.median", ours[0], "ms", reference=plain[0], against=told),
    ]


@contextmanager
def _served(argv: list[str], environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([*argv, "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield "127.0.0.1", port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)


def _ask(address: tuple[str, int], path: str, cookie: str, seconds: float, speed: int = 50) -> tuple[float, float]:
    """Median and 95th percentile in ms of requests sent at a set speed, whether earlier ones have come back or not."""
    took: list[float] = []
    faults: list[str] = []

    def one(due: float) -> None:
        time.sleep(max(0.0, due - time.perf_counter()))
        connection = http.client.HTTPConnection(*address, timeout=30)
        connection.request("GET", urlsplit(path).path, headers={"Cookie": cookie} if cookie else {})
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


def main() -> None:
    """Measures what was asked for, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=("load", "writes", "kills", "pages"))
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--page", default="/don-vi/co-quan/")
    asked = parser.parse_args()
    parts = {
        "load": load,
        "writes": lambda: writes(asked.seconds),
        "kills": lambda: kills(asked.rounds),
        "pages": lambda: pages(asked.seconds, asked.page),
    }
    done = [ok for name, part in parts.items() if asked.part in (None, name) for ok in part()]
    sys.exit(not all(done))


if __name__ == "__main__":
    main()
