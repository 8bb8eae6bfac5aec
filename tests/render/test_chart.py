"""The chart of a worked example: where bars stand, how labels break, and that nothing gets out of its text."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

import deficiency_glossary as dg
from deficiency_glossary.model import ExampleFigures
from deficiency_glossary.render import chart
from deficiency_glossary.render.views import Row

GLOSSARY = dg.load()
EXAMPLES = [
    (concept, locale, key)
    for concept in GLOSSARY.concepts
    for locale in GLOSSARY.locales
    for key in GLOSSARY.entry(concept, locale).examples
]
KINDS = {"rate": "percent", "months": "number"}


def drawn(
    results: dict[str, str], figures: dict[str, str], *, rtl: bool = False, label: str = "Owed"
) -> list[LexborNode]:
    data = ExampleFigures(currency="USD", figures={"x": Decimal(1)}, results=results, kinds=KINDS)  # type: ignore[arg-type]
    values = {name: Decimal(value) for name, value in figures.items()}
    rows = [Row(name, label, f"${value}", name in results) for name, value in figures.items()]
    made = chart.chart(rows, data, values, name="Chart", table="t", rtl=rtl)
    return LexborHTMLParser(str(made)).css("g")


def attribute(node: LexborNode, selector: str, name: str) -> str:
    (found,) = node.css(selector)
    return found.attributes[name] or ""


@pytest.mark.parametrize(
    ("results", "figures", "expected"),
    [
        ({}, {"a": "250", "b": "200"}, "0+100 0+80"),
        ({"c": "a - b"}, {"a": "250", "b": "200", "c": "50"}, "0+100 0+80 80+20"),
        ({"c": "a-b-d"}, {"a": "250", "b": "100", "d": "50", "c": "100"}, "0+100 0+40 0+20 60+40"),
        ({"c": "a + b"}, {"a": "30", "b": "10", "c": "40"}, "0+75 0+25 0+100"),
        ({"c": "(a - b)"}, {"a": "30", "b": "10", "c": "20"}, "0+100 0+33.33 0+66.67"),
        ({"c": "a - 5"}, {"a": "20", "c": "15"}, "0+100 0+75"),
        ({"c": "a - rate"}, {"a": "20", "rate": "0.5", "c": "19.5"}, "0+100 0+97.5"),
        ({"c": "a - b"}, {"a": "10", "b": "40", "c": "-30"}, "0+25 0+100 0+0"),
        ({"c": "a - b"}, {"a": "10", "b": "-10", "c": "20"}, "0+50 0+0 0+100"),
        ({}, {"a": "0", "b": "-5"}, "0+0 0+0"),
        ({}, {"a": "1e30", "b": "1"}, "0+100 0+0"),
    ],
)
def test_bars_are_as_long_as_their_amounts(results: dict[str, str], figures: dict[str, str], expected: str) -> None:
    groups = drawn(results, figures)
    places = [[attribute(group, "rect", name).removesuffix("%") for name in ("x", "width")] for group in groups]
    assert " ".join("+".join(place) for place in places) == expected
    assert [group.css("text")[1].text() for group in groups] == [
        f"${value}" for name, value in figures.items() if name not in KINDS
    ]
    mirrored = drawn(results, figures, rtl=True)
    for (start, length), group in zip(places, mirrored, strict=True):
        left = attribute(group, "rect", "x").removesuffix("%")
        assert Decimal(left) == 100 - Decimal(start) - Decimal(length)
        assert {text.attributes["x"] for text in group.css("text")} == {"100%"}


def test_results_and_pieces_say_what_they_are() -> None:
    groups = drawn({"c": "a - b", "d": "a + b"}, {"a": "250", "b": "200", "c": "50", "d": "450"})
    assert [group.attributes.get("class") for group in groups] == [None, None, "result", "result"]
    assert [group.attributes.get("data-of") for group in groups] == [None, None, "a", None]


def test_one_amount_makes_no_chart() -> None:
    assert drawn({}, {"a": "250", "rate": "0.1", "months": "3"}) == []
    assert drawn({}, {}) == []


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Owed", ["Owed"]),
        ("Debt above the value of the home and the car", ["Debt above the value of the", "home and the car"]),
        ("売却の費用を差し引いた手取り額、その残り", ["売却の費用を差し引いた手取り額、", "その残り"]),
        ("담보의 가치가 빚보다 낮은 값에 팔렸을 때", ["담보의 가치가 빚보다 낮은 값에", "팔렸을 때"]),
        ("a" * 60, ["a" * 27, "a" * 27, "a" * 6]),
        ("字" * 17, ["字" * 16, "字"]),
        ("", [""]),
    ],
)
def test_labels_break_into_lines_that_fit(label: str, lines: list[str]) -> None:
    assert list(chart._lines(label)) == lines
    groups = drawn({}, {"a": "2", "b": "1"}, label=label)
    first = groups[0].css("text")[0]
    assert first.text() == "".join(lines)
    assert len(first.css("tspan")) == len(lines) - 1
    # The next label begins below the bar.
    bottom = int(attribute(groups[0], "rect", "y")) + int(attribute(groups[0], "rect", "height"))
    assert int(groups[1].css("text")[0].attributes["y"] or "") - chart._LETTER > bottom


@pytest.mark.parametrize(
    "hostile", ["</text></svg><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a&lt;b"]
)
def test_what_is_hostile_stays_text(hostile: str) -> None:
    data = ExampleFigures(currency="USD", figures={"a": Decimal(1), "b": Decimal(2)})
    rows = [Row(name, hostile, hostile, False) for name in ("a", "b")]
    made = chart.chart(rows, data, data.figures, name=hostile, table=hostile, rtl=False)
    page = LexborHTMLParser(f"<main>{made}</main>")
    (svg,) = page.css("svg")
    assert svg.attributes["aria-label"] == hostile
    assert page.css("script, img, svg svg") == []
    assert [re.sub(r"\s", "", group.css("text")[1].text()) for group in page.css("g")] == [
        re.sub(r"\s", "", hostile)
    ] * 2
    assert {name for node in page.css("svg *") for name in node.attributes} <= {
        "data-figure",
        "x",
        "y",
        "dy",
        "width",
        "height",
    }


@pytest.mark.parametrize(("concept", "locale", "key"), EXAMPLES)
def test_every_shipped_example_has_a_chart_with_a_name_and_a_table(concept: str, locale: str, key: str) -> None:
    page = LexborHTMLParser(GLOSSARY.render(concept, locale))
    example = GLOSSARY.entry(concept, locale).examples[key]
    (svg,) = page.css(f"section[aria-labelledby=example-{key}] svg")
    assert svg.attributes["role"] == "img"
    assert example.title in (svg.attributes["aria-label"] or "")
    (table,) = page.css(f"table[id={svg.attributes['aria-describedby']}]")
    amounts = {row.name: row.amount for row in example.rows}
    for group in svg.css("g"):
        assert group.css("text")[1].text() == amounts[group.attributes["data-figure"] or ""]
    assert [cell.text() for cell in table.css("td")] == list(amounts.values())
    assert page.css("[style]") == []
