"""Marks: where values and their endings stand in a text, without a change to what is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.text import grammar
from deficiency_glossary.text.markup import VALUE_END, VALUE_START, has_marks, without_marks

SHOWN = str.maketrans({VALUE_START: "<", VALUE_END: ">", "\ue002": "[", "\ue003": ":", "\ue004": "]"})


def marked(text: str, locale: str) -> str:
    """The text with its marks shown: <value> and [ending]; with the form of each ending, and how far back it goes."""
    values = text.replace("<", VALUE_START).replace(">", VALUE_END)
    return grammar.resolve(values, locale, marked=True).translate(SHOWN)


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("en", "<5> and <6>", "<5> and <6>"),
        ("ko", "<5달러>을(를) <5원>을/를", "<5달러>[0,0:를] <5원>[3,0:을]"),
        ("ko", "**<5달러>**을(를), “<5원>”이(가)", "**<5달러>**[0,0:를], “<5원>”[10,0:이]"),
        ("ko", "<5달러>(원금)을(를)", "<5달러>(원금)[0,0:를]"),
        ("ko", "<5달러>(<5원> 포함)을(를)", "<5달러>(<5원> 포함)[0,1:를]"),
        ("ko", "담보(<5원>)을(를), 담보을(를)", "담보(<5원>)를, 담보를"),
        ("ko", "<John>을(를)", "<John>[0,0:을(를)]"),
        ("tr", "<5 dolar>-(y)A **<5 lira>**-DAn", "<5 dolar>[0,0:a] **<5 lira>**[4,0:dan]"),
        ("tr", "<5 Norveç kronu>-lIk <%5>-DAn", "<5 Norveç kron>[6,0:luk] <%5>[4,0:’ten]"),
        ("tr", "<5 frank>-(y)I “<5 frank>”-(y)I", "<5 frang>[1,0:ı] “<5 frank>”[9,0:ı]"),
        ("tr", "(<5 dolar>)-(y)A <kitap>-(y)I", "(<5 dolar>)-(y)A <kitap>[1,0:-(y)I]"),
    ],
)
def test_each_ending_says_what_it_goes_by(locale: str, text: str, expected: str) -> None:
    assert marked(text, locale) == expected


@pytest.mark.parametrize("locale", ["ko", "tr"])
def test_the_number_of_a_mark_is_the_place_of_its_notation(locale: str) -> None:
    notations = grammar.notations(locale)
    assert len(notations) == len(set(notations))
    for number, notation in enumerate(notations):
        shown = marked(f"<1>{notation.after}{notation.typed}", locale)
        assert shown.startswith(f"<1>{notation.after}[{number},0:"), notation


def test_other_languages_have_no_notation() -> None:
    assert [grammar.notations(tag) for tag in ("en", "ms", "ja", "nb")] == [()] * 4


VALUES = "250.000 dolar|8.500 lira|5 frank|1 Norveç kronu|%20|$5|10|250,000달러|1원|John|평가|담보|A)|(|）"
WORDS = (
    "을(를)|은/는|(으)로|이(가)|(이)라|가(이)|-(y)A|-lIk|-DAn| |(|)|**|“|”|](x)|[|담보|kitap|.|\n\n|, |（원금）|(원금)"
)
PIECES = st.lists(
    st.one_of(
        st.sampled_from(VALUES.split("|")).map(lambda value: VALUE_START + value + VALUE_END),
        st.sampled_from(WORDS.split("|")),
    ),
    max_size=12,
)


@given(PIECES, st.sampled_from(["ko", "tr", "en", "nb"]))
def test_without_its_marks_a_text_is_the_same(pieces: list[str], locale: str) -> None:
    text = "".join(pieces)
    plain = grammar.resolve(text, locale)
    assert without_marks(grammar.resolve(text, locale, marked=True)) == without_marks(plain)


def test_marks_are_seen_and_removed() -> None:
    text = marked("<5달러>을(를)", "ko").translate({ord(shown): mark for mark, shown in SHOWN.items()})
    assert has_marks(text)
    assert not has_marks("5달러를")
    assert [has_marks(chr(mark)) for mark in SHOWN] == [True] * 5
    assert without_marks("\ue0005\ue001\ue0020,0\ue003x\ue004") == "5x"
