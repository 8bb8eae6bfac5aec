"""Currencies in languages: codes, symbols, names, and the words of running prose.

Babel gives CLDR's codes, symbols and names. The tables here are what it does not carry (narrow symbols) and what CLDR
does not say (the short nouns of prose). `deficiency_glossary.text.formats` puts them around numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from deficiency_glossary.errors import UnknownCurrency

if TYPE_CHECKING:
    from babel import Locale

NBSP: Final = "\u00a0"
# What stands before and after a number, by CLDR plural category; `other` is always there.
Words = Mapping[str, tuple[str, str]]

_CODE: Final = re.compile(r"[A-Za-z]{3}")
# Babel's plural rules calculate in the current decimal context, which is the caller's and may be too small.
_ROOMY: Final = 300


class Noun(NamedTuple):
    """A currency's word after a number: `one` for the CLDR plural category of that name, `other` for the rest."""

    one: str
    other: str


class Prose(NamedTuple):
    """How a language writes amounts in words."""

    gap: str
    nouns: Mapping[str, Noun]


def _same(**words: str) -> dict[str, Noun]:
    """Nouns that no number changes."""
    return {code: Noun(word, word) for code, word in words.items()}


# The bare noun goes to the currency that a reader in that country takes it for; every other currency of that noun
# carries its country, because "crowns" alone would be a guess. CLDR's full names ("ABD doları", "미국 달러") are what
# display="name" gives; newspapers and style guides drop the country where nobody can be misled.

# TDK: numerals take the singular, and the words stand apart. "sterlin" is the pound's everyday name; three crowns are
# in the table and none of them is Turkey's, so each keeps its country.
_TURKISH: Final = _same(
    USD="dolar",
    EUR="avro",
    GBP="sterlin",
    MYR="ringgit",
    SGD="Singapur doları",
    TRY="lira",
    KRW="won",
    JPY="yen",
    NOK="Norveç kronu",
    SEK="İsveç kronu",
    DKK="Danimarka kronu",
    CNY="yuan",
)

# Hangul orthography, article 43: a unit may be joined to the figure before it, as the press does. A noun that starts
# with its country's name is written apart all the same (see `prose_words`). Spellings: National Institute of Korean
# Language; the Swedish unit is 크로나, the Danish and Norwegian ones 크로네.
_KOREAN: Final = _same(
    USD="달러",
    EUR="유로",
    GBP="파운드",
    MYR="링깃",
    SGD="싱가포르 달러",
    TRY="리라",
    KRW="원",
    JPY="엔",
    NOK="크로네",
    SEK="스웨덴 크로나",
    DKK="덴마크 크로네",
    CNY="위안",
)

# Japanese writes number and unit solid. トルコリラ and the three crowns keep their country as in the financial press.
_JAPANESE: Final = _same(
    USD="ドル",
    EUR="ユーロ",
    GBP="ポンド",
    MYR="リンギット",
    SGD="シンガポールドル",
    TRY="トルコリラ",
    KRW="ウォン",
    JPY="円",
    NOK="ノルウェークローネ",
    SEK="スウェーデンクローナ",
    DKK="デンマーククローネ",
    CNY="元",
)

# Språkrådet: kroner written out in running text; foreign units keep one form, crowns and adjectives agree.
_NORWEGIAN: Final = {
    **_same(USD="dollar", EUR="euro", GBP="pund", MYR="ringgit", TRY="lire", KRW="won", JPY="yen", CNY="yuan"),
    "SGD": Noun("singaporsk dollar", "singaporske dollar"),
    "NOK": Noun("krone", "kroner"),
    "SEK": Noun("svensk krone", "svenske kroner"),
    "DKK": Noun("dansk krone", "danske kroner"),
}

_PROSE: Final[Mapping[str, Prose]] = {
    "tr": Prose(NBSP, _TURKISH),
    "ko": Prose("", _KOREAN),
    "ja": Prose("", _JAPANESE),
    "no": Prose(NBSP, _NORWEGIAN),
    "nb": Prose(NBSP, _NORWEGIAN),
}


def prose_noun(currency: str, language: str) -> Noun | None:
    """The word for the ISO 4217 code in the language (ISO 639), None where amounts keep their CLDR symbol."""
    prose = _PROSE.get(language)
    return prose.nouns.get(currency) if prose else None


def prose_words(currency: str, language: str) -> Words | None:
    """The gap and the noun after a number, None where there is no prose form.

    The gap is U+00A0 or nothing, so that no line ends between number and noun; a Korean noun of two words stands apart.
    """
    noun = prose_noun(currency, language)
    if noun is None:
        return None
    gap = _PROSE[language].gap
    return {
        category: ("", (NBSP if " " in word else gap) + word)
        for category, word in (("one", noun.one), ("other", noun.other))
    }


