"""The built site in a real browser: it arrives whole, asks nobody else, and fits narrow and wide windows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from deficiency_glossary.render.html import to_html

LOCALES = {"en": "en", "ms": "ms", "tr": "tr", "ko": "ko", "ja": "ja", "no": "nb"}
WINDOWS: list[tuple[int, Literal["light", "dark"]]] = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]

# (path, lang of the page, status)
PAGES = [
    ("", "en", 200),
    ("nothing/at/all/", "en", 404),
    *((f"{locale}/404.html", tag, 200) for locale, tag in LOCALES.items()),
    *((f"{locale}/about/", tag, 200) for locale, tag in LOCALES.items()),
    *((f"{locale}/compare/?entry=creditor", tag, 200) for locale, tag in LOCALES.items()),
    *((f"{locale}/subjects/law/", tag, 200) for locale, tag in LOCALES.items()),
    *((f"{locale}/", tag, 200) for locale, tag in LOCALES.items()),
    *((f"{locale}/deficiency-balance/", tag, 200) for locale, tag in LOCALES.items()),
]


def opened(browser: Browser) -> tuple[Page, list[str], list[str]]:
    """A page, what it complains of, and the addresses that it asks for."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    # What is under way when a page is left is given up by the browser.
    page.on(
        "requestfailed",
        lambda request: complaints.append(f"failed: {request.url}") if request.failure != "net::ERR_ABORTED" else None,
    )
    return page, complaints, asked


@pytest.mark.parametrize(("path", "lang", "status"), PAGES)
def test_a_page_arrives_whole_and_fits(browser: Browser, origin: str, path: str, lang: str, status: int) -> None:
    page, complaints, asked = opened(browser)
    response = page.goto(origin + path, wait_until="load")
    page.wait_for_timeout(100)  # what scripts ask for and complain of
    assert response is not None
    assert response.status == status
    # Chromium itself notes on the console that the document came with status 404.
    assert [text for text in complaints if status == 200 or "404" not in text] == []
    assert origin + "assets/style.css" in asked
    assert [url for url in asked if not url.startswith(origin)] == []
    assert page.get_attribute("html", "lang") == lang
    expect(page.locator("h1")).to_be_visible()
    grounds = set()
    for width, scheme in WINDOWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        grounds.add((scheme, page.evaluate("getComputedStyle(document.body).backgroundColor")))
    assert len({ground for _, ground in grounds}) == len(grounds) == 2
    page.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_entry_is_wider_than_a_telephone(browser: Browser, origin: str, built_site: Path, locale: str) -> None:
    page, complaints, _ = opened(browser)
    page.set_viewport_size({"width": 320, "height": 800})
    every = sorted((built_site / locale).glob("*/index.html"))
    entries = [path.parent.name for path in every if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")]
    assert len(entries) >= 12
    for entry in entries:
        page.goto(f"{origin}{locale}/{entry}/", wait_until="load")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, entry
    assert complaints == []
    page.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_an_old_address_arrives_at_the_page(browser: Browser, origin: str, locale: str) -> None:
    page, complaints, _ = opened(browser)
    page.goto(f"{origin}{locale}/deficiency_balance/")
    page.wait_for_url(f"{origin}{locale}/deficiency-balance/")
    assert complaints == []
    page.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_link_in_the_frame_of_a_page_can_be_followed(browser: Browser, origin: str, locale: str) -> None:
    page, _, _ = opened(browser)
    page.goto(f"{origin}{locale}/deficiency-balance/")
    for other in LOCALES:
        page.click("details.languages summary")
        page.click(f'nav a[hreflang="{LOCALES[other]}"]')
        page.wait_for_url(f"{origin}{other}/deficiency-balance/")
    page.click(".site-title a")
    page.wait_for_url(f"{origin}{list(LOCALES)[-1]}/")
    page.close()


def test_the_first_tab_leads_past_the_frame(browser: Browser, origin: str) -> None:
    page, _, _ = opened(browser)
    page.goto(f"{origin}ja/deficiency-balance/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("/ja/deficiency-balance/#content")
    page.close()


def test_no_hostile_content_runs(browser: Browser) -> None:
    """Every payload of the render tests as a page: no dialog, no request, no script, no address that runs."""
    payloads = json.loads((Path(__file__).parents[1] / "render" / "payloads.json").read_text(encoding="utf-8"))
    page = browser.new_page()
    events: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        events.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("request", lambda request: events.append(request.url))
    page.set_content(f"<!DOCTYPE html><title>t</title>{''.join(to_html(payload) for payload in payloads)}")
    for link in page.locator("a[href]").all():
        # ":" is an address relative to a page without one.
        assert link.evaluate("link => link.protocol") in ("http:", "https:", "mailto:", ":")
    page.wait_for_timeout(100)
    assert page.locator("script, iframe, img, svg, style, base, [onclick], [onerror], [style]").count() == 0
    assert events == []
    page.close()
