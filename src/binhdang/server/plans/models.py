"""A plan and its items. An item keeps the places of its words in the plan's paper; whom it binds stands beside it as printed."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhdang.server.agencies.models import Agency
from binhdang.server.papers.models import Paper
from binhdang.server.web.records import Record


class Plan(Record):
    """A paper's programme. `issuer` gives it out, `runs` is the agency that runs it and sees all its work.

    `paper` is the paper of record. `start` and `end` are the first and last day of its period.
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("đang thực hiện")
        CLOSED = "closed", _("đã kết thúc")

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="plan", verbose_name="văn bản")
    runs = models.ForeignKey(
        Agency, models.PROTECT, related_name="plans_run", verbose_name="cơ quan chủ trì chương trình"
    )
    issuer = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="plans_issued", verbose_name="cơ quan ban hành"
    )
    kind = models.CharField("loại văn bản", max_length=80)
    number = models.CharField("số, ký hiệu", max_length=120, blank=True)
    date = models.DateField("ngày ban hành", null=True)
    title = models.TextField("trích yếu")
    issuer_name = models.CharField("cơ quan ban hành như in", max_length=300, blank=True)
    signer = models.CharField("người ký", max_length=300, blank=True)
    start = models.DateField("từ ngày", null=True)
    end = models.DateField("đến ngày", null=True)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.ISSUED)
    issued_at = models.DateTimeField("giao việc lúc", auto_now_add=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)

    class Meta:
        verbose_name = "kế hoạch"
        indexes = [
            models.Index(fields=["runs", "-date"], name="plan_of_runner"),
            models.Index(fields=["state", "-date"], name="plan_in_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class PlanLink(Record):
    """How a plan stands to another: which plan above it carries out, which it amends or replaces."""

    class Kind(models.TextChoices):
        CARRIES_OUT = "carries_out", _("thực hiện")
        AMENDS = "amends", _("sửa đổi")
        REPLACES = "replaces", _("thay thế")
        FOLLOWS = "follows", _("tiếp nối")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="links")
    other = models.ForeignKey(Plan, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        verbose_name = "liên hệ giữa các kế hoạch"
        constraints = [
            models.UniqueConstraint(fields=["plan", "other", "kind"], name="plan_link_once"),
            models.CheckConstraint(condition=~Q(plan=F("other")), name="plan_not_linked_to_itself"),
        ]


class Section(Record):
    """A node of the plan's outline, with the place of its own heading."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    position = models.PositiveIntegerField()
    ref = models.CharField(max_length=60, blank=True)
    heading = models.TextField()
    kind = models.CharField(max_length=30)
    span_start = models.PositiveIntegerField()
    span_end = models.PositiveIntegerField()

    class Meta:
        verbose_name = "phần"
        ordering = ["position"]


class Item(Record):
    """What a plan lays down. In force from `since` until `until`; `follows` is the item of before an amendment.

    `spans` are the places of its words in the paper's text, `evidence` those that say who and when.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="%(class)ss")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="%(class)ss")
    position = models.PositiveIntegerField()
    spans = models.JSONField(default=list)
    evidence = models.JSONField(default=list)
    since = models.DateField("có hiệu lực từ", null=True)
    until = models.DateField("đến hết", null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        abstract = True
        ordering = ["position"]


class Task(Item):
    """What somebody is told to do; `tracked` false for guidance that is shown alone. Its due is as in the plan's JSON.

    `due_on` is the last day that it names, by which lists are sorted; None where no day is known.
    """

    ref = models.CharField("mục", max_length=60, blank=True)
    kind = models.CharField("loại", max_length=20)
    text = models.TextField("nội dung")
    folded = models.TextField(editable=False)
    requested = models.BooleanField("đề nghị", default=False)
    tracked = models.BooleanField("theo dõi", default=True)
    due = models.JSONField("thời hạn", null=True)
    due_on = models.DateField(null=True, db_index=True)
    waits_for = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="awaited_by")
    places = models.JSONField("địa bàn", default=list)

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "nhiệm vụ"
        indexes = [models.Index(fields=["plan", "position"], name="task_in_plan")]


class Target(Item):
    """A number to reach; `above` is the target of the plan above that it takes up, its own value kept."""

    subject = models.TextField("đối tượng")
    comparator = models.CharField(max_length=2)
    value = models.DecimalField("mức", max_digits=20, decimal_places=6)
    unit = models.CharField("đơn vị tính", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("năm", null=True)
    text = models.TextField("nội dung")
    above = models.ForeignKey("self", models.PROTECT, null=True, related_name="below")

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "chỉ tiêu"

    @property
    def shown(self) -> Decimal:
        """The value without the zeros that the column adds."""
        return self.value.normalize() if self.value else Decimal(0)


class BudgetLine(Item):
    """A line of the budget: `total` by source as printed, in the plan's unit of money."""

    code = models.CharField("mục", max_length=60, blank=True)
    title = models.TextField("nội dung chi")
    parent_code = models.CharField(max_length=60, blank=True)
    lead = models.CharField("chủ trì như in", max_length=300, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    total = models.JSONField(default=dict)

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "dòng kinh phí"


class BudgetAmount(Record):
    """Money of a line, of one year and source, in the line's unit; None where the paper leaves it undecided."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="amounts")
    year = models.PositiveSmallIntegerField(null=True)
    origin = models.CharField(max_length=10, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=3)

    class Meta:
        verbose_name = "số tiền"


class Duty(Item):
    """A duty to send something to somebody by a date; who sends and to whom stands in its parties."""

    kind = models.CharField("kỳ báo cáo", max_length=20)
    year = models.PositiveSmallIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    before = models.BooleanField(default=False)
    cut_off = models.CharField("chốt số liệu", max_length=300, blank=True)
    content = models.TextField("nội dung báo cáo", blank=True)
    text = models.TextField("nội dung")

    class Meta(Item.Meta):
        abstract = False
        verbose_name = "chế độ báo cáo"
        verbose_name_plural = "chế độ báo cáo"


class Group(Record):
    """Several agencies that one name stands for ("các xã, phường"), its members frozen when the plan is issued."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="groups")
    name = models.CharField("tên như in", max_length=300)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "nhóm cơ quan"

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """A member of a group."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="group_memberships")

    class Meta:
        verbose_name = "thành viên nhóm"
        constraints = [models.UniqueConstraint(fields=["group", "agency"], name="group_member_once")]
        indexes = [models.Index(fields=["agency", "group"], name="groups_of_agency")]


class Party(Record):
    """A name as printed and whom it means: an agency, a group, or nobody of the register."""

    printed = models.CharField("tên như in", max_length=300)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """How it is shown: the agency's name of today, or as printed."""
        return str(self.agency or self.printed)


class Assignment(Party):
    """A task laid on an agency or a group, in a role. What became of it is the affair of the rooms above."""

    class Role(models.TextChoices):
        LEAD = "lead", _("chủ trì")
        PARTNER = "partner", _("phối hợp")
        REQUESTED = "requested", _("được đề nghị")

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    role = models.CharField("vai trò", max_length=10, choices=Role)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        verbose_name = "phân công"
        indexes = [
            models.Index(fields=["agency", "role"], name="assignment_of_agency"),
            models.Index(fields=["group", "role"], name="assignment_of_group"),
        ]


class DutyParty(Party):
    """Who reports, to whom, through whom."""

    class Role(models.TextChoices):
        REPORTER = "reporter", _("nơi gửi")
        RECIPIENT = "recipient", _("nơi nhận")
        VIA = "via", _("gửi qua")

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="parties")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        verbose_name = "bên của chế độ báo cáo"


class Recipient(Party):
    """A line of "Nơi nhận"."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="recipients")
    note = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = "nơi nhận"
        ordering = ["position"]
        indexes = [models.Index(fields=["agency", "plan"], name="recipient_of_plan")]
