"""Errors that a person can act on.

BinhdangError                 code, message (Vietnamese), hint
├── UnreadableFile            the file cannot be read as a paper
│   ├── EmptyFile             file.empty
│   ├── FileTooLarge          file.too-large
│   ├── EncryptedFile         file.encrypted
│   ├── DamagedFile           file.damaged
│   ├── HostileFile           file.hostile (archive bomb, XML entities)
│   ├── UnknownFormat         file.unknown-format
│   └── FileNotFound          file.not-found
├── SecretPaper               paper.secret: a paper marked Mật is refused before reading
├── MissingProgram            program.missing: an external program that has to be installed
└── InvalidPlan               plan.invalid: JSON that is not a plan

Problems found *in* a paper are findings (`binhdang.paper.Finding`), never exceptions.
"""

from __future__ import annotations


class BinhdangError(Exception):
    """An error shown to a person without a traceback.

    `code` is stable; `message` is Vietnamese and says what is wrong and where; `hint` says what to do.
    """

    code = "error"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UnreadableFile(BinhdangError):
    """The file cannot be read as a paper."""

    code = "file.unreadable"


class EmptyFile(UnreadableFile):
    """The file holds no byte or no word."""

    code = "file.empty"


class FileTooLarge(UnreadableFile):
    """The file is larger than the limit."""

    code = "file.too-large"


class EncryptedFile(UnreadableFile):
    """The file asks for a password."""

    code = "file.encrypted"


class DamagedFile(UnreadableFile):
    """The file is cut off or its inside is broken."""

    code = "file.damaged"


class HostileFile(UnreadableFile):
    """The file would unpack or expand without end."""

    code = "file.hostile"


class UnknownFormat(UnreadableFile):
    """The file is not a document that can be read."""

    code = "file.unknown-format"


class FileNotFound(UnreadableFile):
    """There is no such file, or it cannot be opened."""

    code = "file.not-found"


class SecretPaper(BinhdangError):
    """The paper carries a secrecy mark (Mật, Tối mật, Tuyệt mật): it is refused before reading."""

    code = "paper.secret"


class MissingProgram(BinhdangError):
    """An external program is needed and not installed."""

    code = "program.missing"


class InvalidPlan(BinhdangError):
    """The JSON given is not a plan of a known schema."""

    code = "plan.invalid"
