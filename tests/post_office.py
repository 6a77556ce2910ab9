"""A mail server for tests: it takes letters, refuses some addresses, falls silent over others."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class PostOffice(socketserver.ThreadingTCPServer):
    """What it has taken, and what it answers to some senders and recipients: a code, or "gone" for hanging up once it has the letter."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[EmailMessage] = []
        self.answers: dict[str, str] = {}

    def handle_error(self, request: object, client_address: object) -> None:
        """Who is killed in the middle of a talk hangs up."""

    @property
    def address(self) -> str:
        """As the setting wants it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    server: PostOffice

    def handle(self) -> None:
        self.say("220 here")
        answers: set[str] = set()
        while line := self.rfile.readline().decode().strip():
            word = line.upper()
            if word.startswith("MAIL"):
                answers = set()
                self.say(f"{self.server.answers.get(line.partition('<')[2].partition('>')[0], '250')} ok")
            elif word.startswith("RCPT"):
                answer = self.server.answers.get(line.partition("<")[2].rstrip(">"), "250")
                answers.add(answer)
                self.say("250 ok" if answer in ("250", "gone") else f"{answer} no")
            elif word == "DATA":
                self.say("354 go on")
                if not self.take():
                    return
                if "gone" in answers:
                    return
                self.say("250 taken")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self) -> bool:
        """Reads a letter to its end and keeps it."""
        lines: list[bytes] = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                letter = message_from_bytes(b"".join(lines), policy=policy.default)
                self.server.taken.append(letter)  # type: ignore[arg-type]  # the policy makes it an EmailMessage
                return True
            lines.append(line[1:] if line.startswith(b"..") else line)
        return False

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """One that works until the block ends."""
    with PostOffice() as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.shutdown()
            thread.join()
