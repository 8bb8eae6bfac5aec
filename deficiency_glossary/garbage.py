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
    """Garbage is looked for in the block, but seldom, and not among what there is before it."""
    was_on, before = gc.isenabled(), gc.get_threshold()
    is_first = not gc.get_freeze_count()  # else somebody has done so, and it is not for us to undo
    if is_first:
        gc.freeze()
    gc.set_threshold(YOUNG, *before[1:])
    gc.enable()
    try:
        yield
    finally:
        if not was_on:
            gc.disable()
        gc.set_threshold(*before)
        if is_first:
            gc.unfreeze()


def settle_down() -> None:
    """The same for the whole life of a process that was begun to work for another."""
    gc.freeze()  # it stays shared with the process that made it, too
    gc.set_threshold(YOUNG)
    gc.enable()  # the other may have switched it off for itself
