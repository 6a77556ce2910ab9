"""Does the changes of units and agencies whose day has come; run every day."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from binhdang.server.agencies.actions import take_due_changes
from binhdang.server.agencies.management.reached import reached
from binhdang.server.web.asking import SYSTEM


class Command(BaseCommand):
    """Does what is due; run twice, it does nothing more. Status 1 when something could not be done."""

    help = "Thực hiện các thay đổi đơn vị, cơ quan đã đến ngày có hiệu lực."

    def handle(self, *args: Any, **options: Any) -> None:
        """Does them and says what was done, and what could not be with what to do about it."""
        with reached():
            done, refused = take_due_changes(by=SYSTEM)
        for change in done:
            self.stdout.write(f"Đã thực hiện: {change}, {change.decree}.")
        for change, why in refused:
            self.stderr.write(f"Chưa thực hiện được: {change}, {change.decree}. {why}")
        if refused:
            self.stderr.write("Hãy mở trang “Thay đổi địa giới, tổ chức”, sửa chỗ vướng hoặc rút thay đổi rồi ghi lại.")
            sys.exit(1)
        if not done:
            self.stdout.write("Không có thay đổi nào đến ngày.")
