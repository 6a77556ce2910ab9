"""Document: what the paper is, who issued it, when, who signed; and the zones head, preamble, body, tail.

Reads: Draft paragraphs. Writes: their zones; returns the Document and the recipients.
A decision that enacts a plan has two heads and two bodies; the identity is the decision's.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from rapidfuzz import fuzz

from binhdang.paper import Finding, Severity
from binhdang.plan import Document, Period, Recipient, Signer
from binhdang.reading.draft import Draft, Paragraph
from binhdang.reference.agencies import spell_out
from binhdang.vietnamese.enumerators import read_label
from binhdang.vietnamese.text import LOWER, UPPER

_KINDS = (
    "kế hoạch|quyết định|chỉ thị|chương trình(?: hành động| công tác| phối hợp)?|hướng dẫn|thông báo|kết luận|nghị quyết|đề án|phương án|báo cáo|tờ trình|công điện|quy chế"
    "|thông tri|dự án|công văn|kế hoạch liên tịch|kế hoạch phối hợp|thông tư"
)
_KIND_LINE = re.compile(rf"[|\s*_#]{{0,6}}({_KINDS})[\s:*_|]{{0,6}}$")
_KIND_OPEN = re.compile(rf"({_KINDS})(?![^\W\d_])\s{{0,4}}:?")
_NATION = re.compile(
    r"c[ộô]ng h[òo]a x[ãa] h[ộô]i ch[ủu] ngh[ĩi]a vi[ệê]t nam|đ[ộô]c l[ậâ]p\s?-\s?t[ựư] do\s?-\s?h[ạa]nh ph[úu]c|đảng cộng sản việt nam"
)
_NUMBER = re.compile(r"(?<![^\W\d_])số\s{0,3}[:.]?\s{0,3}(?=\d|/|\.|…|_|\s|$)")
_SYMBOL = re.compile(
    r"(\d{1,5}[a-z]?)\s{0,3}([-/])\s{0,3}([A-ZĐ0-9ÀƯÂÊÔ][\wĐđ&.]*(?:\s?[-/&,]\s?[A-ZĐ][\wĐđ&.]*){0,5})"
)
_BLANK_SYMBOL = re.compile(r"[\s._…]{0,40}[-/]\s?[A-ZĐ]")
_PLACE_DATE = re.compile(
    r"(?P<place>[^\W\d_][^,;:|\d]{1,40}?(?:\s\d{1,2})?)\s?,\s{0,3}ngày\s{0,6}(?P<day>\d{0,2})[\s._…]{0,20}tháng\s{0,6}(?P<month>\d{0,2})[\s._…]{0,20}năm\s{0,6}(?P<year>\d{0,4})",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"(?:[-+*]\s{0,3})?(?:căn cứ|thực hiện|triển khai|theo (?:đề nghị|tinh thần|quy định|kế hoạch)|xét|trên cơ sở|bám sát|thi hành|để |nhằm|tiếp tục|hưởng ứng|kính gửi|phát huy|trong (?:những|thời)|ngày \d|năm \d|sau khi|quán triệt|công tác)"
)
_RECIPIENTS = re.compile(r"[|\s*_]{0,6}nơi nhận\s{0,3}:?")
_SIGN = re.compile(
    r"[|\s*_]{0,6}(?:(?:TM|T/M|KT|K/T|TL|T/L|TUQ|Q)[./]{1,2}\s?["
    + UPPER
    + r"]|(?:PHÓ |THỨ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG|BÍ THƯ|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|CỤC TRƯỞNG|VỤ TRƯỞNG|THỦ TƯỚNG|HIỆU TRƯỞNG)(?!["
    + LOWER
    + r"]))"
)
_POST = re.compile(
    r"(?:QUYỀN\s)?(?:PHÓ\s{1,2}|THỨ\s{1,2})?(?:CHỦ TỊCH(?: THƯỜNG TRỰC)?|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|TRƯỞNG BAN(?: THƯỜNG TRỰC)?|TRƯỞNG PHÒNG|BÍ THƯ(?: THƯỜNG TRỰC)?|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|TỔNG THƯ KÝ|THỦ TƯỚNG(?: CHÍNH PHỦ)?|HIỆU TRƯỞNG|TỔNG CỤC TRƯỞNG|TRƯỞNG)"
)
_SHORT_POST = re.compile(r"(?:KT|TL|TUQ)[./]{1,2}\s{0,2}" + _POST.pattern)
_NAME = re.compile(
    rf"(?:(?:GS|PGS|TS|ThS|BS|CN|Ths)\.?\s?){{0,3}}((?:[{UPPER}][{LOWER}{UPPER}']{{0,9}}\s){{1,5}}[{UPPER}][{LOWER}{UPPER}']{{1,9}})"
)
_NAME_OLD = re.compile(r"((?:[" + UPPER + r"][" + LOWER + r"]+\s){1,4}[" + UPPER + r"][" + LOWER + r"]+)")
_SIGNED = re.compile(r"\(?\s?(?:đã ký|ký tên|đã kí|ký, đóng dấu)[^)]{0,20}\)?", re.IGNORECASE)
_BODY_LABELS = frozenset({"part", "chapter", "section", "article", "roman", "capital", "arabic"})
_CLEAN = re.compile(r"^[\s|*_#\-–=]+|[\s|*_#\-–=]+$")


def _clean(text: str) -> str:
    return _CLEAN.sub("", text)


def read_document(draft: Draft) -> tuple[Document, list[Recipient]]:
    """Set the zones and read the paper's identity and its Nơi nhận list."""
    kind_at = _kind_place(draft.paragraphs)
    titles = _zones(draft.paragraphs, kind_at)
    head = [p for p in draft.paragraphs[: kind_at if kind_at is not None else 12] if p.zone == "head"]
    kind, title = _kind_and_title(draft, kind_at, titles)
    number = _number(head, draft)
    place, day, dated = _place_and_date(head, draft)
    if (
        kind is None
        and (number is not None or dated)
        and any(p.low.startswith("kính gửi") for p in draft.paragraphs[:30])
    ):
        kind, title = "Công văn", title or _subject(draft)
    issuer = _issuer(head, place, title, draft)
    if number is None:
        draft.findings.append(
            Finding(
                "document.number-missing",
                Severity.WARNING,
                "Văn bản chưa có số, hoặc số để trống.",
                mend="Ghi số và ký hiệu, ví dụ: Số: 12/KH-UBND.",
            )
        )
    if day is None:
        draft.findings.append(
            Finding(
                "document.date-missing",
                Severity.WARNING,
                "Văn bản chưa có ngày ban hành, hoặc ngày để trống.",
                mend="Ghi đủ ngày, tháng, năm ban hành sau địa danh.",
            )
        )
    document = Document(kind, number, day, place, issuer, title, _period(title, draft), _signer(draft))
    return document, _recipients(draft)


