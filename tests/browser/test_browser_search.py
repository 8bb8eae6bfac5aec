"""Search as a reader meets it: the script's answers are Python's, the field works by keyboard, the page finds."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from conftest import served
from large import large_glossary
from playwright.sync_api import Browser, Page, Request, Route, expect

import deficiency_glossary as dg
from deficiency_glossary.site.search_files import files
from deficiency_glossary.text import folding
from deficiency_glossary.text.search import Index, Searchable, query_of

QUERIES = Path(__file__).parent.parent / "text" / "queries"
GLOSSARY = dg.load()
FIRST, SHARE = 3, 0.95
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "%",
    "%E0%A4%A",
    "?!…",
    "a" * 5000,
    "\\",
    "'\"><script>alert(1)</script>",
    "{query}",
]
HELD = 5  # the script's last rank, which Python's index of terms has not


@pytest.fixture
def page(quiet_window: Page, origin: str) -> Iterator[Page]:
    """A page that may ask nobody else."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    quiet_window.on("request", note)
    yield quiet_window
    quiet_window.remove_listener("request", note)
    assert [url for url in asked if not url.startswith(origin)] == []


@cache
def pairs(locale: str) -> list[tuple[str, str]]:
    lines = (QUERIES / f"{locale}.txt").read_text(encoding="utf-8").splitlines()
    return [(query, concept) for line in lines if line and line[0] != "#" for query, concept in [line.split("\t")]]


@cache
def terms_index(locale: str) -> Index:
    """Python's index, of terms alone as the browser's is."""
    entries = [GLOSSARY.entry(concept, locale) for concept in GLOSSARY.concepts]
    return Index(
        Searchable(entry.concept, [(term.text, term.reading, term.status) for term in entry.terms], "")
        for entry in entries
    )


