"""Acts on invitations: make a link by which a person sets their first password, and use it, once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from binhdang.access import Permission
from binhdang.server.accounts.actions.people import end_sessions, take, void_invitations
from binhdang.server.accounts.models import Invitation, Person
from binhdang.server.accounts.passwords import check_password_rules
from binhdang.server.accounts.queries import invitation_of
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import By, permit
from binhdang.server.web.records import Refused

VALID = timedelta(days=7)
_TOKEN = 32  # random bytes


def digest_of(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, by: By, person: Person) -> str:
    """Makes a link's token, told here once; links made before stop working."""
    token = secrets.token_urlsafe(_TOKEN)
    with act("invitation.make", by=by, kind="person", subject=person.pk) as doing:
        permit(by, Permission.MANAGE_ACCOUNTS)
        taken = take(doing, person)
        if not taken.is_active:
            raise Refused(f"Tài khoản của {taken} đang bị khóa; hãy mở khóa trước khi mời.")
        now = timezone.now()
        voided = void_invitations(taken)
        Invitation.objects.create(person=taken, digest=digest_of(token), expires_at=now + VALID)
        doing.changed("expires_at", None, now + VALID)
        doing.changed("voided", 0, voided)
    return token


def accept(*, by: By, token: str, password: str) -> Person:
    """Sets the invited person's password. Of two who use the link at once, the second is refused."""
    invitation = invitation_of(digest_of(token))
    if invitation is None:
        raise Refused(
            "Liên kết mời không còn dùng được: đã dùng rồi, đã quá 7 ngày hoặc đã có liên kết mới hơn.",
            hint="Hãy xin người quản trị một liên kết mới.",
        )
    person = invitation.person
    own = By(str(person.pk), address=by.address, door=by.door)
    with act("invitation.accept", by=own, kind="person", subject=person.pk) as doing:
        check_password_rules(password, person)
        unused = Invitation.objects.filter(pk=invitation.pk, used_at=None, expires_at__gt=timezone.now())
        if not unused.update(used_at=timezone.now()):
            raise Refused(
                "Liên kết mời này vừa được dùng.", hint="Nếu không phải bạn dùng, hãy báo ngay người quản trị."
            )
        taken = take(doing, person)
        taken.set_password(password)
        taken.must_change_password = False
        taken.version += 1
        taken.save(update_fields=["password", "must_change_password", "version"])
        end_sessions(taken)
    return taken
