"""Order, index heads and letter case by the rules of a language.

A key has three levels and the text, as in the Unicode Collation Algorithm (UTS #10): letters decide first, then
accents, then case and kana size. Punctuation counts (CLDR's `alternate=non-ignorable`).

The alphabets of en, ms, tr, ko, ja, no (nb, nn), da, sv and fi follow CLDR 48, common/collation. What is foreign to
them is in an approximation of CLDR's root order: letters by the base character of their canonical decomposition,
accents second; scripts other than Latin, Hangul and kana, and their letters, by code point.

Every other language has the order of `root_order`, CLDR's root order without tailorings.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from deficiency_glossary.text import root_order
from deficiency_glossary.text.root_order import HANGUL, KANA, LATIN, OTHER

SortKey: TypeAlias = tuple[str, str, str, str]
"""Comparable with another key of the same locale; what is in it may change from version to version."""

# Root order of what stands in prose of the shipped languages (CLDR root: punctuation, symbols, currency signs). Only
# characters without compatibility decomposition: `…`, full-width forms and the like are taken apart before.
_PUNCTUATION = "_-‐–—―〜・,、;:!¡?¿.。·'‹›\"«»()[]{}〈〉《》「」『』【】〔〕§¶@*/\\&#%‰†‡•′※"
_SYMBOLS = "`^°©®←→↑↓+±÷×<=>¬|¦~−"
_CURRENCY = "¤¢$£¥"
_MARKS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"

# Differ from the plain sign as accents do.
_QUOTES = {"‘": ("'", 2), "’": ("'", 3), "‚": ("'", 4), "“": ('"', 2), "”": ('"', 3), "„": ('"', 4)}

# Primary weights are code points, or a lead and a second character; no lead is ever a weight of its own, so that
# strings of weights compare as sequences of weights do. Letters of most scripts are their own weight (from U+0370 on).
_SPACE = "\x01"
_FIRST_PUNCTUATION, _OTHER_PUNCTUATION = 0x10, "\x80"
_FIRST_SYMBOL, _OTHER_SYMBOL = 0x90, "\xc0"
_FIRST_CURRENCY, _OTHER_CURRENCY = 0xC8, "\xd0"
_FIRST_DIGIT, _OTHER_NUMBER = 0xE0, "\xef"
_KO_HANGUL, _KO_HAN = 0x100, "\u0200"
_FIRST_LATIN, _OTHER_LATIN, _LATIN_END = 0x210, "\u0260", "\u0261"
_JA_KANA, _JA_HAN = 0x270, "\u0300"
_HANGUL, _KANA, _HAN, _UNASSIGNED = 0x1F000, 0x1F200, "\U0001f300", "\U0001f400"
_JAMO_FIRST, _VOWEL_FIRST, _JAMO_LAST = 0x1100, 0x1160, 0x11FF
_HIRAGANA_FIRST, _HIRAGANA_LAST = 0x3041, 0x3096

# The least weight of the second and the third level: it may be cut off at the end, for two texts that are equal on the
# first level have equally many of them.
_COMMON = "\x01"
_UPPER = "\x02"
_SMALL_KANA, _FULL_KANA = "\x02", "\x03"

# Noncharacters that stand for a contraction while a text is weighed. Before å, ä an a stays one: ICU, which sees their
# decomposition, reads aå as the contraction with a ring above.
_AA = (("aa", "\ufdd0"), ("Aa", "\ufdd1"), ("AA", "\ufdd2"))

# CLDR 48, collation/tr.xml and so on. `<` another letter, `<<` an accent of it, `=` the same letter as the first; what
# stands between two signs differs in case. Danish has `caseFirst=upper`.
_TAILORINGS: dict[str, tuple[str, ...]] = {
    "tr": ("c < ç Ç", "g < ğ Ğ", "h < ı I", "i = i İ", "o < ö Ö", "s < ş Ş", "u < ü Ü"),
    "no": (
        "th = þ Þ",
        "y << ü Ü << ű Ű",
        "z < æ Æ << ä Ä << ę Ę < ø Ø << ö Ö << ő Ő << œ Œ < å Å << \ufdd0 \ufdd1 \ufdd2",
    ),
    "da": (
        "th = Þ þ",
        "y << Ü ü << Ű ű",
        "z < Æ æ << Ä ä < Ø ø << Ö ö << Ő ő < Å \ufdd2 \ufdd1 å \ufdd0",
    ),
    "sv": (
        "th = þ Þ",
        "y << ü Ü << ű Ű",
        "z < å Å < ä Ä << æ Æ << ę Ę < ö Ö << ø Ø << ő Ő << œ Œ << ô Ô",
    ),
    "fi": ("g << ǥ Ǥ", "n << ŋ Ŋ", "t << ŧ Ŧ", "y << ü Ü", "z << ʒ Ʒ < þ Þ < å Å < ä Ä << æ Æ < ö Ö << ø Ø"),
}
_OWN_ALPHABET = frozenset({"en", "ms", "ko", "ja", *_TAILORINGS})

# Letters without decomposition that CLDR's root order takes for others with an accent; a stroke stands for it.
_STROKED = {"æ": "a/e", "œ": "o/e", "ß": "s/s", "ø": "o/", "đ": "d/", "ð": "d//", "ħ": "h/", "ł": "l/"}
_EXPANSIONS = {letter: spelling.replace("/", "\u0338") for letter, spelling in _STROKED.items()} | {"ς": "σ"}
# Those that it puts after another, and whose names do not say after which.
_AFTER = {"ə": "e", "ı": "i", "ŋ": "n", "ĸ": "q"}
_VARIANT = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")

_SMALL_TO_FULL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
_SMALL_KANA_LETTERS = frozenset([*_SMALL_TO_FULL, *"ァィゥェォッャュョヮヵヶ"])
_VOWEL_ROWS = "あかさたなはまやらわ いきしちにひみりゐ うくすつぬふむゆる えけせてねへめれゑ おこそとのほもよろを"
_VOWELS = {kana: row[0] for row in _VOWEL_ROWS.split() for kana in row}
_KANA_MARKS = re.compile("[ーゝヽ]")
_STAND_IN = 0xF0000  # plus a kana: that kana as a mark repeats it

_HEADS = {
    "ko": HANGUL,
    "ja": KANA,
    "tr": tuple("ABCÇDEFGHIİJKLMNOÖPQRSŞTUÜVWXYZ"),
    **dict.fromkeys(("no", "da"), (*LATIN, *"ÆØÅ")),
    **dict.fromkeys(("sv", "fi"), (*LATIN, *"ÅÄÖ")),
}

_ALIASES = {"nb": "no", "nn": "no"}


def sort_key(text: str, locale: str, *, reading: str | None = None) -> SortKey:
    """The key by which `sorted` puts texts in the order of a language.

    `locale` is a BCP 47 tag, of which the language counts. `reading` (kana) is used for Japanese only, where kanji have
    no order of their own; without it they stand after the kana, by code point. Keys are equal only if the texts are
    canonically equivalent. Source of the rules: see the module. Raises nothing.
    """
    language = _language(locale)
    if language not in _OWN_ALPHABET:
        return (*root_order.levels(text), unicodedata.normalize("NFC", text))
    rules = _rules(language)
    source = unicodedata.normalize(rules.form, reading if reading and rules.by_reading else text)
    for plain, one in rules.contractions:
        source = source.replace(plain, one)
    if rules.by_reading and _KANA_MARKS.search(source):
        source = _resolve_kana_marks(source)
    return (
        source.translate(rules.primary),
        source.translate(rules.secondary).rstrip(_COMMON),
        source.translate(rules.tertiary).rstrip(_COMMON),
        unicodedata.normalize("NFC", text),
    )


def index_head(text: str, locale: str, *, reading: str | None = None) -> str:
    """The head under which an index lists a text: `İ`, `ㄱ`, `か`; `#` for digits, signs and other scripts.

    Heads follow one another as `sort_key` does, and are CLDR 48's index characters. A letter without a head of its own
    is under the one before: Turkish Ğ under G, Korean ㄲ under ㄱ, Japanese ん under わ. In a language without an
    alphabet here every script has heads: Latin, Hangul and kana as above, others the base letter; kanji have none.
    Empty for a text with nothing to sort by. Raises nothing.
    """
    return head_of(sort_key(text, locale, reading=reading), locale)


def head_of(key: SortKey, locale: str) -> str:
    """The same of a text whose `sort_key` in this locale is known."""
    primary = key[0]
    starts, heads = _heads(_language(locale))
    at = bisect_right(starts, primary)
    if not primary:
        return ""
    return heads[at - 1] if at else OTHER


def capitalize(text: str, locale: str) -> str:
    """The text with its first letter as at the start of a sentence; nothing else changes.

    Quotes and brackets before the letter are passed over; a text that starts with a digit stays as it is. Turkish and
    Azerbaijani i becomes İ (SpecialCasing.txt). Japanese and Korean texts stay as they are. Raises nothing.
    """
    language = _language(locale)
    if language in {"ja", "ko"}:
        return text
    at = next((i for i, char in enumerate(text) if char.isalnum()), None)
    if at is None:
        return text
    # Title case, not upper case: Georgian sentences start with a plain letter, and ß must not become SS.
    # A mark above takes the place of the dot (More_Above), as in a decomposed î.
    dotted = language in {"tr", "az"} and text[at] == "i" and unicodedata.combining(text[at + 1 : at + 2] or " ") != 230
    first = "İ" if dotted else text[at].title()
    return text[:at] + first + text[at + 1 :]


def fold_case(text: str, locale: str) -> str:
    """The text in lower case, for comparison: in NFC, and exactly as long as the NFC of `text`.

    Turkish and Azerbaijani I is ı (SpecialCasing.txt); İ is i everywhere, where `str.lower` would make two characters
    of it. Final sigma is an ordinary one. Raises nothing.
    """
    folded = unicodedata.normalize("NFC", text).replace("İ", "i")
    if _language(locale) in {"tr", "az"}:
        folded = folded.replace("I", "ı")
    return folded.lower().replace("ς", "σ")


class _Element(NamedTuple):
    """The weights of one character on each level; any may be empty or several."""

    primary: str = ""
    secondary: str = ""
    tertiary: str = ""


class _Level(dict[int, str]):
    """A table for `str.translate`: the common characters at hand, any other worked out when asked for."""

    __slots__ = ("language", "level")

    def __init__(self, language: str, level: int, characters: str) -> None:
        self.language = language
        self.level = level
        super().__init__((ord(char), _element(char, language)[level]) for char in characters)

    def __missing__(self, code: int) -> str:
        return _element(chr(code), self.language)[self.level]


class _Rules(NamedTuple):
    form: Literal["NFKC", "NFKD"]
    contractions: tuple[tuple[str, str], ...]
    by_reading: bool
    primary: _Level
    secondary: _Level
    tertiary: _Level


@lru_cache(maxsize=256)
def _language(locale: str) -> str:
    """The language of a BCP 47 tag, Norwegian as `no`."""
    language = re.split("[-_]", locale, maxsplit=1)[0].lower()
    return _ALIASES.get(language, language)


@lru_cache(maxsize=64)
def _rules(language: str) -> _Rules:
    """How to weigh texts of a language with an alphabet here."""
    characters = "".join(map(chr, [*range(0x20, 0x180), *range(0x300, 0x370)]))
    if language == "ko":
        characters += "".join(map(chr, range(_JAMO_FIRST, _JAMO_LAST + 1)))
    if language == "ja":
        characters += "".join(map(chr, range(_HIRAGANA_FIRST, 0x3100)))
    if language in {"no", "da"}:
        characters += "".join(one for _, one in _AA)
    return _Rules(
        # A tailored letter must stay in one piece; elsewhere pieces keep the tables small.
        form="NFKC" if language in _TAILORINGS else "NFKD",
        contractions=_AA if language in {"no", "da"} else (),
        by_reading=language == "ja",
        primary=_Level(language, 0, characters),
        secondary=_Level(language, 1, characters),
        tertiary=_Level(language, 2, characters),
    )


@lru_cache(maxsize=64)
def _heads(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Where each index head starts, as weights of the first level in order, and the heads."""
    if language not in _OWN_ALPHABET:
        return root_order.heads()
    end = {"ko": chr(_KO_HANGUL + _VOWEL_FIRST - _JAMO_FIRST), "ja": _JA_HAN}.get(language, _LATIN_END)
    heads = _HEADS.get(language, LATIN)
    return (*(sort_key(head, language)[0] for head in heads), end), (*heads, OTHER)


