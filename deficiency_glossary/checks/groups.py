"""What was found in the files of one concept, in a form that can be kept, and what of it still holds."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from deficiency_glossary.checks.context import Context
from deficiency_glossary.checks.ignores import Ignore
from deficiency_glossary.checks.outlines import Outline
from deficiency_glossary.findings import Finding
from deficiency_glossary.library import stamps
from deficiency_glossary.library.store import CONCEPTS, entry_path
from deficiency_glossary.model import Concept
from deficiency_glossary.text.terms import TermForm
from deficiency_glossary.text.traces import Traces, is_as_read


class Seen(NamedTuple):
    """A file as it was read; one that could not be read has no digest. Without a stamp, only its bytes tell more."""

    digest: str
    stamp: stamps.Stamp | None = None


class Group(Struct, array_like=True):
    """The files of a concept and what was found in them.

    The file of the concept comes first, then its entries in the order of the locales; None where there is none.
    """

    files: tuple[Seen | None, ...] = ()
    # In each file alone:
    findings: tuple[Finding, ...] = ()
    of_ignores: tuple[Finding, ...] = ()  # which no ignore hides
    ignores: tuple[Ignore, ...] = ()
    concept: Concept | None = None  # of a file in which nothing is wrong
    outlines: tuple[Outline | None, ...] = ()
    words: dict[str, bytes] = {}  # of locales where letters may be lost
    # Beside the files of others:
    together: tuple[Finding, ...] = ()
    targets: tuple[str, ...] = ()  # the concepts that the texts link to


def paths_of(context: Context, name: str) -> tuple[str | None, ...]:
    """The paths of the files that a concept has."""
    concept = f"{CONCEPTS}/{name}.yaml" if name in context.concept_ids else None
    there = (name in context.library.concepts_in(locale) for locale in context.locale_ids)
    pairs = zip(context.locale_ids, there, strict=True)
    return concept, *(entry_path(name, locale) if exists else None for locale, exists in pairs)


class Snapshot:
    """The files of a glossary as they were when a check began."""

    def __init__(self, context: Context, wanted: bool) -> None:
        self._context = context
        self._root = context.library.root
        self._latest = stamps.settled()
        folders = (CONCEPTS, *(f"content/{locale}" for locale in context.locale_ids))
        self._stamps = dict(stamps.stamps(self._root, folders)) if wanted and isinstance(self._root, Path) else {}

    def still_holds(self, name: str, group: Group) -> bool:
        """Whether the files of a concept are those that its group was made from."""
        for path, before in zip(paths_of(self._context, name), group.files, strict=True):
            if path is None or before is None:
                if path or before:
                    return False
                continue
            known = before.stamp is not None and before.stamp == self._stamps.get(path)
            if not known and (not before.digest or self._digest(path) != before.digest):
                return False
        return any(group.files)

    def _digest(self, path: str) -> str | None:
        try:
            return stamps.digest_of(self._context.library.read_bytes(path))
        except (OSError, ValueError):
            return None

    def has_news(self, groups: Mapping[str, Group]) -> bool:
        """Whether a file that is as it was has another stamp."""
        return any(self._files(name, group) != group.files for name, group in groups.items())

    def settle(self, groups: Mapping[str, Group], looked_at: Collection[str]) -> None:
        """Note the stamps in the groups; files that changed during the check are none that it knows.

        What others saw of them stays known: it says what is to be looked at again the next time.
        """
        for name, group in groups.items():
            if name in looked_at and not self._is_still(name):
                group.files = tuple(before and Seen("") for before in group.files)
            else:
                group.files = self._files(name, group)

    def _files(self, name: str, group: Group) -> tuple[Seen | None, ...]:
        pairs = zip(paths_of(self._context, name), group.files, strict=True)
        return tuple(before and Seen(before.digest, self._stamp(path)) for path, before in pairs)

    def _stamp(self, path: str | None) -> stamps.Stamp | None:
        stamp = self._stamps.get(path or "")
        return stamp if stamp and max(stamp[1:]) < self._latest else None

    def _is_still(self, name: str) -> bool:
        paths = filter(None, paths_of(self._context, name))
        return all(stamps.stamp_of(self._root, path) == self._stamps.get(path) for path in paths)


# --- words -----------------------------------------------------------------------------------------------------------


def packed(words: Iterable[str]) -> bytes:
    """Words in little room."""
    return zlib.compress(" ".join(words).encode(), 1)


def unpacked(data: bytes) -> list[str]:
    """The words again."""
    return zlib.decompress(data).decode().split()


def less(counts: Mapping[str, int], gone: Iterable[bytes]) -> Counter[str]:
    """The counts of words without those of files that are no more, or are others now."""
    left = Counter(counts)
    for data in gone:
        for word, count in Counter(unpacked(data)).items():
            left[word] -= count
            if not left[word]:
                del left[word]
    return left


# --- what an edit reaches ---------------------------------------------------------------------------------------------


class _Face(NamedTuple):
    """All that others can see of a concept."""

    there: tuple[bool, ...]
    aliases: tuple[str, ...]
    terms: tuple[tuple[TermForm, ...] | None, ...]
    parts: tuple[tuple[str, ...] | None, ...]


Lost = tuple[Mapping[str, Mapping[str, str]], Mapping[str, Mapping[str, str]]]
"""The lost letters of before and after."""


def _face(group: Group | None) -> _Face | None:
    if group is None:
        return None
    return _Face(
        tuple(file is not None for file in group.files),
        group.concept.aliases if group.concept else (),
        tuple(outline and outline.terms for outline in group.outlines),
        tuple(outline and outline.parts for outline in group.outlines),
    )


def reached(
    context: Context, before: Mapping[str, Group], edited: Iterable[str], after: Mapping[str, Group], lost: Lost
) -> Iterator[str]:
    """The concepts whose findings may be others now because of the files of others; maybe more, never fewer.

    `edited` are those whose files were read anew, or are gone.
    """
    pairs = ((name, _face(before.get(name)), _face(after.get(name))) for name in edited)
    others = {name: (old or _NOBODY, new or _NOBODY) for name, old, new in pairs if old != new}
    if sum(old.terms != new.terms for old, new in others.values()) > _MANY_TERMS:
        yield from after
        return
    names = {*others, *(alias for pair in others.values() for face in pair for alias in face.aliases)}
    suggested = any(old.there != new.there for old, new in others.values())
    traces = _traces(context, others.values())
    locales = [locale for locale in {*lost[0], *lost[1]} if lost[0].get(locale) != lost[1].get(locale)]
    words = [(one, _changed(lost[0].get(one, {}), lost[1].get(one, {}))) for one in locales]
    for name, group in after.items() if names or words else ():
        if (
            not names.isdisjoint(group.targets)
            or (suggested and any(finding.code == "dead-link" for finding in group.together))
            or any(not there.isdisjoint(unpacked(group.words.get(locale, _NONE))) for locale, there in words)
            or any(_may_mention(context, name, group, locale, trace) for locale, trace in traces.items())
        ):
            yield name


_MANY_TERMS = 30  # changed terms: to look for more of them takes longer than to look at all entries again
_NOBODY = _Face((), (), (), ())
_NONE = packed(())


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {word for word, _ in before.items() ^ after.items()}


def _traces(context: Context, others: Iterable[tuple[_Face, _Face]]) -> dict[str, Traces]:
    """Of concepts whose terms changed: those terms, and what they are called in the source.

    That says in which translations they are wanted.
    """
    terms: dict[str, list[TermForm]] = {}
    for old, new in others:
        for face in (old, new) if old.terms != new.terms else ():
            for index, (locale, there) in enumerate(zip(context.locale_ids, face.terms, strict=False)):
                is_other = old.terms[index : index + 1] != new.terms[index : index + 1]
                if there and (is_other or locale == context.source_locale):
                    terms.setdefault(locale, []).extend(there)
    return {locale: Traces(found, context.tag(locale).split("-")[0].lower()) for locale, found in terms.items()}


def _may_mention(context: Context, name: str, group: Group, locale: str, traces: Traces) -> bool:
    if group.files[1 + context.locale_ids.index(locale)] is None:
        return False
    path = entry_path(name, locale)
    try:
        text = context.library.read_bytes(path).decode()
    except (OSError, ValueError):
        return True
    plain = is_as_read(text) and all(one.path != path for one in group.findings)
    return not plain or traces.may_stand_in(text)
