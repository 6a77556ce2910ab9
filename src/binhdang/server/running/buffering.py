"""The web server's side of a slow line: requests come in whole before a thread takes them up, answers leave without one.

Granian's own WSGI side lends a thread to each request from its first byte to the last of the answer; a few forms that are never
finished would hold them all. Here the event loop takes a body in, to the disk where it is large, and an answer of some
size is handed over as a file. A thread works only while the pages do.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from binhdang.server.web.disks import has_no_room
from binhdang.server.web.watching import BEGUN

log = logging.getLogger(__name__)

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Any], Iterable[Any]]

_IN_MEMORY = 2**19  # bytes of a body or an answer that never touch the disk
_OPENED = 60.0  # seconds after which an answer's file has long been opened, and loses its name
_PLAIN = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Connection", "close"),
]
_NO_ROOM = "Máy chủ hết chỗ trống; hãy báo người quản trị."


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the server waits for: seconds for the next bytes, bytes a second over all, unfinished bodies at once."""

    idle: float = 30.0
    slowest: float = 2_000.0
    unfinished: int = 500
    unfinished_of_one: int = 100
    bytes_waiting: int = 2 * 2**30


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, headers, and a body in memory or in a file; `passing` is a file that goes when it has been opened."""

    status: int
    headers: Headers
    body: bytes = b""
    path: str = ""
    passing: bool = False


class Refusal(Exception):
    """A body that is not waited for any longer, or not begun with."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.answer = Answer(
            status, [*_PLAIN, ("Retry-After", "30")] if status == 503 else _PLAIN, f"{said}\n".encode()
        )


