"""The plan against the plan above it: targets, work laid on it, dates, the citation, reports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from binhdang.checking.case import Case, shorten
from binhdang.checking.names import is_committee, is_group, same, units, words
from binhdang.checking.reports import KIND_NAMES, agency_in, last_day, not_earlier, spell
from binhdang.checking.rule import Objection, Rule
from binhdang.law.symbol import parse_symbol
from binhdang.paper import Severity
from binhdang.plan import Due, Duty, Plan, Target, Task
from binhdang.vietnamese.text import nfc

SAME_SUBJECT = 0.55  # two printings of one target; targets of one list stay below 0.5 among themselves
SAME_TASK = 0.6
TAKEN_OVER = 0.34  # share of a clause's word pairs that one sentence of the plan must hold
OWN_WORDS = 4  # a clause with fewer words of its own says too little to be looked for
_DOWNWARD = re.compile(r"\b(?:giảm|xuống|còn|dưới|không quá|tối đa|tử vong|chênh lệch)\b|tỷ số giới tính")
# Work that the plan does by being there, or that its reporting part holds.
_DONE_BY_PLAN = re.compile(r"\b(?:xay dung|ban hanh|trien khai)(?: \w+){0,8} ke hoach|\bbao cao\b")
# Syllables of what every such clause says; a clause with hardly any other gives nothing to look for.
_GENERAL = frozenset(
    words(
        "xây dựng tổ chức triển khai thực hiện kế hoạch công tác nhiệm vụ hoạt động nội dung chương trình việc bình đẳng giới"
        " vì sự tiến bộ phụ nữ đẩy mạnh tăng cường nâng cao chỉ đạo hướng dẫn đôn đốc kiểm tra giám sát đánh giá theo dõi"
        " phối hợp liên ngành quan lồng ghép với trong trên tại này khác có hiệu quả thường xuyên định kỳ hằng năm"
        " địa phương đơn vị mình phù hợp tình hình thực tế bố trí đảm bảo kinh phí ngân sách nhân lực nguồn ban"
        " phát triển kinh tế xã hội"
    ).split()
)
_UPWARD = re.compile(
    r"(?:Bộ|Sở|Chính phủ|Thủ tướng|Ủy ban nhân dân (?:tỉnh|thành phố|huyện|thị xã|quận))\b"
)  # never below
_CLAUSE = re.compile(r"[;\n]|\.\s")


def _pairs(text: str) -> frozenset[str]:
    line = words(text).split()
    return frozenset(f"{a} {b}" for a, b in pairwise(line))


@lru_cache(maxsize=1024)
def _word_sets(text: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(words(text).split()), _pairs(text)


def likeness(one: str, other: str) -> float:
    """How alike two short texts are, 0 to 1: shared words and shared word pairs, each side counted."""
    (a, p), (b, q) = _word_sets(one), _word_sets(other)
    if not (a and b and p and q):
        return float(a == b and bool(a))
    return (2 * len(a & b) / (len(a) + len(b)) + 2 * len(p & q) / (len(p) + len(q))) / 2


def _end_year(plan: Plan) -> int | None:
    return plan.document.period.end.year if plan.document.period else None


_MOST = 400  # targets or dated tasks of a plan that are compared with another's; the strategy has 23 targets


def alike(ours: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Which of ours takes up which of theirs, by places: the same unit and much the same subject, best likeness first."""
    scored = sorted(
        (-score, i, j)
        for i, (unit_above, above) in enumerate(theirs[:_MOST])
        for j, (unit, own) in enumerate(ours[:_MOST])
        if unit_above == unit and (score := likeness(above, own)) >= SAME_SUBJECT
    )
    match: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in scored:
        if i not in taken and j not in match:
            match[j] = i
            taken.add(i)
    return match


def _pair_targets(case: Case, parent: Plan) -> Iterator[tuple[Target, Target | None]]:
    """Each target above with its own counterpart."""
    ours, theirs = case.plan.targets[:_MOST], parent.targets[:_MOST]
    match = alike([(t.unit, t.subject) for t in ours], [(t.unit, t.subject) for t in theirs])
    own_of = {i: j for j, i in match.items()}
    for i, above in enumerate(theirs):
        yield above, ours[own_of[i]] if i in own_of else None


