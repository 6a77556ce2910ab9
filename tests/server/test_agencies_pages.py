"""The room's pages: who may see and change what, and that forms do what they say."""

from __future__ import annotations

import io
from datetime import date
from importlib import import_module
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from map_builders import LAN, agency, reports, small_map
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from binhdang.server.accounts.models import Person, Post
from binhdang.server.agencies import excel
from binhdang.server.agencies.actions import OutcomeDraft, TransferDraft, plan_change, take_effect
from binhdang.server.agencies.actions.imports import try_import
from binhdang.server.agencies.models import Agency, Change, ReportingLine, Unit
from binhdang.server.audit.models import Event

pytestmark = pytest.mark.django_db
COLUMNS = ["Tên cơ quan", "Tên viết tắt", "Mã loại", "Mã đơn vị", "Từ ngày"]


@pytest.fixture
def places() -> dict[str, Unit]:
    places = small_map()
    agency("Sở Nội vụ", places["Trà Giang"], kind="so-noivu")
    return places


def signed_in(role: str) -> Client:
    """A browser of somebody with one post."""
    person = Person.objects.create(username=role, full_name="Nguyễn Thị Lan")
    Post.objects.create(person=person, agency=Agency.objects.get(name="Sở Nội vụ"), role=role, start=date(2025, 1, 1))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def editor(places: object) -> Client:
    return signed_in("administrator")


def text(client: Client, name: str, *args: object, **asked: object) -> str:
    answer = client.get(f"{reverse(f'agencies:{name}', args=args)}?{urlencode(asked, doseq=True)}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", ["map", "unit-search", "agencies", "changes", "add", "import", "change-enter"])
def test_strangers_are_led_to_sign_in(name: str, places: object) -> None:
    answer = Client().get(reverse(f"agencies:{name}"))
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("map", 200),
        ("agencies", 200),
        ("changes", 200),
        ("export", 200),
        ("add", 403),
        ("import", 403),
        ("change-enter", 403),
    ],
)
def test_everybody_with_a_post_browses_and_few_edit(name: str, status: int, places: object) -> None:
    assert signed_in("commune_officer").get(reverse(f"agencies:{name}")).status_code == status


def test_somebody_without_a_post_sees_nothing(places: object) -> None:
    client = Client()
    client.force_login(Person.objects.create(username="moi", full_name="Người mới"))
    assert client.get(reverse("agencies:map")).status_code == 403


def test_an_act_needs_the_permission_too(places: dict[str, Unit]) -> None:
    address = f"{reverse('agencies:add')}?don-vi={places['An Bình'].pk}"
    assert signed_in("agency_officer").post(address, {"name": "Trạm Y tế"}).status_code == 403
    assert Agency.objects.count() == 1


def test_the_map_leads_from_the_nation_down(editor: Client, places: dict[str, Unit]) -> None:
    page = text(editor, "map")
    assert "Tỉnh Trà Giang" in page and "Tỉnh Lam Sơn" in page and "Xã An Bình" not in page
    page = text(editor, "unit", places["Trà Giang"].pk, ngay="2026-01-01")
    assert "Xã An Bình" in page and "Sở Nội vụ" in page and "2026-01-01" in page


