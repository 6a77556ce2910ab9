"""Who may do what: pure policy, without a database. Every page, call, file and export asks `may` or `scope`.

A person acts through posts: a role at an agency for a time. A thing (a plan, an assignment, a report …) says which
agencies stand to it in which way. A role grants a permission to agencies that stand so.
"""

from binhdang.access.policy import NO_POST, Actor, Decision, Post, Scope, Thing, decide, may, scope
from binhdang.access.roles import ROLES, Permission, Role, Standing

__all__ = [
    "NO_POST",
    "ROLES",
    "Actor",
    "Decision",
    "Permission",
    "Post",
    "Role",
    "Scope",
    "Standing",
    "Thing",
    "decide",
    "may",
    "scope",
]
