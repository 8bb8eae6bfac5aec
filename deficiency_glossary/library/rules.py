"""What must hold inside one file beyond the types of its fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deficiency_glossary.findings import Finding, Severity
from deficiency_glossary.library.figures import problems
from deficiency_glossary.library.yaml12 import Node
from deficiency_glossary.model import Concept, Entry, Record, Settings

# Compiled when first used (re keeps it): this one class takes a tenth of the package's import.
_KANJI = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々]"
_JAPANESE = re.compile(r"content/ja[-/]")
_LOCALE_ID = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MAX_LOCALE_LENGTH = 35  # RFC 5646, section 4.4.1: what every system must bear
_KANA_READING = re.compile(r"[\u3041-\u309fー・\sA-Za-z0-9\-]+")


NodeAt = Callable[..., Node]
"""A path in a file -> its node."""


def findings_in(record: Record, node: NodeAt, path: str) -> Iterator[Finding]:
    """Everything wrong in one file that needs no other file to be seen. Nodes are asked for only to report them."""
    if isinstance(record, Entry):
        yield from _terms(record, node, path)
        yield from _equivalence(record, node, path)
    elif isinstance(record, Concept):
        yield from _examples(record, node, path)
    elif isinstance(record, Settings):
        yield from _settings(record, node, path)


def at(node: Node, path: str, code: str, message: str, hint: str, severity: Severity = "error") -> Finding:
    """A finding at a node."""
    return Finding(
        path=path, line=node.line, column=node.column, code=code, severity=severity, message=message, hint=hint
    )


def is_locale_id(name: str) -> bool:
    """Whether a name can be a locale's: a BCP 47 tag in the usual case, and a folder on every system."""
    return _LOCALE_ID.fullmatch(name) is not None and len(name) <= _MAX_LOCALE_LENGTH


def _terms(entry: Entry, node: NodeAt, path: str) -> Iterator[Finding]:
    preferred = [index for index, term in enumerate(entry.terms) if term.status == "preferred"]
    if not preferred:
        yield at(node("terms"), path, "no-preferred-term", "no term is preferred", "give one term `status: preferred`")
    for index in preferred[1:]:
        yield at(
            node("terms", index),
            path,
            "two-preferred-terms",
            f"{entry.terms[index].text!r} is preferred, but so is {entry.terms[preferred[0]].text!r}",
            "make all but one `admitted`",
        )
    seen: set[str] = set()
    for index, term in enumerate(entry.terms):
        if term.text in seen:
            yield at(node("terms", index), path, "duplicate-term", f"the term {term.text!r} stands twice", "delete one")
        seen.add(term.text)
        if _JAPANESE.match(path):
            yield from _reading(index, term.text, term.reading, node, path)


def _reading(index: int, text: str, reading: str | None, node: NodeAt, path: str) -> Iterator[Finding]:
    if reading is None and re.search(_KANJI, text):
        yield at(
            node("terms", index), path, "no-reading", f"{text!r} has kanji and no reading", "add `reading:` in hiragana"
        )
    elif reading is not None and not _KANA_READING.fullmatch(reading):
        yield at(
            node("terms", index, "reading"),
            path,
            "bad-reading",
            f"the reading {reading!r} is not in hiragana",
            "write it in hiragana",
        )


def _equivalence(entry: Entry, node: NodeAt, path: str) -> Iterator[Finding]:
    if entry.equivalence != "exact" and not entry.equivalence_note:
        yield at(
            node("equivalence"),
            path,
            "no-equivalence-note",
            f"the equivalence is {entry.equivalence!r}, but nothing says what differs",
            "add `equivalence_note:` for the reader",
        )


def _examples(concept: Concept, node: NodeAt, path: str) -> Iterator[Finding]:
    for name, example in concept.examples.items():
        for error in problems(example):
            yield at(
                node("examples", name, "results", error.result),
                path,
                "bad-formula",
                f"the result {error.result!r} {error.reason}",
                "results are computed in order, from figures and the results before them",
            )
        for kind in sorted(example.kinds.keys() - example.figures.keys() - example.results.keys()):
            yield at(
                node("examples", name, "kinds", kind),
                path,
                "unknown-figure",
                f"there is no figure {kind!r}",
                "delete this line",
            )


def _settings(settings: Settings, node: NodeAt, path: str) -> Iterator[Finding]:
    if not settings.base_url.endswith("/"):
        yield at(node("base_url"), path, "bad-base-url", f"{settings.base_url!r} does not end in '/'", "add the slash")
    if settings.source_locale not in settings.locales:
        yield at(
            node("source_locale"),
            path,
            "unknown-locale",
            f"the source locale {settings.source_locale!r} is not among the locales",
            "add it to `locales`",
        )
    for index, locale in enumerate(settings.locales):
        if locale in settings.locales[:index]:
            yield at(node("locales", index), path, "duplicate-locale", f"{locale!r} stands twice", "delete one")
        if not is_locale_id(locale):
            yield at(
                node("locales", index),
                path,
                "invalid-id",
                f"{locale!r} is no locale id",
                "write it as BCP 47: pt-BR",
            )