def test_an_empty_map_says_what_to_do(places: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("binhdang.server.agencies.queries.units.nation", lambda mark: None)
    assert "Chưa có danh mục đơn vị hành chính" in text(signed_in("programme_lead"), "map")


def test_a_day_when_the_unit_was_not_there(editor: Client, places: dict[str, Unit]) -> None:
    Unit.objects.filter(name="An Bình").update(start=date(2025, 7, 1))
    page = text(editor, "unit", places["An Bình"].pk, ngay="2025-06-30")
    assert "Ngày 30/06/2025 không có Xã An Bình" in page
    assert "Hôm nay" not in text(editor, "unit", places["An Bình"].pk, ngay="nonsense")


def test_search_without_tone_marks(editor: Client) -> None:
    assert "Xã Ea Đông" in text(editor, "unit-search", tim="ea dong")
    assert "Không tìm thấy “zzz”" in text(editor, "unit-search", tim="zzz")


def test_lists_cost_no_query_a_row(editor: Client, places: dict[str, Unit]) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            for name in ("agencies", "map"):
                text(editor, name)
        return len(captured)

    asked()
    few = asked()
    for number in range(15):
        agency(f"Sở số {number}", places["Trà Giang"])
        Unit.objects.create(name=f"Tỉnh {number}", level="province", kind="tỉnh", parent=places["Việt Nam"])
    assert asked() == few


def test_an_agency_is_entered_corrected_and_closed(editor: Client, places: dict[str, Unit]) -> None:
    address = f"{reverse('agencies:add')}?don-vi={places['An Bình'].pk}"
    refused = editor.post(address, {"name": "", "kind": "", "start": "2025-07-01"})
    assert "Chưa có tên cơ quan" in refused.content.decode()
    editor.post(address, {"name": "Trạm Y tế", "kind": "tramyte", "start": "2025-07-01"})
    made = Agency.objects.get(name="Trạm Y tế")
    assert (made.kind, made.start, Event.objects.get(verb="agency.add", subject=made.pk).door) == (
        "tramyte",
        date(2025, 7, 1),
        "page",
    )
    editor.post(reverse("agencies:correct", args=[made.pk]), {"seen": 1, "name": "Trạm Y tế xã", "kind": "tramyte"})
    editor.post(reverse("agencies:close", args=[made.pk]), {"seen": 2, "last_day": "2026-06-30"})
    made.refresh_from_db()
    assert (made.name, made.end, made.version) == ("Trạm Y tế xã", date(2026, 6, 30), 3)


def test_the_second_who_corrects_sees_both_texts(editor: Client) -> None:
    so = Agency.objects.get(name="Sở Nội vụ")
    editor.post(reverse("agencies:correct", args=[so.pk]), {"seen": 1, "name": "Sở Nội Vụ"})
    page = editor.post(
        reverse("agencies:correct", args=[so.pk]), {"seen": 1, "name": "Sở nội vụ tỉnh"}
    ).content.decode()
    assert "Bạn vừa nhập" in page and "Sở nội vụ tỉnh" in page and "Sở Nội Vụ" in page
    assert '"seen" value="2"' in page
    assert Agency.objects.get(pk=so.pk).name == "Sở Nội Vụ"


def test_a_reporting_line_is_set_from_the_page(editor: Client, places: dict[str, Unit]) -> None:
    so, commune = Agency.objects.get(name="Sở Nội vụ"), agency("Ủy ban nhân dân xã An Bình", places["An Bình"])
    address = reverse("agencies:line", args=[commune.pk])
    assert str(so.pk) in editor.get(address).content.decode()
    editor.post(address, {"seen": 1, "superior": so.pk, "start": "2026-01-01"})
    assert ReportingLine.objects.get().superior == so
    assert "Ủy ban nhân dân xã An Bình" in text(editor, "agency", so.pk)


def test_a_merger_is_entered_previewed_withdrawn(editor: Client, places: dict[str, Unit]) -> None:
    a, b = places["An Bình"], places["Ea Đông"]
    asked = {"doi_tuong": "unit", "loai": "merge", "cu": [a.pk, b.pk]}
    assert "Bạch Hạc" in text(editor, "change-enter", **asked, tim="bach hac")
    address = f"{reverse('agencies:change-enter')}?{urlencode(asked, doseq=True)}"
    typed = {"decree": "15/NQ-HĐND", "on": "2027-01-01", "moi0-kind": "xã", "moi0-name": ""}
    assert "Chưa có tên của đơn vị" in editor.post(address, typed).content.decode()
    editor.post(address, typed | {"moi0-name": "An Đông"})
    change = Change.objects.get()
    page = text(editor, "change", change.pk)
    assert "Xã An Đông" in page and "lập mới" in page and "15/NQ-HĐND" in page
    assert "Chờ thay đổi từ 01/01/2027" in text(editor, "unit", a.pk)
    editor.post(reverse("agencies:change-withdraw", args=[change.pk]), {"seen": 1, "reason": "Hoãn"})
    assert Change.objects.get().state == "withdrawn"
    assert "Hoãn" in text(editor, "change", change.pk)


def test_a_change_that_is_due_is_done_from_its_page(editor: Client, places: dict[str, Unit]) -> None:
    asked = {"doi_tuong": "unit", "loai": "split", "cu": [places["An Bình"].pk], "vao": [places["Ea Đông"].pk]}
    address = f"{reverse('agencies:change-enter')}?{urlencode(asked, doseq=True)}"
    editor.post(address, {"decree": "1/NQ", "on": "2026-03-01", "moi0-kind": "xã", "moi0-name": "An Mới"})
    change = Change.objects.get()
    assert "Thực hiện" in text(editor, "change", change.pk)
    editor.post(reverse("agencies:change-do", args=[change.pk]), {"seen": 1})
    assert "Chia tách: không chuyển số liệu theo phỏng đoán." in text(editor, "unit", places["An Bình"].pk)
    assert "1/NQ" in text(editor, "unit", Unit.objects.get(name="An Mới").pk)


def sheet(*rows: list[object], head: list[str] = COLUMNS) -> SimpleUploadedFile:
    out = io.BytesIO()
    with Workbook(out) as book:
        page = book.add_worksheet("Danh sách")
        for number, row in enumerate([head, *rows]):
            page.write_row(number, 0, row)
    return SimpleUploadedFile("co-quan.xlsx", out.getvalue())


def test_a_list_goes_out_and_formulas_stay_text(editor: Client, places: dict[str, Unit]) -> None:
    odd = agency("=HYPERLINK(1)", places["An Bình"], short="@cmd")
    reports(odd, Agency.objects.get(name="Sở Nội vụ"))
    answer = editor.get(f"{reverse('agencies:export')}?ngay=2026-02-01")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    table = book.get_sheet_by_name("Cơ quan").to_python()
    assert table[0][0] == "Tên cơ quan"
    assert [row[0] for row in table[1:]] == ["=HYPERLINK(1)", "Sở Nội vụ"]
    assert table[1][7] == "Sở Nội vụ"
    assert b"<f>" not in answer.content


def test_a_file_is_tried_and_then_taken_in_as_one(editor: Client, places: dict[str, Unit]) -> None:
    file = sheet(["Sở Nội vụ", "", "", "91", ""], ["Sở Y tế", "SYT", "so-yte", "91", date(2025, 7, 1).isoformat()])
    page = editor.post(reverse("agencies:import"), {"file": file}).content.decode()
    assert "ô E3" in page and "không phải là ngày" in page
    assert 'name="tried"' not in page
    file = sheet(["Sở Nội vụ", "", "", "91", ""], ["Sở Y tế", "SYT", "so-yte", 91, "01/07/2025"])
    answer = editor.post(reverse("agencies:import"), {"file": file})
    assert "1 cơ quan mới, 1 dòng đã có" in answer.content.decode()
    assert Agency.objects.count() == 1
    editor.post(reverse("agencies:import"), {"tried": answer.context["tried"]})
    made = Agency.objects.get(name="Sở Y tế")
    assert (made.kind, made.short, made.start) == ("so-yte", "SYT", date(2025, 7, 1))
    parent = Event.objects.get(verb="agencies.import")
    assert Event.objects.get(verb="agency.add", subject=made.pk).parent == parent.pk


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        (["", "", "", "91", ""], "A2", "Chưa có tên"),
        (["Sở A", "", "", "99", ""], "D2", "không có đơn vị hành chính nào mã “99”"),
        (["Sở A", "", "so-x", "91", ""], "C2", "Không có loại cơ quan mã “so-x”"),
        (["Sở A", "", "", "91", "hôm qua"], "E2", "“hôm qua” không phải là ngày"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_by_cell(editor: Client, row: list[object], place: str, said: str) -> None:
    page = editor.post(reverse("agencies:import"), {"file": sheet(row)}).content.decode()
    assert f"ô {place}" in page and said in page
    assert Agency.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"khong phai excel", "không phải là tệp Excel"), (b"PK\x03\x04" + b"0" * 60, "không phải là tệp Excel")],
)
def test_what_is_no_excel_file(editor: Client, data: bytes, said: str) -> None:
    page = editor.post(reverse("agencies:import"), {"file": SimpleUploadedFile("a.xlsx", data)}).content.decode()
    assert said in page


