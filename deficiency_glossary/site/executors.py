"""Who does the work of a build, and how it is given out: nobody else, processes of our own, or the caller's executor.

The work comes in batches, a call each, and the results come back in any order. Few batches are given out ahead, so a
large site does not stand in a scheduler's memory as a whole.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import connection
from queue import SimpleQueue
from typing import Any, TypeVar

from deficiency_glossary import garbage
from deficiency_glossary.errors import WorkersFailed
from deficiency_glossary.library import code
from deficiency_glossary.processes import may_fork

Result = TypeVar("Result")
# Batches that are given out and not yet done: enough for 64 processes and the way to them; for each process of our own.
_AHEAD, _AHEAD_EACH = 256, 3


class Crew:
    """Those who work for one build. Alone, it is this process, at the moment when a result is asked for."""

    def __init__(
        self, executor: Executor | None = None, *, own: int = 0, prepare: Callable[[], None] | None = None
    ) -> None:
        self._executor = executor
        self._own = own  # so many processes
        self._prepare = prepare
        self._begun = False
        self._name = secrets.token_hex(8)
        self._count = 0

    def heed(self) -> None:
        """Raise the KeyboardInterrupt that came while code called Python that cannot pass it on."""
        if _Hand.stopped:
            raise KeyboardInterrupt

    @property
    def alone(self) -> bool:
        """Whether there is nobody else."""
        return self._executor is None

    def each(self, function: Callable[..., Result], batches: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
        """Call the function with each batch of arguments: the results, as they come. Raises WorkersFailed."""
        if self._executor is None:
            for batch in batches:
                yield function(*batch)
            return
        done: SimpleQueue[Future[Result]] = SimpleQueue()
        given, ahead = 0, self._own * _AHEAD_EACH or _AHEAD
        for batch in batches:
            if given == ahead:
                yield _result(done.get())
                given -= 1
            self._submit(self._executor, function, batch).add_done_callback(done.put)
            given += 1
        for _ in range(given):
            yield _result(done.get())

    def begin(self, function: Callable[..., Result], batches: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
        """The same for a few batches, which are all given out at once: they are done before what is given out later.

        Alone, they are done when their results are asked for.
        """
        if self._executor is None:
            return (function(*batch) for batch in batches)
        given = [self._submit(self._executor, function, batch) for batch in batches]
        return (_result(future) for future in as_completed(given))

    def _submit(self, executor: Executor, function: Callable[..., Result], batch: tuple[Any, ...]) -> Future[Result]:
        if self._own:
            if self._begun:
                return executor.submit(_call, function, *batch)
            self._begun = True
            if self._prepare is not None:
                self._prepare()
            with _undisturbed():  # the first call starts the processes
                return executor.submit(_call, function, *batch)
        # A call that is told from all others: Dask gives the same answer to the same question.
        self._count += 1
        order = f"{self._name}-{self._count}"
        return executor.submit(_call_elsewhere, order, code.digest(), pickle.dumps((function, batch)))


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except BrokenExecutor as error:
        raise WorkersFailed(f"a process that builds ended abruptly; was there too little memory? ({error})") from error
    except CancelledError as error:
        raise WorkersFailed("the executor gave up the work; is its scheduler gone?") from error


@contextmanager
def crew(executor: Executor | None, count: int, prepare: Callable[[], None] | None = None) -> Iterator[Crew]:
    """The caller's executor, which stays open; or so many processes of our own, which end with the block.

    `prepare` loads what each process will need. It is called before they are forked: so it is done once.

    After an error, what still waits in the caller's executor finds the folder of the build gone, and does nothing. It
    is not taken back: an executor all of whose work is cancelled can wait for ever (ProcessPoolExecutor in 3.11).
    """
    with _interrupts_kept():
        if executor is not None:
            yield Crew(executor)
        elif count == 1:
            yield Crew()
        else:
            with _own_processes(count, prepare) as own:
                yield own


@contextmanager
def _own_processes(count: int, prepare: Callable[[], None] | None = None) -> Iterator[Crew]:
    context = _context()
    reader, writer = context.Pipe(duplex=False)
    with reader, writer, ProcessPoolExecutor(count, context, initializer=_begin, initargs=(reader,)) as pool:
        try:
            yield Crew(pool, own=count, prepare=prepare if context.get_start_method() == "fork" else None)
        except BaseException:
            # What a process has in hand is stopped at once, what waits is not begun, and all end as they always do:
            # to kill them could leave the pool waiting for a pipe that nobody reads (before 3.11.6 and 3.12.1).
            writer.send_bytes(b"stop")
            pool.shutdown(cancel_futures=True)
            raise


def _context() -> Any:
    """How processes are started.

    A fork costs milliseconds; a new interpreter must import all of this again, a quarter of a second of a core. But a
    fork copies a lock that another thread holds at that moment, and nobody opens it in the copy; Python 3.12 warns of
    it. So a process is forked where it has one thread, else started anew, as Python 3.14 does everywhere. The pool
    forks all its processes before it starts threads of its own. A program that chose another way gets its way.
    """
    chosen = multiprocessing.get_start_method(allow_none=True)
    if chosen not in (None, "fork"):
        return multiprocessing.get_context(chosen)
    if sys.platform != "linux":  # macOS: its libraries do not bear a fork
        return multiprocessing.get_context(chosen)
    return multiprocessing.get_context("fork" if may_fork() else "forkserver")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the block is over; processes that are started in it begin their life deaf to it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Remember a Ctrl-C that comes while the sanitizer calls back: it can only print it, and would go on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before, _Hand.stopped = sys.unraisablehook, False
    sys.unraisablehook = _keep(before)
    try:
        yield
    finally:
        sys.unraisablehook = before


def _keep(before: Callable[[Any], object]) -> Callable[[Any], object]:
    def hook(problem: Any) -> None:
        if isinstance(problem.exc_value, KeyboardInterrupt):
            _Hand.stopped = True
        else:
            before(problem)

    return hook


# --- in a process of ours --------------------------------------------------------------------------------------------


class _Hand:
    """What this process is at: whether it has a call in hand, and whether it shall begin no other."""

    busy = False
    stopped = False


def _begin(reader: connection.Connection) -> None:
    """Listen for the end of the build. A terminal sends Ctrl-C to all processes, and `kill` to one."""
    garbage.settle_down()  # what is here already is the build's: it outlives this process
    _Hand.stopped = False
    sys.unraisablehook = _keep(sys.unraisablehook)
    signal.signal(signal.SIGINT, _stop)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_watch, args=(reader,), daemon=True).start()


def _stop(_number: int, _frame: object) -> None:
    # Between two calls the pool itself is at work, with locks in its hand: there, the next call is only not begun.
    _Hand.stopped = True
    if _Hand.busy:
        raise KeyboardInterrupt


def _call(function: Callable[..., Result], *batch: Any) -> Result:
    _Hand.busy = True
    try:
        if _Hand.stopped:
            raise KeyboardInterrupt
        return function(*batch)
    finally:
        _Hand.busy = False


def _watch(reader: connection.Connection) -> None:
    """Stop the call in hand when the build says so. End when it was killed: else this process would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    ready = connection.wait([parent.sentinel, reader])  # what stands in the pipe is for all, so nobody takes it out
    if parent.sentinel not in ready:
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        else:
            signal.raise_signal(signal.SIGINT)
        parent.join()
    os._exit(1)


# --- elsewhere -------------------------------------------------------------------------------------------------------

_ONE_AT_A_TIME = threading.Lock()


def _call_elsewhere(_order: str, digest: str, packed: bytes) -> Any:
    """The entry point of an executor that is not ours: maybe on another machine, maybe one of several threads.

    Raises WorkersFailed if other code would run there. Only then is it unpacked what is to be done. One thread of a
    process works at a time: it is all Python, and converters and caches are made for one.
    """
    if digest != code.digest():
        raise WorkersFailed(
            f"process {os.getpid()} on {socket.gethostname()} has another version of deficiency-glossary, or of the "
            "libraries that it renders with, than the build; install the same on all machines"
        )
    with _ONE_AT_A_TIME:
        function, batch = pickle.loads(packed)  # noqa: S301 - from the build itself, by the way that this call came
        return function(*batch)
