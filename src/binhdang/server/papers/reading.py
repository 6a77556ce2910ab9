"""A paper is read in the background, in a process of its own: a hostile file ends that process, not the worker."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from binhdang.errors import BinhdangError
from binhdang.server.files.actions import place_of
from binhdang.server.jobs.running import Running
from binhdang.server.papers.actions.adding import take_reading, tell_failure
from binhdang.server.papers.models import Paper
from binhdang.version import __version__

PATIENCE = 30 * 60  # seconds: a scan of 500 pages


class Unread(BinhdangError):
    """A paper that could not be read, with the reader's own words."""

    code = "paper.unread"


def read(running: Running) -> None:
    """The job: reads the paper's file and keeps the Reading; what went wrong is told at the paper."""
    paper = _papers().get(pk=UUID(running.arguments["paper"]))
    running.progress(0, 1, f"Đang đọc “{paper.name}”")
    try:
        record = read_apart(paper)
    except BinhdangError as e:
        tell_failure(by=running.by, paper=paper.pk, message=str(e))
        raise
    take_reading(by=running.by, paper=paper.pk, reader=__version__, record=record)
    running.progress(1, 1, "Đã đọc xong")


def read_apart(paper: Paper) -> dict[str, Any]:
    """The plan's JSON of a paper's file. Raises Unread."""
    argv = [sys.executable, "-m", "binhdang.server.papers.reading_process", str(place_of(paper.content_id)), paper.name]
    try:
        done = subprocess.run(argv, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired as e:
        raise Unread(f"Đọc “{paper.name}” quá lâu nên đã dừng.", hint="Hãy tách tệp hoặc gửi bản có chữ.") from e
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError as e:
        raise Unread(f"Không đọc được “{paper.name}”.", hint="Hãy gửi lại tệp, hoặc lưu sang PDF rồi gửi.") from e
    if "error" in told:
        raise Unread(told["error"], hint=told["hint"], code=told["code"])
    return told


def _papers() -> QuerySet[Paper]:
    return Paper.objects.select_related("content")
