"""A list a page at a time: the number stands in the address (`?trang=2`), and nonsense there is never an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

_SIZE = 50  # rows
_LARGEST = 200  # rows: what an old phone still scrolls
_NEAR = 1  # page numbers shown on either side of the current one

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page, and where they stand among all; `first` and `last` count from one."""

    rows: Sequence[Row]
    number: int
    pages: int
    count: int
    first: int
    last: int

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def previous(self) -> int | None:
        """The number of the page before, None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The number of the page after, None on the last."""
        return self.number + 1 if self.number < self.pages else None

    @property
    def shown(self) -> list[int | None]:
        """The numbers that the pager shows: both ends and those near; None where some are left out."""
        near = set(range(self.number - _NEAR, self.number + _NEAR + 1)) | {1, self.pages}
        shown: list[int | None] = []
        before = 0
        for number in sorted(number for number in near if 1 <= number <= self.pages):
            if number - before == 2:
                shown.append(number - 1)
            elif number - before > 2:
                shown.append(None)
            shown.append(number)
            before = number
        return shown


ModelRow = TypeVar("ModelRow", bound=Model)


def page_of(rows: QuerySet[ModelRow], request: HttpRequest, size: int = _SIZE) -> Page[ModelRow]:
    """The page that the address asks for (`trang`), with so many rows (`dong`); the nearest one there is."""
    size = _within(request.GET.get("dong", ""), size, _LARGEST)
    count = rows.count()
    pages = max(1, -(-count // size))
    number = _within(request.GET.get("trang", ""), 1, pages)
    start = (number - 1) * size
    found = list(rows[start : start + size])
    return Page(found, number, pages, count, start + 1 if found else 0, start + len(found))


def _within(text: str, otherwise: int, largest: int) -> int:
    try:
        return min(max(int(text), 1), largest)
    except ValueError:
        return otherwise
