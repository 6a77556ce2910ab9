"""Who is given work against who is sent the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from binhdang.checking.case import Case, listing
from binhdang.checking.names import initials, is_committee, is_group, key, same, units, words
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Severity
from binhdang.plan import Recipient

# Recipients that stand for everybody who is given work.
_EVERYBODY = re.compile(
    r"^nhu\b|\b(?:neu tai|co ten|noi dung|thuc hien|don vi|co quan|thanh vien|thu truong|to chuc|giup viec)\b"
)
# Recipients that stand for all departments, and for the committees below.
_DEPARTMENTS = re.compile(r"\b(?:so|ban|phong|nganh|doan the|hoi)(?: (?:so|ban|phong|nganh|doan the|hoi))+\b")
_UNIONS = re.compile(r"^(?:hoi|doan|(?:tinh|huyen|thi|thanh) doan|lien doan|cong doan|uy ban mat tran)\b")
_PERSONS = re.compile(
    r"^(?:hieu truong|to truong|truong (?:thon|ban|phong|khu|ap|xom|to)|chu tich|giam doc|bi thu|cong chuc|can bo)\b"
)
_LEADERS = re.compile(
    r"^(?:chu tich|pho chu tich|ct|pct|thuong truc|tt|lanh dao|ld|ldvp|van phong|vp|vpub|luu|cong thong tin|cvp|pcvp)\b"
)
_SUPERIOR = re.compile(
    r"^(?:bo|chinh phu|thu tuong|van phong chinh phu|quoc hoi|uy ban quoc gia|(?:tinh|thanh|huyen|thi) uy)\b"
)
_FOR_REPORT = re.compile(r"^(?:b/?c|de b/?c|bao cao|để báo cáo|báo cáo)$", re.IGNORECASE)
_NAMED = re.compile(
    r"^(?:so|phong|ban|hoi|lien doan|uy ban mat tran|(?:tinh|huyen|thi|thanh) doan|cong an|dai|bao|truong)\b"
)


def _workers(case: Case) -> list[str]:
    """Named agencies and groups of committees that lead work, once each."""
    found: dict[str, str] = {}
    for task in case.plan.tasks:
        for lead in task.leads:
            if (not is_group(lead) and not _PERSONS.match(key(lead))) or (is_committee(lead) and units(lead)):
                found.setdefault(key(lead), lead)
    return list(found.values())


def _is_issuer(case: Case, agency: str) -> bool:
    """The issuing body itself, named with or without its place."""
    issuer = case.plan.document.issuer
    if not issuer:
        return is_committee(agency) and not is_group(agency)
    return same(agency, issuer) or (
        not is_group(agency)
        and is_committee(agency) == is_committee(issuer)
        and (key(issuer).startswith(key(agency)) or key(agency).startswith(key(issuer)))
    )


def _covers(recipient: Recipient, agency: str) -> bool:
    line = words(recipient.name)
    if not line or _EVERYBODY.search(line) or key(agency) in key(recipient.name):
        return True
    if is_committee(agency):
        return bool(set(units(agency)) & set(units(recipient.name))) or "dia phuong" in line
    if "doan the" in line and _UNIONS.match(key(agency)):
        return True
    # "Lưu: VT, VHXH": the unit that drafted the paper, without its kind
    short, field = initials(agency), key(agency).partition(" ")[2]
    if len(field.split()) > 2 and field in line:
        return True
    compact = re.sub(r"[^a-z]", "", line)
    return bool(_DEPARTMENTS.search(line)) or (len(short) > 2 and short in compact)


_MOST_PAIRS = 100_000  # of recipients and agencies; a nation-wide plan has some thousands


def _worker_missing(case: Case) -> Iterator[Objection]:
    recipients = case.plan.recipients
    if not recipients:
        return
    workers = list(_workers(case))
    if len(recipients) * len(workers) > _MOST_PAIRS:
        return
    left_out = [
        agency for agency in workers if not _is_issuer(case, agency) and not any(_covers(r, agency) for r in recipients)
    ]
    if left_out:
        yield Objection(
            f"Được giao việc nhưng không có trong Nơi nhận: {listing(left_out)}.",
            case.recipients_span,
            "Bổ sung các cơ quan này vào Nơi nhận (hoặc một dòng gộp như “Các cơ quan, đơn vị nêu tại mục …”).",
        )


def _no_work(case: Case) -> Iterator[Objection]:
    recipients = case.plan.recipients
    if not recipients or not case.plan.tasks:
        return
    named = {a for t in case.plan.tasks for a in (*t.leads, *t.partners)}
    # a group such as "các sở, ban, ngành" among those who work may hold anybody
    if any(is_group(a) and not (is_committee(a) and units(a)) for a in named):
        return
    body = words(case.plan.text[: min(r.span.start for r in recipients)])
    for recipient in recipients:
        line = words(recipient.name)
        note = (recipient.note or "").strip("() ")
        if not _NAMED.match(line) or _LEADERS.match(line) or _SUPERIOR.match(line) or _FOR_REPORT.match(note):
            continue
        if is_group(recipient.name) or "," in recipient.name or _is_above(case, recipient.name):
            continue
        if key(recipient.name) not in body and not any(same(recipient.name, a) for a in named):
            yield Objection(
                f"“{recipient.name}” có trong Nơi nhận nhưng kế hoạch không giao việc và không nhắc đến.",
                recipient.span,
                "Giao việc cho cơ quan này, ghi rõ mục đích gửi (để báo cáo, để biết) hoặc bỏ khỏi Nơi nhận.",
            )


def _is_above(case: Case, name: str) -> bool:
    """A department of the province, in the list of a district's or a commune's paper."""
    issuer = units(case.plan.document.issuer or "")
    return name.lower().startswith("sở") and (not issuer or issuer[0] not in ("tỉnh", "thành phố"))


RULES = (
    Rule(
        "recipients.worker-missing",
        Severity.WARNING,
        "Cơ quan được giao việc không có trong Nơi nhận",
        "Một cơ quan chủ trì việc nhưng không được gửi văn bản.",
        "An agency that leads work is not among the recipients.",
        _worker_missing,
    ),
    Rule(
        "recipients.no-work",
        Severity.INFO,
        "Nơi nhận không có việc",
        "Một cơ quan được gửi văn bản nhưng không có việc và không được nhắc đến.",
        "A recipient is given no work and never named in the text.",
        _no_work,
    ),
)
