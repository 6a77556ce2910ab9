"""Letterhead: number, place and date, and the body that issues the paper.

Reads: the head paragraphs, or the text where the letterhead is gone. Writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from rapidfuzz import fuzz

from binhdang.reading.draft import Draft, Paragraph
from binhdang.reading.stages.zones import KIND_LINE, NUMERIC_PLACE_DATE, PLACE_DATE, clean
from binhdang.reference.agencies import spell_out
from binhdang.vietnamese.text import LOWER, UPPER, mend, plain

NATION = re.compile(
    r"c[ộô]ng h[òo]a x[ãa] h[ộô]i ch[ủu] ngh[ĩi]a(?: vi[ệê]t nam)?|đ[ộô]c l[ậâ]p\s?-\s?t[ựư] do\s?-\s?h[ạa]nh ph[úu]c|đảng cộng sản việt nam"
)


_NUMBER = re.compile(r"(?<![^\W\d_])số\s{0,3}[:.]?\s{0,3}(?=\d|/|\.|…|_|\s|$)")


_SYMBOL = re.compile(
    r"(\d{1,5}[a-z]?)\s{0,3}([-/])\s{0,3}([A-ZĐ0-9ÀƯÂÊÔ][\wĐđ&.]*(?:\s?[-/&,]\s?[A-ZĐ][\wĐđ&.]*){0,5})"
)


_BLANK_SYMBOL = re.compile(r"[\s._…]{0,40}[-/]\s?[A-ZĐ]")


# The symbol ends where a place name is fused to its capitals: "KH-UBNDLâm Đồng".
_FUSED = re.compile(rf"(?<=[A-ZĐ]{{2}})(?=[{UPPER}][{LOWER}]{{2}}|[{UPPER}][{LOWER}]\s[{UPPER}])")
_SYMBOL_END = re.compile(rf"\s{{2,}}|,|\s(?=[A-ZĐ][{LOWER}])|\s?[Vv]/v")


def read_number(head: list[Paragraph], draft: Draft) -> str | None:
    """The paper's number without inner blanks; None where it is left blank or there is none."""
    lines = head or [q for q in draft.paragraphs[:8] if q.zone == "head"]
    for index, p in enumerate(lines):
        # in brackets under the title stands the number of the paper that the plan is enclosed with
        if len(p.low) > 160 or p.low.startswith("(") or (m := _NUMBER.search(p.low)) is None:
            continue
        rest = p.match[m.end() :].strip()
        if not rest and index + 1 < len(lines):
            rest = lines[index + 1].match.strip()
        if _BLANK_SYMBOL.match(rest):
            return None
        if s := _SYMBOL.match(rest):
            symbol = _FUSED.split(_SYMBOL_END.split(s[1] + s[2] + s[3])[0])[0]
            return re.sub(r"\s", "", symbol).rstrip(".,-/(")
    return None


def read_place_and_date(head: list[Paragraph], draft: Draft) -> tuple[str | None, date | None, bool]:
    """Place and day of the place line, and whether there is such a line (its day may be left blank)."""
    candidates = head or draft.paragraphs[:10]
    lines = [*candidates, *(p for p in draft.paragraphs if p.zone == "tail")]
    for index, p in enumerate(lines):
        if "ngày" not in p.low or len(p.low) > 240:
            continue
        m = PLACE_DATE.search(p.match) or NUMERIC_PLACE_DATE.search(p.match)
        if m is None:
            continue
        place = _place_name(m["place"])
        if index and m.start() == 0 and _OPEN_PLACE.fullmatch(lines[index - 1].match):
            place = f"{lines[index - 1].match.strip()} {place}"
        try:
            day = date(int(re.sub(r"\s", "", m["year"])), int(m["month"]), int(m["day"]))
        except ValueError:
            day = None
        return place, day if day and 1945 <= day.year <= 2100 else None, True
    return None, None, False


