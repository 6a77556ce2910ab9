"""What every paper must carry: kind, title, number, date, signature, recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from binhdang.checking.case import Case
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Severity, Span

_AUTHORITY = re.compile(
    r"\b(?:TM|KT|TL|TUQ|Q)\.\s?[A-ZĐÀ-Ỹ]{2}|\b(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG PHÒNG|BÍ THƯ)\b"
)
_COLUMNS = re.compile(r"\s{3}\s*|\t")
HEAD = 2000  # the letterhead stands within so many characters


def _head_line(case: Case, *marks: str) -> Span | None:
    """The first line of the letterhead that has all these words."""
    at = 0
    for line in case.plan.text[:HEAD].splitlines(keepends=True):
        if len(line) < 120 and all(mark in line for mark in marks):
            start = at + len(line) - len(line.lstrip())
            return Span(start, start + len(line.strip()))
        at += len(line)
    return None


def _kind(case: Case) -> Iterator[Objection]:
    if not case.plan.document.kind:
        yield Objection(
            "Văn bản không có tên loại (KẾ HOẠCH, QUYẾT ĐỊNH …).",
            mend="Ghi tên loại bằng chữ in hoa, đậm, canh giữa trên trích yếu.",
        )


def _title(case: Case) -> Iterator[Objection]:
    if not case.plan.document.title:
        yield Objection(
            "Văn bản không có trích yếu nội dung dưới tên loại.",
            mend="Ghi một câu ngắn nói nội dung chủ yếu, ngay dưới tên loại.",
        )


def _number(case: Case) -> Iterator[Objection]:
    if not case.plan.document.number:
        span = _head_line(case, "Số:") or _head_line(case, "Số ", "/")
        place = "ô số còn để trống" if span else "không thấy dòng “Số: …” ở đầu văn bản"
        yield Objection(
            f"Văn bản chưa có số, ký hiệu ({place}).",
            span,
            "Văn thư cấp số khi ban hành, ví dụ “Số: 12/KH-UBND”.",
        )


def _date(case: Case) -> Iterator[Objection]:
    if not case.plan.document.date:
        span = _head_line(case, "ngày", "tháng", "năm")
        place = "còn để trống ngày hoặc tháng" if span else "không thấy dòng địa danh, ngày tháng năm"
        yield Objection(
            f"Văn bản chưa có ngày ban hành ({place}).",
            span,
            "Ghi đủ địa danh, ngày, tháng, năm, ví dụ “…, ngày 05 tháng 02 năm 2026”.",
        )


def _signer(case: Case) -> Iterator[Objection]:
    signer = case.plan.document.signer
    if (signer is None or not signer.name) and not _signed(case.plan.text):
        what = "chức vụ và họ tên người ký" if signer is None else f"họ tên người ký (chỉ có “{signer.position}”)"
        yield Objection(f"Văn bản thiếu {what}.", mend="Ghi quyền hạn, chức vụ, họ tên người ký ở cuối văn bản.")


def _signed(text: str) -> bool:
    """Whether something like a name follows the last words of authority, even if nobody could be read from it.

    Signature and recipients side by side come as mixed lines; saying "unsigned" of a signed paper would be wrong.
    """
    last = max((m.end() for m in _AUTHORITY.finditer(text)), default=len(text))
    after = text[last : last + 800]
    return any(_is_name(part) for line in after.splitlines() for part in _COLUMNS.split(line))


def _is_name(part: str) -> bool:
    words = part.strip(" *_").split()
    letters = "".join(words).replace("’", "").replace("'", "")
    return 2 <= len(words) <= 6 and letters.isalpha() and all(w[0].isupper() for w in words) and not letters.isupper()


def _recipients(case: Case) -> Iterator[Objection]:
    if not case.plan.recipients:
        yield Objection(
            "Văn bản không có phần “Nơi nhận”.",
            mend="Thêm “Nơi nhận:” với các cơ quan thực hiện, cơ quan để báo cáo và “Lưu: VT, …”.",
        )


RULES = (
    Rule(
        "document.kind-missing",
        Severity.WARNING,
        "Thiếu tên loại văn bản",
        "Không thấy tên loại (KẾ HOẠCH …).",
        "The paper does not say what kind of paper it is.",
        _kind,
    ),
    Rule(
        "document.title-missing",
        Severity.WARNING,
        "Thiếu trích yếu",
        "Không thấy trích yếu nội dung dưới tên loại.",
        "The abstract under the kind is missing.",
        _title,
    ),
    Rule(
        "document.number-missing",
        Severity.WARNING,
        "Thiếu số, ký hiệu",
        "Số của văn bản để trống hoặc không có.",
        "The number is blank or missing.",
        _number,
    ),
    Rule(
        "document.date-missing",
        Severity.WARNING,
        "Thiếu ngày ban hành",
        "Ngày, tháng, năm ban hành để trống hoặc không có.",
        "The date of issue is blank or missing.",
        _date,
    ),
    Rule(
        "document.signer-missing",
        Severity.WARNING,
        "Thiếu người ký",
        "Không có chức vụ hoặc họ tên người ký.",
        "The signing post or the signer's name is missing.",
        _signer,
    ),
    Rule(
        "document.recipients-missing",
        Severity.WARNING,
        "Thiếu Nơi nhận",
        "Không có phần “Nơi nhận”.",
        "The list of recipients is missing.",
        _recipients,
    ),
)
