"""The room's entry in Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from binhdang.access import Permission, may
from binhdang.server.web import places


class PapersConfig(AppConfig):
    """Papers, readings, reviews."""

    name = "binhdang.server.papers"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        """Names the room's place, its jobs, and its things in the journal."""
        import_module("binhdang.server.papers.kinds")
        places.register(20, _("Văn bản"), "papers:papers", _may_read)


def _may_read(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and may(actor, Permission.READ)
