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
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

RECYCLE = 200  # tasks after which a worker makes room for a fresh one, so that memory stays flat
PATIENCE = 900.0  # seconds for one task: a scan of several hundred pages takes some minutes


@dataclass(frozen=True, slots=True)
class Lost:
    """A task whose worker did not come back: `exit_code` as the system gave it (negative: signal), None when its time ran out."""

    exit_code: int | None


class _Worker(Generic[T, R]):
    """A process with the pipe to it, and the task that it is busy with."""

    def __init__(self, context: SpawnContext, act: Callable[[T], R]) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, act), daemon=True)
        self.process.start()
        theirs.close()  # so that the worker's death is seen as the end of the pipe
        self.task: T | None = None
        self.since = 0.0
        self.served = 0

    def give(self, task: T) -> None:
        self.task, self.since = task, time.monotonic()
        self.served += 1
        with contextlib.suppress(OSError):  # died while idle: its sentinel tells, and the task counts as lost
            self.pipe.send(task)

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

    def stop(self) -> None:
        """Ends it, gently when idle."""
        if self.task is not None:
            self.process.kill()
        self.pipe.close()
        self.process.join()


def _serve(pipe: Connection, act: Callable[[T], R]) -> None:
    """The worker's life: a task in, an answer out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    with contextlib.suppress(EOFError, OSError):
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

    `act` and the tasks must be picklable (workers are spawned). `patience` is in seconds a task.
    """
    context = multiprocessing.get_context("spawn")
    waiting = iter(tasks)
    crew: list[_Worker[T, R]] = []
    try:
        for first in islice(waiting, workers):
            crew.append(_Worker(context, act))
            crew[-1].give(first)
        while crew:
            for worker in _ready(crew, patience):
                task, late = worker.task, time.monotonic() - worker.since > patience
                assert task is not None
                timed_out = late and not worker.pipe.poll()
                answer = Lost(None) if timed_out else worker.answer()
                yield task, answer
                _go_on(crew, worker, waiting, context, act, fresh=isinstance(answer, Lost) or worker.served >= recycle)
    finally:
        for worker in crew:
            worker.stop()


def _ready(crew: list[_Worker[T, R]], patience: float) -> list[_Worker[T, R]]:
    """The workers that answered, died or took too long; waits for the first."""
    left = min(w.since for w in crew) + patience - time.monotonic()
    signs: set[object] = set(wait([s for w in crew for s in (w.pipe, w.process.sentinel)], timeout=max(0.0, left)))
    now = time.monotonic()
    return [w for w in crew if w.pipe in signs or w.process.sentinel in signs or now - w.since > patience]


def _go_on(
    crew: list[_Worker[T, R]],
    worker: _Worker[T, R],
    waiting: Iterator[T],
    context: SpawnContext,
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
