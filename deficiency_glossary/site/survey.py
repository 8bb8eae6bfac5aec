"""What a build must know of every file before it renders the first page.

A page shows little of other files: the names of related concepts, which pages exist in which language. That little is
the summary of a file. Summaries are kept from build to build under the digest of the file's bytes, so an unchanged
file is not parsed again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from deficiency_glossary.errors import InvalidContent
from deficiency_glossary.findings import Finding, has_errors, in_order
from deficiency_glossary.library import stamps, store
from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.library.store import CONCEPTS, Library, Loaded, entry_path
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import Concept, Entry, Relations, Settings, TermStatus
from deficiency_glossary.site.packs import Pack
from deficiency_glossary.text import markup


class TermSummary(Struct, frozen=True, array_like=True, gc=False):
    """A term as the index shows it."""

    text: str
    reading: str | None
    status: TermStatus


class EntrySummary(Struct, frozen=True, array_like=True, gc=False):
    """What other pages show of an entry."""

    title: str
    description: str
    terms: tuple[TermSummary, ...]
    linked: str  # the concepts that its links go to, with spaces between: one string takes a third of many
    modified: str  # YYYY-MM-DD or ''
    shapes: tuple[str, ...] = ()  # of its terms when inflected, where the record gives them: for search alone

    @property
    def links(self) -> list[str]:
        """The concepts that its links go to, sorted."""
        return self.linked.split()

    @property
    def preferred(self) -> TermSummary:
        """The preferred term."""
        for term in self.terms:  # half the time of a generator, for every link to every entry
            if term.status == "preferred":
                return term
        raise AssertionError("an entry without a preferred term has an error, and no summary")

    @property
    def term(self) -> str:
        """The preferred term's text."""
        return self.preferred.text


class ConceptSummary(Struct, frozen=True, array_like=True, gc=False):
    """What other pages need of a concept."""

    relations: Relations
    aliases: tuple[str, ...]
    subject_fields: tuple[str, ...]
    currencies: tuple[str, ...]  # of its examples


class FileSummary(Struct, frozen=True, array_like=True, gc=False):
    """A file of content: the digest of its bytes and what others see of it. No summary: it has an error."""

    digest: str
    entry: EntrySummary | None = None
    concept: ConceptSummary | None = None
    findings: tuple[Finding, ...] = ()
    stamp: int = 0  # see _stamps; 0: it may not be as it was


class Staleness(Struct, frozen=True, array_like=True, gc=False):
    """What is stale in an entry, and the digest of all that says so."""

    digest: str
    fields: tuple[str, ...]


class Survey(NamedTuple):
    """The whole glossary in outline."""

    settings: Settings
    digests: Mapping[str, str]
    locales: Mapping[str, Locale]
    concepts: Mapping[str, ConceptSummary]
    entries: Mapping[str, Mapping[str, EntrySummary]]
    files: Mapping[str, FileSummary]
    changed: tuple[str, ...]  # the files that were read, because they may not be as they were
    findings: tuple[Finding, ...]
    stale: Mapping[str, Staleness] = {}  # by the path of the entry, in locales that show it


Summarize = Callable[[Sequence[str]], Iterable[tuple[str, FileSummary]]]
"""Paths -> their summaries. The build passes one that works in several processes."""


def survey(
    library: Library,
    locales: Sequence[str],
    known: Mapping[str, FileSummary],
    summarize: Summarize,
) -> Survey:
    """Read what changed since `known` and join it with the rest. Raises InvalidContent if anything has an error.

    A file that has the same stamp as then is not read; one with another stamp may still have the same bytes.
    """
    now = _stamps(library, locales)
    head: list[Loaded[Settings] | Loaded[Locale]] = [
        library.settings_file,
        *(library.locale_file(locale) for locale in locales),
    ]
    head_findings = [finding for file in head for finding in file.findings]
    there = {locale: library.concepts_in(locale) for locale in locales}
    paths = list(_paths(library.concepts, there))
    files, changed = _known(library, paths, known, now)
    files.update((path, replace(summary, stamp=now.get(path, 0))) for path, summary in summarize(changed))
    findings = [
        *head_findings,
        *library.stray_files(),
        *(f for file in files.values() for f in file.findings),
    ]
    if has_errors(findings):
        raise InvalidContent(in_order(findings))
    concepts = {name: files[f"{CONCEPTS}/{name}.yaml"].concept for name in library.concepts}
    entries: dict[str, dict[str, EntrySummary]] = {locale: {} for locale in locales}
    for locale, names in there.items():
        for concept in sorted(names):
            summary = files[entry_path(concept, locale)].entry
            if summary is not None and concept in concepts:
                entries[locale][concept] = summary
    return Survey(
        settings=library.settings,
        digests={file.path: digest_of(library.read_bytes(file.path)) for file in head},
        locales={locale: library.locale_file(locale).require() for locale in locales},
        concepts={name: summary for name, summary in concepts.items() if summary is not None},
        entries=entries,
        files=files,
        changed=tuple(changed),
        findings=tuple(in_order(findings)),
    )


