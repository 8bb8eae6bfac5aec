"""What the site consists of: one task a file, with a key that changes when anything the file shows changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.library.store import CONCEPTS, entry_path
from deficiency_glossary.library.theme import Theme
from deficiency_glossary.render.environment import asset_names
from deficiency_glossary.render.pages import passages
from deficiency_glossary.site import discover, routes
from deficiency_glossary.site.scope import Scope, relations_of
from deficiency_glossary.site.survey import EntrySummary, Survey, TermSummary
from deficiency_glossary.text import markup

Kind = Literal[
    "entry",
    "entry-json",
    "entry-markdown",
    "index",
    "index-markdown",
    "subject",
    "about",
    "amounts",
    "compare",
    "page",
    "file",
    "search",
    "feed",
    "home",
    "moved",
    "moved-markdown",
    "not-found",
    "asset",
    "llms",
    "robots",
    "sitemap",
    "sitemap-index",
]
OF_ENTRIES: Collection[Kind] = frozenset({"entry", "entry-json", "entry-markdown"})
Format = Literal["html", "markdown"]
Subjects = Mapping[str, tuple[str, ...]]
"""Locale -> the subject fields that its entries have."""
MAX_FEED = 50


class Task(Struct, frozen=True, gc=False):
    """One file to write. Everything in it but `path` decides what the file holds, so it is what the key is made of."""

    path: str
    kind: Kind
    inputs: tuple[str, ...] = ()  # digests of the files that it is rendered from
    locale: str = ""
    concept: str = ""  # or the subject field
    title: str = ""
    locales: tuple[str, ...] = ()  # where the same page exists
    feed: bool = False  # whether the locale has a feed of changes
    count: int = 0  # entries of the locale
    relations: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # relation -> (concept, its term)
    translations: tuple[tuple[str, str], ...] = ()  # the other locales with their term
    linkable: tuple[str, ...] = ()  # link targets that exist in this locale
    aliases: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()  # passages whose source changed, where the locale shows it
    subjects: tuple[str, ...] = ()  # the subject fields of the locale's entries
    terms: tuple[tuple[str, TermSummary, str], ...] = ()  # concept, term, and its preferred term or description
    currencies: tuple[str, ...] = ()  # of the examples
    changes: tuple[tuple[str, str, str, str], ...] = ()  # concept, title, description, day
    urls: tuple[tuple[str, ...], ...] = ()  # for a sitemap: locales of each page, its path without the locale last

    def key(self, environment: str) -> str:
        """What must be equal for an earlier result to stand."""
        return digest_of(environment.encode() + msgspec.msgpack.encode(self))


def entries(survey: Survey, output: Format, scope: Scope | None = None) -> Iterator[Task]:
    """The files of all entries, those of one concept together; with a scope, those that an edit can reach.

    They are planned one by one, as they are asked for: all at once would fill the memory.
    """
    if output == "html":
        yield from _entries(survey, survey.settings.entry_formats, scope)
    else:
        yield from (task for task in _entries(survey, ("markdown",), scope) if task.kind == "entry-markdown")


def count_of_entries(survey: Survey, output: Format) -> int:
    """How many files `entries` has without a scope."""
    each = 1 if output == "markdown" else 1 + len(set(survey.settings.entry_formats))
    return each * sum(map(len, survey.entries.values()))


def others(survey: Survey, output: Format, theme: Theme) -> list[Task]:
    """All other files of the site, in a fixed order, but those of the theme. The sitemap has the pages of both."""
    tasks: list[Task] = []
    everywhere = tuple(survey.entries)
    subjects = {locale: _subjects(survey, locale) for locale in everywhere}
    if output == "markdown":
        for locale in everywhere:
            index = _index(survey, locale, "index-markdown", subjects)
            tasks += [replace(index, path=path) for path in (routes.index_folder(locale), routes.index_hugo(locale))]
        return tasks + [
            replace(task, path=task.path.removesuffix("/index.html") + ".md", kind="moved-markdown")
            for task in _moved(survey)
        ]
    for locale in everywhere:
        tasks += _pages(survey, locale, subjects)
    tasks += _moved(survey)
    heads = tuple(survey.digests.values())
    tasks.append(Task(routes.HOME, "home", heads, locales=everywhere))
    tasks.append(Task(routes.NOT_FOUND, "not-found", heads, locales=everywhere))
    if "markdown" in survey.settings.entry_formats:
        tasks.append(Task(routes.LLMS, "llms", heads, locales=everywhere))
    tasks += [Task(routes.ASSETS + name, "asset") for name in asset_names()]
    tasks.append(Task(routes.ROBOTS, "robots"))
    tasks += _sitemaps(
        (*_urls(survey, subjects), *_own(survey, theme)), (survey.digests["glossary.yaml"], *_chrome(survey))
    )
    return tasks


def _pages(survey: Survey, locale: str, subjects: Subjects) -> Iterator[Task]:
    """What a locale has besides its entries."""
    everywhere = tuple(survey.entries)
    inputs = (*_inputs(survey, locale), *_chrome(survey))
    entries = survey.entries[locale]
    changes = _changes(entries)
    base = Task("", "about", inputs, locale, locales=everywhere, feed=bool(changes))
    yield _index(survey, locale, "index", subjects)
    if "markdown" in survey.settings.entry_formats:
        yield _index(survey, locale, "index-markdown", subjects)
    linked = set(markup.targets(survey.locales[locale].about))
    linkable = tuple(sorted(linked & entries.keys()))
    yield replace(base, path=routes.page(locale, "about"), count=len(entries), linkable=linkable)
    yield replace(base, path=routes.not_found(locale), kind="not-found")
    yield replace(base, path=routes.page(locale, "search"), kind="search")
    if len(everywhere) > 1:
        yield replace(base, path=routes.page(locale, "compare"), kind="compare")
    if changes:
        yield replace(base, path=routes.feed(locale), kind="feed", changes=changes)
    used = {currency for name in entries for currency in survey.concepts[name].currencies}
    if used:
        path = routes.amounts(locale)
        yield Task(path, "amounts", _inputs(survey, locale)[1:], locale, currencies=tuple(sorted(used)))
    for field in subjects[locale]:
        rows = tuple(
            (concept, summary.preferred, summary.description)
            for concept, summary in entries.items()
            if field in survey.concepts[concept].subject_fields
        )
        where = tuple(other for other in everywhere if field in subjects[other])
        path = routes.page(locale, f"subjects/{field}")
        yield replace(base, path=path, kind="subject", concept=field, locales=where, terms=rows)


def _subjects(survey: Survey, locale: str) -> tuple[str, ...]:
    """The subject fields that the entries of a locale have."""
    return tuple(sorted({field for name in survey.entries[locale] for field in survey.concepts[name].subject_fields}))


def _changes(entries: Mapping[str, EntrySummary]) -> tuple[tuple[str, str, str, str], ...]:
    """The latest changes, newest first."""
    dated = [(name, entry.title, entry.description, entry.modified) for name, entry in entries.items()]
    known = [change for change in dated if change[3]]
    return tuple(sorted(sorted(known), key=lambda change: change[3], reverse=True)[:MAX_FEED])


def _sitemaps(urls: Iterable[tuple[str, ...]], inputs: tuple[str, ...]) -> list[Task]:
    """One sitemap, or an index of several when one would hold too many addresses."""
    parts: list[list[tuple[str, ...]]] = [[]]
    room = discover.MAX_LINKS
    for url in urls:
        links = (len(url) - 1) * len(url)  # in each of the languages, to all of them and to that of other readers
        if links > room and parts[-1]:
            parts.append([])
            room = discover.MAX_LINKS
        parts[-1].append(url)
        room -= links
    if len(parts) == 1:
        return [Task(routes.SITEMAP, "sitemap", inputs, urls=tuple(parts[0]))]
    names = tuple(f"sitemap-{number}.xml" for number in range(1, len(parts) + 1))
    tasks = [Task(name, "sitemap", inputs, urls=tuple(part)) for name, part in zip(names, parts, strict=True)]
    return [*tasks, Task(routes.SITEMAP, "sitemap-index", inputs, urls=(names,))]


def _inputs(survey: Survey, locale: str) -> tuple[str, ...]:
    return survey.digests["glossary.yaml"], survey.digests[f"locales/{locale}.yaml"]


def _chrome(survey: Survey) -> tuple[str, ...]:
    """Every page names all languages, so a locale's file touches them all; the digest of what it lends them."""
    shown = [(locale.tag, locale.name) for locale in survey.locales.values()]
    return (digest_of(msgspec.msgpack.encode(shown)),)


