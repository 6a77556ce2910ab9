"""The clerk: looks over a plan as a careful registry officer would. One rule a table row; each has a page in docs/rules."""

from __future__ import annotations

from collections.abc import Collection

from binhdang.checking import above, agencies, budget, citations, identity, layout, numbering, recipients, reports, work
from binhdang.checking.case import Case
from binhdang.checking.rule import Objection, Rule
from binhdang.paper import Finding, Source
from binhdang.plan import Plan

RULES: tuple[Rule, ...] = tuple(
    rule
    for room in (identity, layout, numbering, citations, work, budget, recipients, reports, agencies, above)
    for rule in room.RULES
)


def check(
    plan: Plan, *, source: Source | None = None, against: Plan | None = None, off: Collection[str] = ()
) -> tuple[Finding, ...]:
    """The findings of the rules, in text order; those about the whole paper first.

    `source` is the file behind the plan (for its layout), `against` the plan that it carries out, `off` rule codes or
    their first parts ("numbering.gap", "layout") that are not looked for. What the reader already found at the same
    place (for findings without a place: in the paper) is not said again. Never raises on a well-typed plan.
    """
    case = Case(plan, source, against)
    places = {(f.code, f.span) for f in plan.findings}
    codes = {f.code for f in plan.findings}
    found = [
        Finding(rule.code, rule.severity, o.message, o.span, o.place, o.mend)
        for rule in RULES
        if not is_off(rule.code, off)
        for o in rule.check(case)
        if (rule.code, o.span) not in places and not (_once(rule.code, o) and rule.code in codes)
    ]
    return tuple(sorted(found, key=lambda f: f.span or (-1, -1)))


def is_off(code: str, off: Collection[str]) -> bool:
    """Whether a rule is switched off, by its code or by the part before the dot."""
    return any(code == name or code.startswith(f"{name}.") for name in off)


def _once(code: str, objection: Objection) -> bool:
    """Whether the flaw can stand only once in a paper, whatever span it was given."""
    return objection.span is None or code.startswith("document.")


__all__ = ["RULES", "Rule", "check", "is_off"]
