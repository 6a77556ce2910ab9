"""A kept file as an answer, in ranges, once the room that knows it has asked the policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from binhdang.server.files.actions import place_of
from binhdang.server.files.kinds import SHOWN
from binhdang.server.files.models import Content

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_STEP = 2**16


def answer(request: HttpRequest, content: Content, name: str) -> HttpResponseBase:
    """The content under a name: whole, one range of it, or 304. Shown only where a browser can do no harm with it.

    Raises FileNotFoundError when the bytes are not there.
    """
    path, etag = place_of(content.digest), f'"{content.digest}"'
    if request.headers.get("If-None-Match") == etag:
        return _dressed(HttpResponse(status=304), content, name, etag)
    wanted = request.headers.get("Range", "") if request.headers.get("If-Range", etag) == etag else ""
    found = _range(wanted, content.size)
    response: HttpResponseBase
    if found is None:
        response = FileResponse(path.open("rb"), content_type=content.media_type)
    elif found == (0, 0):
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{content.size}"
    else:
        start, end = found
        response = StreamingHttpResponse(_slice(path, start, end), status=206, content_type=content.media_type)
        response["Content-Range"] = f"bytes {start}-{end - 1}/{content.size}"
        response["Content-Length"] = str(end - start)
    return _dressed(response, content, name, etag)


def _dressed(response: HttpResponseBase, content: Content, name: str, etag: str) -> HttpResponseBase:
    shown = "inline" if content.media_type in SHOWN else "attachment"
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    response["Content-Disposition"] = f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"  # who may see it can change
    if content.media_type != "application/pdf":  # browsers' own viewers do not open in a sandbox
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _range(wanted: str, size: int) -> tuple[int, int] | None:
    """The range asked for, end not counted in; None for the whole, (0, 0) for one that lies outside."""
    m = _RANGE.fullmatch(wanted.strip())
    if m is None or not (m[1] or m[2]):
        return None  # several ranges and other units are answered with the whole
    if not m[1]:
        last = min(int(m[2]), size)
        return (size - last, size) if last else (0, 0)
    start, end = int(m[1]), min(int(m[2]) + 1, size) if m[2] else size
    return (start, end) if start < end else (0, 0)


def _slice(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0 and (part := file.read(min(_STEP, left))):
            left -= len(part)
            yield part
