"""What the room's commands say where the database does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError


@contextmanager
def reached() -> Iterator[None]:
    """Turns a database without its tables, or that is not there, into words with what to do."""
    try:
        yield
    except DatabaseError as e:
        raise CommandError(
            f"Cơ sở dữ liệu không nhận lệnh này ({type(e).__name__}). Nếu chưa từng chạy máy chủ, hãy chạy “binhdang serve” "
            "một lần để lập các bảng; nếu đã chạy, hãy xem lại BINHDANG_FOLDER và BINHDANG_DATABASE."
        ) from e
