"""Turkish suffixes: vowels, consonants and the apostrophe follow from how a text is read and what it is.

Source: Türk Dil Kurumu, Yazım Kılavuzu (vowel harmony, consonants, "Kesme İşareti", "Sayıların Yazılışı",
"Kısaltmalar"). A suffix is spelled in archiphonemes: A is a or e, I is ı i u ü, D is d or t, a letter in brackets
stands between two vowels only. What cannot be read keeps that spelling after a hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

from deficiency_glossary.text.grammar.reading import (
    AFTER_VALUE,
    SIGNS,
    Amount,
    Notation,
    amount_at_end,
    by_code,
    last_digits,
    said,
    split_closers,
)
from deficiency_glossary.text.markup import VALUE_END, VALUE_START, ending, without_marks

FORMS: Final = {
    "dative": "(y)A",
    "accusative": "(y)I",
    "genitive": "(n)In",
    "locative": "DA",
    "ablative": "DAn",
    "instrumental": "(y)lA",
    "lik": "lIk",
    "copula": "DIr",
}
_SPELLINGS: Final = tuple(FORMS.values())
# After a closing quote or bracket a word keeps its last consonant: a form of its own.
NOTATIONS: Final = tuple(Notation(f"-{form}{apart}", f"-{form}", apart) for apart in ("", "”") for form in _SPELLINGS)
# After a third-person possessive these take the pronominal n: raporuna, raporunda (but raporuyla, raporudur).
_PRONOMINAL: Final = {"(y)A": "nA", "(y)I": "nI", "(n)In": "nIn", "DA": "nDA", "DAn": "nDAn"}

Kind: TypeAlias = Literal["figure", "abbreviation", "name", "noun"]

# The currency nouns of CLDR's Turkish names, without country and possessive, by ISO 4217 code (see korean.py for what
# is left out; the Peruvian sol is too, because the word is also the native sol, "left", which harmonises otherwise).
_NOUNS: Final = """
    dolar USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD;
    lira TRY EGP FKP GIP LBP SDG SHP SSP SYP;
    frank CHF BIF CDF DJF GNF KMF RWF XAF XOF XPF;
    peso ARS CLP COP CUP DOP MXN PHP UYU;
    dinar BHD DZD IQD JOD KWD LYD MKD RSD TND;
    rupi INR IDR LKR MUR NPR PKR SCR;
    riyal SAR IRR OMR QAR YER;
    şilin KES SOS TZS UGX; kron NOK SEK DKK ISK; avro EUR; sterlin GBP; yen JPY; won KRW KPW;
    yuan CNY CNH; ringgit MYR; ruble RUB BYN; real BRL; dirhem AED MAD; rand ZAR; baht THB; dong VND;
    zloti PLN; koruna CZK; forint HUF; ley RON MDL; leva BGN; mark BAM; manat AZN TMT; tenge KZT;
    grivna UAH; şekel ILS; som KGS UZS; lari GEL; dram AMD; afgani AFN; kvanza AOA; florin AWG;
    taka BDT; bolivyano BOB; ngultrum BTN; pula BWP; kolon CRC; esküdo CVE; nakfa ERN; birr ETB;
    sedi GHS; dalasi GMD; lempira HNL; gurd HTG; riel KHR; kip LAK; loti LSL; ariari MGA; kyat MMK;
    tugrik MNT; pataka MOP; ugiya MRU; rufiyaa MVR; kvaça MWK ZMW; metikal MZN; naira NGN; kordoba NIO;
    balboa PAB; kina PGK; guarani PYG; leone SLE; dobra STN; lilangeni SZL; somoni TJS; bolivar VES;
    vatu VUV; tala WST
