"""What stays the same while files are made: the glossary, its locales, the frame of every page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

from deficiency_glossary.library.store import CONCEPTS, Library, entry_path, open_library
from deficiency_glossary.library.theme import Theme
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Concept, Entry, Settings
from deficiency_glossary.render import pages
from deficiency_glossary.site import discover, packs, routes
from deficiency_glossary.site.plan import Task


class Job(Struct, frozen=True):
    """What a worker must know besides its tasks. `root` is None for the shipped glossary."""

    root: str | None
    locales: tuple[str, ...]
    base_url: str
    theme: Theme = Theme()
    full_text: bool = False


class Workshop:
    """One job in one process. What the survey has read already is in these packs; the rest is read here."""

    def __init__(self, job: Job, packed: Iterable[str] = ()) -> None:
        self.job = job
        self._pack = packs.read(packed)
        self.base_url = job.base_url
        self._read: tuple[tuple[str, str], Concept, Entry] | None = None

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

    @cached_property
    def look(self) -> pages.Look:
        """What the theme changes on every page."""
        theme = self.job.theme
        own: dict[str, list[pages.Link]] = {}
        for page in theme.pages:
            own.setdefault(page.locale, []).append(pages.Link(f"{page.name}/", page.title))
        return pages.Look(theme.templates, theme.has_style, own)

    @property
    def main_locale(self) -> str:
        """The locale of pages that belong to none: the source locale, if it is published."""
        source = self.settings.source_locale
        return source if source in self.locales else next(iter(self.locales))

    def records(self, concept: str, locale: str) -> tuple[Concept, Entry]:
        """The two files of an entry. The last ones asked for are kept: several files are made of one entry."""
        if self._read is None or self._read[0] != (concept, locale):
            record = self._pack.concepts.get(f"{CONCEPTS}/{concept}.yaml")
            entry = self._pack.entries.get(entry_path(concept, locale))
            if record is None:
                record = self.library.concept_file(concept).require()
            if entry is None:
                entry = self.library.entry_file(concept, locale).require()
                self.library.forget(concept, locale)
            self._read = (concept, locale), record, entry
        return self._read[1:]

    def frame(self, task: Task, *, default: str | None = None) -> pages.Frame:
        """The frame of a page; the same page in each of the task's locales is one click away.

        `default` is the page for readers of no locale (x-default) where it is not the source locale's.
        """
        root = routes.root_of(task.path)
        paths = {name: name + task.path.removeprefix(task.locale) for name in task.locales}
        languages = tuple(
            pages.Link(
                root + paths.get(name, routes.index(name)).removesuffix("index.html"),
                record.name,
                record.tag,
                name == task.locale,
            )
            for name, record in self.locales.items()
        )
        alternates = discover.alternates(self.base_url, paths, self.tags, self.settings.source_locale, default)
        return pages.Frame(
            self.locales[task.locale],
            self.settings,
            root,
            routes.url(self.base_url, task.path),
            task.locale,
            alternates,
            languages,
            f"{root}{task.locale}/",
            task.feed,
            self.look,
        )
