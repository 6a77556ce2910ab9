"""Does the changes of units and agencies whose day has come; run every day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from binhdang.server.agencies.actions import take_due_changes
from binhdang.server.web.asking import SYSTEM


class Command(BaseCommand):
    """Does what is due; run twice, it does nothing more."""

    help = "Thực hiện các thay đổi đơn vị, cơ quan đã đến ngày có hiệu lực."

    def handle(self, *args: Any, **options: Any) -> None:
        """Does them and says what was done and what could not be."""
        done, refused = take_due_changes(by=SYSTEM)
        for change in done:
            self.stdout.write(f"Đã thực hiện: {change}, {change.decree}.")
        for change, why in refused:
            self.stderr.write(f"Chưa thực hiện được: {change}, {change.decree}. {why}")
        if not done and not refused:
            self.stdout.write("Không có thay đổi nào đến ngày.")
