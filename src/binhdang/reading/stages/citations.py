"""Cited papers: numbered ones by their symbols, laws and a few others by their names; one row a paper.

A symbol takes its kind from the word right before it, its date and issuer from the words right after it (so the
number, date and issuer of a paper named inside a title stay with that paper). In a list ("Các Công điện: số …, số …
và số … ngày …") the kind goes on to the right, a date or an issuer printed once goes back to the left.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from binhdang.law import find_laws, find_named, find_symbols, issued_by, read_issuer
from binhdang.law.symbol import PrintedSymbol, Symbol
from binhdang.paper import Span
from binhdang.plan import Citation
from binhdang.reading.draft import Draft, Paragraph
from binhdang.reference.paper_kinds import ANY_PAPER, PAPER_KINDS
from binhdang.vietnamese.dates import PrintedDate, date_at, find_dates

_SKIPPED_ZONES = frozenset(("head", "tail"))
_WORTH_A_LOOK = re.compile(
    r"[0-9](?:[A-Za-zĐđ]{0,2}\s{0,2}[/-]\s{0,2}(?:(?:19|20)\d\d\s{0,2}/\s{0,2})?[A-ZĐÐa-zđ]"
    r"|\s[QNKTBCH][A-ZĐÐa-z]{1,2}-)"
)
_BEFORE = 110  # characters before a symbol in which its kind is looked for: "Công văn của <the longest issuer> số "
_AFTER = 700  # characters after it in which its title must end
_LAST_FEW = 8  # rows of one key that a mention is compared with: a bound for hostile input

_KIND_NAMES = {kind.name.casefold(): kind.name for kind in PAPER_KINDS} | {
    ANY_PAPER.casefold(): ANY_PAPER,
    "bộ luật": "Luật",
    "điện": "Công điện",
    "thông báo kết luận": "Thông báo",
}
_KIND_WORDS = 4  # of the longest name
_ANY_KIND = "|".join(name.replace(" ", r"\s") for name in sorted(_KIND_NAMES, key=len, reverse=True))
_KIND = re.compile(rf"(?<!\w)(?:{_ANY_KIND})(?!\w)", re.IGNORECASE)
_NUMBER_WORD = re.compile(r"[Ss][ốỐ]\s{0,3}[:.]?\s{0,3}\Z")
_NUMBER_WORD_LENGTH = 9
_LIST_JOINT = re.compile(r"[\s,;]{0,6}(?:(?:và|cùng|hoặc)\s)?(?:các\s)?(?:[Ss]ố)?\s{0,3}:?\s{0,3}")
_SAME_SENTENCE = re.compile(r"[\s,]{0,4}(?:và\s)?")
_SKIP = re.compile(r"[\s,(]{0,4}(?:(?:ký|ra)\s)?")
_OF = re.compile(r"[\s,(]{0,3}(?:của|do)\s{1,3}")
_DIRECT_ISSUER = re.compile(r"\s{1,2}(?=(?:Bộ|Sở|UBND|Ủy ban|Thủ tướng|Chính phủ|HĐND|Tỉnh ủy|Ban)\s)")
_ABOUT = re.compile(r"\s{1,2}(?:về|V/v|v/v|hướng dẫn|quy định|phê duyệt)\s")
_ISSUES = re.compile(r",?\s(?:[^,;.]{2,90}\s)?(?:đã\s)?(?:ban hành|ký|có|ra)\s(?:các\s)?")
_TITLE = re.compile(
    r"[\s)]{0,3}(?:(?:[Vv]ề việc|[Vv]/v|[Vv]ề)\s{1,3}|(?=(?i:phê duyệt|ban hành|quy định|hướng dẫn|sửa đổi|triển khai"
    r"|thực hiện|tổ chức|tăng cường|công bố|kiện toàn|thành lập|đẩy mạnh)\s))"
)
_TITLE_END = re.compile(
    r"[;\n]|\.(?:\s|\Z|\.)|,\s(?=(?:UBND|Ủy ban|Sở|Phòng|Ban|HĐND|Hội|Bộ|Tỉnh ủy)\s)|\)(?=[\s.;,]|\Z)"
)
_UNFINISHED = re.compile(r"(?:\A|\s)(?:của|thực hiện|theo|tại|thi hành|kèm theo|kết luận|hướng dẫn|với|cho)\Z")
_TO_LAW_NUMBER = re.compile(r"(?:\snăm\s\d{4})?[\s,(]{1,3}(?:[Ss]ố)?:?\s{0,3}")
_LAW_DATE = re.compile(r"[\s,(]{0,3}(?=ngày\s|Ngày\s)")


@dataclass(slots=True)
class _Mention:
    """One mention of a paper, in places of the paragraph's matching copy; the fields that it prints."""

    start: int
    end: int
    kind: str
    symbol: Symbol | None = None
    symbol_start: int = 0
    when: PrintedDate | None = None
    issuer: str | None = None
    list_issuer: str | None = None  # printed before the first number of a list, holds for all of them
    title: str | None = None
    name_key: str | None = None
    named_year: int | None = None
    listed: bool = False  # joined to the mention before it as a member of one list

    @property
    def day(self) -> date | None:
        """The date, when it is one that the calendar has."""
        return self.when.as_date if self.when else None

    @property
    def year(self) -> int | None:
        """The year of the paper's numbering: as in the symbol, else as in the date, else as in the name."""
        if self.symbol is not None and self.symbol.year is not None:
            return self.symbol.year
        return self.day.year if self.day else self.named_year

    @property
    def keys(self) -> list[str]:
        """What two mentions of one paper have in common."""
        keys = [self.symbol.key] if self.symbol is not None else []
        return [*keys, "name " + self.name_key] if self.name_key else keys


