"""A printed name taken apart: the body, the place that stands behind it, whether it means one agency or a group.

Pure: what there is at a place on a day, the reads in `queries.suggest` ask. A name may be read in several ways
("Liên minh Hợp tác xã tỉnh"); all are given, and what exists decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from binhdang.reference.agencies import spell_out
from binhdang.vietnamese.text import fold, nfc, plain

LEVEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "trung ương": ("nation",),
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "quận": ("district",),
    "huyện": ("district",),
    "thị xã": ("district",),
    "xã": ("commune",),
    "phường": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
"""Words for units, and at which level they stand."""

_SMALL = {
    "ubnd": "UBND",
    "hđnd": "HĐND",
    "lhpn": "LHPN",
    "mttq": "MTTQ",
    "vstbpn": "VSTBPN",
    "lđlđ": "LĐLĐ",
    "ccb": "CCB",
}
_TYPED_SMALL = re.compile(rf"\b(?:{'|'.join(_SMALL)})\b")
_MARKS = re.compile(r"[^\w\s]+|_")
_AND = re.compile(r"\b(?:và|va)\b")
_UNIT = "|".join(LEVEL_WORDS)
_PLACE = re.compile(rf"(?<=\s)(?P<rank>cấp )?(?P<level>{_UNIT})(?![^\W\d_])(?: (?P<place>.+))?$")
_LINK = re.compile(r" (?:thuộc|trực thuộc|của|trên địa bàn|trong|toàn|ở|tại|cùng)$")
_HELD = re.compile(
    r"^(?:(?:đồng chí|lãnh đạo|thủ trưởng|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|bộ trưởng|thứ trưởng|cục trưởng|vụ trưởng"
    r"|trưởng phòng|chánh thanh tra|chánh văn phòng|ban thường vụ|ban chấp hành|thường trực|cơ quan thường trực) )+(?=\S)"
)
_SEVERAL = re.compile(rf"(?:(?:{_UNIT})(?: |$)){{1,9}}")
_ALL = re.compile(r"(?:^| )các ")
_NOUNS: Mapping[str, str] = {
    "cơ quan ngang bộ": "ministries",
    "tổ chức chính trị xã hội": "mass",
    "đoàn thể chính trị xã hội": "mass",
    "hội đoàn thể": "mass",
    "đoàn thể": "mass",
    "mặt trận tổ quốc": "front",
    "địa phương": "places",
    "bộ": "ministries",
    "sở": "departments",
    "phòng": "offices",
    "ban": "bodies",
    "ngành": "bodies",
    "hội": "mass",
}
"""Nouns of a list such as "các sở, ban, ngành, đoàn thể", and which bodies they stand for."""
_LISTED = re.compile(rf"(?:(?:{'|'.join(_NOUNS)})(?: |$)){{1,8}}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to take a name apart. `body` is folded; `marked` is the same with tone marks.

    `levels` is empty where no word for a unit stands behind the body, `place` where no place is named (folded; `seat` has
    its tone marks). `word` is the word for the unit, empty where only its rank is told ("cấp xã").
    """

    body: str
    marked: str
    levels: tuple[str, ...] = ()
    word: str = ""
    place: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """A group that can be counted out: one body at units of these words, or bodies of these nouns at one unit.

    `at` says at which unit, a Reading without a body; None: at the paper's own.
    """

    body: str = ""
    words: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    at: Reading | None = None

    @property
    def levels(self) -> frozenset[str]:
        """At which levels the units of `words` are: those that fit all words, else those of any."""
        each = [frozenset(LEVEL_WORDS[word]) for word in self.words]
        return frozenset.intersection(*each) or frozenset.union(*each) if each else frozenset()


def marked(text: str) -> str:
    """A name in small letters with its abbreviations written out, tone marks one way, without punctuation and "và"."""
    spelled = spell_out(_TYPED_SMALL.sub(lambda m: _SMALL[m[0]], nfc(text)))
    return " ".join(_AND.sub(" ", _MARKS.sub(" ", plain(spelled).lower())).split())


@lru_cache(maxsize=20_000)
def readings(text: str) -> tuple[Reading, ...]:
    """The ways to take a name apart, the whole name as its own body first, then the longest body."""
    whole = marked(text)
    found = [Reading(fold(whole), whole)]
    held = _HELD.sub("", whole)
    for name in dict.fromkeys((whole, held)):
        if name != whole:
            found.append(Reading(fold(name), name))
        found += sorted(_placed(name), key=lambda reading: -len(reading.body))
    return tuple(dict.fromkeys(found))


