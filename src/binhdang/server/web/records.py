"""What every stored thing has: an id that holds between installations, where it was made, a version that acts name."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import models

from binhdang.errors import BinhdangError


class Difference(NamedTuple):
    """A field that two people changed, by its label: what the person has typed, and what is stored now."""

    label: str
    yours: str
    theirs: str


class Conflict(BinhdangError):
    """Somebody else changed the thing after the person's page had been made; `differences` shows where, if known."""

    code = "record.conflict"

    def __init__(self, message: str, *, hint: str = "", differences: Sequence[Difference] = ()) -> None:
        super().__init__(message, hint=hint)
        self.differences = tuple(differences)


class Refused(BinhdangError):
    """The act cannot be done; `field` is the form's field that it lies in, if any."""

    code = "act.refused"

    def __init__(self, message: str, *, hint: str = "", field: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


def here() -> str:
    """The name of this installation, written into what it makes."""
    return str(settings.CONFIGURATION.source)


class Record(models.Model):
    """A stored thing. `source` is the installation that made it; `version` counts its changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=60, default=here, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        pk: uuid.UUID

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stored. Raises Refused for a text that is longer than its column; bulk writes ask `check_lengths` themselves."""
        self.check_lengths()
        super().save(*args, **kwargs)

    def check_lengths(self) -> None:
        """Raises Refused for a text that is longer than its column, which one database would let pass."""
        for column in self._meta.concrete_fields:
            value = getattr(self, column.attname)
            if not isinstance(column, models.CharField) or not isinstance(value, str) or not column.max_length:
                continue
            if len(value) > column.max_length:
                named = str(column.verbose_name)
                raise Refused(
                    f"{named[:1].upper()}{named[1:]} dài quá {column.max_length} ký tự.",
                    hint=f"Hãy ghi ngắn lại; hiện có {len(value)} ký tự.",
                    field=column.name,
                )


def check_version(record: Record, seen: int) -> None:
    """Raises Conflict when the record has changed since the version that was seen."""
    if record.version != seen:
        raise Conflict(
            "Người khác vừa sửa mục này trong lúc bạn đang sửa.",
            hint="Hãy xem nội dung mới bên cạnh nội dung của bạn rồi lưu lại.",
        )
