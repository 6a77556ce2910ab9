"""One-time passwords: made by the server, told once, kept as their hash alone."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from binhdang.server.accounts.models import Person
from binhdang.server.web.records import Refused

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another on paper
_GROUPS, _LENGTH = 4, 4


class OneTime(NamedTuple):
    """A password to be told once, and the hash to be kept."""

    clear: str
    hashed: str


def one_time_password() -> OneTime:
    """A new one: four groups of four letters, to be read out or copied from paper."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
    clear = "-".join(groups)
    return OneTime(clear, make_password(clear))


def check_password_rules(password: str, person: Person) -> None:
    """Raises Refused with everything that is wrong with a password that a person has chosen."""
    try:
        validate_password(password, person)
    except ValidationError as e:
        raise Refused(" ".join(e.messages), field="password") from e
