"""The terms of a library as `text.terms` and `text.search` want them."""

from __future__ import annotations

from collections.abc import Iterator

from deficiency_glossary.library.store import Library
from deficiency_glossary.model import Entry
from deficiency_glossary.text.search import Index, Searchable
from deficiency_glossary.text.terms import Matcher, TermForm


def matcher_of(library: Library, locale: str) -> Matcher:
    """A matcher of all terms of a locale, whatever their status. Reads every entry; raises InvalidContent."""
    return Matcher(_forms(library, locale), library.locale_file(locale).require().tag)


def index_of(library: Library, locale: str) -> Index:
    """A search index of a locale. Reads every entry; raises InvalidContent."""
    return Index(_searchable(library, locale))


def _entries(library: Library, locale: str) -> Iterator[tuple[str, Entry]]:
    for concept in sorted(library.concepts_in(locale)):
        entry = library.glance(concept, locale).require()
        if not entry.draft:
            yield concept, entry


def _forms(library: Library, locale: str) -> Iterator[TermForm]:
    for concept, entry in _entries(library, locale):
        for term in entry.terms:
            yield TermForm(concept, term.text, term.status, term.shapes, term.soft_stem)


def _searchable(library: Library, locale: str) -> Iterator[Searchable]:
    for concept, entry in _entries(library, locale):
        terms = [(term.text, term.reading, term.status) for term in entry.terms]
        yield Searchable(concept, terms, " ".join([entry.title, entry.description, entry.definition]))