def _resolve_kana_marks(text: str) -> str:
    """NFKD text with length marks as the vowel and iteration marks as the kana before them (CLDR collation/ja.xml).

    ICU leaves an iteration mark alone after voiced katakana and small kana; here it repeats any kana.
    """
    out: list[str] = []
    last = ""
    for char in text:
        kana = _hiragana(char)
        if char == "ー":
            kana = _VOWELS.get(last, "")
        elif char in "ゝヽ":
            kana = last
        if char in "ーゝヽ" and kana:
            out.append(chr(_STAND_IN + ord(kana)))
        else:
            out.append(char)
        if not unicodedata.combining(char):
            last = kana
    return "".join(out)


def _hiragana(char: str) -> str:
    """The full-sized hiragana of a kana; empty for anything else."""
    code = ord(char)
    if 0x30A1 <= code <= 0x30F6:  # katakana, in the same order
        code -= 0x60
    if not _HIRAGANA_FIRST <= code <= _HIRAGANA_LAST:
        return ""
    return _SMALL_TO_FULL.get(chr(code), chr(code))


@lru_cache(maxsize=4096)
def _element(char: str, language: str) -> _Element:
    """The weights of one character of an NFKC or NFKD text."""
    tailored = _tailoring(language).get(char)
    if tailored:
        return tailored
    if char >= chr(_STAND_IN) and _hiragana(chr(ord(char) - _STAND_IN)):
        return _element(chr(ord(char) - _STAND_IN), language)._replace(tertiary=_COMMON)
    parts = _EXPANSIONS.get(char) or _one_step_apart(char)
    if parts:
        return _join(parts, language)
    lower = char.lower()
    element = _atom(char, language) if lower == char else _element(lower, language)
    if language == "da" and (lower != char or char.islower()):
        return element._replace(tertiary=(_UPPER if lower == char else _COMMON) * len(element.tertiary))
    return element if lower == char else element._replace(tertiary=_UPPER * len(element.tertiary))


