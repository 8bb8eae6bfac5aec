"""Mentions of the glossary's terms in running text.

Languages with spaces are read word by word: the beginning of a word must be a term (or the first word of one) and
what is left of the word its inflection (`text.affixes`). Japanese is read character by character: the longest term
that is no piece of a longer run of kanji or katakana.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress, count
from typing import Any, Final, NamedTuple

from deficiency_glossary.text import affixes, masks

_APOSTROPHES = "'’"
_WORD: Final = re.compile(rf"([^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*)")
_PLAIN_WORD: Final = re.compile(r"([^\W_]+)")
# The same where there are no underscores; without apostrophes too, the second is quicker still.
_LETTERS_AND_APOSTROPHES: Final = re.compile(rf"(\w+(?:[{_APOSTROPHES}]\w+)*)")
_LETTERS: Final = re.compile(r"(\w+)")
# Korean spacing is free: 주택담보대출, 주택 담보 대출. A term is looked for in up to so many words run together.
_RUN_TOGETHER: Final = 5
_HYPHENS = "-‐‑"
_REMEMBERED = 40_000  # words for which a matcher keeps what terms they may begin
_APART = "\n\n\n"  # between texts that are read together: no term goes over an empty line
# Where a hyphen makes one word of two: mortgage-backed. In Turkish it stands between words: alacaklı-borçlu.
_HYPHENATING = frozenset({"en", "ms", "no", "nb"})


class TermForm(NamedTuple):
    """A term to look for. `forms` are inflected shapes that no rule gives, such as irregular plurals."""

    concept: str
    text: str
    status: str = "preferred"
    forms: tuple[str, ...] = ()
    soft_stem: str | None = None


class Mention(NamedTuple):
    """A term as it stands in a text, at [start, end) of the original string."""

    start: int
    end: int
    concept: str
    term: str
    status: str


class Reading(NamedTuple):
    """What was found in some texts: the mentions in each, and the words of all in small letters, if it has spaces."""

    mentions: list[list[Mention]]
    words: Sequence[str]


class _Memory(dict[str, Any]):
    """What is made of a word, once for each; not for more words than a text of that language has."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        self._make = make

    def __missing__(self, word: str) -> Any:
        if len(self) >= _REMEMBERED:
            self.clear()
        made = self[word] = self._make(word)
        return made


class _Words(NamedTuple):
    """The words of a text and where they stand."""

    texts: list[str]
    bounds: list[int]  # of each word, where it starts and where it ends

    def start(self, index: int) -> int:
        """Where a word starts."""
        return self.bounds[2 * index]

    def end(self, index: int) -> int:
        """Where a word ends."""
        return self.bounds[2 * index + 1]


class _End(NamedTuple):
    """A term whose words end here. Of terms that stand at the same place the one that was added first counts."""

    order: int
    term: TermForm
    sound: str  # how a word is said alone: what endings follow, also after a stem without its vowel (hacz)


class _Node:
    """The terms that begin with some words: those that end there, and the shapes of the words that go on."""

    __slots__ = ("ends", "nexts")

    def __init__(self) -> None:
        self.ends: list[_End] = []
        self.nexts: dict[str, dict[str, list[_Node]]] = {}  # what stands before the next word, and each of its shapes


