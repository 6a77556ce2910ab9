"""Kills at random moments, and a full disk: what was acknowledged is there whole, with its event, and nothing is torn."""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from figure import show, skipped
from places import ROOT, SETUP, Address, Installation, connected, free_port, installation, wait_for
from slow import pdf

# Enters agencies one after another and says each once it is committed.
WRITER = SETUP + (
    "import sys, time\nfrom binhdang.server.web.asking import SYSTEM\n"
    "from binhdang.server.agencies.actions.agencies import add_agency\n"
    "from binhdang.server.agencies.models import Unit\n"
    "unit = Unit.objects.filter(level='province', end=None).order_by('order')[int(sys.argv[2]) % 30].pk\n"
    "pause = float(sys.argv[3]) if sys.argv[3:] else 0.0\nn, begun = 0, time.perf_counter()\nwhile True:\n n += 1\n"
    " print('a', add_agency(by=SYSTEM, unit=unit, name=f'Ban số {sys.argv[1]}.{n}').pk, flush=True)\n"
    " time.sleep(max(0.0, begun + n * pause - time.perf_counter()))\n"
)
# Uploads in parts, one after another, and says each file once it is kept; what was broken off before is gone on with.
UPLOADER = SETUP + (
    "import hashlib, random, sys\nfrom binhdang.server.web.asking import By\n"
    "from binhdang.server.files.actions import begin_upload, receive\nfrom binhdang.server.files.models import Upload\n"
    "by = By('lan')\ndef content(name):\n return b'%PDF-1.7\\n' + random.Random(name).randbytes(300_000)\n"
    "def go(upload):\n data = content(upload.name)\n while upload.content_id is None:\n"
    "  part = data[upload.received:upload.received + 100_000]\n"
    "  upload = receive(by=by, upload=upload.pk, offset=upload.received, parts=[part[:50_000], part[50_000:]])\n"
    " assert upload.content_id == hashlib.sha256(data).hexdigest()\n print('f', upload.content_id, flush=True)\n"
    "for upload in Upload.objects.filter(content=None): go(upload)\n"
    "n = 0\nwhile True:\n n += 1\n go(begin_upload(by=by, name=f'{sys.argv[1]}.{n}.pdf', size=300_009))\n"
)
# Told what was acknowledged ("a" agency, "p" person, "f" file); prints: lost, acts without their event, torn, broken.
PROVE = SETUP + (
    "import hashlib, sys\nfrom django.db import connection\nfrom binhdang.server.agencies.models import Agency\n"
    "from binhdang.server.accounts.models import Person\nfrom binhdang.server.files.actions import place_of\n"
    "from binhdang.server.files.models import Content\n"
    "from binhdang.server.audit.models import Event\nfrom binhdang.server.audit.sealing import seal, verify\n"
    "said = {'a': set(), 'p': set(), 'f': set()}\n"
    "for line in sys.stdin: said[line[0]].add(line[2:].strip())\n"
    "kept = {str(pk) for pk in Agency.objects.values_list('pk', flat=True)}\n"
    "people = dict(Person.objects.values_list('username', 'pk'))\n"
    "files = set(Content.objects.values_list('pk', flat=True))\n"
    "told = lambda verb: set(Event.objects.filter(verb=verb).values_list('subject', flat=True))\n"
    "lost = (said['a'] - kept) | (said['p'] - set(people)) | (said['f'] - files)\n"
    "apart = len({pk for pk in kept if pk not in told('agency.add')} & said['a']) + len(told('agency.add') - kept)\n"
    "added = told('person.add')\n"
    "apart += len({name for name in said['p'] & set(people) if str(people[name]) not in added})\n"
    "apart += len(files ^ told('file.keep'))\n"
    "def torn(digest):\n path = place_of(digest)\n"
    " return not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest\n"
    "whole = connection.vendor != 'sqlite' or connection.cursor().execute('PRAGMA quick_check').fetchone()[0] == 'ok'\n"
    "seal()\nprint(len(lost), apart, sum(map(torn, files)) + (not whole), len(verify().broken))\n"
)
_TOKEN = "k" * 32  # of forms: the cookie and the field only have to be the same


