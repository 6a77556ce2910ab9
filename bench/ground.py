"""The server's ground floor: loading the map, pages under load, writes with their events, slow lines, kills, a full disk, notices.

    script/bench ground [--part load|pages|writes|slow|kills|servers|disk|notices] [--seconds 20] [--rounds 20]

Runs on SQLite, or with BINHDANG_DATABASE (script/with-postgresql script/bench ground …) on PostgreSQL. Each part has an
installation of its own. `slow` runs straight and, where nginx is installed, behind deploy/nginx.conf.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from figure import show, skipped
from kills import PROVE, WRITER, acknowledged, disk, kills, servers
from notices import notices
from places import COMMAND, ROOT, SETUP, UNITS, Address, Installation, ask, connected, installation, served
from slow import Client, Lines, download, pdf, proxied, upload

SPEED = 64_000  # bytes a second of a slow line
PAGE = "/don-vi/co-quan/"
KEEP = [sys.executable, "-m", "django", "keep"]
# How late seals came, in seconds: the latest, and how many events have none yet.
SEALS = SETUP + (
    "from binhdang.server.audit.models import Batch, Event\nsealed = dict(Batch.objects.values_list('number', 'sealed_at'))\n"
    "late = [(sealed[b] - at).total_seconds() for b, at in Event.objects.exclude(batch=None).values_list('batch', 'at')]\n"
    "print(max(late), Event.objects.filter(batch=None).count())\n"
)


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
    """A hundred acts a second by four writers while a keeper seals, and as many as there can be; each with its event."""
    with installation() as here:
        here.run(UNITS)
        keeper = subprocess.Popen(KEEP, env=here.environment)
        try:
            asked, proof = _written(here, seconds, "0.038")  # a little faster than a hundred, so that none is owed
            time.sleep(10)
            late, unsealed = here.run(SEALS).split()
        finally:
            keeper.terminate()
            keeper.wait()
        most, proof_of_most = _written(here, min(seconds, 20), "0")
    return [
        show("ground.writes", asked, "acts/s", goal=100, most=False),
        show("ground.writes.lost", sum(proof), "acts", goal=0),
        show("ground.writes.sealed-after", float(late), "s", goal=10),
        show("ground.writes.unsealed", int(unsealed), "events", goal=0),
        show("ground.writes.most", most, "acts/s"),
        show("ground.writes.most.lost", sum(proof_of_most), "acts", goal=0),
    ]


def _written(here: Installation, seconds: float, pause: str) -> tuple[float, list[int]]:
    """Acts a second of four writers, then killed; what a proof finds wrong."""
    outs = [here.folder / f"said{n}" for n in range(4)]
    for out in outs:
        out.unlink(missing_ok=True)
    writers = [here.start(WRITER, f"{pause}.{n}", str(n), pause, out=out) for n, out in enumerate(outs)]
    while not all(out.stat().st_size for out in outs):
        time.sleep(0.05)
    before, begun = sum(len(out.read_text().splitlines()) for out in outs), time.perf_counter()
    time.sleep(seconds)
    said = sum(len(out.read_text().splitlines()) for out in outs) - before
    took = time.perf_counter() - begun
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    return said / took, list(map(int, here.run(PROVE, stdin="".join(map(acknowledged, outs))).split()))


def pages(seconds: float, path: str) -> list[bool]:
    """A page with session, policy and 50 rows at 50 requests a second, beside a bare page of Django in the same run."""
    with installation() as here:
        lead, _ = here.people()
        with served([COMMAND, "serve", "--workers", "2"], here.environment) as address:
            ours = ask(address, path, lead, seconds)
        with served([sys.executable, str(ROOT / "bench" / "bare.py")], here.environment) as address:
            plain = ask(address, "/", "", seconds)
    told = "a bare Django page of 50 rows"
    return [
        show("ground.page.p95", ours[1], "ms", goal=_goal(), reference=plain[1], against=told),
        show("ground.page.median", ours[0], "ms", reference=plain[0], against=told),
    ]


def _goal() -> float:
    return 60 if os.environ.get("BINHDANG_DATABASE") else 100


def slow(seconds: float, size: int) -> list[bool]:
    """Ten slow clients bring 20 MB and ten take as much, while pages are asked for as without them."""
    done = []
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    with installation() as here:
        lead, _ = here.people()
        with served([sys.executable, str(ROOT / "bench" / "doored.py")], here.environment) as address:
            done += _strained("straight", address, lead, seconds, size)
            if nginx is None:
                skipped("ground.slow.nginx", "nginx is not installed: script/bootstrap --test")
            else:
                with tempfile.TemporaryDirectory() as folder, proxied(address, nginx, Path(folder)) as front:
                    done += _strained("nginx", front, lead, seconds, size, tls=True)
    return done


def _strained(name: str, address: Address, cookie: str, seconds: float, size: int, *, tls: bool = False) -> list[bool]:
    line = connected(address, tls)
    line.request("POST", "/do/tep/", pdf(size), {"Cookie": cookie})
    digest = line.getresponse().read().decode()
    line.close()
    free = ask(address, PAGE, cookie, seconds, tls=tls)
    clients = [upload(cookie, pdf(size)) for _ in range(10)] + [download(cookie, digest) for _ in range(10)]
    lines = Lines(address, clients, SPEED, tls=tls)
    lines.start()
    time.sleep(3)
    strained = ask(address, PAGE, cookie, seconds, tls=tls)
    busy = sum(not client.done for client in clients)
    lines.join(size / SPEED * 1.5 + 60)
    lines.end()
    told = "the same pages without slow clients"
    return [
        show(f"ground.slow.{name}.p95", strained[1], "ms", goal=_goal(), reference=free[1], against=told),
        show(f"ground.slow.{name}.busy", busy, "clients at the end of the measure", goal=20, most=False),
        show(f"ground.slow.{name}.whole", sum(map(_came_whole, clients)), "of 20 files", goal=20, most=False),
    ]


def _came_whole(client: Client) -> bool:
    return client.status == 200 and client.whole


def main() -> None:
    """Measures what was asked for, or all."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--page", default=PAGE)
    parser.add_argument("--megabytes", type=float, default=20, help="of a slow client's file")
    names = ("load", "pages", "writes", "slow", "kills", "servers", "disk", "notices")
    parser.add_argument("--part", choices=names)
    asked = parser.parse_args()
    parts = {
        "load": load,
        "pages": lambda: pages(asked.seconds, asked.page),
        "writes": lambda: writes(asked.seconds),
        "slow": lambda: slow(asked.seconds, int(asked.megabytes * 2**20)),
        "kills": lambda: kills(asked.rounds),
        "servers": lambda: servers(asked.rounds),
        "disk": disk,
        "notices": lambda: notices(asked.rounds),
    }
    done = [ok for name, part in parts.items() if asked.part in (None, name) for ok in part()]
    sys.exit(not all(done))


if __name__ == "__main__":
    main()
