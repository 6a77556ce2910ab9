"""Plan, Outline, Task, Due, Target, Budget, Duty: frozen values. The wire form is in `record`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from binhdang.paper import Finding, Removed, Span


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: name, and the signing post in plain words ("Phó Chủ tịch")."""

    name: str | None
    position: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """The identity of the paper; what is not printed is None."""

    kind: str | None = None
    number: str | None = None
    date: dt.date | None = None
    place: str | None = None
    issuer: str | None = None
    title: str | None = None
    period: Period | None = None
    signer: Signer | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited paper, once however often it is mentioned; values as printed. `role` is "basis" or "mention"."""

    kind: str
    number: str | None
    date: dt.date | None
    issuer: str | None
    title: str | None
    role: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A node of the tree; `span` covers its own heading or words, not its children's."""

    id: str
    parent: str | None
    ref: str | None
    heading: str
    kind: str
    scope: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Objective:
    """A sentence that says what the plan is for."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """A number to reach. `comparator` is one of = >= > < <=."""

    comparator: str
    value: Decimal
    unit: str
    subject: str
    year: int | None
    text: str
    span: Span
    outline: str | None = None


@dataclass(frozen=True, slots=True)
class Peak:
    """A date or a stretch singled out inside a due ("8/3", "15/11 - 15/12")."""

    text: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Due:
    """When: by / window / ongoing / periodic / as_directed, each with its own fields; see plan-json in the docs."""

    type: str
    text: str
    span: Span
    date: dt.date | None = None
    before: bool = False
    start: dt.date | None = None
    end: dt.date | None = None
    waits_for: str | None = None
    peaks: tuple[Peak, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where leads, partners and due were read, when elsewhere than in the task's own words."""

    leads: tuple[Span, ...] = ()
    partners: tuple[Span, ...] = ()
    due: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody is told to do. `kind` is "activity" or "responsibility"; `ref` the printed label path."""

    id: str
    ref: str | None
    kind: str
    text: str
    span: Span
    outline: str | None
    leads: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    requested: bool = False
    due: Due | None = None
    places: tuple[str, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to send something to somebody by a date."""

    kind: str
    year: int | None
    month: int | None
    day: int | None
    before: bool
    cut_off: str | None
    reporters: tuple[str, ...]
    recipients: tuple[str, ...]
    via: tuple[str, ...]
    content: str | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of "Nơi nhận"."""

    name: str
    note: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Amount:
    """Money of one year and source, in the budget's unit; None where the paper leaves it undecided."""

    year: int | None
    source: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A row of the budget; `code` is the label path ("I.2"); `total` by source as printed."""

    code: str
    title: str
    parent: str | None
    lead: str | None
    amounts: tuple[Amount, ...]
    total: dict[str, Decimal]
    outline: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class BudgetTotals:
    """The printed totals, even when wrong."""

    by_year: dict[int, Decimal]
    by_source: dict[str, Decimal]
    all: Decimal | None


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget table; `sources` are of central, local, other."""

    unit: str | None
    sources: tuple[str, ...]
    lines: tuple[BudgetLine, ...]
    totals: BudgetTotals


@dataclass(frozen=True, slots=True)
class Funding:
    """A source of money named in the text, with its amount (in million đồng) where one is given."""

    label: str
    source: str | None
    year: int | None
    amount: Decimal | None
    span: Span


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page of the paper starts in the text."""

    page: int
    start: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a paper lays down. Every span slices `text`."""

    text: str
    pages: tuple[Page, ...]
    document: Document
    citations: tuple[Citation, ...] = ()
    outline: tuple[Outline, ...] = ()
    objectives: tuple[Objective, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    reporting: tuple[Duty, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    budget: Budget | None = None
    funding: tuple[Funding, ...] = ()
    places: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    unplaced: tuple[Span, ...] = ()
    removed: tuple[Removed, ...] = ()
    source: str = ""
    sha256: str = ""
