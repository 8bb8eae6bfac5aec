"""Amounts in running text: found, and read as the numbers that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from deficiency_glossary.errors import UnknownLocale
from deficiency_glossary.text.currencies import prose_noun
from deficiency_glossary.text.formats import format_number

Kind = Literal["currency", "percent", "number"]

# Where a bare sign may mean several currencies, the one that articles of this family mean.
_SIGNS: Final = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₩": "KRW", "₺": "TRY"}
_CODES: Final = ("USD", "EUR", "GBP", "JPY", "KRW", "TRY", "MYR", "NOK", "SEK", "DKK", "CNY", "SGD")
_OTHER_SIGNS: Final = {"RM": "MYR"}
# Words that `text.currencies` does not have, because it writes a symbol in that language.
_WORDS: Final = {
    "en": {"dollars": "USD", "dollar": "USD", "euros": "EUR", "pounds": "GBP", "yen": "JPY"},
    "ms": {"dolar": "USD", "ringgit": "MYR"},
    "id": {"dolar": "USD"},
    "ar": {"دولارات": "USD", "دولارًا": "USD", "دولار": "USD"},
    "de": {"Dollar": "USD", "Euro": "EUR"},
    "es": {"dólares": "USD", "euros": "EUR"},
    "fr": {"dollars": "USD", "euros": "EUR"},
    "pt": {"dólares": "USD", "euros": "EUR"},
    "ru": {"долларов": "USD", "доллара": "USD"},
    "sv": {"dollar": "USD", "kronor": "SEK", "euro": "EUR"},
    "zh": {"美元": "USD", "元": "CNY"},
}
_BIG: Final = {"만": 4, "억": 8, "조": 12, "万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12}
_MULTIPLIERS: Final = {
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    "ms": {"ribu": 3, "juta": 6, "bilion": 9, "trilion": 12},
    "tr": {"bin": 3, "milyon": 6, "milyar": 9, "trilyon": 12},
    "no": {"tusen": 3, "millioner": 6, "million": 6, "milliarder": 9, "milliard": 9},
    "ko": _BIG,
    "ja": _BIG,
    "zh": _BIG,
}
_SOLID: Final = frozenset({"ko", "ja", "zh", "tr"})  # what follows a currency's word may be written solid
_NUMBER = r"[0-9]{{1,3}}(?:[{group}][0-9]{{3}})+(?![0-9])(?:[.,][0-9]{{1,2}}(?![0-9]))?|[0-9]+(?:[.,][0-9]+)?(?![0-9])"
_PERCENT_FIRST: Final = frozenset({"tr"})
_LONGEST: Final = 20  # characters: a longer one is a serial number
_YEAR = re.compile(r"(?:1[6-9]|20)[0-9]{2}")


class Amount(NamedTuple):
    """An amount at [start, end). `currency` is '' unless it is money; a percentage is a share of one.

    `sides` is what stands around the digits, `…` for them; `group` what parts the thousands, None if there are none.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal
    currency: str
    sides: str
    group: str | None


def amounts(text: str, language: str, start: int = 0, end: int | None = None) -> Iterator[Amount]:
    """Money, percentages, and numbers of four digits and more that are no years."""
    for found in _pattern(language).finditer(text, start, len(text) if end is None else end):
        amount = _read(found, language)
        if amount is not None:
            yield amount


@lru_cache(maxsize=64)
def _pattern(language: str) -> re.Pattern[str]:
    number = _NUMBER.format(group=_groups(language))
    signs = "|".join(map(re.escape, _SIGNS))
    letters = [*_OTHER_SIGNS, *_CODES]
    before = rf"(?<![A-Za-z])(?:{signs}|{'|'.join(letters)})" + ("|[%％]" if language in _PERCENT_FIRST else "")
    words = "|".join(sorted(map(re.escape, _currency_words(language)), key=len, reverse=True)) or r"(?!)"
    big = "|".join(sorted(_MULTIPLIERS.get(language, {}), key=len, reverse=True)) or r"(?!)"
    solid = r"(?!\w)" if language not in _SOLID else ""
    return re.compile(
        rf"(?:(?P<before>{before})(?P<gap>[ \u00a0]?)|(?<![0-9A-Za-z\u00c0-\u024f.,]))(?P<number>{number})"
        rf"(?:[ \u00a0]?(?P<big>{big})(?!\w(?<![\u1100-\U0003ffff])))?"
        rf"(?:(?P<space>[ \u00a0]?)(?P<after>{signs}|[%％٪]|(?:{'|'.join(_CODES)})\b|(?:{words}){solid}))?"
    )


@lru_cache(maxsize=64)
def _groups(language: str) -> str:
    """What may stand between thousands. A space only where the language groups with one."""
    try:
        group = format_number(1234567, language)[1]
    except UnknownLocale:
        group = ","
    return ".,،’'" + (" \u00a0\u202f" if group.isspace() else "")


@lru_cache(maxsize=64)
def _currency_words(language: str) -> dict[str, str]:
    found = dict(_WORDS.get(language, {}))
    for code in _CODES:
        noun = prose_noun(code, language)
        for word in (noun.one, noun.other) if noun else ():
            found.setdefault(word, code)
    return found


def _read(found: re.Match[str], language: str) -> Amount | None:
    before, after, number = found["before"] or "", found["after"] or "", found["number"]
    sign = before or after
    kind: Kind = "currency" if sign else "number"
    if sign in ("%", "％", "٪"):
        kind = "percent"
    elif not sign and (len(re.sub(r"\D", "", number)) < 4 or _YEAR.fullmatch(number)):
        return None
    if len(number) > _LONGEST:
        return None
    value = _number(number, kind)
    power = _MULTIPLIERS.get(language, {}).get(found["big"] or "", 0)
    value = value.scaleb(power) if power else value
    if kind == "percent":
        value = value.scaleb(-2)
    currency = _code_of(sign, language) if kind == "currency" else ""
    end = found.end() if after else found.end("big") if found["big"] else found.end("number")
    start = found.start() if before else found.start("number")
    sides = f"{before}{found['gap'] or ''}…{found['space'] or ''}{after}"
    return Amount(start, end, kind, value, currency, sides, _group(number))


def _group(number: str) -> str | None:
    found = re.match(r"[0-9]{1,3}([^0-9])[0-9]{3}(?![0-9])", number)
    if found:
        return found[1]
    return "" if re.match("[0-9]{4}", number) else None


def _code_of(sign: str, language: str) -> str:
    return _SIGNS.get(sign) or _OTHER_SIGNS.get(sign) or _currency_words(language).get(sign) or sign


def _number(text: str, kind: Kind) -> Decimal:
    """The value: three digits after a sign are thousands, save in a percentage; one or two are a fraction."""
    marks = re.findall(r"\D", text)
    if not marks:
        return Decimal(text)
    last = re.split(r"\D", text)[-1]
    fraction = len(last) != 3 or (kind == "percent" and len(marks) == 1) or (len(set(marks)) > 1 and len(last) < 3)
    whole = re.sub(r"\D", "", text[: -len(last)])
    if fraction:
        return Decimal(f"{whole}.{last}")
    return Decimal(re.sub(r"\D", "", text))
