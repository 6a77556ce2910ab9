"""Forms: they read what was typed; what is allowed is checked by the acts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from binhdang.access import Role
from binhdang.server.accounts import names
from binhdang.server.accounts.models import Person
from binhdang.server.accounts.queries import agency_named
from binhdang.server.web.days import DayField
from binhdang.server.web.records import Conflict, Refused


def tell(form: forms.Form, error: Refused | Conflict) -> None:
    """Puts why an act was refused beside the field that it lies in, or on top."""
    if isinstance(error, Conflict) and "seen" in form.fields:
        # who reads why and sends again has seen what stands there now: the version that this page was made from
        form.data = {**form.data.dict(), "seen": str(form.initial["seen"])}  # type: ignore[attr-defined]
    field = getattr(error, "field", "")
    form.add_error(field if field in form.fields else None, str(error))


class AgencyField(forms.CharField):
    """An agency by its name."""

    def clean(self, value: Any) -> Any:
        """The agency; None where none was named."""
        text = super().clean(value)
        try:
            return agency_named(text) if text else None
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class SeenForm(forms.Form):
    """A form over a record, at the version that its page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class PersonForm(forms.Form):
    """What is recorded about a person."""

    full_name = forms.CharField(label="Họ và tên", error_messages={"required": "Hãy ghi họ và tên."})
    username = forms.CharField(
        label="Tên đăng nhập",
        help_text=f"{names.USERNAME_RULE}.",
        error_messages={"required": "Hãy ghi tên đăng nhập."},
    )
    title = forms.CharField(label="Chức danh", required=False)
    email = forms.CharField(
        label="Thư điện tử",
        required=False,
        widget=forms.EmailInput,
        help_text="Để nhận thông báo và tự lấy lại mật khẩu.",
    )
    phone = forms.CharField(label="Điện thoại", required=False, widget=forms.TextInput(attrs={"type": "tel"}))


class CorrectForm(PersonForm, SeenForm):
    """What is recorded about a person, corrected."""


class ProfileForm(SeenForm):
    """How a person is reached."""

    email = PersonForm.base_fields["email"]
    phone = PersonForm.base_fields["phone"]


class ReasonForm(SeenForm):
    """Why an account is locked."""

    reason = forms.CharField(
        label="Lý do", required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Được ghi vào nhật ký."
    )


class AppointForm(forms.Form):
    """Who gets which role, where, from when to when."""

    person = forms.CharField(label="Tên đăng nhập của người được cử")
    role = forms.ChoiceField(label="Vai trò")
    agency = AgencyField(
        label="Cơ quan",
        required=False,
        help_text="Tên như trong danh mục cơ quan. Vai trò quản trị hệ thống thì để trống.",
    )
    start = DayField(label="Từ ngày", initial=timezone.localdate)
    end = DayField(label="Đến hết ngày", required=False, help_text="Bỏ trống khi chưa biết ngày kết thúc.")

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Chọn vai trò"), *((role.code, role.title) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        """The person who signs in by this name."""
        name = str(self.cleaned_data["person"]).strip().lower()
        person = Person.objects.filter(username=name).first()
        if person is None:
            raise forms.ValidationError(f"Không có ai đăng nhập bằng tên “{name}”; hãy kiểm tra lại từng chữ.")
        return person


class EndPostForm(ReasonForm):
    """The last day of a post and who goes on with its work."""

    last_day = DayField(label="Ngày cuối cùng giữ nhiệm vụ", initial=timezone.localdate)
    next_holder = forms.ModelChoiceField(
        Person.objects.none(), label="Người nhận bàn giao", required=False, empty_label="Chưa chọn"
    )

    field_order = ("last_day", "next_holder", "reason")


class SwitchForm(forms.Form):
    """The post to act for."""

    post = forms.UUIDField()


class FoundForm(forms.Form):
    """The first administrator."""

    code = forms.CharField(label="Mã khởi đầu", help_text="Được in ra khi máy chủ khởi động.")
    full_name = forms.CharField(label="Họ và tên")
    username = forms.CharField(label="Tên đăng nhập", help_text=f"{names.USERNAME_RULE}.")
    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 12 ký tự; ghép vài từ lại thì dễ nhớ.",
    )


class PasswordForm(forms.Form):
    """A first password, typed twice."""

    password = FoundForm.base_fields["password"]
    again = forms.CharField(
        label="Gõ lại mật khẩu", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        """The same once more."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError("Hai lần gõ mật khẩu chưa giống nhau.")
        return again


class FileForm(forms.Form):
    """A file of people."""

    file = forms.FileField(label="Tệp Excel", widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}))


class ConfirmFileForm(forms.Form):
    """What the check of a file has read, signed."""

    rows = forms.CharField(widget=forms.HiddenInput)


class DayFilter(forms.Form):
    """A day in the address; nonsense is no filter."""

    day = DayField(required=False)

    def value(self) -> date | None:
        """The day, if it is one."""
        return self.cleaned_data.get("day") if self.is_valid() else None
