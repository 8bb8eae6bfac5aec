"""Pages: plain values in, one text out. Templates only place what is prepared here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Reference, Settings, Term
from deficiency_glossary.render import html, messages
from deficiency_glossary.render.environment import environment
from deficiency_glossary.render.views import LocalizedEntry
from deficiency_glossary.text import collation, formats


class Link(NamedTuple):
    """Where to, and what it is called. `lang` is set where the words are in another language than the page."""

    url: str
    text: str
    lang: str = ""
    is_current: bool = False


class Alternate(NamedTuple):
    """The same page in another language, by absolute address."""

    hreflang: str
    url: str


class Group(NamedTuple):
    """Links under a heading."""

    heading: str
    links: tuple[Link, ...]


class Frame(NamedTuple):
    """What stands around the content of a page."""

    locale: Locale
    settings: Settings
    root: str
    canonical: str
    locale_id: str = ""
    alternates: tuple[Alternate, ...] = ()
    languages: tuple[Link, ...] = ()
    home: str = ""


class IndexItem(NamedTuple):
    """A term in the index. `see` names the preferred term where this is not it."""

    url: str
    text: str
    reading: str | None
    see: str = ""


# --- the article -----------------------------------------------------------------------------------------------------


def article_html(entry: LocalizedEntry, locale: Locale, requested: Locale, relations: Sequence[Group] = ()) -> str:
    """The entry as an <article>, without a page around it. `requested` differs from `locale` in a fallback."""
    values = _article(entry, locale, requested, relations)
    return environment(autoescape=True).get_template("article.html").render(values)


def entry_page(entry: LocalizedEntry, frame: Frame, relations: Sequence[Group], *, term_set: str) -> str:
    """The entry as a whole page of the site."""
    locale = frame.locale
    values = _article(entry, locale, locale, relations) | _frame(frame, entry.title, entry.description)
    values["structured"] = structured(entry, locale, frame.canonical, term_set)
    return environment(autoescape=True).get_template("entry.html").render(values)


def entry_markdown(entry: LocalizedEntry, locale: Locale, aliases: Sequence[str] = ()) -> str:
    """The entry as a Markdown document with front matter that Hugo, MkDocs and Docusaurus read."""
    front = {
        "title": entry.title,
        "description": entry.description,
        "slug": entry.concept,
        "tags": [locale.subject_fields.get(name, name) for name in entry.subject_fields],
    }
    if aliases:
        front["aliases"] = list(aliases)
    values = _article(entry, locale, locale, ())
    # JSON is YAML: quoted so that no title can end the front matter.
    values["front"] = [(key, json.dumps(value, ensure_ascii=False)) for key, value in front.items()]
    text = environment(autoescape=False).get_template("entry.md").render(values)
    return text.rstrip() + "\n"


def _article(entry: LocalizedEntry, locale: Locale, requested: Locale, relations: Sequence[Group]) -> dict[str, Any]:
    words = locale.messages
    return {
        "entry": entry,
        "term": entry.term,
        "lang": locale.tag,
        "direction": locale.direction,
        "words": words,
        "also": _terms(entry, "admitted"),
        "avoid": [*_terms(entry, "deprecated"), *_terms(entry, "superseded")],
        "definition": Markup(entry.definition.html()),
        "sections": [(key, part.heading, Markup(part.body.html())) for key, part in entry.sections.items()],
        "highlights": [Markup(html.inline(point.markdown())) for point in entry.highlights.values()],
        "notes": [Markup(note.html()) for note in entry.notes.values()],
        "examples": [(key, example, Markup(example.text.html())) for key, example in entry.examples.items()],
        "relations": relations,
        "subjects": [locale.subject_fields.get(name, name) for name in entry.subject_fields],
        "sources": [(source, _accessed(source.accessed, locale)) for source in entry.sources],
        "notices": _notices(entry, locale),
        "fallback": _fallback(locale, requested) if entry.is_fallback else "",
    }


def _terms(entry: LocalizedEntry, status: str) -> list[Term]:
    return [term for term in entry.terms if term.status == status]


def _accessed(date: Any, locale: Locale) -> str:
    if date is None:
        return ""
    return messages.fill(locale.messages.accessed, locale, date=formats.format_date(date, locale.tag))


def _notices(entry: LocalizedEntry, locale: Locale) -> list[str]:
    """What a reader should know about this text: whose law, how near the term, who wrote and reviewed it."""
    words = locale.messages
    notices: list[str] = []
    if entry.jurisdiction:
        names = messages.countries(entry.jurisdiction, locale)
        notices.append(messages.fill(words.jurisdiction, locale, countries=names))
    if entry.equivalence != "exact":
        notices.append(getattr(words, f"equivalence_{entry.equivalence}"))
        notices.append(entry.equivalence_note or "")
    if entry.reviewed:
        date = formats.format_date(entry.reviewed.date, locale.tag)
        notices.append(messages.fill(words.reviewed, locale, name=entry.reviewed.by, date=date))
    else:
        notices += [words.method_machine] if entry.method == "machine" else []
        notices.append(words.not_reviewed)
    return [notice for notice in notices if notice]


def _fallback(shown: Locale, requested: Locale) -> str:
    return messages.fill(requested.messages.fallback, requested, language=requested.name, shown_language=shown.name)


# --- the other pages -------------------------------------------------------------------------------------------------


def index_page(frame: Frame, items: Iterable[tuple[str, Sequence[IndexItem]]], count: int) -> str:
    """All terms of a locale under the heads of its alphabet."""
    locale = frame.locale
    groups = [(head, f"head-{number}", rows) for number, (head, rows) in enumerate(items, 1)]
    values = _frame(frame, locale.title, locale.description) | {
        "groups": groups,
        # Digits stand first and kanji without a reading last, both under `#`: the link goes to the first.
        "heads": _heads(locale.index_alphabet, {head: anchor for head, anchor, _ in (*groups, *groups[::-1])}),
        "count": messages.plural(locale.messages.term_count, locale, count),
    }
    return environment(autoescape=True).get_template("index.html").render(values)


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


def home_page(frame: Frame, languages: Sequence[tuple[Link, str]]) -> str:
    """The root of the site: a choice of languages, each in its own words."""
    values = _frame(frame, frame.locale.title, frame.locale.description) | {"choices": languages}
    return environment(autoescape=True).get_template("home.html").render(values)


def moved_page(frame: Frame, target: Link) -> str:
    """An old address: sends the reader on, at once and also without scripts."""
    title = messages.fill(frame.locale.messages.go_to_page, frame.locale, title=target.text)
    values = _frame(frame, target.text, "") | {"target": target, "link_text": title}
    return environment(autoescape=True).get_template("moved.html").render(values)


def not_found_page(frame: Frame, choices: Sequence[tuple[Link, str, str]]) -> str:
    """What a server shows for an address that is not there, in all languages."""
    values = _frame(frame, frame.locale.messages.not_found, "") | {"choices": choices}
    return environment(autoescape=True).get_template("not_found.html").render(values)


def _frame(frame: Frame, title: str, description: str) -> dict[str, Any]:
    locale = frame.locale
    return {
        "frame": frame,
        "lang": locale.tag,
        "direction": locale.direction,
        "words": locale.messages,
        "site_title": locale.title,
        "structured": None,
        "title": title,
        "description": description,
        "licence": _credit(locale.messages.licence, locale, licence=frame.settings.licence),
        "adapted": _credit(locale.messages.adapted, locale, credit=frame.settings.credit),
    }


def _credit(message: str, locale: Locale, **references: Reference | None) -> Markup:
    anchors = {
        name: Markup('<a href="{}">{}</a>').format(reference.url, reference.name)
        for name, reference in references.items()
        if reference
    }
    return messages.fill_html(message, locale, **anchors) if anchors else Markup("")


# --- order -----------------------------------------------------------------------------------------------------------


def in_index_order(items: Iterable[IndexItem], locale: Locale) -> list[tuple[str, list[IndexItem]]]:
    """The items in the order of the language, under their heads."""
    tag = locale.tag
    ordered = sorted(items, key=lambda item: (collation.sort_key(item.text, tag, reading=item.reading), item.url))
    groups: list[tuple[str, list[IndexItem]]] = []
    for item in ordered:
        head = collation.index_head(item.text, tag, reading=item.reading)
        if not groups or groups[-1][0] != head:
            groups.append((head, []))
        groups[-1][1].append(item)
    return groups


# --- for machines ----------------------------------------------------------------------------------------------------


def structured(entry: LocalizedEntry, locale: Locale, url: str, term_set: str) -> Markup:
    """JSON-LD: a schema.org DefinedTerm in its DefinedTermSet.

    `inLanguage` belongs to the set: schema.org does not define it for DefinedTerm.
    """
    others = [term.text for term in entry.terms if term.status == "admitted"]
    data: dict[str, Any] = {
        "@context": {"@vocab": "https://schema.org/", "@language": locale.tag},
        "@type": "DefinedTerm",
        "@id": url,
        "url": url,
        "name": entry.term.text,
        "description": entry.description,
        "termCode": entry.concept,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "@id": term_set,
            "url": term_set,
            "name": locale.title,
            "inLanguage": locale.tag,
        },
    }
    if others:
        data["alternateName"] = others
    return script_json(data)


_SCRIPT_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def script_json(data: Any) -> Markup:
    """JSON that cannot end the <script> it stands in."""
    text = json.dumps(data, ensure_ascii=False)
    for character, escape in _SCRIPT_ESCAPES.items():  # str.translate takes ten times as long
        text = text.replace(character, escape)
    return Markup(text)
