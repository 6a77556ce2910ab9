"""How well a reading agrees with a hand annotation (tests/plans/*.gold.json), measure by measure.

Each measure counts rows that are right, extra and missing over all plans; its score is F1, from 0 to 1. A gold row
marked "optional" may be read or not; a gold field "x_optional" is not compared; "x_also" lists further right values.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from binhdang.door import read_plan
from binhdang.plan import to_json

Row = dict[str, Any]
PLANS = Path(__file__).parent / "plans"
SHARED = Path(__file__).parents[2] / "shared"
"""Issued plans annotated by hand, with a scorer of their own; kept beside the project, never in it."""
SHARED_GOAL = 0.97
_SIGNS = re.compile(r"[\W_]+")
_LABEL = re.compile(r"^\s*(?:[-+*•–]|[IVX]+[.)]|\d+(?:\.\d+)*[.)]|[a-zđ][.)])\s+")


@dataclass
class Tally:
    """Rows right, extra and missing of one measure."""

    right: int = 0
    extra: int = 0
    missing: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
        every = 2 * self.right + self.extra + self.missing
        return 2 * self.right / every if every else 1.0


@dataclass
class Score:
    """Tallies by measure, and what was wrong in words."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    slips: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    def marks(self) -> dict[str, float]:
        """F1 by measure, in alphabetical order, with `overall`, their mean."""
        marks = {name: self.tallies[name].f1 for name in sorted(self.tallies)}
        return marks | {"overall": sum(marks.values()) / len(marks)}

    def one(self, name: str, right: bool, slip: str) -> None:
        """A single value compared."""
        self[name].right += right
        self[name].extra += not right
        self[name].missing += not right
        if not right:
            self.slips.append(f"{name}: {slip}")

    def pair(
        self, name: str, gold: list[Any], got: Iterable[Any], alike: Callable[[Any, Any], float]
    ) -> list[tuple[Any, Any]]:
        """Pairs rows, the most alike first (0 is unlike), counts them, and returns the pairs that count."""
        got = list(got)
        likeness = sorted(
            ((alike(g, o), -i, -j) for i, g in enumerate(gold) for j, o in enumerate(got)),
            key=lambda x: x,
            reverse=True,
        )
        of_gold: dict[int, int] = {}
        taken: set[int] = set()
        for strength, i, j in likeness:
            if strength > 0 and -i not in of_gold and -j not in taken:
                of_gold[-i] = -j
                taken.add(-j)
        pairs = []
        for i, g in enumerate(gold):
            if isinstance(g, dict) and g.get("optional"):
                continue
            if i in of_gold:
                self[name].right += 1
                pairs.append((g, got[of_gold[i]]))
            else:
                self[name].missing += 1
                self.slips.append(f"{name}: missing {_brief(g)}")
        for j, o in enumerate(got):
            # An optional row of the annotation may stand for several rows read.
            if j not in taken and not any(isinstance(g, dict) and g.get("optional") and alike(g, o) for g in gold):
                self[name].extra += 1
                self.slips.append(f"{name}: extra {_brief(o)}")
        return pairs