# A place line broken inside the name: "Thành phố Hồ / Chí Minh, ngày …".
_OPEN_PLACE = re.compile(rf"(?:Thành phố|TP\.?|Thị xã|Thị trấn|Huyện|Quận)(?:\s[{UPPER}][{LOWER}]{{1,8}}){{0,3}}")
_SYMBOL_BEFORE = re.compile(r"[-/.]?\s?(?:[A-ZĐ][\wĐ&]{0,9}\s?[-/.]\s?){0,4}[A-ZĐ&]{2,}[a-z]?\s{1,}(?=\S)")


def _place_name(text: str) -> str:
    words = clean(text)
    if "|" in words:
        words = clean(words.rsplit("|", 1)[1])
    if m := _SYMBOL_BEFORE.match(words):
        words = words[m.end() :]
    return _FUSED.split(words)[-1].strip()


_BODY_HEADS = (
    "ủy ban", "ubnd", "hđnd", "hội đồng", "sở ", "phòng ", "bộ ", "hội ", "ban ", "liên đoàn", "tổng ", "đoàn ", "cục ", "vụ ", "chi cục", "tỉnh ủy", "huyện ủy",
    "thành ủy", "thị ủy", "đảng ủy", "bch ", "công đoàn", "mặt trận", "ub ", "trường ", "bệnh viện", "trung tâm", "viện ", "thủ tướng", "chính phủ", "văn phòng", "tòa án", "công an", "btv ", "tỉnh đoàn", "huyện đoàn", "thành đoàn", "thanh tra", "kho bạc", "đài ", "học viện", "bảo hiểm", "ngân hàng", "liên minh", "hiệp hội",
)  # fmt: skip


_COLUMNS = re.compile(r"\t+|\s\|\s|\s{3,}")


def read_issuer(head: list[Paragraph], place: str | None, title: str | None, draft: Draft) -> str | None:
    """The body of the letterhead with its place: the last one named, or where there is none, whom the text names."""
    for capitals in (True, False):
        if bodies := _bodies(head, capitals):
            return _compose_issuer(bodies, place, draft)
    return _issuer_from_text(title, place, draft)


def _bodies(head: list[Paragraph], capitals: bool) -> list[str]:
    """The names printed in the letterhead, top down; without `capitals` also those in ordinary letters."""
    bodies: list[str] = []
    cut = False  # the nation's name was cut before its last words by a narrow column
    for p in head:
        at = 0
        for gap in [*_COLUMNS.finditer(p.text), None]:
            end = gap.start() if gap else len(p.text)
            line = p.match[at:end] if p.back is None else mend(plain(p.text[at:end]))[0]
            at = gap.end() if gap else end
            words = _body_words(line, capitals)
            after_cut, cut = cut, line.strip().lower().endswith("chủ nghĩa")
            if after_cut and words == "VIỆT NAM":
                continue
            if words.lower().startswith(_BODY_HEADS):
                bodies.append(words)
            elif bodies and words and (capitals or _LEVEL_START.match(words)):
                bodies[-1] += " " + words
    return bodies


_LONE_SYMBOL = re.compile(r"/\s?[A-ZĐ]{2,6}[-/.]")  # of a number left blank


def _body_words(line: str, capitals: bool) -> str:
    """The words of a line of the letterhead that may name a body, or part of its name; "" for any other line."""
    low = line.lower()
    kept = clean("".join(line[a:b] for a, b in _without(NATION, low)))
    low = kept.lower()
    if (
        not any(c.isalpha() for c in kept)
        or (capitals and not kept.isupper())
        or (not capitals and (len(kept) > 60 or kept.endswith((".", ":", ";"))))
        or len(kept) > 120
        or "/" in kept.lstrip("/")
        or _LONE_SYMBOL.match(kept)
        or low.startswith(("số", "v/v", "mật", "hỏa tốc", "khẩn"))
        or PLACE_DATE.search(line)
        or KIND_LINE.match(low)
    ):
        return ""
    return kept.lstrip("/ ")


