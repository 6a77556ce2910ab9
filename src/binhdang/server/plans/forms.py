"""Parses what people decide about a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class IssueForm(forms.Form):
    """What is decided when a plan is issued."""

    issuer = forms.TypedChoiceField(label=_("Cơ quan ban hành trong danh mục"), required=False, empty_value=None)
    start = forms.DateField(label=_("Thực hiện từ"), required=False, widget=_DAY)
    end = forms.DateField(label=_("Đến hết"), required=False, widget=_DAY)
    above = forms.MultipleChoiceField(
        label=_("Thực hiện các kế hoạch cấp trên"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unled = forms.BooleanField(
        label=_("Giao nhiệm vụ chưa ghi chủ trì cho cơ quan chủ trì chương trình"), required=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, issuers: list[tuple[str, str]], above: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].choices = [("", _("(chưa có trong danh mục)")), *issuers]  # type: ignore[attr-defined]
        self.fields["above"].choices = above  # type: ignore[attr-defined]
        if not above:
            del self.fields["above"]


class CloseForm(forms.Form):
    """The end of a plan, or its taking back."""

    reason = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class GuidanceForm(forms.Form):
    """A guidance paper for tasks that wait."""

    paper = forms.ChoiceField(label=_("Văn bản hướng dẫn"))
    tasks = forms.MultipleChoiceField(label=_("Nhiệm vụ đang chờ"), widget=forms.CheckboxSelectMultiple)
    day = forms.DateField(
        label=_("Hạn mới"), required=False, widget=_DAY, help_text=_("Để trống nếu văn bản không nêu hạn.")
    )

    def __init__(self, *args: Any, papers: list[tuple[str, str]], tasks: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].choices = papers  # type: ignore[attr-defined]
        self.fields["tasks"].choices = tasks  # type: ignore[attr-defined]
