"""What the checks look at: the files that could be read, with places for what is found in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from deficiency_glossary.findings import Finding, Severity
from deficiency_glossary.library.rules import is_locale_id
from deficiency_glossary.library.store import Library, Loaded
from deficiency_glossary.library.yaml12 import Node, place_of
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Concept, Entry, Record

R = TypeVar("R", bound=Record)


class Read(NamedTuple, Generic[R]):
    """A file with a usable record."""

    file: Loaded[R]
    record: R
    root: Node

    def finding(
        self,
        where: tuple[str | int, ...],
        code: str,
        message: str,
        hint: str = "",
        *,
        offset: int | None = None,
        severity: Severity = "error",
    ) -> Finding:
        """A finding at a field, or at a character of the field's text."""
        node = self.root.at(*where)
        line, column = (node.line, node.column) if offset is None else place_of(self.file.text, node, offset)
        return Finding(
            path=self.file.path, line=line, column=column, code=code, severity=severity, message=message, hint=hint
        )

    def at_key(
        self, where: tuple[str | int, ...], code: str, message: str, hint: str = "", *, severity: Severity = "error"
    ) -> Finding:
        """A finding at the key of a field instead of its value."""
        parent = self.root.at(*where[:-1])
        node = (parent.keys or {}).get(str(where[-1]), parent)
        return Finding(
            path=self.file.path,
            line=node.line,
            column=node.column,
            code=code,
            severity=severity,
            message=message,
            hint=hint,
        )


class Prose(NamedTuple):
    """A Markdown text of an entry and where it stands."""

    entry: Read[Entry]
    locale: str
    where: tuple[str | int, ...]
    text: str

    def finding(self, code: str, message: str, hint: str, offset: int, severity: Severity = "error") -> Finding:
        """A finding at a character of the text."""
        return self.entry.finding(self.where, code, message, hint, offset=offset, severity=severity)


class Context:
    """A glossary as the checks see it. Files that cannot be used are left out here: their own findings tell."""

    def __init__(self, library: Library) -> None:
        self.library = library

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

    def entries(self, locale: str) -> dict[str, Read[Entry]]:
        """The entries of a locale, by concept; no drafts."""
        names = sorted(self.library.concepts_in(locale))
        found = _usable((name, self.library.entry_file(name, locale)) for name in names)
        return {name: read for name, read in found if not read.record.draft}

    def all_entries(self) -> Iterator[tuple[str, str, Read[Entry]]]:
        """(locale, concept, entry) of all published locales."""
        for locale in self.locale_ids:
            for concept, entry in self.entries(locale).items():
                yield locale, concept, entry

    def prose(self) -> Iterator[Prose]:
        """Every Markdown text of every entry."""
        for locale, _, entry in self.all_entries():
            yield from prose_of(entry, locale)


def prose_of(entry: Read[Entry], locale: str) -> Iterator[Prose]:
    """Every Markdown text of an entry."""
    record = entry.record
    yield Prose(entry, locale, ("definition",), record.definition)
    for name, section in record.sections.items():
        yield Prose(entry, locale, ("sections", name, "body"), section.body)
    for name, text in record.notes.items():
        yield Prose(entry, locale, ("notes", name), text)
    for name, text in record.highlights.items():
        yield Prose(entry, locale, ("highlights", name), text)
    for name, example in record.examples.items():
        yield Prose(entry, locale, ("examples", name, "text"), example.text)


def _usable(files: Iterator[tuple[str, Loaded[R]]]) -> Iterator[tuple[str, Read[R]]]:
    for name, file in files:
        if file.record is not None and file.root is not None:
            yield name, Read(file, file.record, file.root)
