"""Papers come in, are read, and are reviewed; nobody loses a word, and neighbours see nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from accounts_builders import Province, province, signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from papers_builders import PLAN, paper_of

from binhdang.review import Verb
from binhdang.server.audit.models import Event
from binhdang.server.configuration import Configuration
from binhdang.server.jobs.worker import run_waiting_jobs
from binhdang.server.papers.actions import (
    Draft,
    edit_review,
    finish_review,
    redo_edit,
    take_reading,
    undo_edit,
)
from binhdang.server.papers.models import NameChoice, Paper, Review
from binhdang.server.papers.queries.reviews import review_of
from binhdang.server.web.records import Conflict, Refused


@pytest.fixture
def here(db: object, tmp_path: Path, settings: Any) -> Province:
    settings.CONFIGURATION = Configuration(folder=tmp_path)
    return province()


@pytest.fixture
def paper(here: Province) -> Paper:
    return paper_of(here.agencies["an_binh"], here.people["officer"])


def task_about(paper: Paper, words: str) -> str:
    """The key of the task that says this."""
    return next(i.key for i in review_of(paper).reviewed.of("task") if words in i.words)


def uploaded(browser: Client, *files: tuple[str, bytes]) -> Any:
    """What comes back when files are sent."""
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return browser.post("/van-ban/them/", {"files": sent}, follow=True)


def test_a_file_becomes_a_paper_that_has_been_read(here: Province) -> None:
    browser = signed_in(here.people["officer"])
    page = uploaded(browser, ("ke-hoach.txt", PLAN.encode())).content.decode()
    assert "Đang đọc văn bản" in page
    run_waiting_jobs()
    found = Paper.objects.get()
    assert (found.heading, found.state, found.issuer) == ("Kế hoạch 48/KH-UBND", "read", "Ủy ban nhân dân tỉnh An Lĩnh")
    assert (str(found.date), found.owner) == ("2026-01-20", here.agencies["an_binh"])
    assert "Thực hiện công tác bình đẳng giới năm 2026" in browser.get("/van-ban/").content.decode()
    assert "Chủ trì biên soạn tờ rơi" in browser.get(f"/van-ban/{found.pk}/").content.decode()


def test_the_same_file_twice_is_recognised(here: Province) -> None:
    browser = signed_in(here.people["officer"])
    uploaded(browser, ("ke-hoach.txt", PLAN.encode()))
    page = uploaded(browser, ("ban-sao.txt", PLAN.encode())).content.decode()
    assert "đã có trong danh sách" in page and Paper.objects.count() == 1
    uploaded(signed_in(here.people["neighbour"]), ("cua-toi.txt", PLAN.encode()))
    assert Paper.objects.count() == 2, "another agency keeps its own"


def test_a_secret_paper_is_stopped_before_a_byte_is_kept(here: Province, tmp_path: Path) -> None:
    browser = signed_in(here.people["officer"])
    page = uploaded(browser, ("mat.txt", f"MẬT\n{PLAN}".encode())).content.decode()
    assert "không lưu văn bản mật" in page
    assert not Paper.objects.exists()
    assert not [p for p in (tmp_path / "files").rglob("*") if p.is_file()]


def test_a_file_that_cannot_be_read_is_told_with_the_way_out(here: Province) -> None:
    browser = signed_in(here.people["officer"])
    uploaded(browser, ("hong.pdf", b"%PDF-1.7\nkhong phai pdf"))
    run_waiting_jobs()
    found = Paper.objects.get()
    assert found.state == "failed"
    page = browser.get(f"/van-ban/{found.pk}/").content.decode()
    assert "Không đọc được văn bản này" in page and "Đọc lại" in page
    assert browser.get(f"/van-ban/{found.pk}/ra-soat/").status_code == 302


def test_a_review_is_finished_when_every_item_has_been_looked_at(paper: Paper, here: Province) -> None:
    by = here.by("officer")
    with pytest.raises(Refused, match="mục chưa xem"):
        finish_review(by=by, paper=paper.pk, seen=0)
    keys = [i.key for i in review_of(paper).reviewed.items.values()]
    review = edit_review(by=by, paper=paper.pk, seen=0, drafts=[Draft(Verb.ACCEPT, tuple(keys))])
    assert finish_review(by=by, paper=paper.pk, seen=review.version).done_at is not None
    edit_review(by=by, paper=paper.pk, seen=review.version, drafts=[Draft(Verb.REOPEN, (keys[0],))])
    assert Review.objects.get().done_at is None, "a later edit opens it again"
    verbs = list(Event.objects.filter(kind="paper").order_by("at").values_list("verb", flat=True))
    assert verbs[-3:] == ["review.edit", "review.finish", "review.edit"]


def test_two_reviewers_at_once_lose_nothing(paper: Paper, here: Province) -> None:
    by, key = here.by("officer"), task_about(paper, "tờ rơi và phát")
    first = edit_review(by=by, paper=paper.pk, seen=0, drafts=[Draft(Verb.CORRECT, (key,), {"leads": ["Sở Y tế"]})])
    second = edit_review(by=by, paper=paper.pk, seen=0, drafts=[Draft(Verb.CORRECT, (key,), {"places": ["Toàn tỉnh"]})])
    with pytest.raises(Conflict) as conflict:
        edit_review(by=by, paper=paper.pk, seen=0, drafts=[Draft(Verb.CORRECT, (key,), {"leads": ["Sở Nội vụ"]})])
    (difference,) = conflict.value.differences
    assert (difference.label, difference.yours, difference.theirs) == ("Chủ trì", "Sở Nội vụ", "Sở Y tế")
    again = edit_review(
        by=by, paper=paper.pk, seen=second.version, drafts=[Draft(Verb.CORRECT, (key,), {"leads": ["Sở Nội vụ"]})]
    )
    item = review_of(paper).reviewed.items[key]
    assert (item.fields["leads"], item.fields["places"]) == (["Sở Nội vụ"], ["Toàn tỉnh"])
    assert (first.version, second.version, again.version) == (1, 2, 3)


def test_undo_takes_one_edit_back_and_redo_does_it_again(paper: Paper, here: Province) -> None:
    by, key = here.by("officer"), task_about(paper, "tờ rơi và phát")
    edit_review(by=by, paper=paper.pk, seen=0, drafts=[Draft(Verb.REMOVE, (key,))])
    undo_edit(by=by, paper=paper.pk, number=1)
    assert review_of(paper).reviewed.items[key].state == "open"
    redo_edit(by=by, paper=paper.pk, number=1)
    assert review_of(paper).reviewed.items[key].state == "removed"
    with pytest.raises(Refused):
        undo_edit(by=by, paper=paper.pk, number=7)


def test_edits_that_stood_on_an_undone_one_are_told_and_hold_the_end_up(paper: Paper, here: Province) -> None:
    by, key = here.by("officer"), task_about(paper, "tờ rơi và phát")
    cut = review_of(paper).reviewed.record["text"].index(" và phát đến")
    edit_review(by=by, paper=paper.pk, seen=0, drafts=[Draft(Verb.SPLIT, (key,), {"at": [cut]})])
    edit_review(by=by, paper=paper.pk, seen=1, drafts=[Draft(Verb.REMOVE, ("e1.1",))])
    undo_edit(by=by, paper=paper.pk, number=1)
    standing = review_of(paper)
    assert [m.edit.number for m in standing.reviewed.misfits] == [2]
    keys = tuple(i.key for i in standing.reviewed.items.values())
    review = edit_review(by=by, paper=paper.pk, seen=standing.seen, drafts=[Draft(Verb.ACCEPT, keys)])
    with pytest.raises(Refused, match="không khớp"):
        finish_review(by=by, paper=paper.pk, seen=review.version)


def test_the_review_goes_on_over_a_newer_reading(paper: Paper, here: Province) -> None:
    by, key = here.by("officer"), task_about(paper, "tờ rơi và phát")
    lost = task_about(paper, "Tháng hành động")
    edit_review(by=by, paper=paper.pk, seen=0, drafts=[Draft(Verb.CORRECT, (key,), {"leads": ["Sở Y tế"]})])
    edit_review(by=by, paper=paper.pk, seen=1, drafts=[Draft(Verb.REMOVE, (lost,))])
    record = dict(review_of(paper).reviewed.record)
    record["tasks"] = [t for t in reversed(record["tasks"]) if "Tháng hành động" not in t["text"]]
    take_reading(by=by, paper=paper.pk, reader="9.9", record=record)
    paper.refresh_from_db()
    standing = review_of(paper)
    assert standing.reviewed.items[task_about(paper, "tờ rơi và phát")].fields["leads"] == ["Sở Y tế"]
    assert [m.edit.number for m in standing.reviewed.misfits] == [2]
    assert (
        "Có lần sửa không còn khớp"
        in signed_in(here.people["officer"]).get(f"/van-ban/{paper.pk}/ra-soat/").content.decode()
    )
    edit_review(by=by, paper=paper.pk, seen=standing.seen, drafts=[Draft(Verb.ACCEPT, (task_about(paper, "hai lớp"),))])


def test_what_the_paper_is_can_be_corrected(paper: Paper, here: Province) -> None:
    by = here.by("officer")
    edit_review(
        by=by, paper=paper.pk, seen=0, drafts=[Draft(Verb.DESCRIBE, (), {"number": "84/KH-UBND", "date": "2026-02-01"})]
    )
    paper.refresh_from_db()
    assert (paper.number, str(paper.date), paper.symbol) == ("84/KH-UBND", "2026-02-01", "84//kh/ubnd")
    undo_edit(by=by, paper=paper.pk, number=1)
    paper.refresh_from_db()
    assert paper.number == "48/KH-UBND"


def test_what_a_name_means_is_kept_for_the_next_paper(paper: Paper, here: Province) -> None:
    health = str(here.agencies["health"].pk)
    values = {"name": "Sở Y tế", "agencies": [health], "group": False}
    edit_review(by=here.by("officer"), paper=paper.pk, seen=0, drafts=[Draft(Verb.BIND, (), values)])
    assert NameChoice.objects.get().agencies == [health]
    page = signed_in(here.people["officer"]).get(f"/van-ban/{paper.pk}/ra-soat/?phan=names").content.decode()
    assert "đã chọn" in page
    other = paper_of(here.agencies["an_binh"], here.people["officer"], PLAN.replace("48/KH", "49/KH"), "khac.txt")
    page = signed_in(here.people["officer"]).get(f"/van-ban/{other.pk}/ra-soat/?phan=names").content.decode()
    assert "Như lần trước" in page


def test_citations_lead_both_ways_among_what_one_may_see(paper: Paper, here: Province) -> None:
    above = PLAN.replace("48/KH-UBND", "12/KH-BNV").replace("ỦY BAN NHÂN DÂN\nTỈNH AN LĨNH", "BỘ NỘI VỤ")
    above = above.replace("ngày 20 tháng 01", "ngày 05 tháng 01").replace(
        "Căn cứ Kế hoạch số 12/KH-BNV", "Căn cứ Nghị quyết số 9/NQ-CP"
    )
    cited = paper_of(here.agencies["an_binh"], here.people["officer"], above, "bo.txt")
    actor_page = signed_in(here.people["officer"]).get(f"/van-ban/{paper.pk}/").content.decode()
    assert f"/van-ban/{cited.pk}/" in actor_page
    assert f"/van-ban/{paper.pk}/" in signed_in(here.people["officer"]).get(f"/van-ban/{cited.pk}/").content.decode()


ADDRESSES = ["", "tep/", "ra-soat/", "ra-soat/muc/?muc=task:0", "trang/1.png"]
ACTS = [
    "doc-lai/",
    "ra-soat/sua/",
    "ra-soat/phan/",
    "ra-soat/nhan-dang/",
    "ra-soat/ten/",
    "ra-soat/hoan-tac/",
    "ra-soat/xong/",
    "ra-soat/mo-lai/",
]


@pytest.mark.parametrize("who", ["neighbour", "doctor", "lead", "admin"])
def test_nobody_else_finds_the_paper(paper: Paper, here: Province, who: str) -> None:
    browser = signed_in(here.people[who])
    for end in ADDRESSES:
        assert browser.get(f"/van-ban/{paper.pk}/{end}").status_code in (403, 404), end
    for end in ACTS:
        assert browser.post(f"/van-ban/{paper.pk}/{end}", {"viec": "accept", "muc": "task:0"}).status_code in (403, 404)
    with pytest.raises(Refused):
        edit_review(by=here.by(who), paper=paper.pk, seen=0, drafts=[Draft(Verb.ACCEPT, ("task:0",))])
    assert paper.heading not in browser.get("/van-ban/").content.decode()


def test_a_leader_reads_but_does_not_review(paper: Paper, here: Province) -> None:
    browser = signed_in(here.people["leader"])
    assert browser.get(f"/van-ban/{paper.pk}/").status_code == 200
    assert browser.get(f"/van-ban/{paper.pk}/ra-soat/").status_code == 403


def test_each_form_of_the_page_does_its_act(paper: Paper, here: Province) -> None:
    browser, address = signed_in(here.people["officer"]), f"/van-ban/{paper.pk}/ra-soat/"
    key = task_about(paper, "tờ rơi và phát")
    opened = browser.get(f"{address}?phan=task&muc={key}")
    form = opened.context["form"]
    sent: dict[str, Any] = {"viec": "correct", "phan": "task", "muc": key, "thay": "0"}
    for field in form:
        value = field.value()
        shown = "\n".join(value) if isinstance(value, list) else value
        if shown not in (None, False, ""):
            sent[field.html_name] = sent[field.html_initial_name] = shown
    sent |= {"f-leads": "Sở Nội vụ; Sở Y tế", "f-due_type": "by", "f-due_date": "2026-09-30"}
    answer = browser.post(f"{address}sua/", sent)
    assert answer.status_code == 302
    item = review_of(paper).reviewed.items[key]
    assert item.fields["leads"] == ["Sở Nội vụ", "Sở Y tế"]
    assert item.fields["due"] == {"type": "by", "text": "Đến ngày", "date": "2026-09-30", "before": False}
    assert item.changed == {"leads", "due"}, "only what the person changed is theirs"
    sent |= {"f-text": "", "thay": "1"}
    assert browser.post(f"{address}sua/", sent).status_code == 422
    part = browser.post(
        f"{address}sua/",
        {"viec": "accept", "muc": task_about(paper, "Tháng hành"), "thay": "1"},
        headers={"HX-Request": "true"},
    )
    assert 'id="tien-do" hx-swap-oob="true"' in part.content.decode()
    text = review_of(paper).reviewed.record["text"]
    start = text.index("tham gia giám sát")
    browser.post(f"{address}sua/", {"viec": "add", "loai": "task", "tu": start, "den": start + 17, "thay": "9"})
    assert any(i.words == "tham gia giám sát" for i in review_of(paper).reviewed.of("task"))
    clash = browser.post(
        f"{address}sua/", sent | {"f-text": "Khác", "thay": "0", "f-leads": "Sở A"}, headers={"HX-Request": "true"}
    )
    assert "Bạn vừa nhập" in clash.content.decode() and clash["HX-Retarget"] == "#review-trouble"


def test_a_whole_section_is_set_at_once(paper: Paper, here: Province) -> None:
    browser, address = signed_in(here.people["officer"]), f"/van-ban/{paper.pk}/ra-soat/"
    page = browser.get(address)
    section = next(id for id, words, _ in page.context["sections"] if "NHIỆM VỤ" in words)
    browser.post(f"{address}phan/", {"muc-luc": section, "chu-tri": "Sở Nội vụ", "han": "2026-11-30", "thay": "0"})
    tasks = {i.words[:10]: i for i in review_of(paper).reviewed.of("task")}
    assert all(i.fields["leads"] for i in tasks.values())
    assert tasks["Tổ chức ha"].fields["due"]["date"] == "2026-06-30", "what has a due keeps it"
    assert tasks["Biên soạn "].fields["due"]["date"] == "2026-11-30"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"viec": "accept"},
        {"viec": "split", "muc": "task:0", "cho": "x"},
        {"viec": "add", "tu": "9" * 30, "den": "1"},
        {"viec": "bịa"},
        {"viec": "correct", "muc": "task:99"},
    ],
)
def test_nonsense_is_answered_not_broken(paper: Paper, here: Province, told: dict[str, str]) -> None:
    answer = signed_in(here.people["officer"]).post(f"/van-ban/{paper.pk}/ra-soat/sua/", told)
    assert answer.status_code in (302, 422)
    assert not review_of(paper).edits


def test_the_pages_ask_the_database_the_same_number_of_times(
    paper: Paper, here: Province, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(here.people["officer"])
    for number in range(5):
        edit_review(
            by=here.by("officer"), paper=paper.pk, seen=number, drafts=[Draft(Verb.ACCEPT, (f"task:{number % 3}",))]
        )
        paper_of(
            here.agencies["an_binh"], here.people["officer"], PLAN.replace("48/", f"{50 + number}/"), f"{number}.txt"
        )
    with django_assert_max_num_queries(16):
        browser.get("/van-ban/")
    with django_assert_max_num_queries(16):
        browser.get(f"/van-ban/{paper.pk}/ra-soat/")
    with django_assert_max_num_queries(20):
        browser.post(
            f"/van-ban/{paper.pk}/ra-soat/sua/",
            {"viec": "accept", "muc": "task:3", "thay": "9"},
            headers={"HX-Request": "true"},
        )
