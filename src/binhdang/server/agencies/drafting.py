"""A change being entered: all that was chosen so far stands in the address, so that Back and a reload lose nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict

from binhdang.server.agencies.actions import OutcomeDraft, TransferDraft
from binhdang.server.agencies.forms import NewAgencyForm, NewUnitForm
from binhdang.server.agencies.models import Agency, Change, Extent, Unit
from binhdang.server.agencies.queries.agencies import search_agencies
from binhdang.server.agencies.queries.units import search_units

_MOST = 20  # choices offered at once
_MOST_NEW = 12  # outcomes of one split


@dataclass(frozen=True, slots=True)
class Drafting:
    """What is to change (`olds`), into which that stand already (`into`) and how many new ones."""

    asked: QueryDict
    subject: str
    kind: str
    olds: Sequence[Unit | Agency]
    into: Sequence[Unit | Agency]
    text: str

    @property
    def title(self) -> str:
        """What is being entered: "Hợp nhất, sáp nhập đơn vị hành chính"."""
        return f"{Change.Kind(self.kind).label} {Change.Subject(self.subject).label.lower()}"

    @property
    def takes_one(self) -> bool:
        """Whether only one can change at a time."""
        return self.kind not in (Change.Kind.MERGE, Change.Kind.CLOSE)

    @property
    def takes_standing(self) -> bool:
        """Whether one that stands already can be what comes out."""
        return self.kind == Change.Kind.SPLIT or (self.kind == Change.Kind.MERGE and not self.into)

    @property
    def is_ready(self) -> bool:
        """Whether the rest can be asked for."""
        return bool(self.olds)

    @property
    def new(self) -> int:
        """How many new ones come out."""
        if self.kind == Change.Kind.CLOSE:
            return 0
        if self.kind != Change.Kind.SPLIT:
            return 0 if self.into else 1
        asked = self.asked.get("moi", "")
        return min(int(asked), _MOST_NEW) if asked.isdecimal() else max(0, 2 - len(self.into))

    @property
    def one_more(self) -> str:
        """The address with one more new one."""
        return self._address(moi=[str(self.new + 1)])

    @property
    def one_less(self) -> str:
        """The address with one new one less; empty where there is none."""
        return self._address(moi=[str(self.new - 1)]) if self.new else ""

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the search form has to keep of the address."""
        return [(name, value) for name, values in self.asked.lists() if name != "tim" for value in values]

    def chosen(self) -> list[tuple[Unit | Agency, str]]:
        """Those that change, each with the address without it."""
        return [(one, self._without("cu", one)) for one in self.olds]

    def receiving(self) -> list[tuple[Unit | Agency, str]]:
        """Those that stand and take in, each with the address without it."""
        return [(one, self._without("vao", one)) for one in self.into]

    def found(self) -> list[tuple[Unit | Agency, str, str]]:
        """What the search finds, each with the addresses that take it as one that changes and as one that takes in."""
        if not self.text:
            return []
        rows: list[Unit | Agency] = []
        if self.subject == Change.Subject.UNIT:
            rows += search_units(self.text).filter(end=None).exclude(level=Unit.Level.NATION)[:_MOST]
        else:
            rows += search_agencies(self.text).filter(end=None)[:_MOST]
        olds, into = {one.pk for one in self.olds}, {one.pk for one in self.into}
        full = self.takes_one and bool(olds)
        return [
            (
                row,
                "" if full or row.pk in olds else self._with("cu", row),
                "" if not self.takes_standing or row.pk in into or not olds else self._with("vao", row),
            )
            for row in rows
        ]

    def new_forms(self, data: QueryDict | None) -> list[forms.Form]:
        """A form for each new one."""
        if self.subject == Change.Subject.UNIT:
            level = next((one.level for one in self.olds if isinstance(one, Unit)), "")
            kind = next((one.kind for one in self.olds), "")
            return [
                NewUnitForm(level, data, prefix=f"moi{number}", initial={"kind": kind}) for number in range(self.new)
            ]
        return [NewAgencyForm(data, prefix=f"moi{number}") for number in range(self.new)]

    def rows(self, new: Sequence[forms.Form]) -> tuple[list[OutcomeDraft], list[TransferDraft]]:
        """What the act asks for: everything that changes goes to everything that comes out."""
        outcomes = [OutcomeDraft(existing=one.pk) for one in self.into]
        outcomes += [OutcomeDraft(**form.cleaned_data) for form in new]
        extent = Extent.PART if self.kind == Change.Kind.SPLIT else Extent.WHOLE
        places: list[int | None] = list(range(len(outcomes))) or [None]
        return outcomes, [TransferDraft(one.pk, to, extent) for one in self.olds for to in places]

    def _with(self, name: str, one: Unit | Agency) -> str:
        return self._address(**{name: [*self.asked.getlist(name), str(one.pk)]}, tim=[])

    def _without(self, name: str, one: Unit | Agency) -> str:
        return self._address(**{name: [value for value in self.asked.getlist(name) if value != str(one.pk)]})

    def _address(self, **changed: list[str]) -> str:
        address = self.asked.copy()
        for name, values in changed.items():
            address.setlist(name, values)
        return f"?{address.urlencode()}"


def drafting_of(asked: QueryDict) -> Drafting:
    """The change that an address describes; its `doi_tuong` and `loai` are known to be right."""
    subject = asked.get("doi_tuong", "")
    return Drafting(
        asked,
        subject,
        asked.get("loai", ""),
        _named(subject, asked.getlist("cu")),
        _named(subject, asked.getlist("vao")),
        asked.get("tim", "").strip(),
    )


def _named(subject: str, ids: list[str]) -> list[Unit | Agency]:
    known = {uuid for text in ids if (uuid := _uuid(text)) is not None}
    rows: list[Unit | Agency] = []
    if subject == Change.Subject.UNIT:
        rows += Unit.objects.filter(pk__in=known).select_related("parent")
    else:
        rows += Agency.objects.filter(pk__in=known).select_related("unit")
    by_id = {str(row.pk): row for row in rows}
    return [by_id[text] for text in dict.fromkeys(ids) if text in by_id]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
