"""A backup rehearsed: made from a running installation, put back on an empty one, and the same things stand there."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from accounts_builders import PASSWORD

from binhdang.server.running.story import Visitor
from installations import Installation, installation

# A province at work: agencies, people, a change entered ahead, a file kept, all in three sealed batches.
FILL = """
import sys
from datetime import timedelta
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0, skip_checks=True)
from accounts_builders import PASSWORD, province
from binhdang.server.accounts.actions.people import change_password
from binhdang.server.agencies.actions import OutcomeDraft, TransferDraft, plan_change
from binhdang.server.audit.sealing import export_heads, seal
from binhdang.server.files.actions import keep
from binhdang.server.web.asking import SYSTEM
from django.conf import settings
here = province()
seal()
for who in ("lead", "admin"):
    change_password(by=here.by(who), person=here.people[who], password=PASSWORD)
seal()
kept = keep(by=here.by("officer"), parts=[b"%PDF-1.7\\n" + b"x" * 1000], name="minh chung.pdf")
plan_change(
    by=here.by("admin"), subject="agency", kind="rename", on=timezone.localdate() + timedelta(days=40),
    decree="07/QĐ-UBND", outcomes=[OutcomeDraft(name="Sở Nội vụ và Việc làm")],
    transfers=[TransferDraft(here.agencies["department"].pk, 0, "whole")],
)
seal()
export_heads(settings.CONFIGURATION.folder / "audit-heads")
print(kept.digest, here.agencies["department"].pk, here.people["officer"].pk)
"""
# What somebody with the database's own powers could do.
TAMPER = """
from django.db import connection
with connection.cursor() as cursor:
    for name in ("event_kept", "event_unchanged"):
        cursor.execute(f"DROP TRIGGER audit_{name}" + (" ON audit_event" if connection.vendor == "postgresql" else ""))
    cursor.execute("UPDATE audit_event SET person = 'another' WHERE verb = 'file.keep'")
"""
TRY = """
import sys
from pathlib import Path
from binhdang.server.running.backup import BackupError, restore
for path in sys.argv[1:]:
    try:
        restore(Path(path))
    except BackupError as e:
        print(e.message)
