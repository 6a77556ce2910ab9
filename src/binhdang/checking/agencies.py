"""Bodies that no longer existed when the plan was issued."""

from __future__ import annotations

from collections.abc import Iterator

from binhdang.checking.case import Case
from binhdang.checking.names import key, units
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Severity, Span
from binhdang.reference.abolished import abolished_bodies, district_level


def _mentions(case: Case) -> Iterator[tuple[str, Span]]:
    """Agencies that are given work, report or receive; not those that once issued a cited paper."""
    for task in case.plan.tasks:
        for name in (*task.leads, *task.partners):
            yield name, task.span
    for duty in case.plan.reporting:
        for name in (*duty.reporters, *duty.recipients, *duty.via):
            yield name, duty.span
    for recipient in case.plan.recipients:
        yield recipient.name, recipient.span


def _abolished(case: Case) -> Iterator[Objection]:
    day = case.day
    if day is None:
        return
    gone = {key(body.name): body for body in abolished_bodies() if day > body.until}
    district = district_level()
    told: set[str] = set()
    for name, span in _mentions(case):
        body = gone.get(key(name))
        if body is not None and body.name not in told:
            told.add(body.name)
            yield Objection(
                f"“{name}” không còn từ sau ngày {body.until:%d/%m/%Y}.",
                span,
                f"Cơ quan kế thừa: {body.successor}. Kiểm tra theo văn bản của địa phương trước khi thay.",
            )
        elif day > district.until and district.name not in told and set(units(name)) & set(district.words):
            told.add(district.name)
            yield Objection(
                f"“{name}”: {district.name} kết thúc hoạt động ngày {district.until:%d/%m/%Y}.",
                span,
                district.successor,
            )


RULES = (
    Rule(
        "agency.abolished",
        Severity.WARNING,
        "Cơ quan không còn tồn tại",
        "Giao việc hoặc gửi văn bản cho cơ quan đã giải thể, sáp nhập trước ngày ban hành kế hoạch.",
        "Work or papers for a body abolished before the plan was issued.",
        _abolished,
    ),
)
