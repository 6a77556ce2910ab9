"""The reader agrees with the hand annotations at least as well as it did before."""

from __future__ import annotations

import json

import pytest

import scoring
from binhdang import reading
from binhdang.plan import to_record
from binhdang.reading import intake
from binhdang.door import read_plan

FLOORS = scoring.load(scoring.PLANS / "floors.json")


@pytest.fixture(scope="module")
def result() -> scoring.Score:
    return scoring.score((scoring.load(gold), to_record(read_plan(paper))) for gold, paper in scoring.gold_files())