def _entries(survey: Survey, formats: Collection[str], scope: Scope | None) -> Iterator[Task]:
    """The page of each entry, and the same as data and as Markdown, one after the other: they are read once."""
    chrome = _chrome(survey)
    wanted = None if scope is None else {concept for _, concept in scope.entries}
    relations = relations_of(survey, wanted)
    shared = {locale: (*_inputs(survey, locale), *chrome) for locale in survey.entries}
    feed = {locale: any(one.modified for one in entries.values()) for locale, entries in survey.entries.items()}
    for concept, about in survey.concepts.items():
        if wanted is not None and concept not in wanted:
            continue
        digest = survey.files[f"{CONCEPTS}/{concept}.yaml"].digest
        there = [(locale, entries) for locale, entries in survey.entries.items() if concept in entries]
        terms = [(locale, entries[concept].term) for locale, entries in there]
        locales = tuple(locale for locale, _ in there)
        for locale, entries in there:
            if scope is not None and (locale, concept) not in scope.entries:
                continue
            path = entry_path(concept, locale)
            page = Task(
                routes.entry(locale, concept),
                "entry",
                (*shared[locale], digest, survey.files[path].digest),
                locale,
                concept,
                locales=locales,
                feed=feed[locale],
                relations=tuple(_relations(relations.get(concept, {}), entries)),
                translations=tuple(one for one in terms if one[0] != locale),
                linkable=tuple(target for target in entries[concept].links if target in entries),
                aliases=about.aliases,
                stale=_stale(survey, path),
            )
            yield page
            bare = replace(page, locales=(), feed=False, stale=())
            if "json" in formats:
                yield replace(bare, path=routes.entry_json(locale, concept), kind="entry-json", aliases=())
            if "markdown" in formats:
                yield replace(bare, path=routes.entry_markdown(locale, concept), kind="entry-markdown")


