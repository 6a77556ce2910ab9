"""A file of people: rows read from Excel, and what is wrong with them by sheet, row and cell."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import xlsxwriter

from binhdang.server.files.sheets import Table, sheets_of
from binhdang.server.web.records import Refused
from binhdang.vietnamese.text import fold

MOST_PEOPLE = 100
"""In one file: a password's hash takes a good part of a second, and people wait for the answer."""

_LARGEST = 2 * 2**20  # bytes of a file

COLUMNS = {
    "full_name": "Họ và tên",
    "username": "Tên đăng nhập",
    "email": "Thư điện tử",
    "phone": "Điện thoại",
    "title": "Chức danh",
    "agency": "Cơ quan",
    "role": "Vai trò",
    "end": "Đến hết ngày",
}
"""The columns, by the names of what they fill."""

_ALSO = {"email": "email", "ma/ten co quan": "agency", "ten co quan": "agency", "so dien thoai": "phone"}
_NAMED = {fold(title): name for name, title in COLUMNS.items()} | _ALSO
_MUST = ("full_name",)


class Fault(NamedTuple):
    """What is wrong, where: the sheet's name, the row's number and the column's title as Excel shows them."""

    sheet: str
    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the file, as typed."""

    sheet: str
    row: int
    values: Mapping[str, str] = field(default_factory=dict)

    def fault(self, name: str, message: str) -> Fault:
        """What is wrong with a value."""
        return Fault(self.sheet, self.row, COLUMNS.get(name, ""), message)


def rows_of(data: bytes) -> list[Row]:
    """The people in a workbook, sheet by sheet. Raises Refused for what is no such file."""
    sheets = sheets_of(data, most_bytes=_LARGEST, hint="Hãy mở, lưu lại dạng .xlsx rồi gửi lại.")
    rows = [row for name, table in sheets for row in _rows(name, table)]
    if not rows:
        raise Refused(
            "Không thấy người nào trong tệp.",
            hint="Hàng đầu phải có cột “Họ và tên”; hãy dùng tệp mẫu.",
            field="file",
        )
    if len(rows) > MOST_PEOPLE:
        raise Refused(f"Tệp có {len(rows)} người; mỗi tệp nhiều nhất {MOST_PEOPLE}. Hãy tách tệp.", field="file")
    return rows


def sample() -> bytes:
    """An empty file with the columns and one example."""
    out = io.BytesIO()
    example = ["Nguyễn Thị Lan", "", "lan@tinh.gov.vn", "0912 345 678", "Chuyên viên", "Sở Nội vụ", "Chuyên viên", ""]
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Người dùng")
        text = workbook.add_format({"num_format": "@"})  # so that telephone numbers keep their first 0
        sheet.set_column(0, len(COLUMNS) - 1, 22, text)
        sheet.write_row(0, 0, list(COLUMNS.values()), workbook.add_format({"bold": True}))
        sheet.write_row(1, 0, example)
    return out.getvalue()


def _rows(name: str, table: Table) -> Iterator[Row]:
    columns: dict[int, str] = {}
    for number, texts in enumerate(table, start=1):
        if not columns:
            found = {place: _NAMED[fold(text)] for place, text in enumerate(texts) if fold(text) in _NAMED}
            columns = found if set(_MUST) <= set(found.values()) else {}
        elif any(texts):
            yield Row(name, number, {column: texts[place] for place, column in columns.items() if place < len(texts)})
