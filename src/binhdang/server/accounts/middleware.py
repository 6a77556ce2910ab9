"""Who is asking: the actor of the policy and the By of acts, made once a request and only when asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from binhdang.access import Actor
from binhdang.server.accounts.addresses import address_of
from binhdang.server.accounts.models import Person, Post
from binhdang.server.accounts.queries import posts_of
from binhdang.server.accounts.reach import actor_of
from binhdang.server.web.asking import By

ACTING_FOR = "acting_for"
"""Where the session keeps the id of the post that somebody with several posts acts for."""

_OPEN_BEFORE_CHANGE = frozenset({"account_change_password", "account_logout", "set_language"})
_LIBRARYS_EMAIL_PAGE = "account_email"  # would write addresses past the acts and their checks
_NEEDS_MAIL = frozenset({"account_reset_password"})
_SHUT_BEFORE_FOUNDING = frozenset({"home", "account_login"})


class Asking:
    """A signed-in person of a request, with their posts; the database is asked once, when first needed."""

    def __init__(self, request: HttpRequest, person: Person) -> None:
        self._request, self._person = request, person

    @cached_property
    def posts(self) -> list[Post]:
        """In force and coming."""
        return posts_of(str(self._person.pk))

    @cached_property
    def actor(self) -> Actor:
        """For the policy."""
        return actor_of(str(self._person.pk), self.posts, timezone.localdate())

    @cached_property
    def post(self) -> Post | None:
        """The post acted for: the one chosen in this session, else the first in force."""
        today = timezone.localdate()
        held = [post for post in self.posts if post.stands_on(today)]
        chosen = self._request.session.get(ACTING_FOR)
        return next((post for post in held if str(post.pk) == chosen), held[0] if held else None)

    @cached_property
    def by(self) -> By:
        """For acts."""
        agency = self.post.agency_id if self.post else None
        return By(str(self._person.pk), str(agency or ""), address_of(self._request))


class ActorMiddleware:
    """Puts `request.actor`, `request.by` and `request.asking` where views find them; a stranger has a `by` alone.

    Whoever still has a one-time password is led to changing it from everywhere but signing out; while there is nobody
    at all, strangers are led to making the first administrator.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Knows who is asking."""
        told: Any = request
        if isinstance(request.user, Person):
            asking = Asking(request, request.user)
            told.actor = SimpleLazyObject(lambda: asking.actor)
            told.by = SimpleLazyObject(lambda: asking.by)
            told.asking = asking
        else:
            told.actor, told.asking = None, None
            told.by = By("", address=address_of(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Leads elsewhere, where something has to be done first."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if isinstance(request.user, Person):
            if request.user.must_change_password and name not in _OPEN_BEFORE_CHANGE:
                return redirect("account_change_password")
            if name == _LIBRARYS_EMAIL_PAGE:
                return redirect("accounts:profile")
        elif name in _NEEDS_MAIL and not settings.CONFIGURATION.mail:
            raise PermissionDenied("Hệ thống chưa gửi được thư; hãy nhờ người quản trị cấp lại mật khẩu.")
        elif name in _SHUT_BEFORE_FOUNDING and not Person.objects.exists():
            return redirect("accounts:found")
        return None
