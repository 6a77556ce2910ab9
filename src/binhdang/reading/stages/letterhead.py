"""Letterhead: number, place and date, and the body that issues the paper.

Reads: the head paragraphs, or the text where the letterhead is gone. Writes nothing."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from rapidfuzz import fuzz

from binhdang.reading.draft import Draft, Paragraph
from binhdang.reading.stages.zones import KIND_LINE, PLACE_DATE, clean
from binhdang.reference.agencies import spell_out
from binhdang.vietnamese.text import LOWER, UPPER

NATION = re.compile(
    r"c[ộô]ng h[òo]a x[ãa] h[ộô]i ch[ủu] ngh[ĩi]a vi[ệê]t nam|đ[ộô]c l[ậâ]p\s?-\s?t[ựư] do\s?-\s?h[ạa]nh ph[úu]c|đảng cộng sản việt nam"
)


_NUMBER = re.compile(r"(?<![^\W\d_])số\s{0,3}[:.]?\s{0,3}(?=\d|/|\.|…|_|\s|$)")


_SYMBOL = re.compile(
    r"(\d{1,5}[a-z]?)\s{0,3}([-/])\s{0,3}([A-ZĐ0-9ÀƯÂÊÔ][\wĐđ&.]*(?:\s?[-/&,]\s?[A-ZĐ][\wĐđ&.]*){0,5})"
)


_BLANK_SYMBOL = re.compile(r"[\s._…]{0,40}[-/]\s?[A-ZĐ]")


def read_number(head: list[Paragraph], draft: Draft) -> str | None:
    for p in head or [q for q in draft.paragraphs[:8] if q.zone == "head"]:
        if len(p.low) > 160 or (m := _NUMBER.search(p.low)) is None:
            continue
        rest = p.match[m.end() :]
        if _BLANK_SYMBOL.match(rest):
            return None
        if s := _SYMBOL.match(rest.lstrip()):
            symbol = s[1] + s[2] + s[3]
            cut = re.split(r"\s{2,}|,|\s(?=[A-ZĐ][" + LOWER + r"])|\s?[Vv]/v", symbol)[0]
            return re.sub(r"\s", "", cut).rstrip(".,-/(")
    return None


def read_place_and_date(head: list[Paragraph], draft: Draft) -> tuple[str | None, date | None, bool]:
    candidates = head or draft.paragraphs[:10]
    tail = [p for p in draft.paragraphs if p.zone == "tail"]
    for p in [*candidates, *tail]:
        if "ngày" not in p.low or len(p.low) > 240:
            continue
        m = PLACE_DATE.search(p.match)
        if m is None:
            continue
        place = _place_name(m["place"])
        try:
            day = date(int(m["year"]), int(m["month"]), int(m["day"]))
        except ValueError:
            day = None
        return place, day, True
    return None, None, False


def _place_name(text: str) -> str:
    words = clean(text)
    if "|" in words:
        words = clean(words.rsplit("|", 1)[1])
    if m := re.search(r"(?:số\s?:?\s?\S+|[\w&]+[-/][\w&-]+)\s{1,}(.+)$", words, re.IGNORECASE):
        words = m[1]
    fused = re.match(r"(?:UBND|HĐND|PHÚC|NAM)(?=[A-ZĐ][" + LOWER + r"])", words)
    return words[fused.end() :] if fused else words.strip()


_BODY_HEADS = (
    "ủy ban", "ubnd", "hđnd", "hội đồng", "sở ", "phòng ", "bộ ", "hội ", "ban ", "liên đoàn", "tổng ", "đoàn ", "cục ", "vụ ", "chi cục", "tỉnh ủy", "huyện ủy",
    "thành ủy", "thị ủy", "đảng ủy", "bch ", "công đoàn", "mặt trận", "ub ", "trường ", "bệnh viện", "trung tâm", "viện ", "thủ tướng", "chính phủ", "văn phòng", "tòa án", "công an",
)  # fmt: skip


def read_issuer(head: list[Paragraph], place: str | None, title: str | None, draft: Draft) -> str | None:
    bodies: list[str] = []
    for p in head:
        for line in re.split(r"\s\|\s|\t|\s{4,}", p.match):
            words = NATION.sub(lambda m: " " * len(m[0]), line.lower())
            kept = clean(
                line[: len(words)]
                if words == line.lower()
                else "".join(c if w != " " or c == " " else "" for c, w in zip(line, words, strict=False))
            )
            low = kept.lower()
            if PLACE_DATE.search(line) or _NUMBER.match(low) or low.startswith(("số", "v/v", "mật", "hỏa tốc", "khẩn")):
                if not PLACE_DATE.search(line) and (m := _NUMBER.search(low)) and m.start() == 0:
                    continue
                continue
            if (
                not kept
                or "/" in kept.lstrip("/")
                or not kept.replace("[", "").isupper()
                or len(kept) > 120
                or KIND_LINE.match(low)
            ):
                continue
            if low.lstrip("/ ").startswith(_BODY_HEADS):
                bodies.append(kept.lstrip("/ "))
            elif bodies and not kept.startswith("/"):
                bodies[-1] += " " + kept
    if bodies:
        return _compose_issuer(bodies, place, draft)
    return _issuer_from_text(title, place, draft)


_LEVEL_PLACE = re.compile(
    r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?!ủy|uỷ|đoàn)(\S.*)$", re.IGNORECASE
)


_LEVEL_END = re.compile(r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)$", re.IGNORECASE)


def _compose_issuer(bodies: list[str], place: str | None, draft: Draft) -> str:
    own = _proper_case(bodies[-1], draft)
    low = own.lower()
    found = _LEVEL_PLACE.search(own)
    if found is None and _LEVEL_END.search(low) and place:
        own = f"{own} {place}"
    elif found is None and len(bodies) > 1 and (parent := _LEVEL_PLACE.search(_proper_case(bodies[-2], draft))):
        if not re.search(r"việt nam|trung ương", low):
            own = f"{own} {parent[0]}"
    elif found is not None and place and found[2] != place:
        bare = re.sub(r"^(?:tỉnh|thành phố|huyện|thị xã|xã|phường|thị trấn)\s", "", place, flags=re.IGNORECASE)
        if fuzz.ratio(found[2].lower(), bare.lower()) >= 75:
            own = own[: found.start(2)] + bare
    return own


def _proper_case(words: str, draft: Draft) -> str:
    """Capitals as the paper itself writes the name in running text, or else by the usual rule."""
    text = spell_out(" ".join(words.split()))
    low = text.lower()
    out = low[:1].upper() + low[1:]
    out = re.sub(r"(?<=\s)(sở|phòng|bộ)(?=\s)", lambda m: m[1], out)
    for name in (
        "lao động - thương binh và xã hội",
        "nội vụ",
        "liên hiệp phụ nữ",
        "mặt trận tổ quốc việt nam",
        "mặt trận tổ quốc",
        "việt nam",
        "lao động",
        "cộng sản hồ chí minh",
        "văn hóa",
    ):
        at = out.lower().find(name)
        if at > 0:
            fixed = {
                "liên hiệp phụ nữ": "Liên hiệp Phụ nữ",
                "mặt trận tổ quốc việt nam": "Mặt trận Tổ quốc Việt Nam",
                "mặt trận tổ quốc": "Mặt trận Tổ quốc",
                "lao động - thương binh và xã hội": "Lao động - Thương binh và Xã hội",
                "việt nam": "Việt Nam",
                "lao động": "Lao động",
            }.get(name)
            out = out[:at] + (fixed or name[0].upper() + name[1:]) + out[at + len(name) :]
    if m := _LEVEL_PLACE.search(out):
        proper = _as_printed(m[2], draft) or " ".join(w[:1].upper() + w[1:] for w in m[2].split())
        out = out[: m.start()] + m[1].lower() + " " + proper
    return re.sub(r"\b(tỉnh|huyện|thành|thị|quận) uỷ|\b(Tỉnh|Huyện|Thành|Thị|Quận) ủy", lambda x: x[0], out)


def _as_printed(words: str, draft: Draft) -> str | None:
    low = words.lower()
    for p in draft.paragraphs:
        at = p.low.find(low)
        if at >= 0:
            found = p.match[at : at + len(low)]
            if not found.isupper() and found[:1].isupper():
                return found
    return None


_ISSUER_TEXT = re.compile(
    r"(?:ubnd|ủy ban nhân dân)\s(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)(?![^\W\d_])"
)


_CAPITALS = re.compile(r"((?:\s[" + UPPER + r"][\w']*){1,4})")


def _issuer_from_text(title: str | None, place: str | None, draft: Draft) -> str | None:
    """Where the letterhead is gone: the People's Committee that the text says issues the plan, with its place."""
    levels: Counter[str] = Counter()
    named: dict[str, str] = {}
    for p in draft.paragraphs:
        if p.table is not None:
            continue
        for m in _ISSUER_TEXT.finditer(p.low):
            around = p.low[m.end() : m.end() + 60]
            weight = (
                6
                if p.zone == "preamble" and re.search(r"(?:xây dựng|ban hành)\s(?:kế hoạch|chương trình)", around)
                else 1
            )
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
    own = re.compile(rf"(?<![^\W\d_]){level}((?:\s[{UPPER}][{LOWER}']+){{1,3}})")
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
