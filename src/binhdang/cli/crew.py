"""Worker processes, one task each at a time: when one dies, it is known which task it died of.

The standard process pool breaks as a whole when a worker is killed and cannot say by which task; a paper that
crashes a library in C or eats the memory must cost that paper alone.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Generic, TypeVar

from binhdang.signals import leave_on_term

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

    Context = ForkServerContext | SpawnContext

T = TypeVar("T")
R = TypeVar("R")

_GRACE = 3.0  # seconds for a worker to end what it has started (LibreOffice, Tesseract) and remove its files
RECYCLE = 200  # tasks after which a worker makes room for a fresh one, so that memory stays flat
PATIENCE = 900.0  # seconds for one task: a scan of several hundred pages takes some minutes


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose worker did not come back: `exit_code` as the system gave it (negative: signal), None when its time ran out."""

    exit_code: int | None


class _Worker(Generic[T, R]):
    """A process with the pipe to it, and the task that it is busy with."""

    def __init__(self, context: Context, act: Callable[[T], R]) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, act), daemon=True)
        self.process.start()
        theirs.close()  # so that the worker's death is seen as the end of the pipe
        self.task: T | None = None
        self.since = float("inf")  # its time runs from when it is up: starting may be slow on a busy machine
        self.served = 0

    def give(self, task: T) -> None:
        self.task = task
        if self.served:
            self.since = time.monotonic()
        self.served += 1
        with contextlib.suppress(OSError):  # died while idle: its sentinel tells, and the task counts as lost
            self.pipe.send(task)

    def greets(self) -> bool:
        """Takes its first message, which only says that it is up; false when there is none to take."""
        if self.since < float("inf") or not self.pipe.poll():
            return False
        with contextlib.suppress(EOFError, OSError):
            self.pipe.recv()
            self.since = time.monotonic()
            return True
        return False

    def answer(self) -> R | Lost:
        """Its answer; only called when the pipe or the sentinel is ready."""
        self.task = None
        try:
            if self.pipe.poll():
                answer: R = self.pipe.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.process.join()
        return Lost(self.process.exitcode)

    def call_off(self) -> None:
        """Asks it to leave its task; it has _GRACE seconds."""
        if self.task is not None:
            self.process.terminate()

    def stop(self) -> None:
        """Ends it, gently when idle."""
        if self.task is not None:
            self.call_off()
            self.process.join(_GRACE)
            self.process.kill()
        self.pipe.close()
        self.process.join()


def _serve(pipe: Connection, act: Callable[[T], R]) -> None:
    """The worker's life: a task in, an answer out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    leave_on_term()
    with contextlib.suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            pipe.send(act(pipe.recv()))


def spread(
    tasks: Iterable[T],
    act: Callable[[T], R],
    *,
    workers: int,
    recycle: int = RECYCLE,
    patience: float = PATIENCE,
) -> Generator[tuple[T, R | Lost], None, None]:
    """Yields each task with its answer as they come, in no set order; at most one task a worker is out at a time.

    `act` and the tasks must be picklable (workers share nothing with their parent). `patience` is in seconds a
    task.
    """
    context = _context()
    waiting = iter(tasks)
    crew: list[_Worker[T, R]] = []
    try:
        for first in islice(waiting, workers):
            crew.append(_Worker(context, act))
            crew[-1].give(first)
        while crew:
            for worker in _ready(crew, patience):
                if worker.greets():
                    continue
                task, late = worker.task, time.monotonic() - worker.since > patience
                assert task is not None
                timed_out = late and not worker.pipe.poll()
                answer = Lost(None) if timed_out else worker.answer()
                yield task, answer
                _go_on(crew, worker, waiting, context, act, fresh=isinstance(answer, Lost) or worker.served >= recycle)
    finally:
        for worker in crew:  # all at once, so that they need their grace together
            worker.call_off()
        for worker in crew:
            worker.stop()


def _context() -> Context:
    """How workers are started: cleanly, with nothing of the parent in them, as `spawn` does everywhere.

    Where there is a fork server, it has imported the reader once and a fresh worker costs milliseconds, not the half
    second of an import; the server itself has no threads, so that forking it is safe.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__package__])
    return context


def _ready(crew: list[_Worker[T, R]], patience: float) -> list[_Worker[T, R]]:
    """The workers that answered, died or took too long; waits for the first."""
    left = min(w.since for w in crew) + patience - time.monotonic()
    timeout = max(0.0, left) if left < float("inf") else None
    signs: set[object] = set(wait([s for w in crew for s in (w.pipe, w.process.sentinel)], timeout=timeout))
    now = time.monotonic()
    return [w for w in crew if w.pipe in signs or w.process.sentinel in signs or now - w.since > patience]


def _go_on(
    crew: list[_Worker[T, R]],
    worker: _Worker[T, R],
    waiting: Iterator[T],
    context: Context,
    act: Callable[[T], R],
    *,
    fresh: bool,
) -> None:
    """Gives the worker its next task, or puts a fresh one in its place, or lets it go when nothing is left."""
    nothing = object()
    task = next(waiting, nothing)
    if task is nothing or fresh:
        worker.stop()
        crew.remove(worker)
        if task is nothing:
            return
        worker = _Worker(context, act)
        crew.append(worker)
    worker.give(task)  # type: ignore[arg-type]
