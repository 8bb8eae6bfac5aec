"""Text made comparable: what a reader types finds what an editor wrote.

Case, accents, widths and kana are folded; Hangul gives its initial consonants; kana and Hangul are spelled in Latin
letters, as people type them who have no such keyboard at hand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

# Letters that no decomposition takes apart, as people write them without the key for them.
_LATIN = str.maketrans({"ı": "i", "ø": "o", "æ": "ae", "å": "a", "ß": "ss", "đ": "d", "ł": "l", "œ": "oe", "þ": "th"})
# The same, where two letters are written for one: Norwegian, Danish, German.
_SPELLED_OUT = str.maketrans({"å": "aa", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "ue"})
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_LETTERS = _LATIN | _KATAKANA
# Before letters are made small: Turkish has two letters i, and readers of other languages type either.
_ONE_I = {"İ": "i", "I": "i"}
_MARKS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[^\w]+")

_HANGUL_BASE = 0xAC00
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
# Korean keyboards join two consonants that can end a syllable: whoever types ㄱ and ㅅ sees ㄳ.
_JOINED = str.maketrans(
    {"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ"}
    | {"ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ"}
)
# Revised Romanization of Korean (2000), letter by letter.
_KO_INITIAL = "g kk n d tt r m b pp s ss _ j jj ch k t p h".replace("_", "").split(" ")
_KO_VOWEL = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")  # noqa: SIM905
_KO_FINAL = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")  # noqa: SIM905
# A final before a vowel sounds as an initial (부족액 bujogaek).
_KO_LIAISON = " g kk ks n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p h".split(" ")  # noqa: SIM905
# Sounds that change where two syllables meet (Revised Romanization, 3-1-1): 압류 amnyu, 신라 Silla.
_KO_MEETING = {
    **{(stop, nasal): (soft, nasal) for stop, soft in (("k", "ng"), ("t", "n"), ("p", "m")) for nasal in "nm"},
    ("k", "r"): ("ng", "n"),
    ("t", "r"): ("n", "n"),
    ("p", "r"): ("m", "n"),
    ("m", "r"): ("m", "n"),
    ("ng", "r"): ("ng", "n"),
    ("n", "r"): ("l", "l"),
    ("l", "n"): ("l", "l"),
    ("l", "r"): ("l", "l"),
}
_ASPIRATED = {"g": "k", "d": "t", "j": "ch"}  # after a final that holds ㅎ: 좋고 joko
_FINALS_WITH_H = {6: "n", 15: "l", 27: ""}
_PALATAL = {7: "j", 25: "ch"}  # ㄷ and ㅌ before 이: 같이 gachi
_SILENT_INITIAL, _VOWEL_I = 11, 20

# One spelling for the several that are in use for the same Japanese sound: Hepburn old and new, Kunrei, what input
# methods take; long vowels with and without their sign. Longer spellings stand before those that they contain.
_LOOSE = (
    (re.compile("tch"), "cch"),
    (re.compile("m(?=[bmp])"), "n"),
    (re.compile("sh(?=i)"), "s"),
    (re.compile("ch(?=i)"), "t"),
    (re.compile("ts(?=u)"), "t"),
    (re.compile("j(?=i)"), "z"),
    (re.compile("f(?=u)"), "h"),
    (re.compile("sh"), "sy"),
    (re.compile("ch"), "ty"),
    (re.compile("jy?"), "zy"),
    (re.compile("o[ou]+"), "o"),
    (re.compile(r"([aeiou])\1+"), r"\1"),
)


def fold(text: str) -> str:
    """The text without case, accents and widths; hiragana for katakana; words apart by one space."""
    text = unicodedata.normalize("NFKC", text)
    for letter, one in _ONE_I.items():  # str.translate takes longer
        text = text.replace(letter, one)
    text = text.lower()
    if not text.isascii():
        # Marks go before the table is asked: ǿ is ø with a mark. Hangul must not be taken apart.
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
        text = text.translate(_LETTERS)
    return _NOT_WORD.sub(" ", text).strip()


def rules() -> dict[str, Any]:
    """What `fold`, `loose` and `typed_choseong` do, as data: for a program in another language that folds queries.

    Tables map a character to its replacement. Patterns are regular expressions that JavaScript reads with the flag u.
    """
    return {
        "one_i": _ONE_I,
        "marks": _MARKS.pattern,
        "letters": _as_text(_LETTERS),
        # `\\w` of Python, in letters of JavaScript: there it means ASCII alone.
        "not_word": r"[^\p{L}\p{N}_]+",
        "loose": [[pattern.pattern, spelling.replace("\\", "$")] for pattern, spelling in _LOOSE],
        "initials": _INITIALS,
        "joined": _as_text(_JOINED),
        # What str.split takes for space.
        "space": r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]",
    }


def _as_text(table: Mapping[int, int | str]) -> dict[str, str]:
    return {chr(code): chr(other) if isinstance(other, int) else other for code, other in table.items()}


def spelled_out(text: str) -> str:
    """The folded text with two letters for one, as people write who lack the key: `boliglån` -> `boliglaan`."""
    return fold(unicodedata.normalize("NFC", text).lower().translate(_SPELLED_OUT))


def choseong(text: str) -> str:
    """The initial consonants of Hangul syllables, `담보` -> `ㄷㅂ`; everything else is dropped but spaces."""
    return "".join(
        _INITIALS[(ord(character) - _HANGUL_BASE) // 588] if _is_hangul(character) else " "
        for character in text
        if _is_hangul(character) or character == " "
    )


def typed_choseong(text: str) -> str:
    """The consonants of a query that is nothing else, as people type who look up Korean by initials; else nothing.

    Consonants that the keyboard joined are apart again: `ㄳ` is `ㄱㅅ`.
    """
    letters = "".join(text.split()).translate(_JOINED)
    return letters if all(letter in _INITIALS for letter in letters) else ""


def romanize(text: str, *, by_letter: bool = False) -> str:
    """Kana in Hepburn and Hangul in Revised Romanization, without signs of length: `たんぽ` -> `tanpo`.

    Hangul goes by sound, 압류 `amnyu`; with `by_letter`, as it is written, `apryu`.
    """
    latin = _kana_latin(text.translate(_KATAKANA)) if _KANA.search(text) else text
    if not has_hangul(latin):
        return latin
    parts: list[str] = []
    onset: str | None = None  # how the next syllable begins, where the one before it decides that
    for character, following in zip(latin, [*latin, ""][1:], strict=True):
        if _is_hangul(character):
            syllable, onset = _hangul_latin(character, following, onset, by_letter=by_letter)
            parts.append(syllable)
        else:
            parts.append(character)
            onset = None
    return "".join(parts)


def loose(latin: str) -> str:
    """One spelling for all in use: `tampo` and `tanpo`; `jutaku`, `juutaku` and `zyuutaku`. Not for showing."""
    for pattern, spelling in _LOOSE:
        latin = pattern.sub(spelling, latin)
    return latin


def has_hangul(text: str) -> bool:
    """Whether a syllable of Hangul stands in a text."""
    return _HANGUL.search(text) is not None


def _is_hangul(character: str) -> bool:
    return "\uac00" <= character <= "\ud7a3"


def _parts(character: str) -> tuple[int, int, int]:
    """The numbers of a syllable's initial, vowel and final."""
    initial, rest = divmod(ord(character) - _HANGUL_BASE, 588)
    return initial, *divmod(rest, 28)


