"""Everything that may be done to units and agencies, each as a named act."""

from binhdang.server.agencies.actions.agencies import add_agency, close_agency, correct_agency, reopen_agency
from binhdang.server.agencies.actions.changes import OutcomeDraft, TransferDraft, plan_change, withdraw_change
from binhdang.server.agencies.actions.effect import take_due_changes, take_effect
from binhdang.server.agencies.actions.lines import end_reporting_line, set_reporting_line
from binhdang.server.agencies.actions.units import Loaded, load_units

__all__ = [
    "Loaded",
    "OutcomeDraft",
    "TransferDraft",
    "add_agency",
    "close_agency",
    "correct_agency",
    "end_reporting_line",
    "load_units",
    "plan_change",
    "reopen_agency",
    "set_reporting_line",
    "take_due_changes",
    "take_effect",
    "withdraw_change",
]
