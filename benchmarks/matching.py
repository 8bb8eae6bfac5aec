"""Finding terms in a text, and how little it matters how many they are: `python -m benchmarks.matching [REPEATS]`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import product
from random import Random
from statistics import median

from benchmarks import table
from benchmarks.words import KINDS, LOCALES, MANNERS, SENTENCES, THINGS
from deficiency_glossary.text.terms import Matcher, TermForm

SEED = 20261121
TERMS = 10_000
TEXT_BYTES = 6 * 1024
SIZES = (100, 1000, TERMS)
_WARM_UP, _ROUNDS = 3, 30
_SPACE = {"ko": "", "ja": ""}  # their words run together


def names(locale: str, *, shared: bool) -> Iterator[str]:
    """Names of terms. Shared: 60 first words for all of them, as if all terms were of one trade. Else about 3,500."""
    space = _SPACE.get(locale, " ")
    words = [word[locale].text for word in THINGS + MANNERS + KINDS]
    for first, second, third in product(words, repeat=3):
        if first != second:
            yield space.join((first, second, third) if shared else (first + second.lower(), third))


def terms(locale: str, count: int, *, shared: bool) -> list[TermForm]:
    """So many different terms of the language, the same ones each time; few are a sample of the many."""
    different = list(dict.fromkeys(names(locale, shared=shared)))
    return [TermForm(f"c-{at}", name) for at, name in enumerate(Random(SEED).sample(different, TERMS)[:count])]


def text(locale: str, *, shared: bool) -> str:
    """A text of 6 KB that mentions one of the 10,000 terms in each sentence."""
    random = Random(SEED)
    known = terms(locale, TERMS, shared=shared)
    parts: list[str] = []
    size = 0
    while size < TEXT_BYTES:
        sentence = random.choice(SENTENCES[locale]).format(
            a=random.choice(known).text, b=random.choice(KINDS)[locale].text
        )
        parts.append(sentence)
        size += len(sentence.encode()) + 1
    return " ".join(parts).encode()[:TEXT_BYTES].decode(errors="ignore")


def measure(locale: str, count: int, repeats: int, *, shared: bool) -> tuple[float, float, int]:
    """(seconds to build, median seconds to find, mentions found)."""
    known, shown = terms(locale, count, shared=shared), text(locale, shared=shared)
    start = time.perf_counter()
    matcher = Matcher(known, locale)
    built = time.perf_counter() - start
    for _ in range(_WARM_UP):
        found = matcher.find(shown)
    rounds = []
    for _ in range(repeats * _ROUNDS):
        start = time.perf_counter()
        matcher.find(shown)
        rounds.append(time.perf_counter() - start)
    return built, median(rounds), len(found)


def table_of(repeats: int) -> None:
    """Print milliseconds for a text of 6 KB against ever more terms, and what building the matcher takes."""
    heads = ("locale", *(f"{count:,} terms, ms" for count in SIZES), "mentions", "build, ms")
    for shared, told in ((False, "terms with some 3,500 first words"), (True, "terms with 60 first words")):
        rows = []
        for locale in LOCALES:
            results = [measure(locale, count, repeats, shared=shared) for count in SIZES]
            built, _, found = results[-1]
            spent = (f"{seconds * 1000:.2f}" for _, seconds, _ in results)
            rows.append((locale, *spent, str(found), f"{built * 1000:.0f}"))
        table.show(f"find: {TEXT_BYTES:,} bytes, {told} (medians of {repeats * _ROUNDS})", heads, rows)


if __name__ == "__main__":
    table_of(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
