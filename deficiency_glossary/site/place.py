"""The output folder: built beside, swapped in whole, never somebody else's.

Beside `public` stands `.public.build` with the lock, the cache and the site under construction. The swap exchanges
two directory names in one step where the system can (Linux), else it renames twice, and the next build puts the old
site back if a crash came between the two.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deficiency_glossary.errors import BuildRefused

MARKER = ".deficiency-glossary"
OLD = "old"  # the site that was replaced
NEXT = "next-"  # the site under construction; the rest of the name is another for each build
STOPPED = "stopped-"  # before that name: nobody shall write there any more
ASIDE = "aside"  # where files are made of which it shows only then which they are
MARKER_TEXT = "This folder was made by deficiency-glossary build and is replaced by the next one.\n"


def work_folder(out: Path) -> Path:
    """Where the build of this output folder keeps what it needs between runs."""
    return out.parent / f".{out.name}.build"


def state_of(status: os.stat_result) -> int:
    """A number that another state of a written file does not have: its size and time of change in one.

    Tuples of integers have the same hash in every process. One number takes a third of the memory of two.
    """
    return hash((status.st_size, status.st_mtime_ns))


def refuse_foreign(out: Path, content: Path | None) -> None:
    """Raise BuildRefused if writing to `out` would destroy what this tool did not make."""
    if out.is_symlink():
        raise BuildRefused(f"{out} is a symbolic link; name the folder that it stands for")
    here = out.resolve()
    if here == Path(here.anchor) or here == Path.home().resolve():
        raise BuildRefused(f"{out} is a root or home folder; name a folder inside it")
    inside = content.resolve() if content is not None else None
    if inside is not None and inside.is_relative_to(here):
        raise BuildRefused(f"{out} holds the glossary itself; name another folder, such as {out / 'public'}")
    if inside is not None and any(here.is_relative_to(inside / name) for name in ("content", "locales", "theme")):
        raise BuildRefused(f"{out} lies among the glossary's own files; name another folder")
    if Path.cwd().is_relative_to(here):
        raise BuildRefused(f"{out} is the current folder or holds it, and would be replaced; name another folder")
    if out.exists() and not out.is_dir():
        raise BuildRefused(f"{out} is a file; name a folder")
    if out.is_dir() and not (out / MARKER).is_file() and any(out.iterdir()):
        raise BuildRefused(
            f"{out} holds files that this tool did not make; empty it, or name another folder with --out"
        )


@contextmanager
def locked(out: Path) -> Iterator[Path]:
    """Hold the work folder of this output; a crash lets go of it. Raises BuildRefused if another build holds it."""
    work = work_folder(out)
    work.mkdir(parents=True, exist_ok=True)
    lock = work / "lock"
    with lock.open("a+") as file:
        if not _lock(file.fileno()):
            file.seek(0)
            raise BuildRefused(f"another build is writing to {out} (process {file.read().strip() or 'unknown'})")
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        _recover(out, work)
        try:
            yield work
        except BaseException:
            # Somebody far away may still be writing, and shall find nothing to write into.
            for unfinished in work.glob(f"{NEXT}*"):
                with suppress(OSError):  # on Windows, while somebody has a file in it open
                    unfinished.rename(work / f"{STOPPED}{unfinished.name}")
            raise


# The workers of a build that was killed hold its lock until they have noticed, which takes them some milliseconds.
_ATTEMPTS, _PAUSE = 20, 0.05


def _lock(descriptor: int) -> bool:
    for _ in range(_ATTEMPTS):
        if _try_lock(descriptor):
            return True
        time.sleep(_PAUSE)
    return False


def _try_lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _recover(out: Path, work: Path) -> None:
    """Clear what a crashed build left: put the old site back if it was moved away, drop the half-made one."""
    old = work / OLD
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in (*work.glob(f"{NEXT}*"), *work.glob(f"{STOPPED}*")):
        shutil.rmtree(leftover)
    clear(work)


def swap(new: Path, out: Path, work: Path) -> None:
    """Put the new folder in the place of the old one, which stands in the work folder then until `clear`."""
    old = work / OLD
    if out.exists() and _exchange(new, out):
        new.rename(old)
    else:
        if out.exists():
            out.rename(old)
        new.rename(out)


def clear(work: Path) -> None:
    """Remove what nobody needs when the build is over. Of a large site it takes seconds, so all else is done before."""
    for left in (work / OLD, work / ASIDE):
        if left.exists():
            shutil.rmtree(left)


def update(new: Path, out: Path, gone: Iterable[str]) -> None:
    """Put the files of the new folder in their places in the old one, one by one; remove those that are gone.

    A build that is killed in the middle leaves some new and some old. The next one sees which, and does the rest.
    """
    for folder, _, names in os.walk(new):
        for name in names:
            file = Path(folder, name)
            target = out / file.relative_to(new)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    for path in gone:
        (out / path).unlink(missing_ok=True)
        for parent in (out / path).parents:
            if parent == out or any(parent.iterdir()):
                break
            parent.rmdir()
    shutil.rmtree(new)


def is_ours(out: Path) -> bool:
    """Whether a site of this tool stands there."""
    return (out / MARKER).is_file()


def _exchange(first: Path, second: Path) -> bool:
    """Swap two names in one step: renameat2(2) with RENAME_EXCHANGE. False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    at_cwd, exchange = -100, 2
    return bool(rename(at_cwd, os.fsencode(first), at_cwd, os.fsencode(second), exchange) == 0)


def carry_over(old: Path, new: Path) -> bool:
    """Take an unchanged file along without copying its bytes, where the system can. False if it is not there."""
    try:
        _link(old, new)
    except FileNotFoundError:
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            _link(old, new)
        except FileNotFoundError:
            return False
    return True


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except FileNotFoundError:
        raise
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)
