"""How far each translation is: which source text a field was translated from, and whether that text still stands.

For each field of an entry a ledger keeps two fingerprints: of the source text it was translated from, and of the
translation itself. A field whose translation changed since was worked on by a translator, so it belongs to the source
of today; a field whose source changed alone is stale. White space does not count.

A ledger is one line a field, sorted, in `status/<locale>.tsv`: two people's changes merge line by line.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Literal, NamedTuple

from deficiency_glossary.errors import GlossaryError
from deficiency_glossary.model import Entry

TODO = "…"
"""What stands in a draft where a text is still to be written."""

State = Literal["missing", "stale", "draft", "translated", "reviewed"]
STATES: tuple[State, ...] = ("missing", "stale", "draft", "translated", "reviewed")
How = Literal["translated", "accepted", "reviewed"]

_NOBODY = "-"  # a line that ended in a tab would not survive some editors
HEADER = "# Which source text each translation belongs to. `deficiency-glossary status --update` writes this file."
_LINE = re.compile(
    r"([a-z0-9-]+)\t([a-z0-9_/-]+)\t([0-9a-f]{16})\t([0-9a-f]{16})\t(translated|accepted|reviewed)\t([^\t]+)\t([0-9-]+)"
)


class BadLedger(GlossaryError, ValueError):
    """A line of a status file that cannot be read."""


class Record(NamedTuple):
    """What the ledger says of a field.

    `by` and `day` tell who accepted an unchanged text for a new source, or who reviewed it; at a text that was
    changed after a review, they are those of the review that no longer counts.
    """

    source: str
    target: str
    how: How = "translated"
    by: str = ""
    day: str = ""


Key = tuple[str, str]
"""(concept, field)"""
Ledger = Mapping[Key, Record]


class Field(NamedTuple):
    """A field of an entry in one language: its state, and the ledger's record if there is one."""

    concept: str
    field: str
    state: State
    record: Record | None


def texts(entry: Entry) -> Iterator[tuple[tuple[str, ...], str]]:
    """The texts that a translator writes, but for the terms, each with the way to it."""
    for name in ("title", "description", "definition"):
        yield (name,), getattr(entry, name)
    for key, section in entry.sections.items():
        yield ("sections", key, "heading"), section.heading
        yield ("sections", key, "body"), section.body
    for part in ("notes", "highlights"):
        for key, text in getattr(entry, part).items():
            yield (part, key), text
    for key, example in entry.examples.items():
        yield ("examples", key, "title"), example.title
        yield ("examples", key, "text"), example.text
        for name, label in example.labels.items():
            yield ("examples", key, "labels", name), label


def fields_of(entry: Entry) -> dict[str, str]:
    """The same by the way to them as it is written: `sections/how-it-works/heading`."""
    return {"/".join(where): text for where, text in texts(entry)}


def fingerprint(text: str) -> str:
    """16 hex digits that tell texts apart; white space and the form of accents (NFC) do not count."""
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    return blake2b(plain.encode(), digest_size=8).hexdigest()


def states(concept: str, source: Entry, target: Entry | None, ledger: Ledger) -> list[Field]:
    """The state of every field that the source has, in its order."""
    texts = fields_of(target) if target else {}
    is_draft = target is not None and target.draft
    return [
        Field(concept, name, _state(text, texts.get(name), None if is_draft else record), record)
        for name, text in fields_of(source).items()
        for record in (ledger.get((concept, name)),)
    ]


def _state(source: str, target: str | None, record: Record | None) -> State:
    if target is None or target == TODO:
        return "missing"
    if record is None or fingerprint(target) != record.target:
        return "draft"  # written or changed, and not yet noted down
    if fingerprint(source) != record.source:
        return "stale"
    return "reviewed" if record.how == "reviewed" else "translated"


def noted(concept: str, source: Entry, target: Entry, ledger: Ledger) -> dict[Key, Record]:
    """The records to add: of fields whose translation is new or has changed, and of those reviewed since."""
    texts = fields_of(target)
    review = (target.reviewed.by, target.reviewed.date.isoformat()) if target.reviewed else ("", "")
    found: dict[Key, Record] = {}
    for name, text in fields_of(source).items():
        if texts.get(name, TODO) == TODO or target.draft:
            continue
        before = ledger.get((concept, name))
        is_new_review = review[1] != "" and (before is None or (before.by, before.day) != review)
        if before is None or before.target != fingerprint(texts[name]):
            how: How = "reviewed" if is_new_review else "translated"
        elif is_new_review and before.day <= review[1]:
            how = "reviewed"
        else:
            continue
        found[concept, name] = Record(fingerprint(text), fingerprint(texts[name]), how, *review)
    return found


def accepted(
    concept: str, source: Entry, target: Entry, fields: Iterable[str], by: str, day: datetime.date
) -> dict[Key, Record]:
    """The records that say of these fields: the source changed, somebody looked, the translation is still right."""
    sources, texts = fields_of(source), fields_of(target)
    return {
        (concept, name): Record(fingerprint(sources[name]), fingerprint(texts[name]), "accepted", by, day.isoformat())
        for name in fields
    }


def read_ledger(text: str, path: str) -> dict[Key, Record]:
    """The records of a status file. Raises BadLedger for a line that is none, such as what a merge left behind."""
    found: dict[Key, Record] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadLedger(
                f"{path}:{number}:1: expected concept, field, two fingerprints, how, who and day between tabs, "
                f"not {line[:60]!r}; keep either side of a merge, or delete the line"
            )
        concept, name, source, target, how, by, day = match.groups()
        found[concept, name] = Record(source, target, how, *("" if part == _NOBODY else part for part in (by, day)))  # type: ignore[arg-type]
    return found


def write_ledger(ledger: Ledger) -> str:
    """The status file of these records: one line each, sorted."""
    lines = ("\t".join((*key, *(part or _NOBODY for part in record))) for key, record in sorted(ledger.items()))
    return "\n".join((HEADER, *lines)) + "\n"
