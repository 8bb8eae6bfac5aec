"""Amounts, numbers, percentages and dates as CLDR writes them, with the rules of CLDR that Babel leaves out.

Babel gives the data. Added here, after UTS #35 part 3 (numbers): currency spacing, the locale's own minus sign, the
plural of the digits shown, narrow symbols, and rounding half up, once, as browsers do: a page and its calculator
agree. The oracle of the tests is ICU 78.

A pattern is compiled once into a small record (`Form`); after that Babel is not asked again, and numbers are handled
as the digits they are written with, so neither binary fractions nor the caller's decimal context can touch them.

Not followed, on purpose:

* zero has no sign: `-0`, and what rounds to zero, is `0` (Intl's `signDisplay: "negative"`; its default gives `-0`,
  and `($0.00)` in a ledger);
* digits are always Western ones, also where CLDR's default numbering system has others (ar-EG, fa, mr);
* CLDR's patterns for one currency in one locale (only `TRY` in tr, whose ledger form has no parentheses);
* minimum grouping digits (es, pl, pt-PT and others: `1234`, but `12.345`): Babel 2.18 does not carry them, so these
  locales get a separator from four digits on.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from deficiency_glossary.errors import InvalidAmount, UnknownLocale
from deficiency_glossary.text.currencies import (
    Words,
    currency_code,
    name_words,
    plural_category,
    prose_noun,
    prose_words,
    symbol_after,
    symbol_before,
    symbol_of,
)

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

Amount: TypeAlias = Decimal | int | str
Style: TypeAlias = Literal["standard", "accounting"]
Display: TypeAlias = Literal["symbol", "narrow", "code", "name", "prose"]
Digits: TypeAlias = Literal["currency", "auto"] | int
Trim: TypeAlias = Literal["none", "whole", "all"]
DateLength: TypeAlias = Literal["short", "medium", "long", "full"]

STYLES: Final = ("standard", "accounting")
DISPLAYS: Final = ("symbol", "narrow", "code", "name", "prose")
DATE_LENGTHS: Final = ("short", "medium", "long", "full")
MAX_PLACES: Final = 100
MAX_FRACTION_DIGITS: Final = 20

_MAX_TEXT: Final = 3 * MAX_PLACES
_MAX_BITS: Final = 4 * MAX_PLACES
# ECMA-402 defaults: Intl.NumberFormat shows at most three decimals; the percent vectors were made with two.
_NUMBER_DIGITS: Final = 3
_PERCENT_DIGITS: Final = 2
_AMOUNT: Final = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
_TAG: Final = re.compile(r"[A-Za-z0-9]{1,8}(?:[-_][A-Za-z0-9]{1,11}){0,7}")


class Affixes(NamedTuple):
    """What stands around the digits."""

    prefix: str
    suffix: str
    negative_prefix: str
    negative_suffix: str


class Form(NamedTuple):
    """How one kind of number is written in one locale: all that a call needs.

    `trim` says which zeros at the end go: none, those of a whole amount (`.00`), or all. `shift` moves the point to
    the right. `plural` gives the CLDR category of the digits shown, and is None where one set of affixes serves all.
    """

    decimal: str
    group: str
    last_group: int
    other_groups: int
    fraction: int
    trim: Trim
    shift: int
    affixes: Affixes
    plural: Callable[[Decimal], str] | None = None
    by_plural: Mapping[str, Affixes] = MappingProxyType({})


def format_currency(
    amount: Amount,
    currency: str,
    locale: str,
    *,
    style: Style = "standard",
    display: Display = "symbol",
    digits: Digits = "currency",
) -> str:
    """An amount of money as the locale writes it.

    `amount` is a finite number of whole units: Decimal, int, or a str such as `-1234.5` or `2.5e3`. `currency` is an
    ISO 4217 code in either case; `locale` a BCP 47 tag or CLDR id (`no`, `nb`, `no-NO` are one). Rounded half up.

    `style="accounting"` puts negative amounts in parentheses where the locale does; amounts with a word instead of a
    symbol keep the minus sign, as in ICU. `display` is the CLDR `symbol`, the `narrow` one, the ISO `code`, the plural
    `name`, or `prose`: the number and a short noun (`250.000 dolar`, `250,000ドル`), for the languages and currencies
    that `currency_noun` knows and the CLDR symbol for the rest.

    `digits="currency"` shows the currency's own fraction digits (CLDR currencyData), `"auto"` drops them from whole
    amounts, an int from 0 to 20 fixes them. Prose never writes `.00` unless an int asks for it: there `"currency"`
    means `"auto"`.

    Raises InvalidAmount, UnknownCurrency, UnknownLocale; TypeError for float, bool and other types; ValueError for an
    option that does not exist. Source: UTS #35 part 3, "Number Format Patterns" and "Currencies".
    """
    return written(amount, currency_form(locale, currency, style, display, digits))


def format_number(amount: Amount, locale: str, *, digits: Literal["auto"] | int = "auto") -> str:
    """A plain number as the locale writes it.

    `digits="auto"` shows up to three decimals and no zeros at the end (`1234.50` is `1,234.5`), as Intl does; an int
    from 0 to 20 fixes them. Arguments and errors as for `format_currency`. Source: CLDR decimalFormats.
    """
    return written(amount, plain_form(locale, False, digits))


def format_percent(fraction: Amount, locale: str, *, digits: Literal["auto"] | int = "auto") -> str:
    """A share of one as a percentage: `0.05` is `5%`, `%5` in Turkish.

    `digits="auto"` shows up to two decimals of the percentage, an int from 0 to 20 fixes them. Arguments and errors
    as for `format_currency`. Source: CLDR percentFormats.
    """
    return written(fraction, plain_form(locale, True, digits))


def format_date(date: datetime.date, locale: str, *, length: DateLength = "long") -> str:
    """A day of the Gregorian calendar in the locale's `short`, `medium`, `long` or `full` form (CLDR dateFormats).

    Raises UnknownLocale; TypeError when `date` is no date; ValueError for a length that does not exist.
    """
    if not isinstance(date, datetime.date):
        raise TypeError(f"a datetime.date was expected, not {type(date).__name__}")
    _one_of("length", length, DATE_LENGTHS)
    parsed = _parse_locale(locale)
    from babel import dates

    return dates.format_date(date, length, locale=parsed)


def currency_noun(currency: str, locale: str) -> str | None:
    """The noun that prose puts after an amount: tr `dolar`, ko `달러`, no `dollar` (and `kroner`, the plural).

    None where the locale, or the locale for this currency, has no prose form. Raises UnknownCurrency, UnknownLocale.
    """
    noun = prose_noun(currency_code(currency), _parse_locale(locale).language)
    return noun.other if noun else None


# --- reading an amount


def written(amount: Amount, form: Form) -> str:
    """The amount in a form that is at hand: who writes many asks for it once."""
    negative, whole, fraction = _read(amount)
    if form.shift:
        whole, fraction = _with_point_moved(whole, fraction, form.shift)
    if fraction or form.trim == "none":  # others have no decimals to round or to show
        if len(fraction) != form.fraction:
            whole, fraction = _rounded(whole, fraction, form.fraction)
        if form.trim == "all" or (form.trim == "whole" and not fraction.strip("0")):
            fraction = fraction.rstrip("0")
    affixes = _agreeing(form, whole, fraction) if form.plural else form.affixes
    shown = _grouped(whole, form)
    if fraction:
        shown = f"{shown}{form.decimal}{fraction}"
    if negative and (whole.strip("0") or fraction.strip("0")):
        return f"{affixes.negative_prefix}{shown}{affixes.negative_suffix}"
    return f"{affixes.prefix}{shown}{affixes.suffix}"


def to_decimal(amount: Amount) -> Decimal:
    """The amount as a number; raises TypeError and InvalidAmount as the formatting functions do."""
    _read(amount)
    return Decimal(_text(amount))


def _read(amount: Amount) -> tuple[bool, str, str]:
    """Whether it is negative, its digits before and after the point."""
    text = _text(amount)
    if len(text) <= MAX_PLACES and text.isascii() and text.isdigit():  # as most are
        return False, text, ""
    match = _AMOUNT.fullmatch(text) if len(text) <= _MAX_TEXT else None
    if match is None:
        raise _invalid(text)
    sign, whole, fraction, exponent = match.groups("")
    if exponent:
        if abs(int(exponent)) > 2 * MAX_PLACES:
            raise _invalid(text)
        whole, fraction = _with_point_moved(whole, fraction, int(exponent))
    if len(whole) > MAX_PLACES or len(fraction) > MAX_PLACES:
        raise _invalid(text)
    return sign == "-", whole, fraction


def _text(amount: Amount) -> str:
    """The amount in ASCII digits. Written by the base type: a subclass may have a `__str__` of its own."""
    if isinstance(amount, str):
        return amount
    if isinstance(amount, Decimal):
        return Decimal.__str__(amount)
    if isinstance(amount, bool) or not isinstance(amount, int):
        # float too: 0.1 + 0.2 is no amount of money, and the caller alone knows what was meant.
        raise TypeError(f"an amount must be Decimal, int or str, not {type(amount).__name__}")
    if amount.bit_length() > _MAX_BITS:
        raise InvalidAmount(f"an int of {amount.bit_length()} bits is too large for an amount")
    return int.__repr__(amount)


def _invalid(text: str) -> InvalidAmount:
    quoted = repr(text if len(text) <= 60 else f"{text[:60]}…")
    return InvalidAmount(
        f"{quoted} is no finite decimal number of at most {MAX_PLACES} digits before and after the point; "
        "write it like -1234.5"
    )


def _with_point_moved(whole: str, fraction: str, places: int) -> tuple[str, str]:
    """The digits times ten to the power of `places`."""
    digits = whole + fraction
    point = len(whole) + places
    if point <= 0:
        return "0", "0" * -point + digits
    digits = digits.ljust(point, "0")
    return digits[:point].lstrip("0") or "0", digits[point:]


def _rounded(whole: str, fraction: str, places: int) -> tuple[str, str]:
    """Half up (away from zero) to exactly that many decimals: ECMA-402's roundingMode `halfExpand`."""
    if fraction[places : places + 1] < "5":
        return whole, fraction[:places].ljust(places, "0")
    digits = str(int(whole + fraction[:places]) + 1).rjust(places + 1, "0")
    point = len(digits) - places
    return digits[:point], digits[point:]


