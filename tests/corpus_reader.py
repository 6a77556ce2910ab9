"""Readers that misbehave on demand. A module of its own, because each worker process imports it anew."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import hand_plan
from binhdang.errors import EncryptedFile
from binhdang.plan import Plan


def read(path: Path, log: Path | None = None) -> Plan:
    """A reader that does what the file says, and notes that it was asked."""
    if log:
        with log.open("a") as file:
            file.write(path.name + "\n")
    match path.read_text(encoding="utf-8").split():
        case ["locked"]:
            raise EncryptedFile(f"{path.name} có mật khẩu.", hint="Hãy bỏ mật khẩu.")
        case ["bug"]:
            raise ZeroDivisionError("không chia được")
        case ["crash"]:
            os._exit(7)
        case ["killed"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["slow", seconds]:
            time.sleep(float(seconds))
        case ["leave"]:
            sys.exit("bye")
    return replace(hand_plan.PLAN, source=path.name)


def hold(path: Path, marker: Path) -> Plan:
    """A reader that has started something which it must end, and does not come to its end by itself."""
    marker.touch()
    try:
        time.sleep(60)
    finally:
        marker.unlink()
    return replace(hand_plan.PLAN, source=path.name)


def whoami(task: int) -> tuple[int, int]:
    """The task and the process that did it."""
    return task, os.getpid()
