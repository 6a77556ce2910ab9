"""Slow and unfinished lines cost no thread: what comes in is waited for, and what goes out is sent, beside the pages."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from buffered_pages import BIG, pages

from binhdang.server.running.buffering import Bounds, Buffered, environ_of

SERVE = (
    "import sys\nfrom granian import Granian\n"
    "Granian('buffered_pages:application', port=int(sys.argv[1]), interface='rsgi', log_enabled=False).serve()\n"
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The small application, served with one thread."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "big").write_bytes(b"y" * BIG)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "BUFFERED_PAGES": str(folder)}
    with subprocess.Popen([sys.executable, "-c", SERVE, str(port)], env=environment) as server:
        try:
            until = time.monotonic() + 30
            while True:
                with socket.socket() as probe:
                    if not probe.connect_ex(("127.0.0.1", port)):
                        break
                assert server.poll() is None and time.monotonic() < until
                time.sleep(0.05)
            yield port
        finally:
            server.terminate()


def asked(port: int, path: str = "/", body: bytes | None = None) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("POST" if body else "GET", path, body)
    answer = line.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        line.close()


def half_sent(port: int, body: bytes) -> socket.socket:
    """A form of which half has come."""
    line = socket.create_connection(("127.0.0.1", port), timeout=10)
    line.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body[: len(body) // 2])
    return line


def half_read(port: int, path: str) -> socket.socket:
    """An answer of which the beginning has been taken, by somebody with little room for more."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.settimeout(10)
    line.connect(("127.0.0.1", port))
    line.sendall(b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % path.encode())
    assert line.recv(12) == b"HTTP/1.1 200"
    return line


def rest(line: socket.socket) -> bytes:
    parts = []
    while part := line.recv(2**16):
        parts.append(part)
        if b"".join(parts[-2:]).endswith(b"y" * 4) and sum(map(len, parts)) > BIG:
            break
    return b"".join(parts)


def test_forty_unfinished_forms_and_ten_slow_readers_hold_nobody_up(port: int) -> None:
    body = b"z" * 400
    forms = [half_sent(port, body) for _ in range(40)]
    readers = [half_read(port, path) for path in ("/made", "/lying") for _ in range(5)]
    for _ in range(5):
        began = time.monotonic()
        assert asked(port)[0] == 200
        assert asked(port, body=b"b" * 2**20) == (200, hashlib.sha256(b"b" * 2**20).hexdigest().encode())
        assert time.monotonic() - began < 5
    forms[-1].sendall(body[200:])
    assert hashlib.sha256(body).hexdigest().encode() in forms[-1].recv(4096)
    assert rest(readers[-1]).count(b"y") >= BIG
    for line in (*forms, *readers):
        line.close()


@pytest.mark.parametrize(("path", "letter"), [("/made", b"x"), ("/lying", b"y")])
def test_a_large_answer_comes_whole(port: int, path: str, letter: bytes) -> None:
    assert asked(port, path) == (200, letter * BIG)


def test_a_large_body_comes_whole_through_the_disk(port: int) -> None:
    body = os.urandom(3 * 2**20)
    assert asked(port, body=body) == (200, hashlib.sha256(body).hexdigest().encode())


def test_an_application_that_breaks_is_answered_for(port: int) -> None:
    status, said = asked(port, "/broken")
    assert (status, b"secret" in said) == (500, False)


class Line:
    """A request as granian tells it; `None` in the parts is a wait without end."""

    proto, method, path, query_string, http_version, scheme = "http", "POST", "/", "", "1.1", "http"
    server, authority = "[::1]:8000", None

    def __init__(self, *parts: bytes | None, client: str = "10.0.0.7:40000", **headers: str) -> None:
        self.parts, self.client, self.answer = parts, client, (0, b"")
        self.headers = {name.replace("__", "-"): value for name, value in headers.items()}

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self.parts:
            if part is None:
                await asyncio.sleep(60)
            yield part or b""

    def response_bytes(self, status: int, headers: object, body: bytes) -> None:
        self.answer = (status, body)


BOUNDS = Bounds(idle=0.1, slowest=100.0, unfinished=3, unfinished_of_one=2, bytes_waiting=5_000)


