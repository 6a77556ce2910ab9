"""The journal: who reads which events, found how, and every act told in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from accounts_builders import Province, person, province, signed_in
from django.utils import timezone

import binhdang.server
from binhdang.server.accounts.actions import people, posts
from binhdang.server.accounts.presenters import VERBS
from binhdang.server.audit.actions import act

SERVER = Path(binhdang.server.__file__).parent


def verbs() -> Iterator[tuple[str, str]]:
    """The pattern of every verb of a call act("…") in the server's source, with its file."""
    for path in SERVER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "act":
                yield pattern(node.args[0]), path.name


def pattern(verb: ast.expr) -> str:
    """What a verb looks like: f"{kind}.end" is any kind's end."""
    match verb:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.JoinedStr(values=parts):
            return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+" for part in parts)
    raise AssertionError(f"{ast.unparse(verb)}: a verb is written out")


def test_every_act_has_words() -> None:
    found = set(verbs())
    assert len(found) > 10
    assert not {f"{verb} ({file})" for verb, file in found if not any(re.fullmatch(verb, known) for known in VERBS)}


@pytest.fixture
def here() -> Province:
    made = province()
    people.reset_sign_in(by=made.by("admin"), person=made.people["officer"], seen=1)
    posts.appoint(
        by=made.by("lead"),
        person=person("new", "Vũ Thị Mai"),
        role="commune_officer",
        agency=made.agencies["ea_dong"],
        start=timezone.localdate(),
    )
    with act("thing.do", by=made.by("doctor"), kind="thing", subject="x", agency=made.agencies["health"].pk) as doing:
        doing.reason = "việc của ngành y tế"
    return made


TODAY = f"{timezone.localdate():%Y-%m-%d}"
RESET, APPOINT = "cấp lại mật khẩu", "cử giữ nhiệm vụ"
# (what the address says, an act that is listed, an act that is not)
FILTERS = [
    (f"nguoi=nguyen thi lan&ngay={TODAY}", APPOINT, RESET),
    ("nguoi=admin", RESET, APPOINT),
    ("viec=person.reset_sign_in", RESET, APPOINT),
    ("co_quan=an binh&viec=person.reset_sign_in", RESET, APPOINT),
    ("co_quan=ea dong&viec=person.reset_sign_in", None, RESET),
    ("ngay=2020-01-01", None, RESET),
    ("ngay=nonsense&viec=person.reset_sign_in", RESET, APPOINT),
    ("tim=cap lai mat khau", RESET, APPOINT),
    ("tim=vũ thị mai", APPOINT, RESET),
    ("tim=gì đó không có", None, RESET),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "listed", "missing"), FILTERS)
def test_the_journal_is_filtered_by_its_address(
    here: Province, asked: str, listed: str | None, missing: str | None
) -> None:
    page = signed_in(here.people["lead"]).get(f"/nguoi-dung/nhat-ky/?{asked}")
    told = {event.what for event in page.context["events"]}
    assert listed is None or listed in told
    assert missing not in told


@pytest.mark.django_db
def test_one_reads_ones_own_agency_and_those_below(here: Province) -> None:
    for who in ("lead", "inspector"):
        page = signed_in(here.people[who]).get("/nguoi-dung/nhat-ky/")
        assert "việc của ngành y tế" not in page.content.decode()
        assert {event.agency for event in page.context["events"]} <= {*map(str, here.agencies.values()), ""} - {
            "Sở Y tế"
        }
        assert any(event.what == RESET and event.who == "Đỗ Văn Quản" for event in page.context["events"])


@pytest.mark.django_db
def test_an_event_is_told_with_names_before_and_after(here: Province) -> None:
    page = signed_in(here.people["lead"]).get("/nguoi-dung/nhat-ky/?viec=post.appoint&tim=mai")
    (told,) = page.context["events"]
    assert (told.who, told.subject, told.agency) == ("Nguyễn Thị Lan", "Vũ Thị Mai", "Văn phòng Ea Đông")
    assert ("vai trò", "—", "Công chức cấp xã") in told.changes
    assert ("người", "—", "Vũ Thị Mai") in told.changes


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 40])
def test_the_journal_asks_the_database_a_fixed_number_of_times(
    here: Province, many: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(many):
        with act("thing.do", by=here.by("lead"), kind="thing", subject="x", agency=here.agencies["department"].pk):
            pass
    client = signed_in(here.people["lead"])
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        client.get("/nguoi-dung/nhat-ky/")
