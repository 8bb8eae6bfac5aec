"""Work for several processes: how many pay off, and handing the work out."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

C = TypeVar("C")
T = TypeVar("T")

_NO_ANSWER = 2  # an exit status; 0 is no, 1 is yes
_AHEAD = 2  # chunks that another process has: one in hand, one in store


def worker_count(jobs: int | None, files: int, *, many: int, each: int = 1) -> int:
    """How many processes to use.

    `jobs` if it is given; one for fewer files than `many`, else as many as there are cores, each with so many files at
    least.
    """
    if jobs is not None:
        return max(1, jobs)
    if files < many:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, files // each))


def spread(
    chunks: Sequence[C],
    workers: int,
    here: Callable[[C], T],
    there: Callable[[C], T],
    begin: Callable[..., None],
    arguments: tuple[object, ...],
) -> Iterator[T]:
    """What is made of each chunk, in any order.

    By `here` in this process, by `there` in others, which call `begin` with the arguments first.

    This process works too, and gives out little ahead: so all end together, however busy the machine is. Nothing that
    was given out is taken back: an executor all of whose work is cancelled can wait for ever.
    """
    workers = min(workers, len(chunks))
    if workers <= 1:
        yield from map(here, chunks)
        return
    waiting, given = deque(chunks), deque[Future[T]]()
    with ProcessPoolExecutor(workers - 1, initializer=_start, initargs=(begin, arguments)) as executor:
        while waiting:
            while given and given[0].done():
                yield given.popleft().result()
            while waiting and len(given) < _AHEAD * (workers - 1):
                given.append(executor.submit(there, waiting.popleft()))
            if waiting:
                yield here(waiting.pop())
        for future in given:
            yield future.result()


def _start(begin: Callable[..., None], arguments: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that began, which waits for what it gave
    die_with_parent()
    begin(*arguments)


def may_fork() -> bool:
    """Whether a copy of this process is safe: Linux, and no other thread that may hold a lock at that moment."""
    return sys.platform == "linux" and sum(1 for _ in Path("/proc/self/task").iterdir()) == 1


@contextmanager
def meanwhile(ask: Callable[[], bool]) -> Iterator[Callable[[], bool]]:
    """Find the answer to a question while the block does something else.

    A copy of this process does it, where one can be made; else it is found when `answer` is called.
    """
    if not may_fork():
        yield ask
        return
    child = os.fork()
    if not child:
        status = _NO_ANSWER
        try:
            status = int(ask())
        finally:  # nothing of this process is the copy's to end
            os._exit(status)
    waiting = [child]

    def answer() -> bool:
        status = _exit_status(waiting.pop())
        return bool(status) if status in (False, True) else ask()

    try:
        yield answer
    finally:
        for left in waiting:
            with suppress(ProcessLookupError):
                os.kill(left, signal.SIGKILL)
            _exit_status(left)


def _exit_status(child: int) -> int:
    """How a child ended, when it has; no answer if the program lets the system forget its children."""
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    except ChildProcessError:
        return _NO_ANSWER


def die_with_parent() -> None:
    """End this process when the one that began it is killed: else it would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
