"""Pages of papers: the list, taking files in, one paper, its file and the pictures of its pages."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from binhdang.access import Permission
from binhdang.server.files.actions import keep, place_of
from binhdang.server.files.answers import answer
from binhdang.server.papers import actions, presenters
from binhdang.server.papers.marking import paragraphs
from binhdang.server.papers.models import Paper
from binhdang.server.papers.offers import offers_for
from binhdang.server.papers.pictures import picture_of
from binhdang.server.papers.queries import papers as queries
from binhdang.server.papers.queries.reviews import review_of
from binhdang.server.papers.reach import may_write, papers_of
from binhdang.server.papers.secrecy import refuse_secret_file
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.paging import page_of
from binhdang.server.web.records import Conflict, Refused

_TABS = (
    ("", "Tất cả"),
    ("ra-soat", "Chờ rà soát"),
    ("xong", "Đã rà soát"),
    ("doc", "Đang đọc"),
    ("loi", "Không đọc được"),
)
_MOST_FILES = 20  # of one sending


def paper_for(request: Asked, pk: UUID, *, write: bool = False) -> Paper:
    """The paper, if the person may see it; to write, if they may review it. Otherwise it is as if it were not there."""
    found = get_object_or_404(papers_of(request.actor).select_related("owner", "content", "reading"), pk=pk)
    if write and not may_write(request.actor, found):
        raise Http404
    return found


@needs(Permission.READ)
def papers(request: Asked) -> HttpResponse:
    """The papers that the person may see, the newest first."""
    asked = {name: request.GET.get(name, "").strip() for name in ("tim", "loai", "muc")}
    seen = papers_of(request.actor)
    page = page_of(queries.listed(seen, state=asked["muc"], kind=asked["loai"], text=asked["tim"]), request)
    context = {
        "page": page,
        "rows": [(paper, presenters.PAPER_STATES[paper.state]) for paper in page],
        "text": asked["tim"],
        "kind": asked["loai"],
        "kinds": queries.kinds_in(seen),
        "tab": asked["muc"],
        "tabs": _TABS,
        "is_filtered": any(asked.values()),
        "adds": bool(request.by.agency) and any(Permission.WRITE in post.role.grants for post in request.actor.held()),
        "waits": any(paper.state == Paper.State.WAITING for paper in page),
    }
    return render(request, "papers/papers.html", context)


@needs(Permission.WRITE)
@require_POST
def add(request: Asked) -> HttpResponse:
    """Takes files in: each is looked at for a secrecy mark before it is kept."""
    files = request.FILES.getlist("files")[:_MOST_FILES]
    if not files:
        messages.error(request, _("Hãy chọn tệp cần đưa vào."))
        return redirect("papers:papers")
    taken: list[Paper] = []
    for file in files:
        name = str(file.name)
        try:
            examine = partial(refuse_secret_file, name=name)
            content = keep(by=request.by, parts=file.chunks(), name=name, examine=examine)
            paper, is_new = actions.add_paper(by=request.by, owner=UUID(request.by.agency), content=content, name=name)
        except Refused as e:
            messages.error(request, f"{name}: {e.message} {e.hint}")
            continue
        if not is_new:
            messages.info(request, _("“%(name)s” đã có trong danh sách: %(paper)s.") % {"name": name, "paper": paper})
        taken.append(paper)
    if len(taken) == 1:
        return redirect("papers:paper", taken[0].pk)
    if taken:
        count = len(taken)
        messages.success(request, ngettext("Đã nhận %(n)d văn bản.", "Đã nhận %(n)d văn bản.", count) % {"n": count})
    return redirect("papers:papers")


@needs(Permission.READ)
def paper(request: Asked, pk: UUID) -> HttpResponse:
    """One paper: what it is, what it cites and what cites it, its text with the marks."""
    found = paper_for(request, pk)
    standing = review_of(found) if found.reading is not None else None
    context = {
        "paper": found,
        "state": presenters.PAPER_STATES[found.state],
        "writes": may_write(request.actor, found),
        "standing": standing,
        "offers": offers_for(found, request.actor),
        "progress": standing.reviewed.progress() if standing else (0, 0),
        "counts": [(name, len(standing.reviewed.of(sort))) for sort, name in presenters.SORT_NAMES.items()]
        if standing
        else [],
        "cited": queries.cited_in(found, request.actor),
        "citing": page_of(queries.citing(found, request.actor), request),
        "paragraphs": paragraphs(standing.reviewed.record, standing.reviewed.items.values()) if standing else [],
    }
    return render(request, "papers/paper.html", context)


@needs(Permission.READ)
def file(request: Asked, pk: UUID) -> HttpResponseBase:
    """The paper as it was received."""
    found = paper_for(request, pk)
    return answer(request, found.content, found.name)


@needs(Permission.READ)
def picture(request: Asked, pk: UUID, number: int) -> HttpResponse:
    """A page of the paper as a picture, for files that have pages."""
    found = paper_for(request, pk)
    data = picture_of(place_of(found.content_id), found.content.media_type, number)
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400, immutable"  # the file never changes
    return response


@needs(Permission.WRITE)
@require_POST
def read_again(request: Asked, pk: UUID) -> HttpResponse:
    """Has the paper read by today's reader."""
    found = paper_for(request, pk, write=True)
    try:
        actions.read_again(by=request.by, paper=found.pk, seen=int(request.POST.get("seen") or found.version))
    except (Refused, Conflict) as e:
        messages.error(request, f"{e.message} {e.hint}")
    else:
        messages.success(request, _("Đang đọc lại; các lần sửa được giữ và làm lại trên bản đọc mới."))
    return redirect("papers:paper", pk)
