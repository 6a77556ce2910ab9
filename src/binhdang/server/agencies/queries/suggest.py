"""Which agency a printed name means, for a person to confirm: candidates ranked, each with its reason in words.

A paper says "Sở Nội vụ tỉnh", "UBND các xã, phường" or "Sở LĐTBXH"; which agencies these are depends on whose paper it is and
on its day. `suggest_many` takes all names of a paper at once: its number of queries does not depend on how many they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from binhdang.reference.agency_kinds import AgencyKind, agency_kinds
from binhdang.server.agencies.editions import edition
from binhdang.server.agencies.kinds import fits, kinds_by_body
from binhdang.server.agencies.models import Agency, Unit
from binhdang.server.agencies.printed import Reading, Several, marked, readings, several, tails
from binhdang.server.agencies.queries.nearby import Area, Bodies, Entry, Form, area, bodies_at, units_named
from binhdang.vietnamese.text import fold

_MOST = 5  # suggestions for one name
_CLOSE = 88  # of 100: how alike a misspelt body has to be
_LONG_ENOUGH = 8  # letters of a body that may be misspelt
_FAR = 3  # points off for each step above the paper's own unit
_BELOW = 8  # points off for one below that the paper does not place
_LATER = 25  # points off for what is not there on the paper's day


class Way(IntEnum):
    """How a name led to an agency; the value is the score out of 100, before what is taken off for distance and marks."""

    EXACT = 100
    PLACE = 97
    GROUP = 95
    SHORT = 93
    KIND = 90
    SUCCESSOR = 84
    HEIR = 80
    FUZZY = 60


@dataclass(frozen=True, slots=True)
class Group:
    """Several agencies that one name means; `missing` are units where the body is not entered."""

    title: str
    members: tuple[Agency, ...]
    missing: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An agency, or a group, that a printed name may mean; `reason` is for the person who decides."""

    way: Way
    score: int
    reason: str
    agency: Agency | None = None
    group: Group | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.agency) if self.agency is not None else self.group.title if self.group is not None else ""


def suggest_agencies(name: str, *, unit: Unit, day: date) -> list[Suggestion]:
    """The agencies that a name printed in a paper of a unit may mean on a day, best first."""
    return suggest_many([name], unit=unit, day=day)[name]


def suggest_many(names: Iterable[str], *, unit: Unit, day: date) -> dict[str, list[Suggestion]]:
    """The suggestions for each of a paper's names, by the name as it was given."""
    asked = list(dict.fromkeys(names))
    mark, today = edition(), timezone.localdate()
    near = area(mark, unit, day)
    elsewhere = _elsewhere(asked, near)
    found = {name: _Named(name, near, elsewhere).suggestions() for name in asked}
    unknown = [name for name, suggestions in found.items() if not suggestions]
    if unknown and day < today:
        now = area(mark, unit, today)
        places = _elsewhere(unknown, now)
        for name in unknown:
            found[name] = [_later(one, day) for one in _Named(name, now, places).suggestions()]
    return found


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Places outside the paper's area that its names tell, with their agencies."""

    places: dict[str, list[Unit]]
    bodies: Bodies


def _elsewhere(names: Sequence[str], near: Area) -> _Elsewhere:
    told = {place for name in names for place in _places(name)} - near.places.keys()
    places = units_named(told, near.day) if told else {}
    units = [unit for found in places.values() for unit in found]
    return _Elsewhere(places, bodies_at(units, near.day) if units else Bodies())


def _places(name: str) -> Iterator[str]:
    ways = readings(name)
    yield from (reading.place for reading in (*ways, *tails(ways[0])) if reading.place)


class _Target(NamedTuple):
    """Where a body may be; points off for the way there, and words where the paper tells it otherwise."""

    unit: Unit
    off: int = 0
    but: str = ""


