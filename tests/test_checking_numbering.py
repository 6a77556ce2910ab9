"""numbering.duplicate and numbering.gap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from binhdang.paper import Span
from checking_builders import found, outlined

SOUND = {
    "roman": "I | a\nII | b\nIII | c\nIV | d",
    "children start again under each parent": "I | a\n  1 | b\n  2 | c\nII | d\n  1 | e\n  2 | f",
    "dotted": "I | a\n  1 | b\n    1.1 | c\n    1.2 | d\n  2 | e\n    2.1 | f",
    "letters with đ": "I | x\n  a | x\n  b | x\n  c | x\n  d | x\n  đ | x\n  e | x\n  g | x",
    "letters as Word counts them": "I | x\n  c | x\n  d | x\n  e | x\n  f | x\n  g | x",
    "no ă, â: a, b": "I | x\n  a | x\n  b | x",
    "h, i, k": "I | x\n  g | x\n  h | x\n  i | x\n  k | x\n  l | x",
    "chosen models keep their numbers": "I | x\n  Mô hình 3 | x\n  Mô hình 4 | x",
    "two lists under one heading": "I | x\n  1 | x\n  2 | x\n  3 | x\n  1 | y\n  2 | y",
    "bullets": "I | x\n  - | x\n  - | x\n  + | x",
    "articles before sections": "Điều 1 | x\nĐiều 2 | x\nI | y\nII | y",
    "annex with its own sections": "I | x\nII | x\nIII | x\nI | y\nII | y",
    "capitals with C and D": "A | x\nB | x\nC | x\nD | x",
    "a year read as a label": "I | x\n  1 | x\n  2 | x\n  201 | x",
    "letters without đ and f": "I | x\n  c | x\n  d | x\n  e | x\n  g | x",
    "capitals as Word counts them": "A | x\nB | x\nC | x\nD | x\nE | x\nF | x\nG | x",
    "capitals as far as I": "A | x\nB | x\nC | x\nD | x\nE | x\nG | x\nH | x\nI | x",
    "capitals and romans at one level": "A | x\nI | x\nII | x\nB | x\nI | x\nII | x",
    "named in headings": "I | x\n  - | Dự án 1: a\n  - | Dự án 2: b\nII | y\n  - | Dự án 3: c",
    "targets numbered anew under each objective": (
        "I | x\n  | Mục tiêu 1: a\n  | Chỉ tiêu 1: a\n  | Mục tiêu 2: b\n  | Chỉ tiêu 1: b\n  | Chỉ tiêu 2: c"
    ),
    "a sentence about a project": "I | x\n  - | Dự án 1 của Chương trình\n  - | Dự án 3 của Chương trình",
    "one section only": "II | x",
    "a single item numbered 2": "I | x\nII | y\n  2 | z",
    "lower roman": "I | x\n  i | x\n  ii | x\n  iii | x\n  iv | x",
}


@pytest.mark.parametrize("block", SOUND.values(), ids=SOUND)
def test_sound_numbers(block: str) -> None:
    assert found(outlined(block), "numbering") == []


# outline, code, what the message names
FLAWED = {
    "doubled number": (
        "IV | x\n  11 | x\n  12 | x\n  12 | y",
        "numbering.duplicate",
        "“12” được dùng hai lần trong mục IV",
    ),
    "doubled roman": ("I | x\nII | x\nII | y\nIII | z", "numbering.duplicate", "“II”"),
    "doubled letter": ("I | x\n  a | x\n  b | x\n  b | y", "numbering.duplicate", "“b”"),
    "doubled project": ("I | x\n  Dự án 1 | x\n  Dự án 1 | y", "numbering.duplicate", "“Dự án 1”"),
    "section skipped": ("I | x\nII | x\nIV | x", "numbering.gap", "từ “II” sang “IV” ở cấp mục lớn, thiếu “III”"),
    "starts at II": ("II | x\nIII | x", "numbering.gap", "bắt đầu từ “II” ở cấp mục lớn, không có “I”"),
    "starts at Điều 2": ("Điều 2 | x\nĐiều 3 | x", "numbering.gap", "không có “Điều 1”"),
    "dotted skipped": ("1 | x\n  1.1 | x\n  1.3 | x\n2 | x", "numbering.gap", "trong mục 1, thiếu “1.2”"),
    "roman dotted skipped": ("II | x\n  II.1 | x\n  II.3 | x", "numbering.gap", "thiếu “II.2”"),
    "letter skipped": ("I | x\n  a | x\n  b | x\n  d | x", "numbering.gap", "thiếu “c”"),
    "đ skipped where the paper writes it": (
        "I | x\n  c | x\n  d | x\n  đ | x\nII | x\n  c | x\n  d | x\n  e | x",
        "numbering.gap",
        "thiếu “đ”",
    ),
    "two numbers skipped": ("I | x\n  1 | x\n  4 | x", "numbering.gap", "thiếu “2”, “3”"),
    "project skipped": ("I | x\n  Dự án 1 | x\n  Dự án 3 | x", "numbering.gap", "thiếu “Dự án 2”"),
    "subproject skipped in headings": (
        "I | x\n  | Tiểu dự án 1: a\n  + | việc\n  | Tiểu dự án 3: b",
        "numbering.gap",
        "từ “Tiểu dự án 1” sang “Tiểu dự án 3” trong mục I, thiếu “Tiểu dự án 2”",
    ),
    "project doubled in headings": (
        "I | DỰ ÁN 1: a\nII | DỰ ÁN 2: b\nIII | DỰ ÁN 2: c",
        "numbering.duplicate",
        "“DỰ ÁN 2”",
    ),
    "part in words skipped": ("| Phần thứ nhất\n| Phần thứ ba", "numbering.gap", "thiếu “Phần thứ hai”"),
    "out of order": ("I | x\n  1 | x\n  3 | x\n  2 | x\n  4 | x", "numbering.gap", "thứ tự bị đảo"),
    "section of an unnumbered heading": (
        "| Nội dung chính\n  1 | x\n  3 | x",
        "numbering.gap",
        "dưới “Nội dung chính”",
    ),
}


@pytest.mark.parametrize(("block", "code", "words"), FLAWED.values(), ids=FLAWED)
def test_one_flaw_is_one_finding(block: str, code: str, words: str) -> None:
    (finding,) = found(outlined(block), "numbering")
    assert (finding.code, finding.severity) == (code, "warning")
    assert words in finding.message
    assert finding.mend


def test_a_wrong_label_among_right_ones_is_one_flaw() -> None:
    """In 1, 2, 2, 4 the third label is wrong; nothing is missing."""
    (finding,) = found(outlined("I | x\n  1 | x\n  2 | x\n  2 | y\n  4 | z"), "numbering")
    assert finding.code == "numbering.duplicate"
    assert "“3”" in finding.mend


def test_the_place_is_the_label() -> None:
    plan = outlined("I | Mục tiêu\nII | Nội dung\nIV | Tổ chức")
    (finding,) = found(plan, "numbering")
    assert finding.span is not None
    assert finding.span.of(plan.text) == "IV"


def test_a_label_printed_but_not_read_is_no_gap() -> None:
    """The outline may have missed an item that does stand on the paper."""
    plan = outlined("I | x\n  1 | x\n  3 | y")
    text = plan.text.replace("3. y", "2. sót\n3. y")
    shift = len("2. sót\n")
    last = plan.outline[-1]
    moved = replace(last, span=Span(last.span.start + shift, last.span.end + shift))
    assert found(replace(plan, text=text, outline=(*plan.outline[:-1], moved)), "numbering") == []


def test_a_task_at_the_place_of_its_node_is_not_a_duplicate() -> None:
    plan = outlined("I | x\n  1 | x\n  2 | y")
    twin = replace(plan.outline[-1], id="again", kind="task")
    assert found(replace(plan, outline=(*plan.outline, twin)), "numbering") == []


def test_parents_in_a_circle_do_no_harm() -> None:
    plan = outlined("I | x\n  1 | x\n    a | x")
    first, second, third = plan.outline
    circle = (replace(first, parent=third.id), second, third)
    assert found(replace(plan, outline=circle), "numbering") == []