def score(pairs: Iterable[tuple[Row, Row]]) -> Score:
    """The score of readings against their annotations, given as (gold, output) JSON objects."""
    total = Score()
    for gold, output in pairs:
        _document(total, gold, output)
        _citations(total, gold, output)
        total.pair("targets", gold["targets"], output["targets"], _target)
        _tasks(total, gold, output)
        _duties(total, gold, output)
        names = [row["name"] for row in output["recipients"]]
        total.pair("recipients", gold["recipients"], names, lambda g, o: max(_common(x, o) for x in _any(g)) // 0.6)
        _budget(total, gold["budget"], output["budget"] or {"lines": [], "totals": {}})
        codes = {row["code"] for row in output["findings"]}
        for code in gold["findings"]:
            total.one("findings", code in codes, f"{code} not found")
        for code in gold.get("findings_absent", ()):
            total.one("findings", code not in codes, f"{code} found where there is none")
    return total


def gold_files() -> list[tuple[Path, Path]]:
    """(annotation, paper) of every annotated plan of ours."""
    return [
        (gold, next(p for p in PLANS.glob(gold.name.replace(".gold.json", ".*")) if p.suffix in (".txt", ".md")))
        for gold in sorted(PLANS.glob("*.gold.json"))
    ]


def shared_plans() -> list[Path]:
    """The annotations beside the project; none when they or their scorer are not there."""
    return sorted(SHARED.glob("plans/*.gold.json")) if (SHARED / "score.py").exists() else []


def shared_marks() -> dict[str, float]:
    """F1 of each measure over the plans beside the project, by the scorer beside them."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for gold in shared_plans():
            out = Path(folder) / gold.name
            out.write_text(to_json(read_plan(gold.with_name(gold.name.replace(".gold.json", ".txt")))), "utf-8")
            files += [str(gold), str(out)]
        if not files:
            return {}
        command = [sys.executable, str(SHARED / "score.py"), "--quiet", *files]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name.strip(): float(mark) for name, mark in re.findall(r"^(.+?) +F1 ([\d.]+)", done.stdout, re.M)}


def load(path: Path) -> Row:
    """A JSON object."""
    record: Row = json.loads(path.read_text("utf-8"))
    return record


def _brief(row: object) -> str:
    return (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False))[:140]


def _plain(value: object) -> str:
    words = _LABEL.sub("", unicodedata.normalize("NFC", str(value or "")).casefold())
    return _SIGNS.sub(" ", words).strip()


def _common(a: object, b: object) -> float:
    """Share of words in common (Jaccard)."""
    x, y = set(_plain(a).split()), set(_plain(b).split())
    return len(x & y) / len(x | y) if x | y else 1.0


def _agency(a: str, b: str) -> float:
    return float(_plain(a).removeprefix("các ") == _plain(b).removeprefix("các "))


def _any(gold: str | Row) -> list[str]:
    return [gold] if isinstance(gold, str) else gold["any"]


def _right(gold: Row, key: str, value: object) -> bool:
    return _plain(value) in [_plain(x) for x in (gold[key], *gold.get(f"{key}_also", ()))]


def _document(total: Score, gold: Row, output: Row) -> None:
    also = gold.get("document_also", {})
    for key, want in gold["document"].items():
        have = output["document"][key]
        if key == "title" and want:
            right = _common(want, have) >= 0.8
        elif isinstance(want, dict):
            right = all(value is None or _plain(value) == _plain((have or {}).get(k)) for k, value in want.items())
        else:
            right = _plain(have) in [_plain(x) for x in (want, *also.get(key, ()))]
        total.one("document", right, f"{key}: {have!r} for {want!r}")


def _citations(total: Score, gold: Row, output: Row) -> None:
    def alike(g: Row, o: Row) -> float:
        if g["number"] or o["number"]:
            return float(_plain(g["number"]) == _plain(o["number"]))
        return float(_common(g["title"], o["title"]) >= 0.6)

    for g, o in total.pair("citations", gold["citations"], output["citations"], alike):
        for key in ("kind", "date", "issuer"):
            if g[key]:
                total.one("citation fields", _right(g, key, o[key]), f"{g['number']} {key}: {o[key]!r} for {g[key]!r}")


def _target(g: Row, o: Row) -> float:
    if g["value"] != o["value"] or o["comparator"] not in (g["comparator"], *g.get("comparator_also", ())):
        return 0
    words = set(_plain(g["subject"]).split())
    share = len(words & set(_plain(o["subject"] + " " + o["text"]).split())) / len(words)
    return share + _common(g["subject"], o["subject"]) if share >= 0.6 else 0


def _tasks(total: Score, gold: Row, output: Row) -> None:
    def alike(g: Row, o: Row) -> float:
        likeness = max(_common(text, o["text"]) for text in (g["text"], *g.get("text_also", ())))
        return likeness if likeness >= 0.6 else 0

    for g, o in total.pair("tasks", gold["tasks"], output["tasks"], alike):
        if not g.get("lead_optional"):
            total.pair("leads", g["leads"], o["leads"], _agency)
        if not g.get("partner_optional"):
            total.pair("partners", g["partners"], o["partners"], _agency)
        if not g.get("due_optional"):
            total.one("due", _due(g, o["due"]), f"{g['text'][:50]}: {o['due']} for {g['due']}")
        if not g.get("kind_optional"):
            total.one("task kinds", g["kind"] == o["kind"], f"{g['text'][:50]}: {o['kind']}")
        total.one("requests", bool(g.get("requested")) == o["requested"], f"{g['text'][:50]}: {o['requested']}")
        total.pair(
            "places", g.get("places", []), o["places"] if g.get("places") else [], lambda a, b: _common(a, b) // 0.8
        )


def _due(gold: Row, have: Row | None) -> bool:
    want = gold["due"]
    if not want or not have:
        return not want and not have
    keys = {"by": ("date",), "window": ("start", "end")}.get(want["type"], ())
    same = have["type"] == want["type"] and all(have[k] == want[k] for k in keys)
    return same or have["type"] in gold.get("due_also", ())


def _duties(total: Score, gold: Row, output: Row) -> None:
    def alike(g: Row, o: Row) -> float:
        if any(g[key] != o[key] for key in ("kind", "month", "day")):
            return 0
        return 1 + sum(_agency(a, b) for key in ("reporters", "recipients") for a in g.get(key, ()) for b in o[key])

    for g, o in total.pair("reporting", gold["reporting"], output["reporting"], alike):
        for key in ("reporters", "recipients", "via"):
            if not g.get(f"{key}_optional"):
                total.pair("reporting who", g[key], o[key], _agency)


def _budget(total: Score, gold: Row | None, have: Row) -> None:
    def alike(g: Row, o: Row) -> float:
        return 2 * (g["code"] == o["code"]) + _common(g["title"], o["title"]) // 0.8

    for g, o in total.pair("budget lines", gold["lines"] if gold else [], have["lines"], alike):
        amounts = [[(a["year"], a["source"], a["amount"]) for a in row["amounts"]] for row in (g, o)]
        total.pair("budget amounts", *amounts, lambda a, b: float(a == b))
        if g["lead"]:
            total.one("budget leads", bool(_agency(g["lead"], o["lead"] or "")), f"{g['code']}: {o['lead']!r}")
    if gold:
        for key, want in gold["totals"].items():
            value = have["totals"].get(key)
            total.one("budget totals", value == want, f"{key}: {value} for {want}")
