"""The commands that run an installation. They are the server's own; here they only get their arguments and their errors."""

from __future__ import annotations

import argparse
import os
from importlib.util import find_spec

from binhdang.errors import BinhdangError, MissingProgram

COMMANDS = frozenset({"serve", "demo", "load-units", "audit", "backup", "restore"})


def run(asked: argparse.Namespace) -> int:
    """Runs one of COMMANDS and returns its status. Raises BinhdangError: MissingProgram, ConfigurationError."""
    if find_spec("django") is None:
        raise MissingProgram(
            "Chạy máy chủ cần các thư viện của phần server.", hint='Hãy cài: pip install "binhdang[server]".'
        )
    # Heavy, and not installed everywhere: only these commands need it.
    import django
    from django.core.management import call_command
    from django.core.management.base import CommandError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binhdang.server.settings")
    if asked.command == "demo":
        os.environ["BINHDANG_FOLDER"] = str(asked.folder)
    django.setup()
    options = {name: value for name, value in vars(asked).items() if name in _OPTIONS and value is not None}
    try:
        call_command(asked.command.replace("-", "_"), *([asked.task] if asked.command == "audit" else []), **options)
    except CommandError as e:
        raise BinhdangError(str(e), code="command") from e
    return 0


_OPTIONS = frozenset(
    {"port", "address", "workers", "jobs", "heads", "target", "recipient", "new_key", "archive", "identity"}
)
