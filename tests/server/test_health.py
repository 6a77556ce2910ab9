"""What the watchers of an installation are told."""

from __future__ import annotations

from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from binhdang.server.audit.actions import act
from binhdang.server.configuration import Configuration
from binhdang.server.running import health
from binhdang.server.web.asking import SYSTEM

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.CONFIGURATION = Configuration(folder=tmp_path)
    return tmp_path


def test_it_lives_without_looking_at_the_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_it_is_ready_when_all_is_there(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "faults": []})


@pytest.mark.django_db
def test_what_is_missing_is_named(client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: Usage(10, 9, 1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["faults"]) == (503, ["disk"])
    folder.rmdir()

    def gone(connection: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", gone)
    assert client.get("/readyz").json()["faults"] == ["database", "folder"]


@pytest.mark.django_db
def test_figures_are_for_this_machine_alone(client: Client) -> None:
    with act("thing.make", by=SYSTEM, kind="thing", subject="1"):
        pass
    told = client.get("/metrics").content.decode()
    assert "binhdang_events_unsealed 1\n" in told
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 404
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="10.0.0.9").status_code == 404
