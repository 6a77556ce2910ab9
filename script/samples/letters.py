"""The small markup that the sample papers are written in, read into blocks.

"% key: value" sets a part of the paper, "# ", "## ", "### " are headings that Word numbers, "- " is an item that Word
dashes, "_" opens an italic paragraph, "|" a row of a table (">" joins a cell to its left, "^" to the one above), and
"[^ … ^]" is a footnote. Everything else is a paragraph as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

MARKS = {"### ": "letter", "## ": "number", "# ": "roman", "- ": "dash", "_": "italic", "|": "row"}


@dataclass
class Paper:
    """`parts` by key ("number"), a value's lines split; `blocks` in order as (kind, words)."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[tuple[str, str]] = field(default_factory=list)


def load(path: Path) -> Paper:
    """The paper in a file of the markup."""
    paper = Paper()
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("% "):
            key, _, value = line[2:].partition(": ")
            paper.parts[key] = [piece.strip() for piece in value.split(" / ")]
            if key in ("signature", "annex", "unit"):
                paper.blocks.append((key, value))
        elif line.strip():
            mark = next((m for m in MARKS if line.startswith(m)), "")
            paper.blocks.append((MARKS.get(mark, "text"), line.removeprefix(mark).strip() if mark != "|" else line))
    return paper


def cells(row: str) -> list[str]:
    """The cells of a "| a | b |" line."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]