def _stale(survey: Survey, path: str) -> tuple[str, ...]:
    found = survey.stale.get(path)
    return passages(found.fields) if found else ()


def _relations(
    relations: Mapping[str, tuple[str, ...]], entries: Mapping[str, EntrySummary]
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for name, targets in relations.items():
        shown = tuple((target, entries[target].term) for target in targets if target in entries)
        if shown:
            yield name, shown


def _index(survey: Survey, locale: str, kind: Kind, subjects: Subjects) -> Task:
    rows = tuple(
        (concept, term, summary.term) for concept, summary in survey.entries[locale].items() for term in summary.terms
    )
    path = routes.index(locale) if kind == "index" else routes.index_markdown(locale)
    inputs = (*_inputs(survey, locale), *_chrome(survey))
    feed = any(summary.modified for summary in survey.entries[locale].values())
    where = tuple(survey.entries)
    return Task(path, kind, inputs, locale, locales=where, feed=feed, subjects=subjects[locale], terms=rows)


def _moved(survey: Survey) -> Iterator[Task]:
    for locale, entries in survey.entries.items():
        taken = set(entries)  # two concepts may claim one alias: the first has it, as in the library
        for concept, summary in entries.items():
            for alias in survey.concepts[concept].aliases:
                if alias not in taken:
                    taken.add(alias)
                    yield Task(
                        routes.entry(locale, alias),
                        "moved",
                        _inputs(survey, locale),
                        locale,
                        concept,
                        title=summary.title,
                    )


def _urls(survey: Survey, subjects: Subjects) -> Iterator[tuple[str, ...]]:
    everywhere = tuple(survey.entries)
    yield (*everywhere, "")
    yield (*everywhere, "about/")
    for field in sorted({field for fields in subjects.values() for field in fields}):
        where = (locale for locale in everywhere if field in subjects[locale])
        yield (*where, f"subjects/{field}/")
    for concept in survey.concepts:
        present = tuple(locale for locale in everywhere if concept in survey.entries[locale])
        if present:
            yield (*present, f"{concept}/")


def _own(survey: Survey, theme: Theme) -> Iterator[tuple[str, ...]]:
    """The pages of a theme, as `_urls` has those of the site."""
    for name in sorted({page.name for page in theme.pages}):
        there = {page.locale for page in theme.pages if page.name == name}
        yield (*(locale for locale in survey.entries if locale in there), f"{name}/")
