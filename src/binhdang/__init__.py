"""Reads Vietnam's gender-equality plans as they are issued.

    from binhdang import read_plan
    plan = read_plan("ke-hoach.docx")

The four names of `__all__` are the door; they are loaded when first asked for, so that the import itself is light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from binhdang.version import __version__

if TYPE_CHECKING:
    from binhdang.door import check_plan, read_plan
    from binhdang.plan import Plan

__all__ = ["Plan", "__version__", "check_plan", "read_plan"]

_ROOMS = {"Plan": "binhdang.plan", "check_plan": "binhdang.door", "read_plan": "binhdang.door"}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
