"""What the rest of a glossary must know of an entry, so that entries can be checked one by one, in any process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deficiency_glossary.model import Entry
from deficiency_glossary.text import markup
from deficiency_glossary.text.terms import TermForm


class Outline(NamedTuple):
    """An entry as others see it: its terms, the parts that a link may name, and the concepts that it links to."""

    terms: tuple[TermForm, ...]
    parts: tuple[str, ...]
    targets: tuple[str, ...]

    @property
    def preferred(self) -> str | None:
        """The preferred term; the last one of several."""
        return next((term.text for term in reversed(self.terms) if term.status == "preferred"), None)


def outline_of(concept: str, entry: Entry, *, with_targets: bool) -> Outline:
    """The outline of an entry; the targets of its links only where they are wanted."""
    terms = tuple(TermForm(concept, term.text, term.status, term.shapes, term.soft_stem) for term in entry.terms)
    parts = (
        *entry.sections,
        "highlights",
        "examples",
        "notes",
        "sources",
        *(f"example-{name}" for name in entry.examples),
    )
    return Outline(terms, parts, tuple(dict.fromkeys(_targets(entry))) if with_targets else ())


def _targets(entry: Entry) -> Iterator[str]:
    texts = [entry.definition, *entry.notes.values(), *entry.highlights.values()]
    texts += [section.body for section in entry.sections.values()]
    texts += [example.text for example in entry.examples.values()]
    for text in texts:
        yield from (link.concept for link in markup.links(text) if link.is_internal)
