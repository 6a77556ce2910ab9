"""What the room makes known to others when it is loaded: its things by their names, who reads plans' papers, what it offers there, what it
tells people of."""

from __future__ import annotations

from binhdang.server.accounts.journal import register_named
from binhdang.server.notices.kinds import register
from binhdang.server.papers import offers, reach
from binhdang.server.plans.models import Plan
from binhdang.server.plans.notices import PLAN_ISSUED
from binhdang.server.plans.offers import offered
from binhdang.server.plans.reach import papers_of_plans

register_named(Plan)
reach.register(papers_of_plans)
offers.register(offered)
register(PLAN_ISSUED)
