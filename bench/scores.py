"""How well the annotated plans are read: script/bench scores [--slips] [--write-floors].

tests/plans is scored by tests/scoring.py, measure by measure; ../shared/plans, where it is, by the score.py beside it.
--slips prints what was wrong; --write-floors sets tests/plans/floors.json to what is measured.
"""

from __future__ import annotations

import argparse
import json
import math
import sys

import scoring
from binhdang.door import read_plan
from binhdang.plan import to_json
from figure import show, skipped

FLOORS = scoring.PLANS / "floors.json"


def ours() -> scoring.Score:
    """The score of our annotated plans."""
    return scoring.score(
        (scoring.load(gold), json.loads(to_json(read_plan(paper)))) for gold, paper in scoring.gold_files()
    )


def run() -> list[bool]:
    """Shows our marks beside their floors, then those of the shared plans."""
    floors = scoring.load(FLOORS) if FLOORS.exists() else {}
    results = [
        show(f"scores.{name}", mark, "F1", goal=floors.get(name), most=False) for name, mark in ours().marks().items()
    ]
    if not scoring.shared_plans():
        skipped("scores.shared", "there is no ../shared/score.py with plans beside it")
    return results + [
        show(f"scores.shared.{name}", mark, "F1", goal=scoring.SHARED_GOAL, most=False)
        for name, mark in scoring.shared_marks().items()
    ]


def write_floors(marks: dict[str, float]) -> None:
    """The floors, a hair under the marks: rounded down to three places."""
    floors = {name: math.floor(mark * 1000) / 1000 for name, mark in marks.items()}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")


def main() -> int:
    """Scores, and writes the floors when asked; status 1 when a mark is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slips", action="store_true", help="print what was wrong")
    parser.add_argument("--write-floors", action="store_true", help="set the floors to what is measured")
    asked = parser.parse_args()
    if asked.slips:
        print(*ours().slips, sep="\n")
        return 0
    if asked.write_floors:
        write_floors(ours().marks())
    return int(not all(run()))


if __name__ == "__main__":
    sys.exit(main())
