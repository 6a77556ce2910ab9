"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Events and their seals."""

    name = "binhdang.server.audit"
    verbose_name = "Nhật ký"