def _grouped(whole: str, form: Form) -> str:
    """The digits before the point, with the locale's separators."""
    if form.last_group == form.other_groups == 3:
        return f"{int(whole):,}".replace(",", form.group)
    whole = whole.lstrip("0") or "0"
    groups = [whole[-form.last_group :]]
    rest = whole[: -form.last_group]
    while rest:
        groups.append(rest[-form.other_groups :])
        rest = rest[: -form.other_groups]
    return form.group.join(reversed(groups))


def _agreeing(form: Form, whole: str, fraction: str) -> Affixes:
    """The affixes for the plural category of the digits shown: `1 US dollar`, but `1.00 US dollars`."""
    if form.plural is None:
        return form.affixes
    category = plural_category(form.plural, f"{whole}.{fraction}" if fraction else whole)
    return form.by_plural.get(category, form.affixes)


# --- compiling a form


@lru_cache(maxsize=2048, typed=True)
def currency_form(locale: str, currency: str, style: Style, display: Display, digits: Digits) -> Form:
    """How the locale writes amounts in that currency. `typed`, so that True is not taken for a cached 1."""
    _one_of("style", style, STYLES)
    _one_of("display", display, DISPLAYS)
    parsed = _parse_locale(locale)
    code = currency_code(currency)
    fraction, trim = _currency_digits(code, "auto" if display == "prose" and digits == "currency" else digits)
    words = name_words(code, parsed) if display == "name" else None
    if display == "prose":
        words = prose_words(code, parsed.language)
    if words:
        return _with_words(parsed, words, fraction, trim)
    return _form(parsed, parsed.currency_formats[style], fraction, trim, symbol_of(code, display, parsed))


