"""A folder of plans on one worker and on two; a worker's memory; the cost of the import."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import papers
from binhdang.cli import corpus
from figure import show


def run(count: int) -> list[bool]:
    """`count` generated plans."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "plans"
        papers.generate(folder, count)
        speeds = {}
        peak = _Peak()
        peak.start()
        for workers in (1, 2):
            start = time.perf_counter()
            tally = corpus.run(folder, Path(place) / f"{workers}.jsonl", workers=workers)
            speeds[workers] = count / (time.perf_counter() - start)
            if tally.failed:
                raise SystemExit(f"{tally.failed} generated plans were not read")
        peak.over.set()
        peak.join()
    return [
        show("corpus.one-worker", speeds[1], "plans/s"),
        show("corpus.two-workers", speeds[2], "plans/s"),
        show("corpus.gain-of-the-second", speeds[2] / speeds[1], "times", goal=1.7, most=False),
        show("corpus.memory-of-a-worker", peak.megabytes, "MB", goal=300),
    ]


class _Peak(threading.Thread):
    """The most memory that any process under this one ever held, looked up twice a second. Linux only."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.megabytes = 0.0

    def run(self) -> None:
        """Looks until `over` is set."""
        while not self.over.wait(0.5):
            parents, held = {}, {}
            for folder in Path("/proc").glob("[0-9]*"):
                try:
                    status = (folder / "status").read_text()
                except OSError:  # ended meanwhile
                    continue
                parents[int(folder.name)] = int(re.search(r"^PPid:\s+(\d+)", status, re.M)[1])  # type: ignore[index]
                if most := re.search(r"^VmHWM:\s+(\d+) kB", status, re.M):
                    held[int(folder.name)] = int(most[1]) / 1024
            family = {os.getpid()}
            while new := {pid for pid, parent in parents.items() if parent in family} - family:
                family |= new
            self.megabytes = max([self.megabytes, *(held.get(pid, 0) for pid in family - {os.getpid()})])


def imports() -> list[bool]:
    """`import binhdang` in a fresh process."""
    took, bare = (_process(code) for code in ("import binhdang", "pass"))
    against = "python -c pass"
    return [show("import", took, "ms", goal=150, reference=bare, against=against)]


def _process(code: str) -> float:
    times = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return min(times) * 1000
