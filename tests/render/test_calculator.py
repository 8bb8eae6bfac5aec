"""What pages give the calculator: elements in the story, data in an attribute, a file of amounts for each locale."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import deficiency_glossary as dg
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import ExampleFigures, ExampleText, Term
from deficiency_glossary.render import calculator, views
from deficiency_glossary.text import currencies, formats, grammar

GLOSSARY = dg.load()
LOCALES = GLOSSARY.locales
EXAMPLES = [
    (concept, locale, key)
    for concept in GLOSSARY.concepts
    for locale in LOCALES
    for key in GLOSSARY.entry(concept, locale).examples
]
SPAN = re.compile(r'<span data-figure="[a-z_0-9]+"(?: data-form="[^"<>]+")?(?: data-typed="[^"<>]+")?>([^<]*)</span>')
MAX_BYTES = 8_000


def record(locale: str) -> Locale:
    return GLOSSARY._library.locale_file(locale).require()


# --- the story -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("concept", "locale", "key"), EXAMPLES)
def test_a_story_reads_as_without_elements(concept: str, locale: str, key: str) -> None:
    example = GLOSSARY.entry(concept, locale).examples[key]
    for currency in ("USD", "NOK", "INR"):
        text = example.in_currency(currency).text
        story = calculator.story(text)
        assert story is not None
        assert SPAN.sub(r"\1", story) == text.html()
        names = re.findall(r'data-figure="(\w+)">', story)
        assert names == [name for name in re.findall(r"\{(\w+)\}", text.source) if name in example.figures]


def told(source: str, locale: str, **values: str) -> views.Text:
    return views.Text(source, locale, values, term=Term(text="담보", status="preferred"))


@pytest.mark.parametrize(
    ("locale", "source", "expected"),
    [
        ("en", "Pay {owed}.", "<p>Pay owed<5>.</p>"),
        ("en", "**{owed}**, [{owed}](x)", '<p><strong>owed<5></strong>, <a href="../x/">owed<5></a></p>'),
        ("en", "- {owed}\n- {fee}", "<ul>\n<li>owed<5></li>\n<li>fee<7></li>\n</ul>"),
        ("en", "{owed}, `{owed}`, {other}", "<p>owed<5>, <code>{owed}</code>, {other}</p>"),
        ("ko", "{owed}을(를) {fee}(원금)을/를", "<p>owed<5달러>owed:을(를)<를> fee<7원>(원금)을/를</p>"),
        ("ko", "{fee}이/가 {term}을(를)", "<p>fee<7원>fee:이(가):이/가<이> 담보를</p>"),
        ("ko", "{owed}({fee})을(를)", "<p>owed<5달러>(fee<7원>)owed:을(를)<를></p>"),
        ("tr", "**{owed}**-(y)A", "<p><strong>owed<5></strong>owed:-(y)A<’e></p>"),
        ("tr", "“{fee}”-lIk", "<p>“fee<7 Norveç kron>”fee:-lIk”:-lIk<luk></p>"),
    ],
)
def test_every_figure_and_its_ending_is_an_element(locale: str, source: str, expected: str) -> None:
    values = {"ko": ("5달러", "7원"), "tr": ("5", "7 Norveç kronu")}.get(locale, ("5", "7"))
    story = calculator.story(told(source, locale, owed=values[0], fee=values[1]))
    assert story is not None
    span = r'<span data-figure="(\w+)"(?: data-form="([^"]+)")?(?: data-typed="([^"]+)")?>([^<]*)</span>'
    shown = re.sub(span, lambda found: f"{':'.join(filter(None, found.groups()[:3]))}<{found[4]}>", story)
    assert shown == expected


@pytest.mark.parametrize(
    "source",
    [
        "see [it](https://example.org/{owed})",
        "see <https://example.org/{owed}>",
        "_a_{owed}",  # emphasis or not, by the letter beside it
        "{owed}. Then.",  # a numbered list, with these figures
        "[a]: https://example.org/{owed}\n\nsee [a]",
        "\ue000{owed}\ue001",
        "\ue002{owed}\ue004",
    ],
)
def test_a_story_that_cannot_hold_elements_stays_as_it_is(source: str) -> None:
    assert calculator.story(told(source, "en", owed="5")) is None


SIGNS = "\n|\n\n|    | |- |1. |**|_|`|[|](x)|<b>|&|\\|.|)|a|담보|“|\ue001"
ENDINGS_TYPED = ["을(를)", "-(y)A", "(으)로", "-lIk", "은/는"]
PIECES = st.lists(
    st.sampled_from(["{owed}", "{fee}", "{term}", "{what}", *ENDINGS_TYPED, *SIGNS.split("|"), "|"]), max_size=14
)
VALUES = st.sampled_from(["$250,000", "-$5", "5", "5%", "%5", "1 Norveç kronu", "5달러", "−1,5 kr", "CHF 5", "5 frank"])


@given(PIECES, VALUES, VALUES, st.sampled_from(["ko", "tr", "en"]))
def test_no_story_reads_otherwise_with_elements(pieces: list[str], owed: str, fee: str, locale: str) -> None:
    text = told("".join(pieces), locale, owed=owed, fee=fee)
    story = calculator.story(text)
    if story is not None:
        assert SPAN.sub(r"\1", story) == text.html()
        shown = LexborHTMLParser(f"<main>{story}</main>")
        assert all(re.fullmatch("owed|fee", span.attributes["data-figure"] or "") for span in shown.css("span"))


# --- the example -----------------------------------------------------------------------------------------------------


def test_the_attribute_gives_back_what_was_put_in() -> None:
    hostile = "a - '\"><script>alert(1)</script>&amp;</section>"
    data = ExampleFigures(
        currency="USD",
        figures={"a": Decimal("1E+3"), "b": Decimal("0.05")},
        results={"c": hostile},
        kinds={"a": "currency", "b": "percent"},
    )
    example = views.Example("x", "en", data, ExampleText(title="x", text="x", labels={}), {})
    page = LexborHTMLParser(f"<section{calculator.attribute(example)}><p>x</p></section>")
    (section,) = page.css("section")
    assert json.loads(section.attributes["data-calculator"] or "") == {
        "currency": "USD",
        "figures": {"a": "1000", "b": "0.05"},
        "results": {"c": hostile},
        "kinds": {"b": "percent"},
    }
    assert page.css("script") == []


@pytest.mark.parametrize("locale", LOCALES)
def test_without_a_site_there_is_a_chart_and_no_calculator(locale: str) -> None:
    page = LexborHTMLParser(GLOSSARY.render("deficiency-balance", locale))
    assert len(page.css("svg.chart")) == 2
    assert page.css("[data-calculator], .calculator, .story [data-figure]") == []


# --- amounts.json ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_the_file_of_a_locale_is_small_and_has_all_currencies(locale: str) -> None:
    text = calculator.amounts_json(record(locale), ["PLN", "USD"])
    assert len(text.encode()) < MAX_BYTES
    data = json.loads(text)
    assert list(data["currencies"]) == [*calculator.OFFERED, "PLN"]
    assert len({currency["name"] for currency in data["currencies"].values()}) == len(calculator.OFFERED) + 1
    assert data["tag"] == record(locale).tag
    assert "{" not in " ".join(data["words"].values())
    assert ("endings" in data) == (locale in ("ko", "tr"))


def forms(data: dict[str, Any], code: str) -> dict[formats.Display, dict[str, Any]]:
    """How amounts of a currency are written, put together as the script does it."""
    symbol = {**data["base"], **data["currencies"][code]["symbol"]}
    return {"symbol": symbol, "prose": {**symbol, **data["currencies"][code]["prose"]}}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_affixes_are_those_of_the_rules(locale: str) -> None:
    data = json.loads(calculator.amounts_json(record(locale)))
    for code in calculator.OFFERED:
        for display, form in forms(data, code).items():
            for amount in ("1", "-1", "3", "-3"):
                affixes = form["affixes"]
                if isinstance(affixes, dict):
                    affixes = affixes["one" if amount.endswith("1") else "other"]
                before, after = affixes[2:] if amount.startswith("-") else affixes[:2]
                written = formats.format_currency(amount, code, data["tag"], display=display, digits="auto")
                assert before + amount.removeprefix("-") + after == written


ENDINGS = [locale for locale in LOCALES if grammar.notations(record(locale).tag)]
DIGITS = [
    *("0", "0.5", "0.25", "1.9", "7.25", "12.5", "1e15", "123456789012345", "260001", "8500"),
    *(f"{digit}e{zeros}" for digit in range(1, 10) for zeros in range(9)),
    *(f"{digit}.{tenth}" for digit in (0, 1, 20) for tenth in range(1, 10)),
]


def ending(data: dict[str, Any], kind: str, value: str, decimal: str) -> list[Any]:
    """The endings of an amount as the script finds them."""
    number = re.findall(rf"[\d.,{data['base']['group']}]*\d", value)[0]
    whole, _, fraction = number.partition(decimal)
    last = fraction or re.sub(r"\D", "", whole)
    known = last.rstrip("0")
    row = (
        data["of"][kind] if isinstance(data["of"][kind], int) else data["of"][kind]["fraction" if fraction else "whole"]
    )
    if isinstance(row, list):
        row = row[min(len(last) - len(known) if known else 0, len(row) - 1)]
    if isinstance(row, list):
        row = row[int(known[-1]) if known else 0]
    return list(data["rows"][row])


@pytest.mark.parametrize("locale", ENDINGS)
def test_the_table_of_endings_is_what_the_rules_say(locale: str) -> None:
    tag = record(locale).tag
    data = json.loads(calculator.amounts_json(record(locale), ["PLN", "ALL", "XAU", "BHD"]))
    table = data["endings"] | {"base": data["base"]}
    endings = calculator._Endings(tag)
    assert table["forms"] == list(endings.notations)
    assert {notation.form for notation in grammar.notations(tag)} == set(table["forms"])
    for kind in table["of"]:
        for digits in DIGITS:
            value = _value(kind, digits, tag)
            wanted = json.loads(json.dumps(endings.endings(value, tuple(endings.notations.values()))))
            assert ending(table, kind, value, data["base"]["decimal"]) == wanted, (kind, value)


def _value(kind: str, digits: str, tag: str) -> str:
    if kind == "number":
        return formats.format_number(digits, tag)
    if kind == "percent":
        return formats.format_percent(Decimal(digits) / 100, tag)
    return formats.format_currency(digits, kind, tag, display="prose")


def test_a_currency_that_softens_takes_its_last_letter_along(monkeypatch: pytest.MonkeyPatch) -> None:
    prose = currencies._PROSE["tr"]
    nouns = {**prose.nouns, "CHF": currencies.Noun("frank", "frank")}
    monkeypatch.setitem(currencies._PROSE, "tr", prose._replace(nouns=nouns))
    formats.currency_form.cache_clear()
    table = calculator.amounts(record("tr"))["endings"]
    formats.currency_form.cache_clear()
    row = dict(zip(table["forms"], table["rows"][table["of"]["CHF"]], strict=True))
    assert row["-(y)I"] == ("ı", 1, "g")
    assert row["-DAn"] == "tan"
    assert row["-(y)I”"] == "ı"
