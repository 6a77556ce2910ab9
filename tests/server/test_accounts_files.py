"""A file of people: read by its headings, checked as a whole, written as a whole, passwords told once."""

from __future__ import annotations

import io
import re

import pytest
import xlsxwriter
from accounts_builders import Province, post, province, signed_in
from django.contrib.auth import authenticate
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from binhdang.server.accounts import sheets
from binhdang.server.accounts.models import Person, Post
from binhdang.server.audit.models import Event
from binhdang.server.web.records import Refused

pytestmark = pytest.mark.django_db

HEAD = ["Họ và tên", "Tên đăng nhập", "Thư điện tử", "Điện thoại", "Chức danh", "Mã/tên cơ quan", "Vai trò"]
MAI = ["Vũ Thị Mai", "", "mai@tinh.gov.vn", "0912345678", "Công chức", "Văn phòng An Bình", "Công chức cấp xã"]
DAM = ["Đàm Văn Đạt", "dat.dam", "", "", "", "van phong ea dong", "commune_officer"]


def workbook(*rows: list[object], head: list[str] = HEAD, title: str = "Người dùng") -> bytes:
    """An Excel file."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        for number, row in enumerate([["Danh sách người dùng của tỉnh"], [], head, *rows]):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_a_file_is_read_by_its_headings_wherever_they_stand() -> None:
    rows = sheets.rows_of(
        workbook(["Chuyên viên", "Vũ Thị Mai", 912345678], head=["chức danh", "HỌ VÀ TÊN", "Số điện thoại"])
    )
    assert [(row.sheet, row.row, dict(row.values)) for row in rows] == [
        ("Người dùng", 4, {"title": "Chuyên viên", "full_name": "Vũ Thị Mai", "phone": "912345678"})
    ]


HOSTILE = [
    (b"", "không phải là tệp Excel"),
    (b"PK\x03\x04 nothing", "không phải là tệp Excel"),
    (b"x" * (3 * 2**20), "lớn hơn 2 MB"),
    (workbook(["Vũ Thị Mai"], head=["Tên"]), "Không thấy người nào"),
    (workbook(*[["Vũ Thị Mai"]] * 101), "nhiều nhất 100"),
]


@pytest.mark.parametrize(("data", "said"), HOSTILE, ids=[said for _, said in HOSTILE])
def test_a_file_that_is_not_a_list_of_people(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        sheets.rows_of(data)


def test_the_sample_is_a_file_that_is_read() -> None:
    (row,) = sheets.rows_of(sheets.sample())
    assert row.values["full_name"] == "Nguyễn Thị Lan"
    assert set(row.values) == set(sheets.COLUMNS)


@pytest.fixture
def here() -> Province:
    return province()


@pytest.fixture
def client(here: Province) -> Client:
    """Somebody who both runs the system and leads the programme."""
    post(here.people["admin"], "programme_lead", here.agencies["department"])
    return signed_in(here.people["admin"])


def send(client: Client, *rows: list[object]) -> HttpResponse:
    """The answer to a file."""
    return client.post("/nguoi-dung/tu-tep/", {"file": SimpleUploadedFile("a.xlsx", workbook(*rows))})  # type: ignore[return-value]


# (the second row, the column at fault, what is said)
FAULTS = [
    (["", "x.y.z"], "Họ và tên", "họ và tên"),
    (["Vũ Mai", "lead"], "Tên đăng nhập", "đã có người dùng"),
    (["Vũ Mai", "dat.dam"], "Tên đăng nhập", "đã có người dùng"),  # as the row before
    (["Vũ Mai", "", "mai@"], "Thư điện tử", "chưa đúng"),
    (["Vũ Mai", "", "", "12"], "Điện thoại", "8 đến 15"),
    (["Vũ Mai", "", "", "", "", "Sở Không Có", "Chuyên viên"], "Cơ quan", "Không có cơ quan nào"),
    (["Vũ Mai", "", "", "", "", "Sở Y tế", "Chuyên viên"], "Cơ quan", "không có quyền cử"),
    (["Vũ Mai", "", "", "", "", "Sở Nội vụ", "Trưởng ban"], "Vai trò", "Không có vai trò"),
    (["Vũ Mai", "", "", "", "", "Sở Nội vụ", ""], "Vai trò", "phải có vai trò"),
    (["Vũ Mai", "", "", "", "", "Sở Nội vụ", "Người kiểm tra"], "Đến hết ngày", "có thời hạn"),
]


@pytest.mark.parametrize(("row", "column", "said"), FAULTS, ids=[said for _, _, said in FAULTS])
def test_a_fault_is_told_by_sheet_row_and_column(client: Client, row: list[str], column: str, said: str) -> None:
    before = Event.objects.count()
    (fault,) = send(client, DAM, row).context["faults"]
    assert (fault.sheet, fault.row, fault.column) == ("Người dùng", 5, column)
    assert said in fault.message
    assert not Person.objects.filter(username="dat.dam").exists() and Event.objects.count() == before


def test_a_file_is_written_as_a_whole_after_its_check(client: Client, here: Province) -> None:
    checked = send(client, MAI, DAM)
    assert [name for _, name in checked.context["people"]] == ["vuthimai", "dat.dam"]
    assert not Person.objects.filter(username="vuthimai").exists()
    signed = checked.context["form"]["rows"].value()
    slips = client.post("/nguoi-dung/tu-tep/ghi/", {"rows": signed})
    mai = Person.objects.get(username="vuthimai")
    assert (mai.full_name, mai.phone, mai.must_change_password) == ("Vũ Thị Mai", "0912345678", True)
    assert {str(held.agency) for held in Post.objects.filter(person__username__in=["vuthimai", "dat.dam"])} == {
        "Văn phòng An Bình",
        "Văn phòng Ea Đông",
    }
    passwords = re.findall(r"<code>([^<]+)</code>", slips.content.decode())
    assert authenticate(None, username="vuthimai", password=passwords[0]) == mai
    assert "no-store" in slips["Cache-Control"]
    parent = Event.objects.get(verb="people.add_from_file")
    children = Event.objects.filter(parent=parent.id).order_by("verb").values_list("verb", flat=True)
    assert list(children) == ["person.add", "person.add", "post.appoint", "post.appoint"]
    assert not any(password in str(list(Event.objects.values("before", "after"))) for password in passwords)


def test_a_check_from_before_a_change_writes_nothing(client: Client, here: Province) -> None:
    signed = send(client, MAI, DAM).context["form"]["rows"].value()
    assert client.post("/nguoi-dung/tu-tep/ghi/", {"rows": signed}).status_code == 200
    again = client.post("/nguoi-dung/tu-tep/ghi/", {"rows": signed})
    assert {fault.column for fault in again.context["faults"]} == {"Tên đăng nhập", "Thư điện tử"}
    assert Person.objects.filter(full_name="Vũ Thị Mai").count() == 1


@pytest.mark.parametrize("rows", ["", "made up", "eyJ4IjoxfQ:1:abc"])
def test_rows_that_no_check_has_read_are_refused(client: Client, rows: str) -> None:
    assert client.post("/nguoi-dung/tu-tep/ghi/", {"rows": rows}).status_code == 400


def test_who_runs_the_system_alone_makes_accounts_without_posts(here: Province) -> None:
    client = signed_in(here.people["admin"])
    (fault,) = send(client, MAI).context["faults"]
    assert "không có quyền cử" in fault.message
    assert not send(client, MAI[:5]).context["faults"]
