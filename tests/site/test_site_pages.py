"""What the site of the shipped glossary consists of."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser
from trees import CHECKOUT, LOCALES, contents

import deficiency_glossary as dg
from deficiency_glossary.checks.built import check_site
from deficiency_glossary.site import discover

BASE = "https://deficiency-glossary.example/"
TAGS = {locale: locale for locale in LOCALES} | {"no": "nb"}
CONCEPTS = sorted(path.stem for path in (CHECKOUT / "content" / "concepts").glob("*.yaml"))
ENTRIES = [(locale, concept) for locale in LOCALES for concept in CONCEPTS]
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / path).read_text(encoding="utf-8"))


def values(page: LexborHTMLParser, selector: str, attribute: str) -> list[str]:
    return [node.attributes.get(attribute) or "" for node in page.css(selector)]


def alternates(page: LexborHTMLParser) -> dict[str, str]:
    nodes = page.css("link[rel=alternate][hreflang]")
    return {node.attributes["hreflang"] or "": node.attributes["href"] or "" for node in nodes}


SCRIPTS = ("calculator.js", "compare.js", "definitions.js", "figures.js", "site.js", "suggest.js")
ASSETS = (*SCRIPTS, "icon.svg", "style.css")
PAGES = ("404.html", "about/index.html", "compare/index.html", "index.html", "index.md")
LOCALE_FILES = (*PAGES, "amounts.json", "feed.xml")
SEARCH_ASSETS = ("lookup.js", "results.js", "search.js")
SEARCH_FILES = ("search/index.html", "search/index.json", "search/part-.json")
# What pagefind calls its files has a digest in it.
PAGEFIND = re.compile(
    r"pagefind/(pagefind(-worker)?\.js|pagefind-entry\.json|wasm\.\w+\.pagefind|pagefind\.\w+\.pf_meta"
    r"|index/\w+\.pf_index|fragment/\w+\.pf_fragment)"
)


def subject_fields() -> list[str]:
    library = dg.load()._library
    return sorted({field for name in CONCEPTS for field in library.concept_file(name).require().subject_fields})


def aliases() -> list[tuple[str, str]]:
    library = dg.load()._library
    return [(alias, name) for name in CONCEPTS for alias in library.concept_file(name).require().aliases]


def test_the_site_holds_these_files_and_no_others(built_site: Path) -> None:
    expected = {".deficiency-glossary", "404.html", "index.html", "llms.txt", "robots.txt", "sitemap.xml"}
    expected |= {f"assets/{name}" for name in ASSETS + SEARCH_ASSETS}
    expected |= {f"{locale}/{name}" for locale in LOCALES for name in LOCALE_FILES + SEARCH_FILES}
    expected |= {f"{locale}/subjects/{field}/index.html" for locale in LOCALES for field in subject_fields()}
    expected |= {f"{locale}/{concept}/index.html" for locale, concept in ENTRIES}
    expected |= {f"{locale}/{concept}.{form}" for locale, concept in ENTRIES for form in ("json", "md")}
    expected |= {f"{locale}/{alias}/index.html" for locale in LOCALES for alias, _ in aliases()}
    found = set(contents(built_site))
    assert {path for path in found if not PAGEFIND.fullmatch(path)} == expected
    assert sum(path.startswith("pagefind/fragment/") for path in found) == len(ENTRIES)
    assert len(CONCEPTS) >= 12
    assert len(aliases()) >= 6


@pytest.mark.parametrize(("locale", "concept"), ENTRIES)
def test_a_page_says_what_it_is_and_where_its_translations_are(built_site: Path, locale: str, concept: str) -> None:
    page = read(built_site, f"{locale}/{concept}/index.html")
    assert values(page, "html", "lang") == [TAGS[locale]]
    assert values(page, "link[rel=canonical]", "href") == [f"{BASE}{locale}/{concept}/"]
    expected = {TAGS[name]: f"{BASE}{name}/{concept}/" for name in LOCALES}
    assert alternates(page) == expected | {"x-default": f"{BASE}en/{concept}/"}
    assert [node.text() for node in page.css("h1")] == [dg.load().entry(concept, locale).title]
    assert values(page, "[aria-current=page]", "hreflang") == [TAGS[locale]]


@pytest.mark.parametrize(("locale", "concept"), ENTRIES)
def test_a_page_tells_machines_its_term(built_site: Path, locale: str, concept: str) -> None:
    (script,) = read(built_site, f"{locale}/{concept}/index.html").css('script[type="application/ld+json"]')
    data = json.loads(script.text())
    entry = dg.load().entry(concept, locale)
    assert data["@type"] == "DefinedTerm"
    assert data["@context"] == {"@vocab": "https://schema.org/", "@language": TAGS[locale]}
    assert data["@id"] == data["url"] == f"{BASE}{locale}/{concept}/"
    assert (data["name"], data["description"], data["termCode"]) == (entry.term.text, entry.description, concept)
    assert data.get("alternateName", []) == [term.text for term in entry.terms if term.status == "admitted"]
    term_set = data["inDefinedTermSet"]
    assert (term_set["@type"], term_set["inLanguage"]) == ("DefinedTermSet", TAGS[locale])
    assert term_set["url"] == f"{BASE}{locale}/"


@pytest.mark.parametrize("locale", LOCALES)
def test_an_index_names_every_term_and_the_other_indexes(built_site: Path, locale: str) -> None:
    page = read(built_site, f"{locale}/index.html")
    expected = {TAGS[name]: f"{BASE}{name}/" for name in LOCALES} | {"x-default": BASE}
    assert alternates(page) == expected
    glossary = dg.load()
    terms = {term.text for concept in CONCEPTS for term in glossary.entry(concept, locale).terms}
    shown = {node.text() for node in page.css("section.head .see, section.head li > a")}
    assert terms == shown
    assert {f"{concept}/" for concept in CONCEPTS} == set(values(page, "section.head a", "href"))


@pytest.mark.parametrize("locale", LOCALES)
def test_an_old_address_leads_to_the_page(built_site: Path, locale: str) -> None:
    for alias, concept in aliases():
        page = read(built_site, f"{locale}/{alias}/index.html")
        here, there = f"{BASE}{locale}/{alias}/", f"{BASE}{locale}/{concept}/"
        assert values(page, "link[rel=canonical]", "href") == [there]
        assert [urljoin(here, href) for href in values(page, "main a", "href")] == [there]
        (refresh,) = values(page, "meta[http-equiv=refresh]", "content")
        assert urljoin(here, refresh.removeprefix("0; url=")) == there
        assert values(page, "meta[name=robots]", "content") == ["noindex"]


def test_the_root_offers_every_language_in_its_own_words(built_site: Path) -> None:
    page = read(built_site, "index.html")
    assert values(page, ".choices a", "href") == [f"{locale}/" for locale in LOCALES]
    assert values(page, ".choices li", "lang") == [TAGS[locale] for locale in LOCALES]
    assert alternates(page)["x-default"] == BASE


def test_the_404_page_works_at_any_depth_and_speaks_every_language(built_site: Path) -> None:
    page = read(built_site, "404.html")
    addresses = values(page, "a, link[rel=stylesheet]", "href")
    assert addresses
    assert all(address.startswith(("/", "#", "https://")) for address in addresses)
    assert values(page, ".choices li", "lang") == [TAGS[locale] for locale in LOCALES]
    assert alternates(page) == {}
    assert values(page, "meta[name=robots]", "content") == ["noindex"]


def test_the_sitemap_holds_every_page_with_the_same_alternates_as_the_page(built_site: Path) -> None:
    entries = {}
    for url in ET.parse(built_site / "sitemap.xml").iterfind("s:url", SITEMAP):
        links = {link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", SITEMAP)}
        entries[url.findtext("s:loc", namespaces=SITEMAP)] = links
    paths = ["", *(f"{locale}/{concept}/" for locale, concept in ENTRIES)]
    paths += [f"{locale}/{name}" for locale in LOCALES for name in ("", "about/")]
    paths += [f"{locale}/subjects/{field}/" for locale in LOCALES for field in subject_fields()]
    assert set(entries) == {BASE + path for path in paths}
    for path in paths:
        assert entries[BASE + path] == alternates(read(built_site, f"{path}index.html")), path


def test_a_long_sitemap_is_cut_where_its_links_grow_too_many(
    built_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sitemap may have 50 MB, and with many languages that is reached before 50,000 addresses are."""
    monkeypatch.setattr(discover, "MAX_LINKS", 100)
    dg.load().build(tmp_path / "public")
    index = ET.parse(tmp_path / "public" / "sitemap.xml")
    names = [found.text.removeprefix(BASE) for found in index.iterfind("s:sitemap/s:loc", SITEMAP) if found.text]
    parts = [ET.parse(tmp_path / "public" / name) for name in names]
    assert len(parts) > 5
    assert all(len(part.findall("s:url/x:link", SITEMAP)) <= 110 for part in parts), "that of the front page on top"

    def entries(tree: ET.ElementTree[ET.Element]) -> list[str]:
        return [ET.tostring(url, encoding="unicode") for url in tree.iterfind("s:url", SITEMAP)]

    assert [entry for part in parts for entry in entries(part)] == entries(ET.parse(built_site / "sitemap.xml"))
    assert check_site(tmp_path / "public") == []


