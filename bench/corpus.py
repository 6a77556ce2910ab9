"""A folder of plans on one worker and on two; a worker's memory; the cost of the import."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
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
        for workers in (1, 2):
            start = time.perf_counter()
            tally = corpus.run(folder, Path(place) / f"{workers}.jsonl", workers=workers)
            speeds[workers] = count / (time.perf_counter() - start)
            if tally.failed:
                raise SystemExit(f"{tally.failed} generated plans were not read")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        show("corpus.one-worker", speeds[1], "plans/s"),
        show("corpus.two-workers", speeds[2], "plans/s"),
        show("corpus.gain-of-the-second", speeds[2] / speeds[1], "times", goal=1.7, most=False),
        show("corpus.memory-of-a-worker", memory, "MB", goal=300),
    ]


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
