"""What a glossary holds: frozen records, one per kind of file.

These definitions are the only ones: decoding, the types and the JSON Schema for editors come from them.
Words follow SKOS (concept, relations, notes) and ISO 30042 TBX (term, status).
"""

# No `from __future__ import annotations` here: msgspec would compile every annotation anew when a class is first used.

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NAME_PATTERN = r"^[a-z][a-z0-9_]*$"
ALIAS_PATTERN = r"^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$"
MAX_ID_LENGTH = 80

Id = Annotated[
    str, Meta(pattern=ID_PATTERN, max_length=MAX_ID_LENGTH, description="Small letters, digits and hyphens.")
]
FigureName = Annotated[
    str, Meta(pattern=NAME_PATTERN, max_length=40, description="Small letters, digits and underscores.")
]
# No line break, not even a last one, which `$` would let pass; the regular expressions of editors know no `\Z`.
LINE_PATTERN = r"^[^\n]+(?![\s\S])"
Line = Annotated[str, Meta(pattern=LINE_PATTERN, min_length=1, max_length=400, description="Plain text on one line.")]
Markdown = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=50_000,
        description="Markdown. A link with no scheme goes to a concept: [text](concept) or [text](concept#section).",
    ),
]
Url = Annotated[str, Meta(pattern=r"^https?://[^\s]+$", max_length=2000)]
CountryCode = Annotated[str, Meta(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", description="ISO 3166, such as US or US-CA.")]
CurrencyCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}$", description="ISO 4217, such as USD.")]
Formula = Annotated[str, Meta(min_length=1, max_length=200, description="+ - * / and parentheses over figure names.")]

TermStatus = Literal["preferred", "admitted", "deprecated", "superseded"]
PartOfSpeech = Literal["noun", "proper-noun", "verb", "adjective", "adverb", "other"]
Equivalence = Literal["exact", "close", "broader", "narrower", "none"]
FigureKind = Literal["currency", "percent", "number"]
Method = Literal["human", "machine"]
FileKind = Literal["glossary", "locale", "concept", "entry"]


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all records: frozen, and no field that is not named here."""


# --- glossary.yaml ---------------------------------------------------------------------------------------------------


class Reference(Record, frozen=True, kw_only=True):
    """A name with the address that it stands for."""

    name: Line
    url: Url


class IgnoredRule(Record, frozen=True, kw_only=True):
    """A code that the glossary lets stand."""

    reason: Annotated[Line, Meta(description="Why. For whoever wonders later.")]
    files: Annotated[tuple[str, ...], Meta(description="Only in these files, such as content/ja/*; else in all.")] = ()


class Checks(Record, frozen=True, kw_only=True):
    """What `check` lets stand, and what it asks for beyond the common rules."""

    ignore: Annotated[dict[Id, IgnoredRule], Meta(description="Codes of findings that are let stand.")] = field(
        default_factory=dict
    )
    also: Annotated[
        dict[Id, tuple[str, ...]],
        Meta(description="Codes that are looked for only when asked, each with its locales; [] means all."),
    ] = field(default_factory=dict)


class Settings(Record, frozen=True, kw_only=True):
    """glossary.yaml: what holds for the whole glossary."""

    base_url: Annotated[Url, Meta(description="Where the site will stand, ending in a slash.")]
    source_locale: Annotated[str, Meta(description="The locale that the others are translated from.")]
    locales: Annotated[tuple[str, ...], Meta(min_length=1, description="The published locales, in the order shown.")]
    licence: Annotated[Reference, Meta(description="The licence of the texts.")]
    credit: Annotated[Reference | None, Meta(description="Whose work the texts are adapted from.")] = None
    checks: Annotated[Checks, Meta(description="What `check` lets stand, and what it asks for.")] = Checks()
    full_text_search: Annotated[
        bool, Meta(description="Whether the site's search looks into the texts too. Needs the extra `search`.")
    ] = False
    entry_formats: Annotated[
        tuple[Literal["json", "markdown"], ...],
        Meta(description="What each entry is published as beside its page. Links show definitions only with json."),
    ] = ("json", "markdown")


# --- content/concepts/<concept>.yaml ---------------------------------------------------------------------------------


class Relations(Record, frozen=True, kw_only=True):
    """How a concept stands to others. Each relation is written once; the inverse is derived."""

    broader: Annotated[tuple[Id, ...], Meta(description="Concepts that include this one (skos:broader).")] = ()
    related: Annotated[tuple[Id, ...], Meta(description="Concepts that belong with this one (skos:related).")] = ()
    follows: Annotated[tuple[Id, ...], Meta(description="Concepts that come before this one in time.")] = ()
    contrast: Annotated[tuple[Id, ...], Meta(description="Concepts that are easily confused with this one.")] = ()


class Source(Record, frozen=True, kw_only=True):
    """A public page or statute that supports the entry."""

    title: Line
    url: Url
    language: Annotated[str, Meta(description="BCP 47: the language of the title.")] = "en"
    accessed: Annotated[datetime.date | None, Meta(description="When it was read, YYYY-MM-DD.")] = None


class ExampleFigures(Record, frozen=True, kw_only=True):
    """The numbers of a worked example: typed once, the same in every language."""

    currency: CurrencyCode
    figures: Annotated[dict[FigureName, Decimal], Meta(min_length=1, description="The numbers given.")]
    results: Annotated[dict[FigureName, Formula], Meta(description="The numbers that follow from them.")] = field(
        default_factory=dict
    )
    kinds: Annotated[
        dict[FigureName, FigureKind],
        Meta(description="What is no amount of money: percent (0.8 is 80 %) or number."),
    ] = field(default_factory=dict)


class Concept(Record, frozen=True, kw_only=True):
    """content/concepts/<concept>.yaml: what is the same in every language."""

    subject_fields: tuple[Id, ...] = ()
    jurisdiction: Annotated[tuple[CountryCode, ...], Meta(description="Whose law is described; empty: no one's.")] = ()
    relations: Relations = Relations()
    aliases: Annotated[
        tuple[Annotated[str, Meta(pattern=ALIAS_PATTERN, max_length=MAX_ID_LENGTH)], ...],
        Meta(description="Old addresses; each becomes a redirect."),
    ] = ()
    sources: tuple[Source, ...] = ()
    examples: dict[Id, ExampleFigures] = field(default_factory=dict)


# --- content/<locale>/<concept>.yaml ---------------------------------------------------------------------------------


class TermForms(Record, frozen=True, kw_only=True):
    """Inflected shapes of a term, for the placeholders {term_def}, {term_pl} and {term_def_pl}, and for finding it."""

    definite: Annotated[Line | None, Meta(description="Norwegian: restkravet.")] = None
    plural: Annotated[Line | None, Meta(description="restkrav; English: deficiency balances.")] = None
    definite_plural: Annotated[Line | None, Meta(description="Norwegian: restkravene.")] = None
    other: Annotated[tuple[Line, ...], Meta(description="Further shapes that no rule of the language gives.")] = ()


class Term(Record, frozen=True, kw_only=True):
    """One designation of the concept in one language (ISO 30042 termSec)."""

    text: Line = field(name="term")
    status: Annotated[
        TermStatus, Meta(description="preferred: exactly one. deprecated: readers who look for it arrive.")
    ]
    part_of_speech: PartOfSpeech = "noun"
    reading: Annotated[str | None, Meta(description="Japanese: the term in kana; it decides the order.")] = None
    soft_stem: Annotated[
        str | None, Meta(description="Turkish: the stem before a vowel, where its last consonant softens: ipoteğ.")
    ] = None
    possessive: Annotated[
        bool, Meta(description="Turkish: a compound that ends in a possessive: kredi raporu, rehin açığı.")
    ] = False
    gender: Annotated[
        Literal["masculine", "feminine", "neuter", "common"] | None, Meta(description="Norwegian: et krav is neuter.")
    ] = None
    forms: TermForms = TermForms()
    note: Annotated[str | None, Meta(description="For the reader; for a deprecated term, why it is wrong.")] = None

    @property
    def shapes(self) -> tuple[str, ...]:
        """The inflected shapes that the term's record gives, without the term itself."""
        forms = self.forms
        given = (forms.definite, forms.plural, forms.definite_plural, *forms.other)
        return tuple(dict.fromkeys(shape for shape in given if shape))

    @property
    def placeholders(self) -> dict[str, str]:
        """Placeholder -> shape: `term`, and those of `term_def`, `term_pl`, `term_def_pl` that the term has."""
        forms = self.forms
        shapes = {
            "term": self.text,
            "term_def": forms.definite,
            "term_pl": forms.plural,
            "term_def_pl": forms.definite_plural,
        }
        return {name: shape for name, shape in shapes.items() if shape}


class Section(Record, frozen=True, kw_only=True):
    """A part of the entry with a heading of its own."""

    heading: Line
    body: Markdown


class ExampleText(Record, frozen=True, kw_only=True):
    """A worked example as told in one language; each {name} becomes an amount."""

    title: Line
    text: Markdown
    labels: Annotated[dict[FigureName, Line], Meta(description="What each figure is called in a table.")]


class Review(Record, frozen=True, kw_only=True):
    """That a person has read the entry and found it right."""

    by: Line
    date: datetime.date


class Entry(Record, frozen=True, kw_only=True):
    """content/<locale>/<concept>.yaml: the concept in one language, as a translator writes it."""

    terms: Annotated[tuple[Term, ...], Meta(min_length=1)]
    title: Line
    description: Annotated[Line, Meta(description="One sentence of plain text.")]
    definition: Markdown
    equivalence: Annotated[Equivalence, Meta(description="How near the term comes to the source language's.")] = "exact"
    equivalence_note: Annotated[str | None, Meta(description="For the reader: what differs. Needed unless exact.")] = (
        None
    )
    sections: dict[Id, Section] = field(default_factory=dict)
    notes: dict[Id, Markdown] = field(default_factory=dict)
    highlights: dict[Id, Markdown] = field(default_factory=dict)
    examples: dict[Id, ExampleText] = field(default_factory=dict)
    draft: Annotated[
        bool, Meta(description="Not ready: the site leaves it out, and nothing but its form is checked.")
    ] = False
    method: Annotated[Method, Meta(description="Who wrote this text: a person, or a machine.")] = "human"
    reviewed: Annotated[Review | None, Meta(description="Only when a person has reviewed it.")] = None
    modified: Annotated[
        datetime.date | None,
        Meta(description="The day of the last change that a reader would notice, YYYY-MM-DD (dcterms:modified)."),
    ] = None

    @property
    def preferred(self) -> Term:
        """The preferred term. The loader has seen to it that there is exactly one."""
        return next(term for term in self.terms if term.status == "preferred")