def test_robots_names_the_sitemap(built_site: Path) -> None:
    lines = (built_site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}sitemap.xml"]


UNRESOLVED = {
    "a placeholder": re.compile(r"\{[a-z][a-z0-9_]*\}"),
    "a Korean particle in two forms": re.compile(r"을\(를\)|를\(을\)|이\(가\)|은\(는\)|와\(과\)|\((?:으|이)\)[가-힣]"),
    "a Turkish suffix in its general form": re.compile(r"-(?:\([yn]\)(?:A|In?|lA)|DAn?|DIr|lIk)(?!\w)"),
    "a mark of the renderer": re.compile("[\ue000\ue001]"),
    "a value of Python": re.compile(r"\b(?:None|Undefined|Decimal\(|mappingproxy)"),
}


@pytest.mark.parametrize("what", UNRESOLVED)
def test_nothing_is_left_unresolved_on_any_page(built_site: Path, what: str) -> None:
    found = [
        (path.relative_to(built_site).as_posix(), match[0])
        for path in sorted(built_site.rglob("*.html"))
        if (match := UNRESOLVED[what].search(without_scripts(path)))
    ]
    assert found == []


def without_scripts(path: Path) -> str:
    """A page without what is for scripts: JSON-LD, whose braces are its own, and the notation of endings."""
    shown = re.sub(r"<script.*?</script>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r' data-[a-z]+="[^"]*"', "", shown)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a placeholder", "{owed} kaldı"),
        ("a Korean particle in two forms", "$5을(를)"),
        ("a Korean particle in two forms", "$5(으)로"),
        ("a Turkish suffix in its general form", "250.000 dolar-(y)A"),
        ("a Turkish suffix in its general form", "250.000 dolar-DAn"),
        ("a Turkish suffix in its general form", "250.000 dolar-lIk"),
        ("a mark of the renderer", "\ue0005\ue001"),
    ],
)
def test_what_is_unresolved_would_be_seen(what: str, text: str) -> None:
    assert UNRESOLVED[what].search(text)