"""
_NOUN_OF: Final = by_code(_NOUNS)
_CURRENCY_NOUNS: Final = frozenset((*_NOUN_OF.values(), "euro", "sent", "cent", "kuruş"))
_SOFT_CURRENCIES: Final = {"frank": "frang"}
# Small letters: read in full (TDK: kg'dan, cm'yi). After a figure only; elsewhere they may be something else.
_UNITS: Final = {
    "cm": "santimetre",
    "g": "gram",
    "kg": "kilogram",
    "km": "kilometre",
    "m": "metre",
    "mg": "miligram",
    "mm": "milimetre",
}

_DIGITS: Final = ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS: Final = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_THOUSANDS: Final = ("", "bin", "milyon", "milyar", "trilyon", "katrilyon", "kentilyon")

# Capitals are read by the name of the last letter (TDK: TL'nin, TDK'den). Q, W, X have no Turkish name, and a capital I
# is ı in Turkish but i or "ay" in the foreign abbreviations that end in it.
_LETTERS: Final = {letter: letter + "e" for letter in "bcçdfghjklmnprsştvyz"} | {v: v for v in "aeioöuü"}
# Foreign ones that Turks read as in English.
_ABBREVIATIONS: Final = {"IRS": "es", "SMS": "es", "GPS": "es"}

_VOWELS: Final = "aeıioöuüâîû"
_HARMONY: Final = str.maketrans("âîû", "aiu")
_FRONTED: Final = str.maketrans("aıou", "eiöü")
_HARD: Final = "fstkçşhp"
_TURKISH_WORD: Final = re.compile(rf"[^\W\d_]*[{_VOWELS}][bcçdfgğhjklmnprsştvyz]*")
# Loans whose last syllable has a back vowel and takes front suffixes.
_FRONT_SUFFIXES: Final = frozenset(
    re.findall(
        r"\w+",
        """
    alkol cemaat dikkat emsal festival final gol hakikat hal harf harp ideal ihlal ihmal ihtimal intikal iptal itaat
    kabahat kabul kanaat kontrol mahsul menfaat mesul meşgul metikal misal moral normal petrol protokol real riyal rol
    saat sadakat santral sembol seyahat sinyal terminal usul vaat
    """,
    )
)

_WORD: Final = re.compile(r"[^\W\d_]+$")
_MARKUP: Final = re.compile(r"(?:[*_~\s]|\]\([^()\s]*\)|<[^<>]*>)*")
_VALUE: Final = re.compile(
    rf"{VALUE_START}([^{VALUE_START}{VALUE_END}]*){VALUE_END}({AFTER_VALUE})"
    rf"-({'|'.join(re.escape(f) for f in sorted(FORMS.values(), key=len, reverse=True))})(?![^\W_])"
)


class Traits(NamedTuple):
    """What the letters of a word do not tell of it; see `inflect`."""

    possessive: bool = False
    soft_stem: str | None = None
    proper: bool | None = None


NO_TRAITS: Final[Mapping[str, Traits]] = MappingProxyType({})


def inflect(
    text: str,
    form: str,
    *,
    possessive: bool = False,
    soft_stem: str | None = None,
    proper: bool | None = None,
    reading: str | None = None,
) -> str:
    """The text with a suffix: (`250.000 dolar`, `dative`) gives `250.000 dolara`.

    `form` is a name in FORMS or its spelling (`-(y)A`). `possessive`: the text is a compound in the third-person
    possessive (`kredi raporu`; the names of currencies, `ABD doları`, are known). `soft_stem`: the text as it is before
    a vowel (`hacz` for `haciz`); nothing softens without it. `proper`: whether it is a proper noun; by default a word
    with a capital is, unless it is a currency, a compound or has a soft stem. `reading`: the text as Turks would spell
    what they say (`mayk` for Mike). What cannot be read gets the spelling, `x-(y)A`. Raises ValueError for other forms.
    """
    spelling = _spelling(form)
    core, closers = split_closers(text)
    if spelling == FORMS["lik"] and _is_currency_compound(said(core)):
        core = _without_possessive(core)
    shown = said(core)
    kind, spoken = _read(shown)
    if reading is not None:
        spoken = _read(said(split_closers(reading)[0]))[1]
    if spoken is None:
        return f"{text}-{spelling}"
    noun = _last_word(shown)
    is_compound = possessive or _is_currency_compound(shown)
    suffix = _suffix(spoken, spelling, possessive=is_compound)
    if kind in ("name", "noun"):
        is_name = kind == "name" and not (is_compound or soft_stem or noun in _CURRENCY_NOUNS)
        kind = "name" if (is_name if proper is None else proper) else "noun"
    if _takes_apostrophe(kind, spelling):
        return f"{text}'{suffix}"
    soft = soft_stem or _SOFT_CURRENCIES.get(noun)
    # Inside quotes and before an aside the word stays as it is.
    if soft and suffix[0] in _VOWELS and _MARKUP.fullmatch(closers):
        core = _softened(core, soft)
    return core + closers + suffix


def resolve(text: str, traits: Mapping[str, Traits] = NO_TRAITS, *, marked: bool = False) -> str:
    """The text with each suffix joined that follows a marked value, and without marks unless `marked` asks for them.

    A suffix stays as it was typed where the value alone does not say how it is inflected: a phrase of several words
    that may or may not be a possessive compound, a noun whose last consonant may soften. `traits` says so of terms.
    """
    if VALUE_START in text or VALUE_END in text:
        text = _VALUE.sub(lambda found: _joined(found, traits), text)
    return text if marked else without_marks(text)


def _joined(found: re.Match[str], traits: Mapping[str, Traits]) -> str:
    """The value, what closes after it, and its ending, between their marks."""
    value, closers, spelling = found[1], found[2], found[3]
    known = traits.get(value)
    # A bracket that opened before the value: the suffix belongs to what precedes it.
    if known is None and closers.count("(") != closers.count(")"):
        return found[0]
    word, suffix = value + closers, f"-{spelling}"
    if known or not _is_undecided(said(split_closers(value)[0]), spelling):
        known = known or Traits()
        # An asterisk closes too; it tells what became of the word from what was joined to it.
        word, _, suffix = inflect(
            word + "*", spelling, possessive=known.possessive, soft_stem=known.soft_stem, proper=known.proper
        ).rpartition("*")
        # In running text the apostrophe is the curved one; `inflect` gives the one of the keyboard.
        suffix = f"’{suffix[1:]}" if suffix.startswith("'") else suffix
    apart = 0 if _MARKUP.fullmatch(closers) else len(_SPELLINGS)
    marked = ending(_SPELLINGS.index(spelling) + apart, 0, suffix)
    return f"{VALUE_START}{word.removesuffix(closers)}{VALUE_END}{closers}{marked}"


def _is_undecided(core: str, spelling: str) -> bool:
    """Whether more than this value must be known to give it this suffix."""
    kind, _ = _read(core)
    noun = _last_word(core)
    if kind not in ("name", "noun") or noun in _CURRENCY_NOUNS or _is_currency_compound(core):
        return False
    words = [word for word in core.split() if any(map(str.isalpha, word))]
    may_be_compound = len(words) > 1 and noun[-1] in "ıiuü"
    may_soften = kind == "noun" and noun[-1] in "pçtkg" and spelling in ("(y)A", "(y)I", "(n)In")
    return may_be_compound or may_soften


def _spelling(form: str) -> str:
    """The archiphonemes of a form."""
    spelling = FORMS.get(form) or form.removeprefix("-")
    if spelling not in FORMS.values():
        known = ", ".join(f"{name} (-{suffix})" for name, suffix in FORMS.items())
        raise ValueError(f"unknown Turkish form {form!r}; known are {known}")
    return spelling


@lru_cache(maxsize=256)
def _suffix(spoken: str, spelling: str, *, possessive: bool = False) -> str:
    """The suffix as it is after this sound: (`dolar`, `(y)A`) gives `a`."""
    sound = spoken.translate(_HARMONY)
    ends_in_vowel = sound[-1] in _VOWELS
    if possessive and ends_in_vowel:
        spelling = _PRONOMINAL.get(spelling, spelling)
    vowel = next(letter for letter in reversed(sound) if letter in _VOWELS)
    is_back = vowel in "aıou"
    high = ("u" if is_back else "ü") if vowel in "oöuü" else ("ı" if is_back else "i")
    spelling = re.sub(r"\((.)\)", r"\1" if ends_in_vowel else "", spelling)
    hard = sound[-1] in _HARD and spelling[0] == "D"
    spelling = spelling.replace("D", "t" if hard else "d")
    return spelling.replace("A", "a" if is_back else "e").replace("I", high)


def _takes_apostrophe(kind: Kind, spelling: str) -> bool:
    # TDK: inflection is set off from a proper noun, derivation is not (Ankara'dan, Ankaralık).
    return kind in ("figure", "abbreviation") or (kind == "name" and spelling != FORMS["lik"])


def _softened(core: str, soft: str) -> str:
    """The text ending in the soft stem, with the capitals that the text has."""
    words = list(re.finditer(r"[^\W\d_]+", core))[-len(soft.split()) :]
    start = end = words[0].start() if words else len(core)
    for written, softened in zip(core[start:], soft, strict=False):
        if _lower(written) != _lower(softened):
            break
        end += 1
    return core[:end] + soft[end - start :]


@lru_cache(maxsize=256)
def _read(core: str) -> tuple[Kind, str | None]:
    """What a text ends in, and the last word said, in Turkish spelling; None if that is not known."""
    amount = amount_at_end(core)
    if amount and (amount.after in SIGNS or not amount.after.isalpha()):
        return "figure", _spoken_amount(amount)
    if unit := _unit_word(core):
        return "figure", unit
    word = _WORD.search(core)
    if not word:
        return "figure", None
    written = word[0]
    # `5G`, `250K`
    is_glued = core[: word.start()][-1:].isdecimal()
    if written.isupper():
        return "abbreviation", None if is_glued else _spoken_capitals(written)
    kind: Kind = "name" if written[0].isupper() else "noun"
    return kind, None if is_glued else _spoken_word(_lower(written))


def _spoken_amount(amount: Amount) -> str | None:
    if amount.after and amount.after not in "%‰":
        return _spoken_currency(amount.after)
    if amount.before and not amount.after:
        if amount.before in _NOUN_OF:
            return _spoken_currency(amount.before)
        if not amount.before.isalpha() and amount.before != "%":
            return None
    # Fractions, and groups of digits set apart by plain spaces, are not one number.
    if amount.magnitude or re.search(r"/$|[0-9] $", amount.lead):
        return None
    return _last_of_number(last_digits(amount.number, ".", ",")[0])


def _spoken_currency(unit: str) -> str | None:
    noun = _NOUN_OF.get(unit)
    return _spoken_word(noun) if noun else None


def _last_of_number(digits: str) -> str | None:
    """The last word of a number: 250000 is iki yüz elli bin, 8500 sekiz bin beş yüz; 0,50 is sıfır virgül elli."""
    significant = digits.rstrip("0")
    zeros = len(digits) - len(significant)
    if not significant or zeros == 0:
        return _DIGITS[int(digits[-1])]
    if zeros == 1:
        return _TENS[int(significant[-1])]
    if zeros == 2:
        return "yüz"
    return _THOUSANDS[zeros // 3] if zeros // 3 < len(_THOUSANDS) else None


def _unit_word(core: str) -> str | None:
    found = re.search(r"[0-9][ \u00a0]?([a-z]{1,2})$", core)
    return _UNITS.get(found[1]) if found else None


def _spoken_capitals(word: str) -> str | None:
    if word in _ABBREVIATIONS:
        return _ABBREVIATIONS[word]
    last = "" if word[-1] == "I" else _lower(word[-1])
    name = _LETTERS.get(last)
    # With a vowel inside it may be read as a word (NATO, TÜİK); that matters only if it does not end in one.
    may_be_word = last not in _VOWELS and any(_lower(letter) in _VOWELS for letter in word[1:])
    return None if may_be_word and word not in _NOUN_OF else name


def _spoken_word(word: str) -> str | None:
    """The word, if its last syllable is spelled as Turkish is."""
    if word in _FRONT_SUFFIXES:
        last = max(word.rfind(vowel) for vowel in "aıou")
        return word[:last] + word[last:].translate(_FRONTED)
    # No Turkish word ends in a consonant and y; there it is an English vowel (Mary).
    is_english = word.endswith("y") and word[-2:-1] not in _VOWELS
    return word if _TURKISH_WORD.fullmatch(word) and not is_english else None


@lru_cache(maxsize=256)
def _is_currency_compound(core: str) -> bool:
    """Whether this is a currency with its country: `Norveç kronu`, `1.500 ABD doları`; not `1.500 doları`."""
    words = core.split()
    return (
        len(words) > 1 and _last_word(core) in _currency_compounds() and any(word[0].isupper() for word in words[:-1])
    )


def _without_possessive(core: str) -> str:
    """`100 ABD doları` as it stands before -lIk: derivation drops the possessive (100 ABD dolarlık)."""
    found = _WORD.search(core)
    if found is None:
        return core
    return core[: found.start()] + _currency_compounds()[_lower(found[0])] + core[found.end() :]


@lru_cache(maxsize=1)
def _currency_compounds() -> dict[str, str]:
    """`doları`, `kronu`, `lirası`: each noun with the possessive that its country's name gives it, and the noun."""
    nouns = ((noun, _SOFT_CURRENCIES.get(noun, noun)) for noun in _CURRENCY_NOUNS)
    return {stem + _suffix(_spoken_word(noun) or noun, "(s)I"): noun for noun, stem in nouns}


@lru_cache(maxsize=256)
def _last_word(core: str) -> str:
    found = _WORD.search(core)
    return _lower(found[0]) if found else ""


def _lower(text: str) -> str:
    """Small letters as in Turkish: I gives ı, İ gives i."""
    return text.replace("I", "ı").replace("İ", "i").lower()