@lru_cache(maxsize=512, typed=True)
def plain_form(locale: str, percent: bool, digits: Literal["auto"] | int) -> Form:
    """How the locale writes numbers or percentages."""
    parsed = _parse_locale(locale)
    pattern = (parsed.percent_formats if percent else parsed.decimal_formats)[None]
    if digits == "auto":
        form = _form(parsed, pattern, _PERCENT_DIGITS if percent else _NUMBER_DIGITS, "all")
    else:
        form = _form(parsed, pattern, _fixed_digits(digits), "none")
    return form._replace(shift=2) if percent else form


def _form(locale: Locale, pattern: NumberPattern, fraction: int, trim: Trim, symbol: str | None = None) -> Form:
    """The record for a CLDR pattern, with the symbol in place of `¤`; no symbol means that it is no money."""
    symbols = locale.number_symbols["latn"]
    money = symbol is not None
    # A pattern without a comma does not group; Babel then gives a size that no number reaches.
    last_group, other_groups = pattern.grouping
    return Form(
        # currencyDecimal and currencyGroup: fr-CH, de-AT
        decimal=(money and symbols.get("currencyDecimal")) or symbols["decimal"],
        group=(money and symbols.get("currencyGroup")) or symbols["group"],
        last_group=last_group,
        other_groups=other_groups,
        fraction=fraction,
        trim=trim,
        shift=0,
        affixes=_pattern_affixes(locale, pattern, symbol or ""),
    )


