"""axe-core on every kind of page in every language, light and dark: nothing at WCAG 2.2 AA, nor among its advice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

AXE = Path(__file__).resolve().parent.parent / "tools" / "node_modules" / "axe-core" / "axe.min.js"
LOCALES = ("en", "ms", "tr", "ko", "ja", "no")
KINDS = ("", "deficiency-balance/", "collateral/", "subjects/mortgage/", "about/", "404.html")
PAGES = ["", "404.html", *(f"{locale}/{kind}" for locale in LOCALES for kind in KINDS)]
PAGES += [f"{locale}/compare/?entry=collateral&with={'en' if locale != 'en' else 'ja'}" for locale in LOCALES]
TERMS = {"en": "loan", "ms": "pinjaman", "tr": "kredi", "ko": "대출", "ja": "ローン", "no": "lån"}
PAGES += [f"{locale}/search/{query}" for locale in LOCALES for query in ("", f"?q={TERMS[locale]}")]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules that colours decide. The others say of a dark page what they say of a light one, and take most of the time.
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """async asked => (await axe.run(document, {runOnly: asked})).violations.map(
  found => `${found.id}: ${found.help}: ${found.nodes.map(node => node.target.join(" ")).slice(0, 3).join("; ")}`)"""


@pytest.fixture(scope="module")
def axe() -> str:
    if AXE.is_file():
        return AXE.read_text(encoding="utf-8")
    reason = f"{AXE} is not here; with npm, make test brings it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One for all: opening another takes as long as looking at a page."""
    context = browser.new_context(bypass_csp=True, viewport={"width": 1100, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(window: Page, origin: str, axe: str, path: str) -> None:
    page = window
    page.emulate_media(color_scheme="light")
    page.goto(origin + path, wait_until="networkidle" if "?" in path else "load")
    page.evaluate(axe)
    found = [*page.evaluate(RUN, TAGS)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in page.evaluate(RUN, COLOURS)]
    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_an_open_calculator(
    browser: Browser, origin: str, axe: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{origin}en/deficiency-judgment/")
    page.click("details.calculator summary")
    page.locator("details.calculator input").first.fill("x")
    page.evaluate(axe)
    found = page.evaluate(RUN, TAGS)
    context.close()
    assert found == []


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_in_the_open_list_of_the_search_field(
    browser: Browser, origin: str, axe: str, locale: str
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{origin}{locale}/creditor/")
    page.focus("#site_search")
    page.keyboard.type(TERMS[locale])
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate(axe)
    found = [*page.evaluate(RUN, TAGS)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in page.evaluate(RUN, COLOURS)]
    context.close()
    assert found == []


def test_axe_would_find_something(browser: Browser, axe: str) -> None:
    page = browser.new_page()
    page.set_content(
        '<!DOCTYPE html><html lang="en"><title>x</title><main><h1>x</h1><img src="x"><a href="#"></a></main>'
    )
    page.evaluate(axe)
    codes = {one.split(":")[0] for one in page.evaluate(RUN, TAGS)}
    page.close()
    assert {"image-alt", "link-name"} <= codes
