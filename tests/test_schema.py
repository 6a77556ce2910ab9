"""The published schema, the printed record and the reading back of it say the same."""

import copy
import json

import pytest
from jsonschema import Draft202012Validator, FormatChecker

import hand_plan
from binhdang.errors import InvalidPlan
from binhdang.paper import Span
from binhdang.plan import Document, Plan, from_record, to_json, to_record
from binhdang.plan.schema import PLAN_SCHEMA

VALIDATOR = Draft202012Validator(PLAN_SCHEMA, format_checker=FormatChecker())
BARE = Plan(text="", pages=(), document=Document())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(PLAN_SCHEMA)


@pytest.mark.parametrize("plan", [hand_plan.PLAN, BARE], ids=["every field", "nothing known"])
def test_a_record_fits_the_schema_and_comes_back(plan: Plan) -> None:
    record = json.loads(to_json(plan))
    assert [e.message for e in VALIDATOR.iter_errors(record)] == []
    assert from_record(record) == plan


def test_every_field_of_the_contract_is_in_the_record_and_the_schema() -> None:
    assert set(to_record(hand_plan.PLAN)) == set(PLAN_SCHEMA["properties"]) == set(PLAN_SCHEMA["required"])


@pytest.mark.parametrize("name", ["text", "document", "tasks", "budget", "findings", "unplaced"])
def test_a_missing_field_is_seen(name: str) -> None:
    record = to_record(hand_plan.PLAN)
    del record[name]
    assert not VALIDATOR.is_valid(record)


def _spoil(record: dict, path: list, value: object) -> dict:  # type: ignore[type-arg]
    spoilt = copy.deepcopy(record)
    place = spoilt
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return spoilt


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["tasks", 0, "colour"], "red"),
        (["tasks", 0, "kind"], "wish"),
        (["tasks", 0, "due", "date"], "10/6/2026"),
        (["tasks", 0, "due", "type"], "ongoing"),
        (["tasks", 0, "span"], [1]),
        (["tasks", 0, "span"], [1, 2, 3]),
        (["targets", 0, "value"], "80"),
        (["targets", 0, "comparator"], "≥"),
        (["document", "date"], "2026-13-45"),
        (["document", "period"], {"from": "2026-01-01"}),
        (["budget", "totals", "by_year"], {"năm 2026": 1}),
        (["budget", "lines", 0, "total"], {"province": 1}),
        (["reporting", 0, "month"], 13),
        (["findings", 0, "severity"], "fatal"),
        (["findings", 0, "span"], "đầu"),
        (["citations", 0, "role"], None),
        (["schema"], "2"),
    ],
)
def test_the_schema_is_strict(path: list, value: object) -> None:  # type: ignore[type-arg]
    assert not VALIDATOR.is_valid(_spoil(to_record(hand_plan.PLAN), path, value))


def test_fields_may_be_added_at_the_top() -> None:
    assert VALIDATOR.is_valid(to_record(hand_plan.PLAN) | {"path": "2026/ke-hoach.docx"})


def test_every_span_of_the_hand_plan_slices_its_text() -> None:
    for task in hand_plan.PLAN.tasks:
        assert task.span.of(hand_plan.TEXT) == task.text
        assert task.due is not None
        assert Span(*task.due.span).of(hand_plan.TEXT)


@pytest.mark.parametrize("record", [None, [], {}, {"schema": "1"}, {"schema": "9"}, "kế hoạch"])
def test_other_json_is_no_plan(record: object) -> None:
    with pytest.raises(InvalidPlan):
        from_record(record)
