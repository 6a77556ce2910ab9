"""Agencies as an Excel file, and such a file back as rows with their places."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from binhdang.server.agencies.models import Agency, Unit
from binhdang.server.files.sheets import sheets_of
from binhdang.server.web.records import Refused

SHEET = "Cơ quan"
NATION_CODE = "VN"
"""Written where other agencies have the code of their unit."""

COLUMNS: Mapping[str, str] = {
    "name": "Tên cơ quan",
    "short": "Tên viết tắt",
    "kind": "Mã loại",
    "code": "Mã đơn vị",
    "unit": "Đơn vị hành chính",
    "start": "Từ ngày",
    "end": "Đến ngày",
    "superior": "Báo cáo với",
}
"""Columns by their meaning. Reading asks for the first and for the unit's code; it ignores those it does not take in."""
_WIDTHS = {"name": 48, "unit": 32, "superior": 40}
_MOST_BYTES = 5_000_000
_MOST_UNPACKED = 60_000_000
_MOST_ROWS = 4_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row as typed, by columns' meanings; `number` counts from one, `letters` name its columns, as Excel does."""

    sheet: str
    number: int
    cells: dict[str, str]
    letters: dict[str, str]

    def place(self, column: str) -> str:
        """Where a cell is: "trang “Cơ quan”, ô C5"."""
        return f"trang “{self.sheet}”, ô {self.letters.get(column, 'A')}{self.number}"


def written(agencies: Iterable[Agency], units: Mapping[UUID, Unit], superiors: Mapping[UUID, str]) -> bytes:
    """The agencies as a file, with their units and superiors by ids. Every cell is text or a date: what looks like a formula stays text."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(SHEET)
        head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "dd/mm/yyyy"})
        for column, (meaning, title) in enumerate(COLUMNS.items()):
            sheet.write_string(0, column, title, head)
            sheet.set_column(column, column, _WIDTHS.get(meaning, 14))
        sheet.freeze_panes(1, 1)
        row = 0
        for row, agency in enumerate(agencies, start=1):
            unit = units.get(agency.unit_id, agency.unit)
            values = (
                agency.name,
                agency.short,
                agency.kind,
                # the code that an import of this row would look for: on its first day, else today
                (agency.unit if agency.start else unit).code or NATION_CODE,
                unit.title,
                agency.start,
                agency.end,
                superiors.get(agency.pk, ""),
            )
            for column, value in enumerate(values):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), day)
                elif value:
                    sheet.write_string(row, column, value)
        sheet.autofilter(0, 0, row, len(COLUMNS) - 1)
    return out.getvalue()


def read(data: bytes) -> list[Row]:
    """The rows of the file's first sheet. Raises Refused."""
    sheets = sheets_of(data, most_bytes=_MOST_BYTES, hint=_HINT)
    name, table = sheets[0] if sheets else ("", [])
    if not table:
        raise Refused("Trang tính đầu tiên không có dòng nào.", hint=_HINT, field="file")
    if len(table) > _MOST_ROWS + 1:
        raise Refused(f"Tệp có hơn {_MOST_ROWS} dòng.", hint="Hãy chia thành nhiều tệp.", field="file")
    at = _columns(table[0])
    letters = {meaning: xl_col_to_name(column) for meaning, column in at.items()}
    rows = (
        Row(name, number, {meaning: cells[column] for meaning, column in at.items()}, letters)
        for number, cells in enumerate(table[1:], start=2)
    )
    return [row for row in rows if any(row.cells.values())]


_HINT = "Hãy xuất danh sách ra tệp, điền thêm vào tệp đó rồi nhập lại."


def _columns(head: list[str]) -> dict[str, int]:
    titles = {cell.lower(): column for column, cell in enumerate(head)}
    found = {meaning: titles[title.lower()] for meaning, title in COLUMNS.items() if title.lower() in titles}
    if missing := [COLUMNS[meaning] for meaning in ("name", "code") if meaning not in found]:
        raise Refused(f"Dòng đầu thiếu cột: {', '.join(missing)}.", hint=_HINT, field="file")
    return found
