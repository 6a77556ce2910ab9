"""Counts of several processes are one, also of those that were killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from binhdang.server.configuration import Configuration
from binhdang.server.running.health import _counted
from binhdang.server.web import counts
from binhdang.server.web.watching import BUCKETS


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.CONFIGURATION = Configuration(folder=tmp_path)
    monkeypatch.setattr(counts, "_sheet", None)
    return tmp_path


def test_processes_count_together(fresh: Path) -> None:
    (fresh / "run").mkdir()
    counts.add('seen{view="home"}')
    for _ in range(3):
        child = os.fork()
        if not child:  # a copy of this process begins its own sheet
            counts.add('seen{view="home"}', 2)
            counts.add("more", 0.5)
            (fresh / f"done{os.getpid()}").touch()
            time.sleep(60)
        while not (fresh / f"done{child}").exists():
            time.sleep(0.01)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert counts.totals() == {'seen{view="home"}': 7, "more": 1.5}
    assert len(list((fresh / "run").iterdir())) == 4


def test_without_a_folder_a_process_counts_for_itself(fresh: Path) -> None:
    counts.add("seen")
    counts.add("seen")
    assert counts.totals() == {"seen": 2}
    assert list(fresh.iterdir()) == []


def test_a_full_disk_ends_no_process(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*a: object) -> int:
        raise OSError(28, "No space left on device")

    (fresh / "run").mkdir()
    counts.add("a")
    monkeypatch.setattr(counts.os, "pwrite", full)
    counts.add("a")
    counts.add("b" * 121)  # and a name that is too long
    monkeypatch.undo()


def test_buckets_hold_all_below_their_bound() -> None:
    totals = {
        'x_bucket{view="a",le="0.025"}': 3.0,
        'x_bucket{view="a",le="0.1"}': 2.0,
        'x_bucket{view="a",le="+Inf"}': 1.0,
        'x_sum{view="a"}': 11.5,
        'y_total{status="2xx"}': 6.0,
    }
    told = [f"{le:g}" for le in BUCKETS] + ["+Inf"]
    expected = dict(zip(told, [0, 3, 3, 5, 5, 5, 5, 5, 5, 6], strict=True))
    lines = _counted(totals)
    assert {line for line in lines if "_bucket{" in line} == {
        f'x_bucket{{view="a",le="{le}"}} {count}' for le, count in expected.items()
    }
    assert [line for line in lines if "_bucket{" not in line] == [
        "# TYPE x histogram",
        'x_count{view="a"} 6',
        'x_sum{view="a"} 11.5',
        "# TYPE y_total counter",
        'y_total{status="2xx"} 6',
    ]
