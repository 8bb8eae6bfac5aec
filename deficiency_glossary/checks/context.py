"""What the checks look at: the files that could be read, with places for what is found in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from deficiency_glossary.checks.rule import Spot
from deficiency_glossary.findings import Severity
from deficiency_glossary.library.places import place_of
from deficiency_glossary.library.rules import is_locale_id
from deficiency_glossary.library.status import BadLedger, Ledger
from deficiency_glossary.library.store import Library, Loaded
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Checks, Concept, Entry, Record
from deficiency_glossary.text.terms import Matcher, TermForm

R = TypeVar("R", bound=Record)
Where = tuple[str | int, ...]


class Read(NamedTuple, Generic[R]):
    """A file with a usable record."""

    file: Loaded[R]
    record: R

    def spot(
        self, where: Where, message: str, hint: str, offset: int | None = None, severity: Severity | None = None
    ) -> Spot:
        """A spot at a field, or at a character of the field's text."""
        node = self.file.node(*where)
        line, column = (node.line, node.column) if offset is None else place_of(self.file.text, node, offset)
        return Spot(self.file.path, line, column, message, hint, severity)

    def at_key(self, where: Where, message: str, hint: str, severity: Severity | None = None) -> Spot:
        """A spot at the key of a field instead of its value."""
        parent = self.file.node(*where[:-1])
        node = (parent.keys or {}).get(str(where[-1]), parent)
        return Spot(self.file.path, node.line, node.column, message, hint, severity)


class Writing(NamedTuple):
    """The characters of a file: all of its text, comments too, and which ones there are."""

    path: str
    text: str
    signs: frozenset[str]

    def spot(self, index: int, message: str, hint: str) -> Spot:
        """A spot at a character of the file."""
        line, column = self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)
        return Spot(self.path, line, column, message, hint)


class Context:
    """A glossary as the checks see it. Files that cannot be used are left out here: their own findings tell."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._entries: dict[str, dict[str, Read[Entry]]] = {}
        self._matchers: dict[str, Matcher] = {}
        self._preferred: dict[str, dict[str, str]] = {}
        self._ledgers: dict[str, Ledger] = {}

    @cached_property
    def locale_ids(self) -> tuple[str, ...]:
        """The published locales; none if glossary.yaml cannot be read."""
        settings = self.library.settings_file.record
        return tuple(dict.fromkeys(filter(is_locale_id, settings.locales))) if settings else ()

    @cached_property
    def source_locale(self) -> str:
        """The locale that the others are translated from."""
        settings = self.library.settings_file.record
        return settings.source_locale if settings else ""

    @cached_property
    def policy(self) -> Checks:
        """What glossary.yaml says about the checks."""
        settings = self.library.settings_file.record
        return settings.checks if settings else Checks()

    @cached_property
    def concepts(self) -> dict[str, Read[Concept]]:
        """All concepts."""
        return dict(_usable((name, self.library.concept_file(name)) for name in self.library.concepts))

    @cached_property
    def concept_ids(self) -> frozenset[str]:
        """The ids of all concepts, those with unusable files too."""
        return frozenset(self.library.concepts)

    @cached_property
    def locales(self) -> dict[str, Read[Locale]]:
        """All published locales."""
        return dict(_usable((name, self.library.locale_file(name)) for name in self.locale_ids))

    def tag(self, locale: str) -> str:
        """The BCP 47 tag of a locale; its id if the file cannot be read."""
        read = self.locales.get(locale)
        return read.record.tag if read else locale

    def entries(self, locale: str) -> Mapping[str, Read[Entry]]:
        """The entries of a locale, by concept; no drafts."""
        if locale not in self._entries:
            names = sorted(self.library.concepts_in(locale))
            found = _usable((name, self.library.entry_file(name, locale)) for name in names)
            self._entries[locale] = {name: read for name, read in found if not read.record.draft}
        return self._entries[locale]

    def all_entries(self) -> Iterator[tuple[str, str, Read[Entry]]]:
        """(locale, concept, entry) of all published locales."""
        for locale in self.locale_ids:
            for concept, entry in self.entries(locale).items():
                yield locale, concept, entry

    def files(self) -> Iterator[Loaded[Any]]:
        """Every file of the glossary, read as far as it can be."""
        library = self.library
        yield library.settings_file
        for locale in self.locale_ids:
            yield library.locale_file(locale)
            for concept in sorted(library.concepts_in(locale)):
                yield library.entry_file(concept, locale)
        for concept in library.concepts:
            yield library.concept_file(concept)

    # --- terms -------------------------------------------------------------------------------------------------------

    def matcher(self, locale: str) -> Matcher:
        """Finds the terms of a locale, whatever their status."""
        if locale not in self._matchers:
            self._matchers[locale] = Matcher(self._forms(locale), self.tag(locale))
        return self._matchers[locale]

    def _forms(self, locale: str) -> Iterable[TermForm]:
        for concept, entry in self.entries(locale).items():
            for term in entry.record.terms:
                yield TermForm(concept, term.text, term.status, term.shapes, term.soft_stem)

    def preferred(self, locale: str) -> Mapping[str, str]:
        """Concept -> its preferred term."""
        if locale not in self._preferred:
            self._preferred[locale] = {
                concept: term.text
                for concept, entry in self.entries(locale).items()
                for term in entry.record.terms
                if term.status == "preferred"
            }
        return self._preferred[locale]

    def ledger(self, locale: str) -> Ledger:
        """Which source each translation belongs to; nothing if the file cannot be read."""
        if locale not in self._ledgers:
            try:
                self._ledgers[locale] = self.library.ledger(locale)
            except (BadLedger, OSError, ValueError):
                self._ledgers[locale] = {}
        return self._ledgers[locale]


def _usable(files: Iterator[tuple[str, Loaded[R]]]) -> Iterator[tuple[str, Read[R]]]:
    for name, file in files:
        if file.record is not None:
            yield name, Read(file, file.record)
