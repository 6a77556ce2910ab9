"""What the room offers at a paper: to issue the plan that it holds, or to look at it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhdang.access import Actor
from binhdang.server.papers.models import Paper, Review
from binhdang.server.papers.offers import Offer
from binhdang.server.papers.reach import may_write
from binhdang.server.plans.reach import plans_of


def offered(paper: Paper, actor: Actor) -> list[Offer]:
    """The plan where there is one, else issuing it, once its review is done."""
    plan = plans_of(actor).filter(paper=paper).first()
    if plan is not None:
        return [Offer(_("Xem kế hoạch"), reverse("plans:plan", args=[plan.pk]), is_first=True)]
    if may_write(actor, paper) and Review.objects.filter(paper=paper, done_at__isnull=False).exists():
        return [Offer(_("Giao việc"), reverse("plans:issue", args=[paper.pk]), is_first=True)]
    return []
