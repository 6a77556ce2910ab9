"""What a province does on its first day, in a browser, against the server as it is started for real."""

from __future__ import annotations

import base64
import hmac
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
COMMAND = str(Path(sys.executable).with_name("binhdang"))
PASSWORD = "con đò qua sông Cầu"
STARTING = 60  # seconds

Visit = Callable[[], "Page"]


@pytest.fixture(scope="module")
def browser(needs_chromium: None) -> Iterator[Browser]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """An installation with the map of units, served as `binhdang serve` does; its address."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("BINHDANG_", "DJANGO_"))}
    environment["BINHDANG_FOLDER"] = str(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    argv = [COMMAND, "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(argv, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + STARTING
            while True:
                try:
                    urlopen(f"{address}/readyz", timeout=5).close()
                    break
                except (URLError, OSError):
                    assert server.poll() is None and time.monotonic() < until, "the server does not start"
                    time.sleep(0.2)
            subprocess.run([COMMAND, "load-units"], env=environment, check=True, stdout=subprocess.DEVNULL)
            yield address
        finally:
            server.send_signal(signal.SIGINT)


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Opens the installation in a fresh browser; a complaint of the browser about a page fails the test."""
    complaints: list[str] = []
    with served(tmp_path / "data") as address:

        def opened() -> Page:
            page = browser.new_context(base_url=address, locale="vi-VN").new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda m: complaints.append(m.text) if "Content Security Policy" in m.text else None)
            return page

        yield opened
        for context in browser.contexts:
            context.close()
    assert complaints == []


def press(page: Page, name: str) -> None:
    """The button or link of this name in the page's content, which leads to another page."""
    content = page.locator("main")
    button, link = (content.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
    with page.expect_navigation():
        button.or_(link).first.click()


def code_of(secret: str, moment: float) -> str:
    """The six digits that an authenticator shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(moment) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def found(page: Page, folder: Path) -> None:
    """The first page of all: the setup code makes the administrator."""
    page.goto("/")
    assert page.url.endswith("/nguoi-dung/khoi-dau/")
    page.get_by_label("Mã khởi đầu").fill((folder / "setup.code").read_text())
    page.get_by_label("Họ và tên").fill("Đỗ Minh Khôi")
    page.get_by_label("Tên đăng nhập").fill("khoi")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    press(page, "Tạo người quản trị")
    assert page.title().startswith("Việc của tôi")
    assert not (folder / "setup.code").exists()


def add_agency(page: Page, province: str, name: str) -> None:
    page.goto("/don-vi/")
    press(page, province)
    press(page, "Thêm cơ quan")
    page.get_by_label("Tên", exact=False).first.fill(name)
    press(page, "Thêm cơ quan")
    assert page.get_by_role("heading", name=name).count()


def test_from_the_first_start_to_the_first_officer_with_a_second_factor(visit: Visit, tmp_path: Path) -> None:
    admin = visit()
    found(admin, tmp_path / "data")
    add_agency(admin, "Tỉnh Bắc Ninh", "Sở Nội vụ tỉnh Bắc Ninh")

    admin.goto("/nguoi-dung/them/")
    admin.get_by_label("Họ và tên").fill("Nguyễn Thị Thu Hà")
    admin.get_by_label("Tên đăng nhập").fill("thuha")
    press(admin, "Thêm người")
    press(admin, "Cử giữ nhiệm vụ")
    admin.get_by_label("Vai trò").select_option("programme_lead")
    admin.get_by_label("Cơ quan").fill("Sở Nội vụ tỉnh Bắc Ninh")
    press(admin, "Cử")
    assert "Đầu mối chương trình" in admin.locator("main").inner_text()
    press(admin, "Tạo liên kết mời")
    link = admin.get_by_label("Liên kết").input_value()

    officer = visit()
    officer.goto(link)
    for field in officer.locator("input[type=password]").all():
        field.fill(PASSWORD)
    press(officer, "Đặt mật khẩu và vào")
    assert "Nguyễn Thị Thu Hà" in officer.locator("header.bar").inner_text()
    officer.goto("/tai-khoan/2fa/totp/activate/")
    officer.locator("input[name=password]").fill(PASSWORD)  # so that nobody at an unlocked screen adds a key of theirs
    press(officer, "Xác nhận")
    secret = officer.locator(".secret").inner_text().strip()
    officer.get_by_label("Mã 6 chữ số").fill(code_of(secret, time.time()))
    press(officer, "Bắt đầu dùng")
    assert "/2fa/" in officer.url

    again = visit()
    again.goto("/tai-khoan/login/")
    again.locator("input[name=login]").fill("thuha")
    again.locator("input[name=password]").fill(PASSWORD)
    press(again, "Đăng nhập")
    assert "/2fa/authenticate/" in again.url  # the password alone is not enough
    again.goto("/nguoi-dung/")
    assert "/2fa/authenticate/" in again.url  # and opens no other page
    time.sleep(30 - time.time() % 30 + 0.5)  # a code is taken once
    again.locator("input[name=code]").fill(code_of(secret, time.time()))
    press(again, "Đăng nhập")
    assert again.title().startswith("Việc của tôi")

    stale = visit()
    stale.goto(link)
    assert stale.locator("input[type=password]").count() == 0  # the invitation was used


def test_a_merger_is_entered_previewed_withdrawn_entered_again_and_takes_effect(visit: Visit, tmp_path: Path) -> None:
    admin = visit()
    found(admin, tmp_path / "data")
    for name in ("Sở Một", "Sở Hai"):
        add_agency(admin, "Tỉnh Bắc Ninh", name)
    for round_ in ("withdrawn", "done"):
        admin.goto("/don-vi/co-quan/")
        admin.locator("main").get_by_role("link", name="Sở Một").first.click()
        press(admin, "Ghi thay đổi")
        _enter_merger(admin)
        told = admin.locator("main").inner_text()
        assert "Sở Một Hai" in told and "05/NQ-HĐND" in told
        if round_ == "withdrawn":
            press(admin, "Rút thay đổi")
            admin.get_by_label("Lý do rút").fill("Nhập nhầm ngày")
            press(admin, "Rút thay đổi")
            assert "Nhập nhầm ngày" in admin.locator("main").inner_text()
        else:
            press(admin, "Thực hiện")
            press(admin, "Thực hiện")
    admin.goto("/don-vi/co-quan/?tim=so+mot")
    assert "Sở Một Hai" in admin.locator("main").inner_text()
    admin.locator("main").get_by_role("link", name="Sở Một Hai").first.click()
    story = admin.locator("main").inner_text()
    assert "Sở Hai" in story and "05/NQ-HĐND" in story


def _enter_merger(page: Page) -> None:
    """Step by step: the kind, the two that merge, their new name, the decree; its day is today."""
    page.locator("input[name=loai][value=merge]").check()
    press(page, "Tiếp tục")
    page.get_by_label("Tìm theo tên").fill("so hai")
    press(page, "Tìm")
    press(page, "Thay đổi")
    page.locator("input[name=moi0-name]").fill("Sở Một Hai")
    page.locator("input[name=decree]").fill("05/NQ-HĐND")
    page.locator("input[name=on]").fill(date.today().isoformat())
    press(page, "Ghi thay đổi và xem trước")
