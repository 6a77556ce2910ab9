"""From a reviewed paper to a running programme: issued once, whole, and seen by those whom it concerns alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from accounts_builders import LONG_AGO, Province, person, post, province, signed_in
from django.utils import timezone
from papers_builders import PLAN, paper_of

from binhdang import read_plan
from binhdang.reading.intake import take_in_bytes
from binhdang.review import Verb
from binhdang.server.agencies.models import Agency, ReportingLine
from binhdang.server.audit.models import Event
from binhdang.server.configuration import Configuration
from binhdang.server.notices.models import Notice
from binhdang.server.papers.actions import Draft, edit_review, finish_review
from binhdang.server.papers.models import Paper
from binhdang.server.papers.queries.names import printed_names
from binhdang.server.papers.queries.reviews import review_of
from binhdang.server.plans.actions import Issue, close_plan, issue_plan, link_plan, reopen_plan, tie_guidance
from binhdang.server.plans.models import Group, GroupMember, Plan, PlanLink, Section, Target, Task
from binhdang.server.plans.queries import plans as queries
from binhdang.server.web.records import Conflict, Refused

YEAR = Issue(start=date(2026, 1, 1), end=date(2026, 12, 31), unled_to_runner=True)
TEXT = PLAN.replace(
    "3. Tổ chức Tháng hành động từ 15/11 đến 15/12.",
    "3. Tổ chức Tháng hành động từ 15/11 đến 15/12. Cơ quan thực hiện: Ủy ban nhân dân các xã, phường.\n"
    "4. Kiểm tra việc thực hiện. Thời gian thực hiện: theo hướng dẫn của Bộ Nội vụ.",
)


@pytest.fixture
def here(db: object, tmp_path: Path, settings: Any) -> Province:
    settings.CONFIGURATION = Configuration(folder=tmp_path)
    made = province()
    for word in ("an_binh", "ea_dong"):
        made.agencies[word].kind = "ubnd-xa"
        made.agencies[word].save()
    union = Agency.objects.create(
        unit=made.agencies["health"].unit, name="Hội Liên hiệp Phụ nữ tỉnh", kind="lhpn", start=LONG_AGO
    )
    made.agencies["union"] = union
    made.people["woman"] = person("woman", "Hoàng Thị Mai")
    post(made.people["woman"], "agency_officer", union)
    return made


def meanings(here: Province, paper: Paper) -> list[Draft]:
    """What each printed name means here, as a reviewer picks it."""
    ids = {a.name: [str(a.pk)] for a in here.agencies.values()}
    communes = [str(here.agencies[w].pk) for w in ("an_binh", "ea_dong")]
    drafts = []
    for name in printed_names(review_of(paper).reviewed):
        agencies = communes if "các xã" in name else ids.get(name, [])
        values = {"name": name, "agencies": agencies, "group": len(agencies) > 1}
        drafts.append(Draft(Verb.BIND, (), values))
    return drafts


def reviewed(here: Province, text: str = TEXT, name: str = "ke-hoach.txt", *extra: Draft) -> tuple[Paper, int]:
    """A paper of the department whose review is finished, and its version."""
    paper = paper_of(here.agencies["department"], here.people["lead"], text, name)
    keys = tuple(i.key for i in review_of(paper).reviewed.items.values())
    drafts = [Draft(Verb.ACCEPT, keys), *meanings(here, paper), *extra]
    seen = edit_review(by=here.by("lead"), paper=paper.pk, seen=0, drafts=drafts).version
    finish_review(by=here.by("lead"), paper=paper.pk, seen=seen)
    return paper, seen


@pytest.fixture
def plan(here: Province) -> Plan:
    paper, seen = reviewed(here)
    return issue_plan(by=here.by("lead"), paper=paper.pk, seen=seen, issue=YEAR)


def task(words: str) -> Task:
    return Task.objects.get(text__contains=words)


def laid(words: str) -> list[tuple[str, str]]:
    """Who has a task, in which role."""
    return [(a.role, str(a.agency or a.group)) for a in task(words).assignments.order_by("role", "printed")]


def test_a_reviewed_paper_becomes_a_programme(here: Province, plan: Plan) -> None:
    assert (str(plan), plan.runs, plan.start, plan.end) == (
        "Kế hoạch 48/KH-UBND",
        here.agencies["department"],
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert plan.signer == "Đoàn Thị Mỹ Hạnh, Phó Chủ tịch"
    training = task("hai lớp tập huấn")
    assert training.due_on == date(2026, 6, 30) and training.tracked
    assert laid("hai lớp tập huấn") == [("lead", "Sở Nội vụ")], "what names nobody was laid on the runner, as asked"
    assert laid("Chủ trì biên soạn") == [("lead", "Sở Nội vụ"), ("partner", "Sở Y tế")]
    assert laid("giám sát") == [("requested", "Hội Liên hiệp Phụ nữ tỉnh")]
    assert Target.objects.get().shown == 80
    duty = plan.dutys.get()
    assert {(p.role, p.name) for p in duty.parties.all()} >= {("reporter", "Sở Nội vụ")}
    text = plan.paper.reading.record["text"]  # type: ignore[union-attr]
    start, end = training.spans[0]
    assert text[start:end] == training.text, "each task holds the place of its sentence"
    assert Section.objects.filter(plan=plan, heading__contains="NHIỆM VỤ").exists()
    event = Event.objects.get(verb="plan.issue")
    assert (event.subject, event.agency, event.after["tasks"]) == (
        str(plan.pk),
        str(plan.runs_id),
        Task.objects.count(),
    )


def test_a_group_is_laid_once_with_its_members_frozen(here: Province, plan: Plan) -> None:
    group = Group.objects.get()
    assert group.size == 2 and GroupMember.objects.count() == 2
    assert laid("Tháng hành động") == [("lead", "Ủy ban nhân dân các xã, phường")]
    new = Agency.objects.create(unit=here.agencies["health"].unit, name="Văn phòng Xã Mới", kind="ubnd-xa")
    ReportingLine.objects.create(agency=new, superior=here.agencies["department"], start=timezone.localdate())
    assert not GroupMember.objects.filter(agency=new).exists()


def test_each_agency_is_told_once_however_much_is_laid_on_it(here: Province, plan: Plan) -> None:
    told = sorted(str(notice.agency) for notice in Notice.objects.filter(kind="plans.issued"))
    assert told == ["Hội Liên hiệp Phụ nữ tỉnh", "Sở Y tế", "Văn phòng An Bình", "Văn phòng Ea Đông"]
    page = signed_in(here.people["neighbour"]).get("/thong-bao/").content.decode()
    assert "Được giao việc theo Kế hoạch 48/KH-UBND" in page


WHY_NOT = [
    ("reopened", "chưa rà soát xong"),
    ("numberless", "chưa có số hoặc ngày"),
    ("nameless", "Chưa chọn cơ quan cho"),
    ("unled", "chưa có cơ quan chủ trì"),
]


@pytest.mark.parametrize(("case", "words"), WHY_NOT)
def test_nothing_goes_live_unreviewed(here: Province, case: str, words: str) -> None:
    by = here.by("lead")
    text = TEXT.replace("Số: 48/KH-UBND\n", "") if case == "numberless" else TEXT
    paper = paper_of(here.agencies["department"], here.people["lead"], text)
    keys = tuple(i.key for i in review_of(paper).reviewed.items.values())
    drafts = [Draft(Verb.ACCEPT, keys), *([] if case == "nameless" else meanings(here, paper))]
    seen = edit_review(by=by, paper=paper.pk, seen=0, drafts=drafts).version
    if case != "reopened":
        finish_review(by=by, paper=paper.pk, seen=seen)
    issue = Issue(unled_to_runner=case != "unled")
    with pytest.raises(Refused, match=words):
        issue_plan(by=by, paper=paper.pk, seen=seen, issue=issue)
    assert not Plan.objects.exists() and not Task.objects.exists()


def test_a_plan_is_issued_once_and_not_past_edits_that_nobody_saw(here: Province, plan: Plan) -> None:
    seen = review_of(plan.paper).seen
    with pytest.raises(Refused, match="đã giao việc"):
        issue_plan(by=here.by("lead"), paper=plan.paper_id, seen=seen, issue=YEAR)
    other, seen = reviewed(here, TEXT.replace("48/KH", "50/KH"), "khac.txt")
    with pytest.raises(Conflict):
        issue_plan(by=here.by("lead"), paper=other.pk, seen=seen - 1, issue=YEAR)


def test_guidance_is_shown_and_laid_on_nobody(here: Province) -> None:
    paper = paper_of(here.agencies["department"], here.people["lead"], TEXT)
    key = next(i.key for i in review_of(paper).reviewed.of("task") if "tờ rơi và phát" in i.words)
    paper, seen = reviewed(here, TEXT, "ke-hoach.txt", Draft(Verb.GUIDE, (key,)))
    issue_plan(by=here.by("lead"), paper=paper.pk, seen=seen, issue=YEAR)
    assert not task("tờ rơi và phát").tracked and laid("tờ rơi và phát") == []


SEES = {
    "lead": True,  # runs it
    "leader": True,  # of a commune of the group
    "neighbour": True,  # another member of the group
    "doctor": True,  # a partner
    "woman": True,  # asked
    "admin": False,
}


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_who_sees_a_plan(here: Province, plan: Plan, who: str, sees: bool) -> None:
    browser = signed_in(here.people[who])
    for part in (
        "",
        "?phan=chi-tieu",
        "?phan=kinh-phi",
        "?phan=bao-cao",
        "?phan=van-ban",
        "?phan=lien-he",
        "?phan=lich-su",
    ):
        assert (browser.get(f"/ke-hoach/{plan.pk}/{part}").status_code == 200) == sees, part
    assert (browser.get(f"/van-ban/{plan.paper_id}/").status_code == 200) == sees, "the paper goes with the plan"
    assert browser.get(f"/van-ban/{plan.paper_id}/ra-soat/").status_code == (
        200 if who == "lead" else 403 if who in ("admin", "leader") else 404
    )
    if who != "lead":
        assert browser.get(f"/ke-hoach/{plan.pk}/ket-thuc/").status_code in (403, 404)
        with pytest.raises(Refused):
            close_plan(by=here.by(who), plan=plan.pk, seen=1)


def test_a_stranger_to_the_programme_sees_nothing_of_it(here: Province, plan: Plan) -> None:
    stranger = Agency.objects.create(unit=here.agencies["health"].unit, name="Sở Khác", start=LONG_AGO)
    someone = person("someone", "Lý Văn Ai")
    post(someone, "agency_officer", stranger)
    browser = signed_in(someone)
    assert browser.get(f"/ke-hoach/{plan.pk}/").status_code == 404
    assert browser.get(f"/van-ban/{plan.paper_id}/").status_code == 404
    assert str(plan) not in browser.get("/ke-hoach/").content.decode()


def test_who_stands_above_sees_the_plans_below(here: Province, plan: Plan) -> None:
    ministry = person("ministry", "Vũ Bộ Trưởng")
    post(ministry, "programme_lead", here.agencies["ministry"])
    assert signed_in(ministry).get(f"/ke-hoach/{plan.pk}/").status_code == 200


def test_tasks_are_found_by_agency_through_groups_by_due_and_by_section(here: Province, plan: Plan) -> None:
    def found(**asked: str) -> set[str]:
        day = date(2026, 8, 1)
        return {t.text[:12] for t in queries.tasks_of(plan, queries.Filter(**asked), day)}

    assert found(agency=str(here.agencies["ea_dong"].pk)) == {"Tổ chức Thán"}
    assert found(agency=str(here.agencies["health"].pk), role="lead") == set()
    assert "Tổ chức hai " in found(due="qua-han") and "Tổ chức Thán" not in found(due="qua-han")
    assert found(text="to roi ho gia dinh") == {"Biên soạn tờ"}, "with or without tone marks"
    section = Section.objects.get(plan=plan, heading__contains="NHIỆM VỤ")
    assert len(found(section=str(section.pk))) == 4
    assert found(agency="khong-phai-ma") == set()


def test_targets_are_tied_to_those_above_with_their_own_value_kept(here: Province, plan: Plan) -> None:
    text = (
        TEXT.replace("48/KH-UBND", "9/KH-UBND")
        .replace("80%", "70%")
        .replace(
            "12/KH-BNV ngày 05/01/2026 của Bộ Nội vụ", "48/KH-UBND ngày 20/01/2026 của Ủy ban nhân dân tỉnh An Lĩnh"
        )
    )
    paper, seen = reviewed(here, text, "xa.txt")
    page = signed_in(here.people["lead"]).get(f"/ke-hoach/giao-viec/{paper.pk}/")
    assert page.context["form"].initial["above"] == [str(plan.pk)], "the plan that it cites is proposed"
    lower = issue_plan(
        by=here.by("lead"), paper=paper.pk, seen=seen, issue=Issue(above=[plan.pk], unled_to_runner=True)
    )
    target = Target.objects.get(plan=lower)
    assert (target.shown, target.above.plan, target.above.shown) == (70, plan, 80)  # type: ignore[union-attr]
    browser = signed_in(here.people["lead"])
    assert "thấp hơn cấp trên" in browser.get(f"/ke-hoach/{lower.pk}/?phan=chi-tieu").content.decode()
    assert str(lower) in browser.get(f"/ke-hoach/{plan.pk}/?phan=lien-he").content.decode()
    assert PlanLink.objects.get().kind == "carries_out"


def test_guidance_sets_the_dates_of_what_waits_for_it(here: Province, plan: Plan) -> None:
    waiting = task("Kiểm tra việc thực hiện")
    assert waiting.due["type"] == "as_directed" and waiting.due_on is None
    letter = paper_of(
        here.agencies["department"], here.people["lead"], TEXT.replace("48/KH-UBND", "7/SNV-BDG"), "cv.txt"
    )
    count = tie_guidance(by=here.by("lead"), plan=plan.pk, tasks=[waiting.pk], paper=letter.pk, day=date(2026, 10, 5))
    waiting.refresh_from_db()
    assert (count, waiting.waits_for, waiting.due_on) == (1, letter, date(2026, 10, 5))
    assert "05/10/2026" in signed_in(here.people["lead"]).get(f"/ke-hoach/{plan.pk}/").content.decode()
    foreign = paper_of(here.agencies["health"], here.people["doctor"], PLAN, "y-te.txt")
    with pytest.raises(Refused):
        tie_guidance(by=here.by("lead"), plan=plan.pk, tasks=[waiting.pk], paper=foreign.pk, day=None)


def test_a_plan_ends_and_can_be_opened_again_with_a_reason(here: Province, plan: Plan) -> None:
    by = here.by("lead")
    with pytest.raises(Conflict):
        close_plan(by=by, plan=plan.pk, seen=9)
    ended = close_plan(by=by, plan=plan.pk, seen=1)
    with pytest.raises(Refused):
        close_plan(by=by, plan=plan.pk, seen=ended.version)
    with pytest.raises(Refused, match="lý do"):
        reopen_plan(by=by, plan=plan.pk, seen=ended.version, reason=" ")
    assert reopen_plan(by=by, plan=plan.pk, seen=ended.version, reason="Kết thúc nhầm.").state == "issued"


def test_a_link_is_an_act_of_who_runs_the_plan(here: Province, plan: Plan) -> None:
    paper, seen = reviewed(here, TEXT.replace("48/KH", "51/KH"), "hai.txt")
    other = issue_plan(by=here.by("lead"), paper=paper.pk, seen=seen, issue=YEAR)
    with pytest.raises(Refused):
        link_plan(by=here.by("doctor"), plan=plan.pk, other=other.pk, kind="replaces")
    link = link_plan(by=here.by("lead"), plan=other.pk, other=plan.pk, kind="replaces")
    browser = signed_in(here.people["lead"])
    assert "Được thay thế bởi" in browser.get(f"/ke-hoach/{plan.pk}/?phan=lien-he").content.decode()
    browser.post(f"/ke-hoach/{other.pk}/lien-he/{link.pk}/bo/")
    assert not PlanLink.objects.exists()


def test_the_whole_way_through_the_pages(here: Province) -> None:
    browser = signed_in(here.people["lead"])
    paper = paper_of(here.agencies["department"], here.people["lead"], TEXT)
    review = f"/van-ban/{paper.pk}/ra-soat/"
    assert "Chưa chọn cơ quan cho" in browser.get(f"/ke-hoach/giao-viec/{paper.pk}/").content.decode()
    for sort in ("task", "target", "duty", "budget", "funding", "citation", "recipient", "objective"):
        for item in review_of(paper).reviewed.of(sort):
            browser.post(f"{review}sua/", {"viec": "accept", "muc": item.key, "thay": review_of(paper).seen})
    page = browser.get(f"{review}?phan=names").content.decode()
    assert "Tất cả 2 Ủy ban nhân dân cấp xã tuyến dưới" in page
    for name in printed_names(review_of(paper).reviewed):
        told: dict[str, Any] = {"ten": name, "thay": review_of(paper).seen}
        if "các xã" in name:
            told |= {"cac-xa": "1", "nhom": "1"}
        elif found := [a for a in here.agencies.values() if a.name == name]:
            assert name in page
            told["co-quan"] = [str(a.pk) for a in found]
        browser.post(f"{review}ten/", told)
    assert browser.post(f"{review}xong/", {"thay": review_of(paper).seen}).status_code == 302
    assert "Giao việc" in browser.get(f"/van-ban/{paper.pk}/").content.decode()
    form = browser.get(f"/ke-hoach/giao-viec/{paper.pk}/").context["form"]
    told = {"seen": form.initial["seen"], "start": "2026-01-01", "end": "2026-12-31", "unled": "on"}
    answer = browser.post(f"/ke-hoach/giao-viec/{paper.pk}/", told, follow=True)
    assert "Đã giao việc theo" in answer.content.decode()
    plan = Plan.objects.get()
    page = browser.get(f"/ke-hoach/{plan.pk}/?phan=van-ban").content.decode()
    training = task("hai lớp tập huấn")
    assert f'id="t{training.spans[0][0]}"' in page and f"#i-{training.pk}" in page, "from the sentence to the task"
    assert f"?phan=van-ban#t{training.spans[0][0]}" in browser.get(f"/ke-hoach/{plan.pk}/").content.decode(), "and back"


def test_the_plan_comes_out_as_word_and_is_read_as_the_same_plan(here: Province, plan: Plan) -> None:
    answer = signed_in(here.people["doctor"]).get(f"/ke-hoach/{plan.pk}/word/")
    assert "KE%20HOACH" in answer["Content-Disposition"].upper() or "48-KH-UBND" in answer["Content-Disposition"]
    copy = read_plan(take_in_bytes(answer.content, "ke-hoach.docx"))
    assert (copy.document.number, len(copy.tasks)) == ("48/KH-UBND", Task.objects.filter(plan=plan).count())


def test_pages_ask_the_database_the_same_number_of_times(
    here: Province, plan: Plan, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(here.people["lead"])
    for part in ("viec", "chi-tieu", "kinh-phi", "bao-cao", "van-ban", "lien-he", "lich-su"):
        with django_assert_max_num_queries(24):
            browser.get(f"/ke-hoach/{plan.pk}/?phan={part}")
    with django_assert_max_num_queries(16):
        browser.get("/ke-hoach/")
