"""Pages of notices: the list, opening one, marks and taking them back, choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from binhdang.server.accounts.doors import Entered
from binhdang.server.accounts.filters import asked_for
from binhdang.server.accounts.forms import tell
from binhdang.server.notices import queries
from binhdang.server.notices.actions import choices as choosing
from binhdang.server.notices.actions import reading
from binhdang.server.notices.forms import ChoicesForm
from binhdang.server.notices.kinds import Kind, kinds
from binhdang.server.notices.models import Notice
from binhdang.server.notices.presenters import kind_title, letter_state
from binhdang.server.web.doors import needs
from binhdang.server.web.paging import page_of
from binhdang.server.web.records import Conflict, Refused

_ALL = "tat-ca"
_FILTERS = ("xem", "loai", "tim")


@dataclass(frozen=True, slots=True)
class Row:
    """A notice as the list shows it."""

    notice: Notice
    kind: str
    is_own: bool


@needs()
def inbox(request: Entered) -> HttpResponse:
    """What one has not read, or all, by kind and by words."""
    asked = asked_for(request, *_FILTERS)
    found = queries.narrowed(queries.visible_to(request.actor), kind=asked["loai"], words=asked["tim"])
    shows_all = asked["xem"] == _ALL
    listed = found if shows_all else queries.unread(request.actor, found)
    page = page_of(queries.with_state(listed, request.actor), request)
    batch = _uuid(request.GET.get("vua_doc", ""))
    context = {
        "page": page,
        "rows": [_row(request, notice) for notice in page],
        "asked": asked,
        "shows_all": shows_all,
        "is_filtered": bool(asked["loai"] or asked["tim"]),
        "unread": queries.count_unread(request.actor, found),
        "most": queries.MOST,
        "kinds": _kinds_for(request),
        "now": timezone.now().isoformat(),
        "kept": _kept(request),
        "batch": batch,
        "just_read": queries.read_by_batch(request.actor, batch) if batch else 0,
    }
    return render(request, "notices/inbox.html", context)


@require_safe
@needs()
def open_notice(request: Entered, pk: UUID) -> HttpResponse:
    """Goes where a notice leads; from then on it is read."""
    notice = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    if request.method == "GET":
        reading.mark_read(by=request.by, notice=pk)
    return redirect(notice.url)


@require_POST
@needs()
def mark(request: Entered, pk: UUID) -> HttpResponse:
    """Marks a notice as read, or as not read any more (`chua=1`)."""
    get_object_or_404(queries.visible_to(request.actor), pk=pk)
    do = reading.mark_unread if request.POST.get("chua") else reading.mark_read
    do(by=request.by, notice=pk)
    if getattr(request, "htmx", False):
        notice = queries.with_state(queries.visible_to(request.actor), request.actor).get(pk=pk)
        return render(request, "notices/marked.html", _marked(request, notice))
    return _back(request)


@require_POST
@needs()
def mark_all(request: Entered) -> HttpResponse:
    """Marks as read what the filters show and what was there when the page was made."""
    asked = asked_for(request, *_FILTERS)
    until = _moment(request.POST.get("luc", ""))
    batch = reading.mark_all_read(by=request.by, until=until, kind=asked["loai"], words=asked["tim"])
    return _back(request, vua_doc=str(batch))


@require_POST
@needs()
def undo(request: Entered) -> HttpResponse:
    """Takes back what was marked by one press."""
    batch = _uuid(request.POST.get("lan", ""))
    count = reading.take_back(by=request.by, batch=batch) if batch else 0
    if count:
        messages.success(request, _("Đã để lại %(count)s thông báo là chưa đọc.") % {"count": count})
    return _back(request)


@needs()
def choices(request: Entered) -> HttpResponse:
    """How one wants to be told, where letters go, what became of the last ones."""
    own = request.user
    version, ways = queries.ways_of(own.pk)
    named = _kinds_for(request)
    chosen = {code: way.value for code, way in ways.items() if code in named}
    form = ChoicesForm(request.POST or None, initial={**chosen, "seen": version}, kinds=named)
    differences: Iterable[object] = ()
    if form.is_valid():
        try:
            choosing.choose(by=request.by, person=own, seen=form.cleaned_data["seen"], ways=form.ways())
        except Refused as refused:
            tell(form, refused)
        except Conflict as conflict:
            differences = conflict.differences
            form.data = {**request.POST.dict(), "seen": str(version)}  # what they see now
        else:
            messages.success(request, _("Đã lưu lựa chọn của bạn."))
            return redirect("notices:choices")
    context = {
        "form": form,
        "differences": differences,
        "kinds": named,
        "sends_mail": bool(settings.CONFIGURATION.mail),
        "letters": [(letter, *letter_state(letter)) for letter in queries.latest_letters(own.pk)],
    }
    return render(request, "notices/choices.html", context)


def _kinds_for(request: Entered) -> dict[str, Kind]:
    """The kinds that somebody with these posts may be told of."""
    roles = [post.role for post in request.actor.held()]
    return {code: kind for code, kind in kinds().items() if any(kind.concerns(role) for role in roles)}


def _row(request: Entered, notice: Notice) -> Row:
    return Row(notice, kind_title(notice.kind), notice.by_id == request.user.pk)


def _marked(request: Entered, notice: Notice) -> dict[str, object]:
    """A row anew, in the list that it stands in."""
    return {"row": _row(request, notice), "kept": _kept(request), "shows_all": request.GET.get("xem") == _ALL}


def _kept(request: Entered) -> str:
    """The filters of the address, for forms that come back to the same list."""
    asked = request.GET.copy()
    for name in list(asked):
        if name not in (*_FILTERS, "trang", "dong"):
            del asked[name]
    return asked.urlencode()


def _back(request: Entered, **further: str) -> HttpResponse:
    asked = _kept(request)
    told = "&".join([*([asked] if asked else []), *(f"{name}={value}" for name, value in further.items())])
    address = reverse("notices:inbox")
    return redirect(f"{address}?{told}" if told else address)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime:
    """When the page was made: never later than now."""
    now = timezone.now()
    try:
        told = parse_datetime(text)
    except ValueError:
        told = None
    return min(told, now) if told is not None and timezone.is_aware(told) else now
