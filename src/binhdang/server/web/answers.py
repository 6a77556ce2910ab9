"""How the server tells what went wrong: a page that says what happened and what to do, or problem+json for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from binhdang.errors import BinhdangError
from binhdang.server.web.records import Conflict, Difference

_JSON = ("application/json", "application/problem+json")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, for a person: a title, what happened, what to do. `code` is stable, for programs."""

    status: int
    code: str
    title: str
    what: str
    hint: str = ""
    differences: Sequence[Difference] = ()


class AnswersMiddleware:
    """Turns an error of the house that a view lets through into an answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The answer to an error of the house; others go on to the page for what nobody foresaw."""
        return answer(request, trouble_of(exception)) if isinstance(exception, BinhdangError) else None


def trouble_of(error: BinhdangError) -> Trouble:
    """An error of the house as an answer: 409 where somebody else was faster, otherwise 400."""
    if isinstance(error, Conflict):
        title = _("Người khác vừa sửa mục này")
        return Trouble(409, error.code, title, error.message, error.hint, error.differences)
    return Trouble(400, error.code, _("Chưa làm được việc này"), error.message, error.hint)


def answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """The page of what went wrong, or problem+json for a program."""
    if wants_json(request):
        return JsonResponse(
            {
                "type": "about:blank",
                "title": trouble.title,
                "status": trouble.status,
                "detail": f"{trouble.what} {trouble.hint}".strip(),
                "code": trouble.code,
            },
            status=trouble.status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
    if trouble.status >= 500:  # the frame asks the database, which may be what is broken
        context = {"trouble": trouble, "number": getattr(request, "id", "")}
        return HttpResponse(render_to_string("web/500.html", context), status=trouble.status)
    signed_in = hasattr(request, "user") and request.user.is_authenticated
    frame = "web/base.html" if signed_in else "web/plain.html"
    return render(request, "web/trouble.html", {"trouble": trouble, "frame": frame}, status=trouble.status)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program is asking: by the address, or by what it accepts before pages."""
    if request.path.startswith("/api/"):
        return True
    return request.get_preferred_type(["text/html", *_JSON]) in _JSON
