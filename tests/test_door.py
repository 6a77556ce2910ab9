"""The door: four names, light to open, and the way from a file to a checked plan."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import binhdang
import hand_plan
from binhdang import checking, door, reading
from binhdang.errors import FileNotFound, InvalidPlan
from binhdang.paper import Finding, Severity, Source
from binhdang.plan import Plan, to_json
from binhdang.reading import intake

SOURCE = Source("ke-hoach.docx", "0f" * 32, "docx", ())
NEW = Finding("layout.margin", Severity.WARNING, "Lề trái hẹp hơn 30 mm.")
PARENT = replace(hand_plan.PLAN, source="cap-tren.docx")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """The rooms behind the door replaced by ones that note how they were called."""
    noted: list[tuple[object, ...]] = []

    def take_in(path: Path, *, limit: int = 0) -> Source:
        noted.append(("take_in", path))
        return replace(SOURCE, name=path.name)

    def read(source: Source) -> Plan:
        noted.append(("read", source.name))
        return PARENT if source.name == "cap-tren.docx" else hand_plan.PLAN

    def check(plan: Plan, *, source=None, against=None, off=()) -> tuple[Finding, ...]:  # type: ignore[no-untyped-def]
        noted.append(("check", plan, source, against, off))
        return (NEW, hand_plan.FINDINGS[1])

    monkeypatch.setattr(intake, "take_in", take_in, raising=False)
    monkeypatch.setattr(reading, "read", read, raising=False)
    monkeypatch.setattr(checking, "check", check)
    return noted


def test_the_door_has_four_names() -> None:
    assert binhdang.__all__ == ["Plan", "__version__", "check_plan", "read_plan"]
    assert binhdang.Plan is Plan
    assert binhdang.read_plan is door.read_plan
    assert binhdang.check_plan is door.check_plan
    assert set(binhdang.__all__) <= set(dir(binhdang))


def test_another_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="read_everything"):
        _ = binhdang.read_everything  # type: ignore[attr-defined]


def test_the_import_loads_neither_reader_nor_file_libraries() -> None:
    script = (
        "import sys, time; t = time.perf_counter(); import binhdang; took = time.perf_counter() - t\n"
        "print(took); print(*[m for m in sys.modules if m.split('.')[0] in {'docx', 'lxml', 'rich', 'pypdfium2'}"
        " or m.startswith('binhdang.')])"
    )
    took, loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert loaded.split() == ["binhdang.version"]
    assert float(took) < 0.15


@pytest.mark.parametrize("given", ["ke-hoach.docx", Path("ke-hoach.docx"), SOURCE])
def test_reading_takes_a_path_or_a_source(calls: list[tuple[object, ...]], given: str | Path | Source) -> None:
    plan = binhdang.read_plan(given)
    assert ("take_in" in [c[0] for c in calls]) == (not isinstance(given, Source))
    assert plan.findings == (hand_plan.FINDINGS[0], NEW, hand_plan.FINDINGS[2], hand_plan.FINDINGS[1])
    assert replace(plan, findings=()) == replace(hand_plan.PLAN, findings=())


def test_checking_a_path_hands_on_source_parent_and_what_is_off(calls: list[tuple[object, ...]]) -> None:
    found = binhdang.check_plan("ke-hoach.docx", against="cap-tren.docx", off=["task", "document.number-missing"])
    assert [f.code for f in found] == ["layout.margin", "numbering.duplicate"]
    _, plan, source, against, off = calls[-1]
    assert (plan, source, against) == (hand_plan.PLAN, SOURCE, PARENT)
    assert off == {"task", "document.number-missing"}


def test_checking_a_plan_reads_nothing(calls: list[tuple[object, ...]]) -> None:
    assert NEW in binhdang.check_plan(hand_plan.PLAN)
    assert [c[0] for c in calls] == ["check"]


def test_a_plans_json_is_as_good_as_its_paper(calls: list[tuple[object, ...]], tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.json"
    path.write_text(to_json(hand_plan.PLAN), encoding="utf-8")
    assert len(binhdang.check_plan(path)) == 4
    assert [c[:2] for c in calls] == [("check", hand_plan.PLAN)]


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"schema": "1"}', "[" * 100_000, '{"schema": NaN}', "\ufffe"])
def test_json_of_another_kind_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidPlan):
        door.open_plan(path)


def test_a_missing_json_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFound, match="thieu"):
        door.open_plan(tmp_path / "thieu.json")


def test_the_clerk_takes_part_in_the_reading() -> None:
    """The real rules on the hand plan: both findings it was given stay."""
    found = binhdang.check_plan(hand_plan.PLAN)
    assert set(hand_plan.FINDINGS) <= set(found)
