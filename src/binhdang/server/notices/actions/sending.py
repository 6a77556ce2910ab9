"""Letters go out, one after another, and each is known to be on its way before the mail server is asked.

A letter that the server took, refused or was never asked about is known to be so. Where it fell silent between, or this
process was killed, nobody can know: such a letter is never sent again, and the next morning's tells the same once more.
"""

from __future__ import annotations

import logging
import smtplib
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from binhdang.server.notices.actions.letters import make_digest, make_letters_at_once
from binhdang.server.notices.models import Letter
from binhdang.server.notices.wording import message_of
from binhdang.server.web.asking import SYSTEM

WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
"""Until a letter that was refused for the time being is tried again; after the last it is given up."""
_PAUSE = 300.0  # seconds, after the mail server could not be reached
_ROUND = 10.0  # seconds of sending, then new letters are made
_TIMEOUT = 30  # seconds that the mail server may be silent: some are slow to whom they do not know
_CUT_OFF = timedelta(minutes=10)  # on its way for longer than any answer takes
_FOREVER = 500  # answers of the mail server from this number on are final
_CLOSING = 421  # the mail server's word for hanging up: with the next letter it is asked anew
_FAULTS = (OSError, smtplib.SMTPException)

log = logging.getLogger(__name__)


class Postman:
    """Makes the letters that are due and sends those that wait, for some seconds a round."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._shut_until = 0.0

    def round(self) -> int:
        """One round; how many letters went out. Nothing without a mail server."""
        if not settings.CONFIGURATION.mail:
            return 0
        make_letters_at_once()
        make_digest(by=SYSTEM)
        _tell_cut_off()
        return self._send()

    def _send(self) -> int:
        until, sent = self._clock() + _ROUND, 0
        if self._clock() < self._shut_until or not _due().exists():
            return 0
        server = get_connection(timeout=_TIMEOUT)
        try:
            server.open()
        except _FAULTS:
            log.exception("the mail server cannot be reached; letters wait")
            self._shut_until = self._clock() + _PAUSE
            return 0
        try:
            while self._clock() < until and (letter := _taken()) is not None:
                if (message := message_of(letter)) is None:
                    _end(letter, Letter.State.NEEDLESS)
                    continue
                if not self._give(server, letter, message):
                    break
                sent += letter.state == Letter.State.SENT
        finally:
            _close(server)
        return sent

    def _give(self, server: BaseEmailBackend, letter: Letter, message: EmailMessage) -> bool:
        """Gives a letter to the mail server; whether that can be asked further."""
        try:
            server.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refused:
            code = max((code for code, _said in refused.recipients.values()), default=0)
            _refused(letter, code)
            return code != _CLOSING
        except (smtplib.SMTPSenderRefused, smtplib.SMTPHeloError):  # we are not welcome, whatever the letter
            log.exception("the mail server does not take letters from us; they wait")
            letter.state, letter.attempts = Letter.State.WAITING, letter.attempts - 1
            letter.save(update_fields=["state", "attempts"])
            self._shut_until = self._clock() + _PAUSE
            return False
        except smtplib.SMTPResponseException as refused:
            _refused(letter, refused.smtp_code)
            return refused.smtp_code != _CLOSING
        except (ValueError, smtplib.SMTPNotSupportedError) as error:  # before a word went out: no address for mail
            log.exception("a letter cannot be sent")
            _end(letter, Letter.State.REFUSED, type(error).__name__)
        except _FAULTS as error:
            _end(letter, Letter.State.UNSURE, type(error).__name__)
            log.exception("the mail server fell silent over a letter, which is not sent again")
            self._shut_until = self._clock() + _PAUSE
            return False
        else:
            _end(letter, Letter.State.SENT)
        return True


def _due() -> QuerySet[Letter]:
    return Letter.objects.filter(state=Letter.State.WAITING, try_at__lte=timezone.now()).order_by("try_at", "id")


def _taken() -> Letter | None:
    """The next letter, on its way from now on whatever happens."""
    with transaction.atomic():
        letter = _due().select_for_update(skip_locked=True, of=("self",)).select_related("person").first()
        if letter is not None:
            letter.state, letter.begun_at, letter.attempts = Letter.State.SENDING, timezone.now(), letter.attempts + 1
            letter.save(update_fields=["state", "begun_at", "attempts"])
    return letter


def _end(letter: Letter, state: Letter.State, fault: str = "") -> None:
    letter.state, letter.fault, letter.ended_at = state, fault[:60], timezone.now()
    letter.save(update_fields=["state", "fault", "ended_at"])


def _refused(letter: Letter, code: int) -> None:
    """Not taken: for good, or tried again after a wait."""
    if code >= _FOREVER or letter.attempts > len(WAITS):
        _end(letter, Letter.State.REFUSED, str(code))
        return
    letter.state, letter.fault = Letter.State.WAITING, str(code)
    letter.try_at = timezone.now() + WAITS[letter.attempts - 1]
    letter.save(update_fields=["state", "fault", "try_at"])


def _tell_cut_off() -> None:
    """Letters that were on their way when this was killed: nobody knows whether they went."""
    cut = Letter.objects.filter(state=Letter.State.SENDING, begun_at__lt=timezone.now() - _CUT_OFF)
    if count := cut.update(state=Letter.State.UNSURE, fault="cut off", ended_at=timezone.now()):
        log.error("letters were cut off and are not sent again", extra={"told": {"letters": count}})


def _close(server: BaseEmailBackend) -> None:
    try:
        server.close()
    except _FAULTS:  # it has gone already
        log.info("the mail server did not say goodbye")
