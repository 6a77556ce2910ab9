"""The review of a paper: its text and its items side by side, and what a person does to them.

Every act answers a plain form with a redirect and htmx with the parts of the page that changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from binhdang.access import Permission
from binhdang.review import SORTS, BadEdit, Item, State, Verb
from binhdang.server.agencies.models import Agency
from binhdang.server.agencies.queries.agencies import search_agencies
from binhdang.server.papers import actions, presenters
from binhdang.server.papers.forms import FORMS, IdentityForm, ItemForm
from binhdang.server.papers.marking import element, paragraphs
from binhdang.server.papers.models import Paper
from binhdang.server.papers.outline import sections, tasks_in
from binhdang.server.papers.pictures import has_pictures
from binhdang.server.papers.queries.candidates import communes_below
from binhdang.server.papers.queries.findings import Finding, findings_of
from binhdang.server.papers.queries.names import Name, names_in
from binhdang.server.papers.queries.reviews import Standing, history_of, review_of
from binhdang.server.papers.views.papers import paper_for
from binhdang.server.web.answers import trouble_of
from binhdang.server.web.doors import Asked, needs
from binhdang.server.web.records import Conflict, Refused

_OTHER_PARTS = ("findings", "names")
_PARTS = (*SORTS, *_OTHER_PARTS)
_PLAIN = {
    "accept": Verb.ACCEPT,
    "remove": Verb.REMOVE,
    "guide": Verb.GUIDE,
    "reopen": Verb.REOPEN,
    "merge": Verb.MERGE,
    "tie": Verb.TIE,
}
_STAYS = frozenset({Verb.ACCEPT, Verb.CORRECT, Verb.GUIDE, Verb.REMOVE, Verb.REOPEN})
"""What changes its item alone, so that only its row is sent again."""


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the list shows it."""

    item: Item
    element: str
    label: str
    title: str
    facts: Sequence[tuple[Any, str]]
    state: tuple[str, Any]
    sentences: Sequence[Item] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody has looked at it."""
        return self.item.state == State.OPEN

    @property
    def start(self) -> int:
        """Where its words begin in the text; -1 where it has none."""
        return self.item.spans[0].start if self.item.spans else -1


def _row(item: Item, standing: Standing) -> Row:
    return Row(
        item,
        element(item.key),
        presenters.label_of(item),
        presenters.title_of(item),
        presenters.facts_of(item),
        presenters.STATES[item.state],
        [standing.reviewed.items[key] for key in item.sentences],
    )


@needs(Permission.WRITE)
def review(request: Asked, pk: UUID) -> HttpResponse:
    """The page."""
    paper = paper_for(request, pk, write=True)
    if paper.reading is None:
        return redirect("papers:paper", pk)
    standing = review_of(paper)
    part = request.GET.get("phan", "task")
    part = part if part in _PARTS else "task"
    context = _pane(paper, standing, part, request.GET.get("muc", ""), request.GET.get("tim-co-quan", ""))
    context |= {
        "paragraphs": paragraphs(standing.reviewed.record, standing.reviewed.items.values()),
        "pages": [p["page"] for p in standing.reviewed.record["pages"]]
        if has_pictures(paper.content.media_type)
        else [],
        "identity": IdentityForm(standing.reviewed.document),
    }
    return render(request, "papers/review.html", context)


def _pane(paper: Paper, standing: Standing, part: str, chosen: str, search: str = "") -> dict[str, Any]:
    """What the right-hand side shows of one part: its rows, the counts of all parts, how far the review is."""
    reviewed = standing.reviewed
    looked, total = reviewed.progress()
    context: dict[str, Any] = {
        "paper": paper,
        "standing": standing,
        "part": part,
        "chosen": chosen,
        "looked": looked,
        "total": total,
        "left": total - looked,
        "tabs": [(sort, name, *reviewed.progress(sort)) for sort, name in presenters.SORT_NAMES.items()],
        "misfits": reviewed.misfits,
        "doubtful": standing.doubtful,
        "undoable": history_of(standing.review)[:8],
        "verbs": presenters.VERBS,
    }
    findings: list[Finding] = findings_of(reviewed)
    context["finding_counts"] = (sum(f.is_settled for f in findings), len(findings))
    names: list[Name] = names_in(paper, reviewed, offer=part == "names")
    context["name_counts"] = (sum(n.is_settled for n in names), len(names))
    if part == "findings":
        context["findings"] = findings
    elif part == "names":
        context["names"] = names
        context["communes"] = communes_below(paper.owner_id, paper.date or timezone.localdate())
        context["asked"], context["found"] = chosen, _searched(paper, chosen, search)
    else:
        context["rows"] = [_row(item, standing) for item in reviewed.of(part, live=False) if item.state not in _PARTED]
        context["sections"] = sections(reviewed.record) if part == "task" else []
        if chosen in reviewed.items and reviewed.items[chosen].sort == part:
            context |= _opened(standing, reviewed.items[chosen])
    return context


def _searched(paper: Paper, name: str, search: str) -> list[Agency]:
    """Agencies to pick from for one name: those that the search names, else by the name itself."""
    if not name:
        return []
    return list(search_agencies(search or name, day=paper.date or timezone.localdate())[:_MOST_FOUND])


_MOST_FOUND = 40
_PARTED = (State.SPLIT, State.MERGED, State.TIED)


def _opened(standing: Standing, item: Item, form: ItemForm | None = None) -> dict[str, Any]:
    """What an item's row shows when it is open: its form and what else can be done with it."""
    reviewed = standing.reviewed
    siblings = [one for one in reviewed.of(item.sort) if one.state not in _PARTED]
    place = next((n for n, one in enumerate(siblings) if one.key == item.key), -1)
    after = siblings[place + 1] if 0 <= place < len(siblings) - 1 else None
    text = reviewed.record["text"]
    return {
        "opened": _row(item, standing),
        "form": form or FORMS[item.sort](item),
        "next_key": after.key if after else "",
        "sentence": [span.of(text) for span in item.spans],
        "targets_of_tie": [one for one in siblings if one.key != item.key and one.fields.get("kind") == "activity"]
        if item.fields.get("kind") == "responsibility"
        else [],
        "pieces": text[item.spans[0].start : item.spans[0].end] if len(item.spans) == 1 else "",
        "piece_start": item.spans[0].start if item.spans else 0,
    }