def _kind_place(paragraphs: list[Paragraph]) -> int | None:
    for index, p in enumerate(paragraphs[:60]):
        if p.table is not None:
            continue
        if _KIND_LINE.match(p.low) and _clean(p.text).isupper():
            return index
        cleaned = p.low.lstrip(" *_|#")
        if (m := _KIND_OPEN.match(cleaned)) and p.match.lstrip(" *_|#")[: m.end(1)].isupper():
            return index
    for index, p in enumerate(paragraphs[:60]):
        if _KIND_LINE.match(p.low) and (p.bold or p.centred or len(p.low) < 14):
            return index
    return None


def _zones(paragraphs: list[Paragraph], kind_at: int | None) -> list[int]:
    """Set each paragraph's zone; returns the indexes of the title lines."""
    zone, titles = "head", []
    again = False
    count = len(paragraphs)
    index = 0
    if kind_at is not None:
        for p in paragraphs[: kind_at + 1]:
            p.zone = "head"
        index = kind_at + 1
        while index < count and _is_title_line(paragraphs, index, kind_at):
            paragraphs[index].zone = "head"
            titles.append(index)
            index += 1
        zone = "preamble"
    while index < count:
        p = paragraphs[index]
        if p.table is not None:
            p.zone = zone if zone in ("body", "preamble") else "body"
            index += 1
            continue
        zone = _next_zone(paragraphs, index, zone, kind_at)
        if zone == "enacted":
            index = _enacted_head(paragraphs, index, titles if not again else None)
            zone, again = "preamble", True
            continue
        p.zone = zone
        index += 1
    return titles


