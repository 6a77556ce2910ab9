"""Loading the reference units: complete, the same everywhere, twice without effect, never over what was edited."""

from __future__ import annotations

import time
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import call_command

from binhdang.server.agencies.actions import Loaded, load_units
from binhdang.server.agencies.models import Unit, UnitSuccession
from binhdang.server.audit.models import Event
from binhdang.server.web.asking import SYSTEM

pytestmark = pytest.mark.django_db


def test_all_units_are_loaded_in_a_few_seconds() -> None:
    began = time.perf_counter()
    loaded = load_units(by=SYSTEM)
    assert time.perf_counter() - began < 10  # about three on an ordinary machine
    assert loaded == Loaded(units=14_151, successions=10_634)
    assert (Unit.objects.count(), UnitSuccession.objects.count()) == (14_151, 10_634)
    assert list(Unit.objects.filter(parent=None).values_list("name", flat=True)) == ["Việt Nam"]
    event = Event.objects.get()
    assert (event.verb, event.after["units"], event.after["successions"]) == ("units.load", 14_151, 10_634)


def test_ids_are_the_same_in_every_installation() -> None:
    load_units(by=SYSTEM)
    assert Unit.objects.get(reference="00004.2025").pk == UUID("a3783744-d101-5a3d-8aaf-92303315ac08")


def test_a_second_loading_changes_nothing_and_says_so() -> None:
    load_units(by=SYSTEM)
    assert load_units(by=SYSTEM) == Loaded()
    assert Event.objects.count() == 1
    out = StringIO()
    call_command("load_units", stdout=out)
    assert out.getvalue() == "Danh mục đơn vị hành chính đã đủ, không có gì thay đổi.\n"


def test_what_was_edited_here_stays_and_the_rest_is_corrected() -> None:
    """A row of version 1 is as it was loaded: an older file's slip in it is put right."""
    load_units(by=SYSTEM)
    Unit.objects.filter(reference="00004.2025").update(name="Ba Đình (sửa)", version=2)
    Unit.objects.filter(reference="00008.2025").update(name="Ngoc Ha")
    own = Unit.objects.create(name="Xóm Mới", level="commune", kind="xã")
    out = StringIO()
    call_command("load_units", stdout=out)
    assert "cập nhật 1 dòng" in out.getvalue() and "Giữ nguyên 1 dòng" in out.getvalue()
    assert Unit.objects.get(reference="00004.2025").name == "Ba Đình (sửa)"
    assert Unit.objects.get(reference="00008.2025").name == "Ngọc Hà"
    assert Unit.objects.filter(pk=own.pk).exists()
    assert Event.objects.filter(verb="units.load").count() == 2
