"""Labels in front of headings and items: Phần, Chương, Điều, I., 1., 1.1., a), -, +, …"""

from __future__ import annotations

import re
from typing import NamedTuple

from binhdang.vietnamese.numbers import roman
from binhdang.vietnamese.text import LOWER, UPPER

ALPHABET = "abcdđeghiklmnopqrstuvxy"  # the order of "a) b) c) d) đ) e)" in Vietnamese papers

_ORDINALS = {
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}


class Label(NamedTuple):
    """A printed label. `style` orders nesting; `values` are its numbers ((1, 2) for "1.2"); `end` where the words begin."""

    style: str
    values: tuple[int, ...]
    ref: str
    end: int


_WORD = re.compile(
    r"(Phần|Chương|Tiểu mục|Mục|Điều)\s{1,3}(thứ\s{1,3}\w{2,5}|[IVXLC]{1,7}|\d{1,3})(?=\s{0,2}[.:)\-]|\s|$)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(Tiểu dự án|Tiếu dự án|Dự án|Hợp phần|Mô hình|Nội dung|Hoạt động|Nhiệm vụ|Chỉ tiêu|Mục tiêu|Giải pháp|Đề án)\s{1,2}(?:số\s)?(\d{1,2}|[IVX]{1,4})\s?(?:[.:)](?!\d)|-\s|$)",
    re.IGNORECASE,
)
_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s(?:SỐ\s)?(\d{1,2}|[IVX]{1,4}))?(?=\s{0,2}[.:\-]?\s{0,2}$|\s{0,2}[.:]\s|\s-\s|\s[A-ZĐ]{2}|\s\()"
)
_ROMAN_LABEL = re.compile(r"([IVX]{1,6})\s{0,2}(?:[.)]|[-/:](?=\s))(?!\d)")
# What recognition makes of "I.", "II.", "III.", "IV." in front of capitals; the value is told by the headings before.
_ROMAN_SLIP = re.compile(rf"(?:[IVXHLTl1|]{{1,4}})\s?\.\s{{1,3}}(?=[{UPPER}]{{2,}}\s[^{LOWER}]{{2,}}$)")
_ROMAN_DOTTED = re.compile(r"([IVX]{1,5})\.(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?(?=\s)")
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?:\.|\)|(?=\s)|(?=[^\W\d_]))(?![\d/%])")
_ARABIC = re.compile(r"(\d{1,3})\s{0,2}(?:[.)](?![\d])|[-/:](?=\s[^\W\d_]))")
_LETTER = re.compile(r"([a-zđ])\s?(?:\)|\.(?=\s)|/(?=\s[^\W\d_]))", re.IGNORECASE)
_BRACKET = re.compile(r"\(\s?(\d{1,2}|[a-zđ]|[ivx]{1,4})\s?\)(?=\s)")
_BULLET = re.compile(
    r"(\+\s?\)|\+|-|•|●|·|▪|■|◦|○|\*|✓|✔|➢|→|►|>|[\uf0b7\uf0a7\uf02d\uf0fc\uf0d8]|o(?=\s{2}))\s{0,9}(?=\S)"
)
_BARE_ROMAN = re.compile(rf"([IVX]{{1,5}})\s{{1,4}}(?=[{UPPER}]{{2}})")


