"""Acts on people: add, correct, lock, unlock, reset how they sign in, and what people change about themselves."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from binhdang.access import Permission
from binhdang.access.roles import ADMINISTRATOR
from binhdang.server.accounts import names
from binhdang.server.accounts.models import Invitation, Person, Post
from binhdang.server.accounts.passwords import OneTime, check_password_rules, one_time_password
from binhdang.server.accounts.queries import administrators, posts_of
from binhdang.server.audit.actions import Act, act
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused, check_version
from binhdang.vietnamese.text import fold

_SHORTEST_PHONE, _LONGEST_PHONE = 8, 15  # digits
_LONGEST = {"full_name": 120, "title": 120, "username": 60, "email": 254}  # characters, as the tables have it


def add_person(
    *,
    by: By,
    username: str,
    full_name: str,
    email: str = "",
    phone: str = "",
    title: str = "",
    first_password: OneTime | None = None,
    parent: UUID | None = None,
) -> Person:
    """Makes an account. With a first password, that must be changed at once; without one, an invitation is needed."""
    with act("person.add", by=by, kind="person", parent=parent) as doing:
        permit(by, Permission.MANAGE_ACCOUNTS)
        person = Person(must_change_password=first_password is not None)
        person.set_unusable_password()
        if first_password:
            person.password = first_password.hashed
        _write(doing, person, username=username, full_name=full_name, email=email, phone=phone, title=title)
        doing.subject = str(person.pk)
    return person


def correct_person(
    *,
    by: By,
    person: Person,
    seen: int,
    username: str,
    full_name: str,
    email: str = "",
    phone: str = "",
    title: str = "",
) -> Person:
    """Corrects what is recorded about a person."""
    with act("person.correct", by=by, kind="person", subject=person.pk) as doing:
        permit(by, Permission.MANAGE_ACCOUNTS)
        taken = take(doing, person, seen)
        _write(doing, taken, username=username, full_name=full_name, email=email, phone=phone, title=title)
    return taken


def change_profile(*, by: By, person: Person, seen: int, email: str = "", phone: str = "") -> Person:
    """A person's own change of how they are reached."""
    with act("person.change_profile", by=by, kind="person", subject=person.pk) as doing:
        if by.person != str(person.pk):
            raise Refused("Mỗi người tự sửa thông tin liên hệ của mình; của người khác do người quản trị sửa.")
        taken = take(doing, person, seen)
        _write(
            doing,
            taken,
            username=taken.username,
            full_name=taken.full_name,
            email=email,
            phone=phone,
            title=taken.title,
        )
    return taken


def lock_person(*, by: By, person: Person, seen: int, reason: str = "") -> Person:
    """Locks an account and ends all its sessions. Posts stay: they are ended by those who appoint."""
    with act("person.lock", by=by, kind="person", subject=person.pk) as doing:
        permit(by, Permission.MANAGE_ACCOUNTS)
        if by.person == str(person.pk):
            raise Refused("Bạn không thể tự khóa tài khoản của mình; hãy nhờ người quản trị khác.")
        taken = take(doing, person, seen)
        if not taken.is_active:
            raise Refused(f"Tài khoản của {taken} đã bị khóa từ trước.")
        if administrators(timezone.localdate()).filter(person=taken).exists():
            keep_an_administrator(leaving=Q(person=taken), day=timezone.localdate())
        doing.reason = reason
        _set(doing, taken, is_active=False)
        end_sessions(taken)
    return taken


def unlock_person(*, by: By, person: Person, seen: int) -> Person:
    """Opens a locked account again."""
    with act("person.unlock", by=by, kind="person", subject=person.pk) as doing:
        permit(by, Permission.MANAGE_ACCOUNTS)
        taken = take(doing, person, seen)
        if taken.is_active:
            raise Refused(f"Tài khoản của {taken} đang hoạt động, không cần mở khóa.")
        _refuse_taken_email(taken.email, taken)
        _set(doing, taken, is_active=True)
    return taken


def reset_sign_in(*, by: By, person: Person, seen: int) -> str:
    """Gives a new one-time password, told here once; second factors are removed and sessions ended."""
    new = one_time_password()
    with act("person.reset_sign_in", by=by, kind="person", subject=person.pk) as doing:
        permit(by, Permission.MANAGE_ACCOUNTS)
        taken = take(doing, person, seen)
        if not taken.is_active:
            raise Refused(f"Tài khoản của {taken} đang bị khóa; hãy mở khóa trước khi cấp lại mật khẩu.")
        taken.password = new.hashed
        removed, _ = Authenticator.objects.filter(user=taken).delete()
        doing.changed("second_factors", removed, 0)
        _set(doing, taken, must_change_password=True)
        taken.save(update_fields=["password"])
        end_sessions(taken)
    return new.clear


