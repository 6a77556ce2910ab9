"""Papers known to have been replaced or to have run out, each with its source."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from binhdang.vietnamese.text import fold, nfc

_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ReplacedPaper:
    """A paper (`number`, `issued`, its `title` where it is cited without number) and what stands in its place.

    `since` is the first day on which it must not be a basis; `how` words that ("hết hiệu lực từ"); `source` says
    where the fact was read. `issued` may be None where the number holds its year.
    """

    number: str
    issued: date | None
    title: str | None
    how: str
    since: date
    successor: str
    source: str

    def is_cited(self, number: str | None, issued: date | None, title: str | None) -> bool:
        """Whether a citation means this paper: by number, else by title and the year of its date.

        A number without a year in it comes back every year: then date or title must agree too.
        """
        same_title = bool(title and self.title and fold(nfc(title)).startswith(fold(self.title)))
        if number:
            if _BLANK.sub("", fold(nfc(number))) != fold(self.number):
                return False
            return self.number.count("/") > 1 or issued == self.issued or (issued is None and same_title)
        return same_title and issued is not None and self.issued is not None and issued.year == self.issued.year


@cache
def replaced_papers() -> tuple[ReplacedPaper, ...]:
    """All of replaced_papers.json."""
    rows = json.loads(files("binhdang.reference").joinpath("replaced_papers.json").read_text(encoding="utf-8"))
    return tuple(
        ReplacedPaper(
            row["number"],
            date.fromisoformat(row["issued"]) if row["issued"] else None,
            row["title"],
            row["how"],
            date.fromisoformat(row["since"]),
            row["successor"],
            row["source"],
        )
        for row in rows["papers"]
    )
