"""Doors of pages: who comes in, who is led to sign-in, who is told why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from binhdang.access import NO_POST, Actor, Permission, Thing, decide
from binhdang.server.web.asking import By


class Asked(HttpRequest):
    """A request behind a door: who asks, and for whom they act."""

    actor: Actor
    by: By


_P = ParamSpec("_P")
_R = TypeVar("_R", bound=Asked)
_Page = Callable[Concatenate[_R, _P], HttpResponseBase]
_Door = Callable[Concatenate[HttpRequest, _P], HttpResponseBase]


def needs(*permissions: Permission, post: bool = False) -> Callable[[_Page[_R, _P]], _Door[_P]]:
    """Lets in whoever has one of the permissions somewhere; without any named: whoever has an account, or a post.

    Strangers are led to sign-in and back. Raises PermissionDenied with the policy's reason.
    """

    def guard(page: _Page[_R, _P]) -> _Door[_P]:
        @wraps(page)
        def door(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
            asked = cast(_R, request)
            if asked.actor is None:
                # an act's own address asks for POST: coming back from sign-in leads to the first page instead
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            decisions = [decide(asked.actor, permission) for permission in permissions]
            if decisions and not any(decision.allowed for decision in decisions):
                raise PermissionDenied(decisions[0].reason)
            if post and not asked.actor.held():
                raise PermissionDenied(NO_POST)
            return page(asked, *args, **kwargs)

        return cast("_Door[_P]", door)

    return guard


def refuse_unless(actor: Actor, permission: Permission, on: Thing) -> None:
    """Raises PermissionDenied, with the reason, unless the actor may do this to the thing."""
    decision = decide(actor, permission, on)
    if not decision.allowed:
        raise PermissionDenied(decision.reason)
