"""Makes src/binhdang/reference/agency_kinds.csv from a list of the bodies that plans name.

    .venv/bin/python script/agency_kinds.py AGENCIES.json

AGENCIES.json holds under "agencies" a row for each body: id, canonical_vi, level, kind, aliases, successor,
successor_status (verified in a paper, or recalled), valid_until, note. What it lacks stands in agency_kinds_added.csv beside
this script, written partly from memory, so its bodies are marked as recalled until a paper shows them; a row there of a
known code and no name adds spellings.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "src" / "binhdang" / "reference" / "agency_kinds.csv"
HEAD = ("code", "level", "group", "name", "until", "successor", "on", "verified", "aliases", "remark", "recalled")
ADDED = Path(__file__).parent / "agency_kinds_added.csv"
LEVELS = {"trung_uong": "central", "tinh": "province", "huyen": "district", "xa": "commune", "thon": "village"}
# The list names the last of two steps: the district's office of home affairs had the work in between, as its note says.
STEPS = {"phong-ldtbxh": "phong-noivu-huyen"}


def row(body: dict[str, Any]) -> tuple[str, ...]:
    """A body as a row of the file: the successor's first day is the day after the body's last."""
    successor = STEPS.get(body["id"], body["successor"] or "")
    until = body["valid_until"] or ""
    on = (date.fromisoformat(until) + timedelta(days=1)).isoformat() if successor and until else ""
    verified = {"verified": "yes", "recalled": "no"}[body["successor_status"]] if successor else ""
    aliases = dict.fromkeys(alias["form"] for alias in body["aliases"] if alias["form"] != body["canonical_vi"])
    return (
        body["id"],
        LEVELS[body["level"]],
        body["kind"],
        body["canonical_vi"],
        until,
        successor,
        on,
        verified,
        "|".join(aliases),
        body["note"] or "",
        "",
    )


def with_added(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows with those of the second file, each after the last one of its level."""
    found = {row[0]: dict(zip(HEAD, row, strict=True)) for row in rows}
    for more in csv.DictReader(ADDED.read_text(encoding="utf-8").splitlines()):
        if more["name"]:
            if more["code"] in found:
                raise ValueError(more["code"])
            found[more["code"]] = more | {"recalled": "yes"}
        else:
            known = found[more["code"]]
            known["aliases"] = "|".join(dict.fromkeys(f"{known['aliases']}|{more['aliases']}".strip("|").split("|")))
    order = list(LEVELS.values())
    return sorted((tuple(body[name] for name in HEAD) for body in found.values()), key=lambda row: order.index(row[1]))


def main() -> int:
    """Writes the file and prints what was counted."""
    bodies = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["agencies"]
    rows = with_added([row(body) for body in bodies])
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(rows)
    print(len(rows), Counter(r[1] for r in rows), Counter(r[7] for r in rows if r[5]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
