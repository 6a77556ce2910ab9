"""What every test shares: random input's profiles, programs that may be missing, and a machine where nothing may."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from importlib.util import find_spec
from pathlib import Path

import hypothesis
import pytest

from binhdang.errors import MissingProgram
from binhdang.reading.intake import scan

CI = os.environ.get("CI", "").lower() not in ("", "0", "false")
LIMITS = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow], "derandomize": CI}
hypothesis.settings.register_profile("quick", max_examples=200, **LIMITS)
hypothesis.settings.register_profile("long", max_examples=10_000, **LIMITS)
hypothesis.settings.load_profile("quick")

SLOW = {"browser", "open_page", "needs_chromium", "needs_tesseract"}
SLOW_FILES = {"test_intake_scan.py"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fast", action="store_true", help="without the browser and the recogniser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--fast"):
        return
    slow = [i for i in items if SLOW & set(getattr(i, "fixturenames", ())) or i.path.name in SLOW_FILES]
    config.hook.pytest_deselected(items=slow)
    items[:] = [i for i in items if i not in slow]


@pytest.fixture
def even_time() -> Iterator[None]:
    """For a test that measures: the collector, whose share grows with all that earlier tests left, waits."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="session")
def needs_soffice() -> None:
    """For a test that LibreOffice has a part in."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed: script/bootstrap")


@pytest.fixture(scope="session")
def needs_chromium() -> None:
    """For a test that looks at a page."""
    if not Path("/usr/bin/chromium").exists() or find_spec("playwright") is None:
        pytest.skip("Chromium or playwright is not installed: script/bootstrap --test")


@pytest.fixture(scope="session")
def nginx() -> str:
    """The program, for a test behind the proxy."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        pytest.skip("nginx is not installed: script/bootstrap --test")
    return found


@pytest.fixture(scope="session")
def needs_tesseract() -> None:
    """For a test that reads pictures."""
    if find_spec("tesserocr") is None or find_spec("cv2") is None:
        pytest.skip("the scan extra is not installed: script/bootstrap")
    try:
        scan.engine()
    except MissingProgram as e:
        pytest.skip(str(e))


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """On a build machine a test that cannot run proves nothing, so it fails; an expected failure stays one."""
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{reason} (with CI set, nothing may be skipped)"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report