"""
KEY = "a key that is kept elsewhere than on the server"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, list[str]]]:
    """An installation at work, with half a file that an upload left; and ids of what stands in it."""
    with installation(tmp_path_factory.mktemp("from"), secret_key=KEY) as place:
        told = place.python(FILL).split()
        (place.folder / "files" / ".half").write_bytes(b"half a f")
        yield place, told


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """An installation with nothing in it."""
    with installation(tmp_path / "to", secret_key=KEY) as place:
        yield place


def looked_at(address: str, visitors: list[Visitor], paths: list[str]) -> dict[tuple[int, str], str]:
    """Pages as several people see them, without the tokens of forms and the time of day."""
    seen = {}
    for number, visitor in enumerate(visitors):
        visitor.address = address
        for path in paths:
            page = visitor.get(path)
            assert (page.status, "/login/" in page.url) == (200, False), path
            seen[number, path] = re.sub(r'value="\w{64}"|\d\d?:\d\d(:\d\d)?', "", page.text)
    return seen


def test_a_restored_installation_shows_the_same_pages(
    filled: tuple[Installation, list[str]], empty: Installation, tmp_path: Path
) -> None:
    place, (digest, department, officer) = filled
    archive = tmp_path / "backups" / "one.bdb"
    paths = ["/", "/don-vi/", "/don-vi/tim/?tim=lao+cai", "/don-vi/co-quan/", f"/don-vi/co-quan/{department}/"]
    paths += ["/don-vi/thay-doi/", "/nguoi-dung/", f"/nguoi-dung/{officer}/", "/nguoi-dung/toi/"]
    with place.served() as address:
        visitors = [Visitor(address) for _ in range(2)]
        for visitor, who in zip(visitors, ("lead", "admin"), strict=True):
            visitor.send("/tai-khoan/login/", login=who, password=PASSWORD)
        before = looked_at(address, visitors, paths)
        before |= looked_at(address, visitors[:1], ["/nguoi-dung/nhat-ky/"])
        made = place.run("backup", str(archive))  # while it is served
        assert (made.returncode, made.stderr) == (0, "")
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in archive.parent.iterdir()] == ["one.bdb"]

    back = empty.run("restore", str(archive))
    assert (back.returncode, back.stderr) == (0, "")
    assert "sự kiện đã niêm phong, nguyên vẹn." in back.stdout
    with empty.served() as address:  # the key is the same, so whoever was signed in still is
        after = looked_at(address, visitors, paths)
        after |= looked_at(address, visitors[:1], ["/nguoi-dung/nhat-ky/"])
    assert after == before
    assert "Sở Nội vụ và Việc làm" in after[0, "/don-vi/thay-doi/"]  # a look that would see something
    assert (empty.folder / "files" / digest[:2] / digest).read_bytes().startswith(b"%PDF")
    assert not (empty.folder / "files" / ".half").exists()

    again = empty.run("restore", str(archive))
    assert again.returncode == 2
    assert "[server.backup] Nơi này đã có dữ liệu nên không phục hồi đè lên." in again.stderr


def test_a_backup_of_a_broken_audit_is_restored_but_not_called_whole(empty: Installation, tmp_path: Path) -> None:
    with installation(tmp_path / "broken", secret_key=KEY) as place:
        place.python(FILL + TAMPER)
        archive = tmp_path / "broken.bdb"
        assert place.run("backup", str(archive)).returncode == 0
    back = empty.run("restore", str(archive))
    assert back.returncode == 1
    assert "HỎNG: lô 3 có sự kiện đã bị sửa" in back.stderr
    assert "nguyên vẹn" not in back.stdout
    assert empty.run("audit", "verify").returncode == 1


def test_a_locked_backup_opens_with_its_key_alone(
    filled: tuple[Installation, list[str]], empty: Installation, tmp_path: Path
) -> None:
    archive, key, other = tmp_path / "two.age", tmp_path / "key.txt", tmp_path / "other.txt"
    public = ""
    for path in (other, key):
        made = filled[0].run("backup", "--new-key", str(path))
        public = made.stdout.split("--for): ")[1].split()[0]
        assert path.stat().st_mode & 0o777 == 0o600
    assert filled[0].run("backup", str(archive), "--for", public).returncode == 0
    assert archive.read_bytes().startswith(b"age-encryption.org")
    for argv, said in (
        ([], "Bản sao lưu này có khóa."),
        (["--identity", str(other)], "Không mở được bản sao lưu bằng khóa này."),
    ):
        refused = empty.run("restore", str(archive), *argv)
        assert refused.returncode == 2
        assert said in refused.stderr
    back = empty.run("restore", str(archive), "--identity", str(key))
    assert (back.returncode, back.stderr) == (0, "")


def changed(archive: Path, out: Path, start: str) -> Path:
    """The backup with a byte more in the member whose name starts so."""
    with tarfile.open(archive) as old, tarfile.open(out, "w:gz") as new:
        for info in old:
            content = old.extractfile(info)
            assert content is not None
            place = out.with_name("member")
            place.write_bytes(content.read() + (b" " if info.name.startswith(start) else b""))
            new.add(place, info.name)
    return out


def test_a_backup_that_was_cut_or_changed_is_refused_whole(
    filled: tuple[Installation, list[str]], empty: Installation, tmp_path: Path
) -> None:
    archive = tmp_path / "one.bdb"
    filled[0].run("backup", str(archive))
    cut, other = tmp_path / "cut.bdb", tmp_path / "other.bdb"
    cut.write_bytes(archive.read_bytes()[:-2000])
    other.write_text("Đây là tệp khác.")
    cases = {
        cut: "không phải là bản sao lưu của binhdang, hoặc bị cắt",
        other: "không phải là bản sao lưu",
        tmp_path / "none.bdb": "Không mở được",
        changed(archive, tmp_path / "changed.bdb", "files/"): "thiếu hoặc khác lúc sao lưu",
    }
    told = empty.python(TRY, *map(str, cases)).splitlines()
    assert [said in line for said, line in zip(cases.values(), told, strict=True)] == [True] * 4, told
    assert list(empty.folder.iterdir()) == []
    taken = filled[0].run("backup", str(archive))
    assert (taken.returncode, "đã có" in taken.stderr) == (2, True)
