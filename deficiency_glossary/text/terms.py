"""Mentions of the glossary's terms in running text.

Languages with spaces are read word by word: the beginning of a word must be a term (or the first word of one) and
what is left of the word its inflection (`text.affixes`). Japanese is read character by character: the longest term
that is no piece of a longer run of kanji or katakana.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from deficiency_glossary.text import affixes

_APOSTROPHES = "'’"
_WORD: Final = re.compile(rf"([^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*)")
_PLAIN_WORD: Final = re.compile(r"([^\W_]+)")
_LETTERS: Final = re.compile(
    r"(\w+)"
)  # the same as the first where there is neither apostrophe nor underscore, and quicker
# Korean spacing is free: 주택담보대출, 주택 담보 대출. A term is looked for in up to so many words run together.
_RUN_TOGETHER: Final = 5
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE: Final = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_TARGET: Final = re.compile(r"\](?:(?:\[[^\[\]\n]*\])+(?:\([^()\n]*\))?|\([^()\n]*\))|<[^<>\n]+>")
_HYPHENS = "-‐‑"
_REMEMBERED = 20_000  # words for which a matcher keeps what terms they may begin
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
        self._fitting: dict[str, list[tuple[int, bool, list[_Node]]]] = {}
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
        folded, places = fold_in_place(text, self.language)
        shown = _masked(folded, markdown=markdown)
        candidates = self._candidates(shown)
        found: list[Mention] = []
        last = 0
        for start, end, term in sorted(candidates, key=lambda hit: (hit[0], -hit[1])):
            if start >= last:
                last = end
                begin, finish = (start, end) if places is None else (places[start], places[end])
                found.append(Mention(begin, finish, term.concept, term.text, term.status))
        return found

    def _candidates(self, text: str) -> Iterator[tuple[int, int, TermForm]]:
        if self.language == "ja":
            return self._japanese(text)
        word = (
            _LETTERS if self._word is _WORD and "_" not in text and "'" not in text and "’" not in text else self._word
        )
        parts = word.split(text)  # what is between the words, and the words: quicker than their matches
        texts = parts[1::2]
        size, heads = self._heads
        begins = self._beginnings
        hits = [index for index, word in enumerate(texts) if word[:size] in heads or word in begins]
        if not hits:  # most texts hold few words that begin as a term does, and many hold none
            return iter(())
        words = _Words(texts, list(accumulate(map(len, parts))))
        return self._korean(text, words, hits) if self.language == "ko" else self._words(text, words, hits)

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
            known = self._fitting.get(word)
            for size, fits, nodes in self._fit(word) if known is None else known:
                found: list[tuple[int, int, int, TermForm]] = []
                for node in nodes:
                    for ending in node.ends:
                        if self._inflects(ending.sound, word[size:]) if ending.sound else fits:
                            self._found(text, words, index, 0, ending, found)
                    if fits and node.nexts:
                        self._go_on(text, words, index, 1, node, found)
                found.sort(key=_first_added)
                yield from ((start, end, term) for _, _, end, term in found)

    def _fit(self, word: str) -> list[tuple[int, bool, list[_Node]]]:
        """The terms that a word may begin: the length of its stem, whether the rest is its inflection, the nodes."""
        found: list[tuple[int, bool, list[_Node]]] = []
        for size in range(self._shortest, min(len(word), self._longest) + 1):
            nodes = self._by_stem.get(word[:size])
            if nodes:
                fits = self._inflects(word[:size], word[size:])
                if fits or any(ending.sound for node in nodes for ending in node.ends):
                    found.append((size, fits, nodes))
        if len(self._fitting) >= _REMEMBERED:
            self._fitting.clear()
        self._fitting[word] = found
        return found

    def _go_on(
        self, text: str, words: _Words, last: int, depth: int, node: _Node, found: list[tuple[int, int, int, TermForm]]
    ) -> None:
        """The terms that go on after a node, whose words end with the word `last` of the text."""
        index = last + 1
        if index >= len(words.texts):
            return
        between = text[words.end(last) : words.start(index)]
        gap = "-" if _is_gap(between, "-") else " "
        if gap == " " and not _is_gap(between, " "):
            return
        word = words.texts[index]
        shapes = node.nexts.get(_head(word, gap, depth))
        if shapes is None:
            return
        for size in range(1, len(word) + 1):
            nodes = shapes.get(word[:size])
            if nodes and self._inflects(word[:size], word[size:]):
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
                    terms = self._by_text.get(text[start:end], ())
                    if (
                        terms
                        and _stands_alone(text, start, end)
                        and not affixes.is_verb(text[start:end], text[end : end + 3])
                    ):
                        yield from ((start, end, term) for term in terms)


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


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a Japanese span is no piece of a longer word: kanji beside kanji, katakana beside katakana."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_kind(before) and _kind(before) == _kind(text[start])) and not (
        _kind(after) and _kind(after) == _kind(text[end - 1])
    )


def _kind(character: str) -> str:
    if not character:
        return ""
    if "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character == "々":
        return "kanji"
    return "katakana" if "\u30a1" <= character <= "\u30fa" or character == "ー" else ""


def _masked(text: str, *, markdown: bool) -> str:
    """The text with everything blanked that is not for reading, places kept."""
    blank = re.Pattern.sub
    if markdown:
        text = blank(_CODE, _spaces, text) if "`" in text else text
        text = blank(_TARGET, _target, text) if "]" in text or "<" in text else text
    return blank(_ADDRESS, _spaces, text) if "://" in text or "www." in text or "@" in text else text


def _spaces(match: re.Match[str]) -> str:
    return "\x00" * len(match[0])


def _target(match: re.Match[str]) -> str:
    """The bracket before a target belongs to the words of the link."""
    return "]" + "\x00" * (len(match[0]) - 1) if match[0][0] == "]" else _spaces(match)


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
