"""What the review's templates ask of Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_WORD = re.compile(r"\S+")
_MOST_BREAKS = 200
_SHOWN = 6  # words from a break on


@register.filter
def named(key: str, names: Mapping[str, Any]) -> Any:
    """The name of a key."""
    return names.get(key, key)


@register.filter(name="from")
def from_(asked: Mapping[str, str], name: str) -> str:
    """What the address says under a name that has a hyphen."""
    return asked.get(name, "")


@register.filter
def shown_before(field: BoundField) -> SafeString:
    """The field's value as it was shown, to tell later what the person changed."""
    return field.as_hidden(only_initial=True)


@register.filter
def breaks(words: str, start: int) -> list[tuple[int, str]]:
    """The places where a sentence may be cut, each with the words that would begin the second half."""
    found = [(m.start(), m) for m in _WORD.finditer(words)][1:]
    return [(start + at, f"… {' '.join(words[at:].split()[:_SHOWN])} …") for at, _ in found[:_MOST_BREAKS]]
