"""Symbols of papers ("57/NQ-CP"): found in a text, read into parts, compared, doubted.

57/NQ-CP    191/2009/TT-BTC    56/2012/TTLT-BTC-BLĐTBXH    202/2025/QH15    30a/2008/NQ-CP      state papers
5775/UBND-KGVX    8935/BNV-CTTN&BĐG                                                              letters
57-NQ/TW    10-CTr/TU    488-CV/TCQT-NS                                                          the Party's order
2740/QĐ/BNN-KL    14/2002/TTLT/BYT-BTC    30/TTr. SXD    QĐ.UB    532/TTg    1830 QĐ-UBND        seen in use
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from binhdang.reference.paper_kinds import KIND_BY_CODE

_CAPITAL = "A-ZĐÐÂÊÔƠƯĂ"
# Possessive (++): a word of capitals is taken whole or not at all, so long runs of them cost nothing.
_WORD = rf"[{_CAPITAL}]{{1,12}}+[a-z]{{0,2}}+[{_CAPITAL}\d]{{0,24}}+(?![^\W_])"
_TAIL = (
    rf"(?:(?:TTr|QĐ|KH|BC|TB|CV)\.\s(?=[{_CAPITAL}]{{2}}))?"  # "30/TTr. SXD"; elsewhere a full stop ends the sentence
    rf"{_WORD}(?:(?:\s{{0,2}}[-/_&]\s{{0,2}}|\.){_WORD}){{0,9}}"
)
_LOWER_CODES = "|".join(sorted((c for c in KIND_BY_CODE if len(c) > 1), key=len, reverse=True))
_MAIN_CODES = "QĐ|QÐ|NQ|KH|TB|BC|CT|CTr|TTr|HD|CV|NĐ|TT|CĐ|KL"
_SYMBOL = re.compile(
    r"(?P<number>[0-9](?<![0-9/].)(?<![0-9][.,-].)[0-9]{0,5}+[A-Za-zĐđ]{0,2}+)"
    r"(?:\s{0,2}/\s{0,2}(?:(?P<year>(?:19|20)\d\d)\s{0,2}/\s{0,2})?"
    rf"(?:(?P<tail>{_TAIL})|(?P<lower>(?:{_LOWER_CODES})-[a-zđư]{{1,12}}+(?:[-&][a-zđư]{{1,12}}+){{0,3}}(?!\w)))"
    rf"|\s{{0,2}}-\s{{0,2}}(?P<code>{_WORD})\s{{0,2}}/\s{{0,2}}(?P<body>{_TAIL})"
    rf"|\s(?P<spaced>(?:{_MAIN_CODES})-{_TAIL})"
    rf"|-(?P<bare>{_WORD})(?!\s?[-/]))"
)
_SPLIT = re.compile(r"[-/_.]+")
_ASSEMBLY = re.compile(r"(?:UBTV)?QHK?\d{0,2}", re.IGNORECASE)
_SESSION = re.compile(r"QH(\d{1,2})\Z")
_OWN_SYMBOL = frozenset(("ttg", "cp", "ctn", "hđbt", "ubtvqh", "tw", "tư"))
_ICELANDIC = str.maketrans("Ðð", "Đđ")  # U+00D0, typed for Đ in many registers

# National Assembly: first and last year of each term of office.
ASSEMBLY_TERMS: dict[int, tuple[int, int]] = {
    9: (1992, 1997), 10: (1997, 2002), 11: (2002, 2007), 12: (2007, 2011), 13: (2011, 2016), 14: (2016, 2021),
    15: (2021, 2026), 16: (2026, 2031),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Symbol:
    """A paper's symbol in its parts.

    `number` keeps zeros and letters ("0130", "30a"); `year` only where printed; `code` is a known code of a kind as
    printed ("NQ"), None on letters and National Assembly papers; `issuers` are the remaining parts in order
    ("BTC", "BLĐTBXH"); `party` marks the Party's order; `printed` is the whole without inner spaces.
    """

    number: str
    year: int | None
    code: str | None
    issuers: tuple[str, ...]
    party: bool
    printed: str

    @property
    def assembly(self) -> bool:
        """Whether the National Assembly or its standing committee gave the number (QH15, UBTVQH14)."""
        return self.code is None and bool(self.issuers) and _ASSEMBLY.fullmatch(self.issuers[0]) is not None

    @property
    def kind(self) -> str | None:
        """The kind that the code stands for; a letter's symbol (no code, body and unit) is a "Công văn"; else None."""
        if self.code is not None:
            return KIND_BY_CODE[self.code.casefold()]
        if self.assembly or len(self.issuers) < 2 or self.year is not None:
            return None
        return "Công văn"

    @property
    def key(self) -> str:
        """Equal for two spellings of one symbol: zeros in front, case, spaces, kinds of separators do not count."""
        digits = self.number.lstrip("0") or "0"
        parts = [digits, str(self.year or ""), self.code or "", *self.issuers]
        return "/".join(parts).replace("&", "").casefold()

    @property
    def strong(self) -> bool:
        """Whether it can only be a symbol, even without a kind or "số" before it."""
        if self.assembly:
            return self.year is not None
        return bool(self.issuers) and (self.code is not None or self.issuers[0].startswith("UBND"))


