"""Parses what people type about papers and their items; whether it makes sense is checked by the review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binhdang.review import Item
from binhdang.review.fields import COMPARATORS, DUE_TYPES, DUTY_KINDS, SOURCES
from binhdang.server.papers import presenters
from binhdang.vietnamese.numbers import number

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Lines(forms.CharField):
    """A list, one entry a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines that hold something; a semicolon parts names too."""
        lines = (" ".join(part.split()) for line in str(value or "").splitlines() for part in line.split(";"))
        return [line for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the list is another."""
        return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))


class ItemForm(forms.Form):
    """An item's fields. What was shown travels along, so that only what the person changed is taken as theirs."""

    sort = ""

    def __init__(self, item: Item, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=self.initial_of(item), prefix="f")
        self.item = item
        for field in self.fields.values():
            field.show_hidden_initial = True

    @classmethod
    def initial_of(cls, item: Item) -> dict[str, Any]:
        """The fields as the form shows them."""
        return dict(item.fields)

    def values(self) -> dict[str, Any]:
        """The fields that the person changed, as the plan's JSON has them."""
        return {name: self.value(name) for name in self.changed_data}

    def value(self, name: str) -> Any:
        """One field's value; an emptied text says that there is none."""
        value = self.cleaned_data[name]
        return None if value == "" else value


def _choices(names: Sequence[str], labels: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, labels[name]) for name in names]


def _label(name: str) -> Any:
    return presenters.FIELD_NAMES[name]


def _text(name: str, *, rows: int = 0, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=_label(name), required=required, widget=widget, max_length=20_000)


_DUE_PARTS = ("due_type", "due_text", "due_date", "due_before", "due_start", "due_end", "due_waits")


