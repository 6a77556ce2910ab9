"""How people choose to be told."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from binhdang.server.accounts.models import Person
from binhdang.server.audit.actions import act
from binhdang.server.notices.kinds import Way, kinds
from binhdang.server.notices.models import Choice, Choices
from binhdang.server.notices.presenters import WAYS
from binhdang.server.notices.queries import way_of
from binhdang.server.web.asking import By
from binhdang.server.web.records import Conflict, Difference, Refused


def choose(*, by: By, person: Person, seen: int, ways: Mapping[str, Way]) -> None:
    """Sets the way of some kinds for oneself; kinds that are not named keep theirs."""
    with act("notices.choose", by=by, kind="person", subject=person.pk) as doing:
        if by.person != str(person.pk):
            raise Refused(_("Mỗi người tự chọn cách nhận thông báo của mình."))
        for code, way in ways.items():
            if code not in kinds() or way not in kinds()[code].ways:
                raise Refused(_("Hãy chọn một cách trong danh sách."), field=code)
        choices, made = Choices.objects.select_for_update().get_or_create(person=person)
        before = {code: way_of(code, None) for code in ways}
        before |= {choice.kind: way_of(choice.kind, Way(choice.way)) for choice in choices.ways.filter(kind__in=ways)}
        if seen != (0 if made else choices.version):
            raise _conflict(before, ways)
        choices.ways.filter(kind__in=ways).delete()
        unusual = {code: way for code, way in ways.items() if way != kinds()[code].usual}
        Choice.objects.bulk_create(Choice(choices=choices, kind=code, way=way) for code, way in unusual.items())
        if not made:
            choices.version += 1
            choices.save(update_fields=["version"])
        for code, way in ways.items():
            doing.changed(code, before[code].value, way.value)


def _conflict(before: Mapping[str, Way], ways: Mapping[str, Way]) -> Conflict:
    return Conflict(
        _("Bạn vừa đổi lựa chọn ở một trang khác."),
        hint=_("Hãy xem lựa chọn mới bên cạnh lựa chọn trên trang này rồi lưu lại."),
        differences=[
            Difference(str(kinds()[code].title), str(WAYS[way]), str(WAYS[before[code]]))
            for code, way in ways.items()
            if way != before[code]
        ],
    )
