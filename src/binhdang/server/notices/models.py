"""Notices, a row an agency or a person; who has read which; how people choose to be told; letters and their mornings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from binhdang.server.accounts.models import Person
from binhdang.server.agencies.models import Agency
from binhdang.server.notices.kinds import Way
from binhdang.server.web.records import Record

if TYPE_CHECKING:
    from uuid import UUID

TITLE, TEXT = 200, 500
"""Characters."""


class Digest(models.Model):
    """The letters of one morning: which notices they are made of is fixed first, `done_at` when all are made."""

    day = models.DateField("ngày", primary_key=True)
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "bản tin"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class Notice(Record):
    """Something to be told: to an agency (all who hold a fitting post there), to a person, or to a person at an agency.

    Without `by` the installation itself tells. `once` names what is told once alone to the same addressee, else it is
    empty. `addressed_at`: when letters at once were made of it; `digest`: in which morning's letters it is.
    """

    kind = models.CharField("loại", max_length=60)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, related_name="notices", verbose_name="gửi cơ quan", db_index=False
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="notices", verbose_name="gửi người", db_index=False
    )
    title = models.CharField("tiêu đề", max_length=TITLE)
    text = models.CharField("lời", max_length=TEXT, blank=True)
    folded = models.CharField(max_length=1000, editable=False)
    url = models.CharField("địa chỉ", max_length=300)
    subject_kind = models.CharField("về loại gì", max_length=60, blank=True)
    subject = models.CharField("về cái gì", max_length=64, blank=True)
    once = models.CharField("chỉ một lần", max_length=120, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="người làm")
    made_at = models.DateTimeField("lúc", default=timezone.now)
    addressed_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="notices")

    if TYPE_CHECKING:
        agency_id: UUID | None
        person_id: UUID | None
        by_id: UUID | None

    class Meta:
        verbose_name = "thông báo"
        indexes = [
            models.Index(fields=["agency", "made_at"], name="notice_to_agency"),
            models.Index(fields=["person", "made_at"], name="notice_to_person"),
            models.Index(fields=["made_at"], condition=Q(addressed_at=None), name="notice_unaddressed"),
            models.Index(fields=["made_at"], condition=Q(digest=None), name="notice_undigested"),
            models.Index(fields=["subject_kind", "subject"], name="notice_of_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | Q(person__isnull=False), name="notice_has_addressee"
            ),
            models.UniqueConstraint(
                fields=["agency", "once"], condition=~Q(once="") & Q(person=None), name="notice_once_to_agency"
            ),
            models.UniqueConstraint(
                fields=["person", "once"], condition=~Q(once="") & Q(person__isnull=False), name="notice_once_to_person"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReadMark(models.Model):
    """A person has read a notice. Those made by one press carry its `batch`, so that it can be taken back."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="marks")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    batch = models.UUIDField(null=True)

    class Meta:
        verbose_name = "đã đọc"
        constraints = [models.UniqueConstraint(fields=["person", "notice"], name="read_once")]
        indexes = [models.Index(fields=["batch"], condition=Q(batch__isnull=False), name="read_by_batch")]


class Choices(Record):
    """How a person chose to be told; `version` counts the choosing."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "lựa chọn nhận thông báo"


class Choice(models.Model):
    """One kind's way for a person, where it is not the usual one."""

    choices = models.ForeignKey(Choices, models.CASCADE, related_name="ways")
    kind = models.CharField(max_length=60)
    way = models.CharField(max_length=10, choices=[(way.value, way.value) for way in Way])

    class Meta:
        verbose_name = "lựa chọn"
        constraints = [models.UniqueConstraint(fields=["choices", "kind"], name="choice_once")]


class Letter(Record):
    """A letter to a person about notices (their ids). A morning's letter has its `digest`.

    It is `sending` from before the mail server is asked until it has answered: a letter found so later may have gone or
    not, and is never sent a second time; what it told is told again in the next morning's letter.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENDING = "sending", _("đang gửi")
        SENT = "sent", _("đã gửi")
        UNSURE = "unsure", _("không rõ đã đến chưa")
        CARRIED = "carried", _("không rõ đã đến chưa, đã nhắc lại trong bản tin sau")
        REFUSED = "refused", _("máy chủ thư không nhận")
        NEEDLESS = "needless", _("không gửi, vì đã đọc hết")

    person = models.ForeignKey(Person, models.CASCADE, related_name="letters")
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="letters")
    notices = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "thư"
        indexes = [
            models.Index(fields=["state", "try_at"], name="letter_due"),
            models.Index(fields=["person", "made_at"], name="letter_to_person"),
        ]
        constraints = [models.UniqueConstraint(fields=["digest", "person"], name="letter_once_a_morning")]
