"""Forms: they read what was typed; what is allowed is checked by the acts."""

from __future__ import annotations

from typing import Any

from django import forms

from binhdang.server.agencies.models import CODE_DIGITS, UNIT_KINDS, Change
from binhdang.server.agencies.presenters import kind_choices
from binhdang.server.web.days import DayField
from binhdang.server.web.records import Refused


def tell(form: forms.Form, refused: Refused) -> None:
    """Puts why an act was refused beside the field that it lies in, or on top."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


class AgencyForm(forms.Form):
    """What is recorded about an agency."""

    name = forms.CharField(
        label="Tên cơ quan",
        help_text="Như ghi trên con dấu, ví dụ: Sở Nội vụ.",
        error_messages={"required": "Chưa có tên cơ quan."},
    )
    short = forms.CharField(label="Tên viết tắt", required=False)
    kind = forms.ChoiceField(
        label="Loại cơ quan",
        required=False,
        help_text="Để trống nếu không có loại nào hợp.",
        choices=lambda: [("", "Không chọn"), *kind_choices()],
    )
    start = DayField(label="Hoạt động từ ngày", required=False, help_text="Để trống nếu không rõ.")


class AddForm(AgencyForm):
    """A new agency; one of the past is entered with its last day."""

    end = DayField(
        label="Kết thúc ngày", required=False, help_text="Chỉ ghi cho cơ quan của thời trước, nay không còn."
    )


class SeenForm(forms.Form):
    """A form over a record, at the version that its page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class CorrectForm(SeenForm, AgencyForm):
    """A correction of what was typed."""


class CloseForm(SeenForm):
    """The end of an agency."""

    last_day = DayField(label="Ngày hoạt động cuối cùng")
    reason = forms.CharField(label="Căn cứ", required=False, help_text="Số, ký hiệu quyết định nếu có.")


class ReopenForm(SeenForm):
    """Why a closing is taken back."""

    reason = forms.CharField(
        label="Vì sao", error_messages={"required": "Chưa ghi vì sao bỏ việc kết thúc."}, help_text="Ví dụ: chọn nhầm."
    )


class WithdrawForm(SeenForm):
    """Why a planned change is taken back."""

    reason = forms.CharField(label="Lý do rút", error_messages={"required": "Chưa ghi lý do rút."})


class LineForm(SeenForm):
    """To whom an agency reports, from when."""

    superior = forms.ChoiceField(
        label="Báo cáo với",
        widget=forms.RadioSelect,
        error_messages={"required": "Chưa chọn cơ quan nhận báo cáo."},
    )
    start = DayField(label="Từ ngày")

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        superior = self.fields["superior"]
        assert isinstance(superior, forms.ChoiceField)
        superior.choices = choices


class KindForm(forms.Form):
    """What is to change: of units or of agencies, and how."""

    doi_tuong = forms.ChoiceField(label="Thay đổi của", choices=Change.Subject.choices, widget=forms.RadioSelect)
    loai = forms.ChoiceField(label="Thay đổi gì", choices=Change.Kind.choices, widget=forms.RadioSelect)


class DecreeForm(forms.Form):
    """The paper that orders a change."""

    decree = forms.CharField(
        label="Số, ký hiệu văn bản",
        help_text="Ví dụ: 202/2025/QH15, 15/NQ-HĐND.",
        error_messages={"required": "Chưa ghi số, ký hiệu của nghị quyết hoặc quyết định."},
    )
    decree_on = DayField(label="Ngày ban hành", required=False)
    decree_title = forms.CharField(label="Trích yếu", required=False)
    on = DayField(label="Có hiệu lực từ ngày")


class NewUnitForm(forms.Form):
    """A unit that will be."""

    def __init__(self, level: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, kind.capitalize()) for kind in UNIT_KINDS.get(level, ())]
        self.fields["kind"] = forms.ChoiceField(label="Loại", choices=kinds)
        self.fields["name"] = forms.CharField(
            label="Tên",
            help_text="Không ghi loại, ví dụ: Phù Đổng.",
            error_messages={"required": "Chưa có tên của đơn vị mới."},
        )
        self.fields["code"] = forms.CharField(
            label="Mã số",
            required=False,
            help_text=f"{CODE_DIGITS.get(level, 5)} chữ số, theo danh mục của cơ quan thống kê; để trống nếu chưa có.",
        )


class NewAgencyForm(forms.Form):
    """An agency that will be."""

    name = forms.CharField(label="Tên cơ quan", error_messages={"required": "Chưa có tên của cơ quan mới."})
    short = forms.CharField(label="Tên viết tắt", required=False)
    kind = forms.ChoiceField(
        label="Loại cơ quan", required=False, choices=lambda: [("", "Như cơ quan cũ"), *kind_choices()]
    )


class ImportForm(forms.Form):
    """A file of agencies."""

    file = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx có các cột như tệp xuất ra.",
        error_messages={"required": "Chưa chọn tệp."},
    )
