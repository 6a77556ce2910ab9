"""How far a folder's run is: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich import progress

from binhdang.cli.corpus import Job, Tally
from binhdang.cli.terminal import Terminal, plain, say
from binhdang.cli.wording import Words

_EVERY = 5.0  # seconds between two lines in a log


class Progress:
    """Shows a run on the error stream; failures are named as they come."""

    def __init__(self, words: Words, *, colour: bool = True) -> None:
        self.words = words
        self._said = time.monotonic()
        self._bar: progress.Progress | None = None
        if sys.stderr.isatty():
            self._bar = progress.Progress(
                progress.TextColumn("{task.description}"),
                progress.BarColumn(),
                progress.MofNCompleteColumn(),
                progress.TextColumn("{task.fields[note]}"),
                progress.TimeRemainingColumn(),
                console=Terminal(colour=colour, file=sys.stderr),
                transient=True,
            )
            self._task = self._bar.add_task(words("reading"), total=None, note="")

    def __enter__(self) -> Progress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def report(self, tally: Tally, job: Job, error: str) -> None:
        """Takes the news of one file."""
        note = (
            f"{self.words('failed', n=tally.failed)} · {self.words('speed', n=f'{tally.speed:.1f}'.replace('.', ','))}"
        )
        done = tally.read + tally.failed
        if self._bar:
            if error:
                self._bar.console.print(plain(f"{job.name}: {error}"), soft_wrap=True)
            self._bar.update(self._task, completed=done, total=tally.total, note=note)
            return
        if error:
            say(f"{job.name}: {error}")
        now = time.monotonic()
        if now - self._said >= _EVERY or done == tally.total:
            self._said = now
            say(f"{self.words('reading')}: {done}/{tally.total} · {note}")
