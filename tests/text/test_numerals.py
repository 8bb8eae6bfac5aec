"""Numbers in prose, by value."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.text.formats import format_number
from deficiency_glossary.text.numerals import numbers, percent_form

TAGS = ["en", "ms", "tr", "ko", "ja", "nb", "de-CH", "hi", "fr", "xx"]


@pytest.mark.parametrize(
    ("tag", "text", "values"),
    [
        ("en", "1,234.5 million in 2020", [{"1234.5", "1234500000"}, {"2020"}]),
        ("tr", "1.234,5 milyon, %12,5", [{"1234.5", "1234500000"}, {"12.5"}]),
        ("nb", "1 234,5 millioner, 12,5 %", [{"1234.5", "1234500000"}, {"12.5"}]),
        ("nb", "1\u00a0234 og 2020 250", [{"1234"}, {"2020"}, {"250"}]),
        ("ja", "12億3,450万円の12.5％", [{"1234500000"}, {"12.5"}]),
        ("ja", "１２３人と千人", [{"123"}]),
        ("ko", "3만 5,000원", [{"35000"}]),
        ("ko", "제152조", [{"152", "152000000000000"}]),
        ("ms", "1.234,5 juta", [{"1"}, {"234"}, {"5"}]),
        ("en", "2.5.2021, 24/7, § 1681c", [{"2"}, {"5"}, {"2021"}, {"24"}, {"7"}, {"1681"}]),
        ("en", "no number", []),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(tag: str, text: str, values: list[set[str]]) -> None:
    assert [number.values for number in numbers(text, tag)] == [frozenset(map(Decimal, one)) for one in values]


@given(st.decimals(0, 10**9, places=2), st.sampled_from(TAGS[:-1]))
def test_what_cldr_writes_is_read_back(value: Decimal, tag: str) -> None:
    text = format_number(value, tag)
    [number] = numbers(f"x {text} x", tag)
    assert (number.start, number.end, number.values) == (2, 2 + len(text), frozenset({value}))


@given(st.text(st.sampled_from("0123456789.,' \u00a0万億억만k"), max_size=30), st.sampled_from(TAGS))
def test_any_text_is_read_in_order(text: str, tag: str) -> None:
    found = numbers(text, tag)
    assert all(text[number.start : number.end] == number.text for number in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    digits = sum(character.isdigit() for character in text)
    assert sum(character.isdigit() for number in found for character in number.text) == digits


def test_percent_forms_are_those_of_cldr() -> None:
    assert [percent_form(tag) for tag in ("tr", "nb", "en", "ja", "xx")] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
        (False, False),
    ]
