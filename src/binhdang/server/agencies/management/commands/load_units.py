"""Loads the units of Vietnam into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from binhdang.server.agencies.actions import Loaded, load_units
from binhdang.server.agencies.management.reached import reached
from binhdang.server.web.asking import SYSTEM


class Command(BaseCommand):
    """Writes what is missing; run again after each new version."""

    help = "Nạp danh mục đơn vị hành chính (trước và sau ngày 01/7/2025) vào cơ sở dữ liệu."

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads and says what was done."""
        with reached():
            loaded = load_units(by=SYSTEM)
        self.stdout.write(said(loaded))


def said(loaded: Loaded) -> str:
    """The result in words."""
    kept = f" Giữ nguyên {_number(loaded.kept)} dòng đã sửa tại đây." if loaded.kept else ""
    if loaded.is_empty:
        return f"Danh mục đơn vị hành chính đã đủ, không có gì thay đổi.{kept}"
    return (
        f"Đã nạp {_number(loaded.units)} đơn vị hành chính và {_number(loaded.successions)} quan hệ kế thừa; "
        f"cập nhật {_number(loaded.units_changed + loaded.successions_changed)} dòng.{kept}"
    )


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
