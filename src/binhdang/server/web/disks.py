"""Whether an error comes of a full disk, wherever it was met."""

from __future__ import annotations

import errno


def has_no_room(error: BaseException | None) -> bool:
    """Whether the system or the database says, somewhere under this error, that the disk is full."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        # SQLite's own number, PostgreSQL's own state
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(error, "sqlstate", "") == "53100":
            return True
        error = error.__cause__ or error.__context__
    return False
