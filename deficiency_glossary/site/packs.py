"""What the survey has read, kept on disk until the pages are made: each file is parsed once, and memory stays flat.

A pack holds the records of one batch of files. It is of this build alone: what an earlier build left is never read.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from deficiency_glossary.model import Concept, Entry


class Pack(Struct, frozen=True, array_like=True):
    """The usable records of some files, by path."""

    concepts: dict[str, Concept] = {}
    entries: dict[str, Entry] = {}


Packed = Mapping[str, str]
"""The path of a file of content -> the pack that its record is in."""


def write(path: Path, pack: Pack) -> None:
    """Write a pack, whole or not at all: another process may be at the same one."""
    partial = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.write_bytes(msgspec.msgpack.encode(pack))
    partial.replace(path)


def read(paths: Iterable[str]) -> Pack:
    """All that these packs hold, as one."""
    joined = Pack()
    for path in paths:
        pack = msgspec.msgpack.decode(Path(path).read_bytes(), type=Pack)
        joined.concepts.update(pack.concepts)
        joined.entries.update(pack.entries)
    return joined
