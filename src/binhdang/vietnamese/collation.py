"""The order of the Vietnamese alphabet as a key that every database compares alike.

Letters come first: a ă â b c d đ e ê …; among names of the same letters the tone marks decide, in the order of school:
none, huyền, hỏi, ngã, sắc, nặng. Case does not count, signs between words count as one blank, numbers by their value
("Phường 2" before "Phường 10"). A key is made of digits alone, for which no database's collation has rules of its own.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_CODES = {letter: f"{number:02}" for number, letter in enumerate(_LETTERS, start=11)}
_TONED = frozenset("aăâeêioôơuưy")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_END, _BLANK, _LONG, _FOREIGN = "00", "01", "09", "99"
_LONGEST = 7  # digits of a number whose length is told by its code alone: "02" for one digit … "08" for seven

_PART = re.compile(r"(?P<number>[0-9]+)|(?P<letter>[^\W0-9_][\u0300-\u036f]*)|(?P<between>[\W_]+)")
_MARKS = re.compile(r"[\u0300-\u036f]")
_SHAPES = {"\u0306": {"a": "ă"}, "\u0302": {"a": "â", "e": "ê", "o": "ô"}, "\u031b": {"o": "ơ", "u": "ư"}}


def sort_key(text: str) -> str:
    """The key by which a text is sorted; at most three times as long as the text, and two more."""
    letters: list[str] = []
    tones: list[str] = []
    for part in _PART.finditer(unicodedata.normalize("NFKD", text.strip().lower())):
        if part.lastgroup == "number":
            letters.append(_number(part[0]))
        elif part.lastgroup == "letter":
            letter, tone = _letter(part[0])
            letters.append(_CODES.get(letter, _FOREIGN))
            if letter in _TONED:
                tones.append(tone)
        else:
            letters.append(_BLANK)
    marks = "".join(tones).rstrip("0")
    return "".join(letters) + (_END + marks if marks else "")


def _number(digits: str) -> str:
    value = digits.lstrip("0") or "0"
    if len(value) <= _LONGEST:
        return f"{len(value) + 1:02}{value}"
    return f"{_LONG}{min(len(value), 999):03}{value}"


def _letter(text: str) -> tuple[str, str]:
    """A letter with its marks, as letter of the alphabet and tone."""
    letter, tone = text[0], "0"
    for mark in _MARKS.findall(text):
        letter = _SHAPES.get(mark, {}).get(letter, letter)
        tone = _TONES.get(mark, tone)
    return letter, tone
