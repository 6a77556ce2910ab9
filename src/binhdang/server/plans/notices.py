"""What the room tells agencies of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from binhdang.server.notices.kinds import Kind

PLAN_ISSUED = Kind(
    "plans.issued",
    _("Được giao việc"),
    _("Cơ quan của bạn được giao, được đề nghị phối hợp trong một kế hoạch mới, hoặc có tên ở Nơi nhận."),
    must=True,
)
"""Told once to each agency, however many tasks are laid on it."""