def _join(characters: str, language: str) -> _Element:
    elements = [_element(char, language) for char in characters]
    return _Element(*("".join(element[level] for element in elements) for level in range(3)))


def _one_step_apart(char: str) -> str:
    """The canonical decomposition, by one step so that å with an accent is still an å; empty if there is none."""
    codes = unicodedata.decomposition(char)
    if codes and not codes.startswith("<"):
        return "".join(chr(int(code, 16)) for code in codes.split())
    apart = unicodedata.normalize("NFD", char)  # Hangul syllables have theirs by rule, not in the table
    return apart if apart != char else ""


def _atom(char: str, language: str) -> _Element:
    """The weights of a character that cannot be taken apart."""
    category = unicodedata.category(char)
    if char.isspace():
        return _Element(_SPACE, _COMMON, _COMMON)
    if category in {"Cc", "Cf"} or unicodedata.name(char, "").startswith(("VARIATION SELECTOR", "COMBINING GRAPHEME")):
        return _Element()
    # Vowel signs (class 0) and viramas (9) of Indic scripts count as letters, all other marks as accents.
    if category == "Me" or unicodedata.combining(char) not in {0, 9}:
        at = _MARKS.find(char)
        return _Element(secondary=chr(0x40 + at) if at >= 0 else char)
    if char in _QUOTES:
        plain, variant = _QUOTES[char]
        return _atom(plain, language)._replace(secondary=chr(variant))
    kana = _hiragana(char)
    if kana:
        weight = chr((_JA_KANA if language == "ja" else _KANA) + ord(kana) - _HIRAGANA_FIRST)
        return _Element(weight, _COMMON, _SMALL_KANA if char in _SMALL_KANA_LETTERS else _FULL_KANA)
    return _Element(_sign(char, category) or _letter(char, language), _COMMON, _COMMON)