def _hangul_latin(character: str, following: str, onset: str | None, *, by_letter: bool) -> tuple[str, str | None]:
    """A syllable in Latin letters, and how the one after it begins if not by its own initial."""
    initial, vowel, final = _parts(character)
    begin = _KO_INITIAL[initial] if onset is None else onset
    if not (final and _is_hangul(following)):
        return begin + _KO_VOWEL[vowel] + _KO_FINAL[final], None
    coda, next_onset = _where_they_meet(final, *_parts(following)[:2], by_letter=by_letter)
    return begin + _KO_VOWEL[vowel] + coda, next_onset


def _where_they_meet(final: int, initial: int, vowel: int, *, by_letter: bool) -> tuple[str, str | None]:
    """How a final sounds before the next syllable, and how that begins if not by its own initial."""
    if initial == _SILENT_INITIAL:
        palatal = None if by_letter or vowel != _VOWEL_I else _PALATAL.get(final)
        return palatal or _KO_LIAISON[final], None
    if by_letter:
        return _KO_FINAL[final], None
    onset = _KO_INITIAL[initial]
    if final in _FINALS_WITH_H and onset in _ASPIRATED:
        return _FINALS_WITH_H[final], _ASPIRATED[onset]
    return _KO_MEETING.get((_KO_FINAL[final], onset), (_KO_FINAL[final], None))


def _kana_latin(text: str) -> str:
    syllables = _kana_table()
    found: list[str] = []
    at = 0
    double = False
    while at < len(text):
        one, two = text[at], text[at : at + 2]
        at += 2 if two in syllables else 1
        latin = syllables.get(two) or syllables.get(one, one)
        if one == "っ":  # doubles the consonant after it
            double = True
        else:
            found.append(latin[0] + latin if double and latin[:1].isalpha() else latin)
            double = False
    return "".join(found)


@lru_cache(maxsize=1)
def _kana_table() -> dict[str, str]:
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
    table |= dict(zip("やゆよわゐゑをんー", ["ya", "yu", "yo", "wa", "i", "e", "o", "n", ""], strict=True))
    table |= dict(zip("ぁぃぅぇぉゃゅょゎ", [*"aiueo", "ya", "yu", "yo", "wa"], strict=True))
    table |= {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "ゔ": "vu"}
    glides = {"き": "ky", "し": "sh", "ち": "ch", "に": "ny", "ひ": "hy", "み": "my", "り": "ry", "ぎ": "gy"}
    glides |= {"じ": "j", "ぢ": "j", "び": "by", "ぴ": "py"}
    table |= {
        first + small: latin + vowel
        for first, latin in glides.items()
        for small, vowel in zip("ゃゅょ", "auo", strict=True)
    }
    # Syllables of loan words: a consonant of its own before a small vowel.
    borrowed = {"ふ": "f", "ゔ": "v", "つ": "ts", "う": "w", "し": "sh", "じ": "j", "ち": "ch"}
    table |= {
        first + small: latin + vowel
        for first, latin in borrowed.items()
        for small, vowel in zip("ぁぃぇぉ", "aieo", strict=True)
    }
    table |= {"てぃ": "ti", "でぃ": "di", "とぅ": "tu", "どぅ": "du", "てゅ": "tyu", "でゅ": "dyu", "ふゅ": "fyu"}
    return table
