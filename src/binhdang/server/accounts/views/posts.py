"""Pages of posts: one's own, appoint somebody, end a post."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from binhdang.access import ROLES, Permission, may
from binhdang.server.accounts import handover, presenters
from binhdang.server.accounts.actions import people, posts
from binhdang.server.accounts.doors import Entered
from binhdang.server.accounts.forms import AppointForm, EndPostForm, ProfileForm, SwitchForm, tell
from binhdang.server.accounts.middleware import ACTING_FOR
from binhdang.server.accounts.models import Person
from binhdang.server.accounts.reach import people_of, posts_within
from binhdang.server.web.doors import needs
from binhdang.server.web.records import Conflict, Refused


@needs()
def mine(request: Entered) -> HttpResponse:
    """One's own posts, what each lets one do, and which one acts for."""
    today = timezone.localdate()
    held = [
        {
            "post": post,
            "days": presenters.days_of(post, today),
            "role": ROLES[post.role],
            "granted": presenters.granted(post.role),
            "is_in_force": post.stands_on(today),
            "is_acted_for": post == request.asking.post,
        }
        for post in request.asking.posts
    ]
    can_switch = sum(post.stands_on(today) for post in request.asking.posts) > 1
    return render(request, "accounts/mine.html", {"held": held, "can_switch": can_switch})


@needs()
def profile(request: Entered) -> HttpResponse:
    """How one is reached."""
    own = request.user
    form = ProfileForm(request.POST or None, initial={"email": own.email, "phone": own.phone, "seen": own.version})
    if form.is_valid():
        try:
            people.change_profile(by=request.by, person=own, **form.cleaned_data)
        except (Refused, Conflict) as error:
            tell(form, error)
        else:
            messages.success(request, "Đã lưu thông tin liên hệ của bạn.")
            return redirect("accounts:mine")
    return render(request, "accounts/profile.html", {"form": form})


@require_POST
@needs()
def switch(request: Entered) -> HttpResponse:
    """Acts for another of one's posts from now on, in this session."""
    form = SwitchForm(request.POST)
    today = timezone.localdate()
    chosen = form.cleaned_data["post"] if form.is_valid() else None
    post = next((post for post in request.asking.posts if post.pk == chosen and post.stands_on(today)), None)
    if post is None:
        messages.error(request, "Bạn không giữ nhiệm vụ ấy vào hôm nay.")
    else:
        request.session[ACTING_FOR] = str(post.pk)
        messages.success(request, f"Từ giờ bạn làm việc với nhiệm vụ: {post}.")
    return redirect("accounts:mine")


@needs(Permission.APPOINT, Permission.MANAGE_ACCOUNTS)
def appoint(request: Entered) -> HttpResponse:
    """A post for somebody; the address may name who and where."""
    asked = {"person": request.GET.get("nguoi", ""), "agency": request.GET.get("co_quan", "")}
    if not asked["agency"] and may(request.actor, Permission.APPOINT) and request.asking.post:
        asked["agency"] = str(request.asking.post.agency or "")
    roles = posts.roles_to_give(request.actor)
    form = AppointForm(request.POST or None, initial=asked, roles=roles)
    if form.is_valid():
        try:
            post = posts.appoint(by=request.by, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(request, f"Đã cử {post.person}: {post}, {presenters.days_of(post, timezone.localdate())}.")
            is_seen = people_of(request.actor).filter(pk=post.person_id).exists()
            return redirect("accounts:person", post.person_id) if is_seen else redirect("accounts:people")
    return render(request, "accounts/appoint.html", {"form": form, "roles": roles})


@needs(Permission.APPOINT, Permission.MANAGE_ACCOUNTS)
def end(request: Entered, pk: UUID) -> HttpResponse:
    """The last day of a post; open work goes to somebody named."""
    post = get_object_or_404(posts_within(request.actor).select_related("person", "agency"), pk=pk)
    form = EndPostForm(request.POST or None, initial={"seen": post.version, "last_day": timezone.localdate()})
    colleagues = Person.objects.filter(posts__agency=post.agency_id, is_active=True).exclude(pk=post.person_id)
    form.fields["next_holder"].queryset = colleagues.distinct().order_by("order")  # type: ignore[attr-defined]
    waiting = handover.open_work(post)
    if not waiting:
        del form.fields["next_holder"]
    if form.is_valid():
        try:
            posts.end_post(by=request.by, post=post, **form.cleaned_data)
        except (Refused, Conflict) as error:
            tell(form, error)
        else:
            messages.success(request, f"Đã ghi ngày cuối cùng của nhiệm vụ: {post}, {post.person}.")
            is_seen = people_of(request.actor).filter(pk=post.person_id).exists()
            return redirect("accounts:person", post.person_id) if is_seen else redirect("accounts:people")
    back = reverse("accounts:person", args=[post.person_id])
    return render(request, "accounts/end.html", {"form": form, "post": post, "waiting": waiting, "back": back})
