r"""What a rule is: a code, how bad it is, what it means, what to do, examples, and the function that finds it.

The docstring of the function is the rule's page in docs/reference/rules.md. Its first paragraph says what is wrong,
`Do:` what to do about it. The examples are run by the tests:

    FAIL ja: text              a definition in Japanese
    FAIL ja title: text        another field of the entry
    FAIL ja: text ← text       the source stands after the arrow
    FAIL content/en/house.yaml: key: value        a line of a file of the small glossary in tests/glossaries/mini
    PASS …                     the same without this finding

`\n`, `\t`, `\u202e` in an example mean those characters, and two backslashes mean one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, cast

from deficiency_glossary.findings import Finding, Severity

if TYPE_CHECKING:
    from deficiency_glossary.checks.context import Context, Writing
    from deficiency_glossary.checks.passages import Edition, Passage

Scope = Literal["file", "writing", "glossary", "entry", "passage"]
Texts = Literal["all", "markdown", "linked", "filled", "stories", "translated", "from links"]
"""Which texts of an entry a rule looks at: all, those in Markdown, with a link, with a placeholder, stories, those that
have a source, and those whose source has a link."""


class Spot(NamedTuple):
    """A place where a rule is broken, before the rule's code is put to it."""

    path: str
    line: int
    column: int
    message: str
    hint: str
    severity: Severity | None = None  # where it is not the rule's own


class Example(NamedTuple):
    """A line of a docstring: whether the rule must be silent, where the text stands, the text and its source."""

    passes: bool
    place: str
    text: str
    source: str


Find: TypeAlias = """
    Callable[[Writing], Iterator[Spot]]
    | Callable[[Context], Iterator[Spot]]
    | Callable[[Edition], Iterator[Spot]]
    | Callable[[Passage], Iterator[Spot]]
    | None
"""


class Rule(NamedTuple):
    """A row of the table."""

    code: str
    severity: Severity
    scope: Scope
    find: Find  # None: the reader of the file finds it
    meaning: str
    remedy: str
    examples: tuple[Example, ...]
    asked: bool = False  # looked for only where it is selected by name
    texts: Texts = "all"
    signs: frozenset[str] = frozenset()  # an entry without any of these characters is passed over
    when: Callable[[Edition], bool] | None = None  # and one that has none of what is looked for anywhere

    @property
    def looks(self) -> Callable[[Any], Iterator[Spot]]:
        """The function, whatever it looks at."""
        return cast("Callable[[Any], Iterator[Spot]]", self.find)

    def finding(self, spot: Spot) -> Finding:
        """The finding at a place."""
        return Finding(
            path=spot.path,
            line=spot.line,
            column=spot.column,
            code=self.code,
            severity=spot.severity or self.severity,
            message=spot.message,
            hint=spot.hint,
        )


_EXAMPLE = re.compile(r"^(PASS|FAIL) ([^:]+): (.*)$")
_ESCAPE = re.compile(r"\\(?:(\\)|(n)|(t)|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")


def _make(code: str, severity: Severity, scope: Scope, find: Find, text: str | None, *, asked: bool = False) -> Rule:
    paragraphs: list[str] = []
    remedy: list[str] = []
    examples: list[Example] = []
    for line in (text or "").strip().splitlines():
        match = _EXAMPLE.match(line.strip())
        if match:
            shown, _, source = match[3].partition(" ← ")
            examples.append(Example(match[1] == "PASS", match[2], _written(shown), _written(source)))
        elif line.strip().startswith("Do: ") or remedy:
            remedy.append(line.strip().removeprefix("Do: "))
        else:
            paragraphs.append(line.strip())
    return Rule(
        code,
        severity,
        scope,
        find,
        " ".join(filter(None, paragraphs)),
        " ".join(filter(None, remedy)),
        tuple(examples),
        asked,
    )


def _written(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        backslash, line, tab, *digits = match.groups()
        plain = (backslash and "\\") or (line and "\n") or (tab and "\t")
        return plain or chr(int(next(filter(None, digits)), 16))

    return _ESCAPE.sub(character, text)


def of_file(code: str, severity: Severity, text: str) -> Rule:
    """A rule that a reader of files sees to: the finding comes with the file."""
    return _make(code, severity, "file", None, text)


def of_writing(code: str, severity: Severity) -> Callable[[Callable[[Writing], Iterator[Spot]]], Rule]:
    """A rule that looks at the characters of any file, if it holds others than ASCII, or escapes of them."""
    return lambda find: _make(code, severity, "writing", find, find.__doc__)


def of_glossary(
    code: str, severity: Severity, *, asked: bool = False
) -> Callable[[Callable[[Context], Iterator[Spot]]], Rule]:
    """A rule that looks at the whole glossary."""
    return lambda find: _make(code, severity, "glossary", find, find.__doc__, asked=asked)


def of_entry(
    code: str, severity: Severity, *, asked: bool = False
) -> Callable[[Callable[[Edition], Iterator[Spot]]], Rule]:
    """A rule that looks at one entry in one locale, and at its source."""
    return lambda find: _make(code, severity, "entry", find, find.__doc__, asked=asked)


def of_passage(
    code: str,
    severity: Severity,
    texts: Texts = "all",
    signs: str = "",
    when: Callable[[Edition], bool] | None = None,
) -> Callable[[Callable[[Passage], Iterator[Spot]]], Rule]:
    """A rule that looks at one text of an entry, and at the same text of its source."""

    def made(find: Callable[[Passage], Iterator[Spot]]) -> Rule:
        rule = _make(code, severity, "passage", find, find.__doc__)
        return rule._replace(texts=texts, signs=frozenset(signs), when=when)

    return made
