"""A plan as JSON and back. The field names are the contract of `binhdang read --json` (docs/plan-json.md)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from binhdang.errors import InvalidPlan
from binhdang.paper import Finding, Removed, Severity, Span
from binhdang.plan.model import (
    Amount,
    Budget,
    BudgetLine,
    BudgetTotals,
    Citation,
    Document,
    Due,
    Duty,
    Evidence,
    Funding,
    Objective,
    Outline,
    Page,
    Peak,
    Period,
    Plan,
    Recipient,
    Signer,
    Target,
    Task,
)

SCHEMA = "1"
Record = dict[str, Any]


def number(value: Decimal | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _span(value: Span | None) -> list[int] | None:
    return [value.start, value.end] if value is not None else None


def _spans(values: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in values]


def _document(d: Document) -> Record:
    return {
        "kind": d.kind,
        "number": d.number,
        "date": _day(d.date),
        "place": d.place,
        "issuer": d.issuer,
        "title": d.title,
        "period": {"from": d.period.start.isoformat(), "to": d.period.end.isoformat()} if d.period else None,
        "signer": {"name": d.signer.name, "position": d.signer.position} if d.signer else None,
    }


def _due(d: Due | None) -> Record | None:
    if d is None:
        return None
    row: Record = {"type": d.type, "text": d.text, "span": _span(d.span)}
    if d.type == "by":
        row |= {"date": _day(d.date), "before": d.before}
    elif d.type == "window":
        row |= {"start": _day(d.start), "end": _day(d.end)}
    elif d.type == "as_directed":
        row["waits_for"] = d.waits_for
    row["peaks"] = [{"text": p.text, "start": _day(p.start), "end": _day(p.end)} for p in d.peaks]
    return row


def _task(t: Task) -> Record:
    e = t.evidence
    return {
        "id": t.id,
        "ref": t.ref,
        "kind": t.kind,
        "text": t.text,
        "span": _span(t.span),
        "outline": t.outline,
        "leads": list(t.leads),
        "partners": list(t.partners),
        "requested": t.requested,
        "due": _due(t.due),
        "places": list(t.places),
        "evidence": {"leads": _spans(e.leads), "partners": _spans(e.partners), "due": _spans(e.due)},
    }


def _duty(d: Duty) -> Record:
    return {
        "kind": d.kind,
        "year": d.year,
        "month": d.month,
        "day": d.day,
        "before": d.before,
        "cut_off": d.cut_off,
        "reporters": list(d.reporters),
        "recipients": list(d.recipients),
        "via": list(d.via),
        "content": d.content,
        "text": d.text,
        "span": _span(d.span),
    }


def _target(t: Target) -> Record:
    return {
        "comparator": t.comparator,
        "value": number(t.value),
        "unit": t.unit,
        "subject": t.subject,
        "year": t.year,
        "text": t.text,
        "span": _span(t.span),
        "outline": t.outline,
    }


def _budget(b: Budget | None) -> Record | None:
    if b is None:
        return None
    lines = [
        {
            "code": x.code,
            "title": x.title,
            "parent": x.parent,
            "lead": x.lead,
            "amounts": [{"year": a.year, "source": a.source, "amount": number(a.amount)} for a in x.amounts],
            "total": {k: number(v) for k, v in x.total.items()},
            "outline": x.outline,
            "span": _span(x.span),
        }
        for x in b.lines
    ]
    totals = {
        "by_year": {str(y): number(v) for y, v in b.totals.by_year.items()},
        "by_source": {k: number(v) for k, v in b.totals.by_source.items()},
        "all": number(b.totals.all),
    }
    return {"unit": b.unit, "sources": list(b.sources), "lines": lines, "totals": totals}


def finding_record(f: Finding) -> Record:
    """A finding as JSON."""
    row: Record = {"code": f.code, "severity": str(f.severity), "message": f.message, "span": _span(f.span)}
    if f.place:
        row["place"] = f.place
    if f.mend:
        row["mend"] = f.mend
    return row


def to_record(plan: Plan) -> Record:
    """The plan as a JSON-ready dict, in the order of the contract."""
    return {
        "schema": SCHEMA,
        "source": {"name": plan.source, "sha256": plan.sha256},
        "text": plan.text,
        "pages": [{"page": p.page, "start": p.start} for p in plan.pages],
        "document": _document(plan.document),
        "citations": [
            {
                "kind": c.kind,
                "number": c.number,
                "date": _day(c.date),
                "issuer": c.issuer,
                "title": c.title,
                "role": c.role,
                "spans": _spans(c.spans),
            }
            for c in plan.citations
        ],
        "outline": [
            {
                "id": o.id,
                "parent": o.parent,
                "ref": o.ref,
                "heading": o.heading,
                "kind": o.kind,
                "scope": o.scope,
                "span": _span(o.span),
            }
            for o in plan.outline
        ],
        "objectives": [{"text": o.text, "span": _span(o.span)} for o in plan.objectives],
        "targets": [_target(t) for t in plan.targets],
        "tasks": [_task(t) for t in plan.tasks],
        "reporting": [_duty(d) for d in plan.reporting],
        "recipients": [{"name": r.name, "note": r.note, "span": _span(r.span)} for r in plan.recipients],
        "budget": _budget(plan.budget),
        "funding": [
            {
                "label": f.label,
                "source": f.source,
                "year": f.year,
                "amount": number(f.amount),
                "span": _span(f.span),
            }
            for f in plan.funding
        ],
        "places": list(plan.places),
        "findings": [finding_record(f) for f in plan.findings],
        "unplaced": _spans(plan.unplaced),
        "removed": [{"text": r.text, "reason": r.reason, "page": r.page} for r in plan.removed],
    }


def to_json(plan: Plan, *, indent: int | None = 2) -> str:
    """The plan as JSON text."""
    return json.dumps(to_record(plan), ensure_ascii=False, indent=indent).translate(_ESCAPED)


# JSON need not escape these, but a screen would obey them.
_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


def _read_day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _read_span(value: list[int] | None) -> Span | None:
    return Span(*value) if value is not None else None


def _must_span(value: list[int]) -> Span:
    start, end = value
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"span {value!r}")
    return Span(start, end)


def _text(value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text {value!r}")
    return value


def _texts(values: list[str]) -> tuple[str, ...]:
    return tuple(_text(v) for v in values)


def _read_spans(values: list[list[int]]) -> tuple[Span, ...]:
    return tuple(_must_span(v) for v in values)


def _decimal(value: float) -> Decimal:
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"number {value!r}")
    return number


def _read_document(d: Record) -> Document:
    period, signer = d["period"], d["signer"]
    return Document(
        kind=d["kind"],
        number=d["number"],
        date=_read_day(d["date"]),
        place=d["place"],
        issuer=d["issuer"],
        title=d["title"],
        period=Period(date.fromisoformat(period["from"]), date.fromisoformat(period["to"])) if period else None,
        signer=Signer(signer["name"], signer["position"]) if signer else None,
    )


def _read_due(d: Record | None) -> Due | None:
    if d is None:
        return None
    peaks = tuple(
        Peak(p["text"], date.fromisoformat(p["start"]), date.fromisoformat(p["end"])) for p in d.get("peaks", ())
    )
    return Due(
        type=d["type"],
        text=_text(d["text"]),
        span=_must_span(d["span"]),
        date=_read_day(d.get("date")),
        before=bool(d.get("before")),
        start=_read_day(d.get("start")),
        end=_read_day(d.get("end")),
        waits_for=d.get("waits_for"),
        peaks=peaks,
    )


def _read_task(t: Record) -> Task:
    e = t["evidence"]
    return Task(
        id=t["id"],
        ref=t["ref"],
        kind=_text(t["kind"]),
        text=_text(t["text"]),
        span=_must_span(t["span"]),
        outline=t["outline"],
        leads=_texts(t["leads"]),
        partners=_texts(t["partners"]),
        requested=t["requested"],
        due=_read_due(t["due"]),
        places=_texts(t["places"]),
        evidence=Evidence(_read_spans(e["leads"]), _read_spans(e["partners"]), _read_spans(e["due"])),
    )


def _read_duty(d: Record) -> Duty:
    return Duty(
        kind=_text(d["kind"]),
        year=d["year"],
        month=d["month"],
        day=d["day"],
        before=d["before"],
        cut_off=d["cut_off"],
        reporters=_texts(d["reporters"]),
        recipients=_texts(d["recipients"]),
        via=_texts(d["via"]),
        content=d["content"],
        text=_text(d["text"]),
        span=_must_span(d["span"]),
    )


def _read_budget(b: Record | None) -> Budget | None:
    if b is None:
        return None
    lines = tuple(
        BudgetLine(
            code=x["code"],
            title=_text(x["title"]),
            parent=x["parent"],
            lead=x["lead"],
            amounts=tuple(Amount(a["year"], a["source"], _decimal(a["amount"])) for a in x["amounts"]),
            total={k: _decimal(v) for k, v in x["total"].items()},
            outline=x["outline"],
            span=_read_span(x.get("span")),
        )
        for x in b["lines"]
    )
    t = b["totals"]
    totals = BudgetTotals(
        by_year={int(y): _decimal(v) for y, v in t["by_year"].items()},
        by_source={k: _decimal(v) for k, v in t["by_source"].items()},
        all=_decimal(t["all"]) if t["all"] is not None else None,
    )
    return Budget(unit=b["unit"], sources=tuple(b["sources"]), lines=lines, totals=totals)


def _read_finding(f: Record) -> Finding:
    return Finding(
        f["code"],
        Severity(f["severity"]),
        f["message"],
        _read_span(f["span"]),
        f.get("place", ""),
        f.get("mend", ""),
    )


def from_record(record: object) -> Plan:
    """The plan that `to_record` wrote. Raises InvalidPlan on anything else."""
    try:
        return _from_record(record)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError, IndexError) as e:
        raise InvalidPlan(
            f"JSON này không phải là kế hoạch do binhdang đọc ra ({type(e).__name__}: {e}).",
            hint="Hãy tạo lại bằng: binhdang read TỆP --json.",
        ) from e


def _from_record(r: Record) -> Plan:
    if r["schema"] != SCHEMA:
        raise ValueError(f"schema {r['schema']!r}")
    source = r.get("source") or {}
    return Plan(
        text=_text(r["text"]),
        pages=tuple(Page(p["page"], p["start"]) for p in r["pages"]),
        document=_read_document(r["document"]),
        citations=tuple(
            Citation(
                c["kind"],
                c["number"],
                _read_day(c["date"]),
                c["issuer"],
                c["title"],
                c["role"],
                _read_spans(c["spans"]),
            )
            for c in r["citations"]
        ),
        outline=tuple(
            Outline(o["id"], o["parent"], o["ref"], _text(o["heading"]), o["kind"], o["scope"], _must_span(o["span"]))
            for o in r["outline"]
        ),
        objectives=tuple(Objective(_text(o["text"]), _must_span(o["span"])) for o in r["objectives"]),
        targets=tuple(
            Target(
                t["comparator"],
                _decimal(t["value"]),
                t["unit"],
                t["subject"],
                t["year"],
                t["text"],
                _must_span(t["span"]),
                t.get("outline"),
            )
            for t in r["targets"]
        ),
        tasks=tuple(_read_task(t) for t in r["tasks"]),
        reporting=tuple(_read_duty(d) for d in r["reporting"]),
        recipients=tuple(Recipient(_text(x["name"]), x["note"], _must_span(x["span"])) for x in r["recipients"]),
        budget=_read_budget(r["budget"]),
        funding=tuple(
            Funding(
                f["label"],
                f["source"],
                f["year"],
                _decimal(f["amount"]) if f["amount"] is not None else None,
                _must_span(f["span"]),
            )
            for f in r["funding"]
        ),
        places=_texts(r["places"]),
        findings=tuple(_read_finding(f) for f in r["findings"]),
        unplaced=_read_spans(r["unplaced"]),
        removed=tuple(Removed(x["text"], x["reason"], x["page"]) for x in r.get("removed", ())),
        source=source.get("name", ""),
        sha256=source.get("sha256", ""),
    )
