"""How people come in: nobody signs up; accounts are made by those who may."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from binhdang.server.accounts.actions.people import change_password
from binhdang.server.accounts.addresses import address_of
from binhdang.server.accounts.models import Person
from binhdang.server.web.asking import By

_WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra bàn phím (phím Caps Lock, bộ gõ tiếng Việt) rồi thử lại."
_NOWHERE = "0.0.0.0"  # the list of sessions has to name an address


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """allauth's choices for this house."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "account_inactive": _WRONG,
        "too_many_login_attempts": "Đã sai quá nhiều lần. Hãy đợi 5 phút rồi thử lại, hoặc nhờ người quản trị cấp lại mật khẩu.",
        "enter_current_password": "Hãy gõ mật khẩu đang dùng.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "incorrect_code": "Mã chưa đúng hoặc đã hết hạn; hãy gõ mã đang hiện trên điện thoại.",
        "same_as_current": "Giá trị mới phải khác giá trị cũ.",
        "rate_limited": "Bạn thử quá nhanh; hãy đợi một phút rồi thử lại.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that events tell, too."""
        return address_of(request) or _NOWHERE

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Who comes with these credentials; a locked account answers like a wrong password."""
        person: Person | None = super().authenticate(request, **credentials)
        return person if person is not None and person.is_active else None

    def clean_password(self, password: str, user: Person | None = None) -> str:
        """The password, if the rules allow it; not the one-time password once more."""
        cleaned: str = super().clean_password(password, user)
        if user is not None and user.must_change_password and user.check_password(cleaned):
            raise ValidationError("Mật khẩu mới phải khác mật khẩu dùng một lần đã được cấp.")
        return cleaned

    def set_password(self, user: Person, password: str) -> None:
        """A person's own new password, as an act."""
        by = By(str(user.pk), address=address_of(context.request))
        changed = change_password(by=by, person=user, password=password)
        user.password, user.must_change_password, user.version = (
            changed.password,
            changed.must_change_password,
            changed.version,
        )