class _Named:
    """One printed name, looked for."""

    def __init__(self, name: str, near: Area, elsewhere: _Elsewhere) -> None:
        self.name, self.near, self.elsewhere = name, near, elsewhere
        self.has_marks = fold(marked(name)) != marked(name)

    def suggestions(self) -> list[Suggestion]:
        """All of them, best first: a group, else agencies, misspelt ones only where nothing else was found."""
        meant = several(self.name)
        if meant is not None and (group := self._group(meant)) is not None:
            return [group]
        best: dict[object, Suggestion] = {}
        for one in self._exact() or self._alike():
            assert one.agency is not None
            if one.agency.pk not in best or best[one.agency.pk].score < one.score:
                best[one.agency.pk] = one
        if not best and (group := self._everywhere_below()) is not None:
            return [group]
        return sorted(best.values(), key=lambda one: (-one.score, one.agency.order if one.agency else ""))[:_MOST]

    def _exact(self) -> list[Suggestion]:
        found = [
            one for reading in self._readings for target in self._targets(reading) for one in self._at(reading, target)
        ]
        return found or self._below()

    @cached_property
    def _readings(self) -> list[Reading]:
        ways = readings(self.name)
        return [*ways, *(reading for reading in tails(ways[0]) if self._called(reading.place))]

    def _targets(self, reading: Reading) -> list[_Target]:
        """Where the body may be."""
        if reading.place:
            called = self._called(reading.place)
            return [
                self._placed(unit, reading) for unit in called if not reading.levels or unit.level in reading.levels
            ]
        chain = [_Target(unit, _FAR * step) for step, unit in enumerate(self.near.chain())]
        if not reading.levels:
            return chain
        return [target for target in chain if _is_called(target.unit, reading)]

    def _placed(self, unit: Unit, reading: Reading) -> _Target:
        """A unit of that name, which may be written with other tone marks or be of another kind than the paper says."""
        told = {"printed": f"{reading.word} {reading.seat}".strip(), "unit": unit}
        if reading.word and unit.kind != reading.word:
            return _Target(unit, 12, _("Văn bản ghi “%(printed)s”, danh mục ghi %(unit)s.") % told)
        if self.has_marks and marked(unit.name) != reading.seat:
            return _Target(unit, 12, _("Văn bản ghi “%(printed)s”, danh mục ghi %(unit)s.") % told)
        return _Target(unit)

    def _called(self, place: str) -> list[Unit]:
        return self.near.places.get(place) or self.elsewhere.places.get(place, [])

    def _bodies(self, unit: Unit) -> Bodies:
        return self.near.bodies if unit.pk in self.near.known else self.elsewhere.bodies

    def _at(self, reading: Reading, target: _Target) -> Iterator[Suggestion]:
        unit, bodies = target.unit, self._bodies(target.unit)
        for entry in bodies.written(unit, reading.body):
            yield self._of_entry(entry, reading, target)
        for entry in bodies.gone(unit, reading.body):
            for heir in bodies.followers(entry.agency, self.near.day):
                yield _suggested(Way.SUCCESSOR, target, heir, _followed(entry.agency, heir))
        for kind in kinds_by_body().get(reading.body, ()):
            yield from self._of_kind(kind, target)

    def _of_entry(self, entry: Entry, reading: Reading, target: _Target) -> Suggestion:
        way = {Form.WHOLE: Way.EXACT, Form.BODY: Way.PLACE, Form.SHORT: Way.SHORT}[entry.form]
        if way == Way.EXACT and (reading.levels or reading.place):
            way = Way.PLACE
        if entry.form == Form.SHORT:
            reason = _("Tên viết tắt của %(agency)s.") % {"agency": entry.agency}
        elif way == Way.PLACE:
            reason = _("Đúng tên, tại %(unit)s.") % {"unit": entry.unit}
        else:
            reason = _("Đúng tên cơ quan.")
        if entry.marked != reading.marked and self.has_marks:
            target = target._replace(off=target.off + 6, but=f"{_('Chỉ khác dấu.')} {target.but}".strip())
        return _suggested(way, target, entry.agency, reason)

    def _of_kind(self, kind: AgencyKind, target: _Target) -> Iterator[Suggestion]:
        unit, of_kind = target.unit, self._bodies(target.unit).of_kind
        if fits(kind, unit):
            for agency in of_kind.get((unit.pk, kind.code), ()):
                told = {"kind": kind.name, "unit": unit}
                yield _suggested(Way.KIND, target, agency, _("Loại cơ quan “%(kind)s” tại %(unit)s.") % told)
        heir = agency_kinds().on(kind.code, self.near.day)
        if heir.code != kind.code and kind.level == heir.level:
            for agency in of_kind.get((unit.pk, heir.code), ()):
                yield _suggested(Way.HEIR, target, agency, _inherited(kind, heir))

    def _below(self) -> list[Suggestion]:
        """One below that bears the name alone: the paper does not say where."""
        whole = self._readings[0]
        units = self.near.bodies.units_of.get(whole.body, ())
        if len(units) != 1:
            return []
        found = self._at(whole, _Target(units[0], _BELOW))
        return [one for one in found if one.way in (Way.EXACT, Way.PLACE, Way.SHORT)]

    def _alike(self) -> list[Suggestion]:
        """Bodies that differ by a slip, where the name says they are."""
        ways = [one for one in self._readings if not one.place or self._called(one.place)]
        placed = [one for one in ways if one.levels or one.place]
        return [
            one
            for reading in placed or ways
            if len(reading.body) >= _LONG_ENOUGH
            for target in self._targets(reading)
            for one in self._alike_at(reading, target)
        ]

    def _alike_at(self, reading: Reading, target: _Target) -> Iterator[Suggestion]:
        entries = self._bodies(target.unit).standing.get(target.unit.pk, {})
        head = reading.body.partition(" ")[0]
        bodies = [body for body in entries if body.partition(" ")[0] == head]
        close = process.extract(reading.body, bodies, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=3)
        for body, alike, _place in close:
            for entry in entries[body]:
                told = {"agency": entry.agency, "alike": round(alike)}
                reason = _("Gần giống %(agency)s (giống %(alike)s phần trăm).") % told
                yield _suggested(Way.FUZZY, target._replace(off=target.off + round(100 - alike)), entry.agency, reason)

    def _group(self, meant: Several) -> Suggestion | None:
        """The group counted out; None where nobody is in it."""
        at = self._unit_of(meant)
        if at is None:
            return None
        if meant.nouns:
            return _counted(Group(self.name, _once(one for noun in meant.nouns for one in self._of_noun(noun, at))), at)
        units = self._under(at) if self._is_known(meant.body) else ()
        if meant.words:
            units = [unit for unit in units if unit.level in meant.levels and unit.kind in meant.words]
        return _counted(self._grouped(meant.body, units, lists_missing=bool(meant.words)), at)

    def _everywhere_below(self) -> Suggestion | None:
        """ "Công an xã" in a paper of the province: whichever commune, so all of them; for a person to decide."""
        for reading in self._readings:
            if not reading.word or reading.place or not self._is_known(reading.body):
                continue
            units = [unit for unit in self.near.below if _is_called(unit, reading)]
            group = _counted(self._grouped(reading.body, units, lists_missing=True), self.near.own)
            if group is not None:
                told = {"word": reading.word}
                reason = _("Văn bản không nói %(word)s nào, nên có thể là tất cả.") % told
                return replace(group, score=int(Way.FUZZY), reason=f"{reason} {group.reason}")
        return None

    def _is_known(self, body: str) -> bool:
        return body in self.near.bodies.units_of or body in kinds_by_body()

    def _grouped(self, body: str, units: Sequence[Unit], *, lists_missing: bool) -> Group:
        each = {unit: _with_body(self._bodies(unit), unit, body) for unit in units}
        missing = tuple(unit for unit, agencies in each.items() if not agencies) if lists_missing else ()
        return Group(self.name, _once(agency for agencies in each.values() for agency in agencies), missing)

    def _unit_of(self, meant: Several) -> Unit | None:
        """The unit that a group is of: as told, else the paper's own."""
        if meant.at is None:
            return self.near.own
        units = self._called(meant.at.place) if meant.at.place else self.near.chain()
        return next((unit for unit in units if _is_called(unit, meant.at)), None)

    def _under(self, at: Unit) -> Sequence[Unit]:
        """The units below one of the chain; those of a unit above the paper's own are not known here."""
        return self.near.below if at == self.near.own else ()

    def _of_noun(self, noun: str, at: Unit) -> list[Agency]:
        if noun == "places":
            return [one for unit in self._under(at) for one in _with_body(self._bodies(unit), unit, _COMMITTEE)]
        return [one for one in self._bodies(at).at.get(at.pk, ()) if _NOUNS[noun](one)]


