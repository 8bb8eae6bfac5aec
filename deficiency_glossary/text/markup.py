"""The Markdown of the content: its placeholders and links, found and replaced in the text itself.

A link with no scheme goes to a concept, `[text](concept)`, or into it, `[text](concept#section)`. A placeholder is
`{name}`. Neither counts inside `code`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

# Private-use marks around each filled-in value, so that grammar knows where one ends. They never leave this package.
VALUE_START = "\ue000"
VALUE_END = "\ue001"
# Where it is asked for, marks around each ending that grammar joined to a value too. Between the first two stand two
# numbers: which notation the ending was written in, and how many values stand between it and the one that it follows.
ENDING_START = "\ue002"
ENDING_TEXT = "\ue003"
ENDING_END = "\ue004"

_CODE = re.compile(r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_MARKS = re.compile(f"{ENDING_START}[0-9,]*{ENDING_TEXT}|[{VALUE_START}-{ENDING_END}]")
_BRACE = re.compile(r"[{}｛｝]")
# The target may hold parentheses in pairs. The quantifiers that never give back keep long runs of spaces linear. What
# stands before the bracket is looked at after it: a search for a character that a pattern begins with is quick.
_LINK = re.compile(
    r"\[(?<!\\\[)([^\[\]\\]*(?:\\.[^\[\]\\]*)*)\]"
    r"\(\s*+<?([^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*)>?(?:\s++\"[^\"]*\")?\s*+\)"
)
_SENTENCE_START = re.compile(r"(?:\A|\n\n|[.!?。！？]['\"”’»」)]*\s+|(?:\A|\n)(?:[-*+>]|\d+\.)\s+)['\"“‘«「(\[*]*\Z")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Placeholder(NamedTuple):
    """`{name}` at [start, end)."""

    name: str
    start: int
    end: int


def is_internal(target: str) -> bool:
    """Whether a link with this target goes to a concept: no scheme, no path."""
    return target != "" and target[0] not in "/.#" and not (":" in target and _SCHEME.match(target))


class Link(NamedTuple):
    """`[text](target)` at [start, end)."""

    text: str
    target: str
    start: int
    end: int

    @property
    def is_internal(self) -> bool:
        """Whether it goes to a concept: no scheme, no path."""
        return is_internal(self.target)

    @property
    def concept(self) -> str:
        """The concept that an internal link goes to."""
        return self.target.partition("#")[0]

    @property
    def section(self) -> str:
        """The part of it, or ''."""
        return self.target.partition("#")[2]


def placeholders(markdown: str) -> tuple[Placeholder, ...]:
    """All placeholders, in order."""
    shown = without_code(markdown) if "`" in markdown else markdown
    return tuple(Placeholder(match[1], match.start(), match.end()) for match in _PLACEHOLDER.finditer(shown))


def names(markdown: str) -> list[str]:
    """The names of all placeholders, in order."""
    found: list[str] = _PLACEHOLDER.findall(without_code(markdown) if "`" in markdown else markdown)
    return found


def stray_braces(markdown: str) -> tuple[int, ...]:
    """Where a brace stands that belongs to no placeholder, full-width ones included."""
    shown = _PLACEHOLDER.sub(lambda match: " " * len(match[0]), without_code(markdown))
    return tuple(match.start() for match in _BRACE.finditer(shown))


def links(markdown: str) -> tuple[Link, ...]:
    """All inline links, in order."""
    if "](" not in markdown:
        return ()
    shown = without_code(markdown) if "`" in markdown else markdown
    return tuple(
        Link(markdown[match.start(1) : match.end(1)], match[2], match.start(), match.end())
        for match in _LINK.finditer(shown)
    )


def fill(markdown: str, values: Mapping[str, str], initial: Mapping[str, str] | None = None) -> str:
    """Put values in place of placeholders, each between marks. A name with no value stays as it was typed.

    `initial` has values that differ where a sentence begins, such as terms with a capital.
    """
    if "{" not in markdown:
        return markdown
    parts: list[str] = []
    at = 0
    for match in _PLACEHOLDER.finditer(without_code(markdown) if "`" in markdown else markdown):
        name, start = match[1], match.start()
        value = values.get(name)
        first = initial.get(name, value) if initial else value
        if first != value and _SENTENCE_START.search(markdown, 0, start):
            value = first
        if value is not None:
            parts += markdown[at:start], VALUE_START, value, VALUE_END
            at = match.end()
    return "".join((*parts, markdown[at:]))


def ending(notation: int, back: int, text: str) -> str:
    """An ending between its marks."""
    return f"{ENDING_START}{notation},{back}{ENDING_TEXT}{text}{ENDING_END}"


def has_marks(text: str) -> bool:
    """Whether any mark stands in a text."""
    return any(mark in text for mark in (VALUE_START, VALUE_END, ENDING_START, ENDING_TEXT, ENDING_END))


def without_marks(text: str) -> str:
    """The text as its reader gets it."""
    if ENDING_START in text:
        return _MARKS.sub("", text)
    if VALUE_START in text or VALUE_END in text:
        return text.replace(VALUE_START, "").replace(VALUE_END, "")
    return text


def resolve_links(markdown: str, url_for: Callable[[str, str], str | None]) -> str:
    """Turn links to concepts into links to addresses.

    `url_for(concept, section)` gives the address, or None where there is no page: then the text alone stays.
    """
    if "](" not in markdown:
        return markdown
    shown = without_code(markdown) if "`" in markdown else markdown
    parts: list[str] = []
    at = 0
    for match in _LINK.finditer(shown):
        target = match[2]
        if is_internal(target):
            concept, _, section = target.partition("#")
            url = url_for(concept, section)
            start, end = match.span(1)
            text = markdown[start:end]
            parts += markdown[at : match.start()], text if url is None else f"[{text}]({url})"
            at = match.end()
    return "".join((*parts, markdown[at:])) if at else markdown


def targets(markdown: str) -> Iterator[str]:
    """The concepts that internal links go to, in order."""
    if "](" in markdown:
        for match in _LINK.finditer(without_code(markdown) if "`" in markdown else markdown):
            if is_internal(match[2]):
                yield match[2].partition("#")[0]


def without_code(markdown: str) -> str:
    """The same text with `code` blanked, places kept."""
    return _CODE.sub(lambda match: " " * len(match[0]), markdown)
