"""Pages of people: the list, one person, add and correct, lock and unlock, reset, invite."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from binhdang.access import ROLES, Permission, may
from binhdang.server.accounts import journal, presenters, queries
from binhdang.server.accounts.actions import invitations
from binhdang.server.accounts.actions import people as actions
from binhdang.server.accounts.doors import Entered
from binhdang.server.accounts.filters import asked_for
from binhdang.server.accounts.forms import CorrectForm, PersonForm, ReasonForm, SeenForm, tell
from binhdang.server.accounts.reach import people_of, posts_within
from binhdang.server.web.doors import needs
from binhdang.server.web.paging import page_of
from binhdang.server.web.records import Conflict, Refused

_LATEST = 20  # events on a person's page


@needs(Permission.MANAGE_ACCOUNTS, Permission.APPOINT)
def people(request: Entered) -> HttpResponse:
    """The people whose accounts or posts one may manage."""
    asked = asked_for(request, "tim", "co_quan", "vai_tro", "trang_thai")
    found = queries.search(people_of(request.actor), asked["tim"])
    found = queries.holding(found, agency=asked["co_quan"], role=asked["vai_tro"])
    page = page_of(queries.with_posts_now(queries.in_state(found, asked["trang_thai"])), request)
    context = {
        "page": page,
        "rows": [(person, presenters.state_of(person)) for person in page],
        "asked": asked,
        "is_filtered": any(asked.values()),
        "roles": ROLES.values(),
        "states": presenters.STATES,
        "manages": may(request.actor, Permission.MANAGE_ACCOUNTS),
    }
    return render(request, "accounts/people.html", context)


@needs(Permission.MANAGE_ACCOUNTS, Permission.APPOINT)
def person(request: Entered, pk: UUID) -> HttpResponse:
    """One person: posts now and before, state, what was done to the account."""
    shown = get_object_or_404(people_of(request.actor), pk=pk)
    today = timezone.localdate()
    posts = posts_within(request.actor).filter(person=shown).select_related("agency").order_by("-start", "id")
    now = [(post, presenters.days_of(post, today)) for post in posts if post.end is None or post.end >= today]
    before = [(post, presenters.days_of(post, today)) for post in posts if post.end is not None and post.end < today]
    reads_audit = may(request.actor, Permission.READ_AUDIT)
    context = {
        "person": shown,
        "state": presenters.state_of(shown),
        "now": now,
        "before": before,
        "manages": may(request.actor, Permission.MANAGE_ACCOUNTS),
        "is_own": shown == request.user,
        "reads_audit": reads_audit,
        "history": journal.tell(journal.about(shown, request.actor)[:_LATEST]) if reads_audit else [],
    }
    return render(request, "accounts/person.html", context)


@needs(Permission.MANAGE_ACCOUNTS)
def add(request: Entered) -> HttpResponse:
    """A new account."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.add_person(by=request.by, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(request, f"Đã thêm {made}. Hãy tạo liên kết mời để {made} tự đặt mật khẩu.")
            return redirect("accounts:person", made.pk)
    return render(request, "accounts/add.html", {"form": form})


@needs(Permission.MANAGE_ACCOUNTS)
def correct(request: Entered, pk: UUID) -> HttpResponse:
    """What is recorded about a person, corrected."""
    shown = get_object_or_404(people_of(request.actor), pk=pk)
    kept = {name: getattr(shown, name) for name in PersonForm.base_fields}
    form = CorrectForm(request.POST or None, initial={**kept, "seen": shown.version})
    differences: list[dict[str, str]] = []
    if form.is_valid():
        try:
            actions.correct_person(by=request.by, person=shown, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        except Conflict:
            differences = [
                {"label": str(form.fields[name].label), "yours": form.cleaned_data[name], "theirs": value}
                for name, value in kept.items()
                if form.cleaned_data[name] != value
            ]
            form.data = request.POST.copy()
            form.data["seen"] = str(shown.version)
        else:
            messages.success(request, f"Đã lưu thông tin của {shown}.")
            return redirect("accounts:person", pk)
    return render(request, "accounts/correct.html", {"form": form, "person": shown, "differences": differences})


@needs(Permission.MANAGE_ACCOUNTS)
def lock(request: Entered, pk: UUID) -> HttpResponse:
    """Lock an account, after telling what follows."""
    shown = get_object_or_404(people_of(request.actor), pk=pk)
    form = ReasonForm(request.POST or None, initial={"seen": shown.version})

    def do() -> HttpResponse:
        actions.lock_person(by=request.by, person=shown, **form.cleaned_data)
        messages.success(request, f"Đã khóa tài khoản của {shown}.")
        return redirect("accounts:person", pk)

    return _after(form, do) or render(request, "accounts/lock.html", {"form": form, "person": shown})


@needs(Permission.MANAGE_ACCOUNTS)
def unlock(request: Entered, pk: UUID) -> HttpResponse:
    """Open a locked account again."""
    shown = get_object_or_404(people_of(request.actor), pk=pk)
    form = SeenForm(request.POST or None, initial={"seen": shown.version})

    def do() -> HttpResponse:
        actions.unlock_person(by=request.by, person=shown, **form.cleaned_data)
        messages.success(request, f"Đã mở khóa tài khoản của {shown}.")
        return redirect("accounts:person", pk)

    return _after(form, do) or render(request, "accounts/unlock.html", {"form": form, "person": shown})


@never_cache
@needs(Permission.MANAGE_ACCOUNTS)
def reset(request: Entered, pk: UUID) -> HttpResponse:
    """A new one-time password, shown once."""
    shown = get_object_or_404(people_of(request.actor), pk=pk)
    form = SeenForm(request.POST or None, initial={"seen": shown.version})

    def do() -> HttpResponse:
        password = actions.reset_sign_in(by=request.by, person=shown, **form.cleaned_data)
        return render(request, "accounts/reset_done.html", {"person": shown, "password": password})

    return _after(form, do) or render(request, "accounts/reset.html", {"form": form, "person": shown})


@never_cache
@require_POST
@needs(Permission.MANAGE_ACCOUNTS)
def invite(request: Entered, pk: UUID) -> HttpResponse:
    """A link by which the person sets a password, shown once."""
    shown = get_object_or_404(people_of(request.actor), pk=pk)
    try:
        token = invitations.invite(by=request.by, person=shown)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("accounts:person", pk)
    link = request.build_absolute_uri(reverse("accounts:accept", args=[token]))
    context = {"person": shown, "link": link, "until": timezone.now() + invitations.VALID}
    return render(request, "accounts/invited.html", context)


def _after(form: SeenForm, do: Callable[[], HttpResponse]) -> HttpResponse | None:
    """The answer of an act that was asked for and done; None where the form is to be shown, with what was refused."""
    if not form.is_valid():
        return None
    try:
        return do()
    except (Refused, Conflict) as error:
        tell(form, error)
        return None
