"""Acts on posts: appoint somebody to a role at an agency, end a post and hand its open work over."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from binhdang.access import ROLES, Actor, Permission, Role, may
from binhdang.access.roles import ADMINISTRATOR, ANYWHERE, PROGRAMME_LEAD
from binhdang.server.accounts import handover
from binhdang.server.accounts.actions.people import keep_an_administrator, take
from binhdang.server.accounts.models import Person, Post
from binhdang.server.accounts.queries import in_force_or_coming
from binhdang.server.accounts.reach import acting, thing_of_agency
from binhdang.server.agencies.models import Agency, standing_on
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import SYSTEM, By, permit
from binhdang.server.web.records import Refused, check_version


def appoint(
    *,
    by: By,
    person: Person,
    role: str,
    start: date,
    agency: Agency | None = None,
    end: date | None = None,
    parent: UUID | None = None,
) -> Post:
    """Gives a person a role at an agency, from the first to the last day."""
    with act("post.appoint", by=by, kind="post", parent=parent) as doing:
        if role not in ROLES:
            raise Refused("Hãy chọn một vai trò trong danh sách.", field="role")
        if by.person == str(person.pk):
            raise Refused("Bạn không thể tự cử mình; hãy nhờ người có quyền cử khác.", field="person")
        at = None if is_of_installation(ROLES[role]) else agency
        _may_give(by, ROLES[role], at)
        _check_days(ROLES[role], at, start, end)
        taken = take(doing, person)
        if not taken.is_active:
            raise Refused(f"Tài khoản của {taken} đang bị khóa; hãy mở khóa trước khi cử.", field="person")
        _refuse_twice(taken, role, at, start, end)
        post = Post.objects.create(person=taken, role=role, agency=at, start=start, end=end)
        doing.subject, doing.agency = str(post.pk), str(at.pk if at else "")
        for name, value in {
            "person": taken.pk,
            "role": role,
            "agency": doing.agency,
            "start": start,
            "end": end,
        }.items():
            doing.changed(name, None, value)
    return post


def end_post(
    *, by: By, post: Post, seen: int, last_day: date, next_holder: Person | None = None, reason: str = ""
) -> Post:
    """Sets a post's last day. Open work goes to the next holder, who must have a post at the agency after that day."""
    with act("post.end", by=by, kind="post", subject=post.pk, agency=post.agency_id or "") as doing:
        taken = Post.objects.select_for_update(of=("self",)).select_related("agency", "person").get(pk=post.pk)
        check_version(taken, seen)
        _may_end(by, taken)
        _check_last_day(taken, last_day)
        if taken.role == ADMINISTRATOR.code:
            after = max(timezone.localdate(), last_day + timedelta(days=1))
            keep_an_administrator(leaving=Q(pk=taken.pk), day=after)
        handed = _hand_over(by, taken, last_day, next_holder)
        doing.reason = reason
        doing.changed("end", taken.end, last_day)
        doing.changed("handed", None, handed or None)
        doing.changed("next_holder", None, next_holder.pk if next_holder and handed else None)
        taken.end, taken.version = last_day, taken.version + 1
        taken.save(update_fields=["end", "version"])
    return taken


def is_of_installation(role: Role) -> bool:
    """Whether a role concerns the installation as a whole, not the work of any agency."""
    return all(standings == ANYWHERE for standings in role.grants.values())


def roles_to_give(actor: Actor) -> list[Role]:
    """The roles that the actor may give somewhere."""
    manages, appoints = may(actor, Permission.MANAGE_ACCOUNTS), may(actor, Permission.APPOINT)
    return [
        role
        for role in ROLES.values()
        if (not _powers_lacked(actor, role) or (manages and role == PROGRAMME_LEAD))
        and (manages if is_of_installation(role) else appoints or (manages and role == PROGRAMME_LEAD))
    ]


_OVER_OTHERS = (Permission.READ_AUDIT, Permission.APPOINT)  # powers over other people's work


def _powers_lacked(actor: Actor, role: Role) -> list[Permission]:
    """The powers over the installation or over others that a role has and the actor has not: nobody gives what they lack."""
    held = [post.role.grants for post in actor.held()]
    return [
        p
        for p, standings in role.grants.items()
        if (standings == ANYWHERE and not may(actor, p))
        or (p in _OVER_OTHERS and not any(standings <= grants.get(p, frozenset()) for grants in held if p in grants))
    ]