def read_label(text: str) -> Label | None:
    """The label at the start of a paragraph (leading spaces allowed), or None.

    `text` is a matching copy (plain dashes and spaces). Styles: part, chapter, section, article, roman, dotted2 …
    dotted5, arabic, letter, bracket, dash, plus, star, appendix, and "named dự án" and the like.
    """
    at = len(text) - len(text.lstrip())
    if at == len(text):
        return None
    first = text[at]
    if first in "*_" and text.startswith(("**", "__"), at):
        at += 2
        first = text[at : at + 1] or " "
    if first in "PpCcTtMmĐđ" and (m := _WORD.match(text, at)):
        return _word_label(m, text)
    if first in "PDHMNCGĐTp" and (m := _APPENDIX.match(text, at)):
        return Label(
            "appendix",
            (roman(m[1]) or 0 if m[1] and not m[1].isdigit() else int(m[1] or 0),),
            m.group().strip(),
            m.end(),
        )
    if first in "TDHMNCGĐtdhmncgđ" and (m := _NAMED.match(text, at)):
        value = int(m[2]) if m[2].isdigit() else roman(m[2])
        if value:
            return Label(
                "named " + m[1].lower(), (value,), text[m.start() : m.end()].strip(" .:-)"), _skip(text, m.end())
            )
    if first.isdigit():
        return _number_label(text, at)
    if first in "IVX":
        if m := _ROMAN_DOTTED.match(text, at):
            values = (roman(m[1]) or 0, *(int(v) for v in m[2].split(".")))
            return Label(f"dotted{len(values)}", values, f"{m[1]}.{m[2]}", _skip(text, m.end()))
        if (m := _ROMAN_LABEL.match(text, at)) and (value := roman(m[1])):
            return Label("roman", (value,), m[1], _skip(text, m.end()))
        if (m := _BARE_ROMAN.match(text, at)) and (value := roman(m[1])):
            return Label("roman", (value,), m[1], m.end())
    if first in "IVXHLTl1|" and (m := _ROMAN_SLIP.match(text, at)):
        return Label("roman", (0,), m.group().strip(" ."), _skip(text, m.end()))
    if first == "(" and (m := _BRACKET.match(text, at)):
        return _bracket_label(m, text)
    if m := _BULLET.match(text, at):
        if first == "-" and at + 1 < len(text) and text[at + 1] == "-":
            return None
        style = "plus" if first == "+" else "star" if first in "*•●·▪■◦○✓✔➢→►>o\uf0b7\uf0a7\uf0fc\uf0d8" else "dash"
        return Label(style, (), m[1], _skip(text, m.end()))
    if (m := _LETTER.match(text, at)) and m[1].lower() in ALPHABET and (m[1].islower() or text[m.end() - 1] in ")./"):
        style = "letter" if m[1].islower() else "capital"
        return Label(style, (ALPHABET.index(m[1].lower()) + 1,), m[1], _skip(text, m.end()))
    return None


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " .)":
        at += 1
    return at


def _word_label(m: re.Match[str], text: str) -> Label | None:
    word = m[1].lower()
    number = m[2]
    if number.lower().startswith("thứ"):
        value = _ORDINALS.get(number.split()[-1].lower())
    else:
        value = int(number) if number.isdigit() else roman(number)
    if value is None:
        return None
    after = text[m.end() :].lstrip(" .:-)")
    if word in ("điều", "mục") and after[:1].islower() and text[m.end() : m.end() + 1] not in (".", ":"):
        return None  # "Điều 5 của Luật …", "Mục III nêu trên" in running text
    style = {"phần": "part", "chương": "chapter", "mục": "section", "tiểu mục": "subsection", "điều": "article"}[word]
    end = m.end()
    while end < len(text) and text[end] in " .:-)":
        end += 1
    return Label(style, (value,), text[m.start() : m.end()].strip(), end)


def _number_label(text: str, at: int) -> Label | None:
    if m := _DOTTED.match(text, at):
        parts = m[1].split(".")
        if all(len(p) < 3 for p in parts) and not (len(parts) == 2 and len(parts[1]) == 3):
            return Label(f"dotted{len(parts)}", tuple(int(p) for p in parts), m[1], _skip(text, m.end()))
    if m := _ARABIC.match(text, at):
        return Label("arabic", (int(m[1]),), m[1], _skip(text, m.end()))
    return None


def _bracket_label(m: re.Match[str], text: str) -> Label:
    inner = m[1]
    if inner.isdigit():
        value = int(inner)
    elif len(inner) == 1 and inner in ALPHABET and inner not in "ivx":
        value = ALPHABET.index(inner) + 1
    else:
        value = roman(inner) or 1
    return Label("bracket", (value,), f"({inner})", _skip(text, m.end()))
