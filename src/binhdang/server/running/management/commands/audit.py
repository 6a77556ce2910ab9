"""The proof of the audit: every seal computed again."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from binhdang.server.audit.sealing import verify


class Command(BaseCommand):
    """`audit verify`: status 1 when something is broken."""

    help = "Kiểm chứng nhật ký."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and where exported heads are kept."""
        parser.add_argument("task", choices=["verify"])
        parser.add_argument("--heads", type=Path)

    def handle(self, *args: object, task: str, heads: Path | None, **options: object) -> None:
        """Verifies, and says what was found."""
        verdict = verify(heads or settings.CONFIGURATION.folder / "audit-heads")
        self.stdout.write(
            f"Đã niêm phong {verdict.sealed} sự kiện trong {verdict.batches} lô; chờ niêm phong: {verdict.unsealed}."
        )
        for broken in verdict.broken:
            self.stdout.write(f"HỎNG: {broken}")
        self.stdout.write(f"Dấu cuối: {verdict.head}" if not verdict.broken else "Nhật ký đã bị can thiệp.")
        if verdict.broken:
            sys.exit(1)