def _may_give(by: By, role: Role, agency: Agency | None) -> None:
    """Raises Refused unless who acts may give this role here."""
    if by == SYSTEM:
        return
    actor = acting(by)
    first_lead = role == PROGRAMME_LEAD and may(actor, Permission.MANAGE_ACCOUNTS) and not _has_programme_lead()
    if _powers_lacked(actor, role) and not first_lead:
        raise Refused(f"Bạn không cử được vai trò “{role.title}” vì vai trò ấy có quyền mà bạn không có.", field="role")
    if is_of_installation(role):
        return permit(by, Permission.MANAGE_ACCOUNTS)
    if agency is None:
        raise Refused("Hãy chọn cơ quan nơi người này giữ nhiệm vụ.", field="agency")
    if may(actor, Permission.APPOINT, thing_of_agency(agency)):
        return None
    if first_lead:
        return None
    raise Refused(
        f"Bạn không có quyền cử người làm “{role.title}” tại {agency}.",
        hint="Người có quyền: lãnh đạo cơ quan ấy, hoặc đầu mối chương trình của cơ quan ấy hay của cấp trên.",
        field="agency",
    )


def _has_programme_lead() -> bool:
    """Whether there is one, locked or not: an administrator cannot make room for their own by locking."""
    return Post.objects.filter(in_force_or_coming(timezone.localdate()), role=PROGRAMME_LEAD.code).exists()


def _may_end(by: By, post: Post) -> None:
    if post.agency is None:
        permit(by, Permission.MANAGE_ACCOUNTS)
    else:
        permit(by, Permission.APPOINT, thing_of_agency(post.agency))


def _check_days(role: Role, agency: Agency | None, start: date, end: date | None) -> None:
    if role.limited and end is None:
        raise Refused(f"Vai trò “{role.title}” chỉ được cử có thời hạn; hãy ghi ngày cuối cùng.", field="end")
    if end is not None and end < start:
        raise Refused("Ngày cuối cùng đứng trước ngày bắt đầu; hãy sửa một trong hai ngày.", field="end")
    if agency is None:
        return
    if not agency.stands_on(start):
        raise Refused(f"Vào ngày {start:%d/%m/%Y}, {agency} không hoạt động.", field="start")
    if agency.end is not None and (end is None or not agency.stands_on(end)):
        raise Refused(
            f"{agency} chỉ hoạt động đến hết ngày {agency.end:%d/%m/%Y}; hãy ghi ngày cuối cùng không muộn hơn.",
            field="end",
        )


def _refuse_twice(person: Person, role: str, agency: Agency | None, start: date, end: date | None) -> None:
    same = Post.objects.filter(Q(end=None) | Q(end__gte=start), person=person, role=role, agency=agency)
    if end is not None:
        same = same.filter(start__lte=end)
    if same.exists():
        raise Refused(f"{person} đã giữ vai trò này tại đây trong những ngày ấy.", field="role")


def _check_last_day(post: Post, last_day: date) -> None:
    today = timezone.localdate()
    if post.end is not None and post.end < today:
        raise Refused(f"Nhiệm vụ này đã kết thúc ngày {post.end:%d/%m/%Y}.")
    if last_day < post.start:
        raise Refused(
            f"Nhiệm vụ bắt đầu ngày {post.start:%d/%m/%Y}; ngày cuối cùng không thể sớm hơn.", field="last_day"
        )
    if post.end is not None and last_day > post.end:
        raise Refused(
            f"Nhiệm vụ vốn kết thúc ngày {post.end:%d/%m/%Y}; muốn kéo dài, hãy cử thêm một lần nữa.", field="last_day"
        )


def _hand_over(by: By, post: Post, last_day: date, next_holder: Person | None) -> dict[str, int]:
    waiting = handover.open_work(post)
    if not waiting:
        return {}
    told = ", ".join(f"{count} {name}" for name, count in waiting.items())
    if next_holder is None:
        raise Refused(f"Còn việc đang mở: {told}. Hãy chọn người nhận bàn giao.", field="next_holder")
    after = Post.objects.filter(standing_on(last_day + timedelta(days=1)), agency=post.agency, person=next_holder)
    if next_holder.pk == post.person_id or not next_holder.is_active or not after.exists():
        raise Refused(
            f"{next_holder} không giữ nhiệm vụ tại {post.agency} sau ngày {last_day:%d/%m/%Y}, nên chưa nhận bàn giao được.",
            field="next_holder",
        )
    return dict(handover.hand_over(post, to=next_holder, by=by))