def generated(locale: str) -> list[str]:
    """Beginnings, ends, parts, words turned round, other spellings: of every term and reading."""
    found = []
    for concept in GLOSSARY.concepts:
        for term in GLOSSARY.entry(concept, locale).terms:
            for text in filter(None, [term.text, term.reading]):
                spoken = folding.fold(text)
                found += [text[: len(text) // 2], text[len(text) // 3 :], text.upper(), f" {text}?", spoken + "x"]
                found += [" ".join(reversed(text.split())), folding.romanize(spoken), folding.loose(spoken)]
                found += [folding.choseong(text), folding.choseong(text)[1:], text.replace(" ", "")]
    return sorted(set(found))


# --- the same as Python ----------------------------------------------------------------------------------------------

IN_PAGE = """async ([queries, call]) => {
  const site = new URL(document.documentElement.dataset.root, document.baseURI);
  const [lookup, field, page] = await Promise.all(
    ["lookup", "search", "results"].map((name) => import(new URL(`assets/${name}.js`, site))));
  const { rules } = await field.load("index");
  const linked = () => [...document.querySelectorAll("[data-results] a")].map((link) => link.getAttribute("href"));
  const answer = {
    fold: async (query) => {
      const { folded, compact, loose, choseong } = lookup.queryOf(query, rules);
      return [folded, compact, loose, choseong];
    },
    find: field.find,
    show: async (query) => { await page.showResults(query); return linked(); },
  }[call];
  const answers = [];
  for (const query of queries) answers.push(await answer(query));
  return answers;
}"""


def answers(page: Page, queries: list[str], call: str) -> list[Any]:
    found: list[Any] = page.evaluate(IN_PAGE, [queries, call])
    assert len(found) == len(queries)
    return found


@pytest.mark.parametrize("locale", GLOSSARY.locales)
def test_the_field_finds_what_python_finds_in_the_same_order(page: Page, origin: str, locale: str) -> None:
    page.goto(f"{origin}{locale}/search/")
    queries = [query for query, _ in pairs(locale)] + generated(locale) + [*HOSTILE, ""]
    found = answers(page, queries, "find")
    for query, hits in zip(queries, found, strict=True):
        expected = terms_index(locale).search(query, limit=100)
        # After these come concepts whose term the query holds: inflected, or in a sentence.
        shown = [(hit["concept"], hit["term"], hit["matched"], *hit["rank"]) for hit in hits if hit["rank"][0] < HELD]
        assert shown == [(hit.concept, hit.term, hit.matched, *hit.rank) for hit in expected], query
    assert len(queries) > 150
    assert sum(bool(hits) for hits in found) > len(queries) / 2


def every_character() -> list[str]:
    """All that Unicode has assigned, but for ideograms and syllables beyond the first thousand of each block."""
    skipped = [(0x3800, 0x4DB0), (0x5200, 0x9FF0), (0xB000, 0xD780), (0x17000, 0x1B000), (0x20000, 0x40000)]
    return [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
        and not any(first <= code < last for first, last in skipped)
    ]


def test_every_character_is_folded_as_in_python(page: Page, origin: str) -> None:
    page.goto(f"{origin}en/search/")
    rng = Random(20261121)
    single = every_character()
    queries = [f"a{character}b" for character in single]
    queries += ["".join(rng.choices(single[:12_000], k=8)) for _ in range(2000)]
    queries += [
        "ΟΔΥΣΣΕΥΣ ΣΑΣ",
        "İIıi",
        "ǿǾ",
        "ﾀﾝﾎﾟ",
        "ㄱㄽㄷ",
        "ㄳ ㄵ\u3000ㄶ",
        "\x1cㄱ\x85ㄴ",
        "\ufeffㄱ",
        "chi tchi sshu",
    ]
    found = answers(page, queries, "fold")
    different = [(query, one) for query, one in zip(queries, found, strict=True) if one != list(query_of(query))]
    assert different == []
    assert len(queries) > 30_000


# --- what is expected is found ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", GLOSSARY.locales)
def test_the_page_shows_the_expected_entry_among_the_first(page: Page, origin: str, locale: str) -> None:
    page.goto(f"{origin}{locale}/search/")
    expected = pairs(locale)
    found = answers(page, [query for query, _ in expected], "show")
    missed = [
        f"{query}: expected {concept}, shown {links[:FIRST]}"
        for (query, concept), links in zip(expected, found, strict=True)
        if f"{origin}{locale}/{concept}/" not in links[:FIRST]
    ]
    print(f"{locale}: {len(expected) - len(missed)} of {len(expected)}", *missed, sep="\n  ")
    assert len(expected) >= 12
    assert len(expected) - len(missed) >= SHARE * len(expected), missed
    assert all(len(set(links)) == len(links) for links in found)


# --- an index in parts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", ["ko", "ja", "no"])
def test_a_large_index_is_loaded_in_small_parts_and_gives_the_same(page: Page, origin: str, locale: str) -> None:
    concepts = large_glossary(locale, 300)
    made = dict(files(concepts, GLOSSARY._library.locale_file(locale).require(), 4000))
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.rpartition("/")[2])
        route.fulfill(body=made[asked[-1]], content_type="application/json")

    page.route(f"{origin}{locale}/search/*.json", answer)
    page.goto(f"{origin}{locale}/search/")
    index = Index(
        Searchable(name, [(term.text, term.reading, term.status) for term in terms], "") for name, terms, _ in concepts
    )
    rng = Random(locale)
    terms = [term for _, terms, _ in rng.sample(concepts, 10) for term in terms]
    words = [word for term in terms for word in (term.text, term.text.split()[-1], term.reading or term.text)]
    queries = [word[: rng.randrange(1, len(word) + 1)] for word in words] + [folding.choseong(word) for word in words]
    found = answers(page, [query for query in queries if query.strip()], "find")
    for query, hits in zip(filter(str.strip, queries), found, strict=True):
        # A match inside a word is found in one part alone, so it is left out here.
        expected = [hit for hit in index.search(query, 10) if hit.rank[0] in (0, 1, 2)]
        assert [hit["concept"] for hit in hits[: len(expected)]] == [hit.concept for hit in expected], query
    assert len(made) > 40
    assert len(asked) == len(set(asked))
    # One query: the manifest, and a part for it and for what it may be spelled like.
    page.reload()
    asked.clear()
    answers(page, [terms[0].text], "find")
    assert asked[0] == "index.json"
    assert 1 <= len(asked) - 1 <= 3


def test_words_in_another_order_are_found_in_parts_too(page: Page, origin: str) -> None:
    concepts = large_glossary("no", 300)
    made = dict(files(concepts, GLOSSARY._library.locale_file("no").require(), 4000))
    page.route(
        f"{origin}no/search/*.json",
        lambda route: route.fulfill(body=made[route.request.url.rpartition("/")[2]], content_type="application/json"),
    )
    page.goto(f"{origin}no/search/")
    turned = {" ".join(reversed(terms[0].text.split())): name for name, terms, _ in concepts[::30]}
    for (query, name), hits in zip(turned.items(), answers(page, list(turned), "find"), strict=True):
        assert name in [hit["concept"] for hit in hits], query
    # With an ending that no key has.
    inflected = {f"{terms[0].text}ens": name for name, terms, _ in concepts[::30]}
    for (query, name), hits in zip(inflected.items(), answers(page, list(inflected), "find"), strict=True):
        assert name in [hit["concept"] for hit in hits], query


# --- the field -------------------------------------------------------------------------------------------------------


def test_the_field_works_by_keyboard_alone(page: Page, origin: str) -> None:
    page.goto(f"{origin}ko/creditor/")
    field = page.locator("#site_search")
    for _ in range(10):
        page.keyboard.press("Tab")
        if field.evaluate("field => field === document.activeElement"):
            break
    expect(field).to_have_role("combobox")
    expect(field).to_have_accessible_name("용어집 검색")
    page.keyboard.type("ㄷㅂ")
    choices = page.get_by_role("option")
    expect(choices.first).to_have_text("담보")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form [role=status]")).to_have_text(re.compile(r"^검색 결과 \d건$"))
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(choices.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == choices.first.get_attribute("id")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(choices.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(choices).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("ㄷㅂ")
    page.keyboard.press("ArrowDown")
    expect(choices.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ko/collateral/")


def test_enter_without_a_choice_leads_to_the_page_with_all_results(page: Page, origin: str) -> None:
    page.goto(f"{origin}no/")
    page.focus("#site_search")
    page.keyboard.type("gjeld")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/no/search/?q=gjeld")
    expect(page.locator("#site_search")).to_have_value("gjeld")
    count = page.locator("[data-count]")
    expect(count).to_have_text(re.compile(r"^\d+ treff$"))
    expect(count).to_have_role("status")
    assert page.locator("[data-results] h2").all_inner_texts() == ["Termer", "I tekstene"]
    links = page.locator("[data-results] a").count()
    assert count.inner_text() == f"{links} treff"
    expect(page.locator("[data-results] mark").first).to_have_text(re.compile("gjeld", re.IGNORECASE))
    assert page.title().startswith("gjeld – ")
    address = page.locator("[data-results] a").first.get_attribute("href") or ""
    page.locator("[data-results] a").first.click()
    page.wait_for_url(address)


def test_what_matched_is_shown_where_it_is_another_term(page: Page, origin: str) -> None:
    page.goto(f"{origin}ja/")
    page.focus("#site_search")
    page.keyboard.type("たんぽ")
    entry = GLOSSARY.entry("collateral", "ja")
    expect(page.get_by_role("option").first).to_have_text(f"{entry.term.text} {entry.term.reading}")


def test_a_click_on_a_choice_goes_there_and_leaving_the_field_closes_it(page: Page, origin: str) -> None:
    page.goto(f"{origin}tr/")
    page.focus("#site_search")
    page.keyboard.type("teminat")
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("h1").click()
    expect(page.get_by_role("option")).to_have_count(0)
    page.focus("#site_search")
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/tr/collateral/")


def test_nothing_found_is_said(page: Page, origin: str) -> None:
    page.goto(f"{origin}en/")
    page.focus("#site_search")
    page.keyboard.type("xyzzy")
    expect(page.locator("form [role=status]")).to_have_text("Nothing found for “xyzzy”.")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=xyzzy")
    expect(page.locator("[data-count]")).to_have_text("Nothing found for “xyzzy”.")


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_does_nothing(page: Page, origin: str, query: str) -> None:
    page.goto(f"{origin}en/search/?q={quote(query) if len(query) > 1 else query}")
    shown = query.strip()[:200]
    expect(page.locator("#site_search")).to_have_value(shown)
    expect(page.locator("[data-count]")).to_have_text(re.compile("^(Nothing found for “|\\d+ result)"))
    assert page.locator("main img, main script:not([src])").count() == 0
    page.fill("#site_search", "")
    page.focus("#site_search")
    page.keyboard.insert_text(shown)
    expect(page.locator("form [role=status]")).not_to_be_empty()


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20", "?other=1"])
def test_no_query_shows_nothing(page: Page, origin: str, query: str) -> None:
    page.goto(f"{origin}en/search/{query}")
    expect(page.locator("[data-count]")).to_be_empty()
    assert page.locator("[data-results] > *").count() == 0


@pytest.mark.parametrize("locale", GLOSSARY.locales)
def test_without_scripts_the_form_leads_to_a_page_that_says_so(browser: Browser, origin: str, locale: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}{locale}/collateral/")
    page.fill("#site_search", "x")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{locale}/search/?q=x")
    assert "JavaScript" in page.locator("main").inner_text()
    page.locator("main").get_by_role("link").click()
    page.wait_for_url(f"**/{locale}/")
    context.close()


def test_a_site_below_a_path_finds_its_way(browser: Browser, tmp_path: Path, built_site: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "glossary").symlink_to(built_site, target_is_directory=True)
    with served(tmp_path) as address:
        page = browser.new_page()
        page.goto(f"{address}deep/glossary/en/search/?q=auction")
        expect(page.locator("[data-count]")).not_to_be_empty()
        links = [link.get_attribute("href") or "" for link in page.locator("[data-results] a").all()]
        assert links
        assert all(link.startswith(f"{address}deep/glossary/en/") for link in links)
        page.close()
