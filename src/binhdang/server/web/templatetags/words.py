"""Words and numbers as Vietnamese readers expect them; every template may use them without loading."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils import numberformat, timezone
from django.utils.formats import get_format
from django.utils.translation import gettext, ngettext

register = template.Library()

_ANY = UUID(int=0)


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as 10/06/2026; of a moment, its date in Vietnam. Empty for none."""
    return f"{_day(value):%d/%m/%Y}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as 14:05 10/06/2026, in Vietnam's time. Empty for none."""
    return f"{timezone.localtime(value):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def relative_day(value: date | datetime | None, today: date | None = None) -> str:
    """How far a due date is: "hôm nay", "còn 3 ngày", "trễ 2 ngày". Empty for none."""
    if not value:
        return ""
    left = (_day(value) - (today or timezone.localdate())).days
    if left == 0:
        return gettext("hôm nay")
    if left > 0:
        return ngettext("còn %(days)s ngày", "còn %(days)s ngày", left) % {"days": number(left)}
    return ngettext("trễ %(days)s ngày", "trễ %(days)s ngày", -left) % {"days": number(-left)}


@register.filter
def address(pk: UUID, name: str) -> str:
    """The address of a page about one thing, for rows of lists: `{% url %}` looks it up anew for each."""
    return _address(name).format(pk)


@lru_cache(maxsize=200)
def _address(name: str) -> str:
    return reverse(name, args=[_ANY]).replace(str(_ANY), "{}")


@register.filter
def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """A number as 1.250,5: with so many decimal places, or with those that it has. Empty for none, never for zero."""
    if value is None or value == "":
        return ""
    if isinstance(value, int) and places is None and -1000 < value < 1000:
        return str(int(value))  # most of what stands in lists
    exact = Decimal(str(value))
    if not exact.is_finite():
        return ""
    if places is None:
        digits = format(exact, "f")
        exact = Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)
        places = max(0, -int(exact.as_tuple().exponent))
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return numberformat.format(
        rounded + 0,  # takes the sign off a rounded zero
        get_format("DECIMAL_SEPARATOR"),
        places,
        grouping=3,
        thousand_sep=get_format("THOUSAND_SEPARATOR"),
        force_grouping=True,
    )


def _day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
