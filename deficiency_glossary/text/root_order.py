"""The order and the index heads of languages without an alphabet in `collation`: UTS #10 with its default table.

The weights are pyuca's: the Default Unicode Collation Element Table (DUCET) of Unicode 9, punctuation not ignorable. It
differs from CLDR's root order in signs and in Han, which stands by code point here; tests/oracles/collation.txt has the
figures. CLDR's tailorings are not known: Spanish ñ is an n with an accent, Arabic أ another letter than ا, and Latin
stands before every other script, in Russian too.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import chain
from typing import Any

OTHER = "#"
"""The head for what an alphabet has no place for."""

LATIN = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
HANGUL = tuple("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")
KANA = tuple("あかさたなはまやらわ")

# pyuca takes the square of the length: a millisecond for this many characters, ten seconds for a hundred times as many.
_WEIGHED = 1000

# Where scripts with heads of their own are; those between have none or get them below.
_SCRIPTS = (range(0x370, 0x3400), range(0xA000, 0xAC00), range(0x10000, 0x1F000))
_FIRST_OF_GREEK, _FIRST_OF_HANGUL, _FIRST_VOWEL, _FIRST_OF_BOPOMOFO = "αㄱ\u1160ㄅ"
_IMPLICIT = "\ufb00"  # from here weights are made up: kanji, Tangut, what Unicode 9 does not know


def levels(text: str) -> tuple[str, str, str]:
    """The weights of a text, letters, accents and case, as strings that compare like sequences of weights.

    Of a long text the first 1000 characters are weighed. Equal for texts that are canonically equivalent, and for some
    that are not. The first call reads the table, in a tenth to a quarter of a second. Raises nothing.
    """
    elements = _collator().collation_elements(unicodedata.normalize("NFD", text)[:_WEIGHED])
    first, second, third = ("".join(chr(each[level]) for each in elements if each[level]) for level in range(3))
    return first, second, third


@lru_cache(maxsize=1)
def heads() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where each index head starts, as weights of the first level in order, and the heads.

    A weight belongs to the last head that starts at or before it; before the first head is `OTHER`. Latin, Hangul and
    kana have the heads above, other scripts one for each base letter, kanji `OTHER`. Raises nothing.
    """
    of_letter = {start: letter.title() for start, letter in _base_letters().items()}
    latin_end, hangul, vowels, kana_end = (
        levels(first)[0] for first in (_FIRST_OF_GREEK, _FIRST_OF_HANGUL, _FIRST_VOWEL, _FIRST_OF_BOPOMOFO)
    )
    found = {
        start: head for start, head in of_letter.items() if latin_end <= start < hangul or kana_end <= start < _IMPLICIT
    }
    found |= {levels(head)[0]: head for head in (*LATIN, *HANGUL, *KANA)}
    found |= {vowels: OTHER, _IMPLICIT: OTHER}
    starts = tuple(sorted(found))
    return starts, tuple(found[start] for start in starts)


def _base_letters() -> dict[str, str]:
    """For each weight of the first level the plainest letter that has it: β, not ϐ; כ, not ך."""
    letters = (char for char in map(chr, chain(*_SCRIPTS)) if char.isalpha())
    plainest: dict[str, str] = {}
    for (first, _, _), letter in sorted((levels(letter), letter) for letter in letters):
        if len(first) == 1:
            plainest.setdefault(first, letter)
    return plainest


@lru_cache(maxsize=1)
def _collator() -> Any:
    from pyuca import Collator  # late: most glossaries have an alphabet in `collation`

    return Collator()
