"""What the survey has read, kept on disk until the pages are made: each file is parsed once, and memory stays flat.

A pack holds the records of one batch of files. It is of this build alone: what an earlier build left is never read.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from deficiency_glossary.model import Concept, Entry

# A batch of pages lies in two packs of entries and two of concepts at most, as both are in the same order.
_OPEN = 4


class Pack(Struct, frozen=True, array_like=True):
    """The usable records of some files, by path."""

    concepts: dict[str, Concept] = {}
    entries: dict[str, Entry] = {}


Where = Mapping[str, str]
"""The path of a file of content -> the pack that its record is in."""


def write(path: Path, pack: Pack) -> None:
    """Write a pack, whole or not at all: another process may be at the same one."""
    partial = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.write_bytes(msgspec.msgpack.encode(pack))
    partial.replace(path)


class Shelf:
    """Packs as they are needed; the last few stay open."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._open: dict[str, Pack] = {}

    def concept(self, path: str) -> Concept | None:
        """The record of a concept's file, if it is in a pack."""
        return self._pack(path).concepts.get(path)

    def entry(self, path: str) -> Entry | None:
        """The record of an entry's file, if it is in a pack."""
        return self._pack(path).entries.get(path)

    def _pack(self, path: str) -> Pack:
        name = self._where.get(path)
        if name is None:
            return Pack()
        if name not in self._open:
            if len(self._open) == _OPEN:
                del self._open[next(iter(self._open))]
            self._open[name] = msgspec.msgpack.decode(Path(name).read_bytes(), type=Pack)
        return self._open[name]
