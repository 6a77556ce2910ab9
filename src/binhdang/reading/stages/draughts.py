"""A task in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from binhdang.paper import Span
from binhdang.plan import Due
from binhdang.reading.draft import Paragraph
from binhdang.reading.stages.nesting import Node
from binhdang.reading.stages.roles import Roles


@dataclass(slots=True)
class Draught:
    """A task in the making: the paragraphs of its text and what is known of it."""

    node: Node
    start: int
    end: int
    paragraphs: list[Paragraph]
    kind: str
    roles: Roles
    due: Due | None = None
    due_spans: list[Span] = field(default_factory=list)
    lead_spans: list[Span] = field(default_factory=list)
    partner_spans: list[Span] = field(default_factory=list)
    own_lead: bool = False
    places: list[str] = field(default_factory=list)
