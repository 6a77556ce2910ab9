"""Whether a process that once said who it is still lives; known only on the same machine, at once, without waiting."""

from __future__ import annotations

import socket
from pathlib import Path

_PROC = Path("/proc")


def this_machine() -> str:
    """This start of this machine, or of the container, as process numbers are told apart by. Empty where it is not known."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot}/{(_PROC / 'self/ns/pid').readlink()}"[:100]
    except OSError:
        return socket.gethostname()[:100]


def process_named(pid: int) -> str:
    """The process with this number: the number and when it started, as numbers are used again. Empty for none."""
    try:
        told = (_PROC / str(pid) / "stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if told[0] in "ZX" else f"{pid}:{told[19]}"  # the 22nd field of proc(5): when it started


def is_gone(machine: str, process: str) -> bool:
    """Whether a process is known to live no more; False where that cannot be told from here."""
    if not process or machine != this_machine():
        return False
    return process_named(int(process.partition(":")[0])) != process
