"""What the checks look at: the files that could be read, with places for what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from deficiency_glossary.checks.outlines import Outline
from deficiency_glossary.checks.rule import Spot
from deficiency_glossary.findings import Severity
from deficiency_glossary.library.places import place_of
from deficiency_glossary.library.rules import is_locale_id
from deficiency_glossary.library.status import BadLedger, Ledger
from deficiency_glossary.library.store import Library, Loaded
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Checks, Concept, Entry, Record
from deficiency_glossary.text.terms import Matcher, TermForm
from deficiency_glossary.text.traces import is_as_read, standing_in

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

R = TypeVar("R", bound=Record)
Where = tuple[str | int, ...]

# Invisible characters and katakana of half width; one search for all is cheaper than one for each.
_RARE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u3164\uff66-\uff9f\uffa0]"
)
_KEPT = 2_000  # so many entries are kept in memory; more are read again when they are looked at


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
    """The characters of a file: all of its text, comments too."""

    path: str
    text: str
    has_rare: bool  # characters that look like others or like nothing

    @classmethod
    def of(cls, file: Loaded[Any]) -> Writing:
        """Those of a file."""
        return cls(file.path, file.text, not file.text.isascii() and _RARE.search(file.text) is not None)

    def spot(self, index: int, message: str, hint: str) -> Spot:
        """A spot at a character of the file."""
        line, column = self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)
        return Spot(self.path, line, column, message, hint)


class Context:
    """A glossary as the checks see it. Files that cannot be used are left out here: their own findings tell.

    Entries are read one by one and forgotten, if there are many; what others must know of them is in the outlines.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.outlines: dict[str, dict[str, Outline]] = {}
        self.lost_letters: dict[str, Mapping[str, str]] = {}  # locale -> a word without its letters -> with them
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._matchers: dict[str, Matcher] = {}
        self._preferred: dict[str, dict[str, str]] = {}
        self._like: dict[tuple[str, str], list[str]] = {}
        self._ledgers: dict[str, Ledger] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (self.library.root, self.outlines, self.lost_letters)  # what another process cannot read

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

    def concept(self, name: str) -> Read[Concept] | None:
        """One concept, if its file can be used."""
        return next(_usable(iter([(name, self.library.concept_file(name))])), (name, None))[1]

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

    # --- entries -----------------------------------------------------------------------------------------------------

    @cached_property
    def count(self) -> int:
        """How many entries there are, in published locales."""
        return sum(len(self.library.concepts_in(locale)) for locale in self.locale_ids)

    def file(self, concept: str, locale: str) -> Loaded[Entry]:
        """An entry's file, as far as it can be read."""
        read = self.library.glance if self.count > _KEPT else self.library.entry_file
        return read(concept, locale)

    def entry(self, concept: str, locale: str) -> Read[Entry] | None:
        """An entry that can be used; no draft."""
        file = self.file(concept, locale)
        return Read(file, file.record) if file.record is not None and not file.record.draft else None

    def take_in(
        self, name: str, concept: Concept | None, outlines: Iterable[Outline | None]
    ) -> tuple[Outline | None, ...]:
        """Take in what others must know of a concept and of its entries, in the order of the locales.

        Many have parts of the same names: they share them.
        """
        if concept is not None:
            self.library.recall_concept(name, concept)
        shared: list[Outline | None] = []
        for locale, outline in zip(self.locale_ids, outlines, strict=True):
            shared.append(outline)
            if outline is not None:
                parts = self._same.setdefault(outline.parts, outline.parts)
                shared[-1] = self.outlines.setdefault(locale, {})[name] = outline._replace(parts=parts)
        return tuple(shared)

    def entries(self, locale: str) -> Mapping[str, Outline]:
        """The usable entries of a locale, by concept; no drafts."""
        return self.outlines.get(locale, {})

    def files(self) -> Iterator[Loaded[Any]]:
        """The files that belong to no concept, read as far as they can be."""
        yield self.library.settings_file
        yield from map(self.library.locale_file, self.locale_ids)

    # --- terms -------------------------------------------------------------------------------------------------------

    def matcher(self, locale: str) -> Matcher:
        """Finds the terms of a locale, whatever their status."""
        if locale not in self._matchers:
            self._matchers[locale] = Matcher(self._forms(locale), self.tag(locale))
        return self._matchers[locale]

    def narrow(self, names: Iterable[str]) -> None:
        """Have matchers only of terms that the entries of these concepts may mention: no others are looked at."""
        wanted = list(names)
        for locale in self.locale_ids:
            files = [self.file(name, locale) for name in wanted if name in self.entries(locale)]
            if files and all(not file.findings and is_as_read(file.text) for file in files):
                text = "\n".join(file.text for file in files)
                terms = standing_in(text, self._forms(locale), self.tag(locale).split("-")[0].lower())
                self._matchers[locale] = Matcher(terms, self.tag(locale))

    def _forms(self, locale: str) -> Iterable[TermForm]:
        outlines = self.entries(locale)
        return (term for concept in sorted(outlines) for term in outlines[concept].terms)

    def preferred(self, locale: str) -> Mapping[str, str]:
        """Concept -> its preferred term."""
        if locale not in self._preferred:
            found = ((concept, outline.preferred) for concept, outline in self.entries(locale).items())
            self._preferred[locale] = {concept: term for concept, term in found if term is not None}
        return self._preferred[locale]

    def like(self, name: str, locale: str) -> list[str]:
        """The concepts with an entry in a locale whose ids are most like a name; asked once, for it takes long."""
        if (name, locale) not in self._like:
            self._like[name, locale] = get_close_matches(name, sorted(self.library.concepts_in(locale)), n=2)
        return self._like[name, locale]

    def ledger(self, locale: str) -> Ledger:
        """Which source each translation belongs to; nothing if the file cannot be read."""
        if locale not in self._ledgers:
            try:
                self._ledgers[locale] = self.library.ledger(locale)
            except (BadLedger, OSError, ValueError):
                self._ledgers[locale] = {}
        return self._ledgers[locale]


def _remade(
    root: Traversable, outlines: dict[str, dict[str, Outline]], lost_letters: dict[str, Mapping[str, str]]
) -> Context:
    context = Context(Library(root))
    context.outlines, context.lost_letters = outlines, lost_letters
    return context


def _usable(files: Iterator[tuple[str, Loaded[R]]]) -> Iterator[tuple[str, Read[R]]]:
    for name, file in files:
        if file.record is not None:
            yield name, Read(file, file.record)
