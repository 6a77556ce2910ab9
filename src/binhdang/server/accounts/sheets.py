"""A file of people: rows read from Excel, and what is wrong with them by sheet, row and cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import xlsxwriter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from binhdang.server.web.records import Refused
from binhdang.vietnamese.text import fold

MOST_PEOPLE = 100
"""In one file: a password's hash takes a good part of a second, and people wait for the answer."""

_LARGEST = 2 * 2**20  # bytes of a file
_UNPACKED = 30 * 2**20  # bytes of all that is packed in it
_LAST_ROW = 5_000
_FAR_COLUMN = 2  # letters of a column beyond AZ, which a list of people never has
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]+)([0-9]+)["']""")

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
    _refuse_hostile(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = [row for name in workbook.sheet_names for row in _rows(name, workbook.get_sheet_by_name(name))]
    except CalamineError as e:
        raise Refused(
            "Không đọc được tệp này: tệp hỏng hoặc có mật khẩu.",
            hint="Hãy mở, lưu lại dạng .xlsx rồi gửi lại.",
            field="file",
        ) from e
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


def _refuse_hostile(data: bytes) -> None:
    """Nothing that grows without end: a small file may ask for the memory of a million empty rows."""
    if len(data) > _LARGEST:
        raise Refused(f"Tệp lớn hơn {_LARGEST // 2**20} MB; hãy chỉ giữ trang tính có danh sách người.", field="file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            grows = sum(part.file_size for part in parts) > _UNPACKED
            sheets = [] if grows else [p for p in parts if p.filename.startswith("xl/worksheets/") and not p.is_dir()]
            far = any(_is_far(archive.read(part)) for part in sheets)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as e:
        raise Refused(
            "Đây không phải tệp Excel .xlsx.", hint="Hãy lưu danh sách dạng .xlsx rồi gửi lại.", field="file"
        ) from e
    if grows or far:
        raise Refused(
            f"Trang tính quá rộng hoặc quá dài (quá {_LAST_ROW} hàng).",
            hint="Hãy chép danh sách sang tệp mới.",
            field="file",
        )


def _is_far(xml: bytes) -> bool:
    return any(
        int(row) > _LAST_ROW or len(column) > _FAR_COLUMN or (len(column) == _FAR_COLUMN and column > b"AZ")
        for column, row in _CELL.findall(xml)
    )


def _rows(name: str, sheet: CalamineSheet) -> Iterator[Row]:
    columns: dict[int, str] = {}
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        texts = [_text(cell) for cell in cells]
        if not columns:
            found = {place: _NAMED[fold(text)] for place, text in enumerate(texts) if fold(text) in _NAMED}
            columns = found if set(_MUST) <= set(found.values()) else {}
        elif any(texts):
            yield Row(name, number, {column: texts[place] for place, column in columns.items() if place < len(texts)})


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
