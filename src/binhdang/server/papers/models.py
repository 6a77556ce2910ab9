"""A paper, what readers found in it, and what people decided about that. A Reading and an edit are never changed."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.db import models

from binhdang.server.agencies.models import Agency
from binhdang.server.files.models import Content
from binhdang.server.web.records import Record


class Paper(Record):
    """A paper in an agency's keeping, once however often its file comes. Its file never changes.

    `number`, `date`, `issuer` … are as read, then as the review corrected them; `symbol` is the number's key by which
    citations find it. `reading` is the Reading that is shown and reviewed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ đọc"
        READ = "read", "Đã đọc"
        FAILED = "failed", "Không đọc được"

    owner = models.ForeignKey(Agency, models.PROTECT, related_name="papers", verbose_name="cơ quan lưu")
    content = models.ForeignKey(Content, models.PROTECT, related_name="papers", verbose_name="tệp")
    name = models.CharField("tên tệp", max_length=200)
    added_by = models.CharField("người đưa vào", max_length=64)
    added_at = models.DateTimeField("ngày đưa vào", auto_now_add=True)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.WAITING)
    job = models.UUIDField(null=True)
    failure = models.CharField("lý do", max_length=600, blank=True)
    kind = models.CharField("loại văn bản", max_length=80, blank=True)
    number = models.CharField("số, ký hiệu", max_length=120, blank=True)
    symbol = models.CharField(max_length=160, blank=True, db_index=True, editable=False)
    date = models.DateField("ngày ban hành", null=True)
    issuer = models.CharField("cơ quan ban hành", max_length=300, blank=True)
    title = models.TextField("trích yếu", blank=True)
    reading = models.ForeignKey("Reading", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "văn bản"
        constraints = [models.UniqueConstraint(fields=["owner", "content"], name="paper_once_an_agency")]
        indexes = [
            models.Index(fields=["owner", "-added_at"], name="paper_by_arrival"),
            models.Index(fields=["owner", "-date"], name="paper_by_date"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """Kind and number, "Kế hoạch 48/KH-UBND"; the file's name while nothing is known."""
        return f"{self.kind} {self.number}".strip() or self.name


class Reading(Record):
    """What one version of the reader found in a paper: the plan's JSON. Never changed."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="readings")
    reader = models.CharField("phiên bản", max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(editable=False)

    class Meta:
        verbose_name = "bản đọc"
        constraints = [models.UniqueConstraint(fields=["paper", "reader"], name="reading_once_a_reader")]

    @cached_property
    def record(self) -> dict[str, Any]:
        """The plan's JSON as values."""
        record: dict[str, Any] = json.loads(self.text)
        return record


class Review(Record):
    """The review of a paper's Reading. `version` counts its edits, `done_at` says when everything had been looked at."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="review")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="reviews")
    opened_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "rà soát"


class ReviewEdit(Record):
    """One edit of a review, as made; undone ones stay with the mark of who undid them.

    `reading` is the Reading that its keys and places speak of; on another one it is found again.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="edits")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    items = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    person = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "lần sửa"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["review", "number"], name="review_edit_in_order")]


class Citation(models.Model):
    """A paper cited in another, by its symbol; which paper that is, is asked for when it is shown."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="citations")
    kind = models.CharField(max_length=80)
    number = models.CharField(max_length=120, blank=True)
    symbol = models.CharField(max_length=160, blank=True, db_index=True)
    date = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    title = models.TextField(blank=True)
    role = models.CharField(max_length=10)
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = "trích dẫn"
        ordering = ["position"]


class NameChoice(Record):
    """What an agency's reviewers took a printed name to mean, kept for its next papers. Without agencies: nobody."""

    owner = models.ForeignKey(Agency, models.PROTECT, related_name="name_choices")
    folded = models.CharField(max_length=300)
    name = models.CharField(max_length=300)
    agencies = models.JSONField(default=list)
    group = models.BooleanField(default=False)
    label = models.CharField(max_length=300, blank=True)
    chosen_by = models.CharField(max_length=64)
    chosen_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "nghĩa của tên"
        constraints = [models.UniqueConstraint(fields=["owner", "folded"], name="name_choice_once")]