@needs(Permission.WRITE)
def item(request: Asked, pk: UUID) -> HttpResponse:
    """One item's row, open for correction (`mo=1`) or shut: what htmx asks for; a plain request is led to the page."""
    paper = paper_for(request, pk, write=True)
    if paper.reading is None:
        raise Http404
    standing, key = review_of(paper), request.GET.get("muc", "")
    found = standing.reviewed.items.get(key)
    if found is None:
        raise Http404
    if not request.headers.get("HX-Request"):
        return redirect(_address(pk, found.sort, key))
    return _answer_row(request, paper, standing, found, is_open=request.GET.get("mo") == "1")


def _address(pk: UUID, part: str, key: str = "") -> str:
    asked = urlencode({"phan": part} | ({"muc": key} if key else {}))
    return f"{reverse('papers:review', args=[pk])}?{asked}" + (f"#{element(key)}" if key else "")


def _answer_row(
    request: Asked,
    paper: Paper,
    standing: Standing,
    item: Item,
    *,
    is_open: bool,
    form: ItemForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _pane(paper, standing, item.sort, item.key if is_open else "")
    context |= {"row": _row(item, standing), "alone": True}
    if is_open:
        context |= _opened(standing, item, form)
    return render(request, "papers/_row_alone.html", context, status=status)


def _answer_pane(request: Asked, paper: Paper, part: str, key: str = "") -> HttpResponse:
    """The whole right-hand side, after something that changed more than one row."""
    response = render(request, "papers/_pane.html", _pane(paper, review_of(paper), part, key))
    response["HX-Retarget"], response["HX-Reswap"] = "#muc", "outerHTML"
    return response


@needs(Permission.WRITE)
@require_POST
def edit(request: Asked, pk: UUID) -> HttpResponse:
    """Does one thing to one item or several: accept, correct, remove, guide, reopen, split, merge, tie, add, settle a finding."""
    paper = paper_for(request, pk, write=True)
    part = request.POST.get("phan", "task")
    keys = tuple(key for key in request.POST.getlist("muc") if key)
    standing = review_of(paper)
    verb = request.POST.get("viec", "")
    try:
        if verb == "correct":
            return _correct(request, paper, standing, keys[0] if keys else "")
        draft = _draft(request.POST, verb, keys)
        review = actions.edit_review(by=request.by, paper=pk, seen=_seen(request.POST), drafts=[draft])
    except (Refused, Conflict, BadEdit) as e:
        return _refused(request, paper, part, keys, e)
    made = f"e{review.version}.0"
    after = review_of(paper)
    key = keys[0] if keys else made
    if made in after.reviewed.items:
        key, part = made, after.reviewed.items[made].sort
    if not request.headers.get("HX-Request"):
        return redirect(_address(pk, part if part in _PARTS else "task", key if part in SORTS else ""))
    if draft.verb in _STAYS and len(keys) == 1:
        return _answer_row(request, paper, after, after.reviewed.items[keys[0]], is_open=False)
    return _answer_pane(request, paper, part, key if draft.verb in (Verb.ADD, Verb.MERGE) else "")


def _seen(told: Mapping[str, Any]) -> int:
    text = str(told.get("thay", "0"))
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _whole(text: str) -> int:
    if not text.lstrip("-").isdecimal() or len(text) > 9:
        raise BadEdit("Đoạn được chọn không có trong văn bản.", hint="Hãy chọn lại.")
    return int(text)


def _draft(told: Any, verb: str, keys: tuple[str, ...]) -> actions.Draft:
    """The edit that a form asks for. Raises BadEdit for what no form sends."""
    if verb in _PLAIN:
        if not keys:
            raise BadEdit("Chưa chọn mục nào.", hint="Hãy chọn mục rồi làm lại.")
        return actions.Draft(_PLAIN[verb], keys)
    if verb == "split" and len(keys) == 1:
        return actions.Draft(Verb.SPLIT, keys, {"at": [_whole(told.get("cho", ""))]})
    if verb == "add":
        span = [_whole(told.get("tu", "")), _whole(told.get("den", ""))]
        return actions.Draft(Verb.ADD, (), {"sort": told.get("loai", "task"), "span": span})
    if verb == "finding":
        values = {
            "finding": told.get("phat-hien", ""),
            "state": told.get("tinh-trang", ""),
            "reason": told.get("ly-do", ""),
        }
        if values["state"] not in ("resolved", "waived", "open"):
            raise BadEdit("Không rõ việc cần làm với phát hiện này.", hint="Hãy tải lại trang.")
        return actions.Draft(Verb.FINDING, (), values)
    raise BadEdit("Không rõ việc cần làm.", hint="Hãy tải lại trang.")


def _correct(request: Asked, paper: Paper, standing: Standing, key: str) -> HttpResponse:
    found = standing.reviewed.items.get(key)
    if found is None:
        raise BadEdit("Mục này không còn trong bản đọc.", hint="Hãy tải lại trang.")
    form = FORMS[found.sort](found, request.POST)
    if not form.is_valid():
        if request.headers.get("HX-Request"):
            return _answer_row(request, paper, standing, found, is_open=True, form=form, status=422)
        context = _pane(paper, standing, found.sort, key) | _opened(standing, found, form)
        context["paragraphs"] = paragraphs(standing.reviewed.record, standing.reviewed.items.values())
        return render(request, "papers/review.html", context, status=422)
    values = form.values()
    draft = actions.Draft(Verb.CORRECT, (key,), values) if values else actions.Draft(Verb.ACCEPT, (key,))
    actions.edit_review(by=request.by, paper=paper.pk, seen=_seen(request.POST), drafts=[draft])
    after = review_of(paper)
    if not request.headers.get("HX-Request"):
        return redirect(_address(paper.pk, found.sort, key))
    return _answer_row(request, paper, after, after.reviewed.items[key], is_open=False)


def _refused(
    request: Asked, paper: Paper, part: str, keys: tuple[str, ...], error: Refused | Conflict | BadEdit
) -> HttpResponse:
    """What went wrong stands at the item, with both values where two people set one field."""
    if request.headers.get("HX-Request"):
        context = {"trouble": trouble_of(error), "paper": paper}
        response = render(request, "papers/_trouble.html", context)
        response["HX-Retarget"], response["HX-Reswap"] = "#review-trouble", "innerHTML"
        return response
    differences = error.differences if isinstance(error, Conflict) else ()
    told = " ".join(f"{d.label}: “{d.yours}” / “{d.theirs}”." for d in differences)
    messages.error(request, f"{error.message} {told} {error.hint}")
    return redirect(_address(paper.pk, part if part in _PARTS else "task", keys[0] if keys else ""))


@needs(Permission.WRITE)
@require_POST
def section(request: Asked, pk: UUID) -> HttpResponse:
    """Sets the lead and the due of every task of a section that has none of its own, or of all of them."""
    paper = paper_for(request, pk, write=True)
    standing = review_of(paper)
    told = request.POST
    leads = [" ".join(line.split()) for line in told.get("chu-tri", "").replace(";", "\n").splitlines() if line.strip()]
    day = told.get("han", "")
    keys = tasks_in(standing.reviewed, told.get("muc-luc", ""))
    items = [standing.reviewed.items[key] for key in keys]
    drafts = []
    if leads:
        without = tuple(i.key for i in items if told.get("tat-ca") or not i.fields["leads"])
        drafts += [actions.Draft(Verb.CORRECT, without, {"leads": leads})] if without else []
    if day:
        due = {"type": "by", "text": _("đặt khi rà soát"), "date": day, "before": False}
        without = tuple(i.key for i in items if told.get("tat-ca") or not i.fields["due"])
        drafts += [actions.Draft(Verb.CORRECT, without, {"due": due})] if without else []
    if not drafts:
        nothing = Refused(
            _("Không có nhiệm vụ nào cần đặt trong phần này."),
            hint=_("Hãy chọn phần khác, hoặc chọn đặt lại cả những mục đã có."),
        )
        return _refused(request, paper, "task", (), nothing)
    try:
        actions.edit_review(by=request.by, paper=pk, seen=_seen(told), drafts=drafts)
    except (Refused, Conflict, BadEdit) as e:
        return _refused(request, paper, "task", (), e)
    messages.success(request, _("Đã đặt cho %(n)d nhiệm vụ.") % {"n": len({k for d in drafts for k in d.items})})
    return redirect(_address(pk, "task"))


@needs(Permission.WRITE)
@require_POST
def identity(request: Asked, pk: UUID) -> HttpResponse:
    """Corrects what the paper is: number, date, issuer, title, period, signer."""
    paper = paper_for(request, pk, write=True)
    standing = review_of(paper)
    form = IdentityForm(standing.reviewed.document, request.POST)
    if not form.is_valid():
        context = _pane(paper, standing, "task", "") | {"identity": form}
        context["paragraphs"] = paragraphs(standing.reviewed.record, standing.reviewed.items.values())
        return render(request, "papers/review.html", context, status=422)
    if values := form.values():
        try:
            draft = actions.Draft(Verb.DESCRIBE, (), values)
            actions.edit_review(by=request.by, paper=pk, seen=_seen(request.POST), drafts=[draft])
        except (Refused, Conflict, BadEdit) as e:
            return _refused(request, paper, "task", (), e)
        messages.success(request, _("Đã lưu thông tin văn bản."))
    return redirect(_address(pk, "task"))


@needs(Permission.WRITE)
@require_POST
def names(request: Asked, pk: UUID) -> HttpResponse:
    """Says which agencies of the register a printed name means, here and in the agency's next papers."""
    paper = paper_for(request, pk, write=True)
    told = request.POST
    picked = [text for text in told.getlist("co-quan") if text]
    if told.get("cac-xa"):
        picked = [str(a.pk) for a in communes_below(paper.owner_id, paper.date or timezone.localdate())]
    values: dict[str, Any] = {
        "name": told.get("ten", ""),
        "agencies": picked,
        "group": bool(told.get("nhom")),
        "label": told.get("nhan", ""),
    }
    if not values["name"] or any(len(text) != 36 for text in picked):
        return _refused(request, paper, "names", (), BadEdit("Không rõ tên nào.", hint="Hãy tải lại trang."))
    try:
        actions.edit_review(by=request.by, paper=pk, seen=_seen(told), drafts=[actions.Draft(Verb.BIND, (), values)])
    except (Refused, Conflict, BadEdit) as e:
        return _refused(request, paper, "names", (), e)
    if request.headers.get("HX-Request"):
        return _answer_pane(request, paper, "names")
    return redirect(_address(pk, "names"))


@needs(Permission.WRITE)
@require_POST
def undo(request: Asked, pk: UUID) -> HttpResponse:
    """Takes an edit back, or does it again."""
    paper = paper_for(request, pk, write=True)
    part = request.POST.get("phan", "task")
    do = actions.redo_edit if request.POST.get("lai") else actions.undo_edit
    try:
        do(by=request.by, paper=pk, number=_whole(request.POST.get("so", "")))
    except (Refused, Conflict, BadEdit) as e:
        return _refused(request, paper, part, (), e)
    part = part if part in _PARTS else "task"
    if request.headers.get("HX-Request"):
        return _answer_pane(request, paper, part)
    return redirect(_address(pk, part))


@needs(Permission.WRITE)
@require_POST
def finish(request: Asked, pk: UUID) -> HttpResponse:
    """Ends the review."""
    paper = paper_for(request, pk, write=True)
    try:
        actions.finish_review(by=request.by, paper=pk, seen=_seen(request.POST))
    except (Refused, Conflict) as e:
        return _refused(request, paper, "task", (), e)
    messages.success(request, _("Đã rà soát xong “%(paper)s”.") % {"paper": paper})
    return redirect("papers:paper", pk)


@needs(Permission.WRITE)
@require_POST
def reopen(request: Asked, pk: UUID) -> HttpResponse:
    """Opens a finished review again."""
    paper = paper_for(request, pk, write=True)
    try:
        actions.reopen_review(by=request.by, paper=pk)
    except (Refused, Conflict) as e:
        return _refused(request, paper, "task", (), e)
    return redirect(_address(pk, "task"))
