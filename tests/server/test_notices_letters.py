"""Letters: at once and in the morning, each sent once at most, none lost without a word."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from accounts_builders import Province, person, post, province
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from notices_builders import DUE, ISSUED, KINDS, MENTION, MONEY, actor, posted

from binhdang.server.accounts.models import Person, Post
from binhdang.server.configuration import Configuration
from binhdang.server.notices import kinds
from binhdang.server.notices.actions import sending
from binhdang.server.notices.actions.choices import choose
from binhdang.server.notices.actions.letters import make_digest, make_letters_at_once
from binhdang.server.notices.actions.reading import mark_read
from binhdang.server.notices.actions.sending import WAITS, Postman
from binhdang.server.notices.kinds import Way
from binhdang.server.notices.models import Digest, Letter, Notice
from binhdang.server.notices.queries import unread
from binhdang.server.notices.working_days import is_working_day
from binhdang.server.web.asking import SYSTEM, By
from installations import installation
from post_office import PostOffice, post_office

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)  # 7:05 in Vietnam
TUESDAY = MONDAY + timedelta(days=1)
HOST = "binhdang.example.vn"
LINK = f"https://{HOST}"


@pytest.fixture(autouse=True)
def some_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_KINDS", {**kinds.kinds(), **KINDS})


@pytest.fixture(autouse=True)
def with_mail(settings: Any, tmp_path: Path) -> None:
    settings.CONFIGURATION = Configuration(folder=tmp_path, mail="smtp://localhost", address=LINK)


@pytest.fixture
def here() -> Province:
    made = province()
    Post.objects.filter(person=made.people["leader"]).delete()  # one listener an agency
    return made


class Clock:
    """Now, for everything that asks the time; letters and mornings are tried at what it says."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        """As a postman counts."""
        return self.now.timestamp()


@pytest.fixture
def clock() -> Iterator[Clock]:
    clock = Clock(MONDAY - timedelta(hours=12))
    with mock.patch("django.utils.timezone.now", clock):
        yield clock


def to(outbox: list[EmailMessage]) -> list[str]:
    return [letter.to[0].partition("@")[0] for letter in outbox]


def put(ways: dict[str, Way], who: Person) -> None:
    choose(by=By(str(who.pk)), person=who, seen=0, ways=ways)


def test_what_is_urgent_goes_at_once_and_the_rest_in_the_morning(
    here: Province, clock: Clock, mailoutbox: list[EmailMessage]
) -> None:
    an_binh = here.agencies["an_binh"]
    issued = posted(ISSUED, "Kế hoạch 48 đã ban hành", agency=an_binh)
    due = posted(DUE, "Còn 3 ngày", agency=an_binh)
    posted(MONEY, "only in the page", agency=an_binh)
    postman = Postman(clock.seconds)
    assert [postman.round(), postman.round()] == [1, 0]
    assert (to(mailoutbox), mailoutbox[0].subject) == (["officer"], "Kế hoạch 48 đã ban hành")
    clock.now = MONDAY
    assert [postman.round(), postman.round()] == [1, 0]
    morning = mailoutbox[1]
    assert (to(mailoutbox), morning.subject) == (["officer"] * 2, "Bản tin 23/11/2026: 1 thông báo chưa đọc")
    body = str(morning.body)
    assert f"- Còn 3 ngày\n  {LINK}/thong-bao/{due.pk}/" in body
    assert str(issued.pk) not in body  # told already
    assert "Kính gửi Anh/Chị Lê Thị Hoa," in body
    clock.now = TUESDAY
    assert postman.round() == 0  # nothing new, no letter
    assert Letter.objects.filter(state="sent").count() == 2


def test_a_letter_says_titles_and_links_alone(here: Province, clock: Clock, mailoutbox: list[EmailMessage]) -> None:
    notice = posted(ISSUED, "Kế hoạch <48> & phụ lục", agency=here.agencies["an_binh"])
    Notice.objects.filter(pk=notice.pk).update(text="what it is about")
    Postman(clock.seconds).round()
    letter = mailoutbox[0]
    html, kind = letter.alternatives[0]  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert "what it is about" not in f"{letter.body}{html}"
    assert "- Kế hoạch <48> & phụ lục" in str(letter.body)
    assert f'<a href="{LINK}/thong-bao/{notice.pk}/">Kế hoạch &lt;48&gt; &amp; phụ lục</a>' in html
    assert letter.extra_headers["List-Unsubscribe"] == f"<{LINK}/thong-bao/lua-chon/>"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.extra_headers["Message-ID"] == f"<{Letter.objects.get().pk}@binhdang.example.vn>"


def test_one_letter_at_once_tells_all_that_came_together(
    here: Province, clock: Clock, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(60):
        posted(ISSUED, f"Kế hoạch {number}", agency=here.agencies["an_binh"])
    Postman(clock.seconds).round()
    assert [letter.subject for letter in mailoutbox] == ["60 thông báo chưa đọc"]
    assert "… và 10 thông báo khác." in str(mailoutbox[0].body)


MORNINGS = [  # when, whether there are letters then
    (MONDAY, True),
    (MONDAY - timedelta(minutes=6), False),  # 6:59
    (MONDAY + timedelta(hours=5), True),  # the keeper was down until noon
    (MONDAY + timedelta(hours=11), False),  # in the evening nobody reads them
    (MONDAY - timedelta(days=1), False),  # Sunday
    (MONDAY - timedelta(days=2), False),
    (MONDAY - timedelta(days=3), True),
]


@pytest.mark.parametrize(("when", "is_morning"), MORNINGS)
def test_when_the_morning_s_letters_are_made(here: Province, clock: Clock, when: datetime, is_morning: bool) -> None:
    clock.now = when - timedelta(hours=1)
    posted(DUE, "Còn 3 ngày", agency=here.agencies["an_binh"])
    make_letters_at_once()
    assert make_digest(by=SYSTEM, now=when) == is_morning
    assert Digest.objects.filter(done_at__isnull=False).count() == is_morning


def test_working_days_are_monday_to_friday() -> None:
    week = [is_working_day(MONDAY.date() + timedelta(days=n)) for n in range(7)]
    assert week == [True] * 5 + [False] * 2


def test_a_morning_leaves_out_what_has_been_read_and_who_may_not_know(here: Province, clock: Clock) -> None:
    an_binh, officer, neighbour = here.agencies["an_binh"], here.people["officer"], here.people["neighbour"]
    read = posted(DUE, "read", agency=an_binh)
    kept = posted(DUE, "unread", agency=an_binh)
    posted(DUE, "own doing", agency=an_binh, by=here.by("officer"))
    posted(MENTION, "to a person", person=neighbour)
    posted(MENTION, "to a person who left", person=neighbour, agency=an_binh)
    mark_read(by=here.by("officer"), notice=read.pk)
    put({"task.mention": Way.DIGEST}, neighbour)
    make_letters_at_once()
    make_digest(by=SYSTEM, now=MONDAY)
    told = {letter.person: letter.notices for letter in Letter.objects.select_related("person")}
    to_person = Notice.objects.get(title="to a person")
    assert told == {officer: [str(kept.pk)], neighbour: [str(to_person.pk)]}


CHOSEN = [  # way, letters at once, letters in the morning
    (Way.AT_ONCE, 1, 0),
    (Way.DIGEST, 0, 1),
    (Way.PAGE, 0, 0),
    (Way.NONE, 0, 0),
]


@pytest.mark.parametrize(("way", "at_once", "morning"), CHOSEN)
def test_each_is_told_as_they_chose(here: Province, clock: Clock, way: Way, at_once: int, morning: int) -> None:
    put({"task.due": way}, here.people["officer"])
    posted(DUE, "Còn 3 ngày", agency=here.agencies["an_binh"])
    assert (make_letters_at_once(), make_digest(by=SYSTEM, now=MONDAY)) == (at_once, morning)


def test_who_takes_up_a_post_hears_of_what_nobody_was_told_at_once(here: Province, clock: Clock) -> None:
    posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    assert make_letters_at_once() == 1
    new = person("new", email="new@tinh.gov.vn")
    post(new, "commune_officer", here.agencies["an_binh"])
    assert make_digest(by=SYSTEM, now=MONDAY) == 1
    assert Letter.objects.get(digest=MONDAY.date()).person == new


@pytest.mark.parametrize("why", ["no address", "locked", "post over", "read", "switched off"])
def test_what_is_needless_by_the_time_it_goes_is_not_sent(
    here: Province, clock: Clock, mailoutbox: list[EmailMessage], why: str
) -> None:
    officer = here.people["officer"]
    notice = posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    make_letters_at_once()
    match why:
        case "no address":
            Person.objects.filter(pk=officer.pk).update(email="")
        case "locked":
            Person.objects.filter(pk=officer.pk).update(is_active=False)
        case "post over":
            Post.objects.filter(person=officer).update(end=timezone.localdate() - timedelta(days=1))
        case "read":
            mark_read(by=here.by("officer"), notice=notice.pk)
        case "switched off":
            put({"plan.issued": Way.PAGE}, officer)
    assert Postman(clock.seconds).round() == 0
    assert (len(mailoutbox), Letter.objects.get().state) == (0, "needless")


def test_without_a_mail_server_nothing_waits_and_nothing_comes_later(
    here: Province, clock: Clock, settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    with_mail, settings.CONFIGURATION = settings.CONFIGURATION, Configuration(folder=settings.CONFIGURATION.folder)
    posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    assert Postman(clock.seconds).round() == 0
    assert Letter.objects.count() == 0
    settings.CONFIGURATION = with_mail
    Postman(clock.seconds).round()
    assert Letter.objects.count() == 0  # not at once any more
    clock.now = MONDAY
    assert Postman(clock.seconds).round() == 1  # the next morning tells of the last days
    Notice.objects.update(digest=None, made_at=MONDAY - timedelta(days=20))
    clock.now = TUESDAY
    assert Postman(clock.seconds).round() == 0  # but not of what is long past


def test_letters_for_many_cost_few_questions(here: Province, clock: Clock) -> None:
    def questions(many: int) -> int:
        Letter.objects.all().delete()
        for word in ("an_binh", "ea_dong", "health", "department") if many else ("an_binh",):
            for _ in range(1 + many):
                posted(DUE, "Còn 3 ngày", agency=here.agencies[word])
        make_letters_at_once()
        with CaptureQueriesContext(connection) as captured:
            assert make_digest(by=SYSTEM, now=MONDAY) > 0
        Notice.objects.all().delete()
        Letter.objects.all().delete()
        Digest.objects.all().delete()
        return len(captured)

    assert questions(0) == questions(9)


def test_a_morning_s_letters_are_those_that_the_pages_would_show(here: Province, clock: Clock) -> None:
    for word, agency in here.agencies.items():
        for kind in KINDS.values():
            posted(kind, f"{kind.code} {word}", agency=agency)
    for who in here.people.values():
        posted(MENTION, f"to {who}", person=who)
        put(dict.fromkeys(KINDS, Way.DIGEST), who)
    make_letters_at_once()
    make_digest(by=SYSTEM, now=MONDAY)
    told = {letter.person_id: set(letter.notices) for letter in Letter.objects.all()}
    pages = {who.pk: {str(one.pk) for one in unread(actor(who))} for who in here.people.values()}
    assert told == pages
    assert sum(map(len, told.values())) > 12


# ── broken off ──


class Killed(BaseException):
    """The process ends here."""


STEPS = ["_begin", "_told", "_keep", "act"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("is_before", [True, False])
def test_a_morning_broken_off_goes_on_and_tells_everybody_once(
    here: Province, clock: Clock, monkeypatch: pytest.MonkeyPatch, step: str, is_before: bool
) -> None:
    for word in ("an_binh", "ea_dong", "health"):
        posted(DUE, "Còn 3 ngày", agency=here.agencies[word])
    make_letters_at_once()
    where = "binhdang.server.notices.actions.letters"
    monkeypatch.setattr(f"{where}._AT_A_TIME", 1)
    with monkeypatch.context() as patch:
        do = getattr(__import__(where, fromlist=[step]), step)

        def killed(*args: Any, **named: Any) -> Any:
            if not is_before:
                do(*args, **named)
            raise Killed

        patch.setattr(f"{where}.{step}", killed)
        with pytest.raises(Killed):
            make_digest(by=SYSTEM, now=MONDAY)
    posted(DUE, "made meanwhile", agency=here.agencies["an_binh"])
    make_letters_at_once()
    make_digest(by=SYSTEM, now=MONDAY + timedelta(minutes=1))
    assert make_digest(by=SYSTEM, now=MONDAY + timedelta(minutes=2)) == 0
    people = sorted(Letter.objects.values_list("person__username", flat=True))
    assert people == ["doctor", "neighbour", "officer"]
    make_digest(by=SYSTEM, now=TUESDAY)  # what was made meanwhile is in the next, where it came too late for this one
    told = [(letter.person.username, pk) for letter in Letter.objects.all() for pk in letter.notices]
    assert len(told) == len(set(told)) == Notice.objects.count() == 4


def test_a_letter_cut_off_is_not_sent_again_but_told_in_the_next_morning(
    here: Province, clock: Clock, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    notice = posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    with monkeypatch.context() as patch:
        patch.setattr(Postman, "_give", mock.Mock(side_effect=Killed))
        with pytest.raises(Killed):
            Postman(clock.seconds).round()
    assert Letter.objects.get().state == "sending"
    assert Postman(clock.seconds).round() == 0
    clock.now += timedelta(minutes=11)
    assert Postman(clock.seconds).round() == 0
    cut = Letter.objects.get()
    assert (cut.state, len(mailoutbox)) == ("unsure", 0)
    clock.now = MONDAY
    assert Postman(clock.seconds).round() == 1
    assert str(notice.pk) in str(mailoutbox[0].body)
    cut.refresh_from_db()
    assert cut.state == "carried"
    clock.now = TUESDAY
    assert Postman(clock.seconds).round() == 0


# ── a mail server of flesh and blood ──


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Iterator[PostOffice]:
    with post_office() as office:
        settings.CONFIGURATION = Configuration(folder=tmp_path, mail=office.address, address=LINK)
        settings.EMAIL_BACKEND = "binhdang.server.web.mail.CountedBackend"
        settings.EMAIL_HOST, _, port = office.address.removeprefix("smtp://").partition(":")
        settings.EMAIL_PORT, settings.EMAIL_USE_TLS = int(port), False
        yield office


def test_letters_go_out_by_smtp(here: Province, clock: Clock, office: PostOffice) -> None:
    posted(ISSUED, "Kế hoạch số 48 về bình đẳng giới", agency=here.agencies["an_binh"])
    posted(ISSUED, "Kế hoạch số 49", agency=here.agencies["ea_dong"])
    assert Postman(clock.seconds).round() == 2
    letter = next(letter for letter in office.taken if letter["To"] == "officer@tinh.gov.vn")
    assert str(letter["Subject"]).strip() == "Kế hoạch số 48 về bình đẳng giới"
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Kính gửi Anh/Chị Lê Thị Hoa," in body.get_content()


def test_a_refusal_for_now_is_tried_again_after_a_wait_and_given_up_at_last(
    here: Province, clock: Clock, office: PostOffice
) -> None:
    posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    posted(ISSUED, "Kế hoạch 49", agency=here.agencies["ea_dong"])
    office.answers["officer@tinh.gov.vn"] = "450"
    postman = Postman(clock.seconds)
    assert postman.round() == 1  # the other is not held up
    letter = Letter.objects.get(person=here.people["officer"])
    assert (letter.state, letter.attempts, letter.fault) == ("waiting", 1, "450")
    assert postman.round() == 0
    for attempt, wait in enumerate(WAITS, 2):
        clock.now += wait
        postman.round()
        letter.refresh_from_db()
        assert letter.attempts == attempt
    assert letter.state == "refused"
    clock.now += timedelta(days=30)
    assert postman.round() == 0
    assert len(office.taken) == 1


def test_after_a_refusal_for_now_it_comes_once(here: Province, clock: Clock, office: PostOffice) -> None:
    posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    office.answers["officer@tinh.gov.vn"] = "450"
    postman = Postman(clock.seconds)
    postman.round()
    office.answers.clear()
    clock.now += WAITS[0]
    assert [postman.round(), postman.round(), len(office.taken)] == [1, 0, 1]


def test_an_address_that_is_none_is_given_up_at_once(here: Province, clock: Clock, office: PostOffice) -> None:
    posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    office.answers["officer@tinh.gov.vn"] = "550"
    Postman(clock.seconds).round()
    assert Letter.objects.values_list("state", "fault").get() == ("refused", "550")


def test_a_server_that_takes_nothing_from_us_costs_no_letter(here: Province, clock: Clock, office: PostOffice) -> None:
    for word in ("an_binh", "ea_dong"):
        posted(ISSUED, "Kế hoạch 48", agency=here.agencies[word])
    office.answers["binhdang@localhost"] = "550"
    postman = Postman(clock.seconds)
    assert [postman.round(), postman.round()] == [0, 0]
    assert list(Letter.objects.values_list("state", "attempts")) == [("waiting", 0)] * 2
    office.answers.clear()
    clock.now += timedelta(minutes=6)
    assert postman.round() == 2


def test_a_server_that_closes_is_asked_anew_for_the_next_letter(
    here: Province, clock: Clock, office: PostOffice
) -> None:
    for word in ("an_binh", "ea_dong"):
        posted(ISSUED, "Kế hoạch 48", agency=here.agencies[word])
    office.answers |= {"officer@tinh.gov.vn": "421", "neighbour@tinh.gov.vn": "421"}
    postman = Postman(clock.seconds)
    assert [postman.round(), postman.round()] == [0, 0]
    assert list(Letter.objects.values_list("state", "attempts")) == [("waiting", 1)] * 2


def test_a_server_that_hangs_up_over_a_letter_gets_no_second_one(
    here: Province, clock: Clock, office: PostOffice
) -> None:
    posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    posted(ISSUED, "Kế hoạch 49", agency=here.agencies["ea_dong"])
    office.answers |= {"officer@tinh.gov.vn": "gone", "neighbour@tinh.gov.vn": "gone"}
    postman = Postman(clock.seconds)
    assert [postman.round(), postman.round()] == [0, 0]
    states = sorted(Letter.objects.values_list("state", flat=True))
    assert states == ["unsure", "waiting"]  # after one it is let alone for a while
    clock.now += timedelta(minutes=6)
    office.answers.clear()
    assert postman.round() == 1
    assert len(office.taken) == 2  # each letter was handed over once


def test_a_server_that_is_not_there_holds_nothing_up_and_loses_nothing(
    here: Province, clock: Clock, office: PostOffice, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(ISSUED, "Kế hoạch 48", agency=here.agencies["an_binh"])
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    asked = mock.Mock(side_effect=sending.get_connection)
    monkeypatch.setattr(sending, "get_connection", asked)
    postman = Postman(clock.seconds)
    assert [postman.round(), postman.round()] == [0, 0]
    assert asked.call_count == 1  # not asked again before a pause is over
    assert Letter.objects.values_list("state", "attempts").get() == ("waiting", 0)
    clock.now += timedelta(minutes=6)
    settings.EMAIL_PORT = port
    assert [postman.round(), len(office.taken)] == [1, 1]


def test_a_round_ends_in_time(here: Province, clock: Clock, mailoutbox: list[EmailMessage]) -> None:
    for word in ("an_binh", "ea_dong", "health"):
        posted(ISSUED, "Kế hoạch 48", agency=here.agencies[word])
    ticks = iter(range(0, 1000, 6))  # each letter takes six seconds
    postman = Postman(lambda: float(next(ticks)))
    assert postman.round() < 3
    assert Letter.objects.filter(state="waiting").count() > 0


TOLD = """
from django.core.management import call_command
from binhdang.server.accounts.models import Person
from binhdang.server.notices.actions.posting import post_notice
from binhdang.server.web.asking import SYSTEM
call_command("migrate", verbosity=0)
person = Person.objects.create(username="lan", full_name="Nguyễn Thị Lan", email="lan@tinh.gov.vn")
post_notice(by=SYSTEM, kind="change.stuck", title="Hợp nhất: chưa thực hiện được", url="/", person=person.pk)
"""
STATES = "from binhdang.server.notices.models import Letter; print(*Letter.objects.values_list('state', flat=True))"


def test_the_keeper_sends_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    with (
        post_office() as office,
        installation(tmp_path / "data", mail=office.address, address=LINK, hosts=HOST) as place,
    ):
        place.python(TOLD)
        keeper = subprocess.Popen([sys.executable, "-m", "django", "keep"], env=place.environment)
        try:
            until = time.monotonic() + 30
            while not office.taken and time.monotonic() < until:
                time.sleep(0.05)
        finally:
            keeper.terminate()
            keeper.wait(30)
        assert [letter["To"] for letter in office.taken] == ["lan@tinh.gov.vn"]
        assert place.python(STATES).split() == ["sent"]
