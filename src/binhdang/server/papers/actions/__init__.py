"""All writes of this room."""

from binhdang.server.papers.actions.adding import add_paper, read_again, take_reading
from binhdang.server.papers.actions.reviewing import (
    Draft,
    edit_review,
    finish_review,
    redo_edit,
    reopen_review,
    undo_edit,
)

__all__ = [
    "Draft",
    "add_paper",
    "edit_review",
    "finish_review",
    "read_again",
    "redo_edit",
    "reopen_review",
    "take_reading",
    "undo_edit",
]
