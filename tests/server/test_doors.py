"""Every address of the project, asked by everybody, both ways: one table says who comes in.

A new address fails here until it has a line in the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from accounts_builders import Province, person, post, province, signed_in
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from papers_builders import paper_of, plan_of

from binhdang.server.accounts.actions.invitations import invite
from binhdang.server.accounts.models import Post
from binhdang.server.agencies.models import Change
from binhdang.server.configuration import Configuration
from binhdang.server.jobs import kinds
from binhdang.server.jobs.actions import start_job
from binhdang.server.notices.actions.posting import post_notice
from binhdang.server.notices.kinds import AGENCIES_CHANGED
from binhdang.server.notices.models import Notice

# The library tests its own pages; what this house changed in them is tested in test_accounts_sign_in.
NOT_OURS = {"allauth.urls"}

ASKING = ("stranger", "colleague", "neighbour", "lead", "admin")
"""Nobody known; an officer of the same agency; one of another; the programme lead above; who runs the system."""

# ok: the page or the answer to a form; in: led to sign-in; to: led on, the act done; no: told why not;
# hid: as if it were not there; bad: the request makes no sense as it is
TABLE = {
    # name: (GET by each of ASKING, POST by each of ASKING)
    "home": ("in ok ok ok ok", "in ok ok ok ok"),
    "set_language": ("to to to to to", "to to to to to"),
    "living": ("ok ok ok ok ok", "bad bad bad bad bad"),
    "ready": ("ok ok ok ok ok", "bad bad bad bad bad"),
    "metrics": ("ok ok ok ok ok", "bad bad bad bad bad"),
    "accounts:people": ("in no no ok ok", "in no no ok ok"),
    "accounts:person": ("in no no ok ok", "in no no ok ok"),
    "accounts:add": ("in no no no ok", "in no no no ok"),
    "accounts:correct": ("in no no no ok", "in no no no ok"),
    "accounts:lock": ("in no no no ok", "in no no no ok"),
    "accounts:unlock": ("in no no no ok", "in no no no ok"),
    "accounts:reset": ("in no no no ok", "in no no no ok"),
    "accounts:invite": ("bad bad bad bad bad", "in no no no ok"),
    "accounts:file": ("in no no no ok", "in no no no ok"),
    "accounts:file_write": ("bad bad bad bad bad", "in no no no bad"),
    "accounts:file_sample": ("in no no no ok", "in no no no ok"),
    "accounts:appoint": ("in no no ok ok", "in no no ok ok"),
    "accounts:end": ("in no no ok ok", "in no no ok ok"),
    "accounts:mine": ("in ok ok ok ok", "in ok ok ok ok"),
    "accounts:profile": ("in ok ok ok ok", "in ok ok ok ok"),
    "accounts:switch": ("bad bad bad bad bad", "in to to to to"),
    "accounts:journal": ("in no no ok no", "in no no ok no"),
    "accounts:found": ("hid hid hid hid hid", "hid hid hid hid hid"),
    "accounts:accept": ("ok ok ok ok ok", "ok ok ok ok ok"),
    "notices:inbox": ("in ok ok ok ok", "in ok ok ok ok"),
    "notices:open": ("in to hid hid hid", "bad bad bad bad bad"),
    "notices:mark": ("bad bad bad bad bad", "in to hid hid hid"),
    "notices:mark_all": ("bad bad bad bad bad", "in to to to to"),
    "notices:undo": ("bad bad bad bad bad", "in to to to to"),
    "notices:choices": ("in ok ok ok ok", "in ok ok ok ok"),
    "jobs:jobs": ("in ok ok ok ok", "bad bad bad bad bad"),
    "jobs:job": ("in hid hid hid ok", "bad bad bad bad bad"),
    "jobs:progress": ("in hid hid hid ok", "bad bad bad bad bad"),
    "jobs:cancel": ("in hid hid hid ok", "in hid hid hid to"),
    "jobs:retry": ("bad bad bad bad bad", "in hid hid hid to"),
    "agencies:map": ("in ok ok ok ok", "in ok ok ok ok"),
    "agencies:unit-search": ("in ok ok ok ok", "in ok ok ok ok"),
    "agencies:unit": ("in ok ok ok ok", "in ok ok ok ok"),
    "agencies:agencies": ("in ok ok ok ok", "in ok ok ok ok"),
    "agencies:agency": ("in ok ok ok ok", "in ok ok ok ok"),
    "agencies:export": ("in ok ok ok ok", "in ok ok ok ok"),
    "agencies:add": ("in no no no ok", "in no no no ok"),
    "agencies:import": ("in no no no ok", "in no no no ok"),
    "agencies:correct": ("in no no no ok", "in no no no ok"),
    "agencies:close": ("in no no no ok", "in no no no ok"),
    "agencies:reopen": ("in no no no ok", "in no no no ok"),
    "agencies:line": ("in no no no ok", "in no no no ok"),
    "agencies:changes": ("in ok ok ok ok", "in ok ok ok ok"),
    "agencies:change": ("in ok ok ok ok", "in ok ok ok ok"),
    "agencies:change-enter": ("in no no no ok", "in no no no ok"),
    "agencies:change-withdraw": ("in no no no ok", "in no no no ok"),
    "agencies:change-do": ("in no no no ok", "in no no no ok"),
    "plans:plans": ("in ok ok ok no", "in ok ok ok no"),
    "plans:plan": ("in ok hid ok no", "in ok hid ok no"),
    "plans:word": ("in ok hid ok no", "in ok hid ok no"),
    "plans:issue": ("in to hid hid no", "in to hid hid no"),
    "plans:close": ("in ok hid hid no", "in ok hid hid no"),
    "plans:guidance": ("in ok hid hid no", "in ok hid hid no"),
    "plans:unlink": ("in bad bad bad no", "in hid hid hid no"),
    "papers:papers": ("in ok ok ok no", "in ok ok ok no"),
    "papers:add": ("in bad bad bad no", "in to to to no"),
    "papers:paper": ("in ok hid hid no", "in ok hid hid no"),
    "papers:file": ("in ok hid hid no", "in ok hid hid no"),
    "papers:picture": ("in hid hid hid no", "in hid hid hid no"),
    "papers:read-again": ("in bad bad bad no", "in to hid hid no"),
    "papers:review": ("in ok hid hid no", "in ok hid hid no"),
    "papers:item": ("in hid hid hid no", "in hid hid hid no"),
    "papers:edit": ("in bad bad bad no", "in to hid hid no"),
    "papers:section": ("in bad bad bad no", "in to hid hid no"),
    "papers:identity": ("in bad bad bad no", "in to hid hid no"),
    "papers:names": ("in bad bad bad no", "in to hid hid no"),
    "papers:undo": ("in bad bad bad no", "in to hid hid no"),
    "papers:finish": ("in bad bad bad no", "in to hid hid no"),
    "papers:reopen": ("in bad bad bad no", "in to hid hid no"),
}


def names(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The name of every address of the project."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern}: an address without a name"
            yield f"{before}{entry.name}"
        elif getattr(entry.urlconf_name, "__name__", "") not in NOT_OURS:
            yield from names(entry, f"{before}{entry.namespace}:" if entry.namespace else before)


def test_every_address_stands_in_the_table() -> None:
    assert sorted(names()) == sorted(TABLE)


@pytest.fixture
def here(tmp_path: Path, settings: Any) -> Province:
    settings.CONFIGURATION = Configuration(folder=tmp_path)
    made = province()
    made.people["colleague"] = person("colleague", "Đặng Thị Cúc")
    post(made.people["colleague"], "commune_officer", made.agencies["an_binh"])
    return made


def address(name: str, here: Province) -> str:
    """The address, for the officer of An Bình and what is theirs."""
    officer, agency = here.people["officer"], here.agencies["an_binh"]
    if name == "accounts:accept":
        return reverse(name, args=[invite(by=here.by("admin"), person=officer)])
    room = name.partition(":")[0]
    about = {"accounts": officer.pk, "agencies": agency.pk}.get(room)
    if name.startswith("notices:"):
        post_notice(by=here.by("lead"), kind=AGENCIES_CHANGED.code, title="Đổi tên", url="/", agency=agency.pk)
        about = Notice.objects.get().pk
    elif name == "agencies:unit":
        about = agency.unit_id
    elif name == "accounts:end":
        about = Post.objects.get(person=officer).pk
    elif name.startswith("jobs:"):
        kinds.register(kinds.Kind("trial", "Việc thử", lambda running: None))
        about = start_job(by=here.by("officer"), kind="trial", title="Lập tệp").pk
    elif ":change" in name:
        planned = Change.objects.create(subject="agency", kind="rename", on=timezone.localdate(), decree="01/QĐ-UBND")
        about = planned.pk
    elif room == "papers":
        about = paper_of(agency, officer).pk
    elif room == "plans":
        plan = plan_of(agency, officer)
        about = plan.paper_id if name == "plans:issue" else plan.pk
    if name == "plans:unlink":
        return reverse(name, args=[about, about])
    if name == "papers:picture":
        return reverse(name, args=[about, 1])
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[about])


def what(answer: HttpResponse) -> str:
    """The answer, as the table says it."""
    match answer.status_code:
        case 302:
            return "in" if answer["Location"].startswith("/tai-khoan/login/") else "to"
        case 403:
            return "no"
        case 404:
            return "hid"
        case 400 | 405:
            return "bad"
        case code:
            return "ok" if code in (200, 422) else str(code)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", TABLE)
def test_who_comes_in(here: Province, name: str, method: str) -> None:
    asked, expected = address(name, here), TABLE[name][method == "post"]
    browsers = [Client(), *(signed_in(here.people[who]) for who in ASKING[1:])]
    given = [getattr(browser, method)(asked) for browser in browsers]
    answers = " ".join(what(answer) for answer in given)
    for answer in given:
        answer.close()  # of a file
    assert answers == expected, f"{method} {asked}: {', '.join(ASKING)}"


@pytest.mark.django_db
def test_a_refusal_is_told_with_its_reason(here: Province) -> None:
    page = signed_in(here.people["colleague"]).get("/nguoi-dung/them/")
    assert "Vai trò của bạn không có quyền này." in page.content.decode()


@pytest.mark.django_db
def test_whoever_holds_no_post_any_more_may_nothing(here: Province) -> None:
    Post.objects.filter(person=here.people["lead"]).update(end=timezone.localdate() - timedelta(days=1))
    for name in ("accounts:people", "accounts:journal", "accounts:appoint"):
        page = signed_in(here.people["lead"]).get(reverse(name))
        assert page.status_code == 403
        assert "không giữ nhiệm vụ nào" in page.content.decode()
