"""Wording: ways of being told, what kinds are called, what became of letters."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from binhdang.server.notices.kinds import Way, kinds
from binhdang.server.notices.models import Letter

WAYS = {
    Way.AT_ONCE: gettext_lazy("Trên trang và thư gửi ngay"),
    Way.DIGEST: gettext_lazy("Trên trang và bản tin buổi sáng"),
    Way.PAGE: gettext_lazy("Chỉ trên trang"),
    Way.NONE: gettext_lazy("Không nhận"),
}
"""What each way is called."""

_BADGES = {
    Letter.State.SENT: "done",
    Letter.State.UNSURE: "attention",
    Letter.State.CARRIED: "attention",
    Letter.State.REFUSED: "error",
    Letter.State.NEEDLESS: "neutral",
}


def kind_title(code: str) -> str:
    """What a kind is called; one that no room names any more has no name."""
    kind = kinds().get(code)
    return str(kind.title) if kind else _("Thông báo khác")


def letter_state(letter: Letter) -> tuple[str, str]:
    """What became of a letter, as a badge's kind and words."""
    words = str(letter.get_state_display())
    if letter.state == Letter.State.WAITING and letter.attempts:
        words = _("chưa gửi được, sẽ thử lại")
    return _BADGES.get(Letter.State(letter.state), "waiting"), words[:1].upper() + words[1:]
