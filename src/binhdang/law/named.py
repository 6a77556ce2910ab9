"""Resolutions and plans cited by the name of the body that made them, without a number.

    Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIII        Nghị quyết Trung ương 6 khóa XII
    Kế hoạch của Sở Nội vụ về …                         Kế hoạch hành động … tỉnh Hà Nam giai đoạn 2021-2025

"Nghị quyết của Đảng", "các Kế hoạch của UBND huyện …" name no single paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from binhdang.law.issuers import UPPER, read_issuer
from binhdang.vietnamese.text import holds_any

_GOES_ON = r"\s(?:và|về|đề ra|đã|để|nhằm|trong|vào|gắn|là|được|thành công)(?!\w)"
_CONGRESS = re.compile(
    rf"Nghị quyết\s(?:của\s)?Đại hội\s(?:(?!{_GOES_ON})[^;.,()\n]){{3,100}}(?:,?\s(?:nhiệm kỳ|khóa)\s\d{{4}}\s?-\s?\d{{4}})?"
)
_NUMBERED_CONGRESS = re.compile(r"lần thứ|nhiệm kỳ|\s[XVI]{1,5}(?!\w)")
_PLENUM = re.compile(
    r"Nghị quyết\s(?:Hội nghị\s)?(?:lần thứ\s\w{1,8}(?:\s\w{1,8})?,?\s)?(?:Ban [Cc]hấp hành\s|BCH\s)?(?:Trung ương|TW)"
    r"(?:\sĐảng)?(?:\s\d{1,2}|\slần thứ\s\w{1,8})?,?\s\(?(?:khóa|khoá)\s[XVI]{1,5}\)?"
)
_OF_BODY = re.compile(r"(?P<kind>Nghị quyết|Kế hoạch)\s(?:của\s)")
_WHAT = re.compile(r"\s(?:(?:về việc|về)\s)?(?P<what>[^;.\n/(]{12,200}?)(?=[;.\n(]|,\s|\Z)")
_STARTS_WHAT = ("về ", "thực hiện ", "triển khai ", "hành động ", "phát triển ")
_ACTION_PLAN = re.compile(
    rf"Kế hoạch hành động\s(?=[^;.\n]{{0,120}}(?:tỉnh|thành phố|huyện|thị xã|của)\s[{UPPER}])"
    r"[^;.\n,/]{5,120}?(?:giai đoạn|năm)\s(?:năm\s)?\d{4}(?:\s?(?:-|đến)\s?(?:năm\s)?\d{4})?"
)
# Before the words: several papers, or a paper still to be made or the content of another one that is cited.
_NOT_ONE = re.compile(r"(?:các|những|ban hành|phê duyệt|xây dựng|lập|thông qua|bổ sung)\s(?:các\s)?\Z", re.IGNORECASE)
_FOLD = re.compile(r"[\W_]+")
_HINTS = ("Nghị quyết Đại", "Nghị quyết của ", "Trung ương", " TW", "Kế hoạch của ", "Kế hoạch hành động ")


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper named at `[start, end)`: kind, the words of its name, its body where that is read, a key for comparing."""

    start: int
    end: int
    kind: str
    title: str
    issuer: str | None

    @property
    def key(self) -> str:
        """Equal for two printings of one name."""
        name = self.title.partition("nhiệm kỳ")[0] if "lần thứ" in self.title else self.title
        return _FOLD.sub(" ", name).strip().casefold()


def find_named(text: str) -> Iterator[NamedPaper]:
    """Resolutions and plans named without a number, in order of their form, then place. Linear time."""
    if not holds_any(text, _HINTS):
        return
    for m in _CONGRESS.finditer(text):
        if _NUMBERED_CONGRESS.search(m[0]):
            yield NamedPaper(m.start(), m.end(), "Nghị quyết", m[0], None)
    for m in _PLENUM.finditer(text):
        yield NamedPaper(m.start(), m.end(), "Nghị quyết", m[0], None)
    for m in _OF_BODY.finditer(text):
        found = _of_body(text, m)
        if found is not None:
            yield found
    for m in _ACTION_PLAN.finditer(text):
        if not _NOT_ONE.search(text, max(0, m.start() - 20), m.start()):
            yield NamedPaper(m.start(), m.end(), "Kế hoạch", m[0], None)


def _of_body(text: str, m: re.Match[str]) -> NamedPaper | None:
    if _NOT_ONE.search(text, max(0, m.start() - 20), m.start()):
        return None
    issuer = read_issuer(text, m.end())
    if issuer is None or not text.startswith(_STARTS_WHAT, issuer[0] + 1):
        return None
    what = _WHAT.match(text, issuer[0])
    if what is None:
        return None
    return NamedPaper(m.start(), what.end(), m["kind"], f"{m['kind']} {what['what'].strip()}", issuer[1])
