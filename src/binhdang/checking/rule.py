"""A rule of the clerk: its name, its weight, and the function that looks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from binhdang.checking.case import Case
from binhdang.paper import Severity, Span


class Objection(NamedTuple):
    """What a rule found: the message, its place in the plan's text, and what to write instead."""

    message: str
    span: Span | None = None
    mend: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `code` is stable and has a page under docs/rules; `check` yields one objection a flaw."""

    code: str
    severity: Severity
    title_vi: str
    summary_vi: str
    summary_en: str
    check: Callable[[Case], Iterable[Objection]]
