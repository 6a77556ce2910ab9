"""Fills an empty installation with a province to try, says who can sign in, and serves it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from binhdang.errors import BinhdangError
from binhdang.server.configuration import prepare
from binhdang.server.running.demo import Demo, fill
from binhdang.server.running.management.commands.serve import refuse_taken
from binhdang.server.running.story import play


class Command(BaseCommand):
    """Serves until Ctrl-C; where nobody watches (no terminal) it plays one story against itself and ends."""

    help = "Một tỉnh để dùng thử."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: object, port: int, **options: object) -> None:
        """Fills, then serves or plays."""
        if settings.CONFIGURATION.database:
            raise BinhdangError(
                "Dữ liệu thử chỉ nằm trong thư mục riêng, không ghi vào PostgreSQL.",
                hint="Hãy bỏ BINHDANG_DATABASE rồi chạy lại.",
                code="demo.filled",
            )
        prepare(settings.CONFIGURATION)
        watched, log = sys.stdout.isatty(), settings.CONFIGURATION.folder / "server.log"
        if watched:
            refuse_taken("127.0.0.1", port)
        call_command("migrate", verbosity=0, interactive=False)
        demo = fill()
        self._tell(demo)
        if watched:
            self.stdout.write(f"Nhật ký của máy chủ: {log}")
            call_command("serve", port=port, log=log)
        else:
            play(demo, log=log, say=self.stdout.write)

    def _tell(self, demo: Demo) -> None:
        self.stdout.write(f"Mật khẩu chung của các tài khoản thử: {demo.password}")
        for account in demo.accounts:
            self.stdout.write(f"  {account.username:<10} {account.role:<24} {account.full_name}, {account.agency}")
        self.stdout.flush()
