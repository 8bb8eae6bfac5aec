"""The page of an entry: plain values in, one text out. Templates only place what is prepared here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from markupsafe import Markup

from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Settings, Term
from deficiency_glossary.render import examples, html, messages, themes
from deficiency_glossary.render.environment import Templates, environment
from deficiency_glossary.render.views import LocalizedEntry
from deficiency_glossary.text import collation


class Link(NamedTuple):
    """Where to, and what it is called. `lang` is set where the words are in another language than the page."""

    url: str
    text: str
    lang: str = ""
    is_current: bool = False


class Translation(NamedTuple):
    """The same concept in another language: its page, what the language is called there, and its term."""

    url: str
    lang: str
    language: str
    term: str


class Alternate(NamedTuple):
    """The same page in another language, by absolute address."""

    hreflang: str
    url: str


class Group(NamedTuple):
    """Links under a heading."""

    heading: str
    links: tuple[Link, ...]


class Look(NamedTuple):
    """What a theme changes on every page. `pages` has, by locale, its own pages: address from the locale's, title."""

    templates: Templates = ()
    has_style: bool = False
    pages: Mapping[str, Sequence[Link]] = MappingProxyType({})


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
    feed: bool = False
    look: Look = Look()


class Around(NamedTuple):
    """What the site knows of an entry beyond its own file. `compare` is the address of the two-language view."""

    relations: Sequence[Group] = ()
    translations: Sequence[Translation] = ()
    subjects: Sequence[Link] = ()
    compare: str = ""
    formats: Sequence[Link] = ()  # `lang` holds the media type


# --- the article -----------------------------------------------------------------------------------------------------


def article_html(entry: LocalizedEntry, locale: Locale, requested: Locale) -> str:
    """The entry as an <article>, without a page around it. `requested` differs from `locale` in a fallback."""
    values = article_values(entry, locale, requested, Around(subjects=_unlinked_subjects(entry, locale)))
    values["examples"] = _examples(entry, locale, interactive=False)
    return environment(autoescape=True).get_template("article.html").render(values)


def entry_page(entry: LocalizedEntry, frame: Frame, around: Around, *, term_set: str) -> str:
    """The entry as a whole page of the site."""
    locale, name = frame.locale, "entry.html"
    values = article_values(entry, locale, locale, around)
    values["examples"] = _examples(entry, locale, interactive=themes.mentions("calculator", name, frame.look.templates))
    values |= frame_values(frame, entry.title, entry.description, og_type="article")
    if themes.mentions("structured", name, frame.look.templates):
        values["structured"] = structured(entry, locale, frame.canonical, term_set)
    return rendered(name, frame, values)


def passages(fields: Iterable[str]) -> tuple[str, ...]:
    """The passages of a page that hold these fields: of `sections/x/heading` and `sections/x/body`, `sections/x`.

    The description is not among them: an entry's page does not show it.
    """
    found = ("/".join(field.split("/")[:2]) for field in fields)
    return tuple(dict.fromkeys(name for name in found if name != "description"))


def article_values(entry: LocalizedEntry, locale: Locale, requested: Locale, around: Around) -> dict[str, Any]:
    """What `article.html` shows of an entry."""
    return shared_values(entry, locale, requested, around) | {
        "stale": _stale(entry, locale),
        "headword": _needs_headword(entry, locale),
        "lang": locale.tag,
        "direction": locale.direction,
        "definition": Markup(entry.definition.html()),
        "sections": [(key, part.heading, Markup(part.body.html())) for key, part in entry.sections.items()],
        "highlights": [(key, Markup(html.inline(point.markdown()))) for key, point in entry.highlights.items()],
        "notes": [(key, Markup(note.html())) for key, note in entry.notes.items()],
        "examples": bool(entry.examples),
        "compare": around.compare,
        "formats": around.formats,
        "subjects": around.subjects,
    }


def _stale(entry: LocalizedEntry, locale: Locale) -> frozenset[str]:
    """The passages that get a badge: where the locale asks for it, those whose source changed."""
    return frozenset(passages(entry.stale)) if locale.show_stale else frozenset()


def shared_values(entry: LocalizedEntry, locale: Locale, requested: Locale, around: Around) -> dict[str, Any]:
    """What an entry shows in HTML and in Markdown alike."""
    return {
        "entry": entry,
        "term": entry.term,
        "words": locale.messages,
        "also": _terms(entry, "admitted"),
        "avoid": [*_terms(entry, "deprecated"), *_terms(entry, "superseded")],
        "relations": around.relations,
        "translations": around.translations,
        "sources": [(source, _accessed(source.accessed, locale)) for source in entry.sources],
        "notices": _notices(entry, locale),
        "fallback": _fallback(locale, requested) if entry.is_fallback else "",
    }


def _examples(entry: LocalizedEntry, locale: Locale, *, interactive: bool) -> list[examples.Shown]:
    return [examples.Shown(key, example, locale, interactive=interactive) for key, example in entry.examples.items()]


def _needs_headword(entry: LocalizedEntry, locale: Locale) -> bool:
    """Whether the title alone does not show the term: it says more or other, or the term has a reading."""
    term = entry.term
    return bool(term.reading and term.reading != term.text) or entry.title not in (
        term.text,
        collation.capitalize(term.text, locale.tag),
    )


def _unlinked_subjects(entry: LocalizedEntry, locale: Locale) -> list[Link]:
    return [Link("", locale.subject_fields.get(name, name)) for name in entry.subject_fields]


def _terms(entry: LocalizedEntry, status: str) -> list[Term]:
    return [term for term in entry.terms if term.status == status]


def _accessed(date: Any, locale: Locale) -> str:
    return messages.dated(locale.messages.accessed, locale, date) if date else ""


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
        notices.append(messages.dated(words.reviewed, locale, entry.reviewed.date, entry.reviewed.by))
    else:
        notices += [words.method_machine] if entry.method == "machine" else []
        notices.append(words.not_reviewed)
    if entry.modified:
        notices.append(messages.dated(words.modified, locale, entry.modified))
    return [notice for notice in notices if notice]


def _fallback(shown: Locale, requested: Locale) -> str:
    return messages.fill(requested.messages.fallback, requested, language=requested.name, shown_language=shown.name)


# --- the frame of every page -----------------------------------------------------------------------------------------


def frame_values(frame: Frame, title: str, description: str, *, og_type: str = "website") -> dict[str, Any]:
    """What `base.html` shows on every page."""
    locale, credit = frame.locale, frame.settings.credit
    return {
        "frame": frame,
        "lang": locale.tag,
        "direction": locale.direction,
        "words": locale.messages,
        "site_title": locale.title,
        "structured": None,
        "og_type": og_type,
        "og_locale": messages.og_locale(locale.tag),
        "title": title,
        "description": description,
        "licence": messages.credit(locale.messages.licence, locale, "licence", frame.settings.licence),
        "adapted": messages.credit(locale.messages.adapted, locale, "credit", credit) if credit else Markup(),
    }


def rendered(template: str, frame: Frame, values: Mapping[str, Any]) -> str:
    """A page: a template of the theme or the built-in one, filled in."""
    return environment(autoescape=True, templates=frame.look.templates).get_template(template).render(values)


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
