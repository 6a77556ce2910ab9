"""All writes of this room."""

from binhdang.server.plans.actions.closing import close_plan, reopen_plan
from binhdang.server.plans.actions.issuing import Issue, issue_plan
from binhdang.server.plans.actions.linking import link_plan, tie_guidance, unlink_plan

__all__ = ["Issue", "close_plan", "issue_plan", "link_plan", "reopen_plan", "tie_guidance", "unlink_plan"]
