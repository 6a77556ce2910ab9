"""A backup rehearsed: made from a running installation, put back on an empty one, and the same things stand there."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

COMMAND = str(Path(sys.executable).with_name("binhdang"))
FILL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import SYSTEM
from binhdang.server.audit.sealing import seal
for n in range(3):
    with act("thing.make", by=SYSTEM, kind="thing", subject=str(n)) as doing:
        doing.changed("name", None, "Đơn vị số %d" % n)
    seal()
"""
TELL = """
import django; django.setup()
from binhdang.server.audit.models import Event
print(sorted(event.after["name"] for event in Event.objects.all()))
"""


Place = tuple[Path, str]  # an installation: its folder and its database's setting, "" for SQLite in the folder


@contextmanager
def installation(folder: Path, name: str) -> Iterator[Place]:
    """An installation with nothing in it, of the kind of database that is tested."""
    asked = os.environ.get("BINHDANG_DATABASE", "")
    if not asked:
        yield folder, ""
        return
    told = conninfo_to_dict(asked)
    with psycopg.connect(asked, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield folder, f"postgresql:///{name}?host={told['host']}&user={told['user']}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(place: Place, *argv: str) -> subprocess.CompletedProcess[str]:
    """A command of an installation."""
    folder, database = place
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BINHDANG_")}
    environment |= {"BINHDANG_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": "binhdang.server.settings"}
    if database:
        environment["BINHDANG_DATABASE"] = database
    return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """An installation with three events, two files that are kept, and half a file that is not."""
    folder = tmp_path_factory.mktemp("from")
    for kept in ("files/ab/abcd", "audit-heads/2026-11-01.json"):
        (folder / kept).parent.mkdir(parents=True)
    (folder / "files/ab/abcd").write_bytes(b"evidence")
    (folder / "files/ab/.half").write_bytes(b"half a f")
    with installation(folder, "backup_from") as place:
        done = run(place, sys.executable, "-c", FILL)
        assert done.returncode == 0, done.stderr
        yield place


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Place]:
    """An installation with nothing in it."""
    with installation(tmp_path / "to", "backup_to") as place:
        yield place


def test_what_was_backed_up_stands_again_on_an_empty_machine(filled: Place, empty: Place, tmp_path: Path) -> None:
    archive, there = tmp_path / "backups" / "one.bdb", empty[0]
    made = run(filled, COMMAND, "backup", str(archive))
    assert (made.returncode, made.stderr) == (0, "")
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in archive.parent.iterdir()] == ["one.bdb"]
    back = run(empty, COMMAND, "restore", str(archive))
    assert (back.returncode, back.stderr) == (0, "")
    assert "Nhật ký: 3 sự kiện đã niêm phong, nguyên vẹn." in back.stdout
    told = run(empty, sys.executable, "-c", TELL)
    assert told.stdout.strip() == "['Đơn vị số 0', 'Đơn vị số 1', 'Đơn vị số 2']"
    assert (there / "files/ab/abcd").read_bytes() == b"evidence"
    assert not (there / "files/ab/.half").exists()
    assert (there / "secret.key").exists()  # its own, not the old one

    again = run(empty, COMMAND, "restore", str(archive))
    assert again.returncode == 2
    assert "[server.backup] Nơi này đã có dữ liệu nên không phục hồi đè lên." in again.stderr


def test_a_locked_backup_opens_with_its_key_alone(filled: Place, empty: Place, tmp_path: Path) -> None:
    archive, key, other = tmp_path / "two.age", tmp_path / "key.txt", tmp_path / "other.txt"
    public = ""
    for path in (other, key):
        made = run(filled, COMMAND, "backup", "--new-key", str(path))
        public = made.stdout.split("--for): ")[1].split()[0]
        assert path.stat().st_mode & 0o777 == 0o600
    assert run(filled, COMMAND, "backup", str(archive), "--for", public).returncode == 0
    assert archive.read_bytes().startswith(b"age-encryption.org")
    for argv, said in (
        ([], "Bản sao lưu này có khóa."),
        (["--identity", str(other)], "Không mở được bản sao lưu bằng khóa này."),
    ):
        refused = run(empty, COMMAND, "restore", str(archive), *argv)
        assert refused.returncode == 2
        assert said in refused.stderr
    back = run(empty, COMMAND, "restore", str(archive), "--identity", str(key))
    assert (back.returncode, back.stderr) == (0, "")


def changed(archive: Path, out: Path, member: str) -> Path:
    """The backup with a byte more in one member."""
    with tarfile.open(archive) as old, tarfile.open(out, "w:gz") as new:
        for info in old:
            content = old.extractfile(info)
            assert content is not None
            place = out.with_name("member")
            place.write_bytes(content.read() + (b" " if info.name == member else b""))
            new.add(place, info.name)
    return out


def test_a_backup_that_was_cut_or_changed_is_refused_whole(filled: Place, empty: Place, tmp_path: Path) -> None:
    archive, there = tmp_path / "one.bdb", empty[0]
    run(filled, COMMAND, "backup", str(archive))
    cut = tmp_path / "cut.bdb"
    cut.write_bytes(archive.read_bytes()[:-2000])
    (tmp_path / "other.bdb").write_text("Đây là tệp khác.")
    cases = {
        cut: "không phải là bản sao lưu của binhdang, hoặc bị cắt",
        tmp_path / "other.bdb": "không phải là bản sao lưu",
        tmp_path / "none.bdb": "Không mở được",
        changed(archive, tmp_path / "changed.bdb", "files/ab/abcd"): "files/ab/abcd thiếu hoặc khác lúc sao lưu",
    }
    for path, said in cases.items():
        refused = run(empty, COMMAND, "restore", str(path))
        assert (refused.returncode, said in refused.stderr) == (2, True), refused.stderr
        assert [p.name for p in there.iterdir()] == []
    taken = run(filled, COMMAND, "backup", str(archive))
    assert (taken.returncode, "đã có" in taken.stderr) == (2, True)
