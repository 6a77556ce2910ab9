"""Each rule has its page, each page its rule, and the index names them all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from binhdang.checking import RULES, Rule

PAGES = Path(__file__).parent.parent / "docs" / "rules"
LEVELS = {"error": "lỗi", "warning": "cảnh báo", "info": "thông tin"}
PARTS = ("## Nói gì", "## Vì sao", "## Ví dụ", "## Cách sửa", "## Tắt quy tắc")


def test_pages_and_rules_are_the_same_set() -> None:
    assert {p.stem for p in PAGES.glob("*.md")} - {"README"} == {r.code for r in RULES}


def test_the_index_names_every_rule_with_its_level() -> None:
    rows = re.findall(
        r"^\| \[([\w.-]+)\]\(([\w.-]+)\.md\) \| (\S.*?) \| (.*?) \|$", (PAGES / "README.md").read_text("utf-8"), re.M
    )
    assert sorted(rows) == sorted((r.code, r.code, LEVELS[r.severity], r.summary_vi) for r in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_a_page_says_what_why_how(rule: Rule) -> None:
    page = (PAGES / f"{rule.code}.md").read_text("utf-8")
    assert page.startswith(f"# {rule.code}\n\n**{rule.title_vi}.** Mức: {LEVELS[rule.severity]}")
    sections = re.split(r"^(?=## )", page, flags=re.M)
    assert [p for p in PARTS if not any(s.startswith(p + "\n\n") and len(s) > len(p) + 20 for s in sections)] == []
    assert f"--off {rule.code}" in page