def _placed(name: str) -> Iterator[Reading]:
    at = 0
    while (m := _PLACE.search(name, at)) is not None:
        body = _LINK.sub("", name[: m.start()].rstrip())
        if body:
            levels = LEVEL_WORDS[m["level"]]
            seat = m["place"] or ""
            yield Reading(fold(body), body, levels, "" if m["rank"] else m["level"], fold(seat), seat)
        at = m.start("level") + 1


def tails(reading: Reading) -> Iterator[Reading]:
    """A body's last words as a place that no word for a unit tells ("Báo Bắc Ninh"); at which level, the place decides."""
    words = reading.marked.split()
    for count in range(1, min(5, len(words) - 1)):
        before, seat = " ".join(words[:-count]), " ".join(words[-count:])
        yield Reading(fold(before), before, (), "", fold(seat), seat)


@lru_cache(maxsize=5_000)
def several(text: str) -> Several | None:
    """The group that a name means, where it can be counted out; None for one agency and for vague words.

    Every word must be known: "các đơn vị liên quan", "các xã vùng cao" and whatever else limits or widens it mean nothing.
    """
    name = marked(text)
    m = _ALL.search(f" {name}")
    if m is None:
        return _without_all(name)
    before, after = f" {name}"[: m.start()].strip(), f" {name}"[m.end() :]
    if before:
        return _at_units(before, after)
    listed = _LISTED.match(after)
    if listed is not None and (several := _of_nouns(listed[0], after[listed.end() :])) is not None:
        return several
    return _body_first(after)


def _without_all(name: str) -> Several | None:
    """ "Ủy ban nhân dân xã, phường, đặc khu", "Hội Liên hiệp Phụ nữ cấp xã"."""
    for m in re.finditer(rf"(?<=\s)(?:{_UNIT})(?![^\W\d_])", name):
        body, rest = name[: m.start()].strip(), name[m.start() :]
        if body.endswith(" cấp"):
            return _at_units(body.removesuffix(" cấp"), f"cấp {rest}")
        found = _at_units(body, rest)
        if found is not None and len(found.words) > 1:
            return found
    return None


def _at_units(body: str, rest: str) -> Several | None:
    """A body "các xã, phường", "các huyện thuộc tỉnh", "cấp xã"."""
    rank = rest.startswith("cấp ")
    m = _SEVERAL.match(rest.removeprefix("cấp "))
    if m is None:
        return None
    body = _HELD.sub("", body)
    words = tuple(re.findall(rf"(?:{_UNIT})(?![^\W\d_])", m[0]))
    if rank and len(words) == 1:
        words = tuple(word for word in LEVEL_WORDS if set(LEVEL_WORDS[word]) & set(LEVEL_WORDS[words[0]]))
    where = _where(rest.removeprefix("cấp ")[m.end() :])
    return None if where is None else Several(fold(body), words, (), where.at)


def _of_nouns(listed: str, rest: str) -> Several | None:
    nouns = tuple(dict.fromkeys(_NOUNS[noun] for noun in re.findall("|".join(_NOUNS), listed)))
    where = _where(rest)
    return None if where is None else Several("", (), nouns, where.at)


def _body_first(rest: str) -> Several | None:
    """ "các phòng Giáo dục và Đào tạo", "các phường", "các Hội Nông dân xã": a body that stands several times."""
    if _SEVERAL.fullmatch(rest) is not None:
        return None  # units, not bodies
    for reading in readings(rest):
        if reading.levels and not reading.place:
            return Several(reading.body, (reading.word,))
    return Several(fold(rest), ()) if rest.startswith(("phòng ", "sở ")) else None


class _Where(NamedTuple):
    at: Reading | None


def _where(rest: str) -> _Where | None:
    """At which unit a group is; None where other words stand there."""
    words = rest.strip()
    if not words:
        return _Where(None)
    words = re.sub(r"^(?:thuộc|trực thuộc|của|trên địa bàn|trong|toàn|ở|tại)(?: |$)", "", words)
    m = re.fullmatch(rf"(cấp )?({_UNIT})(?: (.+))?", words)
    if m is None:
        return None
    seat = m[3] or ""
    return _Where(Reading("", "", LEVEL_WORDS[m[2]], "" if m[1] else m[2], fold(seat), seat))