@dataclass(slots=True, eq=False)
class _Row:
    """A paper so far: its first mention, filled up from later ones."""

    kind: str
    role: str
    symbol: Symbol | None = None
    day: date | None = None
    year: int | None = None
    issuer: str | None = None
    title: str | None = None
    spans: list[Span] = field(default_factory=list)

    def same_as(self, m: _Mention) -> bool:
        """Numbering starts again every year and at every body: another year, or date and issuer, is another paper."""
        if m.symbol is not None and self.symbol is not None and m.symbol.key != self.symbol.key:
            return False
        if m.year is not None and self.year is not None and m.year != self.year:
            return False
        if m.day is None or self.day is None or m.day == self.day or m.issuer is None or self.issuer is None:
            return True
        return m.issuer.startswith(self.issuer) or self.issuer.startswith(m.issuer)

    def add(self, m: _Mention, span: Span) -> None:
        """Fills what is not known yet."""
        self.symbol = self.symbol or m.symbol
        self.day = self.day or m.day
        self.year = self.year or m.year
        self.issuer = self.issuer or m.issuer
        self.title = self.title or m.title
        self.spans.append(span)


def find_citations(draft: Draft) -> list[Citation]:
    """One row per cited paper in order of first mention, with the spans of all mentions. Time is linear in the text."""
    rows: list[_Row] = []
    known: dict[str, list[_Row]] = {}
    for p in draft.paragraphs:
        if p.zone in _SKIPPED_ZONES:
            continue
        for m in _mentions(p):
            keys = m.keys
            row = _known_row(m, keys, known)
            if row is None:
                row = _Row(m.kind, "basis" if p.zone == "preamble" else "mention")
                rows.append(row)
            row.add(m, p.place(m.start, m.end))
            for key in keys:
                kept = known.setdefault(key, [])
                if row not in kept[-_LAST_FEW:]:
                    kept.append(row)
    return [
        Citation(r.kind, r.symbol.printed if r.symbol else None, r.day, r.issuer, r.title, r.role, tuple(r.spans))
        for r in rows
    ]


def _known_row(m: _Mention, keys: list[str], known: dict[str, list[_Row]]) -> _Row | None:
    for key in keys:
        for row in reversed(known.get(key, [])[-_LAST_FEW:]):
            if row.same_as(m):
                return row
    return None


def _mentions(p: Paragraph) -> list[_Mention]:
    text = p.match
    numbered = _numbered(text) if ("/" in text or "số" in text) and _WORTH_A_LOOK.search(text) else []
    laws = _laws(p, numbered) if "Luật" in text or "Bộ luật" in text else []
    named = _named(text, numbered) if "Nghị quyết" in text or "Kế hoạch" in text else []
    if numbered:
        _add_titles(p, numbered)
    if not laws and not named:
        return numbered
    return sorted((*numbered, *laws, *named), key=lambda m: m.start)


# Numbered papers


def _numbered(text: str) -> list[_Mention]:
    mentions: list[_Mention] = []
    for printed in find_symbols(text):
        before = mentions[-1] if mentions else None
        m = _begin(text, printed, before)
        if m is None:
            continue
        _read_after(text, m)
        if m.when is None:
            _read_date_before(text, m, before.end if before else 0)
        mentions.append(m)
    _share_backwards(text, mentions)
    return mentions


