"""A small map for tests: two provinces, three communes, their agencies and who reports to whom."""

from __future__ import annotations

from datetime import date

from binhdang.server.agencies.actions import add_agency, set_reporting_line
from binhdang.server.agencies.models import Agency, Unit
from binhdang.server.web.asking import By

LAN = By("lan", agency="so-noi-vu", address="10.0.0.7")
NEW_YEAR = date(2026, 1, 1)


def unit(name: str, level: str = "commune", *, kind: str = "xã", above: Unit | None = None, **fields: object) -> Unit:
    """A stored unit."""
    return Unit.objects.create(name=name, level=level, kind=kind, parent=above, **fields)


def small_map() -> dict[str, Unit]:
    """Việt Nam with Tỉnh Trà Giang (xã An Bình, xã Ea Đông, phường Bạch Hạc) and Tỉnh Lam Sơn."""
    nation = unit("Việt Nam", "nation", kind="")
    tra_giang = unit("Trà Giang", "province", kind="tỉnh", above=nation, code="91")
    unit("Lam Sơn", "province", kind="tỉnh", above=nation, code="92")
    for name, kind in (("An Bình", "xã"), ("Ea Đông", "xã"), ("Bạch Hạc", "phường")):
        unit(name, kind=kind, above=tra_giang)
    return {one.name: one for one in Unit.objects.all()}


def agency(name: str, at: Unit, **fields: object) -> Agency:
    """An agency entered at a unit."""
    return add_agency(by=LAN, unit=at.pk, name=name, **fields)  # type: ignore[arg-type]


def reports(lower: Agency, upper: Agency, start: date = NEW_YEAR) -> None:
    """From a day on, one reports to the other."""
    lower.refresh_from_db()
    set_reporting_line(by=LAN, agency=lower.pk, superior=upper.pk, start=start, seen=lower.version)
    lower.refresh_from_db()