@dataclass
class Proof:
    """What proofs found, at worst."""

    lost: int = 0
    apart: int = 0
    torn: int = 0
    broken: int = 0

    def look(self, here: Installation, said: str) -> None:
        """Proves once more."""
        found = list(map(int, here.run(PROVE, stdin=said).split()))
        for name, count in zip(("lost", "apart", "torn", "broken"), found, strict=True):
            setattr(self, name, max(getattr(self, name), count))

    def show(self, name: str) -> list[bool]:
        """As figures."""
        return [
            show(f"ground.{name}.lost", self.lost, "acts and files", goal=0),
            show(f"ground.{name}.without-event", self.apart, "acts", goal=0),
            show(f"ground.{name}.torn", self.torn, "databases and files", goal=0),
            show(f"ground.{name}.broken-seals", self.broken, "batches", goal=0),
        ]


def acknowledged(out: Path) -> str:
    """The lines that were said whole: of one cut by the kill nobody has been told."""
    text = out.read_text()
    return text[: text.rfind("\n") + 1]


def kills(rounds: int) -> list[bool]:
    """Writers and an uploader killed at random moments."""
    proof = Proof()
    with installation() as here:
        here.people()
        outs = [here.folder / f"said{n}" for n in range(3)]
        for number in range(rounds):
            sizes = [out.stat().st_size if out.exists() else 0 for out in outs]
            started = [
                here.start(code, f"{number}.{n}", str(number), out=out)
                for n, (code, out) in enumerate(zip((WRITER, WRITER, UPLOADER), outs, strict=True))
            ]
            while any(out.stat().st_size == size for out, size in zip(outs, sizes, strict=True)):
                time.sleep(0.02)
            time.sleep(random.random() / 2)
            for process in started:
                process.send_signal(signal.SIGKILL)
                process.wait()
            if number % 20 == 19 or number == rounds - 1:
                proof.look(here, "".join(map(acknowledged, outs)))
        acts = sum(len(acknowledged(out).splitlines()) for out in outs)
    return [
        show("ground.kills.rounds", rounds, "rounds"),
        show("ground.kills.acts", acts, "acts and files"),
        *proof.show("kills"),
    ]


@dataclass
class Visitors:
    """People at work over HTTP, some bringing files, some taking them, until the server is gone; what it acknowledged."""

    address: Address
    cookie: str
    round: int
    people: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    taken: int = 0
    half: int = 0
    stop: bool = False

    def each(self, do: Callable[[http.client.HTTPConnection, int], None]) -> None:
        """One of them: the same again and again, until the server is gone."""
        number = 0
        with suppress(OSError, http.client.HTTPException):
            while not self.stop:
                number += 1
                line = connected(self.address)
                do(line, number)
                line.close()

    def write(self, line: http.client.HTTPConnection, number: int) -> None:
        """Adds a person by the page's form."""
        name = f"n{self.round}.{number}.{threading.get_ident() % 10**6}"
        body = urlencode({"full_name": "Bùi Thị Đo", "username": name, "csrfmiddlewaretoken": _TOKEN})
        headers = {"Cookie": f"{self.cookie}; csrftoken={_TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", "/nguoi-dung/them/", body, headers)
        answer = line.getresponse()
        answer.read()
        if answer.status == 302:
            self.people.append(name)

    def bring(self, line: http.client.HTTPConnection, number: int) -> None:
        """Brings a file."""
        body = pdf(200_000)
        line.request("POST", "/do/tep/", body, {"Cookie": self.cookie})
        answer = line.getresponse()
        digest = answer.read().decode()
        if answer.status == 200:
            self.half += digest != hashlib.sha256(body).hexdigest()
            self.files.append(digest)

    def take(self, line: http.client.HTTPConnection, number: int) -> None:
        """Takes a file that was brought; one that comes to its announced end must be it."""
        if not self.files:
            time.sleep(0.02)
            return
        digest = random.choice(self.files)
        line.request("GET", f"/do/tep/{digest}/", headers={"Cookie": self.cookie})
        answer = line.getresponse()
        body = answer.read()
        self.half += answer.status != 200 or hashlib.sha256(body).hexdigest() != digest
        self.taken += 1


