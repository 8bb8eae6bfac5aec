"""What was found sound of late need not be asked again: a small file of JSON, which can be deleted at any time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from deficiency_glossary.checks.answers import Verdict

_VERSION = 1
_KEPT = frozenset({"", "moved"})
_DAY = 86_400.0


class _Entry(msgspec.Struct, omit_defaults=True):
    time: float
    moved: str = ""


class _File(msgspec.Struct):
    version: int
    addresses: dict[str, _Entry]


class Cache:
    """The addresses that answered, with the time of that. Without a path it holds nothing."""

    def __init__(self, path: Path | None, days: float, now: float) -> None:
        self._path, self._now = path, now
        self._entries = {
            address: entry for address, entry in _read(path).items() if now - days * _DAY < entry.time <= now
        }

    def get(self, address: str) -> Verdict | None:
        """The verdict, if it is young enough."""
        entry = self._entries.get(address)
        if entry is None:
            return None
        return Verdict("moved", f"has moved for good, to {entry.moved}", entry.moved) if entry.moved else Verdict("")

    def save(self, verdicts: Mapping[str, Verdict]) -> None:
        """Remember what is sound; what failed is asked anew each time. The file is replaced in one step."""
        if self._path is None:
            return
        for address, verdict in verdicts.items():
            if verdict.code in _KEPT and address not in self._entries:
                self._entries[address] = _Entry(self._now, verdict.arrived)
        data = msgspec.json.encode(_File(_VERSION, dict(sorted(self._entries.items()))))
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        beside.write_bytes(data)
        beside.replace(self._path)


def _read(path: Path | None) -> dict[str, _Entry]:
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File) if path else None
    except (OSError, msgspec.DecodeError):  # not there yet, or not ours: it is written anew
        return {}
    return file.addresses if file and file.version == _VERSION else {}
