"""Gettext PO: one file a locale, `msgctxt` is the id of the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from deficiency_glossary.exchange.files import as_text, broken, needs, unreadable
from deficiency_glossary.exchange.units import (
    TERM_PLACEHOLDERS,
    TOOL,
    VERSION,
    Batch,
    Incoming,
    Parcel,
    Unit,
    path_of,
    tidy,
)
from deficiency_glossary.text import markup

_AGAIN = "save it again from the tool that wrote it; msgfmt -c says where it is broken"
_BASE = re.compile(r"^base: ([0-9a-f]{16}|none)$", re.MULTILINE)


def write(batch: Batch) -> bytes:
    """The batch as a PO file: stale units are fuzzy, comments are for the translator."""
    polib = _polib()
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": batch.title,
        "PO-Revision-Date": f"{batch.modified} 00:00+0000",
        "Last-Translator": "unknown",
        "Language-Team": "none",
        "Language": batch.tag.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": TOOL,
        "X-Exchange-Version": VERSION,
        "X-Source-Language": batch.source_tag,
    }
    for unit in batch.units:
        entry = polib.POEntry(msgctxt=unit.id, msgid=unit.source, msgstr=unit.target)
        entry.comment = "\n".join([*unit.notes, f"base: {unit.base}"])
        entry.occurrences = [(path_of(unit, batch.locale), "")]
        entry.flags = list(_flags(unit))
        file.append(entry)
    return f"{file}\n".encode()


def _flags(unit: Unit) -> Iterator[str]:
    if unit.state == "stale":
        yield "fuzzy"
    names = {*unit.placeholders, *(one.name for one in markup.placeholders(unit.target))}
    # msgfmt wants the same names on both sides; another language may need another shape of the term.
    if names and names.isdisjoint(TERM_PLACEHOLDERS) and not markup.stray_braces(unit.source + unit.target):
        yield "python-brace-format"
    if unit.is_markdown:
        yield "md-text"
    yield f"max-length:{unit.max_length}"


def read(data: bytes, path: str) -> Parcel:
    """The units of a PO file that came back."""
    polib = _polib()
    text, findings = as_text(data, path)
    if findings:
        return broken(path, findings)
    if not text.strip():
        return broken(path, [unreadable(path, 0, "the file is empty", _AGAIN)])
    try:
        # Given a text of one line, polib would look for a file of that name.
        file = polib.pofile(f"{text}\n\n", wrapwidth=0)
    except (OSError, ValueError, UnicodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        return broken(path, [unreadable(path, int(line[1]) if line else 0, f"this is no PO file: {error}", _AGAIN)])
    lines = text.split("\n")
    items = [
        Incoming(
            entry.msgctxt or "",
            tidy(entry.msgid),
            tidy(entry.msgstr),
            _line(lines, entry.linenum),
            base=found[1] if (found := _BASE.search(entry.comment)) else "",
            unfinished="fuzzy" in entry.flags,
        )
        for entry in file
        if not entry.obsolete
    ]
    head = file.metadata
    tag = head.get("Language", "").replace("_", "-")
    return Parcel(path, head.get("X-Source-Language", ""), tag, head.get("X-Exchange-Version", ""), tuple(items))


def _line(lines: list[str], first: int) -> int:
    """The line of a unit's `msgctxt`: polib gives the first of the comments before it."""
    return next((n for n in range(first, len(lines) + 1) if lines[n - 1].startswith("msgctxt")), first)


def _polib() -> Any:
    try:
        import polib
    except ImportError as error:
        raise needs("polib") from error
    return polib
