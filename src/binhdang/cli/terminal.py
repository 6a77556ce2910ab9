"""What is written to, and how: the terminal or a pipe, colours, widths; files whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import sys
from errno import EISDIR
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.text import Text

from binhdang.cli.formats import printable
from binhdang.errors import BinhdangError

PIPED_WIDTH = 100


class Terminal(Console):
    """A console that prints a paper's words as they are: no markup, no emoji codes, no guessing of numbers."""

    def __init__(self, *, colour: bool = True, file: IO[str] | None = None) -> None:
        stream = file or sys.stdout
        piped = not stream.isatty()
        width = PIPED_WIDTH if piped and "COLUMNS" not in os.environ else None
        # None leaves the choice to NO_COLOR and to whether this is a terminal.
        super().__init__(
            file=stream, width=width, no_color=None if colour else True, markup=False, emoji=False, highlight=False
        )

    def on_broken_pipe(self) -> None:
        """Lets `main` end quietly, with the status that other tools give."""
        raise BrokenPipeError


def plain(text: str, style: str = "") -> Text:
    """Words of a paper, made safe to show."""
    return Text(printable(text), style=style)


def one_line(text: str) -> str:
    """The words safe to show on one line: a line break in a file's name could pass for another file's message."""
    return printable(text).replace("\n", "\ufffd")


def say(text: str) -> None:
    """A line on the error stream: progress and errors, never results."""
    print(one_line(text), file=sys.stderr, flush=True)


def speak_utf8() -> None:
    """UTF-8 whatever the locale; bytes of a file name that are no UTF-8 are shown, not fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write_whole(path: Path, text: str) -> None:
    """Writes under a temporary name, then renames: nobody ever sees half a file. Raises BinhdangError."""
    try:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if path.exists() and not path.is_file():  # a device or a pipe is written to, never replaced
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
            return
    except OSError as e:
        raise unwritable(path, e) from e
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8", errors="backslashreplace")
        draft.replace(path)
    except OSError as e:
        draft.unlink(missing_ok=True) if draft.parent.is_dir() else None
        raise unwritable(path, e) from e


_WHY_NOT = {
    errno.ENOENT: "thư mục không có",
    errno.ENOTDIR: "đường dẫn đi qua một tệp",
    errno.EISDIR: "đó là một thư mục",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "nơi ấy chỉ cho đọc",
    errno.ENOSPC: "đĩa đã đầy",
    errno.ENAMETOOLONG: "tên quá dài",
}


def unwritable(path: Path, error: OSError) -> BinhdangError:
    """The error for an output that cannot be written."""
    return BinhdangError(
        f"Không ghi được {path}: {_WHY_NOT.get(error.errno or 0) or error.strerror or error}.",
        hint="Hãy xem lại đường dẫn, quyền ghi và chỗ trống trên đĩa.",
        code="output.unwritable",
    )
