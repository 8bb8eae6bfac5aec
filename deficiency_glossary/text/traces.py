"""Whether a text may mention some terms, told quickly and without a matcher: maybe yes for no, never no for yes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deficiency_glossary.text import affixes
from deficiency_glossary.text.terms import TermForm, fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDING, _GAP = r"[\w'’]*", r"(?:\s+|[-‐‑]+)"


# What may be written otherwise in a file than it is read.
_ESCAPES = ("\\", "''", "\r", "Σ")


def is_as_read(text: str) -> bool:
    """Whether the words of a file's text are those that its reader gives, if nothing is wrong in it."""
    return not any(sign in text for sign in _ESCAPES)


class Traces:
    """What a text must hold to mention one of some terms. It may be the text of a YAML file, if that has no escapes."""

    def __init__(self, terms: Iterable[TermForm], language: str) -> None:
        self.language = language
        shapes = {shape for term in terms for shape in _shapes(term)}
        self._ways = [way for shape in sorted(shapes) for way in self._ways_of(fold(shape, language))]

    def may_stand_in(self, text: str) -> bool:
        """Whether one of the terms may be mentioned."""
        folded = _folded(text, self.language)
        return any(first in folded and way.search(folded) is not None for first, way in self._ways)

    def _ways_of(self, shape: str) -> Iterator[tuple[str, re.Pattern[str]]]:
        """What the words of a term begin with, all together."""
        if self.language in ("ja", "ko"):
            whole = _whole(shape, self.language)
            if whole:
                yield whole, re.compile(re.escape(whole))
            return
        words = [list(dict.fromkeys(affixes.stems(word, self.language))) for word in _WORD.findall(shape)]
        rest = (f"(?:{'|'.join(map(re.escape, stems))})" for stems in words[1:])
        after = "".join(f"{_ENDING}{_GAP}{stems}" for stems in rest)
        for first in words[0] if words else ():
            yield first, re.compile(re.escape(first) + after)


def standing_in(text: str, terms: Iterable[TermForm], language: str) -> Iterator[TermForm]:
    """The terms that a text may mention, in their order, and maybe more: all of whose words stand in it."""
    folded = _folded(text, language)
    known: dict[str, bool] = {}  # many terms have the same words

    def stands(word: str) -> bool:
        found = known.get(word)
        if found is None:
            found = known[word] = any(stem in folded for stem in affixes.stems(word, language))
        return found

    for term in terms:
        for shape in _shapes(term):
            if language in ("ja", "ko"):
                may_stand = _whole(fold(shape, language), language) in folded
            else:
                may_stand = all(map(stands, _WORD.findall(fold(shape, language))))
            if may_stand:
                yield term
                break


def _shapes(term: TermForm) -> tuple[str, ...]:
    return (term.text, *term.forms, *((term.soft_stem,) if term.soft_stem else ()))


def _folded(text: str, language: str) -> str:
    folded = fold(text, language)
    # Written together or apart, and over the lines of a file.
    return "".join(folded.split()) if language in ("ja", "ko") else folded


def _whole(shape: str, language: str) -> str:
    return "".join(shape.split() if language == "ja" else re.findall(r"[^\W_]+", shape))
