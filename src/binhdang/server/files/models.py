"""What is known of kept contents, and of uploads that have not come whole yet."""

from __future__ import annotations

from django.db import models

from binhdang.server.web.records import Record


class Content(models.Model):
    """A file's bytes, kept once however often they come. Names and owners are its users' affair."""

    digest = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("dung lượng")
    media_type = models.CharField("loại", max_length=100)
    kept_at = models.DateTimeField("ngày giữ", auto_now_add=True)

    class Meta:
        verbose_name = "tệp"


class Upload(Record):
    """An upload in parts: `received` of `size` bytes lie in the waiting file; `content` once it came whole.

    It belongs to the person who began it; what is left unfinished is removed after a day.
    """

    person = models.CharField("người gửi", max_length=64)
    name = models.CharField("tên tệp", max_length=200)
    size = models.PositiveBigIntegerField("dung lượng")
    received = models.PositiveBigIntegerField("đã nhận", default=0)
    begun_at = models.DateTimeField("bắt đầu", auto_now_add=True)
    content = models.ForeignKey(Content, models.PROTECT, null=True, related_name="uploads")

    class Meta:
        verbose_name = "lần gửi tệp"
        indexes = [models.Index(fields=["begun_at"], name="upload_by_age")]