class TaskForm(ItemForm):
    """A task. The due's parts are fields of their own; together they are one value."""

    sort = "task"
    text = _text("text", rows=4, required=True)
    leads = Lines(label=_label("leads"), help_text=_("Mỗi cơ quan một dòng."))
    partners = Lines(label=_label("partners"))
    due_type = forms.ChoiceField(
        label=_("Thời hạn"),
        required=False,
        choices=[("", _("Không có thời hạn")), *_choices(DUE_TYPES, presenters.DUE_TYPES)],
    )
    due_date = forms.DateField(label=_("Ngày"), required=False, widget=_DAY)
    due_before = forms.BooleanField(label=_("Văn bản ghi “trước ngày”"), required=False)
    due_start = forms.DateField(label=_("Từ ngày"), required=False, widget=_DAY)
    due_end = forms.DateField(label=_("Đến hết ngày"), required=False, widget=_DAY)
    due_waits = forms.CharField(label=_("Chờ hướng dẫn nào"), required=False, max_length=300)
    due_text = forms.CharField(label=_("Chữ ghi trong văn bản"), required=False, max_length=500)
    places = Lines(label=_label("places"))
    requested = forms.BooleanField(
        label=_label("requested"),
        required=False,
        help_text=_("Cơ quan chỉ được đề nghị phối hợp, không giao được việc."),
    )
    ref = _text("ref")
    kind = forms.ChoiceField(
        label=_label("kind"), choices=_choices(("activity", "responsibility"), presenters.TASK_KINDS)
    )

    @classmethod
    def initial_of(cls, item: Item) -> dict[str, Any]:
        """With the due taken apart."""
        due = item.fields["due"] or {}
        parts = {
            "due_type": due.get("type", ""),
            "due_text": due.get("text", ""),
            "due_date": due.get("date"),
            "due_before": bool(due.get("before")),
            "due_start": due.get("start"),
            "due_end": due.get("end"),
            "due_waits": due.get("waits_for") or "",
        }
        return {**item.fields, **parts}

    def clean(self) -> dict[str, Any]:
        """A due of a type has the days that the type asks for."""
        cleaned = super().clean() or self.cleaned_data
        match cleaned.get("due_type"):
            case "by":
                if not cleaned.get("due_date"):
                    self.add_error("due_date", _("Hãy chọn ngày."))
            case "window":
                for name in ("due_start", "due_end"):
                    if not cleaned.get(name):
                        self.add_error(name, _("Hãy chọn ngày."))
                if cleaned.get("due_start") and cleaned.get("due_end") and cleaned["due_end"] < cleaned["due_start"]:
                    self.add_error("due_end", _("Ngày cuối phải sau ngày đầu."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The due is one value, changed when any of its parts is."""
        changed = set(self.changed_data)
        values = {name: self.value(name) for name in self.changed_data if name not in _DUE_PARTS}
        if changed & set(_DUE_PARTS):
            values["due"] = self._due()
        return values

    def _due(self) -> dict[str, Any] | None:
        told = self.cleaned_data
        if not told["due_type"]:
            return None
        label = str(presenters.DUE_TYPES[told["due_type"]])
        due: dict[str, Any] = {"type": told["due_type"], "text": told["due_text"] or label}
        match told["due_type"]:
            case "by":
                due |= {"date": told["due_date"].isoformat(), "before": told["due_before"]}
            case "window":
                due |= {"start": told["due_start"].isoformat(), "end": told["due_end"].isoformat()}
            case "as_directed":
                due["waits_for"] = told["due_waits"] or None
        return due


class Amount(forms.CharField):
    """A number as Vietnamese writes it, "1.250,5"."""

    def prepare_value(self, value: Any) -> Any:
        """As Vietnamese writes it."""
        return f"{value:,}".translate(str.maketrans(",.", ".,")) if isinstance(value, int | float) else value

    def to_python(self, value: Any) -> Any:
        """The number; a JSON number, whole where it is whole."""
        text = super().to_python(value)
        if not text:
            return None
        found = number(text)
        if found is None:
            raise forms.ValidationError(_("“%(text)s” không phải là số."), params={"text": text})
        return int(found) if found == found.to_integral_value() else float(found)


class TargetForm(ItemForm):
    """A number to reach."""

    sort = "target"
    subject = _text("subject", rows=2, required=True)
    comparator = forms.ChoiceField(label=_label("comparator"), choices=_choices(COMPARATORS, presenters.COMPARATORS))
    value_ = Amount(label=_label("value"))
    unit = _text("unit")
    year = forms.IntegerField(label=_label("year"), required=False, min_value=1990, max_value=2100)
    text = _text("text", rows=3, required=True)

    @classmethod
    def initial_of(cls, item: Item) -> dict[str, Any]:
        """`value` is the form's own word."""
        return {**item.fields, "value_": item.fields["value"]}

    def values(self) -> dict[str, Any]:
        """With the number under its own name."""
        values = super().values()
        if "value_" in values:
            values["value"] = values.pop("value_")
        if "unit" in values:
            values["unit"] = values["unit"] or ""
        return values


class DutyForm(ItemForm):
    """A duty to report."""

    sort = "duty"
    kind = forms.ChoiceField(label=_("Kỳ báo cáo"), choices=_choices(DUTY_KINDS, presenters.DUTY_KINDS))
    day = forms.IntegerField(label=_label("day"), required=False, min_value=1, max_value=31)
    month = forms.IntegerField(label=_label("month"), required=False, min_value=1, max_value=12)
    year = forms.IntegerField(
        label=_label("year"),
        required=False,
        min_value=1990,
        max_value=2100,
        help_text=_("Để trống nếu lặp lại hằng năm."),
    )
    before = forms.BooleanField(label=_("Văn bản ghi “trước ngày”"), required=False)
    reporters = Lines(label=_label("reporters"))
    recipients = Lines(label=_label("recipients"))
    via = Lines(label=_label("via"))
    cut_off = _text("cut_off")
    content = _text("content", rows=2)
    text = _text("text", rows=3, required=True)


class BudgetForm(ItemForm):
    """A line of the budget; amounts one a line: year; source; amount."""

    sort = "budget"
    code = _text("code")
    title = _text("title", rows=2, required=True)
    lead = _text("lead")
    amounts = forms.CharField(
        label=_label("amounts"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng: năm; nguồn; số tiền. Ví dụ: 2026; Ngân sách địa phương; 670"),
    )

    @classmethod
    def initial_of(cls, item: Item) -> dict[str, Any]:
        """Amounts as lines."""
        lines = (
            "; ".join(
                (
                    str(a["year"] or ""),
                    str(presenters.SOURCES.get(a["source"], "")),
                    f"{a['amount']:,}".translate(str.maketrans(",.", ".,")),
                )
            )
            for a in item.fields["amounts"]
        )
        return {**item.fields, "amounts": "\n".join(lines)}

    def clean_amounts(self) -> list[dict[str, Any]]:
        """Back from lines. A line that cannot be read is named."""
        sources = {str(label): source for source, label in presenters.SOURCES.items()}
        found = []
        for line in self.cleaned_data["amounts"].splitlines():
            if not line.strip():
                continue
            year, source, amount, *rest = [part.strip() for part in f"{line};;".split(";")][:4]
            value = number(amount)
            if value is None or (year and not year.isdecimal()) or (source and source not in sources) or any(rest):
                raise forms.ValidationError(_("Không đọc được dòng “%(line)s”."), params={"line": line})
            whole = value == value.to_integral_value()
            found.append(
                {
                    "year": int(year) if year else None,
                    "source": sources.get(source),
                    "amount": int(value) if whole else float(value),
                }
            )
        return found

    def value(self, name: str) -> Any:
        """A code is never none."""
        return self.cleaned_data[name] if name in ("code", "amounts") else super().value(name)


class FundingForm(ItemForm):
    """Money named in the text."""

    sort = "funding"
    label = _text("label", required=True)
    source = forms.ChoiceField(
        label=_label("source"), required=False, choices=[("", "–"), *_choices(SOURCES, presenters.SOURCES)]
    )
    year = forms.IntegerField(label=_label("year"), required=False, min_value=1990, max_value=2100)
    amount = Amount(label=_("Số tiền (triệu đồng)"), required=False)


class CitationForm(ItemForm):
    """A cited paper."""

    sort = "citation"
    kind = _text("kind", required=True)
    number = _text("number")
    date = forms.DateField(label=_label("date"), required=False, widget=_DAY)
    issuer = _text("issuer")
    title = _text("title", rows=2)
    role = forms.ChoiceField(label=_label("role"), choices=_choices(("basis", "mention"), presenters.ROLES))

    def value(self, name: str) -> Any:
        """A date as JSON has it."""
        value = super().value(name)
        return value.isoformat() if name == "date" and value is not None else value


class RecipientForm(ItemForm):
    """A line of "Nơi nhận"."""

    sort = "recipient"
    name = _text("name", required=True)
    note = _text("note")


class ObjectiveForm(ItemForm):
    """What the plan is for."""

    sort = "objective"
    text = _text("text", rows=3, required=True)


FORMS: Mapping[str, type[ItemForm]] = {
    form.sort: form
    for form in (TaskForm, TargetForm, DutyForm, BudgetForm, FundingForm, CitationForm, RecipientForm, ObjectiveForm)
}


class IdentityForm(forms.Form):
    """The paper's identity."""

    kind = forms.CharField(label=_("Loại văn bản"), required=False, max_length=80)
    number = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=120)
    date = forms.DateField(label=_("Ngày ban hành"), required=False, widget=_DAY)
    place = forms.CharField(label=_("Nơi ban hành"), required=False, max_length=120)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=300)
    title = forms.CharField(label=_("Trích yếu"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    period_from = forms.DateField(label=_("Thời kỳ từ"), required=False, widget=_DAY)
    period_to = forms.DateField(label=_("Thời kỳ đến"), required=False, widget=_DAY)
    signer_name = forms.CharField(label=_("Người ký"), required=False, max_length=120)
    signer_position = forms.CharField(label=_("Chức vụ người ký"), required=False, max_length=120)

    def __init__(self, document: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        period, signer = document["period"] or {}, document["signer"] or {}
        initial = dict(document) | {
            "period_from": period.get("from"),
            "period_to": period.get("to"),
            "signer_name": signer.get("name"),
            "signer_position": signer.get("position"),
        }
        super().__init__(data, initial=initial)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        """Both ends of the period, in their order, or none."""
        told = super().clean() or self.cleaned_data
        start, end = told.get("period_from"), told.get("period_to")
        if (start is None) != (end is None) or (start and end and end < start):
            self.add_error("period_to", _("Hãy ghi cả hai ngày, ngày cuối sau ngày đầu."))
        return told

    def values(self) -> dict[str, Any]:
        """What the person changed, as the plan's JSON has it."""
        told, changed = self.cleaned_data, set(self.changed_data)
        plain = ("kind", "number", "place", "issuer", "title")
        values: dict[str, Any] = {name: told[name] or None for name in plain if name in changed}
        if "date" in changed:
            values["date"] = told["date"].isoformat() if told["date"] else None
        if changed & {"period_from", "period_to"}:
            start, end = told["period_from"], told["period_to"]
            values["period"] = {"from": start.isoformat(), "to": end.isoformat()} if start else None
        if changed & {"signer_name", "signer_position"}:
            name, position = told["signer_name"] or None, told["signer_position"] or None
            values["signer"] = {"name": name, "position": position} if name or position else None
        return values
