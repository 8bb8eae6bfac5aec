"""What the site consists of: one task a file, with a key that changes when anything the file shows changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec
from msgspec import Struct

from deficiency_glossary.library import graph
from deficiency_glossary.library.store import CONCEPTS, entry_path
from deficiency_glossary.render.environment import asset_names
from deficiency_glossary.site import discover, routes
from deficiency_glossary.site.survey import EntrySummary, Survey, TermSummary, digest_of

Kind = Literal[
    "entry",
    "entry-markdown",
    "index",
    "index-markdown",
    "home",
    "moved",
    "not-found",
    "asset",
    "robots",
    "sitemap",
    "sitemap-index",
]
Format = Literal["html", "markdown"]


class Task(Struct, frozen=True):
    """One file to write. Everything in it but `path` decides what the file holds, so it is what the key is made of."""

    path: str
    kind: Kind
    inputs: tuple[str, ...] = ()  # digests of the files that it is rendered from
    locale: str = ""
    concept: str = ""
    title: str = ""
    locales: tuple[str, ...] = ()  # where the same page exists
    relations: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # relation -> (concept, its term)
    linkable: tuple[str, ...] = ()  # link targets that exist in this locale
    aliases: tuple[str, ...] = ()
    terms: tuple[tuple[str, TermSummary, str], ...] = ()  # for an index: concept, term, preferred term
    urls: tuple[tuple[str, ...], ...] = ()  # for a sitemap: locales of each page, its path without the locale last

    def key(self, environment: str) -> str:
        """What must be equal for an earlier result to stand."""
        return digest_of(environment.encode() + msgspec.msgpack.encode(self))


def plan(survey: Survey, output: Format) -> list[Task]:
    """All files of the site, in a fixed order."""
    relations = graph.build({name: summary.relations for name, summary in survey.concepts.items()})
    tasks = list(_entries(survey, relations, output))
    if output == "markdown":
        tasks += [_index(survey, locale, "index-markdown") for locale in survey.entries]
        return tasks
    tasks += [_index(survey, locale, "index") for locale in survey.entries]
    tasks += _moved(survey)
    everywhere = tuple(survey.entries)
    heads = tuple(survey.digests.values())
    tasks.append(Task(routes.HOME, "home", heads, locales=everywhere))
    tasks.append(Task(routes.NOT_FOUND, "not-found", heads, locales=everywhere))
    tasks += [Task(routes.ASSETS + name, "asset") for name in asset_names()]
    tasks.append(Task(routes.ROBOTS, "robots"))
    tasks += _sitemaps(survey, (survey.digests["glossary.yaml"], *_chrome(survey)))
    return tasks


def _sitemaps(survey: Survey, inputs: tuple[str, ...]) -> list[Task]:
    """One sitemap, or an index of several when one would hold too many addresses."""
    parts: list[list[tuple[str, ...]]] = [[]]
    room = discover.MAX_URLS
    for url in _urls(survey):
        if len(url) > room:
            parts.append([])
            room = discover.MAX_URLS
        parts[-1].append(url)
        room -= len(url)
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


def _entries(survey: Survey, relations: graph.Graph, output: Format) -> Iterator[Task]:
    chrome = _chrome(survey)
    for locale, entries in survey.entries.items():
        shared = (*_inputs(survey, locale), *chrome)
        for concept, summary in entries.items():
            inputs = (
                *shared,
                survey.files[f"{CONCEPTS}/{concept}.yaml"].digest,
                survey.files[entry_path(concept, locale)].digest,
            )
            html = output == "html"
            yield Task(
                routes.entry(locale, concept) if html else routes.entry_markdown(locale, concept),
                "entry" if html else "entry-markdown",
                inputs,
                locale,
                concept,
                locales=tuple(name for name in survey.entries if concept in survey.entries[name]),
                relations=tuple(_relations(relations.get(concept, {}), entries)) if html else (),
                linkable=tuple(target for target in summary.links if target in entries),
                aliases=survey.concepts[concept].aliases,
            )


def _relations(
    relations: Mapping[str, tuple[str, ...]], entries: Mapping[str, EntrySummary]
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    for name, targets in relations.items():
        shown = tuple((target, entries[target].term) for target in targets if target in entries)
        if shown:
            yield name, shown


def _index(survey: Survey, locale: str, kind: Kind) -> Task:
    rows = tuple(
        (concept, term, summary.term) for concept, summary in survey.entries[locale].items() for term in summary.terms
    )
    path = routes.index(locale) if kind == "index" else routes.index_markdown(locale)
    inputs = (*_inputs(survey, locale), *_chrome(survey))
    return Task(path, kind, inputs, locale, locales=tuple(survey.entries), terms=rows)


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


def _urls(survey: Survey) -> Iterator[tuple[str, ...]]:
    everywhere = tuple(survey.entries)
    yield (*everywhere, "")
    for concept in survey.concepts:
        present = tuple(locale for locale in everywhere if concept in survey.entries[locale])
        if present:
            yield (*present, f"{concept}/")
