"""Where granian finds the application: WSGI's, behind a buffer against slow lines."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from binhdang.server.running.buffering import Buffered
from binhdang.server.web import counts
from binhdang.server.web.bounds import most
from binhdang.server.wsgi import application as pages

THREADS = 8
"""Of a worker: while one waits for the database or the disk, others work."""


def _most(cookies: str) -> int:
    return most(has_session=f"{settings.SESSION_COOKIE_NAME}=" in cookies)


counts.folder().mkdir(mode=0o700, exist_ok=True)
reverse("living")  # the pages are imported now, not while the first visitor waits

application = Buffered(
    pages,
    threads=THREADS,
    folder=counts.folder(),
    most=_most,
    proxied=settings.CONFIGURATION.proxies > 0,
)