def _is_called(unit: Unit, reading: Reading) -> bool:
    """Whether a unit is what a reading's word for a unit means."""
    return unit.level in reading.levels and reading.word in ("", unit.kind, "trung ương")


def _once(agencies: Iterable[Agency]) -> tuple[Agency, ...]:
    return tuple({agency.pk: agency for agency in agencies}.values())


def _with_body(bodies: Bodies, unit: Unit, body: str) -> list[Agency]:
    """The agencies at a unit that a body names, by their names or their kinds."""
    found = [entry.agency for entry in bodies.written(unit, body)]
    for kind in kinds_by_body().get(body, ()):
        if fits(kind, unit):
            found += bodies.of_kind.get((unit.pk, kind.code), [])
    return found


_COMMITTEE = "uy ban nhan dan"
_COMMITTEES = ("ubnd-tinh", "ubnd-huyen", "ubnd-xa", "hdnd-tinh")
_BODIES = (
    "sở ",
    "ban ",
    "thanh tra",
    "công an",
    "bộ chỉ huy",
    "cục ",
    "chi cục",
    "thuế",
    "kho bạc",
    "tòa án",
    "viện kiểm sát",
)


def _is_body(agency: Agency) -> bool:
    """ "Sở, ban, ngành": the State's bodies at a unit but its councils and committees."""
    kind = agency_kinds().get(agency.kind)
    if kind is not None:
        return kind.group == "state" and kind.code not in _COMMITTEES and kind.level != "village"
    return agency.name.lower().startswith(_BODIES)


