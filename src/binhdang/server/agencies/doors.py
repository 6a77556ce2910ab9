"""Who may see the room's pages, and who may change what is on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from binhdang.access import Actor, Permission, decide, may
from binhdang.server.audit.actions import By

_P = ParamSpec("_P")


class Asked(HttpRequest):
    """A request behind a door: who asks, and for whom they act."""

    actor: Actor
    by: By


Page = Callable[Concatenate[Asked, _P], HttpResponse]
Door = Callable[Concatenate[HttpRequest, _P], HttpResponse]


def browsing(page: Page[_P]) -> Door[_P]:
    """Lets in everybody who holds a post."""
    return _door(page, None)


def editing(page: Page[_P]) -> Door[_P]:
    """Lets in whoever may edit the map. Raises PermissionDenied with the policy's reason."""
    return _door(page, Permission.EDIT_MAP)


def may_edit(request: Asked) -> bool:
    """Whether the page offers its acts."""
    return may(request.actor, Permission.EDIT_MAP)


def _door(page: Page[_P], permission: Permission | None) -> Door[_P]:
    @wraps(page)
    def guard(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        asked = cast(Asked, request)
        if asked.actor is None:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
        if not asked.actor.held():
            raise PermissionDenied(
                "Bạn không giữ nhiệm vụ nào đang có hiệu lực. Hãy liên hệ người quản trị của cơ quan."
            )
        if permission is not None and not (decision := decide(asked.actor, permission)).allowed:
            raise PermissionDenied(decision.reason)
        return page(asked, *args, **kwargs)

    return cast("Door[_P]", guard)
