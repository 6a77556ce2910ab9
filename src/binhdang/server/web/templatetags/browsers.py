"""Browsers by the names that people know."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

_BROWSERS = {  # what the browser says of itself → its name; who pretends to be another stands before it
    "coc_coc": "Cốc Cốc",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """The browser and its system, "Chrome trên Windows", as far as they tell."""
    name = _named(user_agent, _BROWSERS)
    system = _named(user_agent, _SYSTEMS)
    if name and system:
        return _("%(browser)s trên %(system)s") % {"browser": name, "system": system}
    return name or system or _("trình duyệt không rõ tên")


def _named(user_agent: str, names: dict[str, str]) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