# CLDR 48, `symbol alt="narrow"` of root.xml: Babel drops that attribute. By symbol, for the eye.
_BY_NARROW_SYMBOL: Final[Mapping[str, str]] = {
    "$": "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUC CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD USD "
    "UYU XCD",
    "£": "FKP GBP GIP SHP SSP SYP",
    "¥": "CNY JPY",
    "kr": "DKK ISK NOK SEK",
    "Rs": "LKR MUR NPR PKR",
    "₩": "KPW KRW",
    "؋": "AFN",
    "֏": "AMD",
    "Kz": "AOA",
    "₼": "AZN",
    "KM": "BAM",
    "৳": "BDT",
    "Bs": "BOB",
    "R$": "BRL",
    "P": "BWP",
    "р.": "BYN",
    "₡": "CRC",
    "Kč": "CZK",
    "E£": "EGP",
    "€": "EUR",
    "₾": "GEL",
    "GH₵": "GHS",
    "FG": "GNF",
    "Q": "GTQ",
    "L": "HNL RON",
    "kn": "HRK",
    "Ft": "HUF",
    "Rp": "IDR",
    "₪": "ILS",
    "₹": "INR",
    "⃀": "KGS",
    "៛": "KHR",
    "CF": "KMF",
    "₸": "KZT",
    "₭": "LAK",
    "L£": "LBP",
    "Ar": "MGA",
    "K": "MMK",
    "₮": "MNT",
    "RM": "MYR",
    "₦": "NGN",
    "C$": "NIO",
    "₱": "PHP",
    "zł": "PLN",
    "₲": "PYG",
    "₽": "RUB",
    "RF": "RWF",
    "Db": "STN",
    "฿": "THB",
    "T$": "TOP",
    "₺": "TRY",
    "NT$": "TWD",
    "₴": "UAH",
    "₫": "VND",
    "R": "ZAR",
    "ZK": "ZMW",
}
_NARROW: Final[Mapping[str, str]] = {
    code: symbol for symbol, codes in _BY_NARROW_SYMBOL.items() for code in codes.split()
}

# Where a language's own CLDR file says otherwise. Complete for the six languages of the shipped glossary and Swedish;
# Finnish has next to none (its codes override root's symbols). Other languages get root's.
_NARROW_IN: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"BYN": "BYN", "RON": "lei", "TWD": "$"},
    "ms": {"RON": "lei"},
    "ja": {"CNY": "￥", "JPY": "￥", "RON": "レイ", "TWD": "$"},
}
_NO_NARROW: Final = frozenset({"fi"})


def narrow_symbol(currency: str, language: str) -> str | None:
    """The shortest symbol of the ISO 4217 code (`$` for every dollar), None where the locale's usual symbol serves.

    Source: CLDR `currencies/currency/symbol[@alt="narrow"]`; as UTS #35 part 3 says, one may stand for several
    currencies and needs a context that tells which.
    """
    if language in _NO_NARROW:
        return None
    return _NARROW_IN.get(language, {}).get(currency) or _NARROW.get(currency)


def symbol_of(currency: str, display: str, locale: Locale) -> str:
    """What a pattern's `¤` stands for when `display` is `code`, `narrow`, or anything else (CLDR's usual symbol)."""
    if display == "code":
        return currency
    narrow = narrow_symbol(currency, locale.language) if display == "narrow" else None
    return narrow or locale.currency_symbols.get(currency, currency)


def symbol_before(affix: str, symbol: str) -> str:
    """The text in front of a pattern's digits, with the symbol for its `¤`.

    The space between the symbol and a digit is CLDR's currencySpacing (root: currencyMatch `[[:^S:]&[:^Z:]]`,
    surroundingMatch `[:digit:]`, insertBetween U+00A0), for the standard pattern. CLDR's newer `alphaNextToNumber`
    patterns mean the same, but CLDR 47 has them wrong for nb.
    """
    return affix.replace("¤", symbol + NBSP if affix.endswith("¤") and _needs_space(symbol[-1]) else symbol)


def symbol_after(affix: str, symbol: str) -> str:
    """The same for the text behind the digits."""
    return affix.replace("¤", NBSP + symbol if affix.startswith("¤") and _needs_space(symbol[0]) else symbol)


def _needs_space(character: str) -> bool:
    """Whether this end of a symbol must not touch a digit: it is no S or Z of Unicode (`USD`, `RM`, `kr`; not `$`)."""
    return unicodedata.category(character)[0] not in "SZ"


def name_words(currency: str, locale: Locale) -> Words:
    """CLDR's unit pattern (`{0} {1}`) with the currency's name, for each plural category of the language.

    Source: UTS #35 part 3, "Currencies": the plural form of name and pattern.
    """
    from babel.numbers import get_currency_name, get_currency_unit_pattern

    words = {}
    with localcontext(Context(prec=_ROOMY)):
        for category, count in _examples(locale).items():
            name = get_currency_name(currency, count=count, locale=locale)
            before, _, after = get_currency_unit_pattern(currency, count=count, locale=locale).partition("{0}")
            words[category] = before.replace("{1}", name), after.replace("{1}", name)
    return words


def plural_category(rule: Callable[[Decimal], str], digits: str) -> str:
    """The CLDR plural category of a number as shown (ASCII digits and a point): zeros at the end count."""
    with localcontext(Context(prec=_ROOMY)):
        return rule(Decimal(digits))


def currency_code(currency: str) -> str:
    """The ISO 4217 code in capitals. Raises UnknownCurrency when CLDR does not know it, TypeError for no str."""
    if not isinstance(currency, str):
        raise TypeError(f"a currency code must be a str, not {type(currency).__name__}")
    known = _known_currencies()
    code = currency.upper() if _CODE.fullmatch(currency) else ""
    if code not in known:
        raise UnknownCurrency(currency, sorted(known))
    return code


@lru_cache(maxsize=1)
def _known_currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


@lru_cache(maxsize=64)
def _examples(locale: Locale) -> dict[str, Decimal]:
    """A number of each plural category of the language: Babel gives names by number, not by category.

    No language of CLDR needs others: remainders of 10, 100 and 1,000,000, and one or two decimals (a test holds it).
    """
    numbers = [*map(str, range(130)), "1000000", *(f"{n // 10}.{n % 10}" for n in range(30)), "1.00", "0.11", "1.21"]
    # Backwards, so that the plainest example of a category is the one that stays.
    return {plural_category(locale.plural_form, number): Decimal(number) for number in reversed(numbers)}
