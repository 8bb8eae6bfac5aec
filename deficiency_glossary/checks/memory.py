"""What a check leaves for the next one. It can be deleted at any time: a check without it finds the same."""

from __future__ import annotations

import secrets
import sys
import unicodedata
from collections.abc import Collection, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import msgspec
from msgspec import Struct

from deficiency_glossary.checks.context import Context
from deficiency_glossary.checks.groups import Group
from deficiency_glossary.library import code
from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.library.store import shipped

FOLDER, NAME = ".deficiency_glossary_cache", "check.msgpack"
_HEAD = 64  # two digests: of the environment and of all that follows
MANY = 400  # entries: fewer are read as quickly as what is known of them
_BESIDE = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# Left for the next check. Delete it freely.\n",
}


class Memory(Struct):
    """The last check: what it was made with, what it found, and the words of locales where letters may be lost."""

    environment: str = ""
    groups: dict[str, Group] = {}
    words: Mapping[str, Mapping[str, int]] = {}
    lost: Mapping[str, Mapping[str, str]] = {}


def place(context: Context) -> Path | None:
    """The folder of what is kept; None where nothing should be: there are few entries, or the glossary is not ours."""
    root = context.library.root
    if not isinstance(root, Path) or root == shipped() or context.count < MANY:
        return None
    if root.resolve().is_relative_to(Path(__file__).resolve().parent.parent):  # in the package
        return None
    return root / FOLDER


def environment(context: Context, asked: Mapping[str, Collection[str]]) -> str:
    """The digest of all that every finding hangs on: this code, the languages, what is asked, what is translated."""
    ledgers: list[str] = []
    for locale in context.locale_ids:
        try:
            ledgers.append(digest_of(context.library.root.joinpath("status", f"{locale}.tsv").read_bytes()))
        except (OSError, ValueError):
            ledgers.append("")
    parts = (
        code.digest(),
        sys.version,
        unicodedata.unidata_version,
        *(metadata.version(name) for name in ("msgspec", "pyyaml")),
        context.locale_ids,
        context.source_locale,
        [context.tag(locale) for locale in context.locale_ids],
        sorted((name, sorted(locales)) for name, locales in asked.items()),
        ledgers,
    )
    return digest_of(repr(parts).encode())


def recall(folder: Path, wanted: str) -> Memory:
    """What the last check left; nothing if that is absent, damaged, or of another environment."""
    try:
        data = (folder / NAME).read_bytes()
        # What cannot be used need not be decoded; and what was cut short or changed could say anything.
        if data[: len(wanted)] != wanted.encode() or data[len(wanted) : _HEAD] != digest_of(data[_HEAD:]).encode():
            return Memory(wanted)
        return msgspec.msgpack.decode(memoryview(data)[_HEAD:], type=Memory)
    except (OSError, msgspec.MsgspecError):
        return Memory(wanted)


def remember(folder: Path, memory: Memory) -> None:
    """Leave this for the next check. Where nothing can be written, that one starts from nothing."""
    data = msgspec.msgpack.encode(memory)
    partial = folder / f"{NAME}-{secrets.token_hex(4)}"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        for name, text in _BESIDE.items():
            if not (folder / name).is_file():
                (folder / name).write_text(text, encoding="utf-8")
        try:
            with partial.open("wb") as file:
                file.write(f"{memory.environment}{digest_of(data)}".encode())
                file.write(data)
            partial.replace(folder / NAME)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
