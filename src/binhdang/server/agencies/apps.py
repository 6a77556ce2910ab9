"""The room's entry in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.module_loading import autodiscover_modules

from binhdang.server.web import places


class AgenciesConfig(AppConfig):
    """Units and agencies."""

    name = "binhdang.server.agencies"
    verbose_name = "Đơn vị và cơ quan"

    def ready(self) -> None:
        """Every room tells in its `movers` what it moves when units and agencies change; two places in the frame."""
        autodiscover_modules("movers")
        places.register(60, "Cơ quan", "agencies:agencies", _holds_post)
        places.register(70, "Địa giới", "agencies:map", _holds_post)


def _holds_post(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)  # a request refused early has none
    return actor is not None and bool(actor.held())