def _without(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """The stretches of a text that the pattern leaves over."""
    ends = [0, *(at for m in pattern.finditer(text) for at in m.span()), len(text)]
    return list(zip(ends[::2], ends[1::2], strict=True))


_LEVELS = "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
# "xã hội" and "tỉnh ủy" are no places.
_LEVEL_PLACE = re.compile(
    rf"(?<!và )(?<!- )\b({_LEVELS})\s+(?!ủy|uỷ|đoàn|hội(?:\s(?:{_LEVELS})\b|$))(\S.*)$", re.IGNORECASE
)
_PARTY_PLACE = re.compile(
    r"\b((?:tỉnh|huyện|thành|thị|quận|đảng) (?:ủy|uỷ)|(?:tỉnh|huyện|thành|thị|quận) ?đoàn|trường (?:trung học phổ thông|trung học cơ sở|thpt|thcs|tiểu học|mầm non))\s+(\S.*)$",
    re.IGNORECASE,
)
_LEVEL_END = re.compile(rf"\b(?:{_LEVELS})$", re.IGNORECASE)
_LEVEL_START = re.compile(rf"^(?:{_LEVELS})\s", re.IGNORECASE)


_ORGAN = re.compile(r"ban (?:thường vụ|chấp hành)|bch|btv")
_NEXT_LEVEL = re.compile(
    r"(ủy ban nhân dân) (?:tỉnh|thành phố|huyện|quận|thị xã)\s.{2,60}?\s((?:xã|phường|thị trấn)\s.+)$", re.IGNORECASE
)


def _compose_issuer(bodies: list[str], place: str | None, draft: Draft) -> str:
    if m := _NEXT_LEVEL.match(spell_out(bodies[-1])):  # "UBND HUYỆN TÂN SƠN / XÃ MINH ĐÀI": the commune issues
        bodies = [*bodies[:-1], f"{m[1]} {m[2]}"]
    if len(bodies) > 1 and _ORGAN.fullmatch(bodies[-1].strip().lower()):
        bodies = [*bodies[:-2], f"{bodies[-1]} {bodies[-2]}"]
    own = _proper_case(bodies[-1], draft)
    low = own.lower()
    found = _LEVEL_PLACE.search(own)
    if found is None and _LEVEL_END.search(low) and place:
        return f"{own} {_LEVEL_START.sub('', place)}"
    if found is None and not ("việt nam" in low or "trung ương" in low or _PARTY_PLACE.search(own)):
        above = (_LEVEL_PLACE.search(_proper_case(b, draft)) for b in reversed(bodies[:-1]))
        parent = next((m for m in above if m), None)
        return f"{own} {parent[0]}" if parent else own
    if found is not None and place and found[2] != place:
        bare = _LEVEL_START.sub("", place)
        if fuzz.ratio(found[2].lower(), bare.lower()) >= 75:
            own = own[: found.start(2)] + bare
    return own


_PROPER = {
    name.lower(): name
    for name in (
        "Lao động - Thương binh và Xã hội", "Nội vụ", "Hội Liên hiệp Phụ nữ", "Mặt trận Tổ quốc", "Việt Nam", "Lao động", "Thanh niên Cộng sản Hồ Chí Minh", "Thường vụ",
        "Chấp hành", "Thường trực", "Chỉ đạo", "Vì sự tiến bộ của phụ nữ", "Hội Nông dân", "Hội Cựu chiến binh", "Đảng bộ", "Trung ương", "Văn hóa", "Tỉnh ủy", "Huyện ủy",
        "Thành ủy", "Thị ủy", "Đảng ủy", "Chữ thập đỏ", "Quân sự",
    )
}  # fmt: skip
_PROPER_NAME = re.compile("|".join(_PROPER))


_SHORT_COMMITTEE = re.compile(rf"^ủy ban nhân(?= (?:{_LEVELS})\b)")  # a word was left out


def _proper_case(words: str, draft: Draft) -> str:
    """A name in capitals as the paper itself writes it in running text, or else by the usual rule."""
    low = " ".join(spell_out(" ".join(words.split())).lower().split())
    low = _SHORT_COMMITTEE.sub("ủy ban nhân dân", low)
    place = ""
    if m := _LEVEL_PLACE.search(low) or _PARTY_PLACE.search(low):
        level = m[1] if m.re is _LEVEL_PLACE else ""
        low, where = low[: m.start(2)].rstrip(), m[2]
        low = low[: len(low) - len(level)].rstrip() if level else low
        named = _as_printed(where, draft) or re.sub(r"(?<![^\W\d_])[^\W\d_]", lambda c: c[0].upper(), where)
        place = f" {level} {named}" if level else f" {named}"
    name = _as_printed(low, draft) or _by_rule(low)
    return name[:1].upper() + name[1:] + place


# In these names the word after the first is written with a capital: "Trung tâm Kiểm soát bệnh tật".
_HEADS = re.compile(
    r"(?:trung tâm|chi cục|tổng cục|cục|vụ|ban|hội(?! đồng)|liên đoàn|sở|phòng|bộ|viện|bệnh viện|công đoàn|đoàn)\s(?=[^\W\d_])"
)


def _by_rule(low: str) -> str:
    text = _PROPER_NAME.sub(lambda m: _PROPER[m[0]], low)
    if m := _HEADS.match(text.lower()):
        text = text[: m.end()] + text[m.end()].upper() + text[m.end() + 1 :]
    return spell_out(text[:1].upper() + text[1:])


def _as_printed(words: str, draft: Draft) -> str | None:
    low = words.lower()
    for p in draft.paragraphs:
        at = p.low.find(low)
        if at >= 0:
            found = p.match[at : at + len(low)]
            if not found.isupper() and found[:1].isupper():
                return found
    return None


_ISSUER_TEXT = re.compile(rf"(?:ubnd|ủy ban nhân dân)\s({_LEVELS})(?![^\W\d_])")
_ISSUES = re.compile(r"[^,;.]{0,40}(?:xây dựng|ban hành)\s(?:kế hoạch|chương trình)")


_CAPITALS = re.compile(r"((?:\s[" + UPPER + r"][\w']*){1,4})")


def _issuer_from_text(title: str | None, place: str | None, draft: Draft) -> str | None:
    """Where the letterhead is gone: the People's Committee that the text says issues the plan, with its place."""
    levels: Counter[str] = Counter()
    named: dict[str, str] = {}
    for p in draft.paragraphs:
        if p.table is not None or not ("ubnd" in p.low or "ủy ban nhân dân" in p.low):
            continue
        for m in _ISSUER_TEXT.finditer(p.low):
            weight = 6 if p.zone == "preamble" and _ISSUES.match(p.low, m.end()) else 1
            if "cấp" in p.low[max(0, m.start() - 4) : m.start()]:
                continue
            levels[m[1]] += weight
            if (c := _CAPITALS.match(p.match, m.end())) and m[1] not in named:
                named[m[1]] = c[1].strip()
    if not levels:
        return None
    level = levels.most_common(1)[0][0]
    where = named.get(level) or _place_in(level, title, draft) or place
    return f"Ủy ban nhân dân {level} {where}".strip() if where else f"Ủy ban nhân dân {level}"


def _place_in(level: str, title: str | None, draft: Draft) -> str | None:
    counts: Counter[str] = Counter()
    if title and (m := re.search(rf"{level}\s((?:[^\W\d_]+\s?){{1,3}})$", title.strip(), re.IGNORECASE)):
        words = m[1].strip()
        counts[_as_printed(words, draft) or " ".join(w.capitalize() for w in words.split())] += 5
    own = re.compile(rf"{level}(?<![^\W\d_]{level})((?:\s[{UPPER}][{LOWER}']+){{1,3}})")
    for p in draft.paragraphs:
        if level in p.low:
            counts.update(m[1].strip() for m in own.finditer(p.match))
    return counts.most_common(1)[0][0] if counts else None


def draft_year(draft: Draft) -> int | None:
    """The year printed in the place line, if any."""
    for p in draft.paragraphs[:30]:
        if (m := PLACE_DATE.search(p.match)) and m["year"].isdigit() and len(m["year"]) == 4:
            return int(m["year"])
    return None
