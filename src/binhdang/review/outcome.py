"""The Plan that stands after the review: what the clerk checks again, what is printed, what records are made from."""

from __future__ import annotations

from typing import Any

from binhdang.paper import Span
from binhdang.plan import Plan, from_record
from binhdang.review.applying import Reviewed
from binhdang.review.items import SORTS, Item


def plan_of(reviewed: Reviewed) -> Plan:
    """The reading with the items as they are now; guidance and what was left out are not among them.

    Raises InvalidPlan only where the Reading itself is none.
    """
    record = dict(reviewed.record)
    record["document"] = reviewed.document
    for sort, part in SORTS.items():
        rows = [_row(item) for item in reviewed.of(sort) if item.state != "guidance"]
        if sort != "budget":
            record[part] = rows
        elif record["budget"] is not None:
            record["budget"] = record["budget"] | {"lines": rows}
    return from_record(record)


def _row(item: Item) -> dict[str, Any]:
    place = item.spans[0] if item.spans else Span(0, 0)
    row: dict[str, Any] = dict(item.fields)
    match item.sort:
        case "citation":
            row["spans"] = [list(span) for span in item.spans]
        case "budget":
            row["span"] = list(place) if item.spans else None
        case _:
            row["span"] = list(place)
    if item.sort == "task":
        row["id"] = item.key
        row["evidence"] = {"leads": [list(span) for span in item.evidence], "partners": [], "due": []}
        if row["due"] is not None:
            row["due"] = {"span": list(place), "peaks": []} | row["due"]
    return row
