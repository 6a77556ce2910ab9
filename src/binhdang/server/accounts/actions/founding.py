"""The first administrator: made once, by whoever holds the setup code that the server wrote into its own folder."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from binhdang.access.roles import ADMINISTRATOR
from binhdang.server.accounts.actions.people import add_person, change_password
from binhdang.server.accounts.actions.posts import appoint
from binhdang.server.accounts.models import Person
from binhdang.server.audit.actions import act
from binhdang.server.web.asking import SYSTEM, By
from binhdang.server.web.records import Refused

_CODE = 10  # random bytes


def setup_code() -> str:
    """The code that lets the first administrator in; made where there is none yet, for this user's eyes alone."""
    path = _path()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(_CODE))
    except FileExistsError:
        pass
    return path.read_text("ascii").strip()


def found(*, by: By, code: str, username: str, full_name: str, password: str) -> Person:
    """Makes the first administrator and uses the setup code up."""
    with act("installation.found", by=SYSTEM, kind="installation", subject="1") as doing:
        if Person.objects.exists():
            raise Refused("Hệ thống đã có người quản trị; hãy đăng nhập.")
        if not _is_code(code):
            raise Refused(
                "Mã khởi đầu không đúng.",
                hint="Mã được in ra khi máy chủ khởi động và nằm trong tệp setup.code của thư mục dữ liệu.",
                field="code",
            )
        person = add_person(by=SYSTEM, username=username, full_name=full_name)
        appoint(by=SYSTEM, person=person, role=ADMINISTRATOR.code, start=timezone.localdate())
        own = By(str(person.pk), address=by.address, door=by.door)
        person = change_password(by=own, person=person, password=password)
        doing.changed("administrator", None, person.pk)
        _use_up()
    return person


def _path() -> Path:
    return Path(settings.CONFIGURATION.folder) / "setup.code"


def _is_code(code: str) -> bool:
    try:
        kept = _path().read_bytes().strip()
    except FileNotFoundError:
        return False
    return hmac.compare_digest(kept, code.strip().encode())


def _use_up() -> None:
    try:
        _path().unlink()
    except FileNotFoundError as e:  # another founder was faster
        raise Refused("Mã khởi đầu vừa được dùng; hãy đăng nhập.") from e
