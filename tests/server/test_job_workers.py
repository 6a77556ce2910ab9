"""Real worker processes, killed and told to leave in the middle of a job: every step is done, and done once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from installations import Installation, installation

PATIENCE = 40  # seconds

ASK = """
import json, sys, job_trials
from binhdang.server.jobs.actions import start_job
from binhdang.server.web.asking import SYSTEM
job_trials.setup()
for arguments in json.loads(sys.argv[2]):
    print(start_job(by=SYSTEM, kind=sys.argv[1], title="Đếm", arguments=arguments).pk)
"""
TOLD = """
import json
from binhdang.server.audit.models import Event
from binhdang.server.jobs.models import Job, Worker
print(json.dumps({
    "jobs": [[job.status, job.state, job.tries, job.code] for job in Job.objects.order_by("asked_at")],
    "steps": list(Event.objects.filter(kind="step").values_list("subject", flat=True)),
    "workers": Worker.objects.filter(ended_at=None).count(),
}))
"""
CANCEL = """
import sys
from binhdang.server.jobs.actions import cancel_job
from binhdang.server.jobs.models import Job
from binhdang.server.web.asking import SYSTEM
cancel_job(by=SYSTEM, job=Job.objects.get(pk=sys.argv[1]))
"""


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data") as made:
        made.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        yield made


def ask(here: Installation, kind: str, *arguments: dict[str, Any]) -> list[str]:
    return here.python(ASK, kind, json.dumps(arguments)).split()


def told(here: Installation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(here.python(TOLD))
    return found


@contextmanager
def worker(here: Installation) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process until the block ends."""
    code = "import django; django.setup(); import job_trials; job_trials.work()"
    with subprocess.Popen([sys.executable, "-c", code], env=here.environment) as process:
        try:
            yield process
        finally:
            process.kill()


def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "it does not come to that"
        time.sleep(0.1)


def lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def all_done(here: Installation) -> bool:
    return all(status == "done" for status, *_ in told(here)["jobs"])


@pytest.mark.parametrize("where", ["inside", "after"])
def test_a_killed_workers_job_goes_on_where_it_stood(here: Installation, tmp_path: Path, where: str) -> None:
    file = tmp_path / "lines"
    ask(here, "count", {"steps": 6, "file": str(file), "kill": [where, 3]})
    with worker(here) as first:
        first.wait(PATIENCE)
        assert first.returncode == -signal.SIGKILL
    assert told(here)["jobs"][0][:2] == ["running", {"next": 3 if where == "inside" else 4}]
    with worker(here):
        until(lambda: all_done(here))
    assert sorted(told(here)["steps"]) == [str(step) for step in range(6)]
    assert {line.split()[1] for line in lines(file)[:3]} != {line.split()[1] for line in lines(file)[-2:]}


def test_two_workers_share_the_jobs_and_never_take_one_twice(here: Installation, tmp_path: Path) -> None:
    files = [tmp_path / f"lines{number}" for number in range(30)]
    ask(here, "count", *({"steps": 3, "file": str(file), "pause": 0.02} for file in files))
    with worker(here), worker(here):
        until(lambda: all_done(here))
    assert Counter(told(here)["steps"]) == {"0": 30, "1": 30, "2": 30}
    workers = {line.split()[1] for file in files for line in lines(file)}
    assert len(workers) == 2
    assert all(len({line.split()[1] for line in lines(file)}) == 1 and len(lines(file)) == 3 for file in files)


def test_a_job_that_always_kills_ends_failed_and_others_are_done(here: Installation, tmp_path: Path) -> None:
    ask(here, "kill", {})
    ask(here, "count", {"steps": 1, "file": str(tmp_path / "lines")})
    deaths = 0
    while told(here)["jobs"][0][0] != "failed":
        deaths += 1
        assert deaths <= 4
        with worker(here) as process:
            until(lambda: process.poll() is not None or told(here)["jobs"][0][0] == "failed")
    assert [job[0] for job in told(here)["jobs"]] == ["failed", "done"]
    assert told(here)["jobs"][0][3] == "job.killed"


def test_a_worker_told_to_leave_leaves_its_job_at_a_step(here: Installation, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    ask(here, "count", {"steps": 1000, "file": str(file), "pause": 0.05})
    with worker(here) as process:
        until(lambda: len(lines(file)) > 2)
        process.terminate()
        process.wait(PATIENCE)
        assert process.returncode == 0
    [[status, state, tries, _]] = told(here)["jobs"]
    assert (status, tries, told(here)["workers"]) == ("waiting", 0, 0)
    assert state == {"next": len(lines(file))}


def test_an_idle_worker_takes_a_new_job_and_leaves_when_told(here: Installation, tmp_path: Path) -> None:
    file = tmp_path / "lines"
    with worker(here) as process:
        until(lambda: told(here)["workers"] == 1)
        ask(here, "count", {"steps": 1, "file": str(file)})
        until(lambda: bool(lines(file)))
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        assert process.returncode == 0


def test_a_job_that_hangs_is_cancelled_all_the_same(here: Installation, tmp_path: Path) -> None:
    file = tmp_path / "hangs"
    [pk] = ask(here, "hang", {"file": str(file)})
    with worker(here) as process:
        until(file.exists)
        here.python(CANCEL, pk)
        process.wait(PATIENCE)
    with worker(here):
        until(lambda: told(here)["jobs"][0][0] == "cancelled")
