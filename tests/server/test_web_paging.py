"""A list a page at a time: the address says which, and whatever it says there is a page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import RequestFactory

from binhdang.server.web.paging import Page, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def _groups() -> None:
    Group.objects.bulk_create(Group(name=f"{number:03}") for number in range(1, 96))


def ask(query: str) -> Page[Group]:
    return page_of(Group.objects.order_by("name"), RequestFactory().get(f"/danh-sach/?{query}"), 20)


@pytest.mark.usefixtures("_groups")
@pytest.mark.parametrize(
    ("query", "number", "first", "last"),
    [
        ("", 1, 1, 20),
        ("trang=2", 2, 21, 40),
        ("trang=5", 5, 81, 95),
        ("trang=6", 5, 81, 95),
        ("trang=99999999999999999999999999", 5, 81, 95),
        (f"trang={'9' * 5000}", 1, 1, 20),
        ("trang=0", 1, 1, 20),
        ("trang=-3", 1, 1, 20),
        ("trang=hai", 1, 1, 20),
        ("trang=2.5", 1, 1, 20),
        ("trang=", 1, 1, 20),
        ("trang=%00", 1, 1, 20),
        ("trang=²", 1, 1, 20),
        ("trang=3&trang=2", 2, 21, 40),
        ("trang=2&dong=30", 2, 31, 60),
        ("dong=100000", 1, 1, 95),
        ("dong=0", 1, 1, 1),
        ("dong=x", 1, 1, 20),
    ],
)
def test_the_address_names_the_page(query: str, number: int, first: int, last: int) -> None:
    page = ask(query)
    assert (page.number, page.first, page.last, page.count) == (number, first, last, 95)
    assert [group.name for group in page] == [f"{name:03}" for name in range(first, last + 1)]


@pytest.mark.usefixtures("_groups")
def test_no_page_is_longer_than_the_largest() -> None:
    Group.objects.bulk_create(Group(name=f"more {number}") for number in range(300))
    assert len(ask("dong=100000")) == 200


def test_an_empty_list_has_one_empty_page() -> None:
    page = ask("trang=4")
    assert (page.number, page.pages, page.first, page.last, page.count, len(page)) == (1, 1, 0, 0, 0, 0)
    assert (page.previous, page.next) == (None, None)


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (7, 9, [1, None, 6, 7, 8, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_the_pager_names_the_ends_and_the_near_pages(number: int, pages: int, shown: list[int | None]) -> None:
    assert Page([], number, pages, 0, 0, 0).shown == shown