def _sign(char: str, category: str) -> str:
    """The primary weight of what is no letter; empty for a letter."""
    for listed, first in ((_PUNCTUATION, _FIRST_PUNCTUATION), (_SYMBOLS, _FIRST_SYMBOL), (_CURRENCY, _FIRST_CURRENCY)):
        if char in listed:
            return chr(first + listed.index(char))
    if category[0] == "N":
        digit = unicodedata.digit(char, None)
        return _OTHER_NUMBER + char if digit is None else chr(_FIRST_DIGIT + digit)
    leads = {"P": _OTHER_PUNCTUATION, "S": _OTHER_SYMBOL, "C": _UNASSIGNED, "Z": _SPACE}
    lead = {"Sc": _OTHER_CURRENCY, "Lm": _OTHER_SYMBOL}.get(category) or leads.get(category[0])
    return lead + char if lead else ""


def _letter(char: str, language: str) -> str:
    """The primary weight of a lower-case letter without accents."""
    code = ord(char)
    if _JAMO_FIRST <= code <= _JAMO_LAST:
        return chr((_KO_HANGUL if language == "ko" else _HANGUL) + code - _JAMO_FIRST)
    name = unicodedata.name(char, "")
    if name.startswith("CJK UNIFIED"):
        return {"ko": _KO_HAN, "ja": _JA_HAN}.get(language, _HAN) + char
    if "a" <= char <= "z":
        return chr(_latin(char))
    variant = _VARIANT.match(name)
    before = _AFTER.get(char) or (variant[1].lower() if variant else "")
    if before:
        return chr(_latin(before) + 2) + char
    return _OTHER_LATIN + char if name.startswith("LATIN") or code < 0x370 else char


def _latin(letter: str) -> int:
    """The weight of a to z; the two after it lead the letters that a tailoring, or the root, puts behind it."""
    return _FIRST_LATIN + 3 * (ord(letter) - ord("a"))


@lru_cache(maxsize=64)
def _tailoring(language: str) -> dict[str, _Element]:
    """The weights of the letters that a language's rules name."""
    elements: dict[str, _Element] = {}
    for rule in _TAILORINGS.get(language, ()):
        base, *parts = rule.split()
        primary, accent, case, letters = "".join(chr(_latin(letter)) for letter in base), 1, 1, 0
        for part in parts:
            if part in {"<", "<<", "="}:
                letters += part == "<"
                accent = accent + 1 if part == "<<" else 1
                case = 1
                continue
            weight = chr(_latin(base) + 1) + chr(letters) if letters else primary
            elements[part] = _Element(weight, chr(accent) + _COMMON * (len(base) - 1), chr(case) * len(base))
            case += 1
    return elements
