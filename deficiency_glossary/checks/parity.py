"""Does a translation have the parts of its source? Sections, notes, highlights, examples, links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from deficiency_glossary.checks.context import Context, Read, prose_of
from deficiency_glossary.findings import Finding
from deficiency_glossary.model import Entry
from deficiency_glossary.text import markup

_PARTS: tuple[Literal["sections", "notes", "highlights", "examples"], ...] = (
    "sections",
    "notes",
    "highlights",
    "examples",
)


def _pairs(context: Context) -> Iterator[tuple[str, Read[Entry], Read[Entry]]]:
    """(locale, translation, source) of every entry that is a translation."""
    source = context.entries(context.source_locale) if context.source_locale else {}
    for locale, concept, entry in context.all_entries():
        if locale != context.source_locale and concept in source:
            yield locale, entry, source[concept]


def parts(context: Context) -> Iterator[Finding]:
    """Parts that the source has and the translation lacks, or the other way round; examples without figures."""
    for _, entry, source in _pairs(context):
        for part in _PARTS:
            own, wanted = getattr(entry.record, part), getattr(source.record, part)
            for name in wanted.keys() - own.keys():
                yield entry.at_key((part,), "missing-part", f"{part}.{name} is not translated", f"add `{name}:`")
            for name in own.keys() - wanted.keys():
                yield entry.at_key(
                    (part, name), "extra-part", f"{part}.{name} has no counterpart in the source", "delete or rename it"
                )
    for _, concept, entry in context.all_entries():
        if concept not in context.concepts:
            continue
        for name in sorted(entry.record.examples.keys() - context.concepts[concept].record.examples.keys()):
            yield entry.at_key(
                ("examples", name),
                "example-without-figures",
                f"the concept has no example {name!r}",
                f"add it to content/concepts/{concept}.yaml",
            )


def link_targets(context: Context) -> Iterator[Finding]:
    """Links that the source text has and the translation of the same field lacks."""
    for locale, entry, source in _pairs(context):
        wanted = {prose.where: _targets(prose.text) for prose in prose_of(source, context.source_locale)}
        for prose in prose_of(entry, locale):
            for target in sorted(context.concept_ids & wanted.get(prose.where, set()) - _targets(prose.text)):
                yield prose.finding(
                    "missing-link",
                    f"the source links to {target!r} here",
                    f"link the term: [text]({target})",
                    0,
                    "warning",
                )


def _targets(text: str) -> set[str]:
    return {link.concept for link in markup.links(text) if link.is_internal}
