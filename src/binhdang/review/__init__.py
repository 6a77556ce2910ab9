"""The review of a reading by people: ordered edits over what the reader found, kept apart from it and replayed on a newer one.

A Reading never changes. What a person accepts, corrects, adds or leaves out is an `Edit`; `apply` computes what the paper
lays down after them, `carry_over` brings them onto another Reading of the same paper.
"""

from binhdang.review.applying import Binding, Misfit, Reviewed, apply
from binhdang.review.carrying import Carried, carry_over
from binhdang.review.edits import Anchor, BadEdit, Edit, Verb, clashes
from binhdang.review.items import SORTS, Item, State, finding_key, items_of
from binhdang.review.outcome import plan_of

__all__ = [
    "SORTS",
    "Anchor",
    "BadEdit",
    "Binding",
    "Carried",
    "Edit",
    "Item",
    "Misfit",
    "Reviewed",
    "State",
    "Verb",
    "apply",
    "carry_over",
    "clashes",
    "finding_key",
    "items_of",
    "plan_of",
]
