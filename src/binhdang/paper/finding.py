"""What a careful clerk would object to, or what the reader could not decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from binhdang.paper.span import Span


class Severity(StrEnum):
    """How much a finding matters: an error sends the paper back, a warning wants a look, info is for knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt or an objection, with its place.

    `code` is stable ("numbering.gap"), `message` Vietnamese; `span` a place in the plan's text, or None for the
    whole paper; `place` says it in words where a span cannot ("trang 2"); `mend` suggests what to write instead.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    place: str = ""
    mend: str = ""
