"""Who asks and who acts, and the one place where an act asks the policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from binhdang.access import Decision, Permission, Thing
from binhdang.server.web.records import Refused


@dataclass(frozen=True, slots=True)
class By:
    """Who acts: a person (their id), the agency they act for, from which address, through which door."""

    person: str
    agency: str = ""
    address: str = ""
    door: str = "page"


SYSTEM = By("system", door="system")
"""The installation itself: what falls due at a date, what a command loads."""

Judge = Callable[[By, Permission, Thing | None], Decision]
"""Says whether whoever acts may do this, from the posts that they hold now; the setting names who knows them."""


def permit(by: By, permission: Permission, on: Thing | None = None) -> None:
    """Raises Refused unless who acts may do this; the installation itself may. Asked inside the act's transaction."""
    if by == SYSTEM:
        return
    judge: Judge = import_string(settings.POLICY_JUDGE)
    decision = judge(by, permission, on)
    if not decision.allowed:
        raise Refused(decision.reason)
