"""An entry as its reader gets it: in one locale, amounts formatted, links resolved. What the public API hands out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from deficiency_glossary.errors import UnknownFigure
from deficiency_glossary.library.figures import compute
from deficiency_glossary.library.store import Library
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import (
    Concept,
    Entry,
    Equivalence,
    ExampleFigures,
    ExampleText,
    Method,
    Review,
    Source,
    Term,
)

# What turns an entry into text is loaded when the first text is asked for: looking an entry up stays quick.

UrlFor = Callable[[str, str], str | None]
"""(concept, section or '') -> the address of the page in the same locale, or None if there is none."""

V = TypeVar("V")


def sibling_url(concept: str, section: str) -> str:
    """The address of another concept beside this one, as the built site has it."""
    return f"../{concept}/#{section}" if section else f"../{concept}/"


def sibling_file(concept: str, section: str) -> str:
    """The Markdown file of another concept in the same folder."""
    return f"{concept}.md#{section}" if section else f"{concept}.md"


class Text(Struct, frozen=True):
    """A passage in one language, in three forms."""

    source: str
    locale: str
    values: Mapping[str, str] = field(default_factory=dict)
    url_for: UrlFor = sibling_url
    term: Term | None = None

    def markdown(self) -> str:
        """Markdown with amounts and terms in place of placeholders and addresses in place of concept ids."""
        from deficiency_glossary.render import wording

        return wording.markdown(self)

    def html(self) -> str:
        """HTML blocks: sanitized, no raw HTML of the content in it."""
        from deficiency_glossary.render import wording

        return wording.html(self)

    def text(self) -> str:
        """Plain text; paragraphs stand a blank line apart."""
        from deficiency_glossary.render import wording

        return wording.plain(self)

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"Text(source={self.source!r}, locale={self.locale!r})"


class Section(Struct, frozen=True):
    """A part of an entry."""

    heading: str
    body: Text


class Row(Struct, frozen=True):
    """A line of an example's table: what it is, how much in the locale's format, and whether it was computed."""

    name: str
    label: str
    amount: str
    is_result: bool


class Example(Struct, frozen=True):
    """A worked example in one language. `figures` holds given and computed numbers, by name."""

    title: str
    locale: str
    data: ExampleFigures
    told: ExampleText
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    url_for: UrlFor = sibling_url
    term: Term | None = None

    def __repr__(self) -> str:
        return f"Example(title={self.title!r}, locale={self.locale!r}, figures={self.figures!r})"

    @property
    def currency(self) -> str:
        """The ISO 4217 code of its amounts."""
        return self.data.currency

    @property
    def text(self) -> Text:
        """The story, with amounts as the language writes them in prose."""
        from deficiency_glossary.render import wording

        return Text(self.told.text, self.locale, wording.amounts(self, "prose"), self.url_for, self.term)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The figures that the entry labels, in the order of its labels, with amounts as tables show them."""
        from deficiency_glossary.render import wording

        shown = wording.amounts(self, "symbol", self.told.labels)
        return tuple(
            Row(name, label, shown[name], name in self.data.results)
            for name, label in self.told.labels.items()
            if name in shown
        )

    def with_figures(self, **changed: Decimal | int | str) -> Example:
        """The same example with other numbers; results are computed anew.

        Raises UnknownFigure, InvalidAmount, TypeError for a float, FormulaError (division by zero).
        """
        from deficiency_glossary.text import formats

        for name in changed:
            if name not in self.data.figures:
                raise UnknownFigure(name, self.data.figures)
        given = {name: formats.to_decimal(amount) for name, amount in changed.items()}
        data = replace_figures(self.data, given)
        return replace(self, data=data, figures=MappingProxyType(compute(data)))

    def in_currency(self, currency: str) -> Example:
        """The same numbers in another currency: nothing is converted. Raises UnknownCurrency."""
        from deficiency_glossary.text import formats

        formats.format_currency("0", currency, self.locale)
        return replace(self, data=_with_currency(self.data, currency))


