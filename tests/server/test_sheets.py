"""Workbooks that people send are read apart: what asks for too much costs its own process alone."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from xlsxwriter import Workbook

from binhdang.server.files.sheets import sheets_of
from binhdang.server.web.records import Refused

MOST = 2**20


def book(*cells: tuple[int, int, object]) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        sheet = workbook.add_worksheet("Danh sách")
        for row, column, value in cells:
            sheet.write(row, column, value)
    return out.getvalue()


def test_cells_are_text_as_people_read_it() -> None:
    data = book((0, 0, "Họ  và tên"), (0, 1, 12), (0, 2, 1.5), (1, 0, date(2026, 6, 10)), (1, 1, True))
    assert sheets_of(data, most_bytes=MOST, hint="") == [
        ("Danh sách", [["Họ và tên", "12", "1.5"], ["10/06/2026", "True", ""]])
    ]


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không phải là tệp Excel"),
        (b"PK\x03\x04 nothing", "không phải là tệp Excel"),
        (open_document(), "không phải là tệp Excel"),
        (b"x" * (MOST + 1), "lớn hơn 1 MB"),
        (book((1_048_575, 16_383, "x")), "quá rộng, quá dài"),  # 17 billion cells are asked for
        (book((0, 0, "x"))[:-200], "không phải là tệp Excel"),
    ],
)
def test_what_cannot_be_read_is_told_and_this_process_goes_on(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        sheets_of(data, most_bytes=MOST, hint="")
