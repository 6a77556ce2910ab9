"""Does by the clock what the installation needs; `serve` starts it."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from binhdang.server.running.keeper import chores, keep, kept_beside, slow_chores
from binhdang.signals import leave_on_term, leave_with_parent


class Command(BaseCommand):
    """Runs until it is told to leave."""

    help = "Niêm phong nhật ký và làm các việc định kỳ."

    def handle(self, *args: object, **options: object) -> None:
        """Keeps."""
        leave_on_term()
        leave_with_parent()
        with kept_beside(slow_chores()):
            keep(chores())