class LocalizedEntry(Struct, frozen=True):
    """One concept in one language. `locale` is the one given, `requested_locale` the one asked for."""

    concept: str
    locale: str
    requested_locale: str
    title: str
    description: str
    terms: tuple[Term, ...]
    definition: Text
    sections: Mapping[str, Section]
    notes: Mapping[str, Text]
    highlights: Mapping[str, Text]
    examples: Mapping[str, Example]
    equivalence: Equivalence
    equivalence_note: str | None
    subject_fields: tuple[str, ...]
    jurisdiction: tuple[str, ...]
    sources: tuple[Source, ...]
    method: Method
    reviewed: Review | None
    modified: datetime.date | None
    _find_stale: Callable[[], tuple[str, ...]] = tuple

    @property
    def term(self) -> Term:
        """The preferred term."""
        return next(term for term in self.terms if term.status == "preferred")

    @property
    def stale(self) -> tuple[str, ...]:
        """The fields whose source changed since they were translated: `sections/how-it-works/body`.

        Looked up when asked for, in status/<locale>.tsv; empty where that says nothing. Raises BadLedger.
        """
        return self._find_stale()

    @property
    def is_stale(self) -> bool:
        """Whether a field is stale."""
        return bool(self.stale)

    @property
    def is_fallback(self) -> bool:
        """Whether another locale's entry stands in for a missing one."""
        return self.locale != self.requested_locale


def entry_view(
    library: Library, name: str, requested: str, *, fallback: bool = False, url_for: UrlFor = sibling_url
) -> LocalizedEntry:
    """The entry of a concept, named by id or alias, in the locale that serves the requested tag.

    Raises UnknownConcept, UnknownLocale, MissingEntry, InvalidContent.
    """
    locale_id, _ = library.locale(requested)
    concept_id, concept = library.concept(name)
    given, entry = library.entry(concept_id, locale_id, fallback=fallback)
    view = localize(concept_id, concept, entry, given, locale_id, library.locale_file(given).require(), url_for)
    return replace(view, _find_stale=lambda: _stale(library, concept_id, given))


def _stale(library: Library, concept: str, locale: str) -> tuple[str, ...]:
    from deficiency_glossary.library.translations import stale_fields

    return stale_fields(library, concept, locale)


def localize(
    concept_id: str, concept: Concept, entry: Entry, given: str, requested: str, locale: Locale, url_for: UrlFor
) -> LocalizedEntry:
    """Join what is the same in every language with what one language says."""
    tag = locale.tag
    term = entry.preferred

    def text(source: str) -> Text:
        return Text(source, tag, {}, url_for, term)

    return LocalizedEntry(
        concept=concept_id,
        locale=given,
        requested_locale=requested,
        title=entry.title,
        description=entry.description,
        terms=entry.terms,
        definition=text(entry.definition),
        sections=_frozen({key: Section(part.heading, text(part.body)) for key, part in entry.sections.items()}),
        notes=_frozen({key: text(note) for key, note in entry.notes.items()}),
        highlights=_frozen({key: text(point) for key, point in entry.highlights.items()}),
        examples=_frozen(
            {
                key: _example(concept.examples[key], told, tag, url_for, term)
                for key, told in entry.examples.items()
                if key in concept.examples
            }
        ),
        equivalence=entry.equivalence,
        equivalence_note=entry.equivalence_note,
        subject_fields=concept.subject_fields,
        jurisdiction=concept.jurisdiction,
        sources=concept.sources,
        method=entry.method,
        reviewed=entry.reviewed,
        modified=entry.modified,
    )


def _example(data: ExampleFigures, told: ExampleText, tag: str, url_for: UrlFor, term: Term) -> Example:
    return Example(told.title, tag, data, told, MappingProxyType(compute(data)), url_for, term)


def replace_figures(data: ExampleFigures, changed: Mapping[str, Decimal]) -> ExampleFigures:
    """The same example with other numbers."""
    return ExampleFigures(
        currency=data.currency, figures={**data.figures, **changed}, results=data.results, kinds=data.kinds
    )


def _with_currency(data: ExampleFigures, currency: str) -> ExampleFigures:
    return ExampleFigures(currency=currency, figures=data.figures, results=data.results, kinds=data.kinds)


def _frozen(values: dict[str, V]) -> Mapping[str, V]:
    return MappingProxyType(values)
