"""The files of one entry: its page, the same as data, the same as Markdown."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from deficiency_glossary.model import Reference
from deficiency_glossary.render import documents, pages, views
from deficiency_glossary.render.document import entry_data
from deficiency_glossary.site import routes
from deficiency_glossary.site.plan import Task
from deficiency_glossary.site.workshop import Workshop

# As glossary.yaml calls it, the end of the file's name, what it is called, and its media type.
_FORMATS = (("markdown", ".md", "Markdown", "text/markdown"), ("json", ".json", "JSON", "application/json"))


def page(shop: Workshop, task: Task) -> str:
    """The entry as a page of the site."""
    view = replace(_view(shop, task, views.sibling_url), _find_stale=lambda: task.stale)
    locale = shop.locales[task.locale]
    groups = [
        pages.Group(
            getattr(locale.messages, relation),
            tuple(pages.Link(views.sibling_url(concept, ""), term) for concept, term in targets),
        )
        for relation, targets in task.relations
    ]
    translations = [
        pages.Translation(f"../../{name}/{task.concept}/", shop.tags[name], shop.locales[name].name, term)
        for name, term in task.translations
    ]
    subjects = [
        pages.Link(f"../subjects/{field}/", locale.subject_fields.get(field, field)) for field in view.subject_fields
    ]
    formats = [
        pages.Link(f"../{task.concept}{ending}", name, media_type)
        for key, ending, name, media_type in _FORMATS
        if key in shop.settings.entry_formats
    ]
    around = pages.Around(groups, translations, subjects, f"../compare/?entry={task.concept}", formats)
    term_set = routes.url(shop.base_url, routes.index(task.locale))
    return pages.entry_page(view, shop.frame(task), around, term_set=term_set)


def document(shop: Workshop, task: Task) -> str:
    """The entry as JSON, with its neighbours and its addresses."""

    def address(concept: str, section: str = "") -> str:
        found = routes.url(shop.base_url, routes.entry(task.locale, concept))
        return f"{found}#{section}" if section else found

    data = entry_data(_view(shop, task, address))
    data["language"] = shop.tags[task.locale]
    data["url"] = address(task.concept)
    data["relations"] = {
        relation: [{"concept": concept, "term": term, "url": address(concept)} for concept, term in targets]
        for relation, targets in task.relations
    }
    data["translations"] = {
        name: {"term": term, "url": routes.url(shop.base_url, routes.entry(name, task.concept))}
        for name, term in task.translations
    }
    data["licence"] = _reference(shop.settings.licence)
    data["credit"] = _reference(shop.settings.credit)
    return msgspec.json.format(msgspec.json.encode(data), indent=1).decode() + "\n"


def markdown(shop: Workshop, task: Task) -> str:
    """The entry as a Markdown document."""
    locale = shop.locales[task.locale]
    groups = [
        pages.Group(
            getattr(locale.messages, relation),
            tuple(pages.Link(views.sibling_file(concept, ""), term) for concept, term in targets),
        )
        for relation, targets in task.relations
    ]
    translations = [
        pages.Translation(f"../{name}/{task.concept}.md", shop.tags[name], shop.locales[name].name, term)
        for name, term in task.translations
    ]
    return documents.entry_document(
        _view(shop, task, views.sibling_file),
        locale,
        shop.settings,
        around=pages.Around(groups, translations),
        aliases=task.aliases,
        templates=shop.job.theme.templates,
    )


def _view(shop: Workshop, task: Task, address: Callable[[str, str], str]) -> views.LocalizedEntry:
    linkable = frozenset(task.linkable)

    def url_for(concept: str, section: str) -> str | None:
        return address(concept, section) if concept in linkable else None

    concept, entry = shop.records(task.concept, task.locale)
    locale = shop.locales[task.locale]
    return views.localize(task.concept, concept, entry, task.locale, task.locale, locale, url_for)


def _reference(reference: Reference | None) -> dict[str, str] | None:
    return {"name": reference.name, "url": reference.url} if reference else None
