"""The records of a plan's items from a finished review: built in memory, written a kind at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from binhdang.paper import Span
from binhdang.reference.agency_kinds import agency_kinds
from binhdang.review import Binding, Item, Reviewed, State
from binhdang.server.agencies.models import Agency
from binhdang.server.plans.models import (
    Assignment,
    BudgetAmount,
    BudgetLine,
    Duty,
    DutyParty,
    Group,
    GroupMember,
    Party,
    Plan,
    Recipient,
    Section,
    Target,
    Task,
)
from binhdang.server.plans.presenters import last_day_of
from binhdang.vietnamese.text import fold

_BATCH = 500  # rows of one statement


@dataclass(slots=True)
class Records:
    """All rows of a plan, ready to be written in their order."""

    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    lines: list[BudgetLine] = field(default_factory=list)
    amounts: list[BudgetAmount] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    members: list[GroupMember] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    duty_parties: list[DutyParty] = field(default_factory=list)
    recipients: list[Recipient] = field(default_factory=list)

    def write(self) -> None:
        """Writes them, as many statements as there are kinds and batches."""
        for rows in (
            self.sections,
            self.tasks,
            self.targets,
            self.lines,
            self.amounts,
            self.duties,
            self.groups,
            self.members,
            self.assignments,
            self.duty_parties,
            self.recipients,
        ):
            if rows:
                model: Any = type(rows[0])
                model.objects.bulk_create(rows, batch_size=_BATCH)


class _Parties:
    """Whom printed names mean: agencies and groups, each group of the same members made once."""

    def __init__(self, plan: Plan, reviewed: Reviewed, records: Records) -> None:
        self._plan, self._reviewed, self._records = plan, reviewed, records
        self._groups: dict[tuple[str, ...], Group] = {}
        wanted = {UUID(a) for binding in reviewed.bindings.values() for a in binding.agencies}
        self._known: Mapping[UUID, Agency] = Agency.objects.in_bulk(wanted)

    def of(self, name: str, item: str) -> tuple[Agency | None, Group | None]:
        """The agency or the group; neither for a name that means nobody of the register."""
        binding = self._reviewed.binding(name, item)
        agencies = [self._known[UUID(a)] for a in binding.agencies if UUID(a) in self._known] if binding else []
        if not agencies or binding is None:
            return None, None
        if len(agencies) == 1 and not binding.group:
            return agencies[0], None
        return None, self._group(name, binding, agencies)

    def _group(self, name: str, binding: Binding, agencies: Iterable[Agency]) -> Group:
        key = tuple(sorted(binding.agencies))
        if key not in self._groups:
            group = Group(pk=uuid4(), plan=self._plan, name=(binding.label or name)[:300], size=len(key))
            self._groups[key] = group
            self._records.groups.append(group)
            self._records.members += [GroupMember(group=group, agency=agency) for agency in agencies]
        return self._groups[key]


def records_of(plan: Plan, reviewed: Reviewed) -> Records:
    """The rows that a review's outcome makes for a plan."""
    records = Records()
    parties = _Parties(plan, reviewed, records)
    sections = _sections(plan, reviewed, records)

    def common(item: Item, position: int) -> dict[str, Any]:
        section = sections.get(item.fields.get("outline") or "")
        return {
            "pk": uuid4(),
            "plan": plan,
            "section": section,
            "position": position,
            "spans": _places(item.spans),
            "evidence": _places(item.evidence),
            "since": plan.date,
        }

    for position, item in enumerate(reviewed.of("task")):
        _task(item, common(item, position), parties, records)
    for position, item in enumerate(reviewed.of("target")):
        records.targets.append(_target(item, common(item, position)))
    unit = (reviewed.record["budget"] or {}).get("unit") or ""
    for position, item in enumerate(reviewed.of("budget")):
        _line(item, common(item, position), unit, records)
    for position, item in enumerate(reviewed.of("duty")):
        _duty(item, common(item, position), parties, records)
    for position, item in enumerate(reviewed.of("recipient")):
        agency, group = parties.of(item.fields["name"], item.key)
        told = {"printed": item.fields["name"][:300], "agency": agency, "group": group}
        note = (item.fields["note"] or "")[:60]
        records.recipients.append(Recipient(plan=plan, note=note, position=position, **told))
    return records


