"""Makes a backup, or the key that locks backups."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from binhdang.server.running.backup import backup, new_identity


class Command(BaseCommand):
    """`backup FILE`, or `backup --new-key FILE`."""

    help = "Sao lưu cơ sở dữ liệu và tệp vào một tệp."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and for whom it is locked."""
        parser.add_argument("--target", type=Path)
        parser.add_argument("--recipient", default="")
        parser.add_argument("--new-key", type=Path)

    def handle(
        self, *args: object, target: Path | None, recipient: str, new_key: Path | None, **options: object
    ) -> None:
        """Backs up."""
        if new_key is not None:
            self.stdout.write(f"Khóa công khai (dùng với --for): {new_identity(new_key)}")
            self.stdout.write(
                f"Tệp khóa {new_key}: hãy cất ở nơi khác với máy chủ; mất tệp này là mất các bản sao lưu."
            )
            return
        if target is None:
            raise CommandError("Hãy nêu tệp để ghi bản sao lưu.")
        manifest = backup(target, recipient=recipient)
        size = f"{target.stat().st_size / 2**20:.1f}".replace(".", ",")
        self.stdout.write(f"Đã sao lưu vào {target} ({size} MB, {len(manifest.members)} tệp).")