def _next_zone(paragraphs: list[Paragraph], index: int, zone: str, kind_at: int | None) -> str:
    p = paragraphs[index]
    if zone == "head":
        if index > 14 or _starts_body(p) or (_PREAMBLE.match(p.low) and len(p.low) > 40):
            zone = "preamble"
        else:
            return "head"
    if zone in ("preamble", "body") and (_RECIPIENTS.match(p.low) or _is_signature(p)):
        return "tail"
    if zone == "preamble" and _starts_body(p):
        return "body"
    if zone in ("tail", "outside"):
        later = len(paragraphs) - index
        if later > 4 and _KIND_LINE.match(p.low) and _clean(p.text).isupper():
            return "enacted"
        if p.low.lstrip(" *|").startswith("phụ lục") and len(p.low) < 120:
            return "body"
        if zone == "tail" and _tail_over(paragraphs, index):
            return "outside"
    return zone


def _tail_over(paragraphs: list[Paragraph], index: int) -> bool:
    """After recipients and a signer's name, a line that is neither is not the paper's."""
    p = paragraphs[index]
    tail = [q for q in paragraphs[max(0, index - 25) : index] if q.zone == "tail"]
    if any(q.low.lstrip("-+* ").startswith("lưu") for q in tail) and any(
        _NAME.fullmatch(_clean(q.text)) and not q.text.isupper() for q in tail
    ):
        return True
    if (
        read_label(p.match)
        or _is_signature(p)
        or _RECIPIENTS.match(p.low)
        or (len(p.text) < 60 and not p.text.endswith("."))
    ):
        return False
    seen = [q for q in paragraphs[max(0, index - 25) : index] if q.zone == "tail"]
    return any(_RECIPIENTS.match(q.low) for q in seen) and len(p.text) > 60


def _is_signature(p: Paragraph) -> bool:
    return len(p.text) < 120 and _SIGN.match(p.match) is not None and _clean(p.match)[:8].upper() == _clean(p.match)[:8]


def _starts_body(p: Paragraph) -> bool:
    label = read_label(p.match)
    if label is not None and label.style in _BODY_LABELS:
        rest = p.match[label.end :]
        return not _PREAMBLE.match(rest.lower()) or label.style not in ("arabic",)
    words = _clean(p.text)
    return (
        p.bold
        and 4 < len(words) < 120
        and not words.endswith((":", ";", ".", ","))
        and not _PREAMBLE.match(words.lower())
    )


def _is_title_line(paragraphs: list[Paragraph], index: int, kind_at: int) -> bool:
    p = paragraphs[index]
    words = _clean(p.text)
    if p.table is not None or not words:
        return not words
    if index - kind_at > 8 or (len(words) > 420) or (read_label(p.match) and not words[0].isdigit()):
        return False
    low = words.lower()
    if low.startswith(("kính gửi", "căn cứ", "(kèm theo", "(ban hành kèm")):
        return low.startswith("(") and index > kind_at
    if words.endswith((";", ":")) or (words.endswith(".") and len(words) > 160):
        return False
    if index == kind_at + 1:
        return not (_PREAMBLE.match(low) and re.search(r"số\s?\d|ngày \d|\d/[A-ZĐ]", words) and len(words) > 160)
    if words.isupper():
        return True
    if _PREAMBLE.match(low) and (len(words) > 110 or re.search(r"số\s?\d|\d/[A-ZĐ]", words)):
        return False
    previous = _clean(paragraphs[index - 1].text)
    return len(words) < 160 and (
        p.bold or p.centred or (p.bold == paragraphs[index - 1].bold and len(previous) > 20 and words[:1].islower())
    )