def _lower(case: Case) -> Iterator[Objection]:
    if case.against is None:
        return
    for above, own in _pair_targets(case, case.against):
        if own is None:
            continue
        year_above, year_own = above.year or _end_year(case.against), own.year or _end_year(case.plan)
        # a step on the way may be lower: only a value due no earlier than the parent's is compared
        if year_above and year_own and year_own < year_above:
            continue
        downward = above.comparator in ("<", "<=") or (
            above.comparator == "=" and bool(_DOWNWARD.search(nfc(f"{above.text} {above.subject}").lower()))
        )
        if own.value > above.value if downward else own.value < above.value:
            yield Objection(
                f"Chỉ tiêu “{shorten(own.subject)}” là {own.value:f} {own.unit}, "
                f"{'cao' if downward else 'thấp'} hơn mức {above.value:f} {above.unit} của kế hoạch cấp trên.",
                own.span,
                "Nâng chỉ tiêu bằng mức cấp trên giao, hoặc nêu lý do và văn bản cho phép điều chỉnh.",
            )


def _target_missing(case: Case) -> Iterator[Objection]:
    if case.against is None:
        return
    missing = [above for above, own in _pair_targets(case, case.against) if own is None]
    if missing:
        names = "; ".join(f"“{shorten(t.subject)}” ({t.value:f} {t.unit})" for t in missing[:6])
        more = f" và {len(missing) - 6} chỉ tiêu khác" if len(missing) > 6 else ""
        yield Objection(
            f"{len(missing)} chỉ tiêu của kế hoạch cấp trên không thấy trong kế hoạch này: {names}{more}.",
            mend="Bổ sung các chỉ tiêu thuộc phạm vi thực hiện của đơn vị.",
        )


def _falls_to(agency: str, issuer: str) -> bool:
    """Whether work laid on `agency` by the plan above is this issuer's work."""
    if same(agency, issuer):
        return True
    own = units(issuer)
    return is_group(agency) and is_committee(agency) and is_committee(issuer) and bool(own) and own[0] in units(agency)


def _laid_on_us(case: Case) -> Iterator[Task]:
    issuer = case.plan.document.issuer
    if case.against is None or not issuer:
        return
    for task in case.against.tasks:
        if any(_falls_to(lead, issuer) for lead in task.leads):
            yield task


def _task_missing(case: Case) -> Iterator[Objection]:
    laid = list(_laid_on_us(case))
    sentences = [_pairs(s) for s in _CLAUSE.split(case.plan.text) if s.strip()] if laid else []
    for task in laid:
        missing = []
        for clause in _CLAUSE.split(task.text):
            line = words(clause)
            if len(set(line.split()) - _GENERAL) < OWN_WORDS or _DONE_BY_PLAN.search(line):
                continue
            pairs = _pairs(clause)
            if max((len(pairs & s) for s in sentences), default=0) < TAKEN_OVER * len(pairs):
                missing.append(clause)
        if missing:
            ref = f" (mục {task.ref})" if task.ref else ""
            what = "; ".join(f"“{shorten(c.strip(' -+.'), 90)}”" for c in missing[:4])
            yield Objection(
                f"Kế hoạch cấp trên{ref} giao nhưng không thấy trong kế hoạch này: {what}.",
                mend="Bổ sung việc này vào nội dung hoặc phần tổ chức thực hiện.",
            )


def _last(due: Due | None) -> date | None:
    return (due.end or due.date) if due is not None and due.type in ("by", "window") else None


def _due_later(case: Case) -> Iterator[Objection]:
    if case.against is None:
        return
    dated = [(t, day) for t in case.plan.tasks if (day := _last(t.due))][:_MOST]
    for above in case.against.tasks[:_MOST]:
        limit = _last(above.due)
        if limit is None or not dated:
            continue
        score, own, day = max(((likeness(above.text, t.text), t, d) for t, d in dated), key=lambda x: x[0])
        if score >= SAME_TASK and day > limit:
            yield Objection(
                f"“{shorten(own.text)}” hạn {day:%d/%m/%Y}, muộn hơn hạn {limit:%d/%m/%Y} của kế hoạch cấp trên.",
                own.due.span if own.due else own.span,
                f"Đặt hạn không muộn hơn {limit:%d/%m/%Y}.",
            )