def _paths(concepts: Sequence[str], there: Mapping[str, Collection[str]]) -> Iterator[str]:
    """All files of concepts and entries, those of one concept together: pages are made in this order too."""
    for concept in concepts:
        yield f"{CONCEPTS}/{concept}.yaml"
        for locale, names in there.items():
            if concept in names:
                yield entry_path(concept, locale)
    known = frozenset(concepts)
    for locale, names in there.items():
        yield from (entry_path(concept, locale) for concept in sorted(names) if concept not in known)


def _known(
    library: Library,
    paths: Iterable[str],
    known: Mapping[str, FileSummary],
    now: Mapping[str, int],
) -> tuple[dict[str, FileSummary], list[str]]:
    """The summaries that are still right, and the files that must be read."""
    found: dict[str, FileSummary] = {}
    changed: list[str] = []
    for path in paths:
        before = known.get(path)
        stamp = now.get(path, 0)
        if before is None or before.findings:
            changed.append(path)
        elif stamp and stamp == before.stamp:
            found[path] = before
        elif _digest(library, path) == before.digest:
            found[path] = replace(before, stamp=stamp)
        else:
            changed.append(path)
    return found, changed


def _stamps(library: Library, locales: Iterable[str]) -> dict[str, int]:
    """What tells a state of a file from another, of all files of content where it can be trusted.

    Numbers made of stamps: one takes a third of the memory of three. There are none if the glossary is in no ordinary
    folder.
    """
    if not isinstance(library.root, Path):
        return {}
    latest = stamps.settled()
    found = stamps.stamps(library.root, (CONCEPTS, *(f"content/{locale}" for locale in locales)))
    return {path: hash(stamp) for path, stamp in found if stamp[1] < latest and stamp[2] < latest}


def _digest(library: Library, path: str) -> str | None:
    try:
        return digest_of(library.read_bytes(path))
    except OSError:
        return None


def summarize(library: Library, paths: Sequence[str], pack: Pack) -> list[tuple[str, FileSummary]]:
    """The summaries of files, read here and now. Records that pages can be made of go into the pack."""
    return [(path, _summary(library, path, pack)) for path in paths]


def _summary(library: Library, path: str, pack: Pack) -> FileSummary:
    try:
        data = library.read_bytes(path)
    except OSError as error:
        problem = Finding(
            path=path,
            code="unreadable",
            message=f"cannot be read: {error.strerror or error}",
            hint="see who may read it",
        )
        return FileSummary("", findings=(problem,))
    digest = digest_of(data)
    if path.startswith(f"{CONCEPTS}/"):
        loaded = store.decode(data, path, Concept)
        record = loaded.record
        if record and not has_errors(loaded.findings):
            pack.concepts[path] = record
        return FileSummary(digest, concept=_of_concept(record) if record else None, findings=loaded.findings)
    loaded_entry = store.decode(data, path, Entry)
    entry = loaded_entry.record
    usable = entry is not None and not entry.draft and not has_errors(loaded_entry.findings)
    if entry and usable:
        pack.entries[path] = entry
    return FileSummary(digest, entry=_of_entry(entry) if entry and usable else None, findings=loaded_entry.findings)


def _of_concept(concept: Concept) -> ConceptSummary:
    currencies = tuple(sorted({example.currency for example in concept.examples.values()}))
    return ConceptSummary(concept.relations, concept.aliases, concept.subject_fields, currencies)


def _of_entry(entry: Entry) -> EntrySummary:
    targets = {target for text in prose_of(entry) for target in markup.targets(text)}
    terms = tuple(TermSummary(term.text, term.reading, term.status) for term in entry.terms)
    modified = entry.modified.isoformat() if entry.modified else ""
    shapes = tuple(shape for term in entry.terms for shape in (term.soft_stem, *term.shapes) if shape)
    return EntrySummary(entry.title, entry.description, terms, " ".join(sorted(targets)), modified, shapes)


def prose_of(entry: Entry) -> Iterator[str]:
    """Every Markdown text of an entry."""
    yield entry.definition
    yield from (section.body for section in entry.sections.values())
    yield from entry.notes.values()
    yield from entry.highlights.values()
    yield from (example.text for example in entry.examples.values())
