"""Pages of notices: the bell, the list, marks and taking them back, choices; and what strangers and neighbours get."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from accounts_builders import Province, province, signed_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from notices_builders import DUE, ISSUED, KINDS, actor, posted

from binhdang.server.accounts.models import Person
from binhdang.server.audit.models import Event
from binhdang.server.notices import kinds
from binhdang.server.notices.actions import reading
from binhdang.server.notices.actions.choices import choose
from binhdang.server.notices.kinds import Way
from binhdang.server.notices.models import Choice, Letter, Notice, ReadMark
from binhdang.server.notices.queries import MOST, count_unread
from binhdang.server.web.records import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {**kinds.kinds(), **KINDS})


@pytest.fixture
def here() -> Province:
    made = province()
    posted(ISSUED, "Kế hoạch 48 đã ban hành", agency=made.agencies["an_binh"], by=made.by("lead"))
    posted(DUE, "Còn 3 ngày: báo cáo quý", agency=made.agencies["an_binh"])
    posted(DUE, "Trễ 2 ngày: tập huấn", agency=made.agencies["ea_dong"])
    return made


@pytest.fixture
def officer(here: Province) -> Client:
    return signed_in(here.people["officer"])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def titles(client: Client, address: str = "/thong-bao/") -> list[str]:
    return re.findall(r'<a class="title"[^>]*>([^<]*)</a>', client.get(address).content.decode())


def bell(client: Client) -> str:
    found = re.search(r'<a class="bell".*?</a>', client.get("/don-vi/co-quan/").content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def of(title: str) -> Notice:
    return Notice.objects.get(title=title)


# ── the bell and the list ──


def test_the_bell_counts_what_is_unread(here: Province, officer: Client) -> None:
    assert bell(officer) == "Thông báo 2 chưa đọc"
    assert bell(signed_in(here.people["neighbour"])) == "Thông báo 1 chưa đọc"
    assert bell(signed_in(here.people["doctor"])) == "Thông báo"
    assert bell(Client()) == ""
    for number in range(MOST + 20):
        posted(DUE, f"Việc {number}", agency=here.agencies["an_binh"])
    assert bell(officer) == "Thông báo 99+ chưa đọc"


def test_the_first_page_names_the_newest(here: Province, officer: Client) -> None:
    assert titles(officer, "/") == ["Còn 3 ngày: báo cáo quý", "Kế hoạch 48 đã ban hành"]
    assert "Hiện không có việc nào chờ bạn" in text(signed_in(here.people["doctor"]), "/")


def test_opening_a_notice_marks_it_read_and_goes_where_it_leads(here: Province, officer: Client) -> None:
    notice = of("Kế hoạch 48 đã ban hành")
    Notice.objects.filter(pk=notice.pk).update(url="/don-vi/co-quan/?tim=x")
    officer.head(f"/thong-bao/{notice.pk}/")
    assert bell(officer) == "Thông báo 2 chưa đọc"  # who only looks whether it is there has not read it
    for _ in range(2):
        assert officer.get(f"/thong-bao/{notice.pk}/")["Location"] == "/don-vi/co-quan/?tim=x"
    assert (bell(officer), titles(officer)) == ("Thông báo 1 chưa đọc", ["Còn 3 ngày: báo cáo quý"])
    assert bell(signed_in(here.people["leader"])) == "Thông báo 2 chưa đọc"  # each reads for themselves


LISTS = [
    ("", ["Còn 3 ngày: báo cáo quý"]),
    ("?xem=tat-ca", ["Còn 3 ngày: báo cáo quý", "Kế hoạch 48 đã ban hành"]),
    ("?xem=tat-ca&loai=plan.issued", ["Kế hoạch 48 đã ban hành"]),
    ("?loai=plan.issued", []),
    ("?xem=tat-ca&tim=ke+HOACH", ["Kế hoạch 48 đã ban hành"]),
    ("?xem=tat-ca&tim=báo+con", ["Còn 3 ngày: báo cáo quý"]),
    ("?xem=nonsense&loai=&tim=&trang=x&vua_doc=x", ["Còn 3 ngày: báo cáo quý"]),
    ("?xem=tat-ca&loai=nonsense", []),
]


@pytest.mark.parametrize(("asked", "shown"), LISTS)
def test_the_address_says_what_is_listed(here: Province, officer: Client, asked: str, shown: list[str]) -> None:
    reading.mark_read(by=here.by("officer"), notice=of("Kế hoạch 48 đã ban hành").pk)
    assert titles(officer, f"/thong-bao/{asked}") == shown


def test_a_row_says_kind_agency_and_who(officer: Client) -> None:
    page = text(officer, "/thong-bao/")
    assert "Giao việc · Văn phòng An Bình · Nguyễn Thị Lan" in page
    assert "Nhắc hạn · Văn phòng An Bình · Hệ thống" in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/thong-bao/", "Không còn thông báo chưa đọc"),
        ("/thong-bao/?xem=tat-ca", "Chưa có thông báo nào"),
        ("/thong-bao/?tim=x", "Không có thông báo chưa đọc nào khớp với điều kiện lọc"),
        ("/thong-bao/?xem=tat-ca&tim=x", "Không có thông báo nào khớp với điều kiện lọc"),
    ],
)
def test_an_empty_list_says_so(here: Province, address: str, words: str) -> None:
    assert words in text(signed_in(here.people["doctor"]), address)


def test_typed_words_are_never_markup(here: Province, officer: Client) -> None:
    posted(ISSUED, "<script>alert(1)</script>", agency=here.agencies["an_binh"])
    for page in (officer.get("/thong-bao/?tim=%3Cb%3E"), officer.get("/"), officer.get("/thong-bao/?xem=tat-ca")):
        assert "<script>alert" not in page.content.decode()
        assert "<b>" not in page.content.decode()


@pytest.mark.parametrize("address", ["/thong-bao/", "/thong-bao/?xem=tat-ca&tim=viec", "/", "/thong-bao/lua-chon/"])
def test_pages_ask_the_same_whatever_there_is(here: Province, officer: Client, address: str) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            officer.get(address)
        return len(captured)

    officer.get(address)
    posted(DUE, "Việc", agency=here.agencies["an_binh"])
    few = questions()
    for number in range(40):
        notice = posted(DUE, f"Việc {number}", agency=here.agencies["an_binh"])
        if number % 2:
            reading.mark_read(by=here.by("officer"), notice=notice.pk)
    assert questions() == few


def test_the_bell_is_one_question(here: Province, django_assert_num_queries: Any) -> None:
    who = actor(here.people["officer"])
    with django_assert_num_queries(1):
        assert count_unread(who) == 2


# ── marks ──


def test_one_is_marked_and_left_unread_again(here: Province, officer: Client) -> None:
    notice = of("Kế hoạch 48 đã ban hành")
    answer = officer.post(f"/thong-bao/{notice.pk}/doc/?xem=tat-ca&vua_doc=1&next=//elsewhere", {})
    assert answer["Location"] == "/thong-bao/?xem=tat-ca"  # back to the same list, and nowhere else
    assert bell(officer) == "Thông báo 1 chưa đọc"
    officer.post(f"/thong-bao/{notice.pk}/doc/", {"chua": "1"})
    assert bell(officer) == "Thông báo 2 chưa đọc"


def test_in_the_list_a_row_changes_without_a_new_page(here: Province, officer: Client) -> None:
    notice = of("Kế hoạch 48 đã ban hành")
    answer = officer.post(f"/thong-bao/{notice.pk}/doc/", {}, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert part.lstrip().startswith(f'<li id="thong-bao-{notice.pk}">')
    assert "Để lại là chưa đọc" in part
    assert re.search(r'id="bell"[^>]*hx-swap-oob="true"', part)
    assert "Đã đánh dấu là đã đọc." in part
    assert "<html" not in part


def test_all_are_marked_by_one_press_and_taken_back_by_another(here: Province, officer: Client) -> None:
    reading.mark_read(by=here.by("officer"), notice=of("Kế hoạch 48 đã ban hành").pk)
    posted(DUE, "Còn 1 ngày", agency=here.agencies["an_binh"])
    answer = officer.post("/thong-bao/doc-het/", {"luc": timezone.now().isoformat()}, follow=True)
    page = answer.content.decode()
    assert "Đã đánh dấu 2 thông báo là đã đọc." in page
    assert bell(officer) == "Thông báo"
    batch = re.findall(r'name="lan" value="([^"]+)"', page)[0]
    signed_in(here.people["leader"]).post("/thong-bao/hoan-tac/", {"lan": batch})
    assert bell(officer) == "Thông báo"  # nobody takes back for another
    officer.post("/thong-bao/hoan-tac/", {"lan": batch})
    assert bell(officer) == "Thông báo 2 chưa đọc"  # what had been read before stays read
    assert "Hoàn tác" not in officer.get(f"/thong-bao/?vua_doc={batch}").content.decode()


def test_all_means_what_the_page_showed(here: Province, officer: Client) -> None:
    page = officer.get("/thong-bao/?loai=task.due").content.decode()
    until = re.findall(r'name="luc" value="([^"]+)"', page)[0].replace("&#x27;", "'")
    later = posted(DUE, "made after the page", agency=here.agencies["an_binh"])
    officer.post("/thong-bao/doc-het/?loai=task.due", {"luc": until})
    assert set(titles(officer)) == {later.title, "Kế hoạch 48 đã ban hành"}


def test_marks_leave_no_events_and_are_one_a_person(here: Province, officer: Client) -> None:
    before = Event.objects.count()
    for _ in range(2):
        officer.post(f"/thong-bao/{of('Kế hoạch 48 đã ban hành').pk}/doc/", {})
    assert (Event.objects.count(), ReadMark.objects.count()) == (before, 1)


# ── not theirs ──


@pytest.mark.parametrize("who", ["neighbour", "doctor", "lead", "admin", "inspector"])
def test_others_neither_see_nor_mark_nor_open(here: Province, who: str) -> None:
    notice, client = of("Còn 3 ngày: báo cáo quý"), signed_in(here.people[who])
    assert notice.title not in text(client, "/thong-bao/?xem=tat-ca")
    assert notice.title not in text(client, "/")
    assert client.get(f"/thong-bao/{notice.pk}/").status_code == 404
    assert client.post(f"/thong-bao/{notice.pk}/doc/", {}).status_code == 404
    client.post("/thong-bao/doc-het/", {"luc": timezone.now().isoformat()})
    assert not ReadMark.objects.filter(notice=notice).exists()
    for act in (reading.mark_read, reading.mark_unread):
        with pytest.raises(Refused, match="không gửi cho bạn"):
            act(by=here.by(who), notice=notice.pk)


def test_a_stranger_is_led_to_sign_in(here: Province) -> None:
    notice = of("Còn 3 ngày: báo cáo quý")
    for address in ("/thong-bao/", f"/thong-bao/{notice.pk}/", "/thong-bao/lua-chon/"):
        answer = Client().get(address)
        assert answer["Location"].startswith("/tai-khoan/login/?next=")
        assert notice.title not in answer.content.decode()


def test_nobody_chooses_for_another(here: Province) -> None:
    with pytest.raises(Refused, match="của mình"):
        choose(by=here.by("lead"), person=here.people["officer"], seen=0, ways={})


# ── choices ──


def pick(**ways: str) -> dict[str, str]:
    chosen = {"agencies.changed": "digest", "plan.issued": "at_once", "task.due": "digest", "task.mention": "at_once"}
    chosen["plans.issued"] = "digest"  # of the room of plans, which is always there
    return {**chosen, "seen": "0", **{name.replace("__", "."): way for name, way in ways.items()}}


def test_each_chooses_kind_by_kind(here: Province, officer: Client) -> None:
    assert "Nhắc hạn" in text(officer, "/thong-bao/lua-chon/")
    assert "Kinh phí" not in text(officer, "/thong-bao/lua-chon/")  # not for this role
    answer = officer.post("/thong-bao/lua-chon/", pick(task__due="none"), follow=True)
    assert "Đã lưu lựa chọn của bạn." in answer.content.decode()
    assert list(Choice.objects.values_list("kind", "way")) == [("task.due", "none")]
    assert titles(officer, "/thong-bao/?xem=tat-ca") == ["Kế hoạch 48 đã ban hành"]
    assert bell(officer) == "Thông báo 1 chưa đọc"
    assert bell(signed_in(here.people["leader"])) == "Thông báo 2 chưa đọc"
    event = Event.objects.get(verb="notices.choose")
    assert (event.before, event.after) == ({"task.due": "digest"}, {"task.due": "none"})
    officer.post("/thong-bao/lua-chon/", pick(seen="1"))
    assert (Choice.objects.count(), bell(officer)) == (0, "Thông báo 2 chưa đọc")


def test_what_must_be_seen_cannot_be_switched_off(here: Province, officer: Client) -> None:
    answer = officer.post("/thong-bao/lua-chon/", pick(plan__issued="none"))
    assert "Hãy xem lại những chỗ sau" in answer.content.decode()
    with pytest.raises(Refused, match="trong danh sách"):
        choose(by=here.by("officer"), person=here.people["officer"], seen=0, ways={"plan.issued": Way.NONE})
    assert Choice.objects.count() == 0


def test_of_two_pages_the_second_is_told_and_keeps_what_it_chose(here: Province, officer: Client) -> None:
    officer.post("/thong-bao/lua-chon/", pick(task__due="page"))
    answer = officer.post("/thong-bao/lua-chon/", pick(task__due="at_once"))
    page = answer.content.decode()
    assert "<strong>Bạn vừa đổi lựa chọn ở một trang khác.</strong>" in page
    assert re.search(
        r"Bạn vừa nhập</strong>Trên trang và thư gửi ngay.*Nội dung mới</strong>Chỉ trên trang", page, re.S
    )
    assert re.search(r'<option value="at_once" selected>', page)
    assert Choice.objects.get().way == "page"
    officer.post(
        "/thong-bao/lua-chon/", pick(task__due="at_once", seen=re.findall(r'name="seen" value="(\d+)"', page)[0])
    )
    assert Choice.objects.get().way == "at_once"


def test_the_page_of_choices_says_where_letters_go(here: Province, officer: Client, settings: Any) -> None:
    assert "Hệ thống chưa gửi được thư" in text(officer, "/thong-bao/lua-chon/")
    settings.CONFIGURATION = replace(settings.CONFIGURATION, mail="smtp://localhost")
    assert "Thư gửi đến officer@tinh.gov.vn ." in text(officer, "/thong-bao/lua-chon/")
    Letter.objects.create(person=here.people["officer"], state="refused", notices=["x"], fault="550")
    assert "Thư gửi ngay, 1 thông báo Máy chủ thư không nhận" in text(officer, "/thong-bao/lua-chon/")
    assert "Máy chủ thư không nhận" not in text(signed_in(here.people["leader"]), "/thong-bao/lua-chon/")
    Person.objects.filter(pk=here.people["officer"].pk).update(email="")
    page = officer.get("/thong-bao/lua-chon/").content.decode()
    assert "Bạn chưa có địa chỉ thư điện tử" in page
    assert 'href="/nguoi-dung/toi/lien-he/"' in page


def test_without_a_post_there_is_nothing_to_choose(here: Province, officer: Client) -> None:
    here.people["officer"].posts.all().delete()
    assert "Chưa có loại thông báo nào cho bạn" in text(officer, "/thong-bao/lua-chon/")
    assert officer.post("/thong-bao/lua-chon/", {"seen": "0"}).status_code == 302
    assert titles(officer, "/thong-bao/?xem=tat-ca") == []
