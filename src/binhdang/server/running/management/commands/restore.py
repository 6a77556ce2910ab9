"""Restores a backup into an empty installation."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from binhdang.server.audit.sealing import verify
from binhdang.server.configuration import prepare
from binhdang.server.running.backup import restore


class Command(BaseCommand):
    """Restores, brings the tables up to this version, and proves the audit: status 1 where that is broken."""

    help = "Phục hồi từ bản sao lưu vào nơi trống."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where, and the key where it is locked."""
        parser.add_argument("--archive", type=Path, required=True)
        parser.add_argument("--identity", type=Path)

    def handle(self, *args: object, archive: Path, identity: Path | None, **options: object) -> None:
        """Restores."""
        manifest = restore(archive, identity=identity)
        prepare(settings.CONFIGURATION)
        call_command("migrate", verbosity=0, interactive=False)
        made = timezone.localtime(manifest.made_at)
        self.stdout.write(f"Đã phục hồi bản sao lưu lúc {made:%H:%M ngày %d/%m/%Y} (phiên bản {manifest.version}).")
        verdict = verify(settings.CONFIGURATION.folder / "audit-heads")
        if not verdict.broken:
            self.stdout.write(f"Nhật ký: {verdict.sealed} sự kiện đã niêm phong, nguyên vẹn.")
            return
        for broken in verdict.broken:
            self.stderr.write(f"HỎNG: {broken}")
        self.stderr.write(
            "Dữ liệu đã được phục hồi, nhưng nhật ký trong bản sao lưu đã bị can thiệp: hãy thử một bản sao lưu cũ hơn, "
            "và so với các dấu cất ở nơi khác (audit verify --heads)."
        )
        sys.exit(1)
