"""The form of choices: a field a kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from binhdang.server.notices.kinds import Kind, Way
from binhdang.server.notices.presenters import WAYS


class ChoicesForm(forms.Form):
    """How one wants to be told of each kind, at the version of choosing that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: Mapping[str, Kind], **options: Any) -> None:
        super().__init__(*args, **options)
        for code, kind in kinds.items():
            self.fields[code] = forms.ChoiceField(
                label=str(kind.title),
                help_text=str(kind.description),
                choices=[(way.value, _named(kind, way)) for way in kind.ways],
            )

    def ways(self) -> dict[str, Way]:
        """What was chosen, by kind."""
        return {code: Way(way) for code, way in self.cleaned_data.items() if code != "seen"}


def _named(kind: Kind, way: Way) -> str:
    return _("%(way)s (mặc định)") % {"way": WAYS[way]} if way == kind.usual else str(WAYS[way])
