"""A small map for tests: two provinces, three communes, their agencies, who reports to whom, and LAN, who keeps it."""

from __future__ import annotations

from datetime import date

from binhdang.server.accounts.models import Person, Post
from binhdang.server.agencies.actions import add_agency, set_reporting_line
from binhdang.server.agencies.models import Agency, Unit
from binhdang.server.web.asking import By

LAN = By("5b3f0c1e-9d5a-4c57-8e1b-6f0a3c2d7e41", agency="so-noi-vu", address="10.0.0.7")
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
    keeper()
    return {one.name: one for one in Unit.objects.all()}


def keeper() -> Person:
    """LAN's account, with the administrator's post; made once."""
    person, is_new = Person.objects.get_or_create(
        pk=LAN.person, defaults={"username": "lan", "full_name": "Trần Thị Lan"}
    )
    if is_new:
        Post.objects.create(person=person, role="administrator", start=date(2025, 1, 1))
    return person


def agency(name: str, at: Unit, **fields: object) -> Agency:
    """An agency entered at a unit."""
    return add_agency(by=LAN, unit=at.pk, name=name, **fields)  # type: ignore[arg-type]


def reports(lower: Agency, upper: Agency, start: date = NEW_YEAR) -> None:
    """From a day on, one reports to the other."""
    lower.refresh_from_db()
    set_reporting_line(by=LAN, agency=lower.pk, superior=upper.pk, start=start, seen=lower.version)
    lower.refresh_from_db()
