"""The reader agrees with the hand annotations at least as well as it did when the floors were set.

script/bench scores --write-floors raises the floors to what is measured; a change may not lower them.
"""

from __future__ import annotations

import json

import pytest

import scoring
from binhdang.door import read_plan
from binhdang.plan import to_json

FLOORS = scoring.load(scoring.PLANS / "floors.json")


@pytest.fixture(scope="module")
def result() -> scoring.Score:
    return scoring.score(
        (scoring.load(gold), json.loads(to_json(read_plan(paper)))) for gold, paper in scoring.gold_files()
    )


def test_every_measure_has_its_floor(result: scoring.Score) -> None:
    assert set(FLOORS) == set(result.marks())


@pytest.mark.parametrize("measure", FLOORS)
def test_no_measure_falls(result: scoring.Score, measure: str) -> None:
    slips = [slip for slip in result.slips if slip.startswith(f"{measure}:")]
    assert result.marks()[measure] >= FLOORS[measure], "\n".join(slips)


def test_the_scorer_sees_a_slip() -> None:
    """A reading that lost a task and named a wrong agency scores less than one, in those measures only."""
    gold_path, paper = scoring.gold_files()[0]
    gold = scoring.load(gold_path)
    plan = json.loads(to_json(read_plan(paper)))
    whole = scoring.score([(gold, plan)])
    lost = plan["tasks"].pop(next(i for i, t in enumerate(plan["tasks"]) if t["text"] == plan["tasks"][0]["text"]))
    plan["tasks"][0]["leads"] = ["Cơ quan không có thật"]
    after = scoring.score([(gold, plan)])
    assert lost and after["tasks"].right == whole["tasks"].right - 1
    assert after["leads"].f1 < whole["leads"].f1
    assert after["citations"] == whole["citations"] and after["targets"] == whole["targets"]


if scoring.shared_plans():  # they are kept beside the project and may not be there

    def test_the_issued_plans_beside_the_project_are_read_to_their_goal() -> None:
        marks = scoring.shared_marks()
        assert marks["overall"] and not {n: m for n, m in marks.items() if m < scoring.SHARED_GOAL}
