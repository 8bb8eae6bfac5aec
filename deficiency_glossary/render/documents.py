"""Markdown documents: what Hugo, MkDocs and Docusaurus read, each without a plugin of ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Settings
from deficiency_glossary.render import messages
from deficiency_glossary.render.environment import Templates, address_in_markdown, environment, plain_in_markdown
from deficiency_glossary.render.listings import IndexItem
from deficiency_glossary.render.pages import Around, Link, shared_values
from deficiency_glossary.render.views import LocalizedEntry

# Hugo alone knows this key: it makes no page of the file, and lists it nowhere.
_NOT_FOR_HUGO = {"build": {"render": "never", "list": "never"}}


def entry_document(
    entry: LocalizedEntry,
    locale: Locale,
    settings: Settings,
    *,
    requested: Locale | None = None,
    around: Around = Around(),  # noqa: B008 - frozen
    aliases: Sequence[str] = (),
    templates: Templates = (),
) -> str:
    """The entry as a document. `requested` is the locale that was asked for, if it is not the one given."""
    front: dict[str, Any] = {
        "title": entry.title,
        "description": entry.description,
        "slug": entry.concept,
        "tags": [locale.subject_fields.get(name, name) for name in entry.subject_fields],
    }
    if aliases:
        front["aliases"] = list(aliases)
    if entry.modified:
        day = entry.modified.isoformat()
        front |= {"lastmod": day, "last_update": {"date": day}}  # as Hugo calls it, as Docusaurus does
    values = shared_values(entry, locale, requested or locale, around) | {"credits": _credits(settings, locale)}
    return _document("entry.md", front, values, templates)


def index_document(
    locale: Locale, groups: Iterable[tuple[str, Sequence[IndexItem]]], templates: Templates = (), *, index_of: str = ""
) -> str:
    """The list of terms, as the index of its folder for the generators that `index_of` names: `hugo`, `others`."""
    front: dict[str, Any] = {}
    if index_of:
        front = {"title": locale.title, "description": locale.description}
        front |= _NOT_FOR_HUGO if index_of == "others" else {}
    arrow = "←" if locale.direction == "rtl" else "→"
    values = {"title": locale.title, "description": locale.description, "groups": groups, "arrow": arrow}
    return _document("index.md", front, values, templates)


def moved_document(locale: Locale, target: Link, templates: Templates = ()) -> str:
    """An old address. Hugo does not need it: it makes redirects of `aliases`."""
    title = messages.fill(locale.messages.go_to_page, locale, title=target.text)
    front = {"title": target.text, "unlisted": True, **_NOT_FOR_HUGO}
    values = {"words": locale.messages, "target": target, "link_text": title}
    return _document("moved.md", front, values, templates)


def _document(template: str, front: Mapping[str, Any], values: dict[str, Any], templates: Templates) -> str:
    # JSON is YAML: quoted so that no title can end the front matter.
    values["front"] = [(key, json.dumps(value, ensure_ascii=False)) for key, value in front.items()]
    text = environment(autoescape=False, templates=templates).get_template(template).render(values)
    return text.rstrip() + "\n"


def _credits(settings: Settings, locale: Locale) -> list[str]:
    """The sentences on licence and credit, with links."""
    words = locale.messages
    sentences = []
    for message, field in ((words.licence, "licence"), (words.adapted, "credit")):
        reference = getattr(settings, field)
        if reference:
            sentence = plain_in_markdown(messages.fill(message, locale, **{field: reference.name}))
            name = plain_in_markdown(reference.name)
            sentences.append(sentence.replace(name, f"[{name}]({address_in_markdown(reference.url)})", 1))
    return sentences
