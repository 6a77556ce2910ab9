"""How papers and what stands in them are worded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binhdang.review import Item, State
from binhdang.server.papers.models import Paper

Label = str | Promise

SORT_NAMES: Mapping[str, Label] = {
    "task": gettext_lazy("Nhiệm vụ"),
    "target": gettext_lazy("Chỉ tiêu"),
    "duty": gettext_lazy("Báo cáo"),
    "budget": gettext_lazy("Kinh phí"),
    "funding": gettext_lazy("Nguồn kinh phí"),
    "citation": gettext_lazy("Trích dẫn"),
    "recipient": gettext_lazy("Nơi nhận"),
    "objective": gettext_lazy("Mục tiêu"),
}
FIELD_NAMES: Mapping[str, Label] = {
    "ref": gettext_lazy("Mục"),
    "kind": gettext_lazy("Loại"),
    "text": gettext_lazy("Nội dung"),
    "leads": gettext_lazy("Chủ trì"),
    "partners": gettext_lazy("Phối hợp"),
    "requested": gettext_lazy("Đề nghị, không giao"),
    "due": gettext_lazy("Thời hạn"),
    "places": gettext_lazy("Địa bàn"),
    "comparator": gettext_lazy("So sánh"),
    "value": gettext_lazy("Mức"),
    "unit": gettext_lazy("Đơn vị tính"),
    "subject": gettext_lazy("Đối tượng"),
    "year": gettext_lazy("Năm"),
    "month": gettext_lazy("Tháng"),
    "day": gettext_lazy("Ngày"),
    "before": gettext_lazy("Trước ngày"),
    "cut_off": gettext_lazy("Chốt số liệu"),
    "reporters": gettext_lazy("Nơi gửi"),
    "recipients": gettext_lazy("Nơi nhận"),
    "via": gettext_lazy("Gửi qua"),
    "content": gettext_lazy("Nội dung báo cáo"),
    "code": gettext_lazy("Mục"),
    "title": gettext_lazy("Trích yếu"),
    "lead": gettext_lazy("Chủ trì"),
    "amounts": gettext_lazy("Số tiền"),
    "total": gettext_lazy("Tổng"),
    "label": gettext_lazy("Nguồn"),
    "source": gettext_lazy("Nguồn"),
    "amount": gettext_lazy("Số tiền"),
    "number": gettext_lazy("Số, ký hiệu"),
    "date": gettext_lazy("Ngày"),
    "issuer": gettext_lazy("Cơ quan ban hành"),
    "role": gettext_lazy("Vai trò"),
    "name": gettext_lazy("Tên"),
    "note": gettext_lazy("Ghi chú"),
    "place": gettext_lazy("Nơi ban hành"),
    "period": gettext_lazy("Thời kỳ"),
    "signer": gettext_lazy("Người ký"),
    "agencies": gettext_lazy("Cơ quan"),
    "finding": gettext_lazy("Phát hiện"),
    "outline": gettext_lazy("Phần"),
}
STATES: Mapping[str, tuple[str, Label]] = {
    State.OPEN: ("attention", gettext_lazy("chưa xem")),
    State.ACCEPTED: ("done", gettext_lazy("đã nhận")),
    State.GUIDANCE: ("active", gettext_lazy("hướng dẫn, không theo dõi")),
    State.REMOVED: ("", gettext_lazy("đã bỏ")),
    State.TIED: ("", gettext_lazy("đã gắn vào nhiệm vụ khác")),
    State.SPLIT: ("", gettext_lazy("đã tách")),
    State.MERGED: ("", gettext_lazy("đã gộp")),
}
PAPER_STATES: Mapping[str, tuple[str, Label]] = {
    Paper.State.WAITING: ("attention", gettext_lazy("đang đọc")),
    Paper.State.READ: ("", gettext_lazy("đã đọc")),
    Paper.State.FAILED: ("error", gettext_lazy("không đọc được")),
}
DUE_TYPES: Mapping[str, Label] = {
    "by": gettext_lazy("Đến ngày"),
    "window": gettext_lazy("Trong khoảng"),
    "ongoing": gettext_lazy("Thường xuyên"),
    "periodic": gettext_lazy("Định kỳ"),
    "as_directed": gettext_lazy("Theo hướng dẫn"),
}
DUTY_KINDS: Mapping[str, Label] = {
    "plan": gettext_lazy("Kế hoạch"),
    "month": gettext_lazy("Tháng"),
    "quarter": gettext_lazy("Quý"),
    "six_month": gettext_lazy("6 tháng"),
    "annual": gettext_lazy("Năm"),
    "ad_hoc": gettext_lazy("Đột xuất"),
    "mid_term": gettext_lazy("Sơ kết"),
    "final": gettext_lazy("Tổng kết"),
    "budget_proposal": gettext_lazy("Dự toán"),
    "periodic": gettext_lazy("Định kỳ"),
}
TASK_KINDS: Mapping[str, Label] = {
    "activity": gettext_lazy("Hoạt động"),
    "responsibility": gettext_lazy("Trách nhiệm"),
}
ROLES: Mapping[str, Label] = {"basis": gettext_lazy("Căn cứ"), "mention": gettext_lazy("Nhắc đến")}
SOURCES: Mapping[str, Label] = {
    "central": gettext_lazy("Ngân sách trung ương"),
    "local": gettext_lazy("Ngân sách địa phương"),
    "other": gettext_lazy("Nguồn khác"),
}
COMPARATORS: Mapping[str, Label] = {
    "=": gettext_lazy("đạt"),
    ">=": gettext_lazy("từ … trở lên"),
    ">": gettext_lazy("trên"),
    "<": gettext_lazy("dưới"),
    "<=": gettext_lazy("không quá"),
}
VERBS: Mapping[str, Label] = {
    "accept": gettext_lazy("nhận"),
    "reopen": gettext_lazy("mở lại"),
    "correct": gettext_lazy("sửa"),
    "remove": gettext_lazy("bỏ"),
    "guide": gettext_lazy("đánh dấu là hướng dẫn"),
    "add": gettext_lazy("thêm"),
    "split": gettext_lazy("tách"),
    "merge": gettext_lazy("gộp"),
    "tie": gettext_lazy("gắn câu giao việc"),
    "bind": gettext_lazy("chọn cơ quan cho tên"),
    "finding": gettext_lazy("xử lý phát hiện"),
    "describe": gettext_lazy("sửa thông tin văn bản"),
}


def due_words(due: Mapping[str, Any] | None) -> str:
    """A due in words: the day where there is one, else as printed."""
    if due is None:
        return ""
    match due["type"]:
        case "by":
            before = _("trước ") if due.get("before") else ""
            return f"{before}{_day(due['date'])}"
        case "window":
            return f"{_day(due['start'])} – {_day(due['end'])}"
        case "ongoing" | "periodic":
            return str(due["text"])
        case _:
            return str(due.get("waits_for") or due["text"])


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def shown_value(name: str, value: Any) -> str:
    """A field's value as it is shown beside another's."""
    match value:
        case None | "" | [] | {}:
            return _("(để trống)")
        case bool():
            return _("có") if value else _("không")
        case list() if name == "amounts":
            return "; ".join(f"{a.get('year') or ''} {a['amount']}".strip() for a in value)
        case list():
            return "; ".join(str(one) for one in value)
        case dict() if name == "due":
            return due_words(value)
        case dict() if name == "period":
            return f"{_day(value['from'])} – {_day(value['to'])}"
        case dict():
            return "; ".join(str(one) for one in value.values() if one is not None)
        case str() if name == "date":
            return _day(value)
        case _:
            return str(value)


def facts_of(item: Item) -> list[tuple[Label, str]]:
    """What an item's row tells below its words: labelled values, those that are empty left out."""
    fields = item.fields
    match item.sort:
        case "task":
            names: Sequence[str] = ("leads", "partners", "due", "places")
        case "target":
            value = f"{COMPARATORS[fields['comparator']]} {fields['value']} {fields['unit']}".replace("…", "").strip()
            return _told([(FIELD_NAMES["value"], value), (FIELD_NAMES["year"], str(fields["year"] or ""))])
        case "duty":
            day = "/".join(f"{part:02d}" for part in (fields["day"], fields["month"]) if part)
            when = (
                f"{_('trước ') if fields['before'] else ''}{day}{'/' + str(fields['year']) if fields['year'] else ''}"
            )
            rest = [(FIELD_NAMES[n], "; ".join(fields[n])) for n in ("reporters", "recipients", "via")]
            return _told([(FIELD_NAMES["due"], when if day else ""), *rest])
        case "budget":
            total = ", ".join(f"{SOURCES.get(s, s)} {a}" for s, a in fields["total"].items())
            return _told([(FIELD_NAMES["lead"], fields["lead"] or ""), (FIELD_NAMES["total"], total)])
        case "citation":
            names = ("date", "issuer", "title")
        case "funding":
            names = ("source", "year", "amount")
        case _:
            names = ("note",) if item.sort == "recipient" else ()
    return _told([(FIELD_NAMES[n], shown_value(n, fields[n]) if fields[n] else "") for n in names])


def _told(facts: Iterable[tuple[Label, str]]) -> list[tuple[Label, str]]:
    return [(label, value) for label, value in facts if value]


def label_of(item: Item) -> str:
    """The short word before an item's words: its number, or what kind it is."""
    fields = item.fields
    match item.sort:
        case "task":
            return str(fields["ref"] or "")
        case "duty":
            return str(DUTY_KINDS.get(fields["kind"], fields["kind"]))
        case "budget":
            return str(fields["code"])
        case "citation":
            return str(ROLES.get(fields["role"], ""))
        case _:
            return ""


def title_of(item: Item) -> str:
    """The words of an item in its row."""
    if item.sort == "citation":
        return f"{item.fields['kind']} {item.fields['number'] or ''}".strip()
    if item.sort == "duty":
        return str(item.fields["content"] or item.fields["text"])
    if item.sort == "target":
        return str(item.fields["subject"])
    return item.words
