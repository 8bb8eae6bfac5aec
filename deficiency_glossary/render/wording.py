"""The words of a passage: its links resolved, its placeholders filled, its endings settled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context
from typing import TYPE_CHECKING

from deficiency_glossary.model import FigureKind
from deficiency_glossary.render.html import to_html, to_text
from deficiency_glossary.render.words import term_words
from deficiency_glossary.text import formats, grammar, markup

if TYPE_CHECKING:  # views load this module when the first text is asked for
    from deficiency_glossary.render.views import Example, Text

# Results have 50 digits. After a division the last ones may be off, and a half would not be rounded up.
_WITHOUT_REST = Context(prec=40)
# CLDR sets the direction of an amount where a language is written from right to left, but not that of its `US$`,
# whose last character would wander to the other side.
_LATIN_DOLLAR = re.compile(r"(?<=[A-Za-z])\$")


def markdown(text: Text) -> str:
    """Markdown with values in place of placeholders and addresses in place of concept ids."""
    return _settled(text, _linked(text))


def html(text: Text) -> str:
    """The same as HTML blocks."""
    return to_html(markdown(text))


def plain(text: Text) -> str:
    """The same as plain text."""
    return to_text(html(text))


def marked(text: Text) -> tuple[str, tuple[str, ...]] | None:
    """Its Markdown with marks (see `text.markup`) around values and endings, and what each value is called, in order.

    None where the content has such marks of its own.
    """
    linked = _linked(text)
    if markup.has_marks(linked):
        return None
    known = text.values.keys() | term_words(text.term, text.locale).values.keys()
    return _settled(text, linked, marked=True), tuple(name for name in markup.names(linked) if name in known)


def _linked(text: Text) -> str:
    return markup.resolve_links(text.source.strip(), text.url_for)


def _settled(text: Text, linked: str, *, marked: bool = False) -> str:
    if "{" not in linked:
        return grammar.resolve(linked, text.locale)
    words = term_words(text.term, text.locale)
    # A figure may be called `term`: it is the figure then, also where a sentence begins.
    filled = markup.fill(linked, {**words.values, **text.values}, {**words.initial, **text.values})
    return grammar.resolve(filled, text.locale, words.traits, marked=marked)


# --- amounts ---------------------------------------------------------------------------------------------------------


def amounts(example: Example, display: formats.Display, names: Iterable[str] | None = None) -> dict[str, str]:
    """The figures of an example as its language writes them: those of these names, or all."""
    figures, kinds, results = example.figures, example.data.kinds, example.data.results
    forms: dict[FigureKind, formats.Form] = {}
    shown: dict[str, str] = {}
    for name in figures if names is None else names:
        if name not in figures:
            continue
        kind = kinds.get(name, "currency")
        if kind not in forms:
            forms[kind] = _form(example, kind, display)
        value = figures[name]
        amount = formats.written(_WITHOUT_REST.plus(value) if name in results else value, forms[kind])
        shown[name] = directed(amount) if kind == "currency" else amount
    return shown


def _form(example: Example, kind: FigureKind, display: formats.Display) -> formats.Form:
    if kind == "currency":
        return formats.currency_form(example.locale, example.currency, "standard", display, "auto")
    return formats.plain_form(example.locale, kind == "percent", "auto")


def directed(amount: str) -> str:
    """An amount whose signs stay at their side where text runs from right to left."""
    return _LATIN_DOLLAR.sub("$\u200e", amount) if "\u200f" in amount else amount
