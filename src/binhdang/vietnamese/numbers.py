"""Vietnamese numbers and money: "10.050,5", "hai mươi lăm", "XIV", "2,5 tỷ đồng"; results are exact decimals."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

NUMERAL = r"\d{1,3}(?:[. ]\d{3}(?!\d)){1,5}(?:,\d{1,6})?(?!\d)|\d{1,18}(?:[.,]\d{1,6})?(?!\d)"
"""Pattern source of a printed numeral; `number` reads what it matches."""

_GROUPED = re.compile(r"\d{1,3}(?:([. ])\d{3})(?:\1\d{3})*(?:,\d+)?")
_GROUPED_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})(?:(?:,\d{3})+(?:\.\d+)?|\.\d+)")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_ROMAN = re.compile(r"(?=[IVXLC])(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")

_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_FILLERS = ("linh", "lẻ")

_MILLION = Decimal(1_000_000)
_UNITS = {
    "tỷ": Decimal(1000), "tỉ": Decimal(1000), "triệu": Decimal(1), "tr": Decimal(1), "trđ": Decimal(1),
    "nghìn": Decimal(1) / 1000, "ngàn": Decimal(1) / 1000, "": 1 / _MILLION,
}  # fmt: skip
_COIN = r"(?:đồng(?! (?:chí|bào|bộ|thời|bằng)\b)|đ|VNĐ|VND)(?!\w)"
_PART = rf"(?:{NUMERAL}) ?(?:(?:nghìn |ngàn )?t[ỷỉ]|triệu|tr(?=[.đ ])|nghìn|ngàn)"
_MONEY = re.compile(
    rf"(?<![\w.,/])(?:{_PART}(?: (?=\d)| ?\.? ?{_COIN}|(?!\w))){{1,3}}|(?<![\w.,/])(?:{NUMERAL}) ?{_COIN}",
    re.IGNORECASE,
)
_MONEY_PART = re.compile(rf"({NUMERAL}) ?(?:((?:nghìn |ngàn )?t[ỷỉ]|triệu|tr|nghìn|ngàn)|(?={_COIN}))", re.IGNORECASE)
_WORD_MONEY = re.compile(r"((?:[^\W\d_]{2,6} ){1,20})(?:đồng|VNĐ)", re.IGNORECASE)


class Money(NamedTuple):
    """An amount in running text: its place `[start, end)` and its value in million đồng."""

    start: int
    end: int
    amount: Decimal


def number(text: str) -> Decimal | None:
    """The value of one printed number, or None when `text` is anything else.

    Dots and spaces group thousands and a comma opens decimals ("10.050,5", "1 250 000"); a single dot not before
    exactly three digits opens decimals too ("1.5", "0.500"). Number words are read ("mười hai"); roman ones are not.
    """
    s = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ").strip()
    if not s:
        return None
    if not s[0].isdigit():
        value = words(s)
        return None if value is None else Decimal(value)
    if not s.isascii():
        return None
    grouped = _GROUPED.fullmatch(s)
    if grouped and not s.startswith("0"):
        return Decimal(s.replace(grouped[1], "").replace(",", "."))
    if _GROUPED_ENGLISH.fullmatch(s):
        return Decimal(s.replace(",", ""))
    if _PLAIN.fullmatch(s):
        return Decimal(s.replace(",", "."))
    return None


def words(text: str) -> int | None:
    """The value of a number in words ("hai mươi lăm", "một trăm linh hai"), or None."""
    total = group = 0
    last: int | None = None
    seen = False
    for word in text.casefold().split():
        if word in _DIGITS:
            if last is not None:
                return None
            last = _DIGITS[word]
        elif word == "mười":
            if last is not None:
                return None
            group += 10
        elif word in ("mươi", "trăm"):
            if last is None:
                return None
            group, last = group + last * (10 if word == "mươi" else 100), None
        elif word in _SCALES:
            group, last = group + (last or 0), None
            if not seen:
                return None
            # "hai nghìn tỷ": the scale multiplies what already carries a smaller one
            if group == 0 and 0 < total < _SCALES[word]:
                total *= _SCALES[word]
            else:
                total, group = total + group * _SCALES[word], 0
        elif word not in _FILLERS or not seen:
            return None
        seen = True
    return total + group + (last or 0) if seen else None


def roman(text: str) -> int | None:
    """The value of a roman numeral (up to 399, capital or small letters), or None."""
    m = _ROMAN.fullmatch(text.upper())
    if m is None:
        return None
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for this, following in zip(m[0], m[0][1:] + " ", strict=True):
        total += -worth[this] if worth.get(following, 0) > worth[this] else worth[this]
    return total


def to_roman(value: int) -> str:
    """The roman numeral of 1 to 399. Raises ValueError outside."""
    if not 1 <= value <= 399:
        raise ValueError(f"no roman numeral for {value}")
    out = ""
    for worth, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        out += sign * (value // worth)
        value %= worth
    return out


def money(text: str) -> Decimal | None:
    """The first amount of money in `text`, in million đồng ("2,5 tỷ" is 2500), or None when no unit is printed."""
    s = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    found = find_money(s)
    if found:
        return found[0].amount
    m = _WORD_MONEY.search(s)
    if m is None:
        return None
    # words before the number ("Bằng chữ: …") are shed from the left
    parts = m[1].split()
    for i in range(len(parts)):
        value = words(" ".join(parts[i:]))
        if value is not None:
            return Decimal(value) / _MILLION
    return None


def find_money(text: str) -> list[Money]:
    """All amounts printed in digits with a unit of money, in order; "1 tỷ 200 triệu đồng" is one."""
    if "đ" not in text and "Đ" not in text and "t" not in text.casefold() and "VND" not in text:
        return []
    found = []
    for m in _MONEY.finditer(text):
        amount = Decimal(0)
        for part in _MONEY_PART.finditer(m[0]):
            value = number(part[1])
            scale = (part[2] or "").casefold()
            thousands = scale.startswith(("nghìn ", "ngàn "))
            if value is not None:
                amount += value * _UNITS[scale.split()[-1] if scale else ""] * (1000 if thousands else 1)
        found.append(Money(m.start(), m.start() + len(m[0].rstrip(" .")), amount))
    return found