def _enacted_head(paragraphs: list[Paragraph], index: int, _: list[int] | None) -> int:
    start = index
    paragraphs[index].zone = "head"
    index += 1
    while index < len(paragraphs) and index - start < 8 and _is_title_line(paragraphs, index, start):
        paragraphs[index].zone = "head"
        index += 1
    return index


def _kind_and_title(draft: Draft, kind_at: int | None, titles: list[int]) -> tuple[str | None, str | None]:
    if kind_at is None:
        return None, None
    p = draft.paragraphs[kind_at]
    cleaned = _clean(p.text)
    m = _KIND_OPEN.match(p.low.lstrip(" *_|#"))
    kind = (m[1] if m else cleaned.lower()).strip()
    if kind not in _PLAIN_KINDS:
        kind = kind.split(" hành động")[0].split(" công tác")[0].split(" phối hợp")[0]
    rest = _clean(p.match.lstrip(" *_|#")[m.end() :]) if m else ""
    lines = [rest] if rest else []
    for index in titles:
        words = _clean(draft.paragraphs[index].text)
        if words and not words.startswith("("):
            lines.append(words)
    title = " ".join(" ".join(lines).split()) or None
    return kind.capitalize(), title


_PLAIN_KINDS = frozenset({"kế hoạch", "quyết định", "chỉ thị", "hướng dẫn", "thông báo", "kết luận", "nghị quyết"})
_SUBJECT = re.compile(r"[|*_\s]{0,4}v/v:?\s{0,3}|về việc\s")


def _subject(draft: Draft) -> str | None:
    for index, p in enumerate(draft.paragraphs[:30]):
        if m := _SUBJECT.match(p.low):
            lines = [_clean(p.text[m.end() :])]
            for q in draft.paragraphs[index + 1 : index + 4]:
                words = _clean(q.text)
                if not words or q.low.startswith("kính gửi") or _PLACE_DATE.search(q.match) or words.isupper():
                    break
                if not words[:1].islower() and not words[:1].isdigit():
                    break
                lines.append(words)
            return " ".join(lines)
    return None


def _number(head: list[Paragraph], draft: Draft) -> str | None:
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


def _place_and_date(head: list[Paragraph], draft: Draft) -> tuple[str | None, date | None, bool]:
    candidates = head or draft.paragraphs[:10]
    tail = [p for p in draft.paragraphs if p.zone == "tail"]
    for p in [*candidates, *tail]:
        if "ngày" not in p.low or len(p.low) > 240:
            continue
        m = _PLACE_DATE.search(p.match)
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
    words = _clean(text)
    if "|" in words:
        words = _clean(words.rsplit("|", 1)[1])
    if m := re.search(r"(?:số\s?:?\s?\S+|[\w&]+[-/][\w&-]+)\s{1,}(.+)$", words, re.IGNORECASE):
        words = m[1]
    fused = re.match(r"(?:UBND|HĐND|PHÚC|NAM)(?=[A-ZĐ][" + LOWER + r"])", words)
    return words[fused.end() :] if fused else words.strip()


_BODY_HEADS = (
    "ủy ban", "ubnd", "hđnd", "hội đồng", "sở ", "phòng ", "bộ ", "hội ", "ban ", "liên đoàn", "tổng ", "đoàn ", "cục ", "vụ ", "chi cục", "tỉnh ủy", "huyện ủy",
    "thành ủy", "thị ủy", "đảng ủy", "bch ", "công đoàn", "mặt trận", "ub ", "trường ", "bệnh viện", "trung tâm", "viện ", "thủ tướng", "chính phủ", "văn phòng", "tòa án", "công an",
)  # fmt: skip


