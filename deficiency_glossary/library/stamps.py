"""Whether a file is still as it was: by its size and times, and by the digest of its bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

Stamp = tuple[int, int, int]
"""Size in bytes, times of change of the content and of the file itself (ctime), in nanoseconds."""
# A file that was changed again within one tick of the clock looks the same. So one that was changed just before it was
# looked at is not known by its stamp. FAT counts in two seconds.
_TICK = 2_000_000_000


def digest_of(data: bytes) -> str:
    """A short digest of bytes: enough to tell files apart, not a safeguard against forgery."""
    return blake2b(data, digest_size=16).hexdigest()


def stamps(root: Path, folders: Iterable[str]) -> Iterator[tuple[str, Stamp]]:
    """All files in some folders: the path of each below the root, and its stamp."""
    for folder in folders:
        try:
            items = os.scandir(root / folder)
        except OSError:
            continue  # it holds nothing then
        with items:
            for item in items:
                try:
                    status = item.stat()
                except OSError:
                    continue  # a link that leads nowhere
                yield f"{folder}/{item.name}", (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def stamp_of(root: object, path: str) -> Stamp | None:
    """The stamp of one file; None if there is none."""
    try:
        status = os.stat(os.path.join(str(root), path))  # noqa: PTH116, PTH118
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def settled() -> int:
    """What was changed before this time, and has the same stamp later, is the same."""
    return time.time_ns() - _TICK