@dataclass(frozen=True, slots=True)
class PrintedSymbol:
    """A symbol at `[start, end)` of the text it was found in. `bare` has no slash ("251-BCĐ"): believe it after "số"."""

    start: int
    end: int
    symbol: Symbol
    bare: bool = False


def find_symbols(text: str) -> Iterator[PrintedSymbol]:
    """All symbols in order. Blank numbers ("Số:   /KH-UBND") are none. Time is linear in the length of the text."""
    for m in _SYMBOL.finditer(text):
        yield PrintedSymbol(m.start(), m.end(), _read(m), m["bare"] is not None or m["spaced"] is not None)


def parse_symbol(text: str) -> Symbol | None:
    """The symbol that the whole string is, or None ("Số 57/NQ-CP" is not one, " 57/NQ- CP" is)."""
    stripped = text.strip()
    m = _SYMBOL.fullmatch(stripped)
    return _read(m) if m else None


def fault(symbol: Symbol) -> str | None:
    """Why no such symbol can have been given (Vietnamese, for a finding), or None if it can."""
    if not symbol.number.rstrip("abcdefghijklmnopqrstuvwxyzđ").strip("0"):
        return f"Số của văn bản “{symbol.printed}” không thể là 0."
    if symbol.assembly:
        return _assembly_fault(symbol)
    if symbol.code is None and len(symbol.issuers) < 2 and symbol.issuers[0].casefold() not in _OWN_SYMBOL:
        return f"Ký hiệu “{symbol.printed}” không có tên loại văn bản hoặc cơ quan ban hành."
    if symbol.code is not None and not symbol.issuers:
        return f"Ký hiệu “{symbol.printed}” thiếu cơ quan ban hành."
    return None


def _assembly_fault(symbol: Symbol) -> str | None:
    m = _SESSION.search(symbol.issuers[0].upper())
    if m is None or symbol.year is None:
        return None
    first, last = ASSEMBLY_TERMS.get(int(m[1]), (None, None))
    if first is None or last is None:
        return f"Không có Quốc hội khóa {int(m[1])} trong ký hiệu “{symbol.printed}”."
    if not first <= symbol.year <= last:
        return f"Ký hiệu “{symbol.printed}” sai khóa: Quốc hội khóa {int(m[1])} là {first}-{last}."
    return None


def _joined(words: str) -> str:
    return "".join(words.split()).translate(_ICELANDIC)


def _read(m: re.Match[str]) -> Symbol:
    joint = " " if m["spaced"] else ""  # the space stands for the slash
    tail = m["tail"] or m["lower"] or m["body"] or m["spaced"] or m["bare"]
    printed = m["number"] + joint + _joined(m.string[m.end("number") : m.end()])
    parts = [p for p in _SPLIT.split(_joined(tail)) if p]
    if m["code"]:
        parts.insert(0, _joined(m["code"]))
    code = parts[0] if parts[0].casefold() in KIND_BY_CODE and (len(parts) > 1 or m["bare"] is None) else None
    issuers = tuple(parts[1:]) if code is not None else tuple(parts)
    year = int(m["year"]) if m["year"] else None
    return Symbol(m["number"], year, code, issuers, m["code"] is not None, printed)
