"""What a build leaves for the next one. It can be deleted at any time: a full build is always right."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deficiency_glossary.site.bundles import Made, Output, intact
from deficiency_glossary.site.survey import FileSummary, Staleness

NAME = "cache"
# Outputs in a part of the file; bytes of the file of a large site, of some 40,000 files.
_PART, _LARGE = 5000, 10_000_000


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
    """The file: the outputs in parts, so that they can be gone through without all of them in memory."""

    memory: Memory
    outputs: list[dict[str, Output]]


class _Outputs(Struct, array_like=True):
    """The same file for those who want the outputs alone."""

    memory: msgspec.Raw
    outputs: list[msgspec.Raw]


def recall(folder: Path) -> Memory:
    """What the last build left; nothing if that is absent, cut short or of another version."""
    try:
        kept = msgspec.msgpack.decode((folder / NAME).read_bytes(), type=_Kept)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return Memory()
    outputs = {path: output for part in kept.outputs for path, output in part.items()}
    return replace(kept.memory, outputs=outputs)


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
    items = iter(memory.outputs.items())
    parts = list(iter(lambda: dict(islice(items, _PART)), {}))
    partial.write_bytes(msgspec.msgpack.encode(_Kept(replace(memory, outputs={}), parts)))
    partial.replace(folder / NAME)
