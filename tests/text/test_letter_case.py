"""Capitals and the folding of letter case, by the rules of each language."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.text.collation import capitalize, fold_case

locales = st.sampled_from(["en", "ms", "tr", "ko", "ja", "no", "sv", "fi", "da", "nb-NO", "de", "ru", "th", "zh"])


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("tr", "ipotek", "İpotek"),
        ("tr", "ısı", "Isı"),
        ("tr-TR", "icra", "İcra"),
        ("tr", "şube", "Şube"),
        ("tr", "“ipotek” nedir", "“İpotek” nedir"),
        ("az", "ipoteka", "İpoteka"),
        ("tr", "îman", "Îman"),
        ("tr", "i\u0302man", "I\u0302man"),
        ("tr", "i\u0307potek", "I\u0307potek"),
        ("tr", "i\u0332", "İ\u0332"),
        ("en", "i\u0302le", "I\u0302le"),
        ("tr", "İpotek", "İpotek"),
        ("ms", "ipotek", "Ipotek"),
        ("ms", "baki kekurangan", "Baki kekurangan"),
        ("en", "deed in lieu of Foreclosure", "Deed in lieu of Foreclosure"),
        ("en", "(un)earned", "(Un)earned"),
        ("en", "250,000 dollars", "250,000 dollars"),
        ("en", "$5 fee", "$5 fee"),
        ("en", "ßa", "Ssa"),
        ("en", "", ""),
        ("en", " … ", " … "),
        ("no", "åpen", "Åpen"),
        ("nb", "ærlig", "Ærlig"),
        ("ka", "ნდობა", "ნდობა"),
        ("ja", "iPhoneの残高", "iPhoneの残高"),
        ("ko", "담보", "담보"),
        ("ko-KR", "e-메일", "e-메일"),
    ],
)
def test_capitalize(locale: str, text: str, expected: str) -> None:
    assert capitalize(text, locale) == expected
    assert capitalize(expected, locale) == expected


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("tr", "İPOTEK", "ipotek"),
        ("tr", "ISI", "ısı"),
        ("tr", "IŞIK İL", "ışık il"),
        ("tr", "I\u0307L", "il"),
        ("az-Latn", "Iİ", "ıi"),
        ("en", "İPOTEK", "ipotek"),
        ("en", "IPOTEK", "ipotek"),
        ("en", "I\u0307", "i"),
        ("no", "ÆØÅ", "æøå"),
        ("no", "A\u030a", "å"),
        ("de", "STRAßE", "straße"),
        ("el", "ΟΔΟΣ", "οδοσ"),
        ("el", "οδος", "οδοσ"),
        ("ja", "ＩＲＳ", "ｉｒｓ"),
        ("ko", "담보 IRS", "담보 irs"),
    ],
)
def test_fold_case(locale: str, text: str, expected: str) -> None:
    assert fold_case(text, locale) == expected


@given(st.text(), locales)
def test_folding_keeps_the_length_and_is_final(text: str, locale: str) -> None:
    folded = fold_case(text, locale)
    assert len(folded) == len(unicodedata.normalize("NFC", text))
    assert fold_case(folded, locale) == unicodedata.normalize("NFC", folded)


@given(st.text(), locales)
def test_capitalizing_changes_one_letter_at_most(text: str, locale: str) -> None:
    capital = capitalize(text, locale)
    at = next((i for i, (x, y) in enumerate(zip(text, capital, strict=False)) if x != y), len(text))
    assert capital[:at] == text[:at]
    assert capital.endswith(text[at + 1 :])
    assert capitalize(capital, locale) == capital
