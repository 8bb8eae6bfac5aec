"""All checks of a glossary's content.

Two looks at the entries: the first finds what is wrong in each file alone and takes its outline, the second has the
outlines of all and asks the rules. Both can be shared among processes, a few concepts at a time.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from deficiency_glossary.checks import ignores
from deficiency_glossary.checks.context import Context, Writing
from deficiency_glossary.checks.outlines import Outline, outline_of
from deficiency_glossary.checks.passages import editions
from deficiency_glossary.checks.rule import Rule
from deficiency_glossary.checks.rules.characters import has_lost_letters, lost_letters, words_of
from deficiency_glossary.checks.table import BY_CODE, RULES
from deficiency_glossary.checks.theme import theme
from deficiency_glossary.findings import Finding, in_order
from deficiency_glossary.library.store import Library, Loaded
from deficiency_glossary.processes import spread, worker_count

Asked = Mapping[str, Collection[str]]
"""The codes that are asked for by name, and the locales to look in; none are all."""

# Below so many entries a second process costs more than it brings; and how many concepts it is given at a time.
_MANY, _EACH, _CHUNK = 1_000, 250, 25


def check(library: Library, select: Collection[str] = (), jobs: int | None = 1) -> list[Finding]:
    """Everything wrong in the glossary, by file and place. Never raises for bad content.

    With `select`, only these codes; the rules that are looked for only when asked are asked so. `jobs` is the number
    of processes; None chooses by size.
    """
    context = Context(library)
    asked = dict.fromkeys(select, ()) or context.policy.also
    workers = worker_count(jobs, context.count, many=_MANY, each=_EACH)
    notes = _first_look(context, asked, workers)
    notes.findings.extend(_of_glossary(context, asked))
    notes.findings.extend(_second_look(context, asked, workers))
    kept = [*notes.of_ignores, *ignores.apply(notes.findings, notes.ignores, BY_CODE, asked)]
    return in_order(finding for finding in kept if not select or finding.code in select)


class _Notes(NamedTuple):
    """What the first look at some files brings."""

    findings: list[Finding]
    of_ignores: list[Finding]  # which no ignore hides
    ignores: list[ignores.Ignore]
    outlines: list[tuple[str, str, Outline]]
    words: dict[str, Counter[str]]  # of locales where letters may be lost


# --- in this process, and in others ----------------------------------------------------------------------------------

_shared: list[tuple[Context, Asked]] = []  # in a process that works for another


def _begin(context: Context, asked: Asked) -> None:
    gc.freeze()  # what was there before is not looked through again: it stays shared with the process that made it
    _shared.append((context, asked))


def _first_there(concepts: Sequence[str]) -> _Notes:
    return _look(*_shared[0], concepts)


def _second_there(concepts: Sequence[str]) -> list[Finding]:
    return list(_of_entries(*_shared[0], concepts))


def _chunks(concepts: Collection[str]) -> list[Sequence[str]]:
    names = sorted(concepts)
    return [names[start : start + _CHUNK] for start in range(0, len(names), _CHUNK)]


# --- the first look --------------------------------------------------------------------------------------------------


def _first_look(context: Context, asked: Asked, workers: int) -> _Notes:
    notes = _Notes([], [], [], [], {})
    for file in context.files():
        _look_at(file, _rules("writing", asked), notes)
    flawed, found = ignores.of_settings(context, BY_CODE)
    notes.of_ignores.extend(flawed)
    notes.ignores.extend(found)
    chunks = _chunks({concept for locale in context.locale_ids for concept in context.library.concepts_in(locale)})
    words: dict[str, Counter[str]] = {}
    here = partial(_look, context, asked)
    for made in spread(chunks, workers, here, _first_there, _begin, (context, asked)):
        notes.findings.extend(made.findings)
        notes.of_ignores.extend(made.of_ignores)
        notes.ignores.extend(made.ignores)
        for locale, concept, outline in made.outlines:
            context.outlined(locale, concept, outline)
        for locale, counts in made.words.items():
            words.setdefault(locale, Counter()).update(counts)
    context.lost_letters.update((locale, lost_letters(counts)) for locale, counts in words.items())
    return notes


def _look(context: Context, asked: Asked, concepts: Sequence[str]) -> _Notes:
    notes = _Notes([], [], [], [], {})
    rules = _rules("writing", asked)
    for locale in context.locale_ids:
        there = context.library.concepts_in(locale)
        words = notes.words.setdefault(locale, Counter()) if has_lost_letters(context.tag(locale)) else None
        for concept in concepts:
            if concept not in there:
                continue
            file = context.file(concept, locale)
            _look_at(file, rules, notes)
            if file.record is None or file.record.draft:
                continue
            outline = outline_of(concept, file.record, with_targets=locale == context.source_locale)
            notes.outlines.append((locale, concept, outline))
            if words is not None:
                words.update(words_of(file.text))
    return notes


def _look_at(file: Loaded[Any], rules: Sequence[Rule], notes: _Notes) -> None:
    """What the reader found in a file, the rules that look at its characters, and the ignores in it."""
    notes.findings.extend(file.findings)
    if not file.text.isascii() or "\\" in file.text:
        writing = Writing.of(file)
        for rule in rules:
            notes.findings.extend(map(rule.finding, rule.looks(writing)))
    if "ignore" in file.text:
        notes.of_ignores.extend(ignores.read(file, BY_CODE, notes.ignores))


# --- the second ------------------------------------------------------------------------------------------------------


def _second_look(context: Context, asked: Asked, workers: int) -> Iterator[Finding]:
    chunks = _chunks({concept for locale in context.locale_ids for concept in context.entries(locale)})
    if workers > 1:
        for locale in context.locale_ids:
            context.matcher(locale)  # once for all processes, where they begin as copies of this one
    here = partial(_of_entries, context, asked)
    with _settled(context.count):
        for findings in spread(chunks, workers, here, _second_there, _begin, (context, asked)):
            yield from findings


@contextmanager
def _settled(entries: int) -> Iterator[None]:
    """What is known of a large glossary stays, so the garbage collector need not look through it again and again."""
    if entries < _MANY or gc.get_freeze_count():  # the program that we are part of has settled down by itself
        yield
        return
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _of_glossary(context: Context, asked: Asked) -> Iterator[Finding]:
    yield from context.library.stray_files()
    yield from theme(context)
    for rule in _rules("glossary", asked):
        yield from map(rule.finding, rule.looks(context))


def _of_entries(context: Context, asked: Asked, concepts: Sequence[str]) -> Iterator[Finding]:
    of_entries = [(rule, rule.looks, asked.get(rule.code, ())) for rule in _rules("entry", asked)]
    of_passages = [(rule, rule.looks) for rule in _rules("passage", asked)]
    for edition in editions(context, concepts):
        for rule, looks, locales in of_entries:
            if not locales or edition.locale in locales:
                yield from map(rule.finding, looks(edition))
        for rule, looks in of_passages:
            if edition.may_break(rule):
                for passage in edition.texts(rule.texts):
                    yield from map(rule.finding, looks(passage))


def _rules(scope: str, asked: Asked) -> list[Rule]:
    return [rule for rule in RULES if rule.scope == scope and (not rule.asked or rule.code in asked)]
