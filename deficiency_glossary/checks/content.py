"""All checks of a glossary's content."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from deficiency_glossary.checks import ignores
from deficiency_glossary.checks.context import Context, Writing
from deficiency_glossary.checks.passages import editions
from deficiency_glossary.checks.rule import Rule
from deficiency_glossary.checks.table import BY_CODE, RULES
from deficiency_glossary.checks.theme import theme
from deficiency_glossary.findings import Finding, in_order
from deficiency_glossary.library.store import Library


def check(library: Library, select: Collection[str] = ()) -> list[Finding]:
    """Everything wrong in the glossary, by file and place. Never raises for bad content.

    With `select`, only these codes; the rules that are looked for only when asked are asked so.
    """
    context = Context(library)
    asked = dict.fromkeys(select, ()) or context.policy.also
    findings = list(_findings(context, asked))
    kept = ignores.apply(findings, context, BY_CODE, asked)
    return in_order(finding for finding in kept if not select or finding.code in select)


def _findings(context: Context, asked: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    rules = [rule for rule in RULES if not rule.asked or rule.code in asked]
    yield from _of_files(context, [rule for rule in rules if rule.scope == "writing"])
    yield from context.library.stray_files()
    yield from theme(context)
    for rule in rules:
        if rule.scope == "glossary":
            yield from map(rule.finding, rule.looks(context))
    of_entries = [(rule, rule.looks, asked.get(rule.code, ())) for rule in rules if rule.scope == "entry"]
    of_passages = [(rule, rule.looks) for rule in rules if rule.scope == "passage"]
    for edition in editions(context):
        for rule, looks, locales in of_entries:
            if not locales or edition.locale in locales:
                yield from map(rule.finding, looks(edition))
        for rule, looks in of_passages:
            if edition.may_break(rule):
                for passage in edition.texts(rule.texts):
                    yield from map(rule.finding, looks(passage))


def _of_files(context: Context, rules: list[Rule]) -> Iterator[Finding]:
    """What the readers found in each file, and the rules that look at its characters."""
    for file in context.files():
        yield from file.findings
        if not file.text.isascii() or "\\" in file.text:
            writing = Writing(file.path, file.text, frozenset(file.text))
            for rule in rules:
                yield from map(rule.finding, rule.looks(writing))
