"""The paper's text with the places of the plan's items: a click on a sentence leads to what it lays down."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from binhdang.paper import Mark, Span, segments
from binhdang.server.plans.models import Duty, Plan, Target, Task

_PARTS = {"task": "viec", "target": "chi-tieu", "duty": "bao-cao"}


def marked_text(plan: Plan) -> list[SafeString]:
    """The paragraphs; each sentence that lays something down is a link to it."""
    reading = plan.paper.reading
    text: str = reading.record["text"] if reading is not None else ""
    page = reverse("plans:plan", args=[plan.pk])
    found: list[list[str]] = []
    previous = -1
    for segment in segments(text, _marks(plan)):
        if text.rfind("\n", 0, segment.start) >= previous:
            found.append([])
        previous = segment.end
        words: str = escape(text[segment.start : segment.end])
        if segment.items:
            sort, _, pk = segment.items[0].partition(":")
            words = f'<a class="m {" ".join(segment.kinds)}" id="t{segment.start}" href="{page}?phan={_PARTS[sort]}#i-{pk}">{words}</a>'
        found[-1].append(words)
    return [mark_safe("".join(parts)) for parts in found]


def _marks(plan: Plan) -> Iterator[Mark]:
    for sort, model in (("task", Task), ("target", Target), ("duty", Duty)):
        rows = model._default_manager.filter(plan=plan, until=None)
        for pk, spans, evidence in rows.values_list("pk", "spans", "evidence"):
            for span in spans:
                yield Mark(Span(*span), f"{sort}:{pk}", sort)
            for span in evidence:
                yield Mark(Span(*span), f"{sort}:{pk}", "evidence")
