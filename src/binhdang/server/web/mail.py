"""Letters out by SMTP, counted: a mail server that refuses shows in the figures before people ask where their letters are."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from binhdang.server.web import counts

log = logging.getLogger("binhdang.mail")


class CountedBackend(EmailBackend):
    """Django's own, which counts `binhdang_mails_total` by what became of a letter."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Sends; a failure is counted, told of without a word of the letter, and raised."""
        try:
            sent = super().send_messages(email_messages) or 0
        except Exception:
            counts.add('binhdang_mails_total{result="failed"}', len(email_messages))
            log.exception("letters were not taken by the mail server")
            raise
        counts.add('binhdang_mails_total{result="sent"}', sent)
        return sent
