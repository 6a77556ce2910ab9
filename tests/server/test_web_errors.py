"""What goes wrong is told to people in words they can act on, and to programs as problem+json."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory
from web_pages import ERRORS

from binhdang.server.accounts.models import Person
from binhdang.server.web.views import broken

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
