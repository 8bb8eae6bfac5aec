"""An entry as its reader gets it."""

from __future__ import annotations

from decimal import Decimal

import pytest

import deficiency_glossary as dg
from deficiency_glossary.library.figures import FormulaError

GLOSSARY = dg.load()
LOCALES = GLOSSARY.locales
SHORT_SALE = {
    "en": ("$250,000", "$200,000", "$50,000"),
    "ms": ("USD\u00a0250,000", "USD\u00a0200,000", "USD\u00a050,000"),
    "tr": ("250.000\u00a0dolar", "200.000\u00a0dolar", "50.000\u00a0dolar"),
    "ko": ("250,000달러", "200,000달러", "50,000달러"),
    "ja": ("250,000ドル", "200,000ドル", "50,000ドル"),
    "no": ("250\u00a0000\u00a0dollar", "200\u00a0000\u00a0dollar", "50\u00a0000\u00a0dollar"),
}
CURRENCIES = ("USD", "EUR", "GBP", "MYR", "SGD", "TRY", "KRW", "JPY", "NOK", "SEK", "DKK", "CNY")


@pytest.mark.parametrize("locale", LOCALES)
def test_short_sale_shows_its_amounts(locale: str) -> None:
    story = GLOSSARY.entry("deficiency-balance", locale).examples["short-sale"].text.text()
    assert all(amount in story for amount in SHORT_SALE[locale])


@pytest.mark.parametrize("locale", LOCALES)
def test_both_examples_hold_the_nine_amounts_of_the_article(locale: str) -> None:
    examples = GLOSSARY.entry("deficiency-balance", locale).examples
    assert examples["short-sale"].figures == {"owed": 250_000, "sale_price": 200_000, "deficiency": 50_000}
    assert examples["repossession"].figures == {
        "owed": 10_000,
        "sale_price": 8_500,
        "fees": 500,
        "deficiency": 1_500,
        "judgment": 2_000,
    }


@pytest.mark.parametrize("currency", CURRENCIES)
@pytest.mark.parametrize("locale", LOCALES)
def test_examples_read_in_every_currency(locale: str, currency: str) -> None:
    for concept in GLOSSARY.concepts:
        for example in GLOSSARY.entry(concept, locale).examples.values():
            amount = next(name for name in example.data.figures if name not in example.data.kinds)
            for value in (1, 7, 1_000, 260_001, 10_000_000):
                story = example.in_currency(currency).with_figures(**{amount: value}).text.text()
                assert "{" not in story
                assert "\ue000" not in story
                assert "(를)" not in story
                assert not any(mark in story for mark in ("-(y)", "-(n)", "-DA", "-lI", "-DI"))


def test_other_figures_are_computed_and_leave_the_record_alone() -> None:
    example = GLOSSARY.entry("deficiency-balance", "tr").examples["short-sale"]
    changed = example.with_figures(owed="300000.50")
    assert changed.figures["deficiency"] == Decimal("100000.50")
    assert example.figures["deficiency"] == 50_000


def test_turkish_suffixes_follow_the_amount() -> None:
    example = GLOSSARY.entry("deficiency-balance", "tr").examples["repossession"]
    assert "8.500\u00a0avroya" in example.in_currency("EUR").text.text()
    assert "8.500\u00a0liraya" in example.in_currency("TRY").text.text()


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"price": 1}, dg.UnknownFigure),
        ({"owed": "much"}, dg.InvalidAmount),
        ({"owed": Decimal("NaN")}, dg.InvalidAmount),
        ({"owed": 1.5}, TypeError),
        ({"deficiency": 3}, dg.UnknownFigure),
    ],
)
def test_figures_that_cannot_be_are_refused(changed: dict[str, object], error: type[Exception]) -> None:
    example = GLOSSARY.entry("deficiency-balance", "en").examples["short-sale"]
    with pytest.raises(error):
        example.with_figures(**changed)  # type: ignore[arg-type]


def test_a_result_that_cannot_be_computed_is_an_error() -> None:
    from deficiency_glossary.library.figures import compute
    from deficiency_glossary.model import ExampleFigures

    with pytest.raises(FormulaError, match="share"):
        compute(ExampleFigures(currency="USD", figures={"a": Decimal(1), "b": Decimal(0)}, results={"share": "a / b"}))


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(dg.UnknownCurrency):
        GLOSSARY.entry("deficiency-balance", "en").examples["short-sale"].in_currency("XQX")


def test_text_has_three_forms() -> None:
    body = GLOSSARY.entry("collateral", "en").definition
    assert "[creditor](../creditor/)" in body.markdown()
    assert '<a href="../creditor/">creditor</a>' in body.html()
    assert "to a creditor to secure a loan" in body.text()


@pytest.mark.parametrize("tag", ["nb", "nb-NO", "no-NO", "no_NO", "NO"])
def test_norwegian_under_all_its_names(tag: str) -> None:
    assert GLOSSARY.entry("collateral", tag).locale == "no"


def test_an_old_address_finds_its_concept() -> None:
    assert GLOSSARY.entry("chargeoff", "en").concept == "charge-off"


def test_records_are_frozen() -> None:
    entry = GLOSSARY.entry("collateral", "en")
    with pytest.raises(AttributeError):
        entry.title = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        entry.sections["x"] = None  # type: ignore[index]
