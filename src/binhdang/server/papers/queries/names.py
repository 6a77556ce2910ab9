"""The names of agencies that a paper prints, each with what it means: picked in this review, before, or not yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from binhdang.review import Binding, Reviewed
from binhdang.server.agencies.models import Agency
from binhdang.server.papers.models import NameChoice, Paper
from binhdang.server.papers.queries.candidates import candidates_for, means_communes
from binhdang.vietnamese.text import fold

_FIELDS = {"task": ("leads", "partners"), "duty": ("reporters", "recipients", "via")}


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name: how often it stands in the paper, what it means (None: nobody has said), what was picked before."""

    name: str
    count: int
    binding: Binding | None
    agencies: Sequence[Agency]
    before: Sequence[Agency] | None = None
    candidates: Sequence[Agency] = ()
    communes: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether somebody has said what it means in this paper."""
        return self.binding is not None


def printed_names(reviewed: Reviewed) -> Counter[str]:
    """The names with how often they stand in what is live."""
    counts: Counter[str] = Counter()
    for sort, fields in _FIELDS.items():
        for item in reviewed.of(sort):
            for name in fields:
                counts.update(item.fields[name])
    for item in reviewed.of("budget"):
        if item.fields["lead"]:
            counts[item.fields["lead"]] += 1
    return counts


def names_in(paper: Paper, reviewed: Reviewed, *, offer: bool = False) -> list[Name]:
    """Every printed name once, those that nobody has settled first; with agencies to choose from where that is asked for."""
    counts = printed_names(reviewed)
    bound = {name: reviewed.binding(name) for name in counts}
    chosen = {
        c.folded: [UUID(agency) for agency in c.agencies]
        for c in NameChoice.objects.filter(owner=paper.owner_id, folded__in=[fold(name)[:300] for name in counts])
    }
    wanted = {UUID(a) for binding in bound.values() if binding for a in binding.agencies}
    wanted |= {agency for agencies in chosen.values() for agency in agencies}
    known = Agency.objects.select_related("unit").in_bulk(wanted)
    unsettled = [name for name, binding in bound.items() if binding is None]
    offered = candidates_for(unsettled, owner=paper.owner_id, day=paper.date or timezone.localdate()) if offer else {}
    found = []
    for name, count in counts.items():
        binding = bound[name]
        ids = [UUID(a) for a in binding.agencies] if binding else []
        before = chosen.get(fold(name)[:300]) if binding is None else None
        found.append(
            Name(
                name,
                count,
                binding,
                [known[i] for i in ids if i in known],
                [known[i] for i in before if i in known] if before is not None else None,
                offered.get(name, ()),
                binding is None and means_communes(name),
            )
        )
    return sorted(found, key=lambda n: (n.is_settled, -n.count, n.name))
