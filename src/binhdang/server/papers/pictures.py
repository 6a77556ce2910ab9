"""Pages of a kept file as pictures, so that a reviewer sees the stamp and the signature too."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_PAGED = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff", "image/webp", "image/gif"})
_PATIENCE = 20  # seconds
MOST_PAGES = 500


def has_pictures(media_type: str) -> bool:
    """Whether pages of such a file can be shown as pictures."""
    return media_type in _PAGED


def picture_of(path: Path, media_type: str, number: int) -> bytes | None:
    """A page (from 1) as PNG, 900 points wide; None where there is no such page. Drawn in a process of its own."""
    if not has_pictures(media_type) or not 0 < number <= MOST_PAGES:
        return None
    argv = [sys.executable, "-m", "binhdang.server.papers.picture_process", str(path), str(number)]
    try:
        done = subprocess.run(argv, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None
