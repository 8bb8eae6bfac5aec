"""All checks of a glossary's content.

Two looks at the entries: the first finds what is wrong in each file alone and takes its outline, the second has the
outlines of all and asks the rules. Both can be shared among processes, a few concepts at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from deficiency_glossary.checks import ignores, memory
from deficiency_glossary.checks.context import Context, Writing
from deficiency_glossary.checks.groups import Group, Seen, Snapshot, less, packed, paths_of, reached
from deficiency_glossary.checks.memory import Memory
from deficiency_glossary.checks.outlines import Outline, outline_of
from deficiency_glossary.checks.passages import editions
from deficiency_glossary.checks.rule import Rule
from deficiency_glossary.checks.rules.characters import has_lost_letters, lost_letters, words_of
from deficiency_glossary.checks.table import BY_CODE, RULES
from deficiency_glossary.checks.theme import theme
from deficiency_glossary.findings import Finding, in_order
from deficiency_glossary.garbage import out_of_sight, settle_down, uncollected
from deficiency_glossary.library.store import Library, Loaded
from deficiency_glossary.processes import spread, worker_count

Asked = Mapping[str, Collection[str]]
"""The codes that are asked for by name, and the locales to look in; none are all."""

# Below so many entries a second process costs more than it brings; and how many concepts it is given at a time.
_MANY, _EACH, _CHUNK = 1_000, 250, 25
_FEW = 8  # concepts for which it is not worth while to be ready for every term of the glossary


def check(
    library: Library, select: Collection[str] = (), jobs: int | None = 1, *, cache: bool = False
) -> list[Finding]:
    """Everything wrong in the glossary, by file and place. Never raises for bad content.

    With `select`, only these codes; the rules that are looked for only when asked are asked so. `jobs` is the number
    of processes; None chooses by size. With `cache`, what was found in files that are as they were is not looked for
    again; it is kept in a folder beside `glossary.yaml`, where there are many entries and no `select`.
    """
    # What a library that is held for long has read may be of another day than what the files hold now.
    context = Context(Library(library.root) if cache else library)
    with uncollected():
        return _check(context, select, jobs, cache=cache)


def _check(context: Context, select: Collection[str], jobs: int | None, *, cache: bool) -> list[Finding]:
    asked = dict.fromkeys(select, ()) or context.policy.also
    folder = None if select or not cache else memory.place(context)
    past = memory.recall(folder, memory.environment(context, asked)) if folder else None
    notes = _Notes([], [], [])
    for file in context.files():
        _look_at(file, _rules("writing", asked), notes)
    of_settings = ignores.of_settings(context, BY_CODE)
    notes.of_ignores.extend(of_settings[0])
    notes.ignores.extend(of_settings[1])
    workers = worker_count(jobs, context.count, many=_MANY, each=_EACH)
    for group in _groups(context, asked, workers, past, folder).values():
        notes.take_in(group)
    notes.findings.extend(_of_glossary(context, asked))
    kept = [*notes.of_ignores, *ignores.apply(notes.findings, notes.ignores, BY_CODE, asked)]
    return in_order(finding for finding in kept if not select or finding.code in select)


class _Notes(NamedTuple):
    """What was found in files, the flaws of ignores, which no ignore hides, and the ignores."""

    findings: list[Finding]
    of_ignores: list[Finding]
    ignores: list[ignores.Ignore]

    def take_in(self, group: Group) -> None:
        """What was found in the files of a concept."""
        self.findings.extend(group.findings)
        self.findings.extend(group.together)
        self.of_ignores.extend(group.of_ignores)
        self.ignores.extend(group.ignores)


def _groups(context: Context, asked: Asked, workers: int, past: Memory | None, folder: Path | None) -> dict[str, Group]:
    """What is found in the files of each concept; of those that are as they were, what was found before."""
    names = sorted(context.concept_ids.union(*map(context.library.concepts_in, context.locale_ids)))
    before = past.groups if past else {}
    snapshot = Snapshot(context, folder is not None)
    groups = {name: group for name, group in before.items() if snapshot.still_holds(name, group)}
    todo = [name for name in names if name not in groups]
    edited = {*todo, *(before.keys() - groups.keys())}
    words = _first_look(context, asked, workers, groups, todo, past)
    groups = {name: groups[name] for name in names}
    for name, group in groups.items():
        group.outlines = context.take_in(name, group.concept, group.outlines)
    context.lost_letters.update((locale, lost_letters(counts)) for locale, counts in words.items())
    again = edited.intersection(names) if before else set(names)
    if past and before:
        again.update(reached(context, before, edited, groups, (past.lost, context.lost_letters)))
    for name, together, targets in _second_look(context, asked, workers, sorted(again)):
        groups[name].together, groups[name].targets = together, targets
    if folder and past and (again or edited or snapshot.has_news(groups)):
        snapshot.settle(groups, again)
        memory.remember(folder, Memory(past.environment, groups, words, context.lost_letters))
    return groups


# --- in this process, and in others ----------------------------------------------------------------------------------

_shared: list[tuple[Context, Asked, bool]] = []  # in a process that works for another


def _begin(context: Context, asked: Asked, keeps: bool) -> None:
    settle_down()
    _shared.append((context, asked, keeps))


def _first_there(concepts: Sequence[str]) -> _Looked:
    return _look(*_shared[0], concepts)


def _second_there(concepts: Sequence[str]) -> list[Together]:
    return list(_of_concepts(*_shared[0][:2], concepts))


def _chunks(names: Sequence[str]) -> list[Sequence[str]]:
    return [names[start : start + _CHUNK] for start in range(0, len(names), _CHUNK)]


# --- the first look --------------------------------------------------------------------------------------------------


class _Looked(NamedTuple):
    """What the first look at some concepts brings."""

    groups: dict[str, Group]
    words: dict[str, Counter[str]]  # of locales where letters may be lost


def _first_look(
    context: Context,
    asked: Asked,
    workers: int,
    groups: dict[str, Group],
    todo: Sequence[str],
    past: Memory | None,
) -> dict[str, Counter[str]]:
    """Groups of what is to do are put to those that there are. The words of all files are given back."""
    words: dict[str, Counter[str]] = {}
    for locale, counts in (past.words if past else {}).items():
        gone = (group.words.get(locale) for name, group in past.groups.items() if name not in groups) if past else ()
        words[locale] = less(counts, filter(None, gone))
    here = partial(_look, context, asked, past is not None)
    arguments = (context, asked, past is not None)
    for made in spread(_chunks(todo), workers, here, _first_there, _begin, arguments):
        groups.update(made.groups)
        for locale, counts in made.words.items():
            words.setdefault(locale, Counter()).update(counts)
    return words


def _look(context: Context, asked: Asked, keeps: bool, concepts: Sequence[str]) -> _Looked:
    locales = [locale for locale in context.locale_ids if has_lost_letters(context.tag(locale))]
    looked = _Looked({}, {locale: Counter() for locale in locales})
    rules = _rules("writing", asked)
    context.library.digests = {} if keeps else None
    for name in concepts:
        looked.groups[name] = _look_into(context, rules, name, looked.words)
    context.library.digests = None
    return looked


def _look_into(context: Context, rules: Sequence[Rule], name: str, words: Mapping[str, Counter[str]]) -> Group:
    notes = _Notes([], [], [])
    group = Group()
    digests = context.library.digests
    if name in context.concept_ids:
        concept = context.library.concept_file(name)
        _look_at(concept, rules, notes)
        group.concept = None if concept.findings else concept.record
    outlines: list[Outline | None] = []
    for locale in context.locale_ids:
        outlines.append(None)
        if name not in context.library.concepts_in(locale):
            continue
        file = context.file(name, locale)
        _look_at(file, rules, notes)
        if file.record is None or file.record.draft:
            continue
        outlines[-1] = outline_of(name, file.record, with_targets=locale == context.source_locale)
        if locale in words:
            there = words_of(file.text)
            words[locale].update(there)
            if digests is not None:
                group.words = {**group.words, locale: packed(there)}
    group.outlines = tuple(outlines)
    if digests is not None:
        group.files = tuple(Seen(digests.get(path, "")) if path else None for path in paths_of(context, name))
    group.findings, group.of_ignores, group.ignores = (
        tuple(notes.findings),
        tuple(notes.of_ignores),
        tuple(notes.ignores),
    )
    return group


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


Together = tuple[str, tuple[Finding, ...], tuple[str, ...]]
"""A concept, what was found in its entries beside those of others, and the concepts that its texts link to."""


def _second_look(context: Context, asked: Asked, workers: int, names: Sequence[str]) -> Iterator[Together]:
    if len(names) <= _FEW:
        context.narrow(names)
    elif workers > 1:
        for locale in context.locale_ids:
            context.matcher(locale)  # once for all processes, where they begin as copies of this one
    here = partial(_of_concepts, context, asked)
    with out_of_sight() if len(names) * len(context.locale_ids) >= _MANY else nullcontext():
        arguments = (context, asked, False)
        for found in spread(_chunks(names), workers, here, _second_there, _begin, arguments):
            yield from found


def _of_glossary(context: Context, asked: Asked) -> Iterator[Finding]:
    yield from context.library.stray_files()
    yield from theme(context)
    for rule in _rules("glossary", asked):
        yield from map(rule.finding, rule.looks(context))


def _of_concepts(context: Context, asked: Asked, concepts: Sequence[str]) -> Iterator[Together]:
    """What is found in the entries of each concept."""
    of_entries = [(rule, rule.looks, asked.get(rule.code, ())) for rule in _rules("entry", asked)]
    of_passages = [(rule, rule.looks) for rule in _rules("passage", asked)]
    for name in concepts:
        findings: list[Finding] = []
        targets: set[str] = set()
        for edition in editions(context, (name,)):
            for rule, looks, locales in of_entries:
                if not locales or edition.locale in locales:
                    findings.extend(map(rule.finding, looks(edition)))
            for rule, looks in of_passages:
                if edition.may_break(rule):
                    for passage in edition.texts(rule.texts):
                        findings.extend(map(rule.finding, looks(passage)))
            targets |= edition.linked
        yield name, tuple(findings), tuple(sorted(targets))


def _rules(scope: str, asked: Asked) -> list[Rule]:
    return [rule for rule in RULES if rule.scope == scope and (not rule.asked or rule.code in asked)]
