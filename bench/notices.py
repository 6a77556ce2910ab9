"""Notices: posted to every commune at one go, told in a morning's letters, by a keeper that is killed meanwhile."""

from __future__ import annotations

import random
import signal
import time

from figure import show
from places import ROOT, SETUP, Installation, installation
from post_office import PostOffice, post_office

CALL = SETUP + "import inbox\ninbox."
_MORNINGS = 5  # each with as many kills


def notices(rounds: int) -> list[bool]:
    """A plan issued to 3,321 communes, their reminders in a morning, the bell over thousands, and sending under kills."""
    with installation() as here, post_office() as office:
        here.environment["PYTHONPATH"] += f":{ROOT / 'tests'}"
        here.environment |= {"BINHDANG_MAIL": office.address, "BINHDANG_ADDRESS": "http://localhost:8000"}
        here.run(f"{CALL}fill()")
        issue, at_once, thousand, all_of_them = (line.split() for line in here.run(f"{CALL}post()").splitlines())
        unread, read = (line.split() for line in here.run(f"{CALL}bell()").splitlines())
        killed = _killed(here, office, rounds)
    return [
        show("ground.notices.post", float(issue[0]), "s", goal=1),
        show("ground.notices.post.rows", int(issue[2]), "rows", goal=int(issue[1])),
        show("ground.notices.letters-at-once", float(at_once[0]), "s"),
        show("ground.notices.letters-at-once.letters", int(at_once[1]), "letters"),
        show("ground.notices.digest-of-1000", float(thousand[0]), "s", goal=5),
        show("ground.notices.digest-of-1000.letters", int(thousand[1]), "letters"),
        show("ground.notices.digest-of-3321", float(all_of_them[0]), "s", goal=5),
        show("ground.notices.digest-of-3321.letters", int(all_of_them[1]), "letters"),
        show("ground.notices.bell.unread", float(unread[0]), "ms", goal=10),
        show("ground.notices.bell.read", float(read[0]), "ms", goal=10),
        *killed,
    ]


def _killed(here: Installation, office: PostOffice, rounds: int) -> list[bool]:
    """Keepers killed at random moments while they make a morning's letters and send them: nobody gets two, none is lost."""
    kills = people = second = twice = lost = unsure = 0
    out = here.folder / "keeper"
    for _ in range(_MORNINGS):
        here.run(f"{CALL}remind()")
        office.taken.clear()
        for number in range(1 + rounds // _MORNINGS):
            out.unlink(missing_ok=True)
            keeper = here.start(f"{CALL}keep()", str(number), out=out)
            until = time.monotonic() + 1 + random.random() * 3
            while time.monotonic() < until and keeper.poll() is None:
                time.sleep(0.01)
            if keeper.poll() is None and number < rounds // _MORNINGS:
                keeper.send_signal(signal.SIGKILL)
                kills += 1
            keeper.wait()
        ids = "\n".join(str(letter["Message-ID"]).strip("<> ").partition("@")[0] for letter in office.taken)
        found = [int(word) for word in here.run(f"{CALL}proof()", stdin=ids).split()]
        people, second, twice = people + found[0], second + found[1], twice + found[2]
        lost, unsure = lost + found[3], unsure + found[4]
    return [
        show("ground.notices.kills", kills, "kills"),
        show("ground.notices.kills.people", people, "people told"),
        show("ground.notices.kills.second-letters", second + twice, "letters", goal=0),
        show("ground.notices.kills.lost", lost, "letters", goal=0),
        show("ground.notices.kills.cut-off", unsure, "letters, told again in the next morning", goal=kills),
    ]
