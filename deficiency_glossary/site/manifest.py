"""The manifest: a digest of the bytes of each file of a site, and from two of them, what is to be sent to a host.

It has the form of `b2sum --length=128`, sorted by path, and stands beside the site, not in it. `stands` in `bundles`
asks whether a file was made from the same as before; this asks whether a reader would get the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from deficiency_glossary.errors import BuildRefused
from deficiency_glossary.site import place
from deficiency_glossary.site.bundles import Output

NAME = "manifest"
_DIGEST = 32  # hexadecimal digits; two spaces come after them


class Lists(NamedTuple):
    """What to write down for deploy scripts: paths that are new or have other bytes, and paths that are gone.

    By comparison with the manifest of an earlier build; with none, the one before this.
    """

    changed: Path | None = None
    removed: Path | None = None
    since: Path | None = None

    @property
    def wanted(self) -> bool:
        """Whether any list is."""
        return self.changed is not None or self.removed is not None


NO_LISTS = Lists()


def read(path: Path) -> dict[str, str]:
    """Path -> digest. Nothing if there is no such file. Raises BuildRefused if it is no manifest."""
    try:
        found = _parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError:
        found = None
    if found is None:
        raise BuildRefused(f"{path} is no manifest of a build")
    return found


def _parsed(text: str) -> dict[str, str] | None:
    lines = text.split("\n")[:-1]
    if any(line[_DIGEST : _DIGEST + 2] != "  " for line in lines):
        return None
    return {line[_DIGEST + 2 :]: line[:_DIGEST] for line in lines}


def refuse_lost(lists: Lists, out: Path) -> None:
    """Raise BuildRefused if a list would stand in the folder that is replaced, or `since` is no manifest."""
    for path in (lists.changed, lists.removed):
        if path is not None and path.resolve().is_relative_to(out):
            raise BuildRefused(f"{path} lies in {out}, which is replaced; name a file outside")
    if lists.since is not None:
        if not lists.since.exists() or lists.since.is_dir():
            raise BuildRefused(f"{lists.since} is not there; to have every file listed, name an empty one")
        read(lists.since)


def stamp(folder: Path) -> int:
    """What tells a state of the manifest from another; 0 if there is none."""
    try:
        return place.state_of((folder / NAME).stat())
    except FileNotFoundError:
        return 0


def settle(
    folder: Path, outputs: Mapping[str, Output], written: Collection[str], lists: Lists, *, is_of_these: bool
) -> None:
    """Write the lists, then the manifest of a site, of which these files were written just now.

    In this order: if the build is killed in between, the next one lists the same again. `is_of_these`: the manifest
    that is there is known to be sound, and of the same files.
    """
    file = folder / NAME
    if is_of_these and not lists.since:
        manifest = bytearray(file.read_bytes())
        changed = _replace(manifest, outputs, written)
        _write_list(lists.changed, changed)
        _write_list(lists.removed, ())
        if changed:
            _write(file, [manifest])
        return
    if lists.wanted:
        then = (_parsed(_text(file)) or {}) if lists.since is None else read(lists.since)
        _write_list(lists.changed, (path for path, output in outputs.items() if then.get(path) != output.digest))
        _write_list(lists.removed, then.keys() - outputs.keys())
    _write(file, (f"{outputs[path].digest}  {path}\n".encode() for path in sorted(outputs)))


def _replace(manifest: bytearray, outputs: Mapping[str, Output], written: Iterable[str]) -> list[str]:
    """Put the digests of what was written in their places, which are as long. The paths whose bytes are others now."""
    changed = []
    for path in written:
        at = _line_of(manifest, path.encode())
        digest = outputs[path].digest.encode()
        if manifest[at : at + _DIGEST] != digest:
            manifest[at : at + _DIGEST] = digest
            changed.append(path)
    return changed


def _line_of(manifest: bytearray, path: bytes) -> int:
    """Where the line of a path begins. Lines are in order, so half of what is left is put aside each time."""
    low, high = 0, len(manifest)
    while low < high:
        middle = (low + high) // 2
        start = max(manifest.rfind(b"\n", low, middle) + 1, low)
        end = manifest.index(b"\n", start)
        here = manifest[start + _DIGEST + 2 : end]
        if here == path:
            return start
        low, high = (end + 1, high) if here < path else (low, start)
    raise ValueError(f"{path!r} is not in the manifest, which is of other files then")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):  # it can be made again
        return ""


def _write_list(path: Path | None, listed: Iterable[str]) -> None:
    if path is not None:
        _write(path, (f"{one}\n".encode() for one in sorted(listed)))


def _write(path: Path, parts: Iterable[bytes | bytearray]) -> None:
    partial = path.with_name(f"{path.name}.part")
    with partial.open("wb") as file:
        file.writelines(parts)
    partial.replace(path)
