"""Fresh processes: what a benchmark measures must not find the memory of the one before it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
_RAM_DISK = Path("/dev/shm")


def on_ram_disk() -> bool:
    """Is there one that can be written to?"""
    return _RAM_DISK.is_dir() and os.access(_RAM_DISK, os.W_OK)


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is deleted afterwards, on a RAM disk where there is one: a disk's spread hides everything."""
    place = _RAM_DISK if on_ram_disk() else None
    with tempfile.TemporaryDirectory(prefix="deficiency-glossary-bench-", dir=place) as name:
        yield Path(name)


@cache
def _bytecode() -> tempfile.TemporaryDirectory[str]:
    """Where the measured processes keep their bytecode; deleted when this process ends."""
    return tempfile.TemporaryDirectory(prefix="deficiency-glossary-bytecode-")


def surroundings() -> dict[str, str]:
    """The environment of measured processes.

    Bytecode is written and found again whatever the surroundings say: with PYTHONDONTWRITEBYTECODE set, every process
    would compile anew what was edited last, and the figures would depend on that.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = [str(TOP), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPYCACHEPREFIX": _bytecode().name, "PYTHONPATH": os.pathsep.join(paths)}


def python(*arguments: str) -> str:
    """What `python ARGUMENTS` prints, run from the top of the checkout."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=TOP, env=surroundings()).stdout
