"""What goes wrong is told to people in words they can act on, and to programs as problem+json."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from web_pages import ERRORS

from binhdang.server.accounts.models import Person
from binhdang.server.web.views import broken
from installations import Installation

pytestmark = pytest.mark.urls("web_pages")


@pytest.fixture
def client(db: None) -> Client:
    person = Person.objects.create(username="lan", full_name="Nguyễn Thị Lan")
    client = Client(raise_request_exception=False)
    client.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


TOLD = [
    ("refused", 400, "act.refused", ["Chưa làm được", "Cơ quan này đã kết thúc từ 01/03/2025.", "cơ quan kế thừa"]),
    ("conflict", 409, "record.conflict", ["Người khác vừa sửa mục này", "Hãy xem lại."]),
    ("denied", 403, "access.denied", ["không có quyền", "Cơ quan của bạn không có phần việc ở đây."]),
    ("denied-without-words", 403, "access.denied", ["không có quyền", "Nhiệm vụ của bạn không gồm việc này."]),
    ("khong-co", 404, "page.not-found", ["Không tìm thấy trang này", "kiểm tra lại địa chỉ"]),
    ("broken", 500, "server.fault", ["không phải do bạn", "báo người quản trị"]),
]


def address(how: str, under: str = "") -> str:
    return f"{under}/hong/{how}/" if how in ERRORS else f"{under}/{how}/"


@pytest.mark.parametrize(("how", "status", "code", "words"), TOLD)
def test_people_read_what_happened_and_what_to_do(
    client: Client, how: str, status: int, code: str, words: list[str]
) -> None:
    answer = client.get(address(how))
    page = answer.content.decode()
    assert answer.status_code == status
    assert [word for word in words if word not in page] == []
    assert 'href="/"' in page
    assert "secret" not in page
    assert "Error" not in page


@pytest.mark.parametrize("asked", ["by address", "by what it accepts"])
@pytest.mark.parametrize(("how", "status", "code", "words"), TOLD)
def test_programs_get_problem_json(
    client: Client, how: str, status: int, code: str, words: list[str], asked: str
) -> None:
    if asked == "by address":
        answer = client.get(address(how, "/api"))
    else:
        answer = client.get(address(how), headers={"accept": "application/json"})
    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert words[-1] in problem["detail"]
    assert "secret" not in answer.content.decode()


def test_a_browser_that_takes_anything_gets_a_page(client: Client) -> None:
    answer = client.get(address("refused"), headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer["Content-Type"].startswith("text/html")


def test_a_conflict_shows_both_values_side_by_side(client: Client) -> None:
    page = client.get(address("differences")).content.decode()
    assert page.index("Bạn vừa nhập") < page.index("Sở Nội vụ") < page.index("Nội dung mới")
    assert "&lt;b&gt;Sở&lt;/b&gt;" in page


def test_the_page_for_a_fault_asks_nothing_of_the_database() -> None:
    answer = broken(RequestFactory().get("/"))  # pytest-django forbids the database here
    assert answer.status_code == 500
    assert "Phần mềm vừa gặp trục trặc" in answer.content.decode()


def test_a_stranger_reads_what_happened_without_the_frame(db: None) -> None:
    page = Client().get("/khong-co/").content.decode()
    assert "Không tìm thấy trang này" in page
    assert 'class="places"' not in page


def test_an_old_form_is_refused_with_a_way_to_keep_what_was_typed(client: Client) -> None:
    client.handler.enforce_csrf_checks = True
    answer = client.post("/thanh-phan/", {"name": "Sở Nội vụ"})
    assert answer.status_code == 403
    assert "mở quá lâu" in answer.content.decode()
    assert "chép lại nội dung" in answer.content.decode()


def disk_full(kind: type[Exception]) -> Exception:
    """As the database's driver and Django raise it."""
    error = OperationalError("no room")
    error.__cause__ = kind("could not extend file")
    return error


class SqliteFull(Exception):
    sqlite_errorname = "SQLITE_FULL"


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (disk_full(psycopg.errors.DiskFull), 507),
        (disk_full(SqliteFull), 507),
        (OSError(28, "No space left on device"), 507),
        (disk_full(psycopg.errors.UniqueViolation), 500),
        (OSError(5, "Input/output error"), 500),
    ],
)
def test_a_full_disk_is_told_as_one(
    client: Client, monkeypatch: pytest.MonkeyPatch, raised: Exception, status: int
) -> None:
    monkeypatch.setitem(ERRORS, "broken", raised)
    answer = client.get("/hong/broken/")
    assert (answer.status_code, "hết chỗ trống" in answer.content.decode()) == (status, status == 507)
    assert client.get("/api/hong/broken/").json()["code"] == ("server.no-room" if status == 507 else "server.fault")


# An installation whose database may not grow any more, until it may again.
FILL_UP = """
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from binhdang.server.accounts.actions.people import add_person
from binhdang.server.accounts.models import Person
from binhdang.server.audit.models import Event
from binhdang.server.audit.sealing import seal, verify
from binhdang.server.web.disks import has_no_room
from binhdang.server.web.asking import SYSTEM
def most(pages):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")
def add(name):
    add_person(by=SYSTEM, username=name, full_name="Nguyễn Văn An")
most(connection.cursor().execute("PRAGMA page_count").fetchone()[0] + 20)
try:
    for n in range(2_000):
        add(f"nguoi{n}")
except Exception as e:
    print(has_no_room(e), n)
most(2**30)
print(Person.objects.count(), Event.objects.count())
add("sau")
seal()
print(connection.cursor().execute("PRAGMA integrity_check").fetchone()[0], verify().broken)
"""


def test_a_database_that_cannot_grow_loses_nothing(tmp_path: Path) -> None:
    told = Installation(tmp_path / "data").python(FILL_UP).split("\n")
    full, added = told[0].split()
    assert (full, int(added) > 5) == ("True", True)
    assert told[1] == f"{added} {added}"  # each with its event, and of the one that failed neither
    assert told[2] == "ok []"  # and it goes on


@pytest.mark.django_db
def test_every_answer_has_the_headers_that_keep_browsers_safe(client: Client) -> None:
    asked = {
        "page": client.get("/"),
        "no such page": client.get("/khong-co/"),
        "refused": client.get("/?tim=%00"),
        "too large": client.generic("POST", "/", CONTENT_LENGTH="99999999"),
        "fault": client.get("/hong/broken/"),
    }
    assert [answer.status_code for answer in asked.values()] == [200, 404, 400, 413, 500]
    for what, answer in asked.items():
        policy = answer["Content-Security-Policy"]
        told = {part.strip() for part in policy.split(";")}
        assert {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= told, what
        assert answer["X-Content-Type-Options"] == "nosniff", what
        assert answer["Referrer-Policy"] == "same-origin", what
        assert "charset=utf-8" in answer["Content-Type"], what
    assert client.post("/tai-khoan/logout/")["Clear-Site-Data"] == '"cache", "storage"'
