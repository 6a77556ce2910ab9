"""Papers in lists, and what cites what."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from binhdang.access import Actor
from binhdang.server.papers.models import Citation, Paper
from binhdang.server.papers.reach import papers_of


def listed(papers: QuerySet[Paper], *, state: str = "", kind: str = "", text: str = "") -> QuerySet[Paper]:
    """The papers of a list, the newest first: by what became of them, by kind, by words of number, title or file name."""
    match state:
        case "doc":
            papers = papers.filter(state=Paper.State.WAITING)
        case "loi":
            papers = papers.filter(state=Paper.State.FAILED)
        case "ra-soat":
            papers = papers.filter(state=Paper.State.READ, review__done_at=None)
        case "xong":
            papers = papers.filter(review__done_at__isnull=False)
    if kind:
        papers = papers.filter(kind=kind)
    for word in text.split():
        papers = papers.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(name__icontains=word) | Q(issuer__icontains=word)
        )
    return papers.select_related("owner", "review").order_by("-added_at", "id")


def kinds_in(papers: QuerySet[Paper]) -> list[tuple[str, int]]:
    """The kinds of papers with how many there are, the most frequent first."""
    counted = papers.exclude(kind="").values("kind").annotate(count=Count("id")).order_by("-count", "kind")
    return [(row["kind"], row["count"]) for row in counted]


def cited_in(paper: Paper, actor: Actor) -> list[tuple[Citation, Paper | None]]:
    """What a paper cites, each with the paper itself where the actor may see it."""
    citations = list(paper.citations.all())
    known = _by_symbol(papers_of(actor).filter(symbol__in={c.symbol for c in citations if c.symbol}))
    return [(citation, _same(citation, known.get(citation.symbol, ()))) for citation in citations]


def citing(paper: Paper, actor: Actor) -> QuerySet[Paper]:
    """The papers that cite a paper, the newest first, of those that the actor may see."""
    if not paper.symbol:
        return Paper.objects.none()
    told = Citation.objects.filter(symbol=paper.symbol)
    if paper.date is not None:
        told = told.filter(Q(date=None) | Q(date=paper.date))
    return papers_of(actor).filter(pk__in=told.values("paper")).exclude(pk=paper.pk).order_by("-date", "-added_at")


def _by_symbol(papers: QuerySet[Paper]) -> Mapping[str, list[Paper]]:
    found: dict[str, list[Paper]] = {}
    for paper in papers.only("id", "symbol", "date", "kind", "number", "name", "title"):
        found.setdefault(paper.symbol, []).append(paper)
    return found


def _same(citation: Citation, papers: list[Paper] | tuple[()]) -> Paper | None:
    """The paper that a citation means: the same symbol, and not another date."""
    return next((p for p in papers if citation.date is None or p.date is None or p.date == citation.date), None)
