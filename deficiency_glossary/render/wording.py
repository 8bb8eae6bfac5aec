"""The words of a passage: its links resolved, its placeholders filled, its endings settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deficiency_glossary.render.html import to_html, to_text
from deficiency_glossary.render.words import term_words
from deficiency_glossary.text import grammar, markup

if TYPE_CHECKING:  # views load this module when the first text is asked for
    from deficiency_glossary.render.views import Text


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