def _is_of(*groups: str) -> Callable[[Agency], bool]:
    def check(agency: Agency) -> bool:
        kind = agency_kinds().get(agency.kind)
        return kind is not None and kind.group in groups

    return check


_NOUNS: dict[str, Callable[[Agency], bool]] = {
    "departments": lambda agency: agency.name.lower().startswith("sở "),
    "offices": lambda agency: agency.name.lower().startswith("phòng "),
    "ministries": lambda agency: agency.name.lower().startswith("bộ "),
    "bodies": _is_body,
    "mass": _is_of("mass", "front"),
    "front": _is_of("front"),
}


def _counted(group: Group, at: Unit) -> Suggestion | None:
    """A group with how many are in it and who is missing; None where nobody is in it."""
    if not group.members:
        return None
    told = {"count": len(group.members), "unit": at}
    reason = _("Nhóm: %(count)s cơ quan tại %(unit)s.") % told
    if group.missing:
        names = ", ".join(str(unit) for unit in group.missing[:3])
        told = {"count": len(group.missing), "names": f"{names} …" if len(group.missing) > 3 else names}
        reason = f"{reason} {_('Còn %(count)s nơi chưa ghi cơ quan này: %(names)s.') % told}"
    return Suggestion(Way.GROUP, int(Way.GROUP), reason, None, group)


def _suggested(way: Way, target: _Target, agency: Agency, reason: str) -> Suggestion:
    return Suggestion(way, max(1, way - target.off), f"{reason} {target.but}".strip(), agency)


def _followed(old: Agency, heir: Agency) -> str:
    told = {"old": old, "end": f"{old.end:%d/%m/%Y}" if old.end else "", "heir": heir}
    return _("%(old)s kết thúc ngày %(end)s; công việc đã chuyển cho %(heir)s.") % told


def _inherited(kind: AgencyKind, heir: AgencyKind) -> str:
    told = {"kind": kind.name, "on": f"{kind.on:%d/%m/%Y}" if kind.on else "", "heir": heir.name}
    reason = _("Từ %(on)s công việc bình đẳng giới của %(kind)s do %(heir)s đảm nhận.") % told
    return reason if kind.verified else f"{reason} {_('Chưa kiểm chứng bằng văn bản.')}"


def _later(one: Suggestion, day: date) -> Suggestion:
    told = {"day": f"{day:%d/%m/%Y}"}
    reason = _("Ngày %(day)s danh mục chưa có; đây là cơ quan hiện nay.") % told
    return replace(one, score=max(1, one.score - _LATER), reason=f"{reason} {one.reason}")
