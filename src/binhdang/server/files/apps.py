"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Kept files."""

    name = "binhdang.server.files"
    verbose_name = "Tệp"
