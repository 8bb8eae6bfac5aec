"""Grammar that attaches to inserted values: Korean particles and Turkish suffixes.

Translators write the notation that their readers know anyway, right after the value: `{owed}을(를)`, `{owed}-(y)A`.
`resolve` settles it in running text, `inflect` in a single word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from deficiency_glossary.text.grammar.reading import Notation
from deficiency_glossary.text.grammar.turkish import NO_TRAITS, Traits
from deficiency_glossary.text.markup import without_marks

__all__ = ["NO_TRAITS", "Notation", "Traits", "inflect", "notations", "resolve"]


def inflect(
    text: str,
    form: str,
    locale: str,
    *,
    possessive: bool = False,
    soft_stem: str | None = None,
    proper: bool | None = None,
    reading: str | None = None,
) -> str:
    """The text with a Korean particle or a Turkish suffix: `inflect("$250,000", "을/를", "ko")` is `$250,000를`.

    `locale` is a BCP 47 tag whose language is ko or tr. `form` and the keywords are described at `korean.inflect`
    (which heeds `reading` alone) and `turkish.inflect`. What cannot be read keeps the tolerant form: `John을(를)`.
    Raises ValueError for a locale that does not inflect and for an unknown form; never for a text.
    """
    language = _language(locale)
    # Each language's tables are loaded when it is first spoken.
    if language == "ko":
        from deficiency_glossary.text.grammar import korean

        return korean.inflect(text, form, reading=reading)
    if language == "tr":
        from deficiency_glossary.text.grammar import turkish

        return turkish.inflect(text, form, possessive=possessive, soft_stem=soft_stem, proper=proper, reading=reading)
    raise ValueError(f"nothing inflects in locale {locale!r}; the locales that do are ko and tr")


def notations(locale: str) -> tuple[Notation, ...]:
    """Every notation of the language, by the number that its mark has; none where nothing inflects."""
    language = _language(locale)
    if language == "ko":
        from deficiency_glossary.text.grammar import korean

        return korean.notations()
    if language == "tr":
        from deficiency_glossary.text.grammar import turkish

        return turkish.NOTATIONS
    return ()


def resolve(text: str, locale: str, traits: Mapping[str, Traits] = NO_TRAITS, *, marked: bool = False) -> str:
    """Running text, Markdown or not, with its tolerant notation settled and the marks around values removed.

    Marks are `markup.VALUE_START` and `VALUE_END`, as `markup.fill` sets them; they go in every locale. Korean notation
    is settled after any word, Turkish only after a value; `traits` says what is known of a value beyond its letters.
    What cannot be decided stays as typed; nothing else changes.

    `marked` leaves the marks of the values, and sets marks around what the notation after a value became: so a script
    can put other values in. Without its marks the text is the same.
    """
    language = _language(locale)
    if language == "ko":
        from deficiency_glossary.text.grammar import korean

        return korean.resolve(text, marked=marked)
    if language == "tr":
        from deficiency_glossary.text.grammar import turkish

        return turkish.resolve(text, traits, marked=marked)
    return text if marked else without_marks(text)


@lru_cache(maxsize=64)
def _language(locale: str) -> str:
    return re.split(r"[-_]", locale, maxsplit=1)[0].lower()