def _issuer(head: list[Paragraph], place: str | None, title: str | None, draft: Draft) -> str | None:
    bodies: list[str] = []
    for p in head:
        for line in re.split(r"\s\|\s|\t|\s{4,}", p.match):
            words = _NATION.sub(lambda m: " " * len(m[0]), line.lower())
            kept = _clean(
                line[: len(words)]
                if words == line.lower()
                else "".join(c if w != " " or c == " " else "" for c, w in zip(line, words, strict=False))
            )
            low = kept.lower()
            if (
                _PLACE_DATE.search(line)
                or _NUMBER.match(low)
                or low.startswith(("số", "v/v", "mật", "hỏa tốc", "khẩn"))
            ):
                if not _PLACE_DATE.search(line) and (m := _NUMBER.search(low)) and m.start() == 0:
                    continue
                continue
            if (
                not kept
                or "/" in kept.lstrip("/")
                or not kept.replace("[", "").isupper()
                or len(kept) > 120
                or _KIND_LINE.match(low)
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


_STAGE = re.compile(r"(?:giai đoạn|thời kỳ|nhiệm kỳ)\s(?:năm\s|từ năm\s|từ\s)?(\d{4})\s?(?:-|đến năm|đến)\s?(\d{4})")
_RANGE = re.compile(r"(?<!\d)(\d{4})\s?-\s?(\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!đến )(?<!tới )năm\s(\d{4})(?!\s?-\s?\d)")
_UNTIL = re.compile(r"đến năm\s(\d{4})")


def _period(title: str | None, draft: Draft) -> Period | None:
    candidates = [title] if title else []
    candidates += [_clean(p.text) for p in draft.paragraphs if p.zone == "head" and len(p.text) < 400]
    for words in candidates:
        low = " ".join((words or "").lower().replace("–", "-").split())
        year = list(_YEAR.finditer(low))
        stage = _STAGE.search(low) or _RANGE.search(low)
        if year and not _cited(low, year[-1].start()):
            value = int(year[-1][1])
            if (
                stage
                and not (int(stage[1]) <= value <= int(stage[2]) and year[-1].start() > stage.start())
                and year[-1].start() < stage.start() - 40
            ):
                value = value
            return Period(date(value, 1, 1), date(value, 12, 31))
        if stage and int(stage[1]) <= int(stage[2]):
            return Period(date(int(stage[1]), 1, 1), date(int(stage[2]), 12, 31))
        if title and words == title and (until := _UNTIL.search(low)):
            start = draft_year(draft)
            if start and start <= int(until[1]):
                return Period(date(start, 1, 1), date(int(until[1]), 12, 31))
    return None


def draft_year(draft: Draft) -> int | None:
    """The year printed in the place line, if any."""
    for p in draft.paragraphs[:30]:
        if (m := _PLACE_DATE.search(p.match)) and m["year"].isdigit() and len(m["year"]) == 4:
            return int(m["year"])
    return None


def _cited(low: str, at: int) -> bool:
    """Whether the year belongs to another paper that the title names ("số … ngày … năm 2021")."""
    return re.search(r"(?:tháng \d{1,2} |ngày \d{1,2}/\d{1,2} )$", low[:at]) is not None


def _signer(draft: Draft) -> Signer | None:
    position: str | None = None
    lines: list[str] = []
    for p in draft.paragraphs:
        if p.zone != "tail":
            if lines and position and any(_NAME.fullmatch(x) for x in lines):
                break
            continue
        for piece in re.split(r"\t+|\s\|\s|\s{4,}", p.text):
            words = _clean(piece.replace("’", "'"))
            if words:
                lines.append(words)
    name = None
    for words in lines:
        if words.startswith(("-", "Nơi nhận")) or words.lower().startswith(("nơi nhận", "lưu:")):
            continue
        upper = _SHORT_POST.sub(" ", words)
        posts = list(_POST.finditer(upper)) if words.upper() == words or _SIGN.match(words) else []
        if posts:
            position = posts[-1][0]
            tail = _clean(upper[posts[-1].end() :])
            if (m := _NAME.search(tail)) and name is None:
                name = m[1]
            continue
        if words.upper().startswith(("KT", "TL", "TUQ")) and _POST.search(words) and position is None:
            position = _POST.search(words)[0]  # type: ignore[index]
            continue
        bare = _SIGNED.sub("", words).strip(" .")
        if position and not bare.isupper() and (m := _NAME.fullmatch(bare)):
            name = m[1].replace("'", "’") if "’" in draft.text else m[1]
            break
    if position is None and name is None:
        return None
    return Signer(name, _post_words(position) if position else None)


def _post_words(post: str) -> str:
    words = " ".join(post.lower().split())
    if words.startswith(("phó ", "thứ ")) and not words.startswith("thứ trưởng"):
        rest = words[4:]
        return f"Phó {rest[:1].upper()}{rest[1:]}"
    return words[:1].upper() + words[1:]


_NOTE = re.compile(
    r"\(\s?((?:để\s)?(?:b/c|báo cáo|p/h|phối hợp|t/h|thực hiện|để b/c|để t/h|để p/h|thi hành|chỉ đạo|đăng tải|đưa tin|thay b/c|biết|theo dõi)[^()]{0,24})\s?\)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s{0,6}(?:[-+*•–]|\d{1,2}[.)])\s{0,6}")


def _recipients(draft: Draft) -> list[Recipient]:
    """The printed lines of the (last) Nơi nhận list."""
    groups: list[list[Recipient]] = []
    inside = False
    for p in draft.paragraphs:
        if p.zone != "tail":
            inside = False
            continue
        if m := _RECIPIENTS.match(p.low):
            groups.append([])
            inside = True
            p.placed = True
            if (rest := p.match[m.end() :].strip(" *_|:")) and not _SIGN.match(rest):
                groups[-1] += _recipient_items(p, m.end())
            continue
        if not inside:
            continue
        if _ITEM.match(p.match) and not _is_signature(p):
            groups[-1] += _recipient_items(p, 0)
            p.placed = True
        elif groups[-1] and not _is_signature(p) and p.match[:1].islower() and len(p.match) < 80:
            last = groups[-1][-1]
            joined = draft.text[last.span.start : p.end].strip(" .;,")
            groups[-1][-1] = Recipient(" ".join(joined.split()), last.note, type(last.span)(last.span.start, p.end))
            p.placed = True
    rows = [g for g in groups if g]
    return rows[0] if rows else []


def _recipient_items(p: Paragraph, at: int) -> list[Recipient]:
    """One item a line; a flattened list ("- A; - B;") gives several."""
    out: list[Recipient] = []
    start = at
    text = p.match
    cuts = [m.start() for m in re.finditer(r"(?<=[;.])\s{1,4}(?=[-+•]\s?\S)", text[at:])]
    for cut in [*(c + at for c in cuts), len(text)]:
        piece = text[start:cut]
        m = _ITEM.match(piece)
        name_at = start + (m.end() if m else len(piece) - len(piece.lstrip()))
        name = text[name_at:cut].rstrip(" .;,|*_\t")
        if sign := re.search(r"\t|\s{4,}", p.text[name_at : name_at + len(name)] if p.back is None else name):
            name = name[: sign.start()].rstrip(" .;,")
        if name:
            note = _NOTE.search(name)
            bare = (name[: note.start()] + name[note.end() :]).strip(" ;,.") if note else name
            span = p.place(name_at, name_at + len(name))
            out.append(Recipient(" ".join(bare.split()), note[1].strip() if note else None, span))
        start = cut
    return out
