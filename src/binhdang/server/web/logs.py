"""What the log says, as lines for people or JSON for programs, and what it never says: names, addresses, words of a request.

Our own loggers speak in fixed sentences with ids. Libraries put paths, form values and keys of the database into theirs:
of them the template is kept without its values, and of an error its kind and the places that it passed.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.db import OperationalError

from binhdang.errors import BinhdangError

_TRUSTED = ("binhdang", "_granian", "granian")
_PLACES = 30  # of an error, the last ones


class JsonLine(logging.Formatter):
    """One JSON object a line: time, level, logger, message, further fields, error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return json.dumps(told(record), ensure_ascii=False, default=str)


class TextLine(logging.Formatter):
    """The same for people: `time LEVEL logger message name=value`, the places of an error below."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines."""
        fields = told(record)
        line = " ".join(str(fields.pop(name)) for name in ("time", "level", "logger", "message"))
        error = fields.pop("error", None)
        line += "".join(f" {name}={value}" for name, value in fields.items())
        return line if error is None else "\n  ".join([f"{line} {error['type']}", *error["at"]])


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What is written of a record; `extra={"told": {…}}` adds fields."""
    own = record.name.partition(".")[0] in _TRUSTED
    if own:
        message = record.getMessage()
    else:  # a message without arguments may have been put together already
        message = record.msg if record.args and isinstance(record.msg, str) else f"{record.module}:{record.lineno}"
    fields: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": message,
    }
    if request := getattr(record, "request", None):
        fields["id"] = getattr(request, "id", "")
    fields |= getattr(record, "told", {})
    if record.exc_info and record.exc_info[0] is not None:
        kind, error, trace = record.exc_info
        at = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-_PLACES:]]
        fields["error"] = {"type": f"{kind.__module__}.{kind.__qualname__}{_said(error)}", "at": at}
    return fields


def _said(error: BaseException | None) -> str:
    """What the system or the database itself says of its state; other errors' words may hold anybody's."""
    match error:
        case BinhdangError():
            return f": {error.code}"
        case OSError():
            return f": {error.strerror}"
        case OperationalError():
            return f": {error}"
        case _:
            return ""
