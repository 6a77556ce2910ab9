"""One story played against the trial server over HTTP, as people would: who may comes in and works, who may not is told why."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

from binhdang.errors import BinhdangError
from binhdang.server.audit.sealing import seal, verify
from binhdang.server.running.demo import Demo

_PATIENCE = 60  # seconds for the server to come up

Say = Callable[[str], object]


class Page(NamedTuple):
    """What came back."""

    status: int
    url: str
    text: str


class Visitor:
    """Somebody with a browser."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open

    def get(self, path: str) -> Page:
        """Looks at a page."""
        return self._fetch(Request(self.address + path))

    def send(self, path: str, **fields: str) -> Page:
        """Fills a page's form in and sends it."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).text)
        if token is None:
            raise StoryError(f"{path} không có biểu mẫu.")
        body = urlencode(fields | {"csrfmiddlewaretoken": token[1]}).encode()
        return self._fetch(Request(self.address + path, data=body, headers={"Referer": self.address + path}))

    def _fetch(self, request: Request) -> Page:
        try:
            with self._open(request, timeout=_PATIENCE) as answer:
                return Page(answer.status, answer.url, answer.read().decode())
        except HTTPError as refused:
            return Page(refused.code, refused.url or "", refused.read().decode())


class StoryError(BinhdangError):
    """The story did not go as it should."""

    code = "demo.story"


def play(demo: Demo, *, log: Path, say: Say) -> None:
    """Starts the server, whose words go to `log`, plays, and ends it. Raises StoryError where something does not go as it should."""
    with _served(log) as address:
        say(f"Máy chủ chạy ở {address}; câu chuyện:")
        stranger = Visitor(address)
        _told(say, "người lạ được đưa đến trang đăng nhập", "/tai-khoan/login/" in stranger.get("/").url)
        lead = _signed_in(demo, address, "daumoi")
        _told(say, "đầu mối chương trình đăng nhập", lead.get("/").status == 200)
        _told(
            say,
            "tìm được xã không cần gõ dấu",
            "Đồng Kỳ" in lead.get("/don-vi/tim/?" + urlencode({"tim": "dong ky"})).text,
        )
        _told(say, "xem được danh sách người của cơ quan mình", "Trần Quốc Bảo" in lead.get("/nguoi-dung/").text)
        commune = _signed_in(demo, address, "xa1")
        refused = commune.get("/nguoi-dung/them/")
        _told(say, "công chức xã không được lập tài khoản, và được nói vì sao", refused.status == 403)
        wrong = Visitor(address).send("/tai-khoan/login/", login="daumoi", password="khong-phai-mat-khau")
        _told(say, "mật khẩu sai bị từ chối", "/tai-khoan/login/" in wrong.url)
        seal()
        verdict = verify()
        _told(say, f"nhật ký nguyên vẹn: {verdict.sealed} sự kiện", not verdict.broken and verdict.sealed > 0)


def _told(say: Say, what: str, so: bool) -> None:
    if not so:
        raise StoryError(f"Không như mong đợi: {what}.", hint="Hãy báo lại kèm các dòng trên.")
    say(f"  ✓ {what}")


def _signed_in(demo: Demo, address: str, username: str) -> Visitor:
    visitor = Visitor(address)
    page = visitor.send("/tai-khoan/login/", login=username, password=demo.password)
    if "/tai-khoan/login/" in page.url:
        raise StoryError(f"{username} không đăng nhập được.", hint="Tài khoản thử có thể đã bị đổi mật khẩu.")
    return visitor


@contextmanager
def _served(log: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    argv = [sys.executable, "-m", "django", "serve", "--port", str(port), "--workers", "1"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "binhdang.server.settings"}
    address = f"http://127.0.0.1:{port}"
    with (
        log.open("ab") as words,
        subprocess.Popen(argv, env=environment, stdout=subprocess.DEVNULL, stderr=words) as server,
    ):
        try:
            _wait(address, server)
            yield address
        finally:
            server.terminate()


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise StoryError("Máy chủ không khởi động được.", hint="Hãy xem server.log trong thư mục dữ liệu.")
