"""Jobs for tests that end real worker processes: each step leaves a line, so that one done twice shows."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from binhdang.server.audit.actions import act
from binhdang.server.jobs import turns, worker
from binhdang.server.jobs.kinds import Kind, register
from binhdang.server.jobs.running import Running


def count(running: Running) -> dict[str, str]:
    """So many steps, each an act and a line; at one of them the first worker is killed, after the step was kept or before."""
    steps, file = running.arguments["steps"], Path(running.arguments["file"])
    for step in range(running.state.get("next", 0), steps):
        with transaction.atomic():
            with act("step.do", by=running.by, kind="step", subject=step, parent=running.event):
                pass
            running.save({"next": step + 1})
            _kill_once(running, "inside", step)
        _kill_once(running, "after", step)
        with file.open("a") as lines:
            lines.write(f"{step} {os.getpid()}\n")
        running.progress(step + 1, steps, f"bước {step + 1}")
        time.sleep(running.arguments.get("pause", 0))
    return {"url": "/"}


def _kill_once(running: Running, where: str, step: int) -> None:
    mark = Path(running.arguments["file"] + ".killed")
    if running.arguments.get("kill") == [where, step] and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def kill(running: Running) -> None:
    """Ends its worker each time."""
    os.kill(os.getpid(), signal.SIGKILL)


def hang(running: Running) -> None:
    """Never comes to a step."""
    Path(running.arguments["file"]).touch()
    while True:
        time.sleep(1)


def setup() -> None:
    """Registers the kinds; the code of a test's process begins so."""
    for run in (count, kill, hang):
        register(Kind(run.__name__, run.__name__, run))


def work() -> None:
    """A worker process that knows these kinds and waits less than a real one."""
    setup()
    worker._BEAT, worker._PATIENCE, turns._WAITS = 0.5, timedelta(seconds=1), (1, 1, 1)
    call_command("work")
