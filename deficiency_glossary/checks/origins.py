"""Where in the glossary a link of its site comes from: the entry's prose, its sources and relations, the settings.

Nothing is written into the pages for this. A page's address tells its entry, and in the entry stands a link that
leads where the page's link leads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import groupby
from typing import Any, NamedTuple

from msgspec.structs import replace

from deficiency_glossary.checks.addresses import Addresses
from deficiency_glossary.findings import Finding, in_order
from deficiency_glossary.library.store import Library, Loaded
from deficiency_glossary.library.yaml12 import Node, place_of
from deficiency_glossary.text import markup

PageOf = Callable[[str, str], str]
"""(locale, concept) -> the file of that page in the site."""


class Place(NamedTuple):
    """A place in a file of the glossary."""

    path: str
    line: int
    column: int


def traced(findings: Iterable[Finding], library: Library, page_of: PageOf, addresses: Addresses) -> list[Finding]:
    """The findings, those with a known origin at that place of the glossary instead of at the page."""
    origins = _Origins(library, page_of, addresses)
    kept: list[Finding] = []
    moved: dict[tuple[Place, str, str], list[Finding]] = {}
    for (path, code, target), group in groupby(
        sorted(findings, key=lambda one: (one.path, one.code, one.target, one.line, one.column)),
        key=lambda one: (one.path, one.code, one.target),
    ):
        places = origins.of(path, target) if target else []
        for number, finding in enumerate(group):
            if places:  # the first link of the page comes from the first place, and so on
                moved.setdefault((places[min(number, len(places) - 1)], code, target), []).append(finding)
            else:
                kept.append(finding)
    return in_order([*kept, *(_at(place, found) for (place, _, _), found in moved.items())])


def _at(place: Place, findings: list[Finding]) -> Finding:
    first = findings[0]
    pages = sorted({finding.path for finding in findings})
    more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
    message = f"{first.message} (on {pages[0]}{more})"
    return replace(first, path=place.path, line=place.line, column=place.column, message=message)


class _Origins:
    def __init__(self, library: Library, page_of: PageOf, addresses: Addresses) -> None:
        self.library, self.page_of, self.addresses = library, page_of, addresses
        self.entries = {
            page_of(locale, concept): (locale, concept)
            for locale in library.locales
            for concept in library.concepts_in(locale)
        }
        # Each file is read once, however many findings ask for it.
        self._links = cache(self._links_in)
        self._texts = cache(self._texts_in)

    def of(self, page: str, written: str) -> list[Place]:
        """The places that a link of a page comes from, in the order of the files."""
        if page in self.entries:
            locale, concept = self.entries[page]
            key = self._key(page, written)
            return [
                *self._links(locale, concept).get(key, ()),
                *self._texts(concept, locale).get(key, ()),
                *self._inverse(locale, concept, key),
                *self._everywhere.get(written, ()),
            ]
        return self._everywhere.get(written, [])

    def _key(self, page: str, written: str) -> str:
        """What an address is known by: the page that it leads to with its fragment, or itself."""
        target = self.addresses.target(page, "", written)
        if target.kind not in ("file", "missing"):
            return written
        return _known_by(target.path, target.fragment)

    def _page_key(self, locale: str, concept: str, section: str = "") -> str:
        concept = self.library.aliases.get(concept, concept)
        return _known_by(self.page_of(locale, concept), section)

    def _links_in(self, locale: str, concept: str) -> dict[str, list[Place]]:
        """The links in the prose of an entry."""
        found: dict[str, list[Place]] = {}
        file = self.library.entry_file(concept, locale)
        for node, text in _scalars(file.root):
            for link in markup.links(text):
                key = self._page_key(locale, link.concept, link.section) if link.is_internal else link.target
                offset = text.rindex(link.target, link.start, link.end)
                found.setdefault(key, []).append(Place(file.path, *place_of(file.text, node, offset)))
        return found

    def _texts_in(self, concept: str, locale: str) -> dict[str, list[Place]]:
        """The addresses and ids in the file of a concept: its sources and relations."""
        found: dict[str, list[Place]] = {}
        file = self.library.concept_file(concept)
        for node, text in _scalars(file.root):
            place = Place(file.path, node.line, node.column)
            found.setdefault(text, []).append(place)
            if text in self.library.concepts:
                found.setdefault(self._page_key(locale, text), []).append(place)
        return found

    def _inverse(self, locale: str, concept: str, key: str) -> list[Place]:
        """The relation that the other concept's file states."""
        other = self.entries.get(f"{key}index.html")
        return self._texts(other[1], locale).get(self._page_key(locale, concept), []) if other else []

    @cached_property
    def _everywhere(self) -> dict[str, list[Place]]:
        """The addresses in the settings and in the locales' own texts."""
        found: dict[str, list[Place]] = {}
        files: list[Loaded[Any]] = [self.library.settings_file]
        files += [self.library.locale_file(locale) for locale in self.library.locales]
        for file in files:
            for node, text in _scalars(file.root):
                if text.startswith(("http:", "https:", "mailto:")):
                    found.setdefault(text, []).append(Place(file.path, node.line, node.column))
                for link in markup.links(text):
                    offset = text.rindex(link.target, link.start, link.end)
                    found.setdefault(link.target, []).append(Place(file.path, *place_of(file.text, node, offset)))
        return found


def _known_by(path: str, fragment: str) -> str:
    path = path.removesuffix("index.html")
    return f"{path}#{fragment}" if fragment else path


def _scalars(node: Node | None) -> Iterator[tuple[Node, str]]:
    """All texts of a file, in order."""
    if node is None:
        return
    if isinstance(node.value, str):
        yield node, node.value
    children = node.value.values() if isinstance(node.value, dict) else node.value
    for child in children if isinstance(children, Iterable) and not isinstance(children, str) else ():
        yield from _scalars(child)