class Buffered:
    """A WSGI application, as granian's RSGI calls it. `most(headers)` is how many bytes a request with these may bring.

    `proxied` says that one address stands for all callers, so that none has a share of its own.
    """

    def __init__(
        self,
        application: Application,
        *,
        threads: int,
        folder: Path,
        most: Callable[[str], int],
        proxied: bool = False,
        bounds: Bounds | None = None,
    ) -> None:
        self._application, self._most, self._folder, self._proxied = application, most, folder, proxied
        self._bounds = bounds or Bounds()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._unfinished: Counter[str] = Counter()
        self._waiting = 0  # bytes announced by unfinished bodies

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answers one request."""
        if scope.proto != "http":
            protocol.close(404)
            return
        try:
            with await self._body(scope, protocol) as body:
                answer = await asyncio.get_running_loop().run_in_executor(
                    self._threads, self._work, environ_of(scope, body)
                )
        except Refusal as refusal:
            answer = refusal.answer
        if answer.path:
            protocol.response_file(answer.status, answer.headers, answer.path)
            if answer.passing:
                asyncio.get_running_loop().call_later(_OPENED, _forget, answer.path)
        elif answer.body:
            protocol.response_bytes(answer.status, answer.headers, answer.body)
        else:
            protocol.response_empty(answer.status, answer.headers)

    async def _body(self, scope: Any, protocol: Any) -> IO[bytes]:
        """The body, whole. Raises Refusal."""
        headers, caller = scope.headers, _host(scope.client)
        announced = headers.get("content-length", "")
        if not announced and "transfer-encoding" not in headers:
            return io.BytesIO()
        if announced and not announced.isdecimal():
            raise Refusal(400, "Độ dài dữ liệu gửi lên không đúng.")
        most = self._most(headers.get("cookie", ""))
        length = int(announced) if announced else most
        if length > most:
            raise Refusal(413, "Dữ liệu gửi lên quá lớn.")
        if (
            self._unfinished.total() >= self._bounds.unfinished
            or (not self._proxied and self._unfinished[caller] >= self._bounds.unfinished_of_one)
            or self._waiting + length > self._bounds.bytes_waiting
        ):
            raise Refusal(503, "Máy chủ đang nhận quá nhiều dữ liệu cùng lúc; hãy thử lại sau ít phút.")
        self._unfinished[caller] += 1
        self._waiting += length
        try:
            body = await self._taken_in(protocol, length)
            if announced and body.tell() != length:  # whoever sent it has gone
                body.close()
                raise Refusal(400, "Dữ liệu gửi lên bị cắt.")
            body.seek(0)
            return body
        finally:
            self._waiting -= length
            self._unfinished[caller] -= 1
            if not self._unfinished[caller]:
                del self._unfinished[caller]

    async def _taken_in(self, protocol: Any, length: int) -> IO[bytes]:
        body: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+b", dir=str(self._folder))  # noqa: SIM115  handed on
        try:
            await self._fill(body, protocol, length)
        except BaseException as e:
            body.close()
            if isinstance(e, TimeoutError):
                raise Refusal(408, "Dữ liệu gửi lên dừng giữa chừng.") from e
            if isinstance(e, OSError):
                log.error("no room for what is sent")  # noqa: TRY400  the trace would say nothing more
                raise Refusal(507, _NO_ROOM) from e
            raise
        return body

    async def _fill(self, body: IO[bytes], protocol: Any, length: int) -> None:
        now = asyncio.get_running_loop().time
        ends = now() + self._bounds.idle + length / self._bounds.slowest
        async with asyncio.timeout(self._bounds.idle) as patience:
            async for part in protocol:
                if body.tell() + len(part) > length:
                    raise Refusal(413, "Dữ liệu gửi lên quá lớn.")
                body.write(part)
                patience.reschedule(min(now() + self._bounds.idle, ends))

    def _work(self, environ: dict[str, Any]) -> Answer:
        """In a thread: asks the application and has its answer whole."""
        told: list[Any] = []

        def start(status: str, headers: Headers, exc_info: object = None) -> None:
            told[:] = int(status[:3]), headers

        body: Iterable[bytes] = ()
        try:
            body = self._application(environ, start)
            if isinstance(body, WholeFile) and (path := body.path):
                return Answer(told[0], told[1], path=path)
            kept, path = self._gathered(body)
            return Answer(told[0], told[1], kept, path, passing=bool(path))
        except Exception as e:
            log.exception("an answer broke off")
            if has_no_room(e):
                return Answer(507, _PLAIN, f"{_NO_ROOM}\n".encode())
            return Answer(500, _PLAIN, "Phần mềm vừa gặp trục trặc.\n".encode())
        finally:
            if close := getattr(body, "close", None):
                close()

    def _gathered(self, parts: Iterable[bytes]) -> tuple[bytes, str]:
        """The parts together: in memory, or in a file where they are many."""
        kept, size = [], 0
        rest = iter(parts)
        for part in rest:
            kept.append(part)
            size += len(part)
            if size > _IN_MEMORY:
                break
        else:
            return b"".join(kept), ""
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix="answer-", delete=False) as file:
            try:
                file.writelines(kept)
                file.writelines(rest)
            except BaseException:
                _forget(file.name)
                raise
        return b"", file.name


class WholeFile:
    """`wsgi.file_wrapper`: an open file as an answer, which the server can send by itself when it is a plain one."""

    def __init__(self, file: Any, block: int = 2**16) -> None:
        self._file, self._block = file, block

    @property
    def path(self) -> str:
        """Where the file lies, if all of it is the answer and it is worth another hand; else ""."""
        if not isinstance(self._file, io.BufferedReader) or not isinstance(self._file.name, str):
            return ""
        told = os.fstat(self._file.fileno())
        whole = self._file.tell() == 0 and told.st_size > _IN_MEMORY
        return str(Path(self._file.name).absolute()) if whole else ""

    def __iter__(self) -> WholeFile:
        return self

    def __next__(self) -> bytes:
        part: bytes = self._file.read(self._block)
        if not part:
            raise StopIteration
        return part

    def close(self) -> None:
        """The response's own end is in it: Django hangs it there."""
        self._file.close()


def environ_of(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    """The request as WSGI tells it. A name with an underscore is left out: it could pass for one that a proxy sets."""
    server, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _host(scope.client),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": WholeFile,
        BEGUN: time.perf_counter(),
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        told = environ.get(key)
        environ[key] = value if told is None else f"{told}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)
    body.seek(0, os.SEEK_END)
    environ["CONTENT_LENGTH"] = str(body.tell())
    body.seek(0)
    return environ


def _host(client: str) -> str:
    return client.rpartition(":")[0].strip("[]")


def _forget(path: str) -> None:
    Path(path).unlink(missing_ok=True)
