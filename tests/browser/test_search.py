"""Search as a reader meets it: the script's answers are Python's, the field works by keyboard, the page finds."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

import deficiency_glossary as dg
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

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def page(browser: Browser, origin: str) -> Iterator[Page]:
    """A page that may not complain, and may ask nobody else."""
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("request", lambda request: None if request.url.startswith(origin) else complaints.append(request.url))
    yield page
    page.close()
    assert complaints == []


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
