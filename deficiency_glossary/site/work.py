"""Doing one task: the text of one file. Runs in the main process or in a worker; each reads its own files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from deficiency_glossary.library.store import Library, open_library
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Settings
from deficiency_glossary.render import pages, views
from deficiency_glossary.render.environment import environment, read_asset
from deficiency_glossary.site import discover, routes
from deficiency_glossary.site.plan import Task


class Job(Struct, frozen=True):
    """What a worker must know besides its tasks. `root` is None for the shipped glossary."""

    root: str | None
    locales: tuple[str, ...]
    base_url: str


class Written(NamedTuple):
    """A file as it was written: its size in bytes and its time of change in nanoseconds."""

    path: str
    size: int
    mtime_ns: int


class Workshop:
    """Renders tasks of one job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.base_url = job.base_url

    @cached_property
    def library(self) -> Library:
        """The glossary, opened in this process."""
        return open_library(self.job.root)

    @cached_property
    def settings(self) -> Settings:
        """glossary.yaml."""
        return self.library.settings

    @cached_property
    def locales(self) -> Mapping[str, Locale]:
        """The published locales of this build, in order."""
        return {name: self.library.locale_file(name).require() for name in self.job.locales}

    @cached_property
    def tags(self) -> Mapping[str, str]:
        """Locale -> BCP 47 tag for lang and hreflang."""
        return {name: locale.tag for name, locale in self.locales.items()}

    # --- tasks -------------------------------------------------------------------------------------------------------

    def text(self, task: Task) -> str:
        """What the task's file holds."""
        makers: dict[str, Callable[[Task], str]] = {
            "entry": self._entry,
            "entry-markdown": self._entry_markdown,
            "index": self._index,
            "index-markdown": self._index_markdown,
            "home": lambda _: self._home(),
            "moved": self._moved,
            "not-found": lambda _: self._not_found(),
            "asset": lambda task: read_asset(task.path.removeprefix(routes.ASSETS)),
            "robots": lambda _: discover.robots(self.base_url),
            "sitemap": self._sitemap,
            "sitemap-index": lambda task: discover.sitemap_index(self.base_url, task.urls[0]),
        }
        return makers[task.kind](task)

    def _view(self, task: Task, url_for: views.UrlFor) -> views.LocalizedEntry:
        concept = self.library.concept_file(task.concept).require()
        entry = self.library.entry_file(task.concept, task.locale).require()
        locale = self.locales[task.locale]
        view = views.localize(task.concept, concept, entry, task.locale, task.locale, locale, url_for)
        self.library.forget(task.concept, task.locale)
        return view

    def _entry(self, task: Task) -> str:
        linkable = frozenset(task.linkable)

        def url_for(concept: str, section: str) -> str | None:
            return views.sibling_url(concept, section) if concept in linkable else None

        locale = self.locales[task.locale]
        groups = [
            pages.Group(
                getattr(locale.messages, relation),
                tuple(pages.Link(views.sibling_url(concept, ""), term) for concept, term in targets),
            )
            for relation, targets in task.relations
        ]
        paths = {name: routes.entry(name, task.concept) for name in task.locales}
        frame = self._frame(task.path, task.locale, paths)
        term_set = routes.url(self.base_url, routes.index(task.locale))
        return pages.entry_page(self._view(task, url_for), frame, groups, term_set=term_set)

    def _entry_markdown(self, task: Task) -> str:
        linkable = frozenset(task.linkable)

        def url_for(concept: str, section: str) -> str | None:
            return views.sibling_file(concept, section) if concept in linkable else None

        aliases = [f"/{task.locale}/{alias}/" for alias in task.aliases]
        return pages.entry_markdown(self._view(task, url_for), self.locales[task.locale], aliases)

    def _items(self, task: Task, *, markdown: bool = False) -> list[tuple[str, list[pages.IndexItem]]]:
        items = [
            pages.IndexItem(
                f"{concept}.md" if markdown else f"{concept}/",
                term.text,
                term.reading,
                "" if term.status == "preferred" else preferred,
            )
            for concept, term, preferred in task.terms
        ]
        return pages.in_index_order(items, self.locales[task.locale])

    def _index(self, task: Task) -> str:
        paths = {name: routes.index(name) for name in task.locales}
        frame = self._frame(task.path, task.locale, paths, default=routes.HOME)
        return pages.index_page(frame, self._items(task), len({concept for concept, _, _ in task.terms}))

    def _index_markdown(self, task: Task) -> str:
        locale = self.locales[task.locale]
        values = {"title": locale.title, "description": locale.description, "groups": self._items(task, markdown=True)}
        return environment(autoescape=False).get_template("index.md").render(values)

    def _home(self) -> str:
        source = self.settings.source_locale
        locale = self.locales.get(source) or next(iter(self.locales.values()))
        paths = {name: routes.index(name) for name in self.locales}
        alternates = discover.alternates(self.base_url, paths, self.tags, source, routes.HOME)
        frame = pages.Frame(locale, self.settings, "./", self.base_url, source, alternates, (), "./")
        return pages.home_page(frame, [(link, self.locales[name].title) for name, link in self._home_links("").items()])

    def _home_links(self, prefix: str) -> dict[str, pages.Link]:
        return {name: pages.Link(f"{prefix}{name}/", locale.name, locale.tag) for name, locale in self.locales.items()}

    def _moved(self, task: Task) -> str:
        locale = self.locales[task.locale]
        target = routes.entry(task.locale, task.concept)
        frame = pages.Frame(locale, self.settings, routes.root_of(task.path), routes.url(self.base_url, target))
        return pages.moved_page(frame, pages.Link(f"../{task.concept}/", task.title))

    def _not_found(self) -> str:
        source = self.settings.source_locale
        locale = self.locales.get(source) or next(iter(self.locales.values()))
        root = routes.base_path(self.base_url)
        frame = pages.Frame(locale, self.settings, root, "", source, (), (), root)
        choices = [
            (link, self.locales[name].messages.not_found, self.locales[name].messages.not_found_text)
            for name, link in self._home_links(root).items()
        ]
        return pages.not_found_page(frame, choices)

    def _sitemap(self, task: Task) -> str:
        clusters = []
        for *present, rest in task.urls:
            paths = {name: f"{name}/{rest}index.html" for name in present}
            default = None if rest else routes.HOME
            clusters.append(discover.alternates(self.base_url, paths, self.tags, self.settings.source_locale, default))
        starts_here = bool(task.urls) and task.urls[0][-1] == ""
        return discover.sitemap(self.base_url if starts_here else "", clusters)

    def _frame(self, path: str, locale: str, paths: Mapping[str, str], default: str | None = None) -> pages.Frame:
        """The frame of a page that exists in several languages; `paths` names its file in each."""
        root = routes.root_of(path)
        languages = tuple(
            pages.Link(
                root + paths.get(name, routes.index(name)).removesuffix("index.html"),
                record.name,
                record.tag,
                name == locale,
            )
            for name, record in self.locales.items()
        )
        return pages.Frame(
            self.locales[locale],
            self.settings,
            root,
            routes.url(self.base_url, path),
            locale,
            discover.alternates(self.base_url, paths, self.tags, self.settings.source_locale, default),
            languages,
            f"{root}{locale}/",
        )


def write_all(job: Job, tasks: Sequence[Task], folder: Path) -> list[Written]:
    """Render tasks into a folder; the entry point of a worker process."""
    workshop = Workshop(job)
    return [write(folder, task.path, workshop.text(task)) for task in tasks]


def write(folder: Path, path: str, text: str) -> Written:
    """Write one file, its folders included."""
    target = f"{folder}/{path}"
    data = text.encode()
    try:
        file = open(target, "wb")  # noqa: PTH123, SIM115 - half the time of pathlib's, for every page
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        file = open(target, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(data)
        file.flush()  # a full disk raises here, and the size and time below are final
        status = os.fstat(file.fileno())
    return Written(path, status.st_size, status.st_mtime_ns)
