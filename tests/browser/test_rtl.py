"""A language that is written from right to left: the same templates, mirrored. The glossary is tests/glossaries/rtl."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import served
from playwright.sync_api import Browser, Page

import deficiency_glossary as dg
from deficiency_glossary.checks.built import check_site

RTL = Path(__file__).parents[1] / "glossaries" / "rtl"
WIDTH = 1280
PAGES = ("sale/", "loan/", "", "subjects/housing/", "about/", "compare/?entry=sale", "404.html", "credit/")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("rtl") / "public"
    dg.load(RTL).build(out)
    return out


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": WIDTH, "height": 800})
    yield page
    page.close()


def boxes(page: Page, selector: str) -> list[tuple[float, float]]:
    """The left and right edges of every box, from the left of the window."""
    found: list[dict[str, float]] = page.locator(selector).evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    return [(box["left"], box["right"]) for box in found if box["width"]]


def style(page: Page, selector: str, name: str) -> Any:
    return page.locator(selector).first.evaluate(f"one => getComputedStyle(one)['{name}']")


def edges(page: Page, selector: str, text: str) -> tuple[float, float]:
    """Where the first and the last character of a text stand, from the left of the window."""
    places: list[float] = page.locator(selector).first.evaluate(
        """(one, text) => {
          const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode, at = node.data.indexOf(text);
            if (at < 0) continue;
            return [at, at + text.length - 1].map((place) => {
              const range = document.createRange();
              range.setStart(node, place);
              range.setEnd(node, place + 1);
              return range.getBoundingClientRect().left;
            });
          }
          throw new Error(`no ${text} in ${one.outerHTML}`);
        }""",
        text,
    )
    return places[0], places[1]


def test_the_glossary_is_sound(site: Path) -> None:
    assert dg.load(RTL).check() == []
    assert check_site(site) == []


@pytest.mark.parametrize("path", [path for path in PAGES if path != "credit/"])
def test_every_box_stands_where_its_mirror_image_would(page: Page, address: str, path: str) -> None:
    """Boxes whose width the words do not decide."""
    selectors = ("header.site", "main", "main > *", "article > *", "table", "footer.site", "section.head > *", "ul")
    places = {}
    for locale in ("en", "ar"):
        page.goto(f"{address}{locale}/{path}", wait_until="networkidle" if "?" in path else "load")
        assert page.get_attribute("html", "dir") == ("rtl" if locale == "ar" else "ltr")
        places[locale] = {selector: boxes(page, selector) for selector in selectors}
    for selector in selectors:
        # The lists of the two languages differ in length where their alphabets do.
        for (left, right), (start, end) in zip(places["en"][selector], places["ar"][selector], strict=False):
            assert (WIDTH - end, WIDTH - start) == pytest.approx((left, right), abs=1), selector
    assert places["ar"]["header.site"]


def test_an_entry_is_mirrored(page: Page, address: str) -> None:
    page.goto(f"{address}ar/sale/")
    for name, there, elsewhere in (("borderRightWidth", ".definition", "borderLeftWidth"),
                                   ("paddingRight", ".definition ul", "paddingLeft")):  # fmt: skip
        assert float(style(page, there, name).removesuffix("px")) > 0
        assert style(page, there, elsewhere) == "0px"
    (text,), (mark,) = boxes(page, ".definition > p:nth-of-type(2)"), boxes(page, ".definition")
    assert text[1] < mark[1] - 4
    (title,), (menu,) = boxes(page, ".site-title"), boxes(page, "header.site nav")
    assert title[0] > menu[1]
    (aside,), (definition,) = boxes(page, ".beside"), boxes(page, ".definition")
    assert aside[1] < definition[0]
    (language,), (term,) = boxes(page, ".translations small bdi"), boxes(page, ".translations a > bdi")
    assert language[1] == pytest.approx(term[1], abs=1)
    # Amounts stand at the far end of their cells, labels at the near one.
    (table,) = boxes(page, "table")
    for cell, edge in ((".result td", table[0]), (".result th", table[1])):
        ends = page.locator(cell).evaluate(
            """one => {
              const range = document.createRange();
              range.selectNodeContents(one);
              const {left, right} = range.getBoundingClientRect();
              return [left, right];
            }"""
        )
        assert min(abs(end - edge) for end in ends) < 8, cell
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH


@pytest.mark.parametrize(
    ("path", "selector", "text"),
    [
        ("sale/", "#notes ~ p a", "https://example.org/sale/"),
        ("sale/", ".sources a", "What is a home sale?"),
        ("sale/", ".names dd", "home sale, U.S."),
        ("sale/", "td.amount", "US$"),
        ("sale/", "section.example .story > p", "US$"),
        ("sale/", "footer.site", "Example, Inc."),
        ("", "section.head .see", "home sale, U.S."),
    ],
)
def test_what_is_written_from_left_to_right_keeps_its_order(
    page: Page, address: str, path: str, selector: str, text: str
) -> None:
    page.goto(f"{address}ar/{path}")
    first, last = edges(page, selector, text)
    assert first < last
    # Without the help of templates and sheet its last sign wanders to the other side.
    page.evaluate(
        """() => {
          for (const one of document.querySelectorAll("bdi, [dir=auto]")) one.replaceWith(...one.childNodes);
          for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) sheet.remove();
          document.body.innerHTML = document.body.innerHTML.replaceAll("\u200e", "");
        }"""
    )
    first, last = edges(page, selector, text)
    assert first > last


def test_each_language_of_a_choice_stands_on_its_side(page: Page, address: str) -> None:
    page.goto(address)
    directions = page.locator(".choices li").evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert directions == ["ltr", "rtl"]


def test_an_arrow_points_the_way_one_reads(site: Path) -> None:
    assert " ← <a" in (site / "ar" / "index.html").read_text(encoding="utf-8")
    assert " → <a" in (site / "en" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in PAGES if path != "credit/"])  # an old address moves on
def test_no_page_is_wider_than_a_telephone(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}ar/{path}", wait_until="networkidle" if "?" in path else "load")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    left = page.evaluate(
        "Math.min(...[...document.querySelectorAll('main *')].map(o => o.getBoundingClientRect().left))"
    )
    assert left >= 0


def test_a_definition_on_the_spot_stays_inside_the_window(page: Page, address: str) -> None:
    page.goto(f"{address}ar/sale/", wait_until="networkidle")
    link = page.locator(".definition a").first
    link.hover()
    card = page.get_by_role("tooltip")
    card.wait_for()
    (box,), (at,) = boxes(page, "[role=tooltip]"), [link.evaluate("one => one.getClientRects()[0].right")]
    assert 0 <= box[0] < box[1] <= WIDTH
    assert box[1] == pytest.approx(at, abs=1)
