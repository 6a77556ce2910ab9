"""Names: how people are listed by them, and the names that they sign in with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from binhdang.vietnamese.collation import sort_key
from binhdang.vietnamese.text import fold

USERNAME_RULE = "3 đến 60 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch dưới, gạch nối; bắt đầu bằng chữ hoặc số"
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_ROOM_FOR_NUMBER = 50  # characters of a made name, so that a number can follow


def tidy(text: str) -> str:
    """A name as it is kept: composed letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def order_of(full_name: str) -> str:
    """The key by which people are listed: the given name, which stands last, before family and middle name."""
    *before, given = full_name.split() or [""]
    return sort_key(" ".join([given, *before]))


def is_username(text: str) -> bool:
    """Whether somebody may sign in with this name."""
    return _USERNAME.fullmatch(text) is not None


def username_from(full_name: str, taken: Container[str]) -> str:
    """A name to sign in with, made from a person's name, that nobody has: "Nguyễn Thị Lan" gives nguyenthilan."""
    letters = re.sub(r"[^a-z0-9]", "", fold(full_name))[:_ROOM_FOR_NUMBER]
    base = letters if is_username(letters) else f"nguoidung{letters}"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}{number}"
    return name
