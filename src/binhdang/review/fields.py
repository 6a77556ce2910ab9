"""What each field of an item may hold. Forms only parse; that a value makes sense is checked here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from binhdang.review.edits import BadEdit

Check = Callable[[Any], bool]

LONGEST = 20_000  # characters of one field
COMPARATORS = ("=", ">=", ">", "<", "<=")
DUE_TYPES = ("by", "window", "ongoing", "periodic", "as_directed")
DUTY_KINDS = (
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
)
SOURCES = ("central", "local", "other")


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST and "\0" not in value


def _or_none(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _among(*allowed: str) -> Check:
    return lambda value: value in allowed


def _whole(low: int, high: int) -> Check:
    return lambda value: type(value) is int and low <= value <= high


def _number(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) < 1e15


def _names(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= 200 and all(_text(name) for name in value)


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and 1900 <= date.fromisoformat(value).year <= 2200
    except ValueError:
        return False


def _due(value: Any) -> bool:
    if not isinstance(value, dict) or value.get("type") not in DUE_TYPES or not _text(value.get("text")):
        return False
    match value["type"]:
        case "by":
            return _day(value.get("date"))
        case "window":
            start, end = value.get("start"), value.get("end")
            return _day(start) and _day(end) and str(start) <= str(end)
        case "as_directed":
            return _or_none(_text)(value.get("waits_for"))
    return True


def _amounts(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(a, dict)
        and _or_none(_whole(1900, 2200))(a.get("year"))
        and _or_none(_among(*SOURCES))(a.get("source"))
        and _number(a.get("amount"))
        for a in value
    )


def _total(value: Any) -> bool:
    return isinstance(value, dict) and all(_number(amount) for amount in value.values())


def _yes_or_no(value: Any) -> bool:
    return isinstance(value, bool)


_YEAR = _or_none(_whole(1900, 2200))
_WORDS = _or_none(_text)

FIELDS: Mapping[str, Mapping[str, Check]] = {
    "task": {
        "ref": _WORDS,
        "kind": _among("activity", "responsibility"),
        "text": _text,
        "outline": _WORDS,
        "leads": _names,
        "partners": _names,
        "requested": _yes_or_no,
        "due": _or_none(_due),
        "places": _names,
    },
    "target": {
        "comparator": _among(*COMPARATORS),
        "value": _number,
        "unit": lambda value: isinstance(value, str) and len(value) <= 200,
        "subject": _text,
        "year": _YEAR,
        "text": _text,
        "outline": _WORDS,
    },
    "duty": {
        "kind": _among(*DUTY_KINDS),
        "year": _YEAR,
        "month": _or_none(_whole(1, 12)),
        "day": _or_none(_whole(1, 31)),
        "before": _yes_or_no,
        "cut_off": _WORDS,
        "reporters": _names,
        "recipients": _names,
        "via": _names,
        "content": _WORDS,
        "text": _text,
    },
    "budget": {
        "code": lambda value: isinstance(value, str) and len(value) <= 60,
        "title": _text,
        "parent": _WORDS,
        "lead": _WORDS,
        "amounts": _amounts,
        "total": _total,
        "outline": _WORDS,
    },
    "funding": {
        "label": _text,
        "source": _or_none(_among(*SOURCES)),
        "year": _YEAR,
        "amount": _or_none(_number),
    },
    "citation": {
        "kind": _text,
        "number": _WORDS,
        "date": _or_none(_day),
        "issuer": _WORDS,
        "title": _WORDS,
        "role": _among("basis", "mention"),
    },
    "recipient": {"name": _text, "note": _WORDS},
    "objective": {"text": _text},
}
"""By sort, the fields that a person may set, each with what it may hold (in the plan's JSON form)."""

IDENTITY: Mapping[str, Check] = {
    "kind": _WORDS,
    "number": _WORDS,
    "date": _or_none(_day),
    "place": _WORDS,
    "issuer": _WORDS,
    "title": _WORDS,
    "period": _or_none(
        lambda value: (
            isinstance(value, dict)
            and _day(value.get("from"))
            and _day(value.get("to"))
            and value["from"] <= value["to"]
        )
    ),
    "signer": _or_none(
        lambda value: (
            isinstance(value, dict)
            and set(value) == {"name", "position"}
            and _WORDS(value["name"])
            and _WORDS(value["position"])
        )
    ),
}
"""The fields of the paper's identity."""

_EMPTY: Mapping[str, Any] = {
    "kind": "activity",
    "text": "",
    "leads": [],
    "partners": [],
    "requested": False,
    "places": [],
    "comparator": "=",
    "value": 0,
    "unit": "",
    "subject": "",
    "before": False,
    "reporters": [],
    "recipients": [],
    "via": [],
    "code": "",
    "title": "",
    "amounts": [],
    "total": {},
    "label": "",
    "role": "mention",
    "name": "",
}


def filled(sort: str, values: Mapping[str, Any], words: str) -> dict[str, Any]:
    """The fields of an item that a person adds: what they say, the selected words, else what stands for nothing."""
    made = {name: _EMPTY.get(name) for name in FIELDS[sort]}
    for name in ("text", "title", "name", "label", "subject"):
        if name in made:
            made[name] = words
    if sort == "duty":
        made["kind"] = "periodic"
    if sort == "citation":
        made["kind"] = "Văn bản"
    return made | dict(values)


def check_fields(sort: str, values: Mapping[str, Any]) -> None:
    """Raises BadEdit for a field that the sort does not have, or a value that it cannot hold."""
    _check(FIELDS[sort], values)


def check_identity(values: Mapping[str, Any]) -> None:
    """As `check_fields`, for the paper's identity."""
    _check(IDENTITY, values)


def _check(known: Mapping[str, Check], values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in known or not known[name](value):
            raise BadEdit(
                f"Giá trị của “{name}” không dùng được.", hint="Hãy xem lại ô ấy.", code=f"review.field.{name}"
            )
