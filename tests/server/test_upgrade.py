"""What earlier releases left in their databases is carried on: tomorrow's migrations run on their real rows.

Each folder of `releases` holds a backup of a filled installation, made by that release's own code on each kind of
database (script/snapshot.py), what stood in it, and the migrations that went out with the release.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import binhdang.server
from binhdang.server.running.story import Visitor
from installations import Installation, installation

RELEASES = sorted((Path(__file__).parent / "releases").iterdir())
ROOMS = Path(binhdang.server.__file__).parent
COUNT = """
import json, sys
from django.apps import apps
labels = [label for label in json.load(sys.stdin) if label.partition(".")[0] in apps.app_configs]
print(json.dumps({label: apps.get_model(label)._default_manager.count() for label in labels}))
"""
LOCKED = "has gone to others: a later change of the tables is a new migration"


def code_of(secret: str) -> str:
    """The six digits that an authenticator shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_migration_that_went_out_is_never_edited(release: Path) -> None:
    went_out = json.loads((release / "migrations.json").read_text())
    assert len(went_out) > 5
    for name, digest in went_out.items():
        room, _, file = name.partition("/")
        now = hashlib.sha256((ROOMS / room / "migrations" / file).read_bytes()).hexdigest()
        assert now == digest, f"{name} {LOCKED}"


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_every_table_of_the_rooms_had_rows(release: Path) -> None:
    for told in (
        json.loads(path.read_text("utf-8")) for path in (release / "sqlite.json", release / "postgresql.json")
    ):
        assert [label for label in told["empty"] if label.partition(".")[0] not in ("account", "auth")] == []


@pytest.fixture(scope="module", params=RELEASES, ids=lambda path: path.name)
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An installation of a release, as it was backed up then, under today's code; and what stood in it."""
    told = json.loads((request.param / f"{connection.vendor}.json").read_text("utf-8"))
    with installation(tmp_path_factory.mktemp("upgraded") / "data") as place:
        done = place.run("restore", str(request.param / f"{connection.vendor}.bdb"))
        assert (done.returncode, done.stderr) == (0, "")
        assert "nguyên vẹn" in done.stdout  # the audit of then verifies
        yield place, told


def test_nothing_that_stood_there_is_lost(upgraded: tuple[Installation, dict[str, Any]]) -> None:
    place, told = upgraded
    now = json.loads(place.python(COUNT, stdin=json.dumps(list(told["rows"]))))
    assert len(now) > 15
    assert {label: count for label, count in now.items() if count < told["rows"][label]} == {}
    assert (place.folder / "files" / told["file"][:2] / told["file"]).read_bytes().startswith(b"%PDF")


def test_people_of_then_sign_in_and_find_their_things(upgraded: tuple[Installation, dict[str, Any]]) -> None:
    place, told = upgraded
    with place.served() as address:
        admin, lead = Visitor(address), Visitor(address)
        admin.send("/tai-khoan/login/", login="administrator", password=told["password"])
        lead.send("/tai-khoan/login/", login="programme_lead@tinh.gov.vn", password=told["password"])
        secret = told["second_factor"]["programme_lead"]
        inside = lead.send("/tai-khoan/2fa/authenticate/", code=code_of(secret))
        assert (inside.status, "/tai-khoan/" in inside.url) == (200, False)
        looks = {
            (admin, f"/don-vi/co-quan/{told['agency']}/"): "Ban Hai",
            (admin, "/don-vi/thay-doi/"): "Hội Liên hiệp Phụ nữ tỉnh",
            (admin, "/nguoi-dung/"): "Y Đăm Niê",
            (lead, "/nguoi-dung/nhat-ky/"): "Sở Giáo dục và Đào tạo",
            (lead, "/"): "Nguyễn Thị Thu Hà",
        }
        for (who, path), said in looks.items():
            page = who.get(path)
            assert (page.status, said in page.text) == (200, True), path
