"""A review: ordered edits over a reading, computed anew each time, and carried over to another reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from binhdang import read_plan
from binhdang.paper import Line, Source
from binhdang.plan import from_record, to_record
from binhdang.review import Anchor, Edit, State, Verb, apply, carry_over, clashes, finding_key, items_of, plan_of

PAPER = """ỦY BAN NHÂN DÂN
TỈNH AN LĨNH
Số: 48/KH-UBND
An Lĩnh, ngày 20 tháng 01 năm 2026
KẾ HOẠCH
Thực hiện công tác bình đẳng giới năm 2026
Căn cứ Kế hoạch số 12/KH-BNV ngày 05/01/2026 của Bộ Nội vụ;
I. CHỈ TIÊU
1. Phấn đấu 80% cán bộ nữ cấp xã được tập huấn.
II. NHIỆM VỤ
1. Tổ chức hai lớp tập huấn cho cán bộ cấp xã, hoàn thành trước ngày 30/6/2026.
2. Biên soạn tờ rơi và phát đến từng hộ gia đình.
3. Tổ chức Tháng hành động từ 15/11 đến 15/12.
III. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
a) Chủ trì biên soạn tờ rơi, phối hợp với Sở Tư pháp.
b) Báo cáo Ủy ban nhân dân tỉnh trước ngày 05/12/2026.
2. Đề nghị Hội Liên hiệp Phụ nữ tỉnh tham gia giám sát.
Nơi nhận:
- Bộ Nội vụ;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Đoàn Thị Mỹ Hạnh"""


def reading(text: str = PAPER) -> dict[str, Any]:
    """The reading of a paper, as it is stored."""
    lines = tuple(Line(line, whole=True) for line in text.splitlines())
    record = to_record(read_plan(Source("ke-hoach.txt", "0" * 64, "text", lines)))
    stored: dict[str, Any] = json.loads(json.dumps(record))
    return stored


RECORD = reading()
TASKS = [key for key in items_of(RECORD) if key.startswith("task:")]


def task_about(words: str, record: dict[str, Any] = RECORD) -> str:
    """The key of the task that says this."""
    return next(k for k, item in items_of(record).items() if item.sort == "task" and words in item.words)


def test_accepted_as_read_the_plan_is_the_one_that_was_read() -> None:
    edits = [Edit(n, Verb.ACCEPT, (key,)) for n, key in enumerate(items_of(RECORD))]
    reviewed = apply(RECORD, edits)
    assert reviewed.progress()[0] == reviewed.progress()[1] == len(edits)
    assert not reviewed.misfits
    after, before = plan_of(reviewed), from_record(RECORD)
    plain = [(t.text, t.leads, t.partners, t.due and t.due.date, t.span) for t in after.tasks]
    assert plain == [(t.text, t.leads, t.partners, t.due and t.due.date, t.span) for t in before.tasks]
    assert (after.targets, after.reporting, after.citations) == (before.targets, before.reporting, before.citations)


def test_each_edit_does_what_it_says() -> None:
    leaflet, campaign = task_about("tờ rơi và phát"), task_about("Tháng hành động")
    one = apply(RECORD, [Edit(1, Verb.CORRECT, (leaflet,), {"leads": ["Sở Tư pháp"]})]).items[leaflet]
    assert (one.state, one.fields["leads"], one.changed) == (State.ACCEPTED, ["Sở Tư pháp"], {"leads"})
    both = apply(RECORD, [Edit(1, Verb.CORRECT, (leaflet, campaign), {"leads": ["Sở Nội vụ"]})])
    assert {both.items[key].state for key in (leaflet, campaign)} == {State.OPEN}, "a section is set, not looked at"
    removed = apply(RECORD, [Edit(1, Verb.REMOVE, (leaflet,)), Edit(2, Verb.ACCEPT, (leaflet,))])
    assert removed.items[leaflet].state == State.REMOVED and len(removed.misfits) == 1
    guided = apply(RECORD, [Edit(1, Verb.GUIDE, (leaflet,))])
    assert leaflet not in {t.id for t in plan_of(guided).tasks} and guided.items[leaflet].state.is_live


def test_a_sentence_is_split_where_the_reviewer_points_and_merged_again() -> None:
    leaflet = task_about("tờ rơi và phát")
    cut = RECORD["text"].index(" và phát đến")
    split = Edit(1, Verb.SPLIT, (leaflet,), {"at": [cut]})
    after = apply(RECORD, [split])
    assert [after.items[key].words for key in after.items[leaflet].into] == [
        "Biên soạn tờ rơi",
        "và phát đến từng hộ gia đình.",
    ]
    again = apply(RECORD, [split, Edit(2, Verb.MERGE, ("e1.0", "e1.1"))])
    assert again.items["e2.0"].words == "Biên soạn tờ rơi và phát đến từng hộ gia đình."
    assert again.progress("task") == (1, len(TASKS))
    nothing = apply(RECORD, [Edit(1, Verb.SPLIT, (leaflet,), {"at": [0]})])
    assert nothing.misfits[0].reason.startswith("Chỗ tách")


def test_a_responsibility_tied_to_its_activity_is_one_task_with_two_sentences() -> None:
    leaflet, sentence = task_about("tờ rơi và phát"), task_about("Chủ trì biên soạn")
    tied = apply(RECORD, [Edit(1, Verb.TIE, (sentence, leaflet))])
    task = tied.items[leaflet]
    assert (task.fields["leads"], task.fields["partners"]) == (["Sở Nội vụ"], ["Sở Tư pháp"])
    assert task.sentences == (sentence,) and task.evidence == items_of(RECORD)[sentence].spans
    assert sentence not in {item.key for item in tied.of("task")}


def test_words_that_no_stage_placed_become_an_item() -> None:
    start = RECORD["text"].index("tham gia giám sát")
    edit = Edit(5, Verb.ADD, (), {"sort": "task", "span": [start, start + 17], "fields": {"leads": ["Sở Nội vụ"]}})
    added = apply(RECORD, [edit]).items["e5.0"]
    assert (added.words, added.state, added.fields["leads"]) == ("tham gia giám sát", State.ACCEPTED, ["Sở Nội vụ"])
    assert apply(RECORD, [Edit(1, Verb.ADD, (), {"sort": "task", "span": [5, 999_999]})]).misfits


BAD = [
    (Verb.CORRECT, {"leads": "Sở Nội vụ"}),
    (Verb.CORRECT, {"text": "  "}),
    (Verb.CORRECT, {"due": {"type": "by", "text": "trước 30/6", "date": "30/6/2026"}}),
    (Verb.CORRECT, {"due": {"type": "window", "text": "x", "start": "2026-12-01", "end": "2026-11-01"}}),
    (Verb.CORRECT, {"no_such_field": 1}),
]


@pytest.mark.parametrize(("verb", "values"), BAD)
def test_values_that_a_field_cannot_hold_do_not_fit(verb: Verb, values: dict[str, Any]) -> None:
    reviewed = apply(RECORD, [Edit(1, verb, (TASKS[0],), values)])
    assert reviewed.misfits and reviewed.items[TASKS[0]] == items_of(RECORD)[TASKS[0]]


def test_a_name_means_what_the_reviewer_picked_in_one_item_or_in_all() -> None:
    edits = [
        Edit(1, Verb.BIND, (), {"name": "Sở Nội vụ", "agencies": ["a"]}),
        Edit(2, Verb.BIND, (TASKS[0],), {"name": "các đơn vị liên quan", "agencies": ["b", "c"], "group": True}),
    ]
    reviewed = apply(RECORD, edits)
    assert reviewed.binding("SỞ NỘI VỤ", TASKS[1]) == reviewed.binding("Sở Nội vụ")
    assert reviewed.binding("các đơn vị liên quan", TASKS[0]) is not None
    assert reviewed.binding("các đơn vị liên quan", TASKS[1]) is None


def test_a_finding_is_waived_only_with_a_reason() -> None:
    key = finding_key(RECORD["findings"][0]) if RECORD["findings"] else "x@1-2"
    silent = Edit(1, Verb.FINDING, (), {"finding": key, "state": "waived"})
    assert apply(RECORD, [silent]).misfits
    told = Edit(1, Verb.FINDING, (), {"finding": key, "state": "waived", "reason": "Bản dự thảo, chưa lấy số."})
    assert apply(RECORD, [told]).findings == {key: ("waived", "Bản dự thảo, chưa lấy số.")}


CLASHES = [
    # theirs, yours, what clashes
    (Edit(1, Verb.ACCEPT, ("task:0",)), Edit(2, Verb.ACCEPT, ("task:0",)), []),
    (Edit(1, Verb.ACCEPT, ("task:0",)), Edit(2, Verb.CORRECT, ("task:0",), {"text": "x"}), []),
    (
        Edit(1, Verb.CORRECT, ("task:0",), {"text": "a", "leads": []}),
        Edit(2, Verb.CORRECT, ("task:0",), {"text": "b", "leads": []}),
        ["text"],
    ),
    (Edit(1, Verb.CORRECT, ("task:0",), {"text": "a"}), Edit(2, Verb.CORRECT, ("task:0",), {"leads": []}), []),
    (Edit(1, Verb.CORRECT, ("task:1",), {"text": "a"}), Edit(2, Verb.CORRECT, ("task:0",), {"text": "b"}), []),
    (Edit(1, Verb.REMOVE, ("task:0",)), Edit(2, Verb.CORRECT, ("task:0",), {"text": "b"}), [""]),
    (Edit(1, Verb.CORRECT, ("task:0",), {"text": "b"}), Edit(2, Verb.REMOVE, ("task:0",)), [""]),
    (Edit(1, Verb.REMOVE, ("task:0",)), Edit(2, Verb.REMOVE, ("task:0",)), []),
    (Edit(1, Verb.DESCRIBE, (), {"number": "1/KH"}), Edit(2, Verb.DESCRIBE, (), {"number": "2/KH"}), ["number"]),
    (
        Edit(1, Verb.BIND, (), {"name": "Sở A", "agencies": ["1"]}),
        Edit(2, Verb.BIND, ("task:0",), {"name": "Sở A", "agencies": ["2"]}),
        ["agencies"],
    ),
]


@pytest.mark.parametrize(("theirs", "yours", "expected"), CLASHES)
def test_two_reviewers_clash_only_over_the_same_words(theirs: Edit, yours: Edit, expected: list[str]) -> None:
    assert clashes([theirs], yours) == expected


def test_edits_are_found_again_on_another_reading() -> None:
    leaflet, training = task_about("tờ rơi và phát"), task_about("hai lớp tập huấn")
    other = reading(
        PAPER.replace("1. Tổ chức hai lớp", "1. Rà soát quy chế của cơ quan.\n2. Tổ chức hai lớp")
        .replace("2. Biên soạn", "3. Biên soạn")
        .replace("hộ gia đình.", "hộ gia đình, từng nhà.")
        .replace("3. Tổ chức Tháng", "4. Tổ chức Tháng")
    )
    start = RECORD["text"].index("tham gia giám sát")
    edits = [
        Edit(1, Verb.ACCEPT, (training,)),
        Edit(2, Verb.CORRECT, (leaflet,), {"leads": ["Sở Tư pháp"]}, before={"leads": []}),
        Edit(3, Verb.ADD, (), {"sort": "task", "span": [start, start + 17]}),
        Edit(4, Verb.REMOVE, ("e3.0",)),
        Edit(5, Verb.SPLIT, (training,), {"at": [RECORD["text"].index(" cho cán bộ cấp xã")]}),
    ]
    carried = carry_over(RECORD, edits, other)
    assert not carried.lost
    reviewed = apply(other, carried.edits)
    assert not reviewed.misfits
    assert reviewed.items[task_about("tờ rơi và phát", other)].fields["leads"] == ["Sở Tư pháp"]
    assert reviewed.items["e3.0"].spans[0].of(other["text"]) == "tham gia giám sát"
    assert reviewed.items["e5.0"].words.endswith("hai lớp tập huấn")


def test_what_no_longer_fits_is_told_with_all_that_hangs_on_it() -> None:
    leaflet = task_about("tờ rơi và phát")
    cut = RECORD["text"].index(" và phát đến")
    edits = [
        Edit(1, Verb.SPLIT, (leaflet,), {"at": [cut]}),
        Edit(2, Verb.REMOVE, ("e1.1",)),
        Edit(3, Verb.ACCEPT, (TASKS[0],)),
    ]
    carried = carry_over(
        RECORD, edits, reading(PAPER.replace("2. Biên soạn tờ rơi và phát đến từng hộ gia đình.\n", ""))
    )
    assert [lost.edit.number for lost in carried.lost] == [1, 2]
    assert [edit.number for edit in carried.edits] == [3]


def test_a_correction_of_what_reads_otherwise_now_is_doubtful() -> None:
    training = task_about("hai lớp tập huấn")
    other = json.loads(json.dumps(RECORD))
    other["tasks"][int(training.partition(":")[2])]["leads"] = ["Sở Y tế"]
    edit = Edit(1, Verb.CORRECT, (training,), {"leads": ["Sở Nội vụ"]}, before={"leads": []})
    carried = carry_over(RECORD, [edit], other)
    assert [doubt.reason for doubt in carried.doubtful] == ["Bản đọc mới đọc khác ở: leads."]


def test_anchors_move_with_their_words() -> None:
    anchor = Anchor("task", items_of(RECORD)[TASKS[0]].spans[0], "")
    other = reading(PAPER.replace("Căn cứ", "Căn cứ Luật Bình đẳng giới;\nCăn cứ", 1))
    moved = carry_over(RECORD, [Edit(1, Verb.ACCEPT, (TASKS[0],), anchors=(anchor,))], other).edits[0].anchors[0]
    assert moved.span is not None and anchor.span is not None
    assert moved.span.of(other["text"]) == anchor.span.of(RECORD["text"])


KEYS = st.sampled_from([*items_of(RECORD), "e1.0", "e2.1", "task:999"])
VALUES = st.sampled_from(
    [
        {},
        {"text": "Làm việc khác"},
        {"leads": ["Sở Nội vụ"]},
        {"due": None},
        {"sort": "task", "span": [10, 60]},
        {"at": [700, 800]},
        {"name": "Sở Nội vụ", "agencies": []},
        {"finding": "x@1-2", "state": "resolved"},
        {"number": "1/KH-UBND"},
    ]
)
NEEDED = {
    Verb.ADD: {"sort", "span"},
    Verb.SPLIT: {"at"},
    Verb.BIND: {"name", "agencies"},
    Verb.FINDING: {"finding", "state"},
}


@st.composite
def any_edits(draw: st.DrawFn) -> list[Edit]:
    edits = []
    for number in range(draw(st.integers(0, 12))):
        verb, values = draw(st.sampled_from(list(Verb))), draw(VALUES)
        items = tuple(draw(st.lists(KEYS, max_size=3)))
        if NEEDED.get(verb, set()) <= set(values) and not (
            verb in (Verb.SPLIT, Verb.TIE) and len(items) != 1 + (verb == Verb.TIE)
        ):
            edits.append(Edit(number, verb, items, values))
    return edits


@given(any_edits())
def test_whatever_is_edited_no_word_is_lost_and_the_plan_stands(edits: list[Edit]) -> None:
    reviewed = apply(RECORD, edits)
    assert set(items_of(RECORD)) <= set(reviewed.items)
    assert all(into in reviewed.items for item in reviewed.items.values() for into in item.into)
    plan = plan_of(reviewed)
    assert all(task.span.of(plan.text) for task in plan.tasks)
    assert apply(RECORD, edits).items == reviewed.items
    same = carry_over(RECORD, edits, RECORD)
    assert {e.number for e in same.edits} | {m.edit.number for m in same.lost} == {e.number for e in edits}
