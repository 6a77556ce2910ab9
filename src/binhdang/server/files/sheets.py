"""Workbooks that people send: read apart from the server, within bounds of bytes, memory and time."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO

from binhdang.server.web.records import Refused

Table = list[list[str]]
"""The cells of a sheet by row and column as text: whole numbers without ".0", days as 10/06/2026."""

_PATIENCE = 30  # seconds
_UNPACKED = 60 * 2**20  # bytes


def sheets_of(data: bytes, *, most_bytes: int, hint: str) -> list[tuple[str, Table]]:
    """The sheets of an .xlsx file by name. Raises Refused for what is no such file, or asks for too much."""
    if len(data) > most_bytes:
        raise Refused(f"Tệp lớn hơn {most_bytes // 2**20} MB.", hint="Hãy chia thành nhiều tệp.", field="file")
    _refuse_other_kinds(data, hint)
    argv = [sys.executable, "-m", "binhdang.server.files.sheet_process"]
    try:
        done = subprocess.run(argv, input=data, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as e:
        raise _not_read(hint) from e
    if done.returncode:
        raise _not_read(hint)
    return [(name, [[_text(cell) for cell in row] for row in rows]) for name, rows in json.loads(done.stdout)]


def _refuse_other_kinds(data: bytes, hint: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as e:
        raise Refused("Tệp này không phải là tệp Excel .xlsx.", hint=hint, field="file") from e
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= {part.filename for part in parts}:
        raise Refused("Tệp này không phải là tệp Excel .xlsx.", hint=hint, field="file")
    if sum(part.file_size for part in parts) > _UNPACKED:
        raise Refused("Tệp này giải nén ra quá lớn nên không mở.", hint=hint, field="file")


def _not_read(hint: str) -> Refused:
    return Refused(
        "Không đọc được tệp này: tệp hỏng, có mật khẩu, hoặc trang tính quá rộng, quá dài.", hint=hint, field="file"
    )


def _text(cell: object) -> str:
    if isinstance(cell, dict):
        return f"{date.fromisoformat(cell['day']):%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())
