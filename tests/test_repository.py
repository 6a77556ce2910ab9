"""The repository holds what it promises: dependencies explained, the door, versions, commands, sizes, no left-overs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import binhdang
from binhdang.cli import arguments
from binhdang.cli.wording import Words

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "binhdang"
MODULES = sorted(SOURCE.rglob("*.py"))
WRITTEN = sorted(
    p
    for folder in ("src", "tests", "bench", "script", "docs", ".ci")
    for p in (ROOT / folder).rglob("*")
    if p.suffix in (".py", ".md", ".css", ".js", ".toml", "") and p.is_file() and "__pycache__" not in p.parts
)
LONG = 400  # lines of a module, from where its size is worth a look
BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_point_downwards() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)
    named = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(d for extra in project["project"]["optional-dependencies"].values() for d in extra),
        *(d for group in project["dependency-groups"].values() for d in group),
    ]
    silent = [d for d in named if not any(f'"{d}"' in line and re.search(r"#\s*\w", line) for line in text.split("\n"))]
    assert len(named) > 10
    assert silent == []


def test_the_lock_file_fits_the_project_and_names_the_public_index_only() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    sources = {registry for p in lock["package"] if (registry := p["source"].get("registry"))}
    assert len(sources) == 1 and next(iter(sources)).endswith("pypi.org/simple")
    locked = {p["name"]: p for p in lock["package"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[<>=\[; ]", d)[0].lower() for d in project["dependencies"]}
    assert names <= {d["name"] for d in locked["binhdang"]["dependencies"]}


def test_the_door_has_these_names() -> None:
    assert sorted(binhdang.__all__) == binhdang.__all__ == ["Plan", "__version__", "check_plan", "read_plan"]
    assert all(getattr(binhdang, name) is not None for name in binhdang.__all__)


def test_the_version_is_the_change_log_s_first() -> None:
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert versions[0] == binhdang.__version__


def test_nothing_is_left_for_later_in_the_code() -> None:
    words = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
    left = [
        f"{relative(p)}: {line.strip()}"
        for p in WRITTEN
        for line in p.read_text("utf-8").split("\n")
        if words.search(line)
    ]
    assert left == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [relative(p) for p in (ROOT / "src").rglob("*.py") if p.stem in BANNED or p.parent.name in BANNED] == []


def own_imports_inside_functions(code: str) -> list[int]:
    """Lines of imports of binhdang within a function's body."""
    return [
        node.lineno
        for function in ast.walk(ast.parse(code))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if (isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] == "binhdang"))
        or (isinstance(node, ast.Import) and any(a.name.split(".")[0] == "binhdang" for a in node.names))
    ]


def test_own_rooms_are_never_imported_inside_functions() -> None:
    assert own_imports_inside_functions("def f():\n    from binhdang import x\n    import json") == [2]
    found = [f"{relative(p)}:{n}" for p in MODULES for n in own_imports_inside_functions(p.read_text("utf-8"))]
    assert found == []


def test_the_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = arguments.parser(Words("vi"))._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    fenced = re.findall(r"^```(?:sh|console)\n(.*?)^```", readme, re.M | re.S)
    code = "\n".join([*fenced, *re.findall(r"`([^`\n]+)`", readme)])
    used = re.findall(r"^(?:\$ )?(?:\.venv/bin/)?binhdang ([a-z]+)(.*)", code, re.M)
    assert {name for name, _ in used} >= {"read", "check"}
    for name, options in used:
        assert name in commands, name
        known = commands[name]._option_string_actions  # type: ignore[index]
        assert [o for o in re.findall(r"--[a-z-]+", options.split("#")[0]) if o not in known] == []
    scripts = set(re.findall(r"script/[a-z]+", readme))
    assert scripts >= {"script/bootstrap", "script/demo", "script/test"}
    assert [s for s in scripts if not (ROOT / s).stat().st_mode & 0o100] == []


def test_the_readme_shows_real_output() -> None:
    """script/readme.py puts it there."""
    done = subprocess.run([sys.executable, ROOT / "script" / "readme.py", "--check"], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "GLOSSARY.md", "SECURITY.md", "docs/README.md"])
def test_links_lead_somewhere(page: str) -> None:
    path = ROOT / page
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_sample_papers_are_small() -> None:
    sizes = {p.name: p.stat().st_size for p in (ROOT / "samples").iterdir() if p.is_file()}
    assert len(sizes) >= 4
    assert {name: size for name, size in sizes.items() if size > 600_000} == {}


def test_sizes_of_modules_are_looked_at() -> None:
    """A long module is a smell to look at in review, not a failure; the list shows with `pytest -rP`."""
    lengths = {relative(p): len(p.read_text("utf-8").split("\n")) for p in MODULES}
    for name, length in sorted(lengths.items(), key=lambda row: -row[1]):
        if length > LONG:
            print(f"{length:5} lines  {name}")
    assert max(lengths.values()) < 2 * LONG
