"""Reads of the map: units on a day, above and below one another, and over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from binhdang.reference.units import units as reference_units
from binhdang.server.agencies.editions import kept
from binhdang.server.agencies.models import Agency, Extent, Unit, UnitSuccession, standing_on
from binhdang.vietnamese.collation import sort_key
from binhdang.vietnamese.text import fold

LEVELS = (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT, Unit.Level.COMMUNE)
_DEEPEST = 20  # changes of one unit, one after another; a longer chain is a ring


def units_on(day: date, *, level: str = "") -> QuerySet[Unit]:
    """The units that stand on a day, in the order of the alphabet."""
    found = Unit.objects.filter(standing_on(day)).order_by("order", "id")
    return found.filter(level=level) if level else found


@kept(1)
def nation() -> Unit | None:
    """The unit on top; None before the units were loaded."""
    return Unit.objects.filter(level=Unit.Level.NATION).first()


def lineage(units: Iterable[UUID], day: date | None = None) -> dict[UUID, UUID]:
    """For each unit and all that went over into it undivided, by the day if one is given: which of them it has become.

    What names an earlier unit as its own ("thuộc tỉnh Đồng Nai") belongs to what that has become, as long as it was not
    split.
    """
    became = {unit: unit for unit in units}
    newest = list(became)
    for _ in range(_DEEPEST):
        heirs = _heirs(UnitSuccession.objects.filter(old__successions__new__in=newest))
        found = {
            old: new
            for old, (new, on) in heirs.items()
            if old not in became and new in became and (day is None or on <= day)
        }
        if not found:
            break
        became |= {old: became[new] for old, new in found.items()}
        newest = list(found)
    return became


def _heirs(successions: QuerySet[UnitSuccession]) -> dict[UUID, tuple[UUID, date]]:
    """The one unit that each old one went over into, whole, on the morrow of its last day; parts given away before do
    not count. Needs all successions of an old unit, and may be given one twice."""
    went: dict[UUID, set[tuple[UUID, str, date]]] = defaultdict(set)
    for old, new, area, on, end in successions.values_list("old_id", "new_id", "area", "on", "old__end"):
        if end is not None and on == end + timedelta(days=1):
            went[old].add((new, area, on))
    only = ((old, *to) for old, (to, *others) in went.items() if not others)
    return {old: (new, on) for old, new, area, on in only if area != Extent.PART}


@dataclass(frozen=True, slots=True)
class Below:
    """A unit with how many units and agencies stand right below it on the day."""

    unit: Unit
    units: int
    agencies: int


def below(unit: Unit, day: date) -> list[Below]:
    """The units right below a unit on a day, those included that it had under an earlier name or kind."""
    children = list(units_on(day).filter(parent__in=list(lineage([unit.id], day))))
    return counted(children, day)


def counted(units: Sequence[Unit], day: date) -> list[Below]:
    """Units with the counts of what is right below them on a day."""
    became = lineage((unit.id for unit in units), day)
    children = _counts(Unit.objects.filter(standing_on(day), parent__in=list(became)), "parent", became)
    agencies = _counts(Agency.objects.filter(standing_on(day), unit__in=list(became)), "unit", became)
    return [Below(unit, children[unit.id], agencies[unit.id]) for unit in units]


def _counts(rows: QuerySet[Unit] | QuerySet[Agency], owner: str, became: dict[UUID, UUID]) -> Counter[UUID]:
    counts: Counter[UUID] = Counter()
    for unit, count in rows.order_by().values_list(owner).annotate(Count("id")):
        counts[became[unit]] += count
    return counts


def standing(units: Iterable[UUID], day: date, known: Iterable[Unit] = ()) -> dict[UUID, Unit]:
    """For each unit: itself where it stands on the day, else what it had become by then without being split.

    Those that are known already are not asked for again.
    """
    now = {unit: unit for unit in units}
    seen = {unit.id: unit for unit in known}
    for _ in range(_DEEPEST):
        if unseen := set(now.values()) - seen.keys():
            seen |= {unit.id: unit for unit in Unit.objects.filter(id__in=unseen)}
        gone = {seen[unit].id for unit in now.values() if not seen[unit].stands_on(day)}
        if not gone:
            break
        links = _heirs(UnitSuccession.objects.filter(old__in=gone))
        heirs = {old: new for old, (new, on) in links.items() if on <= day}
        if not heirs:
            break
        now = {unit: heirs.get(at, at) for unit, at in now.items()}
    return {unit: seen[at] for unit, at in now.items() if at in seen and seen[at].stands_on(day)}


def above(unit: Unit, day: date) -> list[Unit]:
    """The units above a unit on a day, the highest first; without those that nobody can name after a split."""
    found: list[Unit] = []
    while unit.parent_id is not None and len(found) < len(LEVELS):
        parent = standing([unit.parent_id], day).get(unit.parent_id)
        if parent is None:
            break
        found.insert(0, parent)
        unit = parent
    return found


@dataclass(frozen=True, slots=True)
class Story:
    """What a unit came from and what became of it, the decrees with it; `is_split`: into several, or in part."""

    origins: Sequence[UnitSuccession]
    successions: Sequence[UnitSuccession]

    @property
    def is_split(self) -> bool:
        """Whether figures of the unit cannot be carried over without a person's word."""
        return len(self.successions) > 1 or any(s.area == Extent.PART for s in self.successions)


def story(unit: Unit) -> Story:
    """The successions of a unit, both ways."""
    origins = UnitSuccession.objects.filter(new=unit).select_related("old", "old__parent", "change")
    successions = UnitSuccession.objects.filter(old=unit).select_related("new", "new__parent", "change")
    return Story(
        list(origins.order_by("-on", "old__order", "old__id")),
        list(successions.order_by("on", "new__order", "new__id")),
    )


def search_units(text: str, *, day: date | None = None, level: str = "") -> QuerySet[Unit]:
    """Units by name or code, with or without tone marks and kind ("xa phu dong"), best first.

    A name as typed comes before one with other tone marks, then names that begin so, then those that hold it.
    """
    words = fold(text).split()
    whole = " ".join(words)
    kinds, skipped = _kinds_at(words)
    name, typed = " ".join(words[skipped:]), sort_key(" ".join(text.split()[skipped:]))
    of_kind = Q(kind__in=kinds) if kinds else Q()
    matches = Q(folded__contains=whole) | Q(code=whole) | Q(folded__contains=name) & of_kind
    rank = Case(
        When(Q(code=whole) | Q(order=typed) & of_kind, then=Value(0)),
        When(Q(folded=whole) | Q(folded=name) & of_kind, then=Value(1)),
        When(Q(folded__startswith=whole) | Q(folded__startswith=name) & of_kind, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = Unit.objects.filter(matches) if name else Unit.objects.none()
    if day is not None:
        found = found.filter(standing_on(day))
    if level:
        found = found.filter(level=level)
    return (
        found.annotate(rank=rank)
        .select_related("parent", "parent__parent")
        .order_by("rank", F("end").desc(nulls_first=True), "order", "id")
    )


def _kinds_at(words: Sequence[str]) -> tuple[list[str], int]:
    """The kinds that the words begin with, and how many words these are: "xa phu dong" → (["xã"], 1)."""
    for folded, kinds in _kinds().items():
        count = len(folded.split())
        if " ".join(words[:count]) == folded and len(words) > count:
            return kinds, count
    return [], 0


@cache
def _kinds() -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind in sorted({unit.kind for unit in reference_units().units}):
        kinds[fold(kind)].append(kind)
    return dict(kinds)
