"""Jobs and the processes that do them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from binhdang.server.web.records import Record

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
OPEN = (WAITING, RUNNING)


class Worker(models.Model):
    """A process that does jobs: `process` on `machine`, as both can be found again. It beats while it lives."""

    id = models.UUIDField(primary_key=True, editable=False)
    machine = models.CharField(max_length=100)
    process = models.CharField(max_length=60)
    started_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "tiến trình chạy nền"


class Job(Record):
    """Work that was asked for. The row is the queue: a worker takes it by writing its id into it.

    `person` asked for it, acting for `post_agency`; `agency` is whose work it is and `subject` the thing that it is about.
    `state` is the last checkpoint, `result` leads on from a finished job, `event` is the parent of what the job does.
    `tries` counts since the state last changed. `alone_key` is set while a job stands alone for its subject.
    """

    kind = models.CharField("loại", max_length=60)
    title = models.CharField("việc", max_length=200)
    person = models.CharField("người yêu cầu", max_length=64)
    post_agency = models.CharField(max_length=64, blank=True)
    agency = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    event = models.UUIDField()
    arguments = models.JSONField(default=dict)
    state = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    status = models.CharField("trạng thái", max_length=10, default=WAITING)
    done = models.PositiveBigIntegerField(default=0)
    of = models.PositiveBigIntegerField(null=True)
    doing = models.CharField("đang làm", max_length=200, blank=True)
    code = models.CharField("mã lỗi", max_length=60, blank=True)
    message = models.TextField("lý do", blank=True)
    tries = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    worker = models.UUIDField(null=True)
    alone_key = models.CharField(max_length=130, null=True, unique=True)
    asked_at = models.DateTimeField("yêu cầu lúc", default=timezone.now)
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    cancel_asked_at = models.DateTimeField("yêu cầu dừng lúc", null=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True)

    class Meta:
        verbose_name = "việc chạy nền"
        indexes = [
            models.Index(fields=["status", "due_at"], name="job_by_turn"),
            models.Index(fields=["person", "asked_at"], name="job_of_person"),
            models.Index(fields=["subject", "asked_at"], name="job_of_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.status in OPEN
