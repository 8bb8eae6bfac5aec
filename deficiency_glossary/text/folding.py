"""Text made comparable: what a reader types finds what an editor wrote.

Case, accents, widths and kana are folded; Hangul gives its initial consonants; kana and Hangul are spelled in Latin
letters, as people type them who have no such keyboard at hand.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that no decomposition takes apart, as people write them without the key for them.
_LATIN = str.maketrans({"ı": "i", "ø": "o", "æ": "ae", "å": "a", "ß": "ss", "đ": "d", "ł": "l", "œ": "oe", "þ": "th"})
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_MARKS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[^\w]+")

_HANGUL_BASE, _HANGUL_LAST = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
# Revised Romanization of Korean (2000), letter by letter. Of the sounds that change across syllables
# only the liaison is followed: a final before a vowel sounds as an initial (부족액 bujogaek).
_KO_INITIAL = "g kk n d tt r m b pp s ss _ j jj ch k t p h".replace("_", "").split(" ")
_KO_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")  # noqa: SIM905
_KO_FINAL = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")  # noqa: SIM905

_KO_LIAISON = " g kk ks n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p h".split(" ")  # noqa: SIM905
_SILENT_INITIAL = 11


def fold(text: str) -> str:
    """The text without case, accents and widths; hiragana for katakana; words apart by one space."""
    text = unicodedata.normalize("NFKC", text).replace("İ", "i").replace("I", "i").lower()
    text = text.translate(_LATIN).translate(_KATAKANA)
    if not text.isascii():
        # Hangul must not be taken apart: only the marks of Latin, Greek and Cyrillic go.
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
    return _NOT_WORD.sub(" ", text).strip()


def choseong(text: str) -> str:
    """The initial consonants of Hangul syllables, `담보` -> `ㄷㅂ`; everything else is dropped but spaces."""
    return "".join(
        _INITIALS[(ord(character) - _HANGUL_BASE) // 588] if _is_hangul(character) else " "
        for character in text
        if _is_hangul(character) or character == " "
    )


def is_choseong(text: str) -> bool:
    """Whether a query is nothing but consonants, as people type who look up Korean by initials."""
    letters = text.replace(" ", "")
    return bool(letters) and all(letter in _INITIALS for letter in letters)


def romanize(text: str) -> str:
    """Kana in Hepburn and Hangul in Revised Romanization, without signs of length: `たんぽ` -> `tanpo`."""
    latin = _kana_latin(text)
    return "".join(
        _hangul_latin(character, following) if _is_hangul(character) else character
        for character, following in zip(latin, [*latin[1:], ""], strict=True)
    )


def _is_hangul(character: str) -> bool:
    return _HANGUL_BASE <= ord(character) <= _HANGUL_LAST


def _hangul_latin(character: str, following: str) -> str:
    initial, rest = divmod(ord(character) - _HANGUL_BASE, 588)
    vowel, final = divmod(rest, 28)
    links = following != "" and _is_hangul(following) and (ord(following) - _HANGUL_BASE) // 588 == _SILENT_INITIAL
    return _KO_INITIAL[initial] + _KO_VOWEL[vowel] + (_KO_LIAISON if links else _KO_FINAL)[final]


def _kana_latin(text: str) -> str:
    syllables, longest = _kana_table()
    found: list[str] = []
    at = 0
    double = False
    while at < len(text):
        size = next((size for size in range(longest, 0, -1) if text[at : at + size] in syllables), 0)
        latin = syllables[text[at : at + size]] if size else text[at]
        if size and latin == "*":  # small tsu doubles the consonant after it
            double = True
        else:
            found.append((latin[0] if double and latin[:1].isalpha() else "") + latin)
            double = False
        at += size or 1
    return "".join(found)


@lru_cache(maxsize=1)
def _kana_table() -> tuple[dict[str, str], int]:
    # fmt: off
    rows = {
        "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
        "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
        "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
    }
    # fmt: on
    table = {
        kana: consonant + vowel for consonant, row in rows.items() for kana, vowel in zip(row, "aiueo", strict=True)
    }
    table |= dict(zip("やゆよわをんーっぁぃぅぇぉ", ["ya", "yu", "yo", "wa", "o", "n", "", "*", *"aiueo"], strict=True))
    table |= {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "ゔ": "vu"}
    glides = {"き": "ky", "し": "sh", "ち": "ch", "に": "ny", "ひ": "hy", "み": "my", "り": "ry", "ぎ": "gy"}
    glides |= {"じ": "j", "び": "by", "ぴ": "py"}
    table |= {
        first + small: latin + vowel
        for first, latin in glides.items()
        for small, vowel in zip("ゃゅょ", "auo", strict=True)
    }
    table |= {
        "ふぁ": "fa",
        "ふぃ": "fi",
        "ふぇ": "fe",
        "ふぉ": "fo",
        "てぃ": "ti",
        "でぃ": "di",
        "しぇ": "she",
        "じぇ": "je",
        "ちぇ": "che",
    }
    return table, max(map(len, table))