def test_a_file_without_its_columns_says_which(editor: Client) -> None:
    page = editor.post(reverse("agencies:import"), {"file": sheet(["x"], head=["Tên"])}).content.decode()
    assert "Dòng đầu thiếu cột: Tên cơ quan, Mã đơn vị" in page


def test_a_changed_parcel_is_not_taken_in(editor: Client) -> None:
    answer = editor.post(reverse("agencies:import"), {"file": sheet(["Sở Y tế", "", "", "91", ""])})
    editor.post(reverse("agencies:import"), {"tried": answer.context["tried"] + "x"})
    assert Agency.objects.count() == 1


def test_an_agency_is_shown_at_what_its_unit_has_become(editor: Client, places: dict[str, Unit]) -> None:
    change = plan_change(
        by=LAN,
        subject="unit",
        kind="status",
        on=date(2026, 3, 1),
        decree="1/NQ",
        outcomes=[OutcomeDraft(name="Trà Giang", kind="thành phố", code="91")],
        transfers=[TransferDraft(places["Trà Giang"].pk, 0)],
    )
    take_effect(by=LAN, change=change.pk)
    assert "Tỉnh Trà Giang" in text(editor, "agencies", ngay="2026-02-28")
    page = text(editor, "agencies", ngay="2026-03-01")
    assert "Thành phố Trà Giang" in page and "Tỉnh Trà Giang" not in page


