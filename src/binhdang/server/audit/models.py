"""Events that are only ever added, and the batches that seal them. No foreign keys: an event outlives what it tells of."""

from __future__ import annotations

import uuid

from django.db import models


class Batch(models.Model):
    """A run of committed events, sealed: `head` is the digest of the head before and of every event in it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64)

    class Meta:
        verbose_name = "lô nhật ký"


class Event(models.Model):
    """One act. `agency` is whose work it was; `post_agency` for which agency the person acted.

    `before` and `after` hold the changed fields alone, as JSON. `parent` is the event of the bulk act that it is part of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=60)
    person = models.CharField(max_length=64)
    post_agency = models.CharField(max_length=64, blank=True)
    address = models.CharField(max_length=64, blank=True)
    door = models.CharField(max_length=20)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=64)
    agency = models.CharField(max_length=64, blank=True)
    parent = models.UUIDField(null=True)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    batch = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name = "sự kiện"
        indexes = [
            models.Index(fields=["kind", "subject", "at"], name="audit_of_subject"),
            models.Index(fields=["agency", "at"], name="audit_of_agency"),
            models.Index(fields=["person", "at"], name="audit_of_person"),
            models.Index(fields=["batch"], name="audit_in_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind}:{self.subject}"
