"""Formats against ICU 78 (tests/vectors/currency.jsonl), and what goes beyond it."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, localcontext
from enum import IntEnum
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.errors import InvalidAmount, UnknownLocale
from deficiency_glossary.text.formats import (
    MAX_PLACES,
    format_currency,
    format_date,
    format_number,
    format_percent,
)

VECTORS = Path(__file__).parents[1] / "vectors" / "currency.jsonl"
SIX = ("en", "ms", "tr", "ko", "ja", "no")
CODES = ("USD", "EUR", "GBP", "MYR", "SGD", "TRY", "KRW", "JPY", "NOK", "SEK", "DKK", "CNY")
NBSP = "\u00a0"
MINUS = "\u2212"

# The styles of the vectors as Intl.NumberFormat options made them.
OPTIONS: dict[str, dict[str, Any]] = {
    "standard": {},
    "accounting": {"style": "accounting"},
    "code": {"display": "code"},
    "narrow": {"display": "narrow"},
    "name": {"display": "name"},
    "whole": {"digits": 0},
}


def visible(text: str) -> str:
    """`_` for U+00A0, so that the tables below can be read."""
    return text.replace(NBSP, "_")


def by_vector_style(locale: str, style: str, currency: str | None, amount: str) -> str:
    if style == "decimal":
        return format_number(amount, locale)
    if style == "percent":
        return format_percent(amount, locale)
    assert currency is not None
    return format_currency(amount, currency, locale, **OPTIONS[style])


@pytest.mark.parametrize("locale", SIX)
def test_every_vector_of_icu_holds(locale: str) -> None:
    rows = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()]
    mine = [row for row in rows if row[0] == locale]
    wrong = [(row, got) for row in mine if (got := by_vector_style(*row[:4])) != row[4]]
    assert len(mine) > 400
    assert wrong == []


# By ICU 78. Swedish and Finnish: U+2212, no-break spaces, symbol last; the rest: separators for money, Indian groups,
# narrow spaces, marks of direction, a minus behind the symbol.
@pytest.mark.parametrize(
    ("locale", "currency", "amount", "expected"),
    [
        ("sv", "SEK", "-12345.5", f"{MINUS}12_345,50_kr"),
        ("sv", "NOK", "-12345.5", f"{MINUS}12_345,50_Nkr"),
        ("sv", "MYR", "1", "1,00_MYR"),
        ("sv", "USD", "-0.5", f"{MINUS}0,50_US$"),
        ("fi", "EUR", "-12345.5", f"{MINUS}12_345,50_€"),
        ("fi", "SEK", "-12345.5", f"{MINUS}12_345,50_SEK"),
        ("fi", "JPY", "1234567", "1_234_567_¥"),
        ("de", "CHF", "-12345.5", "-12.345,50_CHF"),
        ("fr", "EUR", "12345.5", "12\u202f345,50_€"),
        ("fr-CH", "CHF", "12345.5", "12\u202f345.50_CHF"),
        ("en-IN", "INR", "1234567.5", "₹12,34,567.50"),
        ("he", "ILS", "-12345", "\u200f\u200e-12,345.00_\u200f₪"),
        ("nl", "EUR", "-5", "€_-5,00"),
    ],
)
def test_other_locales_as_icu(locale: str, currency: str, amount: str, expected: str) -> None:
    assert visible(format_currency(amount, currency, locale)) == expected


@pytest.mark.parametrize("locale", ["sv", "fi", "no"])
def test_nordic_numbers_and_percentages(locale: str) -> None:
    assert visible(format_number("-1234.5", locale)) == f"{MINUS}1_234,5"
    assert visible(format_percent("-0.5", locale)) == f"{MINUS}50_%"


@pytest.mark.parametrize("tag", ["no", "nb", "no-NO", "no_NO", "nb-NO", "nb_NO", "NO-no", "no-Latn-NO"])
def test_every_name_of_norwegian(tag: str) -> None:
    assert visible(format_currency("-1500", "NOK", tag)) == f"{MINUS}1_500,00_kr"
    assert format_date(datetime.date(2026, 3, 7), tag) == "7. mars 2026"


@pytest.mark.parametrize(
    ("digits", "amount", "expected"),
    [
        ("currency", "250000", "$250,000.00"),
        ("auto", "250000", "$250,000"),
        ("auto", "250000.00", "$250,000"),
        ("auto", "250000.5", "$250,000.50"),
        ("auto", "249999.999", "$250,000"),
        ("auto", "0.004", "$0"),
        (0, "0.5", "$1"),
        (1, "0.25", "$0.3"),
        (5, "1", "$1.00000"),
        (20, "1", f"$1.{'0' * 20}"),
    ],
)
def test_digits(digits: Any, amount: str, expected: str) -> None:
    assert format_currency(amount, "USD", "en", digits=digits) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        # Half up at the digit shown, once: 0.4449 is nearer to 0.44, however it is cut before.
        ("0.005", "$0.01"),
        ("0.015", "$0.02"),
        ("0.025", "$0.03"),
        ("-0.005", "-$0.01"),
        ("0.4449", "$0.44"),
        ("0.4450", "$0.45"),
        ("9.995", "$10.00"),
        ("999.999", "$1,000.00"),
        ("999999.995", "$1,000,000.00"),
    ],
)
def test_rounding_is_half_up_once(amount: str, expected: str) -> None:
    assert format_currency(amount, "USD", "en") == expected


@pytest.mark.parametrize("amount", ["-0", "-0.00", "-0.004", "-0e5", Decimal("-0"), Decimal("-1e-50")])
@pytest.mark.parametrize("style", ["standard", "accounting"])
def test_zero_has_no_sign(amount: str | Decimal, style: Any) -> None:
    """As Intl with signDisplay "negative". Its default, -$0.00 or ($0.00), reads as a debt of nothing."""
    assert format_currency(amount, "USD", "en", style=style) == "$0.00"
    assert format_number(amount, "no", digits=0) == "0"
    assert format_percent(amount, "tr", digits=0) == "%0"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (1234, "$1,234.00"),
        (Decimal(1234), "$1,234.00"),
        (Decimal("1.234E+3"), "$1,234.00"),
        ("+1234", "$1,234.00"),
        ("001234", "$1,234.00"),
        ("1.234e3", "$1,234.00"),
        ("123400E-2", "$1,234.00"),
        ("1234e-6", "$0.00"),
        (IntEnum("Owed", {"ALL": 1234}).ALL, "$1,234.00"),  # type: ignore[attr-defined]
        ("9" * MAX_PLACES, "$9" + ",999" * 33 + ".00"),
    ],
)
def test_ways_to_give_an_amount(amount: Any, expected: str) -> None:
    assert format_currency(amount, "USD", "en") == expected


FORMATTERS: list[Callable[[Any], str]] = [
    lambda amount: format_currency(amount, "USD", "en"),
    lambda amount: format_currency(amount, "USD", "en", display="name"),
    lambda amount: format_number(amount, "tr"),
    lambda amount: format_percent(amount, "ko"),
]


@pytest.mark.parametrize("formatter", FORMATTERS)
@pytest.mark.parametrize("amount", [1.5, 0.0, True, False, None, b"1", 1j, [1], float("nan")])
def test_no_amount_by_type(amount: Any, formatter: Callable[[Any], str]) -> None:
    with pytest.raises(TypeError):
        formatter(amount)


@pytest.mark.parametrize("formatter", FORMATTERS)
@pytest.mark.parametrize(
    "amount",
    [
        *(
            "",
            " ",
            "abc",
            "1,234",
            "1.234,5",
            "1 234",
            "1_000",
            " 1",
            "1\n",
            "1.",
            ".5",
            "--1",
            "+-1",
            "0x10",
            "1e",
            "$1",
        ),
        *("NaN", "nan", "sNaN", "Infinity", "-inf", "١٢٣", "１２３", "−5", "1" * 1000, "0." + "1" * 1000),
        *("1e999999999", "-1e-999999999", "1e" + "9" * 200, "0e1000"),
        *(Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity")),
        *(Decimal("1E+999999"), Decimal("1E-999999"), Decimal("1" * 500), 10**MAX_PLACES, 10**100_000, -(10**100_000)),
    ],
    ids=lambda amount: str(type(amount).__name__),
)
def test_no_amount_by_value(amount: Any, formatter: Callable[[Any], str]) -> None:
    with pytest.raises(InvalidAmount) as caught:
        formatter(amount)
    assert isinstance(caught.value, ValueError)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "tag", ["", "x", "zz", "en-XX", "en.UTF-8", "../en", "en@x", "e n", "tr-", "-tr", "a" * 5000, "日本"]
)
def test_unknown_locale(tag: str) -> None:
    calls: list[Callable[[], str]] = [
        lambda: format_currency(1, "USD", tag),
        lambda: format_number(1, tag),
        lambda: format_percent(1, tag),
        lambda: format_date(datetime.date(2026, 3, 7), tag),
    ]
    for call in calls:
        with pytest.raises(UnknownLocale):
            call()


def test_unknown_locale_suggests() -> None:
    with pytest.raises(UnknownLocale) as caught:
        format_number(1, "tr_TX")
    assert "tr_TR" in caught.value.suggestions


@pytest.mark.parametrize("bad", [None, 5, Locale("en")])
def test_codes_and_locales_are_strings(bad: Any) -> None:
    with pytest.raises(TypeError):
        format_currency(1, bad, "en")
    with pytest.raises(TypeError):
        format_currency(1, "USD", bad)


@pytest.mark.parametrize("digits", [-1, 21, 10**9, "two", "AUTO"])
def test_digits_that_do_not_exist(digits: Any) -> None:
    with pytest.raises(ValueError, match="digits"):
        format_currency(1, "USD", "en", digits=digits)
    with pytest.raises(ValueError, match="digits"):
        format_number(1, "en", digits=digits)


@pytest.mark.parametrize("digits", [True, 1.0, None])
def test_digits_of_the_wrong_type(digits: Any) -> None:
    # What equals a good value must not be answered from the cache.
    format_currency(1, "USD", "en", digits=1)
    format_percent(1, "en", digits=1)
    with pytest.raises(TypeError):
        format_currency(1, "USD", "en", digits=digits)
    with pytest.raises(TypeError):
        format_percent(1, "en", digits=digits)


def test_options_that_do_not_exist() -> None:
    with pytest.raises(ValueError, match="standard, accounting"):
        format_currency(1, "USD", "en", style="loud")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="prose"):
        format_currency(1, "USD", "en", display="emoji")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="medium"):
        format_date(datetime.date(2026, 3, 7), "en", length="tiny")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="digits"):
        format_number(1, "en", digits="currency")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "digits", "expected"),
    [
        ("1234.50", "auto", "1.234,5"),
        ("1234567.89", "auto", "1.234.567,89"),
        ("0.1235", "auto", "0,124"),
        ("0.0004", "auto", "0"),
        ("1234", 2, "1.234,00"),
        ("-7", "auto", "-7"),
    ],
)
def test_number(amount: str, digits: Any, expected: str) -> None:
    assert format_number(amount, "tr", digits=digits) == expected


@pytest.mark.parametrize(
    ("fraction", "locale", "digits", "expected"),
    [
        ("0.05", "en", "auto", "5%"),
        ("0.05", "tr", "auto", "%5"),
        ("-0.05", "tr", "auto", "-%5"),
        ("0.05", "no", "auto", "5_%"),
        ("0.045", "en", "auto", "4.5%"),
        ("0.045", "en", 0, "5%"),
        ("0.12345", "ja", "auto", "12.35%"),
        ("0.05", "ms", 1, "5.0%"),
        (Decimal(12), "ko", "auto", "1,200%"),
        (1, "en", "auto", "100%"),
    ],
)
def test_percent(fraction: Any, locale: str, digits: Any, expected: str) -> None:
    assert visible(format_percent(fraction, locale, digits=digits)) == expected


# By ICU 78.
@pytest.mark.parametrize(
    ("locale", "short", "medium", "long", "full"),
    [
        ("en", "3/7/26", "Mar 7, 2026", "March 7, 2026", "Saturday, March 7, 2026"),
        ("ms", "7/03/26", "7 Mac 2026", "7 Mac 2026", "Sabtu, 7 Mac 2026"),
        ("tr", "7.03.2026", "7 Mar 2026", "7 Mart 2026", "7 Mart 2026 Cumartesi"),
        ("ko", "26. 3. 7.", "2026. 3. 7.", "2026년 3월 7일", "2026년 3월 7일 토요일"),
        ("ja", "2026/03/07", "2026/03/07", "2026年3月7日", "2026年3月7日土曜日"),
        ("no", "07.03.2026", "7. mars 2026", "7. mars 2026", "lørdag 7. mars 2026"),
    ],
)
def test_date(locale: str, short: str, medium: str, long: str, full: str) -> None:
    day = datetime.date(2026, 3, 7)
    assert format_date(day, locale) == long
    assert [format_date(day, locale, length=x) for x in ("short", "medium", "long", "full")] == [
        *(short, medium, long, full)
    ]
    assert format_date(datetime.datetime(2026, 3, 7, 23, 59), locale) == long  # noqa: DTZ001


@pytest.mark.parametrize("day", ["2026-03-07", 0, None, datetime.time(1)])
def test_no_date(day: Any) -> None:
    with pytest.raises(TypeError):
        format_date(day, "en")


def test_the_callers_decimal_context_changes_nothing() -> None:
    amount = Decimal("1234567890123456789012345678901234567.895")
    expected = "1,234,567,890,123,456,789,012,345,678,901,234,567.90"
    with localcontext(Context(prec=2, traps=[Inexact])):
        assert format_currency(amount, "USD", "en") == f"${expected}"
        assert format_currency(amount, "USD", "en", display="name") == f"{expected} US dollars"
        # A language whose plural needs remainders of the whole number, compiled under this context.
        assert format_currency("1000000021", "USD", "lt", display="name", digits=0).endswith("JAV doleris")


def test_importing_does_not_load_babel() -> None:
    code = "import sys, deficiency_glossary.text.formats; sys.exit('babel' in sys.modules)"
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=6)
# A hyphen between two letters belongs to a name: "Etelä-Korean wonia".
LETTER = r"[^\W\d_]"
NEGATIVE = re.compile(rf"(?<!{LETTER})[-{MINUS}(]|[-{MINUS}(](?!{LETTER})")


@given(
    AMOUNTS,
    st.sampled_from([*SIX, "sv", "fi", "de-CH", "fr", "en-IN", "he", "hi", "en-US-POSIX"]),
    st.sampled_from(CODES),
    st.sampled_from(["standard", "accounting"]),
    st.sampled_from(["symbol", "narrow", "code", "name", "prose"]),
    st.integers(0, 8),
)
def test_sign_and_digits_survive(
    amount: Decimal, locale: str, currency: str, style: Any, display: Any, digits: int
) -> None:
    text = format_currency(amount, currency, locale, style=style, display=display, digits=digits)
    rounded = amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, Context(prec=60))
    assert re.sub(r"[^0-9]", "", text) == re.sub(r"[^0-9]", "", f"{rounded:f}")
    assert bool(NEGATIVE.search(text)) == (rounded < 0)


@given(AMOUNTS)
def test_the_type_of_an_amount_does_not_matter(amount: Decimal) -> None:
    assert format_number(amount, "no") == format_number(str(amount), "no") == format_number(f"{amount:f}", "no")
    whole = int(amount)
    assert format_currency(whole, "USD", "tr") == format_currency(Decimal(whole), "USD", "tr")


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_an_error_of_ours(text: str) -> None:
    with suppress(InvalidAmount):
        assert format_number(text, "en")
