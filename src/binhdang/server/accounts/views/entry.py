"""Pages for coming in the first time: the first administrator, and people with an invitation."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from binhdang.server.accounts.actions import founding, invitations
from binhdang.server.accounts.addresses import address_of
from binhdang.server.accounts.forms import FoundForm, PasswordForm, tell
from binhdang.server.accounts.models import Person
from binhdang.server.accounts.queries import invitation_of
from binhdang.server.web.asking import By
from binhdang.server.web.records import Refused


@never_cache
@sensitive_post_parameters("password", "code")
def found(request: HttpRequest) -> HttpResponse:
    """The first administrator; the page is gone once there is somebody."""
    if Person.objects.exists():
        raise Http404
    form = FoundForm(request.POST or None)
    if form.is_valid():
        try:
            person = founding.found(by=By("", address=address_of(request)), **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        else:
            return _let_in(request, person)
    return render(request, "accounts/found.html", {"form": form})


@never_cache
@sensitive_post_parameters("password", "again")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """An invited person's first password."""
    invitation = invitation_of(invitations.digest_of(token))
    if invitation is None:
        return render(request, "accounts/invitation_void.html", status=410)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            person = invitations.accept(
                by=By("", address=address_of(request)), token=token, password=form.cleaned_data["password"]
            )
        except Refused as refused:
            tell(form, refused)
        else:
            return _let_in(request, person)
    return render(request, "accounts/accept.html", {"form": form, "person": invitation.person})


def _let_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Signs a person in as the sign-in page does, second factor included; whoever was signed in here before is out."""
    logout(request)
    answer: HttpResponse = perform_login(request, person)
    return answer
