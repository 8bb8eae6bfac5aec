"""The whole glossary as one JSON document, with a schema: for programs that speak no Python."""

# No `from __future__ import annotations` here: msgspec would compile every annotation anew when a class is first used.

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from deficiency_glossary.exchange.whole import Whole
from deficiency_glossary.library.figures import compute
from deficiency_glossary.library.store import Library
from deficiency_glossary.model import (
    CurrencyCode,
    Entry,
    ExampleFigures,
    FigureKind,
    FigureName,
    Formula,
    Id,
    Record,
    Reference,
    Source,
)

Relation = Literal["contrast", "broader", "narrower", "follows", "precedes", "related"]


class ExportedLocale(Record, frozen=True, kw_only=True):
    """A language of the glossary."""

    tag: Annotated[str, Meta(description="BCP 47: nb for the locale `no`.")]
    name: Annotated[str, Meta(description="What the language calls itself.")]
    title: Annotated[str, Meta(description="The title of the glossary.")]
    description: str
    direction: Literal["ltr", "rtl"]
    subject_fields: Annotated[dict[Id, str], Meta(description="What each subject field is called.")]


class ExportedExample(Record, frozen=True, kw_only=True):
    """The numbers of a worked example. Numbers are decimal text, so that no digit is lost."""

    currency: CurrencyCode
    figures: Annotated[dict[FigureName, Decimal], Meta(description="The numbers given.")]
    results: Annotated[dict[FigureName, Formula], Meta(description="How the others follow from them.")]
    kinds: dict[FigureName, FigureKind]
    values: Annotated[dict[FigureName, Decimal], Meta(description="All numbers, results included.")]


class ExportedConcept(Record, frozen=True, kw_only=True):
    """A concept with its entries."""

    subject_fields: tuple[Id, ...]
    jurisdiction: tuple[str, ...]
    relations: Annotated[dict[Relation, tuple[Id, ...]], Meta(description="Both directions of each relation.")]
    aliases: tuple[str, ...]
    sources: tuple[Source, ...]
    examples: dict[Id, ExportedExample]
    entries: Annotated[dict[str, Entry], Meta(description="By locale. Texts are Markdown with placeholders.")]


class ExportedGlossary(Record, frozen=True, kw_only=True):
    """A whole glossary, as `deficiency-glossary export json` writes it."""

    version: Annotated[Literal[1], Meta(description="Of this format. It changes when a reader would have to.")]
    base_url: str
    source_locale: str
    licence: Reference
    credit: Reference | None
    locales: Annotated[dict[str, ExportedLocale], Meta(description="By id, in the order in which they are shown.")]
    concepts: dict[Id, ExportedConcept]


def write(library: Library, locales: Sequence[str] = ()) -> bytes:
    """The glossary as JSON. Raises InvalidContent, UnknownLocale."""
    whole = Whole(library, locales)
    settings = whole.settings
    document = ExportedGlossary(
        version=1,
        base_url=settings.base_url,
        source_locale=settings.source_locale,
        licence=settings.licence,
        credit=settings.credit,
        locales={
            name: ExportedLocale(
                tag=locale.tag,
                name=locale.name,
                title=locale.title,
                description=locale.description,
                direction=locale.direction,
                subject_fields=locale.subject_fields,
            )
            for name, locale in whole.locales.items()
        },
        concepts={
            item.id: ExportedConcept(
                subject_fields=item.record.subject_fields,
                jurisdiction=item.record.jurisdiction,
                relations=whole.relations.get(item.id, {}),  # type: ignore[arg-type]  # the names are those of Relation
                aliases=item.record.aliases,
                sources=item.record.sources,
                examples={name: _example(example) for name, example in item.record.examples.items()},
                entries=item.entries,
            )
            for item in whole.items
        },
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _example(example: ExampleFigures) -> ExportedExample:
    return ExportedExample(
        currency=example.currency,
        figures=example.figures,
        results=example.results,
        kinds=example.kinds,
        values=compute(example),
    )


def schema() -> dict[str, Any]:
    """The JSON Schema (draft-07) of the document."""
    (top,), definitions = msgspec.json.schema_components([ExportedGlossary], ref_template="#/definitions/{name}")
    return {"$schema": "http://json-schema.org/draft-07/schema#", **top, "definitions": definitions}
