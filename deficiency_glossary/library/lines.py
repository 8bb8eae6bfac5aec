"""The shortest way through a file: line by line, without a parser of YAML, as long as each line is of a plain shape.

Nearly all files of a glossary are made of such lines: `key: text`, `key: |` with its block, `- item`, brackets on one
line. At the first line of another shape, and wherever a line may mean more than it seems to, this gives up, and `plain`
reads the file with libyaml. A law test holds the ways equal.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

NULLS = frozenset({"", "~", "null", "Null", "NULL"})

_KEY = r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}"
_QUOTED = r'"[^"\\\n]*"'
_LINES = re.compile(
    rf"( *)(- )?(?:({_KEY}):(?= |\n))? *"
    rf"(?:({_QUOTED}|[^ \n\-?:,\]}}#&*!|>\"%@`][^\n]*)"
    r"|([|>]-?) *\n(\1 +)([^ \n][^\n]*\n(?:\6[^\n]*\n|\n)*))?"  # a block takes along the lines below
    r"(?:(?<=\n)| *\n)"
    r"|( *#[^\n]*\n)"
    r"|([^\n]+)"  # anything else
)
# In brackets: words without signs that mean something there, but for `https://`.
_INSIDE = rf"({_QUOTED}|[\[{{][^\[\]{{}}\n]*[\]}}]|[^\W_][^,\[\]{{}}:#?\n]*(?:://[^,\[\]{{}}:#? \n]+ *)?) *([,\]}}]) *"
_ITEM = re.compile(_INSIDE)
_PAIR = re.compile(rf"({_KEY}): +{_INSIDE}")
_BLANKS = re.compile(r"^ +$", re.MULTILINE)


class GiveUp(Exception):
    """Something that only a parser can judge."""


def value_of(text: str, deepest: int) -> dict[str, Any]:
    """The value of a text that has passed the gate of `yaml12` and `strict.may_break`. Raises GiveUp."""
    if text[-1:] != "\n":
        raise GiveUp
    tree = _Tree(deepest)
    made, column = tree.made, 0
    for spaces, dash, key, word, head, margin, body, comment, other in _LINES.findall(text):
        if not (key or dash):
            if other or word or head or (spaces and not comment):
                raise GiveUp
            continue
        indent = len(spaces)
        if tree.open_key or indent != column or dash or type(made) is list:
            made, column = tree.turn(indent, dash != "", key != "")
        if word:
            value = _word(word)
        elif head:
            value = _block(head, margin, body, column)
        else:
            value, tree.open_key = None, key
        if key:
            if key in made or key in NULLS:
                raise GiveUp
            made[key] = value
        elif word:
            made.append(value)
        else:
            raise GiveUp
    return tree.root or give_up()


class _Tree:
    """The collections that are being filled: the innermost, the column where it stands, and those around it."""

    def __init__(self, deepest: int) -> None:
        self.root: dict[str, Any] = {}
        self.made: Any = self.root
        self.column = 0
        self.around: list[tuple[Any, int]] = []
        self.open_key = ""  # one whose value may follow on the next lines
        self.deepest = deepest - 4  # brackets may come on top

    def turn(self, indent: int, dash: bool, has_key: bool) -> tuple[Any, int]:
        """The collection that a line belongs to, and its column."""
        key, self.open_key = self.open_key, ""
        if key and (indent > self.column or (dash and indent == self.column)):
            self._enter([] if dash else {}, indent, key)
        while indent < self.column or (indent == self.column and not dash and self.around and type(self.made) is list):
            self.made, self.column = self.around.pop()
        if indent != self.column or (type(self.made) is list) != dash:
            raise GiveUp
        if dash and has_key:
            self._enter({}, indent + 2)
        return self.made, self.column

    def _enter(self, made: Any, column: int, key: str | None = None) -> None:
        if len(self.around) >= self.deepest:
            raise GiveUp
        if key is None:
            self.made.append(made)
        else:
            self.made[key] = made
        self.around.append((self.made, self.column))
        self.made, self.column = made, column


def give_up() -> NoReturn:
    """Leave the file to others."""
    raise GiveUp


def _word(text: str) -> Any:
    first = text[0]
    if first == '"':
        return text[1:-1]
    if first in "[{":
        return _brackets(text.rstrip(" "))
    if first == "'":
        text = text.rstrip(" ")
        return text[1:-1] if len(text) > 1 and text.find("'", 1) == len(text) - 1 else give_up()
    if ":" in text and (": " in text or text[-1] == ":"):
        raise GiveUp
    if " " in text:
        text = text.rstrip(" ")
        if " #" in text or text[-1] == ":":
            raise GiveUp
    return None if text in NULLS else text


def _block(head: str, margin: str, body: str, column: int) -> str:
    """A block of text that belongs to a key in a column; each of its lines but the first begins with the margin."""
    if len(margin) <= column:
        raise GiveUp
    value = body.replace(f"\n{margin}", "\n")
    if " \n" in value and (head[0] == ">" or _BLANKS.search(value)):
        raise GiveUp
    if value[-2:] == "\n\n":
        value = value.rstrip("\n") + "\n"
    if head == "|":
        return value
    if head == "|-":
        return value[:-1]
    if "\n\n" in value or "\n " in value:
        raise GiveUp
    folded = value[:-1].replace("\n", " ")
    return folded if len(head) == 2 else f"{folded}\n"


def _brackets(text: str) -> Any:
    """A list or a mapping on one line, of words and quoted texts."""
    closing = "]" if text[0] == "[" else "}"
    place = len(text) - len(text[1:].lstrip(" "))
    if text[place:] == closing:
        return [] if closing == "]" else {}
    items: list[Any] = []
    pairs: dict[str, Any] = {}
    last = ","
    item = _ITEM.match if closing == "]" else _PAIR.match
    while last == ",":
        match = item(text, place)
        if match is None:
            raise GiveUp
        *key, word, last = match.groups()
        value = _in_brackets(word)
        if not key:
            items.append(value)
        elif key[0] in pairs or key[0] in NULLS:
            raise GiveUp
        else:
            pairs[key[0]] = value
        place = match.end()
    if last != closing or place != len(text):
        raise GiveUp
    return items if closing == "]" else pairs


def _in_brackets(word: str) -> Any:
    if word[0] == '"':
        return word[1:-1]
    if word[0] in "[{":
        return _brackets(word)
    word = word.rstrip(" ")
    return None if word in NULLS else word
