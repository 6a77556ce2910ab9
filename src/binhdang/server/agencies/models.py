"""Units and agencies with the days between which they stand. Nothing is ever deleted: what ended has successors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from binhdang.server.web.records import Record
from binhdang.vietnamese.collation import sort_key
from binhdang.vietnamese.text import fold


class Lasting(models.Model):
    """What stands from a first to a last day, both counted in; None where it is not recorded or has not come."""

    start = models.DateField("từ ngày", null=True, blank=True)
    end = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def stands_on(self, day: date) -> bool:
        """Whether it is there on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def standing_on(day: date, prefix: str = "") -> Q:
    """The WHERE of what stands on a day; `prefix` leads to it ("unit__")."""
    return (Q(**{f"{prefix}start": None}) | Q(**{f"{prefix}start__lte": day})) & (
        Q(**{f"{prefix}end": None}) | Q(**{f"{prefix}end__gte": day})
    )


def cut(record: models.Model, column: str, text: str) -> str:
    """As much of a derived text as its column holds: some signs grow when they are folded."""
    return text[: getattr(record._meta.get_field(column), "max_length", None)]


class Named(models.Model):
    """What is found and sorted by its name: `folded` without tone marks, `order` in the order of the alphabet."""

    folded = models.CharField(max_length=300, editable=False)
    order = models.CharField(max_length=620, editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        name: models.CharField[str, str]

    def key(self) -> None:
        """Makes the forms for search and order from the name; done at every save, to be asked for before bulk ones."""
        self.folded, self.order = cut(self, "folded", fold(self.name)), cut(self, "order", sort_key(self.name))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stored with its forms for search and order."""
        self.key()
        super().save(*args, **kwargs)


class Unit(Named, Lasting, Record):
    """An administrative unit. `reference` is its id in the reference data, empty for one entered here.

    `parent` is the unit above as it was when this one began; what that has become is asked for by day (`queries.above`).
    """

    class Level(models.TextChoices):
        NATION = "nation", "Cả nước"
        PROVINCE = "province", "Cấp tỉnh"
        DISTRICT = "district", "Cấp huyện"
        COMMUNE = "commune", "Cấp xã"

    reference = models.CharField("mã tham chiếu", max_length=20, unique=True, null=True, editable=False)
    code = models.CharField("mã số", max_length=5, blank=True)
    level = models.CharField("cấp", max_length=10, choices=Level)
    kind = models.CharField("loại", max_length=30, blank=True)
    name = models.CharField("tên", max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="thuộc"
    )
    remark = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "đơn vị hành chính"
        indexes = [
            models.Index(fields=["level", "order"], name="unit_by_level"),
            models.Index(fields=["code", "level"], name="unit_by_code"),
            models.Index(fields=["parent", "order"], name="unit_below"),
            models.Index(fields=["folded"], name="unit_by_folded"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Kind and name: "Xã Phù Đổng"."""
        return titled(self.kind, self.name)


UNIT_KINDS: Mapping[str, tuple[str, ...]] = {
    Unit.Level.PROVINCE.value: ("tỉnh", "thành phố"),
    Unit.Level.DISTRICT.value: ("huyện", "quận", "thị xã", "thành phố"),
    Unit.Level.COMMUNE.value: ("xã", "phường", "đặc khu", "thị trấn"),
}
"""Kinds that a new unit of a level may be, the usual one first."""
CODE_DIGITS: Mapping[str, int] = {
    Unit.Level.PROVINCE.value: 2,
    Unit.Level.DISTRICT.value: 3,
    Unit.Level.COMMUNE.value: 5,
}
"""Digits of a unit's code."""


def titled(kind: str, name: str) -> str:
    """A unit's kind and name as they are written together."""
    return f"{kind[:1].upper()}{kind[1:]} {name}".strip()


class Extent(models.TextChoices):
    """How much of what goes over; shares of a split unit are not known beyond this."""

    WHOLE = "whole", "toàn bộ"
    PART = "part", "một phần"
    NONE = "none", "không"


class Change(Record):
    """A change of the map of units or of the agencies by a decree, entered ahead and done when its day comes."""

    class Subject(models.TextChoices):
        UNIT = "unit", "Đơn vị hành chính"
        AGENCY = "agency", "Cơ quan"

    class Kind(models.TextChoices):
        RENAME = "rename", "Đổi tên"
        STATUS = "status", "Chuyển loại"
        MERGE = "merge", "Hợp nhất, sáp nhập"
        SPLIT = "split", "Chia tách"
        CLOSE = "close", "Giải thể, kết thúc"

    class State(models.TextChoices):
        PLANNED = "planned", "Chờ hiệu lực"
        WITHDRAWN = "withdrawn", "Đã rút"
        DONE = "done", "Đã thực hiện"

    subject = models.CharField("đối tượng", max_length=10, choices=Subject)
    kind = models.CharField("loại thay đổi", max_length=10, choices=Kind)
    on = models.DateField("có hiệu lực từ ngày")
    decree = models.CharField("số, ký hiệu văn bản", max_length=60)
    decree_on = models.DateField("ngày ban hành", null=True, blank=True)
    decree_title = models.CharField("trích yếu", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField("lý do rút", max_length=300, blank=True)

    class Meta:
        verbose_name = "thay đổi địa giới, tổ chức"
        indexes = [models.Index(fields=["state", "on"], name="change_due")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} từ {self.on:%d/%m/%Y}"


class Outcome(Record):
    """What stands after a change: one that stands already, or a new one, made when the change takes effect.

    `above` is the unit above a new unit, or the unit that a new agency is at.
    """

    change = models.ForeignKey(Change, models.PROTECT, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    is_new = models.BooleanField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="made_by")
    agency = models.ForeignKey("Agency", models.PROTECT, null=True, related_name="made_by")
    kind = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200, blank=True)
    short = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=5, blank=True)
    above = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title

    @property
    def heir(self) -> Unit | Agency | None:
        """The record that it is; None for a new one before the change takes effect."""
        return self.unit or self.agency

    @property
    def title(self) -> str:
        """How it is called."""
        if (heir := self.heir) is not None:
            return str(heir)
        return titled(self.kind, self.name) if self.change.subject == Change.Subject.UNIT else self.name