class Matcher:
    """Finds terms of one language. Building it takes a pass over the terms; finding hardly depends on their number."""

    def __init__(self, terms: Iterable[TermForm], locale: str) -> None:
        self.language = locale.split("-")[0].lower()
        self._follows = affixes.follows(self.language)
        # Japanese: the folded terms, and which lengths there are to a term's first two characters.
        self._by_text: dict[str, list[TermForm]] = {}
        self._lengths: dict[str, set[int]] = {}
        # The others, by their words; and the first ones by their shapes.
        self._first = _Node()
        self._by_stem: dict[str, list[_Node]] = self._first.nexts.setdefault("", {})
        self._word = _PLAIN_WORD if self.language == "ko" else _WORD
        self._shortest, self._longest = 1000, 0
        self._beginnings: set[str] = set()  # Korean: what a term may begin with before a space
        self._order = 0
        self._nodes: dict[
            tuple[int, str, str], _Node
        ] = {}  # while it is built: node, what stands before a word, the word
        for term in terms:
            for text in dict.fromkeys((term.text, *term.forms, *((term.soft_stem,) if term.soft_stem else ()))):
                self._add(fold(text, self.language), term)
        self._nodes.clear()

    def _add(self, folded: str, term: TermForm) -> None:
        if self.language == "ja":
            self._by_text.setdefault(folded, []).append(term)
            self._lengths.setdefault(folded[:2], set()).add(len(folded))
            return
        words = tuple(match[0] for match in self._word.finditer(folded))
        if not words:
            return
        if self.language == "ko":
            words = ("".join(words),)
            self._beginnings.update(words[0][:size] for size in range(1, len(words[0])))
        gaps = ["-" if gap[:1] in _HYPHENS else " " for gap in self._word.split(folded)[2:-1:2]]
        sound = self._word.search(fold(term.text, self.language))
        soft = len(words) == 1 and folded == fold(term.soft_stem or "", self.language)
        node = self._first
        for index, word in enumerate(words):
            before = _head(word, gaps[index - 1], index) if index else ""
            node = self._following(node, before, word)
        node.ends.append(_End(self._order, term, sound[0] if soft and sound else ""))
        self._order += 1
        for stem in affixes.stems(words[0], self.language):
            self._shortest = min(self._shortest, len(stem))
            self._longest = max(self._longest, len(stem))

    def _following(self, node: _Node, before: str, word: str) -> _Node:
        found = self._nodes.get((id(node), before, word))
        if found is None:
            found = self._nodes[id(node), before, word] = _Node()
            shapes = node.nexts.setdefault(before, {})
            for stem in dict.fromkeys(affixes.stems(word, self.language)):
                shapes.setdefault(stem, []).append(found)
        return found

    def find(self, text: str, *, markdown: bool = False) -> list[Mention]:
        """The mentions in order, none overlapping, the longest where several begin together.

        Addresses of web and mail are passed over; with `markdown`, code and the targets of links too.
        """
        return self.read([text], markdown=markdown).mentions[0]

    def read(self, texts: Sequence[str], *, markdown: bool = False) -> Reading:
        """The mentions in each of some texts; quicker together than one by one."""
        if markdown:  # a lone backtick in one text has nothing to do with one in the next
            texts = [masks.without_code(text) for text in texts]
        folded, places = fold_in_place(_APART.join(texts), self.language)
        words, candidates = self._candidates(masks.masked(folded, markdown=markdown))
        # Where each text begins.
        begins = [0, *accumulate(len(text) + len(_APART) for text in texts)]
        found: list[list[Mention]] = [[] for _ in texts]
        last = 0
        for start, end, term in sorted(candidates, key=_leftmost_longest):
            if start >= last:
                last = end
                begin, finish = (start, end) if places is None else (places[start], places[end])
                which = bisect_right(begins, begin) - 1
                shift = begins[which]
                mention = Mention(begin - shift, finish - shift, term.concept, term.text, term.status)
                found[which].append(mention)
        return Reading(found, words)

    def _candidates(self, text: str) -> tuple[Sequence[str], Iterable[tuple[int, int, TermForm]]]:
        """The words of a text, and the terms that may stand there."""
        if self.language == "ja":
            return (), self._japanese(text)
        text = text.replace("_", "\x00")  # no part of a word
        apostrophes = self._word is _WORD and ("'" in text or "’" in text)
        # What is between the words, and the words: quicker than their matches.
        parts = (_LETTERS_AND_APOSTROPHES if apostrophes else _LETTERS).split(text)
        texts = parts[1::2]
        hits = list(compress(count(), map(self._known.__getitem__, texts)))
        if not hits:  # most texts hold few words that begin a term, and many hold none
            return texts, ()
        words = _Words(texts, list(accumulate(map(len, parts))))
        return texts, self._korean(text, words, hits) if self.language == "ko" else self._words(text, words, hits)

    @cached_property
    def _known(self) -> _Memory:
        """Of each word, the terms that it may begin; in Korean, whether there can be any."""
        return _Memory(self._may_begin if self.language == "ko" else self._fit)

    def _may_begin(self, word: str) -> bool:
        size, heads = self._heads
        return word[:size] in heads or word in self._beginnings

    @cached_property
    def _heads(self) -> tuple[int, frozenset[str]]:
        """How every stem begins, by as many letters as the shortest has, and three at most."""
        size = min(3, self._shortest)
        return size, frozenset(stem[:size] for stem in self._by_stem)

    # --- Korean ------------------------------------------------------------------------------------------------------

    def _korean(self, text: str, words: _Words, hits: Sequence[int]) -> Iterator[tuple[int, int, TermForm]]:
        """A mention is the term without its particle, over any number of spaces."""
        for index in hits:
            joined, end = "", 0
            first = words.start(index)
            for last in range(index, min(index + _RUN_TOGETHER, len(words.texts))):
                word, start = words.texts[last], words.start(last)
                if joined and not (joined in self._beginnings and _is_gap(text[end:start], " ")):
                    break
                least = max(1, self._shortest - len(joined))
                for size in range(least, min(len(word), self._longest - len(joined)) + 1):
                    stem = joined + word[:size]
                    for node in self._by_stem.get(stem, ()):
                        if self._inflects(stem, word[size:]):
                            yield from ((first, start + size, ending.term) for ending in node.ends)
                joined += word
                end = words.end(last)

    # --- by words ----------------------------------------------------------------------------------------------------

    def _words(self, text: str, words: _Words, hits: Sequence[int]) -> Iterator[tuple[int, int, TermForm]]:
        for index in hits:
            start = words.start(index)
            hyphen = self.language in _HYPHENATING and index and words.end(index - 1) == start - 1
            if hyphen and text[start - 1] in _HYPHENS:
                continue  # the second half of a hyphenated word
            word = words.texts[index]
            for size, fits, nodes in self._known[word]:
                found: list[tuple[int, int, int, TermForm]] = []
                for node in nodes:
                    for ending in node.ends:
                        if self._inflects(ending.sound, word[size:]) if ending.sound else fits:
                            self._found(text, words, index, 0, ending, found)
                    if fits and node.nexts:
                        self._go_on(text, words, index, 1, node, found)
                found.sort(key=_first_added)
                yield from ((start, end, term) for _, _, end, term in found)

    def _fit(self, word: str) -> Sequence[tuple[int, bool, list[_Node]]]:
        """The terms that a word may begin: the length of its stem, whether the rest is its inflection, the nodes."""
        shortest, heads = self._heads
        if word[:shortest] not in heads:
            return ()
        found: list[tuple[int, bool, list[_Node]]] = []
        for size in range(self._shortest, min(len(word), self._longest) + 1):
            nodes = self._by_stem.get(word[:size])
            if nodes:
                fits = self._inflects(word[:size], word[size:])
                if fits or any(ending.sound for node in nodes for ending in node.ends):
                    found.append((size, fits, nodes))
        return found

    def _go_on(
        self, text: str, words: _Words, last: int, depth: int, node: _Node, found: list[tuple[int, int, int, TermForm]]
    ) -> None:
        """The terms that go on after a node, whose words end with the word `last` of the text."""
        index = last + 1
        if index >= len(words.texts):
            return
        between = text[words.end(last) : words.start(index)]
        gap = "-" if between != " " and _is_gap(between, "-") else " "
        if between != " " and gap == " " and not _is_gap(between, " "):
            return
        word = words.texts[index]
        shapes = node.nexts.get(_head(word, gap, depth))
        if shapes is None:
            return
        for shape in shapes if len(shapes) < len(word) else (word[:size] for size in range(1, len(word) + 1)):
            nodes = shapes.get(shape) if word.startswith(shape) else None
            if nodes and self._inflects(shape, word[len(shape) :]):
                for following in nodes:
                    for ending in following.ends:
                        self._found(text, words, index, 1, ending, found)
                    if following.nexts:
                        self._go_on(text, words, index, depth + 1, following, found)

    def _found(
        self, text: str, words: _Words, last: int, rank: int, ending: _End, found: list[tuple[int, int, int, TermForm]]
    ) -> None:
        end = self._end(text, words, last)
        if end is not None:
            found.append((rank, ending.order, end, ending.term))

    def _inflects(self, stem: str, rest: str) -> bool:
        return not rest or self._follows(stem, rest)

    def _end(self, text: str, words: _Words, index: int) -> int | None:
        end = words.end(index)
        following = text[end : end + 1]
        hyphen = self.language in _HYPHENATING and following and following in _HYPHENS
        if hyphen and index + 1 < len(words.texts) and words.start(index + 1) == end + 1:
            if self.language == "ms" and words.texts[index + 1].startswith(words.texts[index]):
                return words.end(index + 1)  # cagaran-cagaran: the plural
            return None  # the first half of a hyphenated word
        return end

    # --- Japanese ----------------------------------------------------------------------------------------------------

    @cached_property
    def _first_letters(self) -> re.Pattern[str]:
        letters = "".join(re.escape(letter) for letter in sorted({beginning[0] for beginning in self._lengths}))
        return re.compile(f"[{letters}]" if letters else "(?!)")

    def _japanese(self, text: str) -> Iterator[tuple[int, int, TermForm]]:
        for match in self._first_letters.finditer(text):
            start = match.start()
            for beginning in (text[start : start + 2], match[0]):
                for length in self._lengths.get(beginning, ()):
                    end = start + length
                    terms = self._by_text.get(text[start:end], ()) if end <= len(text) else ()
                    if (
                        terms
                        and affixes.stands_alone(text, start, end)
                        and not affixes.is_verb(text[start:end], text[end : end + 3])
                    ):
                        yield from ((start, end, term) for term in terms)


