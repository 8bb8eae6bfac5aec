"""Whether a file is still as it was: by its size and times, and by the digest of its bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
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


def stamps(root: Path, folders: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of all files in some folders, by their paths below the root."""
    found: dict[str, Stamp] = {}
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
                found[f"{folder}/{item.name}"] = (status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return found


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
