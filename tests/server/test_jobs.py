"""Jobs in one process: asked for, done, failed, tried again, cancelled; and who sees what of them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from accounts_builders import Province, province, signed_in
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from binhdang.access import Actor
from binhdang.server.accounts.actions.people import add_person
from binhdang.server.accounts.models import Person
from binhdang.server.audit.models import Event
from binhdang.server.jobs import kinds, queries, turns, worker
from binhdang.server.jobs.actions import cancel_job, forget_old_jobs, retry_job, start_job
from binhdang.server.jobs.models import CANCELLED, DONE, FAILED, RUNNING, WAITING, Job, Worker
from binhdang.server.jobs.processes import process_named, this_machine
from binhdang.server.jobs.running import Leaving, Lost, Running
from binhdang.server.jobs.worker import run_waiting_jobs
from binhdang.server.web.asking import SYSTEM
from binhdang.server.web.records import Refused

pytestmark = pytest.mark.django_db
Run = Callable[[Running], Mapping[str, Any] | None]


@pytest.fixture
def here() -> Province:
    return province()


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Makes the kind "trial" do what a test wants of it."""
    monkeypatch.setattr(kinds, "_kinds", {})

    def make(run: Run = lambda running: None, **more: Any) -> None:
        kinds.register(kinds.Kind("trial", "Việc thử", run, **more))

    yield make


def ask(here: Province, **more: Any) -> Job:
    return start_job(by=here.by("officer"), kind="trial", title="Lập tệp Excel", **more)


def events(job: Job) -> list[str]:
    return list(Event.objects.filter(kind="job", subject=str(job.pk)).order_by("at").values_list("verb", flat=True))


def test_a_job_is_done_as_the_one_who_asked_and_leads_on(here: Province, kind: Callable[..., None]) -> None:
    seen: list[Running] = []

    def run(running: Running) -> Mapping[str, Any]:
        seen.append(running)
        running.progress(1, 2, "đang ghi")
        return {"url": "/tep/1/"}

    kind(run)
    asked = ask(here, agency="a", subject="s", arguments={"rows": [1, 2]})
    assert asked.status == WAITING and not seen
    [done] = run_waiting_jobs()
    assert (done.pk, done.status, done.result, done.done, done.of) == (asked.pk, DONE, {"url": "/tep/1/"}, 2, 2)
    assert (done.arguments, done.state) == ({}, {})
    [running] = seen
    assert running.by.person == str(here.people["officer"].pk) and running.by.door == "job"
    assert running.arguments == {"rows": [1, 2]}
    start = Event.objects.get(verb="job.start")
    assert running.event == start.pk and start.agency == "a"
    assert Event.objects.get(verb="job.end").parent == start.pk


def test_the_installation_itself_may_ask(here: Province, kind: Callable[..., None]) -> None:
    seen = []
    kind(lambda running: seen.append(running.by))
    start_job(by=SYSTEM, kind="trial", title="Dọn dẹp")
    run_waiting_jobs()
    assert seen == [SYSTEM]


def test_a_job_of_an_act_that_was_rolled_back_never_was(here: Province, kind: Callable[..., None]) -> None:
    kind()
    with pytest.raises(Refused), transaction.atomic():
        ask(here)
        raise Refused("Không được.")
    assert run_waiting_jobs() == [] and not Event.objects.filter(verb="job.start").exists()


def test_a_kind_nobody_registered_is_a_programmers_slip(here: Province, kind: Callable[..., None]) -> None:
    with pytest.raises(LookupError):
        ask(here)


def test_a_long_title_is_cut_not_refused(here: Province, kind: Callable[..., None]) -> None:
    kind()
    assert len(start_job(by=SYSTEM, kind="trial", title="x" * 500).title) == 200


def test_what_is_refused_fails_at_once_with_its_words(here: Province, kind: Callable[..., None]) -> None:
    def run(running: Running) -> None:
        raise Refused("Dòng 3: thiếu tên cơ quan.", hint="Hãy ghi tên.")

    kind(run)
    ask(here)
    [failed] = run_waiting_jobs()
    assert (failed.status, failed.code) == (FAILED, "act.refused")
    assert failed.message == "Dòng 3: thiếu tên cơ quan. Hãy ghi tên."