def answers(folder: Path, *lines: Line, **settings: Any) -> list[int]:
    """The statuses of requests that come at once."""
    served = Buffered(
        pages, threads=2, folder=folder, most=lambda cookies: 9_000 if cookies else 100, bounds=BOUNDS, **settings
    )

    async def all_at_once() -> None:
        await asyncio.gather(*(served.__rsgi__(line, line) for line in lines))

    asyncio.run(all_at_once())
    return [line.answer[0] for line in lines]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (Line(b"a" * 50, content__length="50"), 200),
        (Line(b"a" * 25, b"b" * 25, content__length="50"), 200),
        (Line(b"a" * 50, transfer__encoding="chunked"), 200),
        (Line(b"a" * 500, content__length="500", cookie="sessionid=x"), 200),
        (Line(b"a" * 500, content__length="500"), 413),  # before a byte of it is taken
        (Line(b"a" * 60, b"a" * 60, transfer__encoding="chunked"), 413),  # as it turns out on the way
        (Line(b"a" * 60, content__length="50"), 413),
        (Line(b"a" * 40, content__length="50"), 400),  # whoever sent it has gone
        (Line(content__length="-1"), 400),
        (Line(b"a", None, content__length="50"), 408),
    ],
)
def test_what_a_body_may_be(tmp_path: Path, line: Line, status: int) -> None:
    assert answers(tmp_path, line) == [status]


def test_one_address_has_a_share_and_all_have_a_bound(tmp_path: Path) -> None:
    def waiting(client: str, length: int = 50) -> Line:
        return Line(None, client=client, content__length=str(length), cookie="sessionid=x")

    one, two, three = (f"10.0.0.{n}:4000" for n in (7, 8, 9))
    assert answers(tmp_path, *(waiting(one) for _ in range(3))) == [408, 408, 503]
    assert answers(tmp_path, *(waiting(who) for who in (one, one, two, three))) == [408, 408, 408, 503]
    assert answers(tmp_path, *(waiting(one) for _ in range(4)), proxied=True) == [408, 408, 408, 503]
    assert answers(tmp_path, waiting(one, 4_000), waiting(two, 4_000)) == [408, 503]  # of bytes that the disk must hold
    page = Line(client=one)
    assert answers(tmp_path, waiting(one), waiting(one), page) == [408, 408, 200]  # who sends nothing is served


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    body = b"a" * 2**20
    served = Buffered(pages, threads=1, folder=tmp_path / "gone", most=lambda cookies: 2**21)
    line = Line(body, content__length=str(len(body)))
    asyncio.run(served.__rsgi__(line, line))
    assert line.answer[0] == 507


def test_the_request_is_told_as_wsgi_tells_it(tmp_path: Path) -> None:
    scope = SimpleNamespace(
        method="GET",
        path="/đơn-vị/",
        query_string="tim=b%E1%BA%AFc",
        server="[::1]:8000",
        client="[fe80::7]:40000",
        scheme="http",
        http_version="1.1",
        authority=None,
        headers=SimpleNamespace(
            items=lambda: [
                ("host", "binhdang.example.vn"),
                ("cookie", "a=1"),
                ("cookie", "b=2"),
                ("x-forwarded-for", "10.0.0.1"),
                ("x-forwarded-for", "10.0.0.2"),
                ("x_forwarded_for", "6.6.6.6"),
                ("content-type", "text/plain"),
            ]
        ),
    )
    with (tmp_path / "body").open("w+b") as body:
        body.write(b"xyz")
        told = environ_of(scope, body)
    assert told["PATH_INFO"].encode("latin-1").decode() == "/đơn-vị/"
    assert (told["SERVER_NAME"], told["SERVER_PORT"], told["REMOTE_ADDR"]) == ("::1", "8000", "fe80::7")
    assert (told["HTTP_COOKIE"], told["HTTP_X_FORWARDED_FOR"]) == ("a=1; b=2", "10.0.0.1,10.0.0.2")
    assert (told["CONTENT_LENGTH"], told["CONTENT_TYPE"], told["HTTP_HOST"]) == (
        "3",
        "text/plain",
        "binhdang.example.vn",
    )


def test_an_answer_that_finds_no_room_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    def full(environ: object, start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        yield b"x" * 2**20
        raise OSError(28, "No space left on device")

    line = Line()
    asyncio.run(Buffered(full, threads=1, folder=tmp_path, most=lambda cookies: 0).__rsgi__(line, line))
    assert line.answer[0] == 507
    assert list(tmp_path.iterdir()) == []
