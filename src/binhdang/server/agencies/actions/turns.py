"""Acts that have to see what the others did before they check: they take turns."""

from __future__ import annotations

from django.db import connection

_KEY = 0x6D6170  # "map": PostgreSQL tells its locks by numbers


def take_turn() -> None:
    """Waits until no other transaction changes reporting lines or plans changes, and holds them up until this one ends.

    A ring can be closed by two who each lock other agencies, so the agencies' own rows are not enough. SQLite has one
    writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEY])
