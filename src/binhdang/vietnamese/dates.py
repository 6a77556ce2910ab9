"""Printed dates: where they stand in a text and what they say.

    26.11.2003    08.7.2005    28-06-2025    ngày 30/01/2024    ngày 21 tháng 11 năm 2025    25/11    ngày 10 tháng 6

Spaces, no-break spaces and line breaks may stand anywhere between the parts, and one inside the year ("202 5").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_YEAR = r"[12](?:\s?[0-9]){3}(?![0-9])"
# Begins with one class of characters, so that the search runs past all others at full speed.
_DATE = re.compile(
    r"[0-9](?<![0-9/].)(?<![0-9][.,].)[0-9]?(?:"
    # "ngày 27 năm 12 năm 2019": a slip for "tháng", believed only after "ngày"
    rf"\s{{0,3}}năm\s{{0,3}}(?P<m1>[0-9]{{1,2}})\s{{0,3}}năm\s{{0,3}}(?P<y1>{_YEAR})"
    r"|\s{0,3}(?:tháng|THÁNG)\s{0,3}(?P<m2>[0-9]{1,2})(?![0-9])"
    rf"(?:(?:,?\s{{0,3}}(?:năm|NĂM)\s{{0,3}}|\s?/\s?)(?P<y2>{_YEAR}))?"
    rf"|\s?(?P<sep>[/.-])\s?(?P<m3>[0-9]{{1,2}})\s?(?P=sep)\s?(?P<y3>{_YEAR})(?!\s?/)"
    r"|\s?/\s?(?P<m4>[0-9]{1,2})(?![0-9/]))"
)
_NAME = re.compile(r"(?:[Nn]gày|NGÀY)\s{0,3}")
_NAME_BEFORE = re.compile(r"(?:[Nn]gày|NGÀY)\s{0,3}\Z")
_LONGEST_NAME = 7


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed at `[start, end)` of the text it was found in, the word "ngày" included.

    `year` is None where none is printed. `named` tells that "ngày" or "tháng" stands with it; without them and
    without a year, "1/2" may as well be a fraction.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None
    named: bool

    @property
    def as_date(self) -> date | None:
        """The calendar day; None without a year or for a day that no calendar has (31/02)."""
        return self.on(self.year) if self.year is not None else None

    def on(self, year: int) -> date | None:
        """The calendar day in that year, None if that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def find_dates(text: str) -> list[PrintedDate]:
    """All printed dates in order. Time is linear in the length of the text.

    Impossible dates with a year are kept (their `as_date` is None); "18/20" without "ngày" is no date.
    """
    return [found for m in _DATE.finditer(text) if (found := _read(m)) is not None]


def date_at(text: str, place: int) -> PrintedDate | None:
    """The date that starts exactly at `place`, at "ngày" or at its first digit; None if none does."""
    name = _NAME.match(text, place)
    m = _DATE.match(text, name.end() if name else place)
    return _read(m) if m else None


def _read(m: re.Match[str]) -> PrintedDate | None:
    form = (m.lastgroup or "")[-1]
    form = form if form in "124" else "3"
    printed_year = m["y" + form] if form != "4" else None
    year = int("".join(printed_year.split())) if printed_year else None
    day, month = _day(m[0]), int(m["m" + form])
    name = _NAME_BEFORE.search(m.string, max(0, m.start() - _LONGEST_NAME), m.start())
    if form == "1" and name is None:
        return None
    named = name is not None or form == "2"
    if year is None and not named and not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    return PrintedDate(name.start() if name else m.start(), m.end(), day, month, year, named)


def _day(printed: str) -> int:
    return int(printed[:2]) if printed[1].isdigit() else int(printed[0])
