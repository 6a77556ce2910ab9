"""What is done by the clock goes on when one thing fails."""

from __future__ import annotations

import logging
import threading

import pytest
from django.db import DatabaseError

from binhdang.server.running.keeper import Chore, keep, kept_beside


def test_a_chore_that_fails_stops_no_other_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("binhdang.server.running.keeper.close_old_connections", lambda: None)
    done: list[str] = []

    def fails() -> None:
        done.append("fails")
        raise DatabaseError("gone away")

    with caplog.at_level(logging.CRITICAL):
        keep([Chore(0, fails), Chore(0, lambda: done.append("works"))], rounds=2, tick=0)
    assert done == ["fails", "works"] * 2


def test_a_chore_waits_for_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("binhdang.server.running.keeper.close_old_connections", lambda: None)
    done: list[str] = []
    keep([Chore(3600, lambda: done.append("hourly")), Chore(0, lambda: done.append("often"))], rounds=3, tick=0)
    assert done == ["hourly", "often", "often", "often"]


def test_a_chore_that_waits_for_others_holds_no_other_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("binhdang.server.running.keeper.close_old_connections", lambda: None)
    begun, answered, ended = threading.Event(), threading.Event(), threading.Event()

    def waits() -> None:
        begun.set()
        answered.wait(10)
        ended.set()

    done: list[str] = []
    with kept_beside([Chore(0, waits)], tick=0):
        assert begun.wait(10)
        keep([Chore(0, lambda: done.append("meanwhile"))], rounds=2, tick=0)
        assert not ended.is_set()
        answered.set()
    assert ended.is_set()  # what was begun came to its end
    assert done == ["meanwhile"] * 2
