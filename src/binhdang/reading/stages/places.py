"""Places: communes and districts named in scope and pilot phrases, smallest first."""

from __future__ import annotations

import re

from binhdang.vietnamese.text import LOWER, UPPER, holds_any

_RANK = {
    "thôn": 0,
    "bản": 0,
    "buôn": 0,
    "ấp": 0,
    "tổ dân phố": 0,
    "khu phố": 0,
    "xã": 1,
    "phường": 1,
    "thị trấn": 1,
    "đặc khu": 1,
    "huyện": 2,
    "quận": 2,
    "thị xã": 2,
    "thành phố": 2,
    "tỉnh": 3,
}
_PLACE = re.compile(
    rf"(?<![^\W\d_])(?P<level>[Tt]hôn|[Bb]ản|[Bb]uôn|[Ấấ]p|[Tt]ổ dân phố|[Kk]hu phố|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh)(?:\s?:(?=\s(?!Xã|Phường|Thị|Huyện|Quận|Thành|Tỉnh|Thôn|Bản)))?\s(?P<name>(?:số )?(?:[{UPPER}][\w']*|\d{{1,2}}(?!\d))(?:\s[{UPPER}][\w']*){{0,3}})"
)
_NAMED = re.compile(rf" (?=[{UPPER}\d])(?<=[ãgnupố] )")
_PLACE_WORDS = ("xã ", "phường ", "thị trấn ", "đặc khu ", "huyện ", "thôn ", "bản ", "buôn ", "phố ")
_PILOT_WORDS = (
    "thí điểm",
    "làm điểm",
    "điểm tại",
    "chọn",
    "triển khai tại",
    "thực hiện tại",
    "phạm vi",
    "địa bàn",
    "mô hình tại",
    "ra mắt",
    "nhân rộng",
)
_PILOT = re.compile(
    r"duy trì (?:hoạt động )?[^.;]{0,60} tại|xây dựng [^.;]{0,80} tại|(?:tại|ở) (?:thôn|bản|buôn|tổ dân phố|khu phố|xã|phường|thị trấn|đặc khu|huyện) "
)


def find_places(match: str, low: str, *, given: bool = False) -> list[str]:
    """Places in the sentences that pilot something or set a scope: ["xã Tân Việt, huyện Đông Triều", …].

    `given` tells that the words are a line "Địa điểm:" or "Phạm vi:", all of whose places count.
    """
    if given:
        return list(dict.fromkeys(_in_sentence(match)))
    if not holds_any(low, _PLACE_WORDS) or not _NAMED.search(match) or not _pilots(low):
        return []
    out: list[str] = []
    for start, end in _sentences(low):
        if _pilots(low[start:end]):
            out += _in_sentence(match[start:end])
    return list(dict.fromkeys(out))


def _pilots(low: str) -> bool:
    if holds_any(low, _PILOT_WORDS):
        return True
    return ("tại " in low or " tại" in low or "ở " in low) and _PILOT.search(low) is not None


def _sentences(low: str) -> list[tuple[int, int]]:
    cuts = [m.end() for m in re.finditer(r"[.](?=\s|$)", low)]
    starts = [0, *cuts]
    return list(zip(starts, [*cuts, len(low)], strict=True))


def _in_sentence(words: str) -> list[str]:
    found = [m for m in _PLACE.finditer(words) if not _of_a_body(words, m.start())]
    places: list[tuple[int, str, bool]] = []
    last_end = -10
    for m in found:
        level = m["level"].lower()
        rank = _RANK[level]
        text = f"{level} {m['name']}"
        between = words[last_end : m.start()] if last_end >= 0 else None
        if (
            places
            and between is not None
            and rank > places[-1][0]
            and between.strip() in (",", "(", "-", ", thuộc", "thuộc", "của")
        ):
            first = len(places) - 1
            if "(" in between:
                while first > 0 and not places[first - 1][2] and places[first - 1][0] < rank:
                    first -= 1
            for i in range(first, len(places)):
                if not places[i][2]:
                    places[i] = (places[i][0], f"{places[i][1]}, {text}", True)
        else:
            places.append((rank, text, False))
        last_end = m.end()
        if _SEVERAL.search(words, max(0, m.start() - 4), m.start()):
            while more := _ANOTHER.match(words, last_end):  # "các xã Minh Đài, Thu Cúc, Tân Phú"
                places.append((rank, f"{level} {more['name']}", False))
                last_end = more.end()
    return [text for rank, text, _ in places if rank <= 2]


_SEVERAL = re.compile(r"(?:[Cc]ác|\d) $")
_ANOTHER = re.compile(rf"\s?(?:,|và|,\svà)\s(?P<name>[{UPPER}][{LOWER}']+(?:\s[{UPPER}][{LOWER}']+){{0,3}})")


def _of_a_body(words: str, at: int) -> bool:
    before = words[max(0, at - 24) : at].rstrip().lower()
    return before.endswith(
        (
            "ủy ban nhân dân",
            "ubnd",
            "hđnd",
            "nội vụ",
            "xã hội",
            "công an",
            "phụ nữ",
            "hội đồng nhân dân",
            "đảng ủy",
            "hội",
            "đoàn",
        )
    )
