"""Which code this is: two processes with the same digest make the same pages of the same content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from deficiency_glossary.library.stamps import digest_of


@cache
def digest() -> str:
    """The digest of this package's files and of the versions of the libraries that shape the text of a page."""
    versions = [f"{name} {metadata.version(name)}" for name in ("babel", "jinja2", "markdown", "nh3")]
    files = [f"{path} {digest_of(data)}" for path, data in _files(resources.files("deficiency_glossary"), "")]
    return digest_of("\n".join([*versions, *files]).encode())


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name not in {"shipped", "__pycache__"}:
            yield from _files(item, f"{prefix}{item.name}/")
        elif item.is_file() and not item.name.endswith((".pyc", ".pyo")):
            yield prefix + item.name, item.read_bytes()
