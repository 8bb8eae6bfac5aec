"""The pages around the entries: lists of them, the choice of a language, what stands where nothing is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Reference
from deficiency_glossary.render import html, messages
from deficiency_glossary.render.pages import Frame, Link, frame_values, rendered, script_json
from deficiency_glossary.render.views import Text, UrlFor
from deficiency_glossary.text import collation


class IndexItem(NamedTuple):
    """A term in a list. `see` names the preferred term where this is not it; a subject's list has descriptions."""

    url: str
    text: str
    reading: str | None
    see: str = ""
    description: str = ""


def index_page(
    frame: Frame, items: Iterable[tuple[str, Sequence[IndexItem]]], count: int, subjects: Sequence[Link] = ()
) -> str:
    """The first page of a locale: its subjects, and all its terms under the heads of its alphabet."""
    locale = frame.locale
    groups = [(head, f"head-{number}", rows) for number, (head, rows) in enumerate(items, 1)]
    values = frame_values(frame, locale.title, locale.description) | {
        "subjects": subjects,
        "groups": groups,
        # Digits stand first and kanji without a reading last, both under `#`: the link goes to the first.
        "heads": _heads(locale.index_alphabet, {head: anchor for head, anchor, _ in (*groups, *groups[::-1])}),
        "count": messages.plural(locale.messages.term_count, locale, count),
        "structured": structured_set(locale, frame.canonical, frame.settings.licence),
    }
    return rendered("index.html", frame, values)


def structured_set(locale: Locale, url: str, licence: Reference) -> Markup:
    """JSON-LD: the terms of a locale as a schema.org DefinedTermSet; each entry's page says that it belongs to it."""
    return script_json(
        {
            "@context": {"@vocab": "https://schema.org/", "@language": locale.tag},
            "@type": "DefinedTermSet",
            "@id": url,
            "url": url,
            "name": locale.title,
            "description": locale.description,
            "inLanguage": locale.tag,
            "license": licence.url,
        }
    )


def _heads(alphabet: Sequence[str], anchors: dict[str, str]) -> list[tuple[str, str]]:
    """The letters of the language with the anchors of those that have terms, '' for the others.

    Heads that are not of the alphabet (digits, the Q of Turkish) keep their place in the index.
    """
    heads = list(anchors)
    for letter in (letter for letter in alphabet if letter not in anchors):
        after = [
            alphabet.index(head) for head in heads if head in alphabet and alphabet.index(head) < alphabet.index(letter)
        ]
        heads.insert(heads.index(alphabet[max(after)]) + 1 if after else _first_of(alphabet, heads), letter)
    return [(head, anchors.get(head, "")) for head in heads]


def _first_of(alphabet: Sequence[str], heads: Sequence[str]) -> int:
    return next((place for place, head in enumerate(heads) if head in alphabet), len(heads))


def subject_page(frame: Frame, name: str, items: Iterable[IndexItem]) -> str:
    """The entries of a subject field with their descriptions, in the order of the language."""
    rows = [row for _, row in _in_order(items, frame.locale)]
    count = messages.plural(frame.locale.messages.term_count, frame.locale, len(rows))
    values = frame_values(frame, name, "") | {"rows": rows, "count": count}
    return rendered("subject.html", frame, values)


def about_page(frame: Frame, count: int, url_for: UrlFor) -> str:
    """What the glossary is, by whom, under which licence: the locale's own `about`."""
    locale = frame.locale
    values = frame_values(frame, locale.messages.about, locale.description) | {
        "lead": locale.description,
        "body": Markup(Text(locale.about, locale.tag, {}, url_for).html()) if locale.about else "",
        "count": messages.plural(locale.messages.term_count, locale, count),
    }
    return rendered("about.html", frame, values)


def own_page(frame: Frame, name: str, title: str, description: str, body: str, url_for: UrlFor) -> str:
    """A page of the theme: its Markdown, in the frame of the site."""
    source = Text(body, frame.locale.tag, {}, url_for).markdown()
    values = frame_values(frame, title, description) | {
        "name": name,
        "body": Markup(html.to_html(source, whole_page=True)),
    }
    return rendered("page.html", frame, values)


def compare_page(frame: Frame, others: Sequence[Link]) -> str:
    """The two-language view: a script lays the pages of two languages side by side. The link's `url` is a locale id."""
    values = frame_values(frame, frame.locale.messages.compare, "") | {"others": others}
    return rendered("compare.html", frame, values)


def home_page(frame: Frame, languages: Sequence[tuple[Link, str, str]]) -> str:
    """The root of the site: a choice of languages, each in its own words: link, title, "suggested"."""
    values = frame_values(frame, frame.locale.title, frame.locale.description) | {"choices": languages}
    return rendered("home.html", frame, values)


def moved_page(frame: Frame, target: Link) -> str:
    """An old address: sends the reader on, at once and also without scripts."""
    title = messages.fill(frame.locale.messages.go_to_page, frame.locale, title=target.text)
    values = frame_values(frame, target.text, "") | {"target": target, "link_text": title}
    return rendered("moved.html", frame, values)


def not_found_page(frame: Frame, choices: Sequence[tuple[Link, str, str]]) -> str:
    """What a server shows for an address that is not there: with choices in all languages, else in that of the page."""
    values = frame_values(frame, frame.locale.messages.not_found, "") | {"choices": choices}
    return rendered("not_found.html", frame, values)


# --- order -----------------------------------------------------------------------------------------------------------


def in_index_order(items: Iterable[IndexItem], locale: Locale) -> list[tuple[str, list[IndexItem]]]:
    """The items in the order of the language, under their heads."""
    groups: list[tuple[str, list[IndexItem]]] = []
    for key, item in _in_order(items, locale):
        head = collation.head_of(key, locale.tag)
        if not groups or groups[-1][0] != head:
            groups.append((head, []))
        groups[-1][1].append(item)
    return groups


def _in_order(items: Iterable[IndexItem], locale: Locale) -> list[tuple[collation.SortKey, IndexItem]]:
    keyed = [(collation.sort_key(item.text, locale.tag, reading=item.reading), item) for item in items]
    return sorted(keyed, key=lambda one: (one[0], one[1].url))
