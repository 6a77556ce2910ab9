"""What a chosen password must be, in words that people can act on."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

_FEWEST_DIFFERENT = 5  # characters: fewer are a key held down or a short run typed again and again


class LongEnough(MinimumLengthValidator):
    """Long enough that guessing takes years."""

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return f"Mật khẩu quá ngắn: cần ít nhất {self.min_length} ký tự. Ghép vài từ lại thì dễ nhớ."

    def get_help_text(self) -> str:
        """The rule."""
        return f"Ít nhất {self.min_length} ký tự; ghép vài từ lại thì dễ nhớ."


class NotCommon(CommonPasswordValidator):
    """Not one that everybody tries first."""

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return "Nhiều người dùng mật khẩu này nên dễ bị đoán ra; hãy chọn mật khẩu khác."

    def get_help_text(self) -> str:
        """The rule."""
        return "Không phải mật khẩu nhiều người dùng."


class NotOwnName(UserAttributeSimilarityValidator):
    """Not the person's own name."""

    def __init__(self) -> None:
        super().__init__(("username", "folded", "email"))

    def get_error_message(self) -> str:
        """What is wrong and what to do."""
        return "Mật khẩu gần giống tên hoặc thư điện tử của bạn nên dễ bị đoán ra; hãy chọn mật khẩu khác."

    def get_help_text(self) -> str:
        """The rule."""
        return "Không giống tên, tên đăng nhập hay thư điện tử của bạn."


class NotOneRun:
    """Not digits alone and not the same few characters."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError."""
        if password.isdecimal() or len(set(password)) < _FEWEST_DIFFERENT:
            raise ValidationError("Mật khẩu chỉ có chữ số hoặc lặp lại vài ký tự; hãy thêm chữ và ký tự khác.")

    def get_help_text(self) -> str:
        """The rule."""
        return "Không chỉ gồm chữ số, không lặp lại vài ký tự."
