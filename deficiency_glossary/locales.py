"""A locale: its record, and finding the one that was asked for."""

# No `from __future__ import annotations` here: msgspec would compile every annotation anew when a class is first used.

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta, field

from deficiency_glossary.errors import UnknownLocale
from deficiency_glossary.model import Id, Line, Record

PluralCategory = Literal["zero", "one", "two", "few", "many", "other"]
Plural = Annotated[
    dict[PluralCategory, Line],
    Meta(description="One form, with {count}, for each plural category (CLDR)."),
]

# `no` is the macrolanguage of Bokmål, and what most people type; both tags are in use for the same texts.
_SAME_LANGUAGE = {"nb": "no", "no": "nb"}


class Messages(Record, frozen=True, kw_only=True):
    """The words of the interface. A {name} in them is filled in."""

    skip_to_content: Line
    home: Line
    languages: Line
    choose_language: Line
    all_terms: Line
    term_count: Plural
    also_called: Line
    not_recommended: Line
    status_superseded: Line
    highlights: Line
    examples: Line
    item: Line
    amount: Line
    notes: Line
    broader: Line
    narrower: Line
    related: Line
    contrast: Line
    follows: Line
    precedes: Line
    subject_fields: Line
    sources: Line
    accessed: Annotated[Line, Meta(description="{date}")]
    jurisdiction: Annotated[Line, Meta(description="{countries}")]
    equivalence_close: Line
    equivalence_broader: Line
    equivalence_narrower: Line
    equivalence_none: Line
    method_machine: Line
    not_reviewed: Line
    stale: Line
    reviewed: Annotated[Line, Meta(description="{name}, {date}")]
    fallback: Annotated[Line, Meta(description="{language}, {shown_language}")]
    moved: Line
    go_to_page: Annotated[Line, Meta(description="{title}")]
    not_found: Line
    not_found_text: Line
    adapted: Annotated[Line, Meta(description="{credit}")]
    licence: Annotated[Line, Meta(description="{licence}")]
    search: Line
    search_label: Line
    search_results: Plural
    search_none: Annotated[Line, Meta(description="{query}")]
    search_in_terms: Line
    search_in_text: Line
    search_needs_script: Line
    try_figures: Line
    currency: Line
    reset: Line
    not_a_number: Annotated[Line, Meta(description="{example}")]
    no_result: Line
    chart: Annotated[Line, Meta(description="{title}")]
    compare: Line
    compare_language: Line
    compare_needs_script: Line
    about: Line
    changes: Line
    modified: Annotated[Line, Meta(description="{date}")]
    in_other_languages: Line
    suggested: Line
    other_formats: Line
    about_this_text: Line


class Locale(Record, frozen=True, kw_only=True):
    """locales/<locale>.yaml: a language of the glossary and the words of its interface."""

    tag: Annotated[
        str,
        Meta(
            pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
            description="BCP 47, as the web and CLDR want it: nb for the locale `no`.",
        ),
    ]
    name: Annotated[Line, Meta(description="What the language calls itself.")]
    title: Annotated[Line, Meta(description="The title of the site.")]
    description: Line
    direction: Literal["ltr", "rtl"] = "ltr"
    about: Annotated[
        str, Meta(description="The page about the glossary, in Markdown: whom it is for, who makes it, how to help.")
    ] = ""
    show_stale: Annotated[
        bool, Meta(description="Whether readers are told of each passage whose source changed since its translation.")
    ] = False
    index_alphabet: Annotated[tuple[str, ...], Meta(description="The heads of the index, in order.")] = ()
    subject_fields: Annotated[dict[Id, Line], Meta(description="What each subject field is called.")] = field(
        default_factory=dict
    )
    messages: Messages


def negotiate(requested: str, available: Iterable[str]) -> str:
    """The available locale that serves a BCP 47 tag: `nb-NO` gives `no`, `ja_JP` gives `ja`.

    The lookup of RFC 4647 section 3.4: the tag is shortened from its end until one fits. Case does not count.
    Raises UnknownLocale.
    """
    known = tuple(available)
    by_lower = {locale.lower(): locale for locale in known}
    parts = requested.replace("_", "-").lower().split("-")
    while parts:
        for candidate in ("-".join(parts), _other_name(parts)):
            if candidate in by_lower:
                return by_lower[candidate]
        parts.pop()
        if parts and len(parts[-1]) == 1:  # a singleton opens an extension and means nothing alone
            parts.pop()
    raise UnknownLocale(requested, known)


def _other_name(parts: list[str]) -> str:
    return "-".join([_SAME_LANGUAGE.get(parts[0], parts[0]), *parts[1:]])