def _pattern_affixes(locale: Locale, pattern: NumberPattern, symbol: str) -> Affixes:
    """The pattern's text around the digits, localized; signs first, as a symbol may hold a hyphen."""
    symbols = locale.number_symbols["latn"]

    def localized(text: str) -> str:
        return text.replace("-", symbols["minusSign"]).replace("%", symbols["percentSign"])

    prefix, negative_prefix = (symbol_before(localized(text), symbol) for text in pattern.prefix)
    suffix, negative_suffix = (symbol_after(localized(text), symbol) for text in pattern.suffix)
    return Affixes(prefix, suffix, negative_prefix, negative_suffix)


def _with_words(locale: Locale, words: Words, fraction: int, trim: Trim) -> Form:
    """A number between words, by plural category; the minus sign stays at the number."""
    form = _form(locale, locale.decimal_formats[None], fraction, trim, "")
    plus, after_plus, minus, after_minus = form.affixes
    by_plural = {
        category: Affixes(before + plus, after_plus + after, before + minus, after_minus + after)
        for category, (before, after) in words.items()
    }
    invariable = len(set(by_plural.values())) == 1
    return form._replace(
        affixes=by_plural["other"],
        plural=None if invariable else locale.plural_form,
        by_plural=MappingProxyType(by_plural),
    )


def _currency_digits(code: str, digits: Digits) -> tuple[int, Trim]:
    """How many decimals, and whether a whole amount loses them."""
    from babel.numbers import get_currency_precision

    if digits == "currency":
        return get_currency_precision(code), "none"
    if digits == "auto":
        return get_currency_precision(code), "whole"
    return _fixed_digits(digits), "none"


def _fixed_digits(digits: int | str) -> int:
    """The number of decimals that a caller asks for."""
    if isinstance(digits, str):
        raise ValueError(f"digits={digits!r}: there is no such choice here")
    if isinstance(digits, bool) or not isinstance(digits, int):
        raise TypeError(f"digits must be an int or a word, not {type(digits).__name__}")
    if not 0 <= digits <= MAX_FRACTION_DIGITS:
        raise ValueError(f"digits={digits!r}: from 0 to {MAX_FRACTION_DIGITS}")
    return digits


def _one_of(option: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{option}={value!r}: one of {', '.join(known)} was expected")


@lru_cache(maxsize=512)
def _parse_locale(tag: str) -> Locale:
    """Babel's locale of a BCP 47 tag or CLDR id."""
    from babel import Locale, UnknownLocaleError
    from babel.localedata import locale_identifiers

    if not isinstance(tag, str):
        raise TypeError(f"a locale must be a str, not {type(tag).__name__}")
    identifier = tag.replace("-", "_")
    # CLDR keeps Norwegian under `no`, its regions under `nb`; Babel lacks the alias between them.
    language, _, rest = identifier.partition("_")
    if rest and language.lower() == "no":
        identifier = f"nb_{rest}"
    try:
        if not _TAG.fullmatch(tag):
            raise ValueError(tag)
        return Locale.parse(identifier)
    except (UnknownLocaleError, ValueError):
        raise UnknownLocale(tag, sorted(locale_identifiers())) from None