def _leftmost_longest(hit: tuple[int, int, TermForm]) -> tuple[int, int]:
    return hit[0], -hit[1]


def _first_added(found: tuple[int, int, int, TermForm]) -> tuple[int, int]:
    return found[:2]


def _head(word: str, gap: str, depth: int) -> str:
    """What stands before a word: of the second word of a term, the text must have the first two letters too."""
    return f"{word[:2]}{gap}" if depth == 1 else gap


def _is_gap(between: str, gap: str) -> bool:
    return (
        between in _HYPHENS and between != ""
        if gap == "-"
        else bool(between) and between.isspace() and between.count("\n") < 2
    )


def fold(text: str, language: str) -> str:
    """The text in small letters, composed, for comparison."""
    return fold_in_place(text, language)[0]


def fold_in_place(text: str, language: str) -> tuple[str, list[int] | None]:
    """The text in small letters, and where each of its characters stood; None if they stand where they stood."""
    places: list[int] | None = None
    if "\u0307" in text or not unicodedata.is_normalized("NFC", text):
        text, places = _composed(text)
    if language in ("tr", "az"):
        text = text.replace("I", "ı").replace("İ", "i")
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered, places


def _composed(text: str) -> tuple[str, list[int]]:
    """The text in NFC with the place of each character in the original, and of its end."""
    parts: list[str] = []
    places: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or (unicodedata.combining(text[end]) == 0 and not "\u1160" <= text[end] <= "\u11ff"):
            composed = unicodedata.normalize("NFC", text[start:end]).replace("i\u0307", "i")
            parts.append(composed)
            places += [start] * len(composed)
            start = end
    return "".join(parts), [*places, len(text)]