class Transfer(Record):
    """A row of a change: what goes where, whole or in part; without an outcome where the old one just ends."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="transfers")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="transfers")
    agency = models.ForeignKey("Agency", models.PROTECT, null=True, related_name="transfers")
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, related_name="transfers")
    extent = models.CharField(max_length=5, choices=Extent, default=Extent.WHOLE)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True, agency__isnull=False) | Q(unit__isnull=False, agency__isnull=True),
                name="transfer_of_one_thing",
            )
        ]

    @property
    def old(self) -> Unit | Agency:
        """What goes over."""
        old = self.unit or self.agency
        assert old is not None  # the database holds it
        return old


class UnitSuccession(Record):
    """A unit's going over into another on a day: how much of its area and its people, empty where nobody says."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    on = models.DateField("từ ngày")
    area = models.CharField("diện tích", max_length=5, choices=Extent, blank=True)
    people = models.CharField("dân số", max_length=5, choices=Extent, blank=True)
    printed = models.CharField("nguyên văn", max_length=300, blank=True)
    change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "chuyển tiếp đơn vị"
        constraints = [models.UniqueConstraint(fields=["old", "new", "on"], name="unit_succession_once")]


class Agency(Named, Lasting, Record):
    """A body at a unit. `kind` is its code in the reference data ("so-noivu"), empty for one of no known kind.

    `unit` is where it was when it began; what that has become is asked for by day.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="agencies", verbose_name="đơn vị hành chính")
    kind = models.CharField("loại cơ quan", max_length=60, blank=True)
    name = models.CharField("tên", max_length=200)
    short = models.CharField("tên viết tắt", max_length=60, blank=True)
    folded_short = models.CharField(max_length=60, blank=True, editable=False)

    class Meta:
        verbose_name = "cơ quan"
        indexes = [
            models.Index(fields=["unit", "order"], name="agency_at_unit"),
            models.Index(fields=["kind"], name="agency_of_kind"),
            models.Index(fields=["folded"], name="agency_by_folded"),
        ]

    def __str__(self) -> str:
        return self.name

    def key(self) -> None:
        """Of the short name too."""
        super().key()
        self.folded_short = cut(self, "folded_short", fold(self.short))


class AgencySuccession(Record):
    """An agency's work going over to another on a day, whole or in part; `note` says which, where it is not all."""

    old = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Agency, models.PROTECT, related_name="origins")
    on = models.DateField("từ ngày")
    extent = models.CharField("phần việc", max_length=5, choices=Extent, default=Extent.WHOLE)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "chuyển tiếp cơ quan"
        constraints = [models.UniqueConstraint(fields=["old", "new", "on"], name="agency_succession_once")]


class Edition(models.Model):
    """One row: a mark that becomes another with every change of units or agencies, so that what was read may be kept."""

    mark = models.UUIDField("dấu của danh mục", default=uuid4)

    class Meta:
        verbose_name = "ấn bản danh mục"


class ReportingLine(Lasting, Record):
    """To whom an agency reports on this programme for a time: one superior at a time. Not administrative subordination."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="reports", verbose_name="cơ quan báo cáo")
    superior = models.ForeignKey(Agency, models.PROTECT, related_name="reporters", verbose_name="báo cáo với")

    class Meta:
        verbose_name = "tuyến báo cáo"
        indexes = [
            models.Index(fields=["agency", "start"], name="line_of_agency"),
            models.Index(fields=["superior", "start"], name="line_to_superior"),
        ]
        constraints = [models.CheckConstraint(condition=~Q(agency=F("superior")), name="line_not_to_itself")]
