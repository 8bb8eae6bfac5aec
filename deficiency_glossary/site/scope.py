"""Which files of the site an edit can reach, where that is quickly told.

An edit of a text reaches the files of its entry. An edit of what other pages show of it, such as a term, reaches the
entry in the other languages, the concepts that it is related to, and all lists. Any other edit may reach everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from deficiency_glossary.library import graph
from deficiency_glossary.library.store import CONCEPTS
from deficiency_glossary.site.survey import FileSummary, Staleness, Survey


class Scope(NamedTuple):
    """(locale, concept) of the entries that an edit can reach, and whether it reaches the files of no single entry."""

    entries: frozenset[tuple[str, str]]
    lists: bool


def scope_of(outline: Survey, before: Mapping[str, FileSummary], stale: Mapping[str, Staleness]) -> Scope | None:
    """What the difference between two surveys reaches; None if that may be everything.

    Settings, locales and theme must be as they were.
    """
    if outline.files.keys() != before.keys():
        return None
    now = outline.stale
    entries = {_one(path) for path in {*stale, *now} if stale.get(path) != now.get(path)}
    renamed: set[tuple[str, str]] = set()
    for path in outline.changed:
        old, new = before[path], outline.files[path]
        if old.concept != new.concept or (old.entry is None) != (new.entry is None):
            return None
        if old.entry and new.entry and bool(old.entry.modified) != bool(new.entry.modified):
            return None  # the locale may have its first feed now, which each page links to, or its last no longer
        folder, name = _one(path)
        if path.startswith(f"{CONCEPTS}/"):
            entries |= _everywhere(outline, name)
        else:
            entries.add((folder, name))
            if old.entry != new.entry:
                renamed.add((folder, name))
    if renamed:
        entries |= _beside(outline, renamed)
    there = frozenset((locale, concept) for locale, concept in entries if concept in outline.entries.get(locale, {}))
    return Scope(there, bool(renamed))


def relations_of(outline: Survey, concepts: Iterable[str] | None) -> graph.Graph:
    """How these concepts stand to others; None: all."""
    stated = {name: summary.relations for name, summary in outline.concepts.items()}
    return graph.build(stated, None if concepts is None else frozenset(concepts))


def _one(path: str) -> tuple[str, str]:
    """The folder and the id that a path of content ends in: of an entry, its locale and concept."""
    folder, _, name = path.removesuffix(".yaml").rpartition("/")
    return folder.rpartition("/")[2], name


def _everywhere(outline: Survey, concept: str) -> set[tuple[str, str]]:
    return {(locale, concept) for locale in outline.entries}


def _beside(outline: Survey, renamed: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The entries that show a term of one of these."""
    found: set[tuple[str, str]] = set()
    relations = relations_of(outline, {concept for _, concept in renamed})
    for locale, concept in renamed:
        found |= _everywhere(outline, concept)
        found |= {(locale, other) for others in relations.get(concept, {}).values() for other in others}
    return found
