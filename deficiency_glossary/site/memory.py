"""What a build leaves for the next one. It can be deleted at any time: a full build is always right."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deficiency_glossary.site.bundles import Made, Output, intact
from deficiency_glossary.site.survey import FileSummary, Staleness

NAME = "cache"
# Outputs in a part of the file; bytes of the file of a large site, of some 40,000 files.
_PART, _LARGE = 5000, 10_000_000
# MessagePack: an array of three; an array of as many as the next four bytes say.
_OF_THREE, _OF = b"\x93", b"\xdd"
T = TypeVar("T")


class Memory(Struct, frozen=True):
    """The last build: what it was made with, what it read and what it wrote."""

    environment: str = ""
    frame: str = ""  # what every page hangs on besides: settings, locales, theme
    files: dict[str, FileSummary] = {}
    outputs: dict[str, Output] = {}
    bundles: dict[str, Made] = {}
    manifest: int = 0  # its stamp
    stale: dict[str, Staleness] = {}


class _Kept(Struct, array_like=True):
    """The file: what there is much of is in parts, so that it can be written and gone through part by part."""

    memory: Memory
    files: list[dict[str, FileSummary]]
    outputs: list[dict[str, Output]]


class _Outputs(Struct, array_like=True):
    """The same file for those who want the outputs alone."""

    memory: msgspec.Raw
    files: msgspec.Raw
    outputs: list[msgspec.Raw]


def recall(folder: Path) -> Memory:
    """What the last build left; nothing if that is absent, cut short or of another version."""
    try:
        kept = msgspec.msgpack.decode((folder / NAME).read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return Memory()
    return replace(kept.memory, files=_joined(kept.files), outputs=_joined(kept.outputs))


def _joined(parts: Iterable[dict[str, T]]) -> dict[str, T]:
    joined: dict[str, T] = {}
    for part in parts:
        joined.update(part)
    return joined


def is_large(folder: Path) -> bool:
    """Whether the last build left so much that asking after all its files takes a while."""
    try:
        return (folder / NAME).stat().st_size > _LARGE
    except OSError:
        return False


def is_site_intact(folder: Path, out: Path) -> bool:
    """Whether every file of the last site is as it was left. It asks part by part, and keeps none."""
    try:
        parts = msgspec.msgpack.decode((folder / NAME).read_bytes(), type=_Outputs).outputs
        return all(intact(out, msgspec.msgpack.decode(part, type=dict[str, Output])) for part in parts)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return False


def remember(folder: Path, memory: Memory) -> None:
    """Leave this for the next build."""
    partial = folder / f"{NAME}.part"
    with partial.open("wb") as file:
        file.write(_OF_THREE + msgspec.msgpack.encode(replace(memory, files={}, outputs={})))
        for items in (memory.files, memory.outputs):
            rest = iter(items.items())
            count = -(-len(items) // _PART)
            file.write(_OF + count.to_bytes(4, "big"))
            while part := dict(islice(rest, _PART)):
                file.write(msgspec.msgpack.encode(part))
    partial.replace(folder / NAME)
