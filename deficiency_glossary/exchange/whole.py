"""A glossary as a whole, for the formats that hold all of it: concepts with their entries, and texts without codes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from deficiency_glossary.errors import InvalidContent
from deficiency_glossary.library import graph
from deficiency_glossary.library.figures import compute
from deficiency_glossary.library.store import Library
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Concept, Entry, ExampleFigures, Settings
from deficiency_glossary.text import collation, formats, grammar, markup


class Item(NamedTuple):
    """A concept with its entries by locale."""

    id: str
    record: Concept
    entries: dict[str, Entry]


class Whole:
    """Everything that an export of terminology may want. Raises InvalidContent if a file has an error."""

    def __init__(self, library: Library, locales: Sequence[str] = ()) -> None:
        self.library = library
        self.settings: Settings = library.settings
        names = [library.locale(name)[0] for name in locales] or list(library.locales)
        # The source text comes along: it is what the other languages are explained by.
        wanted = dict.fromkeys([self.settings.source_locale, *names])
        self.locales: dict[str, Locale] = {name: library.locale_file(name).require() for name in wanted}
        files = [library.concept_file(name) for name in library.concepts]
        files_of_entries = [
            library.entry_file(name, locale)
            for name in library.concepts
            for locale in self.locales
            if name in library.concepts_in(locale)
        ]
        found = [*(file.findings for file in files), *(file.findings for file in files_of_entries)]
        wrong = [one for findings in found for one in findings if one.severity == "error"]
        if wrong:
            raise InvalidContent(wrong)

    @cached_property
    def items(self) -> list[Item]:
        """All concepts, by id, without entries that are drafts."""
        library = self.library
        return [
            Item(
                name,
                library.concept_file(name).require(),
                {
                    locale: entry
                    for locale in self.locales
                    if name in library.concepts_in(locale)
                    and not (entry := library.entry_file(name, locale).require()).draft
                },
            )
            for name in library.concepts
        ]

    @cached_property
    def relations(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Concept -> relation -> concepts, inverses included."""
        return graph.build({item.id: item.record.relations for item in self.items})

    def tag(self, locale: str) -> str:
        """The BCP 47 tag of a locale."""
        return self.locales[locale].tag

    def text(self, entry: Entry, locale: str, markdown: str, example: ExampleFigures | None = None) -> str:
        """A Markdown text of an entry with links and placeholders settled: links to concepts are plain words."""
        tag, term = self.tag(locale), entry.preferred
        values = dict(term.placeholders)
        initial = {name: collation.capitalize(value, tag) for name, value in values.items()}
        if example is not None:
            values |= figures_as_text(example, tag)
        known = grammar.Traits(term.possessive, term.soft_stem, term.part_of_speech == "proper-noun")
        traits = dict.fromkeys((*term.placeholders.values(), *initial.values()), known)
        filled = markup.fill(markup.resolve_links(markdown, lambda *_: None), values, initial)
        return grammar.resolve(filled, tag, traits).strip()


def figures_as_text(example: ExampleFigures, tag: str) -> dict[str, str]:
    """The numbers of an example as the language writes them in prose."""
    shown: dict[str, str] = {}
    for name, value in compute(example).items():
        kind = example.kinds.get(name, "currency")
        if kind == "percent":
            shown[name] = formats.format_percent(value, tag)
        elif kind == "number":
            shown[name] = formats.format_number(value, tag)
        else:
            shown[name] = formats.format_currency(value, example.currency, tag, display="prose", digits="auto")
    return shown
