"""Doors of pages: who comes in, who is led to sign-in, who is told why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from binhdang.access import Actor, Permission, Thing, decide
from binhdang.server.accounts.middleware import Asking
from binhdang.server.accounts.models import Person
from binhdang.server.audit.actions import By

_P = ParamSpec("_P")
_Page = Callable[Concatenate[HttpRequest, _P], HttpResponse]


class Entered(HttpRequest):
    """A request behind a door: somebody with an account asks."""

    user: Person
    actor: Actor
    by: By
    asking: Asking


def needs(*permissions: Permission) -> Callable[[Callable[Concatenate[Entered, _P], HttpResponse]], _Page[_P]]:
    """Lets in whoever has one of the permissions somewhere; without any named: whoever has an account.

    Strangers are led to sign-in and back. Raises PermissionDenied with the policy's reason.
    """

    def guard(page: Callable[Concatenate[Entered, _P], HttpResponse]) -> _Page[_P]:
        @wraps(page)
        def door(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Person):
                # an act's own address asks for POST: coming back from sign-in leads to the first page instead
                return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
            entered = cast(Entered, request)
            decisions = [decide(entered.actor, permission) for permission in permissions]
            if decisions and not any(decision.allowed for decision in decisions):
                raise PermissionDenied(decisions[0].reason)
            return page(entered, *args, **kwargs)

        return cast("_Page[_P]", door)

    return guard


def refuse_unless(actor: Actor, permission: Permission, on: Thing) -> None:
    """Raises PermissionDenied, with the reason, unless the actor may do this to the thing."""
    decision = decide(actor, permission, on)
    if not decision.allowed:
        raise PermissionDenied(decision.reason)
