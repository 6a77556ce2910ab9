"""How a Word paper looks, against Decree 30/2020/NĐ-CP, annex I."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from binhdang.checking.case import Case
from binhdang.checking.names import words
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Layout, Severity, Table
from binhdang.vietnamese.text import fold, nfc

MM = 72 / 25.4  # points in a millimetre
TOLERANCE = 1 * MM
A4 = (210 * MM, 297 * MM)
SIZES = (13.0, 14.0)
# side, what the decree allows in millimetres, its Vietnamese name
MARGINS = (
    ("margin_top", 20, 25, "trên"),
    ("margin_bottom", 20, 25, "dưới"),
    ("margin_left", 30, 35, "trái"),
    ("margin_right", 15, 20, "phải"),
)
LONG_LINE = 160  # the parts looked for stand on short lines; folding long ones costs time
LETTERS_A_PAGE = 6000  # no A4 page in 13 pt holds so many
# The decree binds State bodies; the Party and the mass organisations have their own forms.
_OTHER_FORMS = re.compile(
    r"^(?:(?:tinh|thanh|huyen|thi|dang|quan) uy|ban thuong vu|mat tran|uy ban mat tran|hoi (?!dong)|lien doan|"
    r"(?:tinh |thanh |huyen |thi )?doan )"
)
_PLACE_DATE = re.compile(r"ngay\D{0,20}\d{0,2}\D{0,20}thang\D{0,20}\d{0,2}\D{0,20}nam")
_AUTHORITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s?[A-ZĐÀ-Ỹ]")

Parts = dict[str, tuple[int, str]]


def _applies(case: Case) -> bool:
    if case.source is None or case.source.media != "docx":
        return False
    head = fold(nfc(case.plan.text[:1500]))
    issuer = case.plan.document.issuer
    return "dang cong san viet nam" not in head and not (issuer and _OTHER_FORMS.match(words(issuer)))


def _pieces(case: Case) -> Iterator[str]:
    """The printed lines in reading order, those of tables cell by cell."""
    assert case.source is not None
    for block in case.source.blocks:
        texts = [c.text for c in block.cells] if isinstance(block, Table) else [block.text]
        for text in texts:
            yield from (line.strip() for line in nfc(text).splitlines() if line.strip())


def _parts(case: Case) -> Parts:
    """Where each part of the paper stands among the lines: the first of each, the last of those that end it."""
    kind = words(case.plan.document.kind or "Kế hoạch")
    parts: Parts = {}
    for i, line in enumerate(_pieces(case)):
        if len(line) > LONG_LINE:
            continue
        plain = re.sub(r"[^a-z0-9:/]+", " ", fold(line)).strip()
        here = (i, line)
        if "cong hoa xa hoi chu nghia viet nam" in plain:
            parts.setdefault("national", here)
        if "doc lap tu do hanh phuc" in plain:
            parts.setdefault("motto", here)
        if plain.startswith(("so:", "so :")) and "/" in plain:
            parts.setdefault("number", here)
        if len(line) < 90 and "kind" not in parts and _PLACE_DATE.search(plain):
            parts.setdefault("date", here)
        if line.isupper() and plain.startswith(kind) and len(plain) <= len(kind) + 2:
            parts.setdefault("kind", here)
        if plain.startswith("noi nhan"):
            parts["recipients"] = here
        if len(line) < 60 and line.isupper() and _AUTHORITY.match(line):
            parts["signature"] = here
    return parts


def _national_title(case: Case) -> Iterator[Objection]:
    if _applies(case) and "national" not in _parts(case):
        yield Objection(
            "Không thấy Quốc hiệu “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” ở đầu văn bản.",
            mend="Thêm Quốc hiệu ở góc trên, bên phải trang đầu: chữ in hoa, đậm, cỡ 12-13.",
        )


def _motto(case: Case) -> Iterator[Objection]:
    if _applies(case) and "motto" not in _parts(case):
        yield Objection(
            "Không thấy Tiêu ngữ “Độc lập - Tự do - Hạnh phúc” dưới Quốc hiệu.",
            mend="Thêm Tiêu ngữ ngay dưới Quốc hiệu: chữ in thường, đậm, cỡ 13-14, gạch nối có cách chữ.",
        )


_NAMES = {
    "national": "Quốc hiệu",
    "motto": "Tiêu ngữ",
    "number": "số, ký hiệu",
    "date": "địa danh và ngày tháng năm",
    "kind": "tên loại văn bản",
    "recipients": "Nơi nhận",
    "signature": "chữ ký",
}
# each pair: the first must stand before the second
_ORDER = (
    ("national", "motto"),
    ("national", "kind"),
    ("motto", "kind"),
    ("number", "kind"),
    ("date", "kind"),
    ("kind", "recipients"),
    ("kind", "signature"),
)


def _order(case: Case) -> Iterator[Objection]:
    # a decision with its plan attached carries two sets of parts
    if not _applies(case) or case.plan.document.kind == "Quyết định":
        return
    parts = _parts(case)
    for first, second in _ORDER:
        if first in parts and second in parts and parts[first][0] > parts[second][0]:
            yield Objection(
                f"Sai thứ tự thể thức: {_NAMES[first]} đứng sau {_NAMES[second]}.",
                case.find(parts[first][1]),
                f"Đưa {_NAMES[first]} lên trước {_NAMES[second]}.",
            )
            return


def _look(case: Case) -> Layout | None:
    return case.source.layout if case.source is not None and _applies(case) else None


def _font(case: Case) -> Iterator[Objection]:
    look = _look(case)
    if look and look.body_font and look.body_font.strip().lower() != "times new roman":
        yield Objection(
            f"Phông chữ của phần nội dung là “{look.body_font}”, không phải Times New Roman.",
            mend="Đổi phông chữ toàn văn bản thành Times New Roman (Unicode).",
        )


def _size(case: Case) -> Iterator[Objection]:
    look = _look(case)
    if look and look.body_size and not SIZES[0] - 0.25 <= look.body_size <= SIZES[1] + 0.25:
        yield Objection(
            f"Cỡ chữ của phần nội dung là {look.body_size:g}, ngoài khoảng 13-14.", mend="Đổi cỡ chữ thành 13 hoặc 14."
        )


def _paper(case: Case) -> Iterator[Objection]:
    look = _look(case)
    if look is None or not look.page_width or not look.page_height:
        return
    size = sorted((look.page_width, look.page_height))
    if any(abs(have - want) > TOLERANCE for have, want in zip(size, A4, strict=True)):
        width, height = (round(x / MM) for x in (look.page_width, look.page_height))
        yield Objection(f"Khổ giấy là {width} x {height} mm, không phải A4.", mend="Đặt khổ giấy A4 (210 x 297 mm).")


def _margins(case: Case) -> Iterator[Objection]:
    look = _look(case)
    # a page turned on its side has its margins turned too
    if look is None or (look.page_width and look.page_height and look.page_width > look.page_height):
        return
    wrong = []
    for side, least, most, name in MARGINS:
        margin: float | None = getattr(look, side)
        if margin is not None and not least * MM - TOLERANCE <= margin <= most * MM + TOLERANCE:
            wrong.append(f"lề {name} {margin / MM:.0f} mm (quy định {least}-{most})")
    if wrong:
        yield Objection(
            f"Lề trang ngoài quy định: {'; '.join(wrong)}.", mend="Đặt lề trên, dưới 20-25; trái 30-35; phải 15-20 mm."
        )


def _page_number(case: Case) -> Iterator[Objection]:
    look = _look(case)
    if look is None or look.page_numbers is not False or case.source is None:
        return
    if case.source.pages > 1 or len(case.plan.text) > LETTERS_A_PAGE:
        yield Objection(
            "Văn bản nhiều trang nhưng không đánh số trang.",
            mend="Đánh số trang canh giữa ở lề trên, cỡ 13-14, không hiện ở trang đầu.",
        )


def _rule(
    code: str,
    title: str,
    summary: str,
    english: str,
    check: Callable[[Case], Iterable[Objection]],
    *,
    info: bool = False,
) -> Rule:
    return Rule(f"layout.{code}", Severity.INFO if info else Severity.WARNING, title, summary, english, check)


RULES = (
    _rule(
        "national-title", "Thiếu Quốc hiệu", "Đầu văn bản không có Quốc hiệu.", "No national title.", _national_title
    ),
    _rule("motto", "Thiếu Tiêu ngữ", "Dưới Quốc hiệu không có Tiêu ngữ.", "No national motto.", _motto),
    _rule(
        "order",
        "Sai thứ tự thể thức",
        "Các thành phần thể thức không theo thứ tự của Nghị định 30.",
        "Parts of the paper stand in the wrong order.",
        _order,
    ),
    _rule("font", "Sai phông chữ", "Nội dung không dùng Times New Roman.", "Body text not in Times New Roman.", _font),
    _rule("size", "Sai cỡ chữ", "Cỡ chữ nội dung ngoài khoảng 13-14.", "Body size outside 13-14 pt.", _size),
    _rule("paper", "Sai khổ giấy", "Khổ giấy không phải A4.", "Paper is not A4.", _paper),
    _rule("margins", "Sai lề trang", "Lề trang ngoài quy định.", "Margins outside the decree's limits.", _margins),
    _rule(
        "page-number",
        "Thiếu số trang",
        "Văn bản nhiều trang không đánh số trang.",
        "More than one page without page numbers.",
        _page_number,
        info=True,
    ),
)