def change_password(*, by: By, person: Person, password: str) -> Person:
    """A person's own new password; a one-time password is done with."""
    with act("person.change_password", by=by, kind="person", subject=person.pk) as doing:
        if by.person != str(person.pk):
            raise Refused("Mỗi người tự đặt mật khẩu của mình.")
        taken = take(doing, person)
        check_password_rules(password, taken)
        if taken.must_change_password and taken.check_password(password):
            raise Refused("Mật khẩu mới phải khác mật khẩu dùng một lần đã được cấp.", field="password")
        taken.set_password(password)
        _set(doing, taken, must_change_password=False)
        taken.save(update_fields=["password"])
        void_invitations(taken)
    return taken


def end_sessions(person: Person) -> None:
    """Signs a person out everywhere, and shuts the links that would let them in again."""
    void_invitations(person)
    for session in UserSession.objects.filter(user=person):
        session.end()


def void_invitations(person: Person) -> int:
    """Ends the invitations that nobody has used; how many."""
    now = timezone.now()
    return Invitation.objects.filter(person=person, used_at=None, expires_at__gt=now).update(expires_at=now)


def take(doing: Act, person: Person, seen: int | None = None) -> Person:
    """The person's row, locked until the act ends, at the version that was seen; the event tells of their agency."""
    taken = Person.objects.select_for_update().get(pk=person.pk)
    if seen is not None:
        check_version(taken, seen)
    today = timezone.localdate()
    held = (post for post in posts_of(str(taken.pk)) if post.agency_id and post.stands_on(today))
    doing.agency = str(next((post.agency_id for post in held), ""))
    return taken


def keep_an_administrator(*, leaving: Q, day: date) -> None:
    """Raises Refused unless somebody still runs the system on a day when some posts are no more."""
    # of two who lock or end one another at once, the second waits for these rows and then sees what the first did
    list(Post.objects.filter(role=ADMINISTRATOR.code).select_for_update())
    if not administrators(day).exclude(leaving).exists():
        raise Refused(
            "Đây là người quản trị cuối cùng đang có hiệu lực; hệ thống không thể không có người quản trị.",
            hint="Hãy cử người quản trị khác trước.",
        )


def _set(doing: Act, person: Person, **values: Any) -> None:
    for name, value in values.items():
        doing.changed(name, getattr(person, name), value)
        setattr(person, name, value)
    person.version += 1
    person.save(update_fields=[*values, "version"])


def _write(doing: Act, person: Person, *, username: str, full_name: str, email: str, phone: str, title: str) -> None:
    """Checks and writes what is recorded about a person."""
    values = {
        "username": username.strip().lower(),
        "full_name": names.tidy(full_name),
        "email": email.strip().lower(),
        "phone": " ".join(phone.split()),
        "title": names.tidy(title),
    }
    _check(person, **values)
    is_new = person._state.adding
    for name, value in values.items():
        doing.changed(name, None if is_new else getattr(person, name), value)
        setattr(person, name, value)
    person.folded, person.order = fold(person.full_name)[:160], names.order_of(person.full_name)[:400]
    person.version += not is_new
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as e:  # somebody took the name between the check and the writing
        raise Refused("Tên đăng nhập hoặc thư điện tử này vừa có người khác dùng; hãy chọn tên khác.") from e


def _check(person: Person, *, username: str, full_name: str, email: str, phone: str, title: str) -> None:
    for field, value in {"full_name": full_name, "title": title, "username": username, "email": email}.items():
        longest = _LONGEST[field]
        if len(value) > longest:
            raise Refused(f"Dài quá {longest} ký tự; hãy viết gọn lại.", field=field)
    if not full_name:
        raise Refused("Hãy ghi họ và tên.", field="full_name")
    if not names.is_username(username):
        raise Refused(f"Tên đăng nhập chưa đúng: cần {names.USERNAME_RULE}.", field="username")
    if Person.objects.filter(username=username).exclude(pk=person.pk).exists():
        raise Refused(f"Tên đăng nhập “{username}” đã có người dùng; hãy chọn tên khác.", field="username")
    digits = sum(map(str.isdigit, phone))
    if phone and (not _SHORTEST_PHONE <= digits <= _LONGEST_PHONE or set(phone) - set("0123456789 +.-()")):
        raise Refused("Số điện thoại gồm 8 đến 15 chữ số, ví dụ 0912 345 678.", field="phone")
    if email:
        try:
            validate_email(email)
        except ValidationError as e:
            raise Refused("Thư điện tử chưa đúng, ví dụ lan@tinh.gov.vn.", field="email") from e
        _refuse_taken_email(email, person)


def _refuse_taken_email(email: str, person: Person) -> None:
    if email and Person.objects.filter(email__iexact=email, is_active=True).exclude(pk=person.pk).exists():
        raise Refused(f"Thư điện tử “{email}” đang là của một tài khoản khác.", field="email")
