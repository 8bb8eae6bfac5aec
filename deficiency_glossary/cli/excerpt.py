"""The line of a file that a finding is about, with a caret under the character, as wide as a terminal shows it."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from deficiency_glossary.findings import Finding
from deficiency_glossary.library.store import Library

LinesOf = Callable[[str], Sequence[str]]
"""A path as it is shown -> the lines of the file; none if it cannot be read."""

_WIDTH = 96
# What a terminal would obey instead of show, and what nobody would see.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_CUT = "…"


def harmless(text: str) -> str:
    """The text with what a terminal would obey shown as a sign."""
    return _UNSEEN.sub("\ufffd", text.replace("\t", " "))


def excerpt(line: str, column: int) -> tuple[str, str]:
    """What of a line to show, and the line with the caret below it. `column` counts characters from 1."""
    line = harmless(line.rstrip("\r\n"))
    at = min(max(column - 1, 0), len(line))
    start = len(line) - len(line.lstrip()) if at >= len(line) - len(line.lstrip()) else 0
    if width(line[start:at]) > _WIDTH * 2 // 3:
        start = _back(line, at, _WIDTH // 2)
    end = at
    room = _WIDTH - width(line[start:at])
    while end < len(line) and room > 0:
        room -= _cells(line[end])
        end += 1
    head = _CUT if start > len(line) - len(line.lstrip()) else ""
    tail = _CUT if end < len(line) else ""
    return f"{head}{line[start:end]}{tail}", " " * (len(head) + width(line[start:at])) + "^"


def _back(line: str, at: int, cells: int) -> int:
    """Where to begin so that so many cells stand before a character; a base letter keeps its accents."""
    while at > 0 and cells > 0:
        at -= 1
        cells -= _cells(line[at])
    while at > 0 and _cells(line[at]) == 0:
        at -= 1
    return at


def width(text: str) -> int:
    """How many cells of a terminal a text takes (UAX #11): two for a letter of Chinese, none for an accent."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


# --- files -----------------------------------------------------------------------------------------------------------


def placed(findings: Sequence[Finding], library: Library, folder: Path | None) -> tuple[list[Finding], LinesOf]:
    """The findings with paths from the current folder, and the lines of their files.

    The glossary that comes with the program (`folder` None) keeps its own paths.
    """
    shown = {finding.path: _shown(finding.path, folder) for finding in findings}
    original = {there: here for here, there in shown.items()}
    known: dict[str, Sequence[str]] = {}

    def lines_of(path: str) -> Sequence[str]:
        if path not in known:
            known.clear()  # findings come file by file
            known[path] = _lines(library, original.get(path, path))
        return known[path]

    return [replace(finding, path=shown[finding.path]) for finding in findings], lines_of


def _shown(path: str, folder: Path | None) -> str:
    return path if folder is None else Path(os.path.relpath(folder / path)).as_posix()


def _lines(library: Library, path: str) -> Sequence[str]:
    try:
        data = library.read_bytes(path)
    except (OSError, ValueError):
        return ()
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