def _places(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _sections(plan: Plan, reviewed: Reviewed, records: Records) -> dict[str, Section]:
    """Only those that hold something: an item's own node is the item."""
    nodes = {o["id"]: o for o in reviewed.record["outline"]}
    used: set[str] = set()
    for item in reviewed.items.values():
        node = item.fields.get("outline") or ""
        while node in nodes and node not in used:
            used.add(node)
            node = nodes[node]["parent"] or ""
    made: dict[str, Section] = {}
    for position, (key, node) in enumerate(nodes.items()):
        if key not in used:
            continue
        made[key] = Section(
            pk=uuid4(),
            plan=plan,
            parent=made.get(node["parent"] or ""),
            position=position,
            ref=(node["ref"] or "")[:60],
            heading=node["heading"],
            kind=node["kind"],
            span_start=node["span"][0],
            span_end=node["span"][1],
        )
    records.sections += made.values()
    return made


def _task(item: Item, common: dict[str, Any], parties: _Parties, records: Records) -> None:
    told = item.fields
    task = Task(
        **common,
        ref=(told["ref"] or "")[:60],
        kind=told["kind"],
        text=told["text"],
        folded=fold(told["text"]),
        requested=told["requested"],
        tracked=item.state != State.GUIDANCE,
        due=told["due"],
        due_on=last_day_of(told["due"]),
        places=told["places"],
    )
    records.tasks.append(task)
    if not task.tracked:
        return
    seen: set[tuple[UUID | None, UUID | None, str]] = set()
    for role, names in ((Assignment.Role.LEAD, told["leads"]), (Assignment.Role.PARTNER, told["partners"])):
        for name in names:
            agency, group = parties.of(name, item.key)
            asked = task.requested or (agency is not None and is_requested(agency))
            key = (agency.pk if agency else None, group.pk if group else None, "" if agency or group else fold(name))
            if key in seen:  # named twice, or a lead among the partners
                continue
            seen.add(key)
            records.assignments.append(
                Assignment(
                    task=task,
                    role=Assignment.Role.REQUESTED if asked else role,
                    printed=name[:300],
                    agency=agency,
                    group=group,
                    since=task.since,
                )
            )


def is_requested(agency: Agency) -> bool:
    """Whether a body is asked rather than assigned: the Front, the unions, the Party."""
    kind = agency_kinds().get(agency.kind)
    return kind is not None and kind.is_requested


def _target(item: Item, common: dict[str, Any]) -> Target:
    told = item.fields
    names = ("subject", "comparator", "unit", "year", "text")
    return Target(**common, value=Decimal(str(told["value"])), **{name: told[name] for name in names})


def _line(item: Item, common: dict[str, Any], unit: str, records: Records) -> None:
    told = item.fields
    line = BudgetLine(
        **common,
        code=told["code"][:60],
        title=told["title"],
        parent_code=(told["parent"] or "")[:60],
        lead=(told["lead"] or "")[:300],
        unit=unit[:60],
        total=told["total"],
    )
    records.lines.append(line)
    records.amounts += [
        BudgetAmount(line=line, year=a["year"], origin=a["source"] or "", amount=Decimal(str(a["amount"])))
        for a in told["amounts"]
    ]


def _duty(item: Item, common: dict[str, Any], parties: _Parties, records: Records) -> None:
    told = item.fields
    names = ("kind", "year", "month", "day", "before", "text")
    duty = Duty(
        **common,
        cut_off=(told["cut_off"] or "")[:300],
        content=told["content"] or "",
        **{name: told[name] for name in names},
    )
    records.duties.append(duty)
    roles = (("reporters", "reporter"), ("recipients", "recipient"), ("via", "via"))
    for part, role in roles:
        for name in told[part]:
            agency, group = parties.of(name, item.key)
            records.duty_parties.append(DutyParty(duty=duty, role=role, printed=name[:300], agency=agency, group=group))


def parties_of(rows: Iterable[Party]) -> set[UUID]:
    """The agencies that stand by themselves among parties."""
    return {row.agency_id for row in rows if row.agency_id is not None}


def day_of(text: str | None) -> date | None:
    """A day of the plan's JSON."""
    return date.fromisoformat(text) if text else None
