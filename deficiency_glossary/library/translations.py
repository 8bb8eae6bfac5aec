"""The translations of a whole locale: each entry beside its source, each field with its state."""

from __future__ import annotations

from collections.abc import Iterator

from deficiency_glossary.library.status import Field, Ledger, states
from deficiency_glossary.library.store import Library
from deficiency_glossary.model import Entry


def pairs(library: Library, locale: str) -> Iterator[tuple[str, Entry, Entry | None]]:
    """(concept, source, translation or None) of every concept that has a source. Raises InvalidContent."""
    source = library.settings.source_locale
    translated = library.concepts_in(locale)
    for concept in sorted(library.concepts_in(source)):
        target = library.entry_file(concept, locale).require() if concept in translated else None
        yield concept, library.entry_file(concept, source).require(), target


def fields(library: Library, locale: str) -> Iterator[Field]:
    """Every field of a locale with its state. Raises InvalidContent, BadLedger, UnknownLocale."""
    ledger = library.ledger(locale)
    for concept, source, target in pairs(library, locale):
        yield from states(concept, source, target, ledger)


def stale_fields(library: Library, concept: str, locale: str, ledger: Ledger | None = None) -> tuple[str, ...]:
    """The fields of one entry whose source changed since they were translated; `ledger` spares reading it again."""
    source = library.settings.source_locale
    if ledger is None:
        ledger = library.ledger(locale) if locale != source else {}
    if not ledger or concept not in library.concepts_in(source):
        return ()
    told = states(
        concept, library.entry_file(concept, source).require(), library.entry_file(concept, locale).require(), ledger
    )
    return tuple(one.field for one in told if one.state == "stale")
