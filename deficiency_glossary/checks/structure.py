"""Do the files make a whole? Names, relations, aliases, coverage, interface messages."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import get_args, get_type_hints

import msgspec

from deficiency_glossary.checks.context import Context
from deficiency_glossary.errors import UnknownCurrency, UnknownLocale, did_you_mean
from deficiency_glossary.findings import Finding
from deficiency_glossary.library import graph
from deficiency_glossary.library.store import SETTINGS, entry_path
from deficiency_glossary.locales import Messages
from deficiency_glossary.text import currencies, formats, markup


def files(context: Context) -> Iterator[Finding]:
    """What each file says of itself when it is read."""
    library = context.library
    yield from library.settings_file.findings
    for locale in context.locale_ids:
        yield from library.locale_file(locale).findings
        for concept in sorted(library.concepts_in(locale)):
            yield from library.entry_file(concept, locale).findings
    for concept in library.concepts:
        yield from library.concept_file(concept).findings


def names(context: Context) -> Iterator[Finding]:
    """File names that are no ids, and folders of locales that glossary.yaml does not publish."""
    yield from context.library.stray_files()
    for folder in context.library.locale_folders():
        if context.locale_ids and folder not in context.locale_ids:
            yield Finding(
                path=f"content/{folder}",
                code="unpublished-locale",
                severity="warning",
                message=f"the locale {folder!r} is not published",
                hint=f"add it to `locales` in {SETTINGS}",
            )


def coverage(context: Context) -> Iterator[Finding]:
    """An entry without its concept, and a concept without an entry in some locale."""
    concepts = context.concept_ids
    for locale in context.locale_ids:
        present = context.library.concepts_in(locale)
        for concept in sorted(present - concepts):
            yield Finding(
                path=entry_path(concept, locale),
                code="no-concept",
                message=f"there is no concept {concept!r}{did_you_mean(get_close_matches(concept, concepts, n=2))}",
                hint=f"add content/concepts/{concept}.yaml, or rename this file",
            )
        for concept in sorted(concepts - present):
            yield Finding(
                path=entry_path(concept, locale),
                code="missing-entry",
                severity="error" if locale == context.source_locale else "warning",
                message=f"the concept {concept!r} has no entry in {locale!r}",
                hint="write this file",
            )


def relations(context: Context) -> Iterator[Finding]:
    """Relations to concepts that are not there, to the concept itself, in rings, or said twice (SKOS S27, S46)."""
    concepts = context.concepts
    edges = [edge for name, read in concepts.items() for edge in graph.edges_of(name, read.record.relations)]
    known, stated = context.concept_ids, frozenset(edges)
    for edge in edges:
        targets = getattr(concepts[edge.source].record.relations, edge.relation)
        where = ("relations", edge.relation, targets.index(edge.target))
        read = concepts[edge.source]
        if targets.count(edge.target) > 1:
            again = ("relations", edge.relation, targets.index(edge.target, where[2] + 1))
            yield read.finding(
                again, "relation-twice", f"{edge.target!r} stands twice", "delete one", severity="warning"
            )
        if edge.target == edge.source:
            yield read.finding(where, "self-relation", f"{edge.source!r} stands in a relation to itself", "delete it")
        elif edge.target not in known:
            close = did_you_mean(get_close_matches(edge.target, known, n=2))
            yield read.finding(where, "unknown-concept", f"there is no concept {edge.target!r}{close}", "mend the id")
        elif edge.relation in {"broader", "follows"} or edge.source < edge.target:
            continue
        elif graph.Edge(edge.target, edge.relation, edge.source) in stated:
            yield read.finding(
                where,
                "relation-twice",
                f"{edge.target!r} says the same of {edge.source!r}",
                "a relation is written once; the other direction is derived",
                severity="warning",
            )
    for relation in ("broader", "follows"):
        for ring in graph.cycles(edges, relation):
            yield _ring(context, relation, ring)


def _ring(context: Context, relation: str, ring: tuple[str, ...]) -> Finding:
    read = context.concepts[ring[0]]
    targets = getattr(read.record.relations, relation)
    where = ("relations", relation, targets.index(ring[1 % len(ring)]))
    shown = " → ".join((*ring, ring[0]))
    return read.finding(where, "relation-cycle", f"{relation} goes round in a ring: {shown}", "cut it at one place")


def aliases(context: Context) -> Iterator[Finding]:
    """Old addresses that two concepts claim, or that are the id of a concept."""
    owner: dict[str, str] = {name.casefold(): name for name in context.library.concepts}
    for name, read in context.concepts.items():
        for index, alias in enumerate(read.record.aliases):
            other = owner.setdefault(alias.casefold(), name)
            if other != name or alias in read.record.aliases[:index] or alias == name:
                yield read.finding(
                    ("aliases", index), "alias-collision", f"the address {alias!r} belongs to {other!r}", "delete it"
                )


def subject_fields(context: Context) -> Iterator[Finding]:
    """Subject fields that a locale has no name for."""
    used = {name for read in context.concepts.values() for name in read.record.subject_fields}
    for read in context.locales.values():
        for name in sorted(used - read.record.subject_fields.keys()):
            yield read.at_key(
                ("subject_fields",),
                "unnamed-subject-field",
                f"the subject field {name!r} has no name",
                f"add `{name}:`",
            )


def known_to_cldr(context: Context) -> Iterator[Finding]:
    """Currencies and languages that no amount could be written in, and messages without their plural form."""
    for read in context.concepts.values():
        for name, example in read.record.examples.items():
            try:
                currencies.currency_code(example.currency)
            except UnknownCurrency as error:
                where = ("examples", name, "currency")
                yield read.finding(where, "unknown-currency", str(error), "write its ISO 4217 code, such as USD")
    for locale in context.locales.values():
        try:
            formats.format_number(1, locale.record.tag)
        except UnknownLocale as error:
            yield locale.finding(("tag",), "unknown-language", str(error), "write a tag that CLDR knows, such as nb")
        for name, message in msgspec.structs.asdict(locale.record.messages).items():
            if isinstance(message, dict) and "other" not in message:
                place = ("messages", name)
                yield locale.at_key(place, "missing-plural-form", "the form 'other' is missing", "add `other:`")


def messages(context: Context) -> Iterator[Finding]:
    """Interface messages that lack a placeholder, or hold one that nothing fills."""
    for read in context.locales.values():
        for name, message in msgspec.structs.asdict(read.record.messages).items():
            wanted = _message_names()[name]
            for form, text in message.items() if isinstance(message, dict) else ((None, message),):
                found = {placeholder.name for placeholder in markup.placeholders(text)}
                if found - wanted or (form in (None, "other") and wanted - found):
                    where = ("messages", name) if form is None else ("messages", name, form)
                    shown = ", ".join(f"{{{n}}}" for n in sorted(wanted)) or "no placeholder"
                    yield read.finding(
                        where, "message-placeholder", f"expected {shown} in {text!r}", "keep the placeholders"
                    )


@cache
def _message_names() -> dict[str, frozenset[str]]:
    """The placeholders of each message, from the model's descriptions: even the source locale may have them wrong."""
    found: dict[str, frozenset[str]] = {}
    for name, hint in get_type_hints(Messages, include_extras=True).items():
        described = " ".join(meta.description or "" for meta in get_args(hint) if isinstance(meta, msgspec.Meta))
        found[name] = frozenset(placeholder.name for placeholder in markup.placeholders(described))
    return found
