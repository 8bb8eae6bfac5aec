"""A program is run and looked at from outside: time, processor time, and the memory of all its processes together."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import NamedTuple

from benchmarks import fresh

_PROC = Path("/proc")
_BETWEEN_LOOKS = 0.05


class Run(NamedTuple):
    """One run: seconds, seconds of processor time, the most MiB that all processes held together (0: not to be had)."""

    seconds: float
    busy: float
    mebibytes: float


def run(command: Sequence[str], folder: Path, *, with_memory: bool = True) -> Run:
    """Run a program to its end. RuntimeError with what it said, if it fails.

    To look at memory holds the program up a little; without it, none is known.
    """
    log = folder / "log"
    with log.open("wb") as told:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=told, stderr=told, env=fresh.surroundings()
        )
        memory = _Memory(process.pid)
        if with_memory:
            memory.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = memory.stop()
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {log.read_text('utf-8', 'replace')[-2000:]}")
    return Run(seconds, used.ru_utime + used.ru_stime, peak / 2**20)


def middle(runs: Sequence[Run]) -> Run:
    """Medians of time, and the most memory."""
    return Run(
        median(one.seconds for one in runs), median(one.busy for one in runs), max(one.mebibytes for one in runs)
    )


class _Memory(Thread):
    """Adds up the memory of a process and all below it, up to twenty times a second.

    Of what several processes share, each has its part (the kernel's proportional set size). A process stands still
    while the kernel counts, so the larger it is, the more seldom it is looked at: a fiftieth of the time at most.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._ended, self._peak = pid, Event(), 0

    def run(self) -> None:
        pause = _BETWEEN_LOOKS
        while not self._ended.wait(pause):
            begin = time.perf_counter()
            self._peak = max(self._peak, sum(map(_held, _with_children(self._pid))))
            pause = max(_BETWEEN_LOOKS, 50 * (time.perf_counter() - begin))

    def stop(self) -> int:
        self._ended.set()
        if self.ident is not None:  # it was started
            self.join()
        return self._peak


def _held(pid: int) -> int:
    try:
        found = re.search(r"^Pss: +(\d+) kB", (_PROC / str(pid) / "smaps_rollup").read_text(), re.MULTILINE)
    except OSError:  # it has just ended, or there is no /proc here
        return 0
    return int(found[1]) * 1024 if found else 0


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    for listed in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            children = listed.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _with_children(int(child))
