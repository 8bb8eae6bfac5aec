"""What a build leaves for the next one. It can be deleted at any time: a full build is always right."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from deficiency_glossary.site.bundles import Made, Output
from deficiency_glossary.site.survey import FileSummary, Staleness

NAME = "cache"


class Memory(Struct, frozen=True):
    """The last build: what it was made with, what it read and what it wrote."""

    environment: str = ""
    frame: str = ""  # what every page hangs on besides: settings, locales, theme
    files: dict[str, FileSummary] = {}
    outputs: dict[str, Output] = {}
    bundles: dict[str, Made] = {}
    manifest: int = 0  # its stamp
    stale: dict[str, Staleness] = {}


def recall(folder: Path) -> Memory:
    """What the last build left; nothing if that is absent, cut short or of another version."""
    try:
        return msgspec.msgpack.decode((folder / NAME).read_bytes(), type=Memory)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return Memory()


def remember(folder: Path, memory: Memory) -> None:
    """Leave this for the next build."""
    partial = folder / f"{NAME}.part"
    partial.write_bytes(msgspec.msgpack.encode(memory))
    partial.replace(folder / NAME)


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage while records are made by the hundred thousand, of which none is garbage.

    Each search goes through all that there are: of a build with nothing to do it was four fifths of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def out_of_sight() -> Iterator[None]:
    """What there is now is not searched for garbage until the block is over."""
    if gc.get_freeze_count():  # somebody else has done so, and not for us to undo
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
