"""The JSON Schema of a plan's record: strict where the contract is known, open only at the top, where fields may be added."""

from __future__ import annotations

from typing import Any

from binhdang.plan.record import SCHEMA

Schema = dict[str, Any]

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _row(**fields: Schema) -> Schema:
    """An object with exactly these fields, all of them present."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _open_row(required: Schema, **optional: Schema) -> Schema:
    """The same with some fields that may be left out."""
    return required | {"properties": required["properties"] | optional}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


_TEXT: Schema = {"type": "string"}
_NAME: Schema = {"type": "string", "minLength": 1}
_YES: Schema = {"type": "boolean"}
_NUMBER: Schema = {"type": "number"}
_YEAR: Schema = {"type": "integer", "minimum": 1900, "maximum": 2200}
_DATE: Schema = {"type": "string", "format": "date", "pattern": _DAY}
_SPAN: Schema = {
    "description": "[start, end) in Unicode code points of `text`",
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
    "items": False,
    "minItems": 2,
}
_SOURCE = _one_of("central", "local", "other")

_TEXT_OR_NULL, _YEAR_OR_NULL, _DATE_OR_NULL = _or_null(_TEXT), _or_null(_YEAR), _or_null(_DATE)
_NAMES, _SPANS = _list(_NAME), _list(_reference("span"))

_DOCUMENT = _row(
    kind=_TEXT_OR_NULL,
    number=_TEXT_OR_NULL,
    date=_DATE_OR_NULL,
    place=_TEXT_OR_NULL,
    issuer=_TEXT_OR_NULL,
    title=_TEXT_OR_NULL,
    period=_or_null(_row(**{"from": _DATE, "to": _DATE})),
    signer=_or_null(_row(name=_TEXT_OR_NULL, position=_TEXT_OR_NULL)),
)

_CITATION = _row(
    kind=_NAME,
    number=_TEXT_OR_NULL,
    date=_DATE_OR_NULL,
    issuer=_TEXT_OR_NULL,
    title=_TEXT_OR_NULL,
    role=_one_of("basis", "mention"),
    spans=_SPANS,
)

_OUTLINE = _row(
    id=_NAME,
    parent=_TEXT_OR_NULL,
    ref=_TEXT_OR_NULL,
    heading=_TEXT,
    kind=_NAME,
    scope=_TEXT_OR_NULL,
    span=_reference("span"),
)

_TARGET = _row(
    comparator=_one_of("=", ">=", ">", "<", "<="),
    value=_NUMBER,
    unit=_TEXT,
    subject=_TEXT,
    year=_YEAR_OR_NULL,
    text=_TEXT,
    span=_reference("span"),
    outline=_TEXT_OR_NULL,
)


def _due(kind: str, **fields: Schema) -> Schema:
    return _row(
        type={"const": kind},
        text=_TEXT,
        span=_reference("span"),
        **fields,
        peaks=_list(_row(text=_TEXT, start=_DATE, end=_DATE)),
    )


_DUE: Schema = {
    "anyOf": [
        _due("by", date=_DATE_OR_NULL, before=_YES),
        _due("window", start=_DATE_OR_NULL, end=_DATE_OR_NULL),
        _due("ongoing"),
        _due("periodic"),
        _due("as_directed", waits_for=_TEXT_OR_NULL),
        {"type": "null"},
    ]
}

_TASK = _row(
    id=_NAME,
    ref=_TEXT_OR_NULL,
    kind=_one_of("activity", "responsibility"),
    text=_TEXT,
    span=_reference("span"),
    outline=_TEXT_OR_NULL,
    leads=_NAMES,
    partners=_NAMES,
    requested=_YES,
    due=_reference("due"),
    places=_NAMES,
    evidence=_row(leads=_SPANS, partners=_SPANS, due=_SPANS),
)

_DUTY = _row(
    kind=_one_of(
        "plan",
        "month",
        "quarter",
        "six_month",
        "annual",
        "ad_hoc",
        "mid_term",
        "final",
        "budget_proposal",
        "periodic",
    ),
    year=_YEAR_OR_NULL,
    month=_or_null({"type": "integer", "minimum": 1, "maximum": 12}),
    day=_or_null({"type": "integer", "minimum": 1, "maximum": 31}),
    before=_YES,
    cut_off=_TEXT_OR_NULL,
    reporters=_NAMES,
    recipients=_NAMES,
    via=_NAMES,
    content=_TEXT_OR_NULL,
    text=_TEXT,
    span=_reference("span"),
)

_BY_SOURCE: Schema = {
    "type": "object",
    "properties": {"central": _NUMBER, "local": _NUMBER, "other": _NUMBER},
    "additionalProperties": False,
}

_BUDGET_LINE = _row(
    code=_TEXT,
    title=_TEXT,
    parent=_TEXT_OR_NULL,
    lead=_TEXT_OR_NULL,
    amounts=_list(_row(year=_YEAR_OR_NULL, source=_or_null(_SOURCE), amount=_NUMBER)),
    total=_BY_SOURCE,
    outline=_TEXT_OR_NULL,
    span=_or_null(_reference("span")),
)

_BUDGET = _row(
    unit=_TEXT_OR_NULL,
    sources=_list(_SOURCE),
    lines=_list(_BUDGET_LINE),
    totals=_row(
        by_year={
            "type": "object",
            "patternProperties": {"^[0-9]{4}$": _NUMBER},
            "additionalProperties": False,
        },
        by_source=_BY_SOURCE,
        all=_or_null(_NUMBER),
    ),
)

_FUNDING = _row(
    label=_TEXT,
    source=_or_null(_SOURCE),
    year=_YEAR_OR_NULL,
    amount=_or_null(_NUMBER),
    span=_reference("span"),
)

_FINDING = _open_row(
    _row(
        code={"type": "string", "pattern": r"^[a-z-]+(\.[a-z-]+)+$"},
        severity=_one_of("error", "warning", "info"),
        message=_NAME,
        span=_or_null(_reference("span")),
    ),
    place=_TEXT,
    mend=_TEXT,
)

PLAN_SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "binhdang plan",
    "description": "What `binhdang read FILE --json` prints. Unknown values are null, never guessed; strings are NFC.",
    "$defs": {"span": _SPAN, "due": _DUE, "task": _TASK, "finding": _FINDING},
    **_row(
        schema={"const": SCHEMA},
        source=_row(name=_TEXT, sha256={"type": "string", "pattern": "^([0-9a-f]{64})?$"}),
        text=_TEXT,
        pages=_list(_row(page={"type": "integer", "minimum": 1}, start={"type": "integer", "minimum": 0})),
        document=_DOCUMENT,
        citations=_list(_CITATION),
        outline=_list(_OUTLINE),
        objectives=_list(_row(text=_TEXT, span=_reference("span"))),
        targets=_list(_TARGET),
        tasks=_list(_reference("task")),
        reporting=_list(_DUTY),
        recipients=_list(_row(name=_TEXT, note=_TEXT_OR_NULL, span=_reference("span"))),
        budget=_or_null(_BUDGET),
        funding=_list(_FUNDING),
        places=_NAMES,
        findings=_list(_reference("finding")),
        unplaced=_SPANS,
        removed=_list(_row(text=_TEXT, reason=_TEXT, page={"type": "integer", "minimum": 0})),
    ),
    "additionalProperties": True,
}
