"""This room's kinds of notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binhdang.access import Permission
from binhdang.server.notices.kinds import Kind, Way

STUCK = Kind(
    "change.stuck",
    _("Thay đổi chưa có hiệu lực được"),
    _("Một thay đổi địa giới, tổ chức đã đến ngày mà hệ thống chưa thực hiện được."),
    Way.AT_ONCE,
    must=True,
    audience=frozenset({Permission.EDIT_MAP}),
)
"""Told to administrators, once a day until the change is done or withdrawn."""
