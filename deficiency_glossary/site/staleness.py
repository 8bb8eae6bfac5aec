"""Which passages of the site are stale, for the locales that tell their readers. What did not change is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.library.status import Key, Ledger, Record
from deficiency_glossary.library.store import Library, entry_path
from deficiency_glossary.library.translations import stale_fields
from deficiency_glossary.site.survey import FileSummary, Staleness, Survey


def staleness(library: Library, outline: Survey, known: Mapping[str, Staleness]) -> dict[str, Staleness]:
    """Path of an entry -> its stale fields, of the locales that show them. Raises BadLedger.

    An entry is read again only if it, its source or its lines in the status file changed since `known`.
    """
    found: dict[str, Staleness] = {}
    for locale in outline.entries:
        if outline.locales[locale].show_stale and locale != library.settings.source_locale:
            found.update(_of_locale(library, outline, locale, known))
    return found


def _of_locale(
    library: Library, outline: Survey, locale: str, known: Mapping[str, Staleness]
) -> Iterator[tuple[str, Staleness]]:
    source = library.settings.source_locale
    ledger = library.ledger(locale)
    for concept, records in _by_concept(ledger).items():
        path = entry_path(concept, locale)
        if concept not in outline.entries[locale]:
            continue
        told = (outline.files[path].digest, _digest(library, outline.files, entry_path(concept, source)), str(records))
        digest = digest_of("\n".join(told).encode())
        before = known.get(path)
        if before is not None and before.digest == digest:
            yield path, before
        else:
            yield path, Staleness(digest, stale_fields(library, concept, locale, records))
            library.forget(concept, locale)


def _by_concept(ledger: Ledger) -> dict[str, Ledger]:
    groups: dict[str, dict[Key, Record]] = {}
    for key, record in ledger.items():
        groups.setdefault(key[0], {})[key] = record
    return dict(groups)


def _digest(library: Library, files: Mapping[str, FileSummary], path: str) -> str:
    """The digest of a file, which is not among those surveyed if its language is left out of the build."""
    if path in files:
        return files[path].digest
    try:
        return digest_of(library.read_bytes(path))
    except OSError:
        return ""