def _not_cited(case: Case) -> Iterator[Objection]:
    parent = case.against.document if case.against else None
    symbol = parse_symbol(parent.number) if parent and parent.number else None
    if parent is None or symbol is None:
        return
    cited = [s for c in case.plan.citations if c.number and (s := parse_symbol(c.number))]
    if not any(s.key == symbol.key for s in cited):
        yield Objection(
            f"Kế hoạch không viện dẫn {parent.kind or 'văn bản'} số {parent.number} của cấp trên mà nó thực hiện.",
            mend=f"Thêm căn cứ: “Thực hiện {parent.kind or 'Kế hoạch'} số {parent.number} …”.",
        )


def _report_later(case: Case) -> Iterator[Objection]:
    issuer = case.plan.document.issuer
    if case.against is None or not issuer:
        return
    for upper in case.against.reporting:
        if not any(_falls_to(r, issuer) for r in upper.reporters):
            continue
        for lower in case.plan.reporting:
            if not not_earlier(lower, upper):
                continue
            kind = KIND_NAMES[lower.kind].capitalize()
            asked = f"kế hoạch cấp trên yêu cầu {issuer} gửi {spell(upper)}"
            if agency_in(lower.recipients, issuer) or _own_body(lower, upper):
                message = f"{kind}: đơn vị dưới gửi {spell(lower)}, nhưng {asked}."
                yield Objection(message, lower.span, "Đặt hạn của đơn vị dưới sớm hơn hạn phải gửi lên cấp trên.")
            elif _goes_up(lower, upper) and last_day(lower) != last_day(upper) and not _kept(case.plan, upper):
                message = f"{kind}: kế hoạch này hẹn gửi lên cấp trên {spell(lower)}, nhưng {asked}."
                yield Objection(message, lower.span, f"Đặt hạn không muộn hơn {spell(upper)}.")


def _goes_up(lower: Duty, upper: Duty) -> bool:
    """Whether both duties go to the same body above."""
    above = (*upper.recipients, *upper.via)
    return any(same(r, a) for r in (*lower.recipients, *lower.via) for a in above)


def _kept(plan: Plan, upper: Duty) -> bool:
    """Whether some report of the plan keeps the day asked for; another of the same kind may then have a later day."""
    asked = (upper.month or 0, upper.day or 0)
    return any(
        d.kind == upper.kind and d.month and d.day and (d.month, d.day) <= asked and _goes_up(d, upper)
        for d in plan.reporting
    )


def _own_body(lower: Duty, upper: Duty) -> bool:
    """Whether a duty goes to a body of the issuer's own, which adds up for it."""
    return bool(lower.recipients) and not _goes_up(lower, upper) and not any(_UPWARD.match(r) for r in lower.recipients)


RULES = (
    Rule(
        "against.target-lower",
        Severity.WARNING,
        "Chỉ tiêu thấp hơn cấp trên",
        "Chỉ tiêu cùng nội dung, cùng mốc năm thấp hơn mức của kế hoạch cấp trên.",
        "A target falls short of the same target in the plan above.",
        _lower,
    ),
    Rule(
        "against.target-missing",
        Severity.INFO,
        "Thiếu chỉ tiêu của cấp trên",
        "Chỉ tiêu của kế hoạch cấp trên không có trong kế hoạch này.",
        "Targets of the plan above have no counterpart.",
        _target_missing,
    ),
    Rule(
        "against.task-missing",
        Severity.WARNING,
        "Thiếu việc cấp trên giao",
        "Việc kế hoạch cấp trên giao cho cơ quan ban hành không có trong kế hoạch này.",
        "Work that the plan above lays on the issuer is not taken over.",
        _task_missing,
    ),
    Rule(
        "against.due-later",
        Severity.WARNING,
        "Hạn muộn hơn cấp trên",
        "Cùng một việc nhưng hạn muộn hơn hạn của kế hoạch cấp trên.",
        "The same work is due later than in the plan above.",
        _due_later,
    ),
    Rule(
        "against.not-cited",
        Severity.INFO,
        "Không viện dẫn kế hoạch cấp trên",
        "Kế hoạch cấp trên không có trong căn cứ, viện dẫn.",
        "The plan above is not cited.",
        _not_cited,
    ),
    Rule(
        "against.report-later",
        Severity.WARNING,
        "Hạn báo cáo muộn hơn cấp trên",
        "Hạn đơn vị dưới báo cáo không sớm hơn hạn kế hoạch cấp trên đặt cho cơ quan ban hành.",
        "Those below report no earlier than the plan above asks of the issuer.",
        _report_later,
    ),
)
