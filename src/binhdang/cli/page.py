"""One self-contained page: the paper's text beside what was read from it. Nothing is fetched, everything is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from importlib.resources import files

from binhdang.cli import formats
from binhdang.cli.marks import PARTS, Item, items, segments
from binhdang.cli.wording import Words
from binhdang.paper import Segment
from binhdang.plan import Plan
from binhdang.version import __version__

_HEADINGS = {"section", "objective", "project", "subproject", "content", "model", "solution", "phase", "appendix"}
_HEADING = 120  # characters; a longer paragraph that opens a section is read as text
_SHAPES = (*PARTS, "evidence")  # what the legend explains


def render(plan: Plan, words: Words, today: date) -> str:
    """The page as HTML text. It reads without JavaScript; with it, text and items point at each other.

    `today` (in Vietnam) is what relative words beside near dues count from.
    """
    style, script = (files("binhdang.cli").joinpath(name).read_text("utf-8") for name in ("page.css", "page.js"))
    every = list(items(plan, words, today))
    cut = segments(plan.text, every)
    targets = _first_places(cut)
    title = plan.document.title or words("title-missing")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    return "".join(
        (
            f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="referrer" content="no-referrer">\n',
            f"<title>{_text(formats.identity(plan.document, words))}</title>\n<style>{style}</style>\n</head>\n<body>\n",
            f'<a class="skip" href="#items">{_text(words("skip"))}</a>\n',
            _head(plan, title, words),
            '<main>\n<section id="text" class="pane" tabindex="-1" lang="vi" ',
            f'aria-label="{_text(words("text"))}">\n{_legend(words)}<div class="paper">\n',
            *_paper(plan, cut, words),
            '</div>\n</section>\n<section id="items" class="pane" tabindex="-1" ',
            f'aria-label="{_text(words("items"))}">\n{_tabs(every, words)}<div class="lists">\n',
            *(_part(part, [i for i in every if i.part == part], targets, words) for part in PARTS),
            f'</div>\n<p id="said" class="unseen" aria-live="polite"></p>\n</section>\n</main>\n{_foot(plan, words)}',
            f"<script>{script}</script>\n</body>\n</html>\n",
        )
    )


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _text(value: object) -> str:
    # A lone surrogate, from a file name or a hand-made JSON, has no place in UTF-8.
    return escape(formats.printable(str(value)).encode("utf-8", "replace").decode())


def _head(plan: Plan, title: str, words: Words) -> str:
    document = plan.document
    facts = [document.issuer or "", formats.days(document.period)]
    line = " · ".join(_text(fact) for fact in facts if fact)
    return (
        f'<header>\n<p class="identity">{_text(formats.identity(document, words))}</p>\n<h1>{_text(title)}</h1>\n'
        f'<p class="issuer">{line}</p>\n<p class="keys">{_text(words("keys"))}</p>\n</header>\n'
    )


def _foot(plan: Plan, words: Words) -> str:
    return f"<footer>{_text(words('made-by', version=__version__, name=plan.source or '–'))}</footer>\n"


def _legend(words: Words) -> str:
    marks = "".join(
        f'<li><mark class="m {shape}">{_text(words(shape))}</mark></li>' for shape in _SHAPES if shape != "findings"
    )
    weights = "".join(f'<li><mark class="m {w}">{_text(words(w))}</mark></li>' for w in ("error", "warning", "info"))
    return f'<details class="legend"><summary>{_text(words("legend"))}</summary><ul>{marks}{weights}</ul></details>\n'


def _first_places(cut: Iterable[Segment]) -> dict[str, int]:
    """Where each item's words begin, as the id of the first segment that carries it."""
    places: dict[str, int] = {}
    for segment in cut:
        for name in segment.items:
            places.setdefault(name, segment.start)
    return places


def _paper(plan: Plan, cut: list[Segment], words: Words) -> Iterator[str]:
    """The text by paragraphs, each mark with the items over it; page breaks where pages are known."""
    headings = {o.span.start for o in plan.outline if o.kind in _HEADINGS}
    breaks = sorted((p.start, p.page) for p in plan.pages) if len(plan.pages) > 1 else []
    previous = -1
    for segment in cut:
        if plan.text.rfind("\n", 0, segment.start) >= previous:  # a new paragraph begins
            yield "</p>\n" if previous >= 0 else ""
            while breaks and breaks[0][0] <= segment.start:
                yield f'<p class="page">{_text(words("Page", n=breaks.pop(0)[1]))}</p>\n'
            stop = plan.text.find("\n", segment.start)
            paragraph = range(segment.start, stop if stop >= 0 else len(plan.text))
            heads = len(paragraph) <= _HEADING and any(place in headings for place in paragraph)
            yield '<p class="heading">' if heads else "<p>"
        previous = segment.end
        content = _text(plan.text[segment.start : segment.end])
        if segment.items:
            names, kinds = " ".join(segment.items), " ".join(segment.kinds)
            yield f'<mark id="at-{segment.start}" class="m {kinds}" data-items="{names}">{content}</mark>'
        else:
            yield content
    yield "</p>\n" if previous >= 0 else ""


def _tabs(every: list[Item], words: Words) -> str:
    counts = {part: sum(item.part == part for item in every) for part in PARTS}
    links = "".join(
        f'<a href="#part-{part}" id="tab-{part}" data-part="{part}">{_text(words(part))} <span class="n">{counts[part]}</span></a>'
        for part in PARTS
    )
    return f'<nav class="tabs" aria-label="{_text(words("items"))}">{links}</nav>\n'


def _part(part: str, every: list[Item], targets: dict[str, int], words: Words) -> str:
    rows = "".join(_item(item, targets.get(item.id), words) for item in every)
    content = f"<ul>\n{rows}</ul>" if rows else f'<p class="empty">{_text(words("none"))}</p>'
    return f'<section class="part" id="part-{part}" aria-labelledby="h-{part}">\n<h2 id="h-{part}">{_text(words(part))}</h2>\n{content}\n</section>\n'


def _item(item: Item, place: int | None, words: Words) -> str:
    weight = f" {item.weight}" if item.weight else ""
    label = f'<span class="label{weight}">{_text(item.label)}</span> ' if item.label else ""
    title = f"{label}{_text(item.title)}"
    if place is None:
        head = f'<span class="go" title="{_text(words("no-place"))}">{title}</span>'
    else:
        head = f'<a class="go" href="#at-{place}">{title}</a>'
    facts = "".join(f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in item.facts)
    return f'<li class="item {item.part}" id="{item.id}">{head}{f"<dl>{facts}</dl>" if facts else ""}</li>\n'
