"""Which agencies of the register a printed name may mean: offered to the reviewer, never taken by themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from binhdang.reference.agency_kinds import agency_kinds
from binhdang.server.agencies.models import Agency, standing_on
from binhdang.server.agencies.queries.lines import below
from binhdang.vietnamese.text import fold

_COMMUNES = re.compile(r"\b(?:cac|cap) (?:xa|phuong)\b")
_COMMUNE_KIND = "ubnd-xa"
_MOST = 8  # agencies offered for a name


def candidates_for(names: Iterable[str], *, owner: UUID, day: date) -> dict[str, list[Agency]]:
    """For each name the agencies that stand on the day and bear it, its short form, or are of a kind so named.

    Those on the owner's own reporting line come first. Three queries, however many names.
    """
    wanted = {name: " ".join(fold(name).split()) for name in names}
    kinds = {name: [kind.code for kind in agency_kinds().named(name)] for name in wanted}
    codes = {code for found in kinds.values() for code in found}
    folded = set(wanted.values())
    rows = Agency.objects.filter(standing_on(day)).filter(
        Q(folded__in=folded) | Q(folded_short__in=folded) | Q(kind__in=codes)
    )
    by_word: dict[str, list[Agency]] = defaultdict(list)
    by_kind: dict[str, list[Agency]] = defaultdict(list)
    for agency in rows.select_related("unit").order_by("order", "id")[:5_000]:
        for word in {agency.folded, agency.folded_short} & folded:
            by_word[word].append(agency)
        if agency.kind in codes:
            by_kind[agency.kind].append(agency)
    near = below([owner], day).keys() | {owner}
    found: dict[str, list[Agency]] = {}
    for name, word in wanted.items():
        alike = {a.pk: a for a in by_word[word]} | {a.pk: a for code in kinds[name] for a in by_kind[code]}
        found[name] = sorted(alike.values(), key=lambda a: (a.folded != word, a.pk not in near))[:_MOST]
    return found


def communes_below(owner: UUID, day: date) -> list[Agency]:
    """The People's Committees of communes on the owner's reporting line: what "các xã, phường" of its plan means."""
    line = below([owner], day)
    rows = Agency.objects.filter(standing_on(day), kind=_COMMUNE_KIND, pk__in=list(line))
    return list(rows.select_related("unit").order_by("order", "id"))


def means_communes(name: str) -> bool:
    """Whether a name speaks of all communes: "Ủy ban nhân dân các xã, phường"."""
    return bool(_COMMUNES.search(fold(name)))
