"""The province to try: filled once, by acts, never over real data."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from binhdang.access import ROLES
from binhdang.errors import BinhdangError
from binhdang.server.accounts.actions.people import add_person
from binhdang.server.accounts.models import Person, Post
from binhdang.server.agencies.models import Agency, ReportingLine
from binhdang.server.audit.models import Event
from binhdang.server.configuration import Configuration
from binhdang.server.running.demo import fill
from binhdang.server.running.story import Visitor
from binhdang.server.web.asking import SYSTEM
from installations import COMMAND, Installation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.CONFIGURATION = Configuration(folder=tmp_path)


def test_a_province_is_filled_with_people_in_every_role() -> None:
    demo = fill()
    assert {post.role for post in Post.objects.all()} == set(ROLES)
    assert Agency.objects.filter(kind="ubnd-xa").count() == 99
    assert Agency.objects.filter(kind="ubnd-huyen", end=date(2025, 6, 30)).count() == 6
    assert Agency.objects.count() == 13 + 99 + 6
    assert ReportingLine.objects.values("superior").distinct().count() == 1
    assert ReportingLine.objects.count() == 12 + 99
    # each thing that stands there was made by an act that left its event
    assert Event.objects.filter(verb="agency.add").count() == 118
    assert Event.objects.filter(verb="post.appoint").count() == len(demo.accounts) == Person.objects.count()
    request = RequestFactory().get("/")
    for account in demo.accounts:
        assert authenticate(request, username=account.username, password=demo.password) is not None


def test_what_was_filled_is_not_filled_again() -> None:
    first = fill()
    events = Event.objects.count()
    assert fill() == first
    assert Event.objects.count() == events


def test_nothing_is_filled_over_real_people() -> None:
    add_person(by=SYSTEM, username="lan", full_name="Nguyễn Thị Lan")
    with pytest.raises(BinhdangError, match="Nơi này đã có người dùng") as refused:
        fill()
    assert refused.value.code == "demo.filled"


def demo(folder: Path, *argv: str, stdout: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    environment = Installation(folder).environment
    argv = (COMMAND, "demo", "--folder", str(folder), *argv)
    return subprocess.Popen(argv, env=environment, stdout=stdout, stderr=subprocess.PIPE)


def test_it_plays_a_story_and_ends_where_nobody_watches_and_serves_where_somebody_does(tmp_path: Path) -> None:
    with demo(tmp_path / "data") as played:
        out, errors = (words.decode() for words in played.communicate(timeout=120))
    assert (played.returncode, errors) == (0, "")
    assert re.search(r"Máy chủ chạy ở http://127\.0\.0\.1:\d+; câu chuyện:\n(  ✓ .*\n){6,}", out)
    password = re.findall(r"tài khoản thử: (\S+)", out)[0]

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
        refused = watched(tmp_path / "data", "--port", port)
        assert "Không mở được cổng" in refused
    said = watched(tmp_path / "data", "--port", port, password=password)
    assert f"http://127.0.0.1:{port}/" in said
    assert f"tài khoản thử: {password}" in said  # what was filled is found again
    assert "daumoi" in said and "binhdang.request" not in said  # who can sign in is not pushed off the screen
    assert "account_login" in (tmp_path / "data" / "server.log").read_text("utf-8")


def watched(folder: Path, *argv: str, password: str = "") -> str:
    """What stands on the terminal of somebody who starts it, signs in, and ends it by Ctrl-C."""
    screen, terminal = os.openpty()
    with demo(folder, *argv, stdout=terminal) as server:
        os.close(terminal)
        until, address = time.monotonic() + 60, f"http://127.0.0.1:{argv[-1]}"
        while password and time.monotonic() < until:
            try:
                page = Visitor(address).send("/tai-khoan/login/", login="daumoi", password=password)
            except OSError:
                time.sleep(0.2)
            else:
                assert page.text.count("Nguyễn Thị Thu Hà")
                break
        if password:
            server.send_signal(signal.SIGINT)
        errors = server.communicate(timeout=60)[1].decode()
    try:
        return os.read(screen, 2**16).decode() + errors
    except OSError:  # nothing was written, and nobody is left to write
        return errors
    finally:
        os.close(screen)


def test_it_never_touches_postgresql(tmp_path: Path) -> None:
    place = Installation(tmp_path, "postgresql:///real")
    done = place.run("demo", "--folder", str(tmp_path / "data"))
    assert done.returncode == 2
    assert "[demo.filled] Dữ liệu thử chỉ nằm trong thư mục riêng" in done.stderr
    assert not (tmp_path / "data").exists()
