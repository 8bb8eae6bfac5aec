"""The calculator in a real browser says what the Python renderer says, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Locator, Page, expect
from selectolax.lexbor import LexborHTMLParser

import deficiency_glossary as dg
from deficiency_glossary.model import ExampleFigures, ExampleText
from deficiency_glossary.render import calculator, chart
from deficiency_glossary.render.views import Example
from deficiency_glossary.text import formats

GLOSSARY = dg.load()
LOCALES = GLOSSARY.locales
SEED = 20261121


# One page with every example of a language; the sections are those of the built site.
SHELL = """<!DOCTYPE html><html lang="{tag}" dir="{dir}" data-root="../" data-locale="{locale}"><title>x</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="../assets/style.css">
<script type="module" src="../assets/site.js"></script><main><article>{sections}</article></main></html>"""

# Types figures into the form of each case's example and tells what stands there then.
PLAY = """cases => cases.map(({ section, typed, currency }) => {
  const example = document.querySelectorAll("[data-calculator]")[section];
  const form = example.querySelector("form");
  form.querySelector("select").value = currency;
  for (const [name, text] of Object.entries(typed)) form.querySelector(`input[id$="-${name}"]`).value = text;
  form.dispatchEvent(new Event("input", { bubbles: true }));
  const told = [...example.querySelectorAll(".story > *")].map((part) => part.textContent);
  return {
    story: told.join("\\n\\n"),
    rows: [...example.querySelectorAll("td")].map((cell) => cell.textContent),
    chart: example.querySelector("svg").outerHTML.replaceAll("&nbsp;", "\\u00a0").replaceAll("></rect>", "/>"),
    errors: [...example.querySelectorAll(".error")].map((error) => error.textContent).join(""),
  };
})"""


def examples(locale: str) -> list[dg.Example]:
    return [example for concept in GLOSSARY.concepts for example in GLOSSARY.entry(concept, locale).examples.values()]


def shell(built_site: Path, locale: str, direction: str = "ltr") -> str:
    sections = []
    for concept in GLOSSARY.concepts:
        page = LexborHTMLParser((built_site / locale / concept / "index.html").read_text(encoding="utf-8"))
        sections += [str(section.html) for section in page.css("section[data-calculator]")]
    tag = GLOSSARY._library.locale_file(locale).require().tag
    return SHELL.format(tag=tag, dir=direction, locale=locale, sections="\n".join(sections)).replace("></rect>", "/>")


def drawing(example: dg.Example, *, rtl: bool = False) -> str:
    """The chart that the server would draw, without its name and the id of its table."""
    made = chart.chart(example.rows, example.data, example.figures, name="", table="", rtl=rtl)
    return str(made).partition(' width="100%"')[2]


@pytest.fixture
def page(quiet_window: Page) -> Page:
    return quiet_window


def opened(page: Page, origin: str, content: str, count: int) -> None:
    """All examples of a language on one page, all forms open."""
    page.route(f"{origin}play/", lambda route: route.fulfill(body=content, content_type="text/html; charset=utf-8"))
    page.goto(f"{origin}play/")
    expect(page.locator("details.calculator:not([hidden])")).to_have_count(count)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    expect(page.locator("details form")).to_have_count(count)


def cases(all_examples: list[dg.Example]) -> Iterator[tuple[dict[str, Any], dg.Example]]:
    """What a reader types, and the example with these figures."""
    random = Random(SEED)
    currencies = calculator.OFFERED
    for section, example in enumerate(all_examples):
        for round_, currency in enumerate([*currencies, *currencies, *("USD", "NOK", "TRY") * 3]):
            figures = {name: figure(random, example.data.kinds.get(name), round_) for name in example.data.figures}
            typed = {name: as_typed(random, value, example, name) for name, value in figures.items()}
            case = {"section": section, "typed": typed, "currency": currency}
            try:
                yield case, example.with_figures(**figures).in_currency(currency)
            except dg.GlossaryError:
                continue  # no result: a test of its own


def figure(random: Random, kind: str | None, round_: int) -> Decimal:
    sign = random.choice([1, 1, 1, -1]) if round_ > 20 else 1
    if kind == "percent":
        return Decimal(random.choice([0, 5, 20, 33, 125, 1250])) / random.choice([100, 1000])
    sizes = [random.randrange(10), random.randrange(1, 10) * 10 ** random.randrange(7), random.randrange(10**6)]
    value = random.choice([*sizes, 1, 10 ** random.randrange(15), 10**15 - random.randrange(1, 9)])
    return Decimal(sign * value) + Decimal(random.choice(["0", "0", "0", "0.5", "0.25", "0.105"]))


def as_typed(random: Random, value: Decimal, example: dg.Example, name: str) -> str:
    """A figure as a reader of the language may type it."""
    shown = value * 100 if example.data.kinds.get(name) == "percent" else value
    grouped = formats.format_number(shown, example.locale)
    plain = f"{shown.normalize():f}".replace(".", formats.format_number("0.5", example.locale)[1])
    return random.choice([grouped, plain, f" {plain} "])


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_shown_is_what_python_shows(page: Page, origin: str, built_site: Path, locale: str) -> None:
    shown = examples(locale)
    opened(page, origin, shell(built_site, locale), len(shown))
    played = list(cases(shown))
    assert len(played) > 300
    for (case, example), got in zip(played, page.evaluate(PLAY, [case for case, _ in played]), strict=True):
        assert got["errors"] == "", case
        assert got["story"] == example.text.text(), case
        assert got["rows"] == [row.amount for row in example.rows], case
        assert got["chart"].partition(' width="100%"')[2] == drawing(example), case


def test_the_chart_is_mirrored_where_text_runs_from_the_right(page: Page, origin: str, built_site: Path) -> None:
    shown = examples("en")
    content = shell(built_site, "en", "rtl")
    for example in shown:
        content = content.replace(drawing(example), drawing(example, rtl=True))
    opened(page, origin, content, len(shown))
    played = [(case, example) for case, example in cases(shown) if case["currency"] == "EUR"]
    for (_, example), got in zip(played, page.evaluate(PLAY, [case for case, _ in played]), strict=True):
        assert got["chart"].partition(' width="100%"')[2] == drawing(example, rtl=True)


# --- what a reader types ---------------------------------------------------------------------------------------------

READ = """async ([locale, texts, shift]) => {
  const { read } = await import("/assets/figures.js");
  const { base } = await (await fetch(`/${locale}/amounts.json`)).json();
  const shown = (found) => found && (Number(found[0]) / Number(found[1])).toString();
  return texts.map((text) => shown(read(text, { ...base, shift })));
}"""


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("en", {"250000": "250000", "250,000": "250000", "250 000": "250000", "1,234,567.5": "1234567.5", ".5": "0.5"}),
        ("en", {"２５０，０００": "250000", "−5": "-5", "- 5": "-5", "007": "7", "1\u2009000": "1000"}),
        ("en", dict.fromkeys(["", " ", "abc", "1,23,4", "1.2.3", "12,34", "1,000 000", "--5", "5-"])),
        ("en", dict.fromkeys(["$5", "1e3", ".", "5%", "\u200e5"])),
        ("en", {"9" * 15: "9" * 15, "9" * 16: None, "0.1234567": None}),
        ("tr", {"250.000": "250000", "250000,5": "250000.5", "1.234.567,5": "1234567.5"}),
        ("tr", {"250,000": "250", "2.5": None}),
        ("no", {"250 000": "250000", "250\u00a0000,5": "250000.5", "2.5": "2.5", "250.000": None, "250,000": "250"}),
        ("ko", {"250,000": "250000", "250000.5": "250000.5", "2,5": None}),
        ("ja", {"１２，３４５．５": "12345.5", "12345円": None}),
        ("ms", {"250,000.50": "250000.5"}),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_language_writes_them(
    page: Page, origin: str, locale: str, typed: dict[str, str | None]
) -> None:
    page.goto(f"{origin}{locale}/")
    assert dict(zip(typed, page.evaluate(READ, [locale, list(typed), 0]), strict=True)) == typed


def test_a_percentage_may_have_its_sign(page: Page, origin: str) -> None:
    page.goto(f"{origin}tr/")
    assert page.evaluate(READ, ["tr", ["5", "%5", "5 %", "12,5", "-%5", "%"], 2]) == [
        "0.05",
        "0.05",
        "0.05",
        "0.125",
        "-0.05",
        None,
    ]


WRITE = """async ([data, wanted]) => {
  const { written, decimal } = await import("/assets/figures.js");
  const { base, currencies, percent, tag } = data;
  const forms = (code) => code === "percent" ? percent : code === "number" ? {} : currencies[code].symbol;
  return wanted.map(([code, amount]) => written(decimal(amount), { ...base, ...forms(code) }, tag).text);
}"""


@pytest.mark.parametrize("tag", ["ar", "de-AT", "en-IN", "fa", "fr", "fr-CH", "he", "hi", "pl", "ru"])
def test_amounts_are_written_as_in_python_in_other_languages_too(page: Page, origin: str, tag: str) -> None:
    locale = replace(GLOSSARY._library.locale_file("en").require(), tag=tag)
    codes = (*calculator.OFFERED, "BHD", "percent", "number")
    wanted = [(code, amount) for code in codes for amount in ("0", "1", "-1234.5", "1234567.125", "0.005", "-0.001")]
    page.goto(f"{origin}en/")
    shown = page.evaluate(WRITE, [calculator.amounts(locale, ["BHD"]), wanted])
    assert dict(zip(wanted, shown, strict=True)) == {
        (code, amount): as_shown(code, amount, tag) for code, amount in wanted
    }


def as_shown(code: str, amount: str, tag: str) -> str:
    """The amount as pages of the language have it."""
    kinds: dict[str, Any] = {"a": code} if code in ("percent", "number") else {}
    figures = ExampleFigures(currency="USD" if kinds else code, figures={"a": Decimal(amount)}, kinds=kinds)
    told = ExampleText(title="x", text="x", labels={"a": "x"})
    (row,) = Example("x", tag, figures, told, figures.figures).rows
    return row.amount


# --- the form --------------------------------------------------------------------------------------------------------


def play(page: Page, origin: str, path: str, number: int = 0) -> Locator:
    """The example of a page, its form open."""
    page.goto(origin + path)
    example = page.locator("[data-calculator]").nth(number)
    example.locator("summary").click()
    expect(example.locator("form")).to_be_visible()
    return example


@pytest.mark.parametrize("locale", ["no", "ko"])
def test_what_is_no_number_is_said_at_the_field(page: Page, origin: str, locale: str) -> None:
    example = play(page, origin, f"{locale}/deficiency-balance/")
    words = GLOSSARY._library.locale_file(locale).require().messages
    labels = GLOSSARY.entry("deficiency-balance", locale).examples["short-sale"].told.labels
    field = example.get_by_label(labels["owed"])
    story = example.locator(".story").inner_text()
    field.fill("x")
    assert field.get_attribute("aria-invalid") == "true"
    tag = GLOSSARY._library.locale_file(locale).require().tag
    message = words.not_a_number.replace("{example}", formats.format_number("1234.5", tag))
    expect(field).to_have_accessible_description(message)
    assert example.locator(".story").inner_text() == story
    # The currency can still be changed; the figures are the last good ones.
    example.get_by_label(words.currency).select_option("EUR")
    shown = GLOSSARY.entry("deficiency-balance", locale).examples["short-sale"].in_currency("EUR")
    assert example.locator("td").all_inner_texts() == [row.amount for row in shown.rows]
    expect(field).to_have_accessible_description(message)
    field.fill("210000")
    assert field.get_attribute("aria-invalid") == "false"
    expect(field).to_have_accessible_description("")


def test_no_result_is_said_at_the_field_that_was_changed(page: Page, origin: str) -> None:
    example = play(page, origin, "en/mortgage/")
    labels = GLOSSARY.entry("mortgage", "en").examples["loan-to-value"].told.labels
    price, later = (example.get_by_label(labels[name], exact=True) for name in ("price", "later_value"))
    before = example.locator("tbody").inner_text()
    later.fill("0")
    words = GLOSSARY._library.locale_file("en").require().messages
    expect(later).to_have_accessible_description(words.no_result)
    assert price.get_attribute("aria-invalid") == "false"
    assert example.locator("tbody").inner_text() == before
    example.get_by_label(words.currency).select_option("EUR")
    expect(later).to_have_accessible_description(words.no_result)
    later.fill("115000")
    expect(later).to_have_accessible_description("")
    expect(example.locator("tbody")).to_contain_text("200%")


@pytest.mark.parametrize("locale", ["tr", "en"])
def test_reset_brings_everything_back(page: Page, origin: str, locale: str) -> None:
    example = play(page, origin, f"{locale}/deficiency-judgment/")

    def shown() -> list[str]:
        return [part.inner_html() for part in example.locator(".story, svg, tbody").all()]

    before = shown()
    fields = example.locator("input")
    values = [field.input_value() for field in fields.all()]
    for number in range(fields.count()):
        fields.nth(number).fill("7")
    fields.first.fill("x")
    example.locator("select").select_option("KRW")
    assert shown() != before
    example.get_by_role("button").click()
    expect(fields.first).to_have_value(values[0])
    expect(example.locator("select")).to_have_value("USD")
    expect(fields.first).to_have_attribute("aria-invalid", "false")
    assert [field.input_value() for field in fields.all()] == values
    assert shown() == before


def test_the_keyboard_is_enough_and_results_are_read_out_after_a_pause(page: Page, origin: str) -> None:
    page.goto(f"{origin}en/deficiency-balance/")
    example = page.locator("[data-calculator]").first
    output = example.locator("output")
    expect(example.locator("summary")).to_be_visible()
    example.locator(".story a").last.focus()
    page.keyboard.press("Tab")
    expect(example.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(example.locator("form")).to_be_visible()
    page.keyboard.press("Tab")
    expect(example.locator("input").first).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("300000")
    expect(example.locator("tr.result td")).to_have_text("$100,000")
    assert output.text_content() == ""
    expect(output).to_contain_text("$100,000")
    page.keyboard.press("Enter")  # sends nothing
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(example.locator("select")).to_be_focused()
    page.keyboard.type("Euro")
    expect(example.locator("tr.result td")).to_have_text("€100,000")
    page.keyboard.press("Tab")
    expect(example.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(example.locator("tr.result td")).to_have_text("$50,000")
    assert page.url.endswith("/en/deficiency-balance/")


@pytest.mark.parametrize("locale", LOCALES)
def test_all_of_it_fits_on_a_telephone(page: Page, origin: str, built_site: Path, locale: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    shown = examples(locale)
    opened(page, origin, shell(built_site, locale), len(shown))
    large = [
        {
            "section": number,
            "typed": {name: "-999999999999" for name in example.data.figures if name not in example.data.kinds},
            "currency": "IDR",
        }
        for number, example in enumerate(shown)
    ]
    outside = """[...document.querySelectorAll("svg text")].filter(
      (text) => text.getBoundingClientRect().right > text.ownerSVGElement.getBoundingClientRect().right + 1
    ).map((text) => text.textContent)"""
    assert page.evaluate(outside) == []
    page.evaluate(PLAY, large)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(outside) == []


def test_numbers_are_fetched_when_they_are_wanted(page: Page, origin: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(origin)))
    page.goto(f"{origin}ko/deficiency-balance/")
    expect(page.locator("summary").nth(1)).to_be_visible()
    wanted = {"ko/amounts.json", "assets/figures.js"}
    assert "assets/calculator.js" in asked
    assert wanted.isdisjoint(asked)
    page.locator("summary").nth(1).focus()
    expect(page.locator(".calculator form")).to_have_count(1)
    assert wanted <= set(asked)
    asked.clear()
    page.goto(f"{origin}ko/creditor/")
    assert "assets/calculator.js" not in asked


def test_without_the_numbers_the_example_stays_as_it_came(browser: Browser, origin: str) -> None:
    page = browser.new_page()
    page.route("**/amounts.json", lambda route: route.abort())
    page.goto(f"{origin}en/deficiency-balance/")
    page.locator("summary").nth(1).click()
    expect(page.locator("details.calculator").first).to_be_hidden()
    assert "$250,000" in page.locator(".story").first.inner_text()
    page.close()


def test_without_scripts_there_is_a_chart_and_no_dead_form(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}tr/deficiency-balance/")
    expect(page.get_by_role("img")).to_have_count(2)
    expect(page.locator("details.calculator").first).to_be_hidden()
    assert page.locator("main form, main input").count() == 0
    context.close()
