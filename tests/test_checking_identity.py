"""document.*: what every paper must carry."""

from __future__ import annotations

from dataclasses import replace

import pytest

from binhdang.paper import Finding, Severity
from binhdang.plan import Signer
from checking_builders import COMPLETE, codes, found, plan, without


def test_a_complete_paper_has_no_finding() -> None:
    assert codes(plan(), "document") == []


@pytest.mark.parametrize("field", ["kind", "title", "number", "date", "signer"])
def test_each_missing_part_is_one_warning(field: str) -> None:
    (finding,) = found(without(**{field: None}), "document")
    assert (finding.code, finding.severity) == (f"document.{field}-missing", "warning")


def test_no_recipients() -> None:
    assert codes(plan(recipients=()), "document") == ["document.recipients-missing"]


def test_a_post_without_a_name_is_not_a_signature() -> None:
    (finding,) = found(plan(document=replace(COMPLETE, signer=Signer(None, "Phó Chủ tịch"))), "document")
    assert finding.code == "document.signer-missing"
    assert "Phó Chủ tịch" in finding.message


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("Số:     /KH-UBND\nKẾ HOẠCH", "number", "Số:     /KH-UBND"),
        ("Số:  /KH\nSông Đà, ngày   tháng 02 năm 2026\nKẾ HOẠCH", "date", "Sông Đà, ngày   tháng 02 năm 2026"),
    ],
)
def test_a_blank_is_pointed_at(text: str, field: str, words: str) -> None:
    (finding,) = found(replace(without(**{field: None}), text=text), "document")
    assert finding.span is not None
    assert finding.span.of(text) == words


def test_what_the_reader_said_is_not_said_again() -> None:
    said = Finding("document.number-missing", Severity.WARNING, "…", None)
    assert codes(replace(without(number=None), findings=(said,)), "document") == []


@pytest.mark.parametrize(
    ("tail", "unsigned"),
    [
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Thị Mai", False),
        ("Nơi nhận:      TM. ỦY BAN NHÂN DÂN\n- UBND xã;      CHỦ TỊCH\n- Lưu: VT.        H’Lan Êban", False),
        ("**CHỦ TỊCH**\n\n**Y Thanh Niê Kđăm**", False),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", True),
        ("Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.", True),
    ],
)
def test_a_name_that_could_not_be_read_is_still_a_signature(tail: str, unsigned: bool) -> None:
    paper = replace(without(signer=None), text=f"KẾ HOẠCH\n{tail}")
    assert codes(paper, "document") == (["document.signer-missing"] if unsigned else [])