def test_an_older_page_does_not_close_what_somebody_changed(editor: Client) -> None:
    so = Agency.objects.get(name="Sở Nội vụ")
    editor.post(reverse("agencies:correct", args=[so.pk]), {"seen": 1, "name": "Sở Nội Vụ"})
    address = reverse("agencies:close", args=[so.pk])
    answer = editor.post(address, {"seen": 1, "last_day": "2026-06-30"}, follow=True)
    assert "Người khác vừa sửa mục này" in answer.content.decode()
    assert 'value="2"' in answer.content.decode()
    assert Agency.objects.get(pk=so.pk).end is None


def test_trying_a_long_file_costs_no_query_a_row(editor: Client, places: dict[str, Unit]) -> None:
    rows = [
        excel.Row("Cơ quan", number, {"name": f"Sở số {number}", "code": "91"}, {"name": "A", "code": "B"})
        for number in range(2, 200)
    ]
    with CaptureQueriesContext(connection) as captured:
        assert len(try_import(rows).new) == 198
    assert len(captured) <= 6
    assert try_import([rows[0], rows[0]]).faults[0].place == "trang “Cơ quan”, ô A2"


def test_a_change_is_done_only_as_it_was_seen(editor: Client, places: dict[str, Unit]) -> None:
    asked = {"doi_tuong": "unit", "loai": "rename", "cu": [places["An Bình"].pk]}
    address = f"{reverse('agencies:change-enter')}?{urlencode(asked, doseq=True)}"
    editor.post(address, {"decree": "1/NQ", "on": "2026-03-01", "moi0-kind": "xã", "moi0-name": "An Mới"})
    change = Change.objects.get()
    answer = editor.post(reverse("agencies:change-do", args=[change.pk]), {"seen": 7}, follow=True)
    assert "Người khác vừa sửa mục này" in answer.content.decode()
    assert Change.objects.get().state == "planned"
    assert editor.post(reverse("agencies:change-do", args=[change.pk]), {}).status_code == 200
    assert Change.objects.get().state == "planned"


def test_a_closing_is_taken_back_from_its_page(editor: Client, places: dict[str, Unit]) -> None:
    made = agency("Trạm Y tế", places["An Bình"])
    address = reverse("agencies:reopen", args=[made.pk])
    assert "Không mở lại được" in editor.get(address).content.decode()
    editor.post(reverse("agencies:close", args=[made.pk]), {"seen": 1, "last_day": "2026-06-30"})
    assert address in text(editor, "agency", made.pk)
    assert "Chưa ghi vì sao" in editor.post(address, {"seen": 2, "reason": ""}).content.decode()
    editor.post(address, {"seen": 2, "reason": "Chọn nhầm"})
    made.refresh_from_db()
    assert made.end is None and address not in text(editor, "agency", made.pk)


@pytest.mark.parametrize("command", ["take_effect", "load_units"])
def test_a_command_without_tables_says_what_to_do(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(**_: object) -> None:
        raise OperationalError("no such table")

    module = import_module(f"binhdang.server.agencies.management.commands.{command}")
    monkeypatch.setattr(module, "load_units" if command == "load_units" else "take_due_changes", gone)
    with pytest.raises(CommandError, match=r"binhdang serve.*BINHDANG_DATABASE"):
        call_command(command)


def test_what_cannot_be_done_on_its_day_is_told_with_advice(
    places: dict[str, Unit], capsys: pytest.CaptureFixture[str]
) -> None:
    old = agency("Ban A", places["An Bình"])
    plan_change(
        by=LAN,
        subject="agency",
        kind="rename",
        on=date(2026, 3, 1),
        decree="1/NQ",
        outcomes=[OutcomeDraft(name="Ban B")],
        transfers=[TransferDraft(old.pk, 0)],
    )
    agency("Ban B", places["An Bình"])
    with pytest.raises(SystemExit):
        call_command("take_effect")
    said = capsys.readouterr().err
    assert "Đã có Ban B tại Xã An Bình" in said and "sửa chỗ vướng hoặc rút thay đổi" in said
