"""What the server's tests share. They run on SQLite, and on PostgreSQL where BINHDANG_DATABASE names one."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def plain_static_files(settings: object) -> None:
    """Pages name their style sheets without a manifest, which only a collected folder has."""
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