def _begin(text: str, printed: PrintedSymbol, before: _Mention | None) -> _Mention | None:
    """The mention with its kind and what is said before it; None when the symbol is no citation."""
    symbol = printed.symbol
    floor = max(before.end if before else 0, printed.start - _BEFORE)
    gap = text[floor : printed.start]
    said = _NUMBER_WORD.search(gap, max(0, len(gap) - _NUMBER_WORD_LENGTH))
    start = floor + said.start() if said else printed.start
    m = _Mention(start, printed.end, symbol.kind or ANY_PAPER, symbol, printed.start)
    if before is not None and before.symbol is not None and _LIST_JOINT.fullmatch(gap):
        m.listed = True
        m.issuer = m.list_issuer = before.list_issuer
        if symbol.kind is None or (symbol.code is None and before.symbol.code is None):
            m.kind = before.kind
        return m
    place = _last_kind(gap, said.start() if said else len(gap))
    if place is not None and _take_kind(m, gap, place, said):
        m.start = floor + place[0]
        m.issuer = m.issuer or _issuer_before(text, m.start)
        return m
    return m if said or (symbol.strong and not printed.bare) else None


def _last_kind(gap: str, end: int) -> tuple[int, int] | None:
    """Where the last word for a kind stands; it mostly ends right at `end`, which is quickly looked up."""
    near = gap[:end].rstrip(" \n\xa0:")
    place, found, words = len(near), None, ""
    for word in reversed(near.rsplit(None, _KIND_WORDS)[-_KIND_WORDS:]):
        place = near.rfind(word, 0, place)
        words = f"{word.casefold()} {words}".rstrip()
        if words in _KIND_NAMES:
            found = place, len(near)
    if found is None:
        for m in _KIND.finditer(gap):
            found = m.span()
    return found


def _take_kind(m: _Mention, gap: str, place: tuple[int, int], said: re.Match[str] | None) -> bool:
    """Reads "Quyết định số", "Công văn hỏa tốc số", "Công văn của Sở Y tế số", "Các Nghị định … (số" into the mention."""
    printed = gap[place[0] : place[1]]
    rest = gap[place[1] : said.start() if said else len(gap)].rstrip(" \n\xa0:")
    words = rest.rstrip("( ").strip()
    name = _KIND_NAMES[" ".join(printed.casefold().split())]
    if printed == "luật":
        return False  # "quy phạm pháp luật"
    bracket = rest.endswith("(")
    if name != "Luật" and (words.startswith("của ") or words[:1].isupper()):
        issuer = read_issuer(words, 4 if words.startswith("của ") else 0)
        if issuer is not None and (bracket or not words[issuer[0] :].strip()):
            m.issuer = m.list_issuer = issuer[1]
    if words and m.issuer is None and (printed[0].islower() or not _may_part(words, said is not None, bracket)):
        return False
    if name != ANY_PAPER:
        m.kind = name
    elif m.symbol is not None and m.symbol.code is None and not m.symbol.assembly:
        m.kind = "Công văn"
    return True


def _may_part(words: str, said: bool, bracket: bool) -> bool:
    """Whether `words` may stand between a kind and its number: "Công văn ‹hỏa tốc› số", "Các Nghị định ‹về …› (số"."""
    if any(mark in words for mark in ";.()") or words.startswith("của "):
        return False
    return bracket or (said and "," not in words and len(words.split()) <= 5)


def _issuer_before(text: str, place: int) -> str | None:
    """The body in "chỉ đạo của <body> tại ‸Công văn số", "<body> ban hành ‸Quyết định số"."""
    before = text[max(0, place - _BEFORE) : place]
    tail = before.rstrip().removesuffix(" các")
    if tail.endswith((" tại", " trong")):
        of = before.rfind("của ")
        issuer = read_issuer(before, of + 4) if of >= 0 else None
        between = before[issuer[0] :].strip(" ,").removesuffix(" các") if issuer else ""
        return issuer[1] if issuer and between in ("tại", "trong") else None
    return issued_by(before) if tail.endswith((" ban hành", " có", " ký", " gửi")) else None