def test_a_fault_is_tried_again_after_a_while_and_then_fails_without_its_details(
    here: Province, kind: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    def run(running: Running) -> None:
        raise ZeroDivisionError("secret of Lê Thị Hoa")

    kind(run)
    asked = ask(here)
    with caplog.at_level(logging.ERROR):
        [first] = run_waiting_jobs()
        assert first.status == WAITING and first.due_at > timezone.now() + timedelta(seconds=5)
        assert run_waiting_jobs() == []
        later = timezone.now() + timedelta(hours=1)
        states = [job.status for job in run_waiting_jobs(now=later)]
    assert states == [WAITING, FAILED]
    asked.refresh_from_db()
    assert asked.code == "job.fault" and "secret" not in asked.message
    assert [record.told["job"] for record in caplog.records] == [str(asked.pk)] * 3  # type: ignore[attr-defined]


def test_tries_count_only_while_the_job_gets_nowhere(here: Province, kind: Callable[..., None]) -> None:
    """Ten steps, each of which fails the first time: that is ten faults, and the job is done all the same."""
    failed: set[int] = set()

    def run(running: Running) -> None:
        for step in range(running.state.get("next", 0), 10):
            if step not in failed:
                failed.add(step)
                raise OSError
            running.save({"next": step + 1})

    kind(run, most_tries=2)
    ask(here)
    logging.disable(logging.CRITICAL)
    ends = run_waiting_jobs(now=timezone.now() + timedelta(hours=1))
    logging.disable(logging.NOTSET)
    assert (len(ends), ends[-1].status) == (11, DONE)


def test_saying_the_same_state_again_is_no_headway(here: Province, kind: Callable[..., None]) -> None:
    def run(running: Running) -> None:
        running.save({"phase": 1})
        raise OSError

    kind(run)
    ask(here)
    logging.disable(logging.CRITICAL)
    ends = run_waiting_jobs(now=timezone.now() + timedelta(hours=1))
    logging.disable(logging.NOTSET)
    assert [job.status for job in ends] == [WAITING, WAITING, FAILED]


def test_a_kind_that_is_gone_fails_in_words(here: Province, kind: Callable[..., None]) -> None:
    kind()
    asked = ask(here)
    kinds._kinds.clear()
    run_waiting_jobs()
    asked.refresh_from_db()
    assert (asked.status, asked.code) == (FAILED, "job.unknown-kind")


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", 7, "ket-qua"])
def test_a_result_never_leads_away(here: Province, kind: Callable[..., None], url: object) -> None:
    kind(lambda running: {"url": url}, most_tries=1)
    ask(here)
    logging.disable(logging.CRITICAL)
    [failed] = run_waiting_jobs()
    logging.disable(logging.NOTSET)
    assert failed.status == FAILED and failed.result == {}


# ── cancel and try again ──


def test_a_waiting_job_is_cancelled_at_once(here: Province, kind: Callable[..., None]) -> None:
    kind()
    asked = ask(here)
    assert cancel_job(by=here.by("officer"), job=asked).status == CANCELLED
    assert run_waiting_jobs() == [] and events(asked) == ["job.start", "job.cancel"]


def test_a_running_job_is_cancelled_at_its_next_step_and_goes_on_from_there_when_tried_again(
    here: Province, kind: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("binhdang.server.jobs.running._PAUSE", 0)
    steps: list[int] = []

    def run(running: Running) -> None:
        for step in range(running.state.get("next", 0), 5):
            with transaction.atomic():
                steps.append(step)
                running.save({"next": step + 1})
            if step == 2 and not running.job.cancel_asked_at:
                cancel_job(by=here.by("officer"), job=running.job)
            running.progress(step + 1, 5)

    kind(run)
    asked = ask(here)
    [stopped] = run_waiting_jobs()
    assert (stopped.status, stopped.state, stopped.done) == (CANCELLED, {"next": 3}, 2)
    assert retry_job(by=here.by("officer"), job=asked).status == WAITING
    monkeypatch.setattr("test_jobs.cancel_job", lambda **told: None)
    [done] = run_waiting_jobs()
    assert done.status == DONE and steps == [0, 1, 2, 3, 4]
    assert events(asked) == ["job.start", "job.cancel", "job.end", "job.retry", "job.end"]


def test_what_has_ended_is_neither_cancelled_nor_done_again(here: Province, kind: Callable[..., None]) -> None:
    kind()
    asked = ask(here)
    run_waiting_jobs()
    for act in (cancel_job, retry_job):
        with pytest.raises(Refused):
            act(by=here.by("officer"), job=asked)


@pytest.mark.parametrize(("who", "may"), [("officer", True), ("admin", True), ("lead", False), ("neighbour", False)])
def test_only_who_asked_and_who_runs_the_system_cancel_and_retry(
    here: Province, kind: Callable[..., None], who: str, may: bool
) -> None:
    kind()
    asked = ask(here)
    for act, status in ((cancel_job, CANCELLED), (retry_job, WAITING)):
        if may:
            assert act(by=here.by(who), job=asked).status == status
        else:
            with pytest.raises(Refused, match="quyền"):
                act(by=here.by(who), job=asked)


def test_asking_twice_for_what_stands_alone_is_one_job(here: Province, kind: Callable[..., None]) -> None:
    kind(alone=True)
    first = ask(here, subject="paper 1")
    assert ask(here, subject="paper 1").pk == first.pk
    assert ask(here, subject="paper 2").pk != first.pk
    assert Event.objects.filter(verb="job.start").count() == 2
    cancel_job(by=here.by("officer"), job=first)
    second = ask(here, subject="paper 1")
    assert second.pk != first.pk
    with pytest.raises(Refused, match="Đã có một việc như vậy"):
        retry_job(by=here.by("officer"), job=first)


def test_old_jobs_are_forgotten_failed_ones_later(here: Province, kind: Callable[..., None]) -> None:
    kind()
    made = {}
    for status, days in [(DONE, 31), (DONE, 29), (CANCELLED, 31), (FAILED, 31), (FAILED, 91), (WAITING, 400)]:
        job = ask(here)
        Job.objects.filter(pk=job.pk).update(status=status, ended_at=timezone.now() - timedelta(days=days))
        made[job.pk] = (status, days)
    assert forget_old_jobs(by=SYSTEM) == 3
    left = {made[pk] for pk in Job.objects.values_list("pk", flat=True)}
    assert left == {(DONE, 29), (FAILED, 31), (WAITING, 400)}
    assert forget_old_jobs(by=SYSTEM) == 0


# ── workers ──


def held_by(job: Job, machine: str, process: str, beat: timedelta = timedelta()) -> Worker:
    """A worker that took the job."""
    took = Worker.objects.create(id=uuid4(), machine=machine, process=process, beat_at=timezone.now() - beat)
    assert turns.take(took.pk, timezone.now()) is not None
    return took


@pytest.mark.parametrize(
    ("machine", "process", "beat", "lost"),
    [
        (this_machine(), process_named(1), 0, False),
        (this_machine(), "1:77", 0, True),  # the number is another's by now
        (this_machine(), "999999999:1", 0, True),
        (this_machine(), process_named(1), 61, True),  # it lives and does not beat
        ("elsewhere", "999999999:1", 0, False),
        ("elsewhere", "999999999:1", 61, True),
    ],
)
def test_what_a_dead_worker_held_is_taken_back(
    here: Province, kind: Callable[..., None], machine: str, process: str, beat: int, lost: bool
) -> None:
    kind()
    asked = ask(here)
    held_by(asked, machine, process, timedelta(seconds=beat))
    assert turns.take_back_lost(uuid4()) == lost
    asked.refresh_from_db()
    assert asked.status == (WAITING if lost else RUNNING)


def test_a_worker_that_begins_during_a_sweep_keeps_what_it_took(
    here: Province, kind: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looked as if dead to a sweep that had read the living before: its job went on twice at once."""
    kind()
    asked = ask(here)
    now = timezone.now()
    Worker.objects.create(id=uuid4(), machine="elsewhere", process="1:1", beat_at=now)
    begun: list[Worker] = []

    def begins(machine: str, process: str) -> bool:
        if not begun:
            begun.append(Worker.objects.create(id=uuid4(), machine=this_machine(), process="2:2", beat_at=now))
            assert turns.take(begun[0].pk, timezone.now()) is not None
        return False

    monkeypatch.setattr(turns, "is_gone", begins)
    assert turns.take_back_lost(uuid4()) == 0
    asked.refresh_from_db()
    begun[0].refresh_from_db()
    assert (asked.status, asked.worker, begun[0].ended_at) == (RUNNING, begun[0].pk, None)


def test_a_job_that_kills_its_worker_again_and_again_fails(here: Province, kind: Callable[..., None]) -> None:
    kind(most_tries=3)
    asked = ask(here)
    for status in (WAITING, WAITING, FAILED):
        Job.objects.filter(pk=asked.pk).update(due_at=timezone.now())
        held_by(asked, this_machine(), "999999999:1")
        turns.take_back_lost(uuid4())
        asked.refresh_from_db()
        assert asked.status == status
    assert asked.code == "job.killed" and "dừng đột ngột" in asked.message


def test_a_cancelled_job_whose_worker_died_is_not_taken_up_again(here: Province, kind: Callable[..., None]) -> None:
    kind()
    asked = ask(here)
    held_by(asked, this_machine(), "999999999:1")
    cancel_job(by=here.by("officer"), job=asked)
    turns.take_back_lost(uuid4())
    asked.refresh_from_db()
    assert asked.status == CANCELLED


def test_who_lost_a_job_writes_nothing_into_it_any_more(here: Province, kind: Callable[..., None]) -> None:
    kind()
    asked = ask(here)
    slow = held_by(asked, "elsewhere", "1:1", timedelta(seconds=61))
    stale = Running(Job.objects.get(pk=asked.pk), slow.pk, threading.Event())
    turns.take_back_lost(uuid4())
    held_by(asked, this_machine(), process_named(1))
    for write in (lambda: stale.save({"next": 9}), lambda: stale.progress(9, 9)):
        with pytest.raises(Lost), transaction.atomic():
            write()
    with pytest.raises(Lost):
        turns.end(stale.job, slow.pk, DONE)
    asked.refresh_from_db()
    assert (asked.status, asked.state) == (RUNNING, {})


def test_a_worker_that_leaves_puts_its_job_back_and_that_counts_as_no_try(
    here: Province, kind: Callable[..., None]
) -> None:
    leave = threading.Event()

    def run(running: Running) -> None:
        running.save({"next": 1})
        leave.set()
        running.progress(1, 2)

    kind(run)
    asked = ask(here)
    taken = turns.take(uuid4(), timezone.now())
    assert taken is not None and taken.worker is not None
    with pytest.raises(Leaving):
        worker.run(Running(taken, taken.worker, leave))
    asked.refresh_from_db()
    assert (asked.status, asked.state, asked.tries, asked.worker) == (WAITING, {"next": 1}, 0, None)


def test_the_watchers_are_told_when_nobody_works(here: Province, kind: Callable[..., None]) -> None:
    kind()
    assert not queries.nobody_works()
    asked = ask(here)
    assert not queries.nobody_works()
    Job.objects.filter(pk=asked.pk).update(due_at=timezone.now() - timedelta(seconds=61))
    assert queries.nobody_works()
    one = Worker.objects.create(id=uuid4(), machine="m", process="1:1")
    assert not queries.nobody_works() and queries.workers_count() == 1
    Worker.objects.filter(pk=one.pk).update(beat_at=timezone.now() - timedelta(seconds=61))
    assert queries.nobody_works() and queries.workers_count() == 0
    assert queries.counts()[WAITING] == 1


# ── pages ──


def page(who: Person, name: str, *args: object, **asked: str) -> str:
    answer = signed_in(who).get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_ones_own_and_everybodys_to_who_runs_the_system(
    here: Province, kind: Callable[..., None]
) -> None:
    kind()
    ask(here)
    title = "Lập tệp Excel"
    assert title in page(here.people["officer"], "jobs:jobs")
    for who in ("neighbour", "lead", "leader"):
        assert title not in page(here.people[who], "jobs:jobs", cua="moi-nguoi")
    assert title not in page(here.people["admin"], "jobs:jobs")
    told = page(here.people["admin"], "jobs:jobs", cua="moi-nguoi")
    assert title in told and "Lê Thị Hoa" in told


def test_the_list_takes_apart_what_ended(here: Province, kind: Callable[..., None]) -> None:
    kind()
    ask(here)
    run_waiting_jobs()
    assert "Lập tệp Excel" not in page(here.people["officer"], "jobs:jobs")
    assert "Lập tệp Excel" in page(here.people["officer"], "jobs:jobs", phan="xong")


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    here: Province, kind: Callable[..., None], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    kind()
    ask(here)
    admin = signed_in(here.people["admin"])
    address = reverse("jobs:jobs") + "?cua=moi-nguoi"
    admin.get(address)
    with django_assert_max_num_queries(12) as counted:
        admin.get(address)
    for _ in range(30):
        ask(here)
    with django_assert_num_queries(len(counted)):
        assert admin.get(address).content.decode().count("Lập tệp Excel") == 31


def test_who_runs_the_system_reads_titles_and_no_content(here: Province, kind: Callable[..., None]) -> None:
    def run(running: Running) -> None:
        raise Refused("Dòng 3: Nguyễn Văn Kín đã có tài khoản.")

    kind(run)
    asked = ask(here)
    run_waiting_jobs()
    assert "Nguyễn Văn Kín" in page(here.people["officer"], "jobs:job", asked.pk)
    for name in ("jobs:job", "jobs:progress"):
        told = page(here.people["admin"], name, asked.pk)
        assert "Lập tệp Excel" in told and "act.refused" in told and "Nguyễn Văn Kín" not in told


def test_who_may_read_the_thing_follows_its_job_and_does_not_act_on_it(
    here: Province, kind: Callable[..., None]
) -> None:
    def follows(actor: Actor, job: Job) -> bool:
        return actor.person == str(here.people["leader"].pk) and job.subject == "paper"

    kind(follows=follows)
    asked = ask(here, subject="paper")
    assert "Lập tệp Excel" in page(here.people["leader"], "jobs:job", asked.pk)
    assert signed_in(here.people["leader"]).post(reverse("jobs:cancel", args=[asked.pk])).status_code == 404
    assert signed_in(here.people["neighbour"]).get(reverse("jobs:job", args=[asked.pk])).status_code == 404


def test_progress_is_asked_for_until_the_end_and_then_the_page_is_loaded_anew(
    here: Province, kind: Callable[..., None]
) -> None:
    kind(lambda running: {"url": "/don-vi/"})
    asked = ask(here)
    address = reverse("jobs:progress", args=[asked.pk])
    browser = signed_in(here.people["officer"])
    waits = browser.get(address, {"xong": "tai-lai"})
    assert 'hx-trigger="every 1s"' in waits.content.decode() and "HX-Refresh" not in waits
    run_waiting_jobs()
    done = browser.get(address, {"xong": "tai-lai"})
    assert done["HX-Refresh"] == "true" and "hx-trigger" not in done.content.decode()
    stays = browser.get(address)
    assert "HX-Refresh" not in stays and 'href="/don-vi/"' in stays.content.decode()


def test_those_who_hear_the_page_are_told_of_news_alone(here: Province, kind: Callable[..., None]) -> None:
    kind()
    asked = ask(here)
    browser = signed_in(here.people["officer"])
    address = reverse("jobs:progress", args=[asked.pk])
    assert "hx-swap-oob" in browser.get(address, {"da": "other"}).content.decode()
    assert "hx-swap-oob" not in browser.get(address, {"da": "waiting0"}).content.decode()


def test_cancel_is_confirmed_first(here: Province, kind: Callable[..., None]) -> None:
    kind()
    asked = ask(here)
    browser = signed_in(here.people["officer"])
    address = reverse("jobs:cancel", args=[asked.pk])
    assert "Những bước đã làm xong vẫn giữ nguyên" in browser.get(address).content.decode()
    assert Job.objects.get(pk=asked.pk).status == WAITING
    assert "Đã dừng việc này." in browser.post(address, follow=True).content.decode()
    assert "Làm lại" in browser.get(reverse("jobs:job", args=[asked.pk])).content.decode()
    browser.post(reverse("jobs:retry", args=[asked.pk]))
    assert Job.objects.get(pk=asked.pk).status == WAITING


def test_a_bulk_act_stands_under_one_event(here: Province, kind: Callable[..., None]) -> None:
    def run(running: Running) -> None:
        for number in range(3):
            with transaction.atomic():
                add_person(by=running.by, username=f"nguoi{number}", full_name="Trần An", parent=running.event)
                running.save({"next": number + 1})

    kind(run)
    asked = start_job(by=here.by("admin"), kind="trial", title="Thêm người")
    run_waiting_jobs()
    assert Event.objects.filter(verb="person.add", parent=asked.event).count() == 3


def test_what_somebody_may_no_more_their_job_may_no_more(here: Province, kind: Callable[..., None]) -> None:
    kind(lambda running: void(add_person(by=running.by, username="moi", full_name="Trần An")))
    start_job(by=here.by("officer"), kind="trial", title="Thêm người")
    [failed] = run_waiting_jobs()
    assert (failed.status, failed.code) == (FAILED, "act.refused")


def void(anything: object) -> None:
    """Nothing."""
