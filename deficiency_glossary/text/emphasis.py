"""Asterisks and underscores that CommonMark leaves standing where an author meant emphasis.

`**「担保」**は` is bold to Python-Markdown, but GitHub and most other readers show the asterisks: to CommonMark a run
of them closes emphasis only if it is right-flanking (spec 0.31, section 6.2), and after 」 and before は it is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_RUN = re.compile(r"\*+|_+")
# Shown as they are, or no text at all: their asterisks are none of ours. Their ends stay, for what stands beside them.
_WITHOUT_CODE = r"\((?<=\]\()[^()\s]+|<[^<>\s]+>|\{[a-z][a-z0-9_]*\}|\\."
_MASKED = re.compile(rf"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)|{_WITHOUT_CODE}", re.DOTALL)
_MASKED_WITHOUT_CODE = re.compile(_WITHOUT_CODE, re.DOTALL)  # a search jumps to the signs that it begins with
_BLOCK = re.compile(r"(?:[ \t]*\n){2,}|\n(?= {0,3}(?:[-+*]|\d{1,9}[.)])[ \t])|\n(?= {0,3}(?:#{1,6}[ \t]|>))|\Z")
_MARKER = re.compile(r"(?: {0,3}(?:[-+*]|\d{1,9}[.)])[ \t]+| {0,3}>[ \t]?)+")
_RULE = re.compile(r" {0,3}(?:\*[ \t]*){3,}| {0,3}(?:_[ \t]*){3,}")


def literal_runs(markdown: str) -> list[tuple[int, str]]:
    """(place, characters) of each run of `*` or `_` that would be shown.

    A sign alone between spaces, and `_` inside a word, are taken for what they are.
    """
    if "*" not in markdown and "_" not in markdown:
        return []
    masked = (_MASKED if "`" in markdown else _MASKED_WITHOUT_CODE).sub(_mask, markdown)
    if "*" not in masked and "_" not in masked:
        return []
    found: list[tuple[int, str]] = []
    start = 0
    for end in _BLOCK.finditer(masked):
        found += _in_block(masked, start, end.start())
        start = end.end()
    return sorted(found)


def _mask(match: re.Match[str]) -> str:
    text = match[0]
    if text[0] in "{\\":
        return "x" * len(text)
    return f"({_inner(text[1:])}" if text[0] == "(" else _inner(text)


def _inner(text: str) -> str:
    return text[0] + "x" * (len(text) - 2) + text[-1] if len(text) > 1 else text.replace("*", "x").replace("_", "x")


class _Run:
    """A delimiter run: what is left of it, and whether it may open or close."""

    def __init__(self, text: str, match: re.Match[str], start: int, end: int) -> None:
        self.at, self.sign, self.length = match.start(), match[0][0], len(match[0])
        self.left = self.length
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        left_flanking = not _is_space(after) and (not _is_mark(after) or _is_space(before) or _is_mark(before))
        right_flanking = not _is_space(before) and (not _is_mark(before) or _is_space(after) or _is_mark(after))
        inside = self.sign == "_"
        self.opens = left_flanking and (not inside or not right_flanking or _is_mark(before))
        self.closes = right_flanking and (not inside or not left_flanking or _is_mark(after))
        self.alone = _is_space(before) and _is_space(after) and self.length == 1
        self.in_word = inside and before.isalnum() and after.isalnum()


def _in_block(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    if _RULE.fullmatch(text, start, end):
        return
    marker = _MARKER.match(text, start, end)
    start = marker.end() if marker else start
    runs = [_Run(text, match, start, end) for match in _RUN.finditer(text, start, end)]
    _match_up(runs)
    for run in runs:
        if run.left and not run.alone and not run.in_word:
            yield run.at, run.sign * run.left


def _match_up(runs: list[_Run]) -> None:
    """The algorithm of the specification: each closer takes from the nearest opener that fits."""
    openers: list[_Run] = []
    bottom: dict[tuple[str, bool, int], int] = {}  # below this no opener fits a closer of this kind
    for run in runs:
        kind = (run.sign, run.opens, run.length % 3)
        while run.closes and run.left:
            lowest = min(bottom.get(kind, 0), len(openers))
            place = next((at for at in range(len(openers) - 1, lowest - 1, -1) if _fit(openers[at], run)), None)
            if place is None:
                bottom[kind] = len(openers)
                break
            del openers[place + 1 :]  # what stands inside can no longer reach out
            taken = 2 if openers[place].left >= 2 and run.left >= 2 else 1
            openers[place].left -= taken
            run.left -= taken
            if not openers[place].left:
                openers.pop()
            bottom = {key: min(value, len(openers)) for key, value in bottom.items()}
        if run.opens and run.left:
            openers.append(run)


def _fit(opener: _Run, closer: _Run) -> bool:
    """The same sign; and the rule of three: a run that could do both must not be split unevenly."""
    both = opener.closes or closer.opens
    uneven = (opener.length + closer.length) % 3 == 0 and opener.length % 3 != 0
    return opener.sign == closer.sign and not (both and uneven)


def _is_space(character: str) -> bool:
    return character in "\t\n\f\r" or unicodedata.category(character) == "Zs"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
