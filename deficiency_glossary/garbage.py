"""When Python looks for garbage: not while records are made by the hundred thousand, of which none is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects until a process that makes pages looks for garbage: pages are gone soon, and looking after each costs a
# tenth of the time.
YOUNG = 50_000


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage in the block: each goes through all records that there are.

    Of a build with nothing to do it was four fifths of the time.
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
    """What there is now is not searched until the block is over, and what is new is searched seldom."""
    if gc.get_freeze_count():  # somebody else has done so, and not for us to undo
        yield
        return
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def settle_down() -> None:
    """The same for the whole life of a process that was begun to make pages."""
    gc.freeze()
    gc.enable()  # who began it may have switched it off for itself
    gc.set_threshold(YOUNG)
