"""Days as people type them, within the years that this work can be about."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


class DayField(forms.DateField):
    """A day, typed as 10/06/2026 or picked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=_FORMATS,
            error_messages={"invalid": "Ngày chưa đúng; hãy ghi như 10/06/2026.", "required": "Chưa chọn ngày."},
            **options,
        )

    def clean(self, value: Any) -> Any:
        """The day, or None. Raises ValidationError for what is none, or lies far off."""
        day = super().clean(value)
        if day is not None and not FIRST <= day <= LAST:
            raise forms.ValidationError("Năm chưa đúng; hãy ghi ngày như 10/06/2026.")
        return day


def day_of(request: HttpRequest) -> date:
    """The day that the address asks for (`ngay`): today where it does not, or where it is nonsense."""
    try:
        day = DayField(required=False).clean(request.GET.get("ngay", ""))
    except forms.ValidationError:
        day = None
    return day or timezone.localdate()
