"""What the components of forms and messages ask of Django: which kind of control a field is, with which words."""

from __future__ import annotations

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_CLASSES = {"tick": "form-check-input", "choices": "", "select": "form-select", "text": "form-control"}
_KINDS = {"success": "done", "error": "error", "warning": "attention"}


@register.filter
def kind_of_control(field: BoundField) -> str:
    """tick, choices, select or text: how the field component lays it out."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "select" if isinstance(widget, forms.Select) else "text"


@register.simple_tag
def reword(field: BoundField, label: str, help: str, bare: str) -> str:
    """Gives the field the label and help that the page has for it; a bare field has no help.

    Said to the field itself, so that Django ties the control to these words for those who hear the page.
    """
    field.label = label or field.label
    field.help_text = "" if bare else help or field.help_text
    return ""


@register.simple_tag
def control(field: BoundField, autocomplete: str = "") -> SafeString:
    """The field's control, with the class of its kind."""
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)  # libraries repeat the label there, and it goes when one types
    attributes: dict[str, str | bool] = {
        "class": f"{widget.attrs.get('class', '')} {_CLASSES[kind_of_control(field)]}".strip()
    }
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    return field.as_widget(attrs=attributes)


@register.filter
def kind_of_message(message: Message) -> str:
    """The alert's kind for a message of a view: done, error, attention or info."""
    return _KINDS.get(message.level_tag, "info")