def _read_after(text: str, m: _Mention) -> None:
    """Takes the date and the issuer that follow, in either order, and moves the end behind them."""
    for _ in range(3):
        if m.when is None:
            skip = _SKIP.match(text, m.end)
            found = date_at(text, skip.end() if skip else m.end)
            if found is not None and (found.named or found.year is not None):
                m.when, m.end = found, found.end
                continue
        of = _OF.match(text, m.end) if m.issuer is None else None
        issuer = read_issuer(text, of.end()) if of else None
        if issuer is None:
            break
        m.end, m.issuer = issuer
    if m.issuer is None:
        direct = _DIRECT_ISSUER.match(text, m.end)
        issuer = read_issuer(text, direct.end()) if direct else None
        if issuer is not None and _ABOUT.match(text, issuer[0]):
            m.end, m.issuer = issuer


def _read_date_before(text: str, m: _Mention, floor: int) -> None:
    """Takes the date of "Ngày 13 tháng 01 năm 2010, Bộ Y tế ban hành ‸Kế hoạch số …"."""
    start = max(floor, m.start - 150)
    before = text[start : m.start]
    dates = find_dates(before) if "gày" in before else []
    if dates and dates[-1].named and _ISSUES.fullmatch(before, dates[-1].end):
        m.when = dates[-1]


def _share_backwards(text: str, mentions: list[_Mention]) -> None:
    """A date or an issuer printed after the last of several goes to those before it that have none."""
    for m, following in reversed(list(pairwise(mentions))):
        if not _SAME_SENTENCE.fullmatch(text, m.end, following.start) and not following.listed:
            continue
        if ";" in text[m.end : following.start]:
            continue
        if m.when is None and following.listed:
            m.when = following.when
        if m.issuer is None and m.symbol and following.symbol and m.symbol.issuers[:1] == following.symbol.issuers[:1]:
            m.issuer = following.issuer


def _add_titles(p: Paragraph, numbered: list[_Mention]) -> None:
    """The words that say what a numbered paper is about, where they end clearly before the next one."""
    stops = [m.start for m in numbered[1:]] + [len(p.match)]
    for m, stop in zip(numbered, stops, strict=True):
        opening = _TITLE.match(p.match, m.end) if m.title is None else None
        if opening is None or opening.end() >= stop:
            continue
        end = _title_end(p.match, opening.end(), stop)
        if end is None:
            continue
        place = p.place(opening.end(), end)
        words = p.text[place.start - p.start : place.end - p.start].rstrip(" ,(").removesuffix(" và").rstrip(" ,(")
        if words and not _UNFINISHED.search(words):
            m.title = words


def _title_end(text: str, start: int, stop: int) -> int | None:
    """Where the title ends: at the next mark outside brackets, at most at `stop`; None when that is too far off."""
    limit = min(stop, start + _AFTER)
    for close in _TITLE_END.finditer(text, start, limit):
        if close[0] != ")" or text.count("(", start, close.start()) <= text.count(")", start, close.start()):
            return close.start()
    return limit if limit == stop else None


# Papers known by name


def _laws(p: Paragraph, numbered: list[_Mention]) -> list[_Mention]:
    """Laws named; one that is followed by its number is joined to that number's mention, which it then begins."""
    text = p.match
    laws: list[_Mention] = []
    by_symbol = {m.symbol_start: m for m in numbered if m.symbol and m.symbol.assembly}
    covered = -1
    for law in find_laws(text):
        within, covered = law.end <= covered, max(law.end, covered)  # part of an amending law's name
        place = p.place(law.start, law.end)
        title = " ".join(p.text[place.start - p.start : place.end - p.start].split())
        joint = _TO_LAW_NUMBER.match(text, law.end) if by_symbol else None
        numbered_law = by_symbol.get(joint.end()) if joint and not within else None
        if numbered_law is not None:
            numbered_law.start, numbered_law.kind = law.start, "Luật"
            numbered_law.title, numbered_law.name_key = title, law.key
            continue
        m = _Mention(law.start, law.end, "Luật", title=title, name_key=law.key)
        m.named_year = None if within else law.year
        dated = None if within else _LAW_DATE.match(text, law.end)
        found = date_at(text, dated.end()) if dated else None
        if found is not None and found.year is not None:
            m.when, m.end = found, found.end
        laws.append(m)
    return laws


def _named(text: str, numbered: list[_Mention]) -> list[_Mention]:
    """Resolutions and plans named without a number; not those that hold or touch a numbered mention."""
    ends = [m.end for m in numbered]
    kept: list[_Mention] = []
    for n in find_named(text):
        nearest = bisect_left(ends, n.start + 1)
        if nearest == len(ends) or numbered[nearest].start >= n.end:
            kept.append(_Mention(n.start, n.end, n.kind, issuer=n.issuer, title=n.title, name_key=n.key))
    return kept
