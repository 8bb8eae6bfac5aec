"""The files together: names, coverage, relations, old addresses, the words of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import get_args, get_type_hints

import msgspec

from deficiency_glossary.checks.context import Context
from deficiency_glossary.checks.rule import Spot, of_file, of_glossary
from deficiency_glossary.errors import UnknownCurrency, UnknownLocale, did_you_mean
from deficiency_glossary.library.store import RESERVED, SETTINGS, entry_path
from deficiency_glossary.locales import Messages
from deficiency_glossary.text import currencies, formats, markup

# --- the folder ------------------------------------------------------------------------------------------------------

not_a_file = of_file("not-a-file", "error", "Something in a folder of content is no ordinary file.\nDo: Move it away.")
stray_file = of_file(
    "stray-file",
    "warning",
    """A file that is not read stands among the content.
    Do: End its name in `.yaml`, or move it away.
    FAIL content/en/notes.txt: to do
    PASS content/en/.notes: to do
    """,
)
invalid_id = of_file(
    "invalid-id",
    "error",
    """The name of a file or locale is no valid id; or it is reserved, as the names of the site's own pages are.
    Do: Use small letters, digits and single hyphens.
    FAIL content/concepts/late_fee.yaml: {}
    FAIL content/concepts/search.yaml: {}
    FAIL content/concepts/aux.yaml: {}
    PASS content/concepts/late-fee.yaml: {}
    """,
)
id_collision = of_file(
    "id-collision", "error", "Two file names differ in case only. On some systems they are one file.\nDo: Rename one."
)


theme_place = of_file(
    "theme-place",
    "error",
    """A file of the theme stands where nothing reads it.
    Do: Move it; see docs/how-to/theme.md.
    FAIL theme/notes.txt: to do
    PASS theme/style.css: a {color: red}
    """,
)
theme_page = of_file(
    "theme-page",
    "error",
    """A page of the theme cannot stand: it has no title between lines of `---`, its name is taken or is no id, or there
    is no such locale.
    Do: Do what the message says.
    FAIL theme/pages/en/news.md: News.
    FAIL theme/pages/en/house.md: ---\\ntitle: House\\n---\\nOurs.
    PASS theme/pages/en/news.md: ---\\ntitle: News\\n---\\nOurs.
    """,
)


@of_glossary("unpublished-locale", "warning")
def unpublished_locale(context: Context) -> Iterator[Spot]:
    """There are entries in a language that `glossary.yaml` does not list.
    Do: Add it to `locales`.
    FAIL content/fr/house.yaml: title: Maison
    PASS content/ja/house.yaml: title: 家
    """
    for folder in context.library.locale_folders():
        if context.locale_ids and folder not in context.locale_ids:
            message = f"the locale {folder!r} is not published"
            yield Spot(f"content/{folder}", 0, 0, message, f"add it to `locales` in {SETTINGS}")


@of_glossary("no-concept", "error")
def no_concept(context: Context) -> Iterator[Spot]:
    """An entry has no concept.
    Do: Add the concept, or rename the entry.
    FAIL content/en/garden.yaml: title: Garden
    PASS content/en/house.yaml: title: House
    """
    concepts = context.concept_ids
    for locale in context.locale_ids:
        for concept in sorted(context.library.concepts_in(locale) - concepts):
            close = did_you_mean(get_close_matches(concept, concepts, n=2))
            yield Spot(
                entry_path(concept, locale),
                0,
                0,
                f"there is no concept {concept!r}{close}",
                f"add content/concepts/{concept}.yaml, or rename this file",
            )


@of_glossary("missing-entry", "warning")
def missing_entry(context: Context) -> Iterator[Spot]:
    """A concept has no entry in a language. An error in the source language.
    Do: Write it.
    FAIL content/concepts/garden.yaml: {}
    PASS content/concepts/house.yaml: {}
    """
    for locale in context.locale_ids:
        for concept in sorted(context.concept_ids - context.library.concepts_in(locale)):
            yield Spot(
                entry_path(concept, locale),
                0,
                0,
                f"the concept {concept!r} has no entry in {locale!r}",
                "write this file",
                "error" if locale == context.source_locale else "warning",
            )


# --- old addresses, subjects, CLDR -----------------------------------------------------------------------------------


@of_glossary("alias-collision", "error")
def alias_collision(context: Context) -> Iterator[Spot]:
    """An old address is claimed twice, or is the id of a concept or the name of a page of the site.
    Do: Delete it in one place.
    FAIL content/concepts/house.yaml: aliases: [loan]
    FAIL content/concepts/house.yaml: aliases: [search]
    PASS content/concepts/house.yaml: aliases: [home]
    """
    owner: dict[str, str] = {name.casefold(): name for name in context.library.concepts}
    for name, read in context.concepts.items():
        for index, alias in enumerate(read.record.aliases):
            where = ("aliases", index)
            if alias.casefold() in RESERVED:
                yield read.spot(where, f"the address {alias!r} is a page of the site itself", "delete it")
                continue
            other = owner.setdefault(alias.casefold(), name)
            if other != name or alias in read.record.aliases[:index] or alias == name:
                yield read.spot(where, f"the address {alias!r} belongs to {other!r}", "delete it")


@of_glossary("unnamed-subject-field", "error")
def unnamed_subject_field(context: Context) -> Iterator[Spot]:
    """A language has no name for a subject in use.
    Do: Add it to the locale's `subject_fields`.
    FAIL content/concepts/house.yaml: subject_fields: [gardening]
    PASS content/concepts/house.yaml: subject_fields: [credit]
    """
    used = {name for read in context.concepts.values() for name in read.record.subject_fields}
    for read in context.locales.values():
        for name in sorted(used - read.record.subject_fields.keys()):
            yield read.at_key(("subject_fields",), f"the subject field {name!r} has no name", f"add `{name}:`")


@of_glossary("unknown-currency", "error")
def unknown_currency(context: Context) -> Iterator[Spot]:
    """The currency is not one that CLDR knows.
    Do: Write its ISO 4217 code.
    FAIL content/concepts/sale.yaml: examples: {gain: {currency: USX, figures: {price: 2, owed: 1, rest: 1}}}
    PASS content/concepts/sale.yaml: examples: {gain: {currency: JPY, figures: {price: 2, owed: 1, rest: 1}}}
    """
    for read in context.concepts.values():
        for name, example in read.record.examples.items():
            try:
                currencies.currency_code(example.currency)
            except UnknownCurrency as error:
                where = ("examples", name, "currency")
                yield read.spot(where, str(error), "write its ISO 4217 code, such as USD")


@of_glossary("unknown-language", "error")
def unknown_language(context: Context) -> Iterator[Spot]:
    """The tag is not a language that CLDR knows.
    Do: Write a tag that it knows, such as `nb`.
    FAIL locales/ja.yaml: tag: zzz
    PASS locales/ja.yaml: tag: ja-JP
    """
    for locale in context.locales.values():
        try:
            formats.format_number(1, locale.record.tag)
        except UnknownLocale as error:
            yield locale.spot(("tag",), str(error), "write a tag that CLDR knows, such as nb")


# --- the words of the interface --------------------------------------------------------------------------------------


@of_glossary("missing-plural-form", "error")
def missing_plural_form(context: Context) -> Iterator[Spot]:
    """A counted message lacks the form `other`.
    Do: Add it.
    """
    for locale in context.locales.values():
        for name, message in msgspec.structs.asdict(locale.record.messages).items():
            if isinstance(message, dict) and "other" not in message:
                yield locale.at_key(("messages", name), "the form 'other' is missing", "add `other:`")


@of_glossary("message-placeholder", "error")
def message_placeholder(context: Context) -> Iterator[Spot]:
    """A message lacks one of its placeholders, or has another.
    Do: Keep the placeholders as they are.
    """
    for read in context.locales.values():
        for name, message in msgspec.structs.asdict(read.record.messages).items():
            wanted = _message_names()[name]
            for form, text in message.items() if isinstance(message, dict) else ((None, message),):
                found = {placeholder.name for placeholder in markup.placeholders(text)}
                if found - wanted or (form in (None, "other") and wanted - found):
                    where = ("messages", name) if form is None else ("messages", name, form)
                    shown = ", ".join(f"{{{n}}}" for n in sorted(wanted)) or "no placeholder"
                    yield read.spot(where, f"expected {shown} in {text!r}", "keep the placeholders")


@cache
def _message_names() -> dict[str, frozenset[str]]:
    """The placeholders of each message, from the model's descriptions: even the source locale may have them wrong."""
    found: dict[str, frozenset[str]] = {}
    for name, hint in get_type_hints(Messages, include_extras=True).items():
        described = " ".join(meta.description or "" for meta in get_args(hint) if isinstance(meta, msgspec.Meta))
        found[name] = frozenset(placeholder.name for placeholder in markup.placeholders(described))
    return found
