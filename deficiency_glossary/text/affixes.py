"""Whether what follows a stem in a word is inflection: `teminat` + `ın`, `담보` + `를`, `cagaran` + `nya`.

Each language has one pattern of what may follow, and what the stem itself may turn into. Derivation is no inflection:
`teminatsız` and `bercagar` are other words. The patterns are closed lists, so an unknown ending is no mention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

Follows = Callable[[str, str], bool]
"""(stem, rest of the word) -> whether the rest is inflection of the stem; both in small letters."""


def follows(language: str) -> Follows:
    """The test for a language (first subtag of BCP 47); languages without one allow no ending at all."""
    return _FOLLOWS.get(language, lambda _stem, rest: not rest)


def is_verb(term: str, following: str) -> bool:
    """Whether a Japanese noun is used as a verb here: `following` are the characters after it."""
    if _SURU.match(following):
        return True
    return "ぁ" <= term[-1:] <= "ゖ" and _JAPANESE_VERB.match(following) is not None


def stands_alone(text: str, start: int, end: int) -> bool:
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


def stems(word: str, language: str) -> Iterator[str]:
    """The shapes that the last word of a term takes before its endings, itself first."""
    yield word
    if language == "tr":
        yield from _turkish_stems(word)
    elif language == "en" and len(word) > 2 and word.endswith("y") and word[-2] not in "aeiou":
        yield word[:-1] + "ie"
    elif language in ("no", "nb") and word.endswith("el"):
        yield word[:-2] + "l"


# --- Turkish ---------------------------------------------------------------------------------------------------------

_SOFT: Final = {"k": "ğ", "ç": "c", "p": "b", "t": "d"}
_HARD: Final = {"ğ": "k", "c": "ç", "b": "p", "d": "t"}
_FRONT: Final = frozenset("eiöü")
_BACK: Final = frozenset("aıou")

_TR_CASE = (
    r"(?:y?[ıiuü]|n[ıiuü]|n?[ıiuü]n|[yn]?[ae]|y?l[ae]|c[ae]|n?[ıiuü]nki"
    r"|n?[dt][ae](?:n|ki(?:l[ae]r)?(?:n?[ıiuü]n?|n[dt][ae]n?|n[ae])?)?)"
)
_TR_POSSESSIVE = r"(?:s?[ıiuü]|[ıiuü]?m|[ıiuü]?m[ıiuü]z|[ıiuü]?n|[ıiuü]?n[ıiuü]z)"
_TR_COPULA = r"(?:y?[dt][ıiuü](?:r(?:l[ae]r)?|l[ae]r|k)?|y?s[ae]|y?m[ıiuü]ş)"
_TURKISH: Final = re.compile(rf"(?:l[ae]r)?{_TR_POSSESSIVE}?{_TR_CASE}?{_TR_COPULA}?")

# After a vowel the past copula has a y (açığıydı): without it a verbal noun is a negated verb, yazma, yazmadı.
_PAST: Final = re.compile(r"d[ıiuü](?!r)")


def _turkish(stem: str, rest: str) -> bool:
    bare = rest.lstrip("'’")
    if not bare or bare != rest:  # a suffix set off follows how the word is said: Mortgage'ın
        return not bare or _TURKISH.fullmatch(bare) is not None
    if not _TURKISH.fullmatch(bare) or (stem[-1:] in _FRONT | _BACK and _PAST.match(bare)):
        return False
    last = next((letter for letter in reversed(stem) if letter in _FRONT | _BACK), "")
    # Harmony: the endings keep to the side of the stem's last vowel; a softened stem needs a vowel after it.
    side = _FRONT if last in _FRONT else _BACK
    vowels = [letter for letter in bare.replace("ki", "") if letter in _FRONT | _BACK]
    return all(vowel in side for vowel in vowels)


def _turkish_stems(word: str) -> Iterator[str]:
    if word[-1:] in _SOFT and len(word) > 3:
        yield word[:-1] + _SOFT[word[-1]]
    if word[-1:] in "ıiuü" and len(word) > 4:  # a compound in the possessive: açığı, plural açıkları
        bare = word[:-2] if word[-2] == "s" else word[:-1]
        noun = bare[:-1] + _HARD.get(bare[-1], bare[-1])
        yield noun + "lar"
        yield noun + "ler"


# --- the others ------------------------------------------------------------------------------------------------------

_ENGLISH: Final = re.compile(r"(?:s|es)?(?:['’]s?)?")
_MALAY: Final = re.compile(r"(?:nya|ku|mu)?(?:lah|kah|pun|tah)?")
_NORWEGIAN: Final = re.compile(r"(?:en|n|et|t|a|er|r|ene|ne|e)?(?:s|['’]s?)?")
_JOSA: Final = (
    "은|는|이|가|을|를|의|에|와|과|도|만|로|으로|에서|에게|에게서|께|께서|한테|까지|부터|마다|조차|마저|밖에|보다|처럼|같이"
    "|대로|으로서|로서|으로써|로써|만큼|뿐|등|하고|랑|이랑|들"
)
_COPULA: Final = (
    "입니다|입니까|이에요|예요|이다|다|이며|며|이고|고|이지만|지만|(?:이라|라)(?:고|는|도|서|면|기보다|든가)?|이란|란"
    "|(?:이었|였)[가-힣]{0,4}|인|인가|인가요|인지|일|임|이므로|므로|이요|요|이죠|죠|이나마|나마|이야말로|야말로|이든지|든지|이나|나"
)
# 담보, 담보만으로는, 담보였다고만: particles, perhaps the copula, perhaps particles again.
_KOREAN: Final = re.compile(rf"(?:{_JOSA}){{0,3}}(?:(?:{_COPULA})(?:{_JOSA}){{0,2}})?")
# What makes a Japanese noun a verb: 償却する, 担保している, 差し押さえた.
_SURU: Final = re.compile(r"する|すれ|すべ|せず|し(?:た|て|な|ま|よ|つつ|、|得)|さ(?:れ|せ)|でき|出来")
_JAPANESE_VERB: Final = re.compile(r"[たてるれよ]|られ|な(?:い|か|け)|ま(?:す|せ|し)|ず")


def _norwegian(stem: str, rest: str) -> bool:
    if _NORWEGIAN.fullmatch(rest):
        return True
    # dom, dommen; krav, kravet: a short vowel doubles the consonant after it.
    return rest[:1] == stem[-1:] and len(rest) > 2 and _NORWEGIAN.fullmatch(rest[1:]) is not None and rest[1] in "ea"


_FOLLOWS: Final[dict[str, Follows]] = {
    "tr": _turkish,
    "en": lambda _stem, rest: _ENGLISH.fullmatch(rest) is not None,
    "ms": lambda _stem, rest: _MALAY.fullmatch(rest) is not None,
    "no": _norwegian,
    "nb": _norwegian,
    "ko": lambda _stem, rest: _KOREAN.fullmatch(rest) is not None,
}
