"""Named reads of this room."""
