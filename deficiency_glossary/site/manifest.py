"""The manifest: a digest of the bytes of each file of a site, and from two of them, what is to be sent to a host.

It has the form of `b2sum --length=128`, sorted by path, and stands beside the site, not in it. `stands` in `bundles`
asks whether a file was made from the same as before; this asks whether a reader would get the same bytes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
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
        return place.stamp_of((folder / NAME).stat())
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
    text = _text(file)
    if is_of_these and not lists.since:
        changed = _replaced(text, outputs, written)
        _write_list(lists.changed, changed.paths)
        _write_list(lists.removed, ())
        if changed.paths:
            _write(file, ["\n".join(changed.lines)])
        return
    if lists.wanted:
        then = (_parsed(text) or {}) if lists.since is None else read(lists.since)
        _write_list(lists.changed, (path for path, output in outputs.items() if then.get(path) != output.digest))
        _write_list(lists.removed, then.keys() - outputs.keys())
    _write(file, (f"{outputs[path].digest}  {path}\n" for path in sorted(outputs)))


class _Replaced(NamedTuple):
    """A manifest with other digests for some of the same paths."""

    lines: Sequence[str]
    paths: Sequence[str]


def _replaced(text: str, outputs: Mapping[str, Output], written: Iterable[str]) -> _Replaced:
    """The manifest of the same files, some with other bytes. No other line is taken apart, and none is put in order."""
    lines = text.split("\n")
    changed = []
    for path in written:
        at = bisect_left(lines, path, hi=len(lines) - 1, key=lambda line: line[_DIGEST + 2 :])
        line = f"{outputs[path].digest}  {path}"
        if lines[at] != line:
            lines[at] = line
            changed.append(path)
    return _Replaced(lines, changed)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):  # it can be made again
        return ""


def _write_list(path: Path | None, listed: Iterable[str]) -> None:
    if path is not None:
        _write(path, (f"{one}\n" for one in sorted(listed)))


def _write(path: Path, text: Iterable[str]) -> None:
    partial = path.with_name(f"{path.name}.part")
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(text)
    partial.replace(path)
