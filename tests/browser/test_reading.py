"""What a reader does: looks a definition up on the spot, sets two languages side by side, reads without scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

import deficiency_glossary as dg

LOCALES = ("en", "ms", "tr", "ko", "ja", "no")
GLOSSARY = dg.load()
LINK = 'article .definition a[href="../collateral/"]'
MAX_WEIGHT = 60_000  # bytes of a page with its style and its scripts, as they stand


@pytest.fixture
def page(quiet_window: Page) -> Page:
    return quiet_window


# --- definitions on the spot -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_a_definition_shows_when_the_pointer_rests_on_a_link(page: Page, origin: str, locale: str) -> None:
    page.goto(f"{origin}{locale}/deficiency-balance/", wait_until="networkidle")
    assert page.locator("body [title]").count() == 0
    page.hover(LINK)
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    entry = GLOSSARY.entry("collateral", locale)
    expect(card).to_contain_text(entry.description)
    expect(card).to_contain_text(entry.term.text)
    if entry.term.reading:
        expect(card).to_contain_text(entry.term.reading)
    # It can be pointed at without closing, and closes by Esc without moving the pointer (WCAG 1.4.13).
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.hover("h1")


def test_a_definition_shows_for_the_keyboard_and_is_read_out(page: Page, origin: str) -> None:
    page.goto(f"{origin}en/deficiency-balance/", wait_until="networkidle")
    link = page.locator(LINK).first
    page.locator('article .definition a[href="../creditor/"]').focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    expect(link).to_have_accessible_description(card.inner_text().replace("\n\n", " ").replace("\n", " "))
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(link).not_to_have_attribute("aria-describedby", "definition-card")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/collateral/")


@pytest.mark.parametrize("width", [320, 1200])
def test_a_definition_stays_inside_the_window(page: Page, origin: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 500})
    page.goto(f"{origin}tr/deficiency-balance/", wait_until="networkidle")
    page.locator("main a").first.focus()
    seen = 0
    for _ in range(30):
        page.keyboard.press("Tab")
        page.wait_for_timeout(30)
        if page.locator("[aria-describedby=definition-card]").count():
            box = page.locator("#definition-card").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            seen += 1
    assert seen >= 8


def test_the_first_tap_shows_and_the_second_goes_there(browser: Browser, origin: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 375, "height": 700})
    page = context.new_page()
    page.goto(f"{origin}ko/deficiency-balance/", wait_until="networkidle")
    page.tap(LINK)
    card = page.get_by_role("tooltip")
    expect(card).to_be_visible()
    assert page.url.endswith("/ko/deficiency-balance/")
    page.tap("h1")
    expect(card).to_be_hidden()
    page.tap(LINK)
    expect(card).to_be_visible()
    page.tap(LINK)
    page.wait_for_url("**/ko/collateral/")
    context.close()


# --- languages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("here", "there"), [("en", "ms"), ("ms", "ja"), ("ko", "tr"), ("no", "en")])
def test_two_languages_stand_side_by_side(page: Page, origin: str, here: str, there: str) -> None:
    page.goto(f"{origin}{here}/deficiency-balance/")
    page.click(".beside > p a")
    page.wait_for_url("**/compare/?entry=deficiency-balance")
    page.get_by_role("combobox").select_option(there)
    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator(f'.row > [lang="{"nb" if there == "no" else there}"]').first).to_be_visible()
    left, right = (GLOSSARY.entry("deficiency-balance", locale) for locale in (here, there))
    rows = [[cell.inner_text() for cell in row.locator("> div").all()] for row in page.locator(".row").all()]
    for name in left.sections:
        (row,) = [row for row in rows if row[0].startswith(left.sections[name].heading)]
        assert row[1].startswith(right.sections[name].heading)
    assert page.url.endswith(f"?entry=deficiency-balance&with={there}")
    assert page.evaluate("[...document.querySelectorAll('#comparison [id]')].length") == 0


@pytest.mark.parametrize("entry", ["nothing", "../../x", "<img src=x>", ""])
def test_the_two_language_view_of_nothing_is_empty(browser: Browser, origin: str, entry: str) -> None:
    page = browser.new_page()
    page.goto(f"{origin}en/compare/?entry={entry}&with=zz", wait_until="networkidle")
    assert page.locator(".row").count() == 0
    page.close()


@pytest.mark.parametrize(("preferred", "marked"), [("nb-NO", "nb"), ("no", "nb"), ("ko-KR", "ko"), ("fi-FI", None)])
def test_the_root_marks_the_reader_s_language_and_stays(
    browser: Browser, origin: str, preferred: str, marked: str | None
) -> None:
    context = browser.new_context(locale=preferred)
    page = context.new_page()
    page.goto(origin, wait_until="networkidle")
    assert page.url == origin
    shown = page.locator(".suggested").all()
    assert [item.get_attribute("lang") for item in shown] == ([marked] if marked else [])
    for item in shown:
        expect(item.locator("em")).to_be_visible()
    context.close()


def test_the_list_of_languages_opens_and_closes_by_keyboard(page: Page, origin: str) -> None:
    page.goto(f"{origin}en/", wait_until="networkidle")
    page.locator("details.languages summary").focus()
    page.keyboard.press("Enter")
    choice = page.get_by_role("link", name="한국어")
    expect(choice).to_be_visible()
    page.keyboard.press("Escape")
    expect(choice).to_be_hidden()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(choice).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ko/")


# --- without scripts, and light --------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_all_content_is_there_without_scripts(browser: Browser, origin: str, locale: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}{locale}/deficiency-balance/")
    shown = page.locator("main").inner_text()
    entry = GLOSSARY.entry("deficiency-balance", locale)
    for section in entry.sections.values():
        assert section.heading in shown
    for example in entry.examples.values():
        assert example.title in shown
        assert all(row.label in shown and row.amount in shown for row in example.rows)
    page.goto(f"{origin}{locale}/compare/")
    assert "JavaScript" in page.locator("main").inner_text()
    page.click("details.languages summary")
    expect(page.locator('nav a[hreflang="ja"]')).to_be_visible()
    context.close()


# What comes when the reader goes into the search field, and what one kind of page alone has a use for: a piece of its
# path, '' for the root.
OF_THE_SEARCH_FIELD = ("search.js", "lookup.js")
OF_ONE_KIND = {"compare.js": "/compare/", "results.js": "/search/", "suggest.js": ""}


def test_pages_are_light(built_site: Path) -> None:
    weights = {}
    for path in built_site.rglob("*.html"):
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        if tree.css_first("meta[http-equiv=refresh]") is None:
            name = path.relative_to(built_site).as_posix()
            weights[name] = path.stat().st_size + sum(part.stat().st_size for part in loaded(built_site, name))
    assert {path: weight for path, weight in weights.items() if weight > MAX_WEIGHT} == {}
    assert len(weights) > 100


def loaded(site: Path, page: str) -> list[Path]:
    """The style sheets and scripts that a page loads when it is opened."""
    parts = [part for part in site.glob("assets/*.*s*") if part.name not in OF_THE_SEARCH_FIELD]
    return [part for part in parts if part.name not in OF_ONE_KIND or _is_of(page, OF_ONE_KIND[part.name])]


def _is_of(page: str, piece: str) -> bool:
    return piece in f"/{page}" if piece else page == "index.html"
