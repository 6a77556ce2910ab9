"""A small application behind the buffer, for tests: its one thread would be held by the first slow line."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from binhdang.server.running.buffering import Bounds, Buffered

FOLDER = Path(os.environ.get("BUFFERED_PAGES", "/nowhere"))
BIG = 8 * 2**20


def pages(environ: dict[str, Any], start: Callable[[str, list[tuple[str, str]]], object]) -> Iterable[bytes]:
    """The digest of what was sent; eight megabytes made on the way, or lying in a file; a page that breaks."""
    match environ["PATH_INFO"]:
        case "/made":
            start("200 OK", [])
            return (b"x" * 2**16 for _ in range(BIG // 2**16))
        case "/lying":
            start("200 OK", [("Content-Length", str(BIG))])
            wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"]((FOLDER / "big").open("rb"))
            return wrapped
        case "/broken":
            raise ZeroDivisionError("secret")
        case path:
            start("200 OK", [("X-Path", path.encode("latin-1").decode().encode("ascii", "replace").decode())])
            return [hashlib.sha256(environ["wsgi.input"].read()).hexdigest().encode()]


application = Buffered(pages, threads=1, folder=FOLDER, most=lambda cookies: BIG, bounds=Bounds(idle=20.0))
