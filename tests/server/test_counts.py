"""Counts of several processes are one, also of those that were killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from binhdang.server.configuration import Configuration
from binhdang.server.web import counts


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


def test_what_has_no_room_is_left_out(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "_MOST", 2)
    for name in ("a", "b" * 121, "c", "d", "a"):
        counts.add(name)
    assert counts.totals() == {"a": 2, "c": 1}