def servers(rounds: int) -> list[bool]:
    """Whole servers killed with all their processes at random moments, under forms, uploads and downloads."""
    proof, said, taken, half = Proof(), [], 0, 0
    with installation() as here:
        _, admin = here.people()
        for number in range(rounds):
            port = free_port()
            argv = [sys.executable, str(ROOT / "bench" / "doored.py"), "--port", str(port)]
            server = subprocess.Popen(
                argv, env=here.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            wait_for(port)
            visitors = Visitors(("127.0.0.1", port), admin, number)
            visitors.files += [line[2:] for line in said if line[0] == "f"][-20:]
            before = len(visitors.files)
            doing = (visitors.write, visitors.write, visitors.bring, visitors.bring, visitors.take)
            threads = [threading.Thread(target=visitors.each, args=(do,)) for do in doing]
            for thread in threads:
                thread.start()
            begun = time.monotonic()
            while not (visitors.people and visitors.files[before:]) and time.monotonic() < begun + 30:
                time.sleep(0.01)
            time.sleep(random.random())
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            visitors.stop = True
            for thread in threads:
                thread.join()
            said += [f"p {name}" for name in visitors.people] + [f"f {digest}" for digest in visitors.files[before:]]
            taken, half = taken + visitors.taken, half + visitors.half
            if number % 20 == 19 or number == rounds - 1:
                proof.look(here, "\n".join(said))
    return [
        show("ground.servers.rounds", rounds, "rounds"),
        show("ground.servers.acts", len(said), "acts and files"),
        show("ground.servers.taken", taken, "files"),
        show("ground.servers.half-files", half, "files", goal=0),
        *proof.show("servers"),
    ]


def disk() -> list[bool]:
    """A data folder on a small disk that fills up: said plainly, nothing damaged, and it goes on when there is room."""
    if os.geteuid() != 0:
        skipped("ground.disk", "only root can make a small disk")
        return []
    small = Path("/tmp/binhdang-small-disk")
    small.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=70m", "tmpfs", small], check=True)
    try:
        with installation(small) as here:
            return _fill_up(here)
    finally:
        subprocess.run(["umount", small], check=True)


def _fill_up(here: Installation) -> list[bool]:
    _, admin = here.people()
    ballast = here.folder / "ballast"
    ballast.write_bytes(b"x" * 8 * 2**20)
    port, proof = free_port(), Proof()
    argv = [sys.executable, str(ROOT / "bench" / "doored.py"), "--port", str(port)]
    server = subprocess.Popen(argv, env=here.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        visitors = Visitors(("127.0.0.1", port), admin, 0)
        said = {_said(visitors, visitors.bring) for _ in range(200)} - {""}
        with (here.folder / "more").open("wb", buffering=0) as rest, suppress(OSError):
            while rest.write(b"x" * 4096) == 4096:
                pass
        said |= {_said(visitors, visitors.write) for _ in range(300)} - {""}
        page = _status(visitors, "/don-vi/co-quan/")
        people, files = len(visitors.people), len(visitors.files)
        ballast.unlink()
        (here.folder / "more").unlink()
        after = [_said(visitors, visitors.write), _said(visitors, visitors.bring)]
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
    proof.look(
        here, "\n".join([f"p {name}" for name in visitors.people] + [f"f {digest}" for digest in visitors.files])
    )
    return [
        show("ground.disk.kept", people + files, "acts and files"),
        show("ground.disk.silent", len({one for one in said if "hết chỗ" not in one}), "answers", goal=0),
        show("ground.disk.told", len(said), "answers that tell it", goal=1, most=False),
        show("ground.disk.pages", page, "status of a page meanwhile", goal=200),
        show("ground.disk.goes-on", sum(not one for one in after), "of 2 acts", goal=2, most=False),
        *proof.show("disk"),
    ]


def _said(visitors: Visitors, do: Callable[[http.client.HTTPConnection, int], None]) -> str:
    """What the server says to one act; "" where it did it."""
    line, counts = connected(visitors.address), (len(visitors.people), len(visitors.files))
    words: list[str] = []
    line.response_class = _heard(words)  # type: ignore[assignment]
    with suppress(OSError, http.client.HTTPException):
        do(line, random.randrange(10**9))
    line.close()
    return "" if counts != (len(visitors.people), len(visitors.files)) else "".join(words) or "the line broke"


def _heard(words: list[str]) -> type[http.client.HTTPResponse]:
    class Heard(http.client.HTTPResponse):
        def read(self, amt: int | None = None) -> bytes:
            body = super().read(amt)
            words.append(body.decode("utf-8", "replace"))
            return body

    return Heard


def _status(visitors: Visitors, path: str) -> int:
    line = connected(visitors.address)
    line.request("GET", path, headers={"Cookie": visitors.cookie})
    try:
        return line.getresponse().status
    finally:
        line.close()
