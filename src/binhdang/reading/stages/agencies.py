"""Agencies: names and lists of names in running text, written out in full.

Reads: a paragraph's matching copy. Writes nothing; the other stages call it where an agency is expected.
A name is: the People's Committees with their levels; a head word (Sở, Phòng, Hội …) with its field or its words up to
the next verb or mark; or a group of common nouns ("các sở, ban, ngành liên quan"), which stays a group.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from binhdang.reading.stages.agency_words import (
    ALSO_VERBS,
    AND_CAP,
    AND_KNOWN,
    ASSIGNED,
    ASSIGNED_END,
    ASSIGNED_MARK,
    BARE_GROUP,
    COMMITTEE,
    DASH_CAP,
    FIELD_HEADS,
    GROUP,
    GROUP_MARK,
    HEADS,
    JOINT,
    LEVELS,
    LIST_HEAD,
    LIST_HEAD_DIRECT,
    LOWER_FIELD,
    LOWER_OK,
    MARK,
    MAY_START,
    NEXT_NOUN,
    NEXT_SEAT,
    NO_BODY,
    NOUN,
    OFFICE,
    OFFICE_OF_BOTH,
    PARTY,
    PLACE,
    POST,
    PROPER,
    PROTECTED,
    SEATED,
    SEPARATOR,
    SKIP,
    STOP,
    SUFFIX,
    TRIM,
)
from binhdang.reference.agencies import read_field, spell_out


class Name(NamedTuple):
    """An agency: its name written out, its place in the matching copy, and whether it is a group."""

    text: str
    start: int
    end: int
    group: bool


# The longest list read names nineteen agencies in 700 characters, the longest group has 190.
_LONGEST_LIST = 2_000
_LONGEST_NAME = 500


def parse_name(match: str, low: str, at: int, *, limit: int | None = None) -> Name | None:
    """The agency whose name starts at `at` of a matching copy and its lower case; None if no agency stands there."""
    end = min(len(match) if limit is None else limit, at + _LONGEST_NAME)
    if at >= end:
        return None
    if MAY_START.match(low, at, end) is None:
        return None
    start = at
    if office := OFFICE.match(low, at, end):
        at = office.end()
    if group := (GROUP.match(low, at, end) or BARE_GROUP.match(low, at, end)):
        return _group(match, low, at, group, end)
    if m := COMMITTEE.match(low, at, end):
        return _committee(match, low, at, m.end(), end)
    if m := OFFICE_OF_BOTH.match(low, at, end):
        return _committee(match, low, at, m.end(), end)
    m = FIELD_HEADS.match(low, at, end)
    field = read_field(low, m.end()) if m else None
    if m and field and field[1] <= end and (match[m.end()].isupper() or LOWER_FIELD.match(low, at)):
        return _fielded(match, low, at, field[1], end)
    if NO_BODY.match(low, at):
        return None
    if (head := _longest_head(low, at, end)) is None:
        return _posts(match, low, start, at, end)
    if not match[at].isupper() and not match[head : head + 3].lstrip()[:1].isupper() and not LOWER_OK.match(low, at):
        return None
    return _worded(match, low, at, head, end)


def _posts(match: str, low: str, start: int, at: int, end: int) -> Name | None:
    """A post that is itself who acts: "Hiệu trưởng các trường", "Trưởng thôn"."""
    if m := POST.match(low, at, end):
        return _worded(match, low, at, m.end(), end)
    return None


def _longest_head(low: str, at: int, end: int) -> int | None:
    best = None
    if m := HEADS.match(low, at, end):
        best = m.end()
        for more in ("đoàn", "hội", "ban", "cục", "bộ", "viện"):  # "Liên đoàn", "Chi hội" are tried by the alternation
            if low.startswith(f" {more} ", best):
                best += len(more) + 1
                break
    return best


def _name(match: str, start: int, end: int, *, group: bool = False) -> Name:
    raw = match[start:end].rstrip(TRIM)
    end = start + len(raw)
    text = spell_out(raw)
    if group and text.startswith("Các "):
        text = "các " + text[4:]
    return Name(text, start, end, group)


def _committee(match: str, low: str, at: int, after: int, end: int) -> Name:
    if m := LEVELS.match(low, after, end):
        after = m.end()
        if (place := PROPER.match(match, after, end)) and not HEADS.match(low, after + 1, end):
            after = place.end()
    return _name(match, at, after, group="các" in low[at:after].split())


def _fielded(match: str, low: str, at: int, after: int, end: int) -> Name:
    while (dash := DASH_CAP.match(match, after, end)) and (more_field := read_field(low, dash.end())):
        after = more_field[1]  # "Phòng Lao động - Thương binh và Xã hội - Dân tộc"
    if party := PARTY.match(low, after, end):
        after = party.end()
    if place := PLACE.match(match, after, end):
        after = place.end()
    elif (more := AND_CAP.match(match, after, end)) and not _starts_name(match, low, more.end(), end):
        nearest = _end_of_words(match, low, after, end)
        if "," not in match[after:nearest]:
            after = nearest
    return _name(match, at, _with_levels(match, low, after, end))


def _starts_name(match: str, low: str, at: int, end: int) -> bool:
    return bool(
        COMMITTEE.match(low, at, end)
        or HEADS.match(low, at, end)
        or GROUP.match(low, at, end)
        or OFFICE.match(low, at, end)
        or read_field(low, at)
    )


_WORDY = ("trường", "viện", "nhà xuất bản", "trung tâm")


def _end_of_words(match: str, low: str, at: int, end: int) -> int:
    """Where the words of a name end: at a mark or a verb; "và" and a comma before a capital may go on."""
    limit = _first_stop(match, low, at, end)
    while m := MARK.search(match, at, limit):
        mark = m.start()
        if m.group() == " và " and _goes_on(match, low, mark, m.end(), limit):
            at = m.end()
            continue
        if m.group() == "," and (nxt := AND_CAP.match(match, mark)) and not _starts_name(match, low, nxt.end(), limit):
            conj = match.find(" và ", mark, min(limit, mark + 60))
            listed = conj > 0 and match[conj + 4 : conj + 5].isupper() and not HEADS.match(low, conj + 4)
            if listed or low.endswith(_WORDY, 0, at):  # "Trường Đào tạo, Bồi dưỡng cán bộ …"
                at = mark + 1
                continue
        return mark
    return limit


def _goes_on(match: str, low: str, mark: int, at: int, limit: int) -> bool:
    """Whether a name goes on after "và": a capital or a word known from names, and no other body."""
    if not (AND_KNOWN.match(match, mark) or AND_CAP.match(match, mark)) or HEADS.match(low, at, limit):
        return False
    return not _starts_name(match, low, at, limit) or read_field(low, at) is not None


def _first_stop(match: str, low: str, at: int, end: int) -> int:
    """Where the first verb begins; a verb that belongs to a capitalised name ("Trung tâm Dịch vụ …") is passed over."""
    here = at
    while stop := STOP.search(match, here, end):
        after = _inside_name(match, low, at, stop)
        if after is None:
            return stop.start()
        here = after
    return end


def _inside_name(match: str, low: str, at: int, stop: re.Match[str]) -> int | None:
    """Where the words end that make a verb part of a name; None where it is a verb."""
    if match.endswith(" các", at, stop.start()):
        return stop.end()  # a noun after all: "Liên hiệp các tổ chức hữu nghị"
    for inside in PROTECTED.finditer(low, max(at, stop.start() - 12), stop.end() + 14):
        if inside.start() <= stop.start() + 1 < inside.end():
            verb = inside.group() in ALSO_VERBS and not match[inside.start()].isupper()
            return None if verb else inside.end()
    return None


def _worded(match: str, low: str, at: int, head: int, end: int) -> Name | None:
    if joint := JOINT.match(low, at, end):
        head = joint.end()
    after = _end_of_words(match, low, head, end)
    if after - at > 140:
        after = head
    return _name(match, at, _with_levels(match, low, after, end))


def _with_levels(match: str, low: str, after: int, end: int) -> int:
    """A body at several places is one group: "Hội Liên hiệp Phụ nữ các huyện, thị xã, thành phố"."""
    if low.startswith(" các ", after) and (m := LEVELS.match(low, after, end)):
        return m.end()
    several = low.rfind(" các ", max(0, after - 30), after)
    if several >= 0 and match[several + 5].islower():
        if m := LEVELS.match(low, several, end):
            return max(after, m.end())
        if (m := GROUP.match(low, several + 1, end)) and (group := _group(match, low, several + 1, m, end, seats=True)):
            return max(after, group.end)
    if m := SUFFIX.match(low, after, end):
        return m.end()
    return after


def _group(match: str, low: str, at: int, opening: re.Match[str], end: int, *, seats: bool = False) -> Name | None:
    """A group of common nouns; `seats` tells that it says where a body is: "Ban A các sở, ngành và các huyện"."""
    here = opening.end()
    if opening.re is BARE_GROUP and match[here - 1 : here].isalpha():
        here = _group_words(match, low, here, end)
    while True:
        noun = NOUN.match(low, here, end)
        if noun is None:
            break
        here = noun.end()
        here = _group_words(match, low, here, end)
        more = NEXT_NOUN.match(low, here, end) or (NEXT_SEAT.match(low, here, end) if seats else None)
        if more is None or (
            match[more.end()].isupper()
            and not match.startswith(("Các Sở", "các Sở"), at)
            and not match[at:here].isupper()
            and not _BARE_NOUN.match(low, more.end(), end)
        ):
            break
        here = more.end()
    if here <= opening.end() and opening.re is GROUP:
        return None
    return _name(match, at, here, group=True)


# "các Vụ, Cục, Viện thuộc Bộ": a noun with a capital and no name of its own behind it.
_BARE_NOUN = re.compile(
    r"tdp|(?:vụ|cục|viện|trường|trung tâm|phòng|ban|ngành|hội|văn phòng)(?=\s?[,;:.]|\s(?:thuộc|trực thuộc|và)\s|$)"
)


def _group_words(match: str, low: str, at: int, end: int) -> int:
    """Where the words after a common noun end ("… chính trị - xã hội", "… có liên quan", "… thuộc tỉnh")."""
    if assigned := ASSIGNED.match(match, at, end):
        stop = ASSIGNED_END.search(match, assigned.end(), end)
        mark = ASSIGNED_MARK.search(match, assigned.end(), end)
        return min(stop.start() if stop else end, mark.start() if mark else end)
    if low.startswith(" thuộc, trực thuộc ", at):
        at += len(" thuộc,")
    limit = _first_stop(match, low, at, end)
    if mark := GROUP_MARK.search(match, at, limit):
        limit = mark.start()
    if seated := SEATED.search(low, at, end):
        limit = max(limit, seated.end()) if seated.start() <= limit else limit
    if low.startswith(" trên địa bàn", limit) and low[limit + 13 : limit + 14] in (":", ",", ";", ".", ""):
        limit += 13
    related = low.find(" liên quan", at, limit)
    return related + len(" liên quan") if related >= 0 else limit


def parse_names(match: str, low: str, at: int, *, limit: int | None = None) -> tuple[list[Name], int]:
    """The list of agencies that starts at `at`, and where it ends. An empty list where none starts."""
    end = min(len(match) if limit is None else limit, at + _LONGEST_LIST)
    names: list[Name] = []
    if skip := SKIP.match(match, at, end):
        at = skip.end()
    if MAY_START.match(low, at, end) is None:
        return [], at
    here = at
    head: str | None = None
    if (m := LIST_HEAD.match(low, at, end)) or (m := LIST_HEAD_DIRECT.match(low, at, end)):
        if read_field(low, m.end()) and match[m.end()].isupper():
            head = m[1].capitalize()
            here = m.end()
        elif m.re is LIST_HEAD and _starts_name(match, low, m.end(), end):
            here = m.end()
    while here < end:
        name = _headless(match, low, here, head, end) if head else None
        name = name or parse_name(match, low, here, limit=end)
        if name is None or name.end <= here:
            break
        names.append(name)
        if first := FIELD_HEADS.match(low, name.start):
            head = match[name.start : first.end()].strip().capitalize() if not name.group else None
        elif not _is_headed(name, head):
            head = None
        separator = SEPARATOR.match(match, name.end, end)
        if separator is None:
            return names, name.end
        here = separator.end()
    return names, names[-1].end if names else at


def _is_headed(name: Name, head: str | None) -> bool:
    return head is not None and name.text.startswith(head)


def _headless(match: str, low: str, at: int, head: str | None, end: int) -> Name | None:
    """A name in a list that shares one head: "Các Sở: Y tế; Tư pháp"."""
    field = read_field(low, at)
    if field is None or not match[at].isupper() or field[1] > end:
        return None
    full, after = field
    if low[at:after] == "công an" and head != "Bộ":
        return None
    text = spell_out(f"{head} {full or match[at:after]}")
    if place := PLACE.match(match, after, end):
        after = place.end()
    return Name(text, at, after, False)
