"""What programs find in the site: feed, data, Markdown, llms.txt, Open Graph."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from trees import CHECKOUT, LOCALES, contents, copy_some, edit

import deficiency_glossary as dg

BASE = "https://deficiency-glossary.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
GLOSSARY = dg.load()
ENTRIES = [(locale, concept) for locale in LOCALES for concept in GLOSSARY.concepts]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_feed_tells_the_latest_changes_first(built_site: Path, locale: str) -> None:
    feed = ET.parse(built_site / locale / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    # RFC 4287, 4.1.1: what a feed must have.
    for name in ("id", "title", "updated", "author"):
        assert len(feed.findall(ATOM + name)) == 1
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{BASE}{locale}/feed.xml"  # type: ignore[union-attr]
    told = []
    for one in feed.iter(f"{ATOM}entry"):
        assert one.findtext(f"{ATOM}id") == one.find(f"{ATOM}link").get("href")  # type: ignore[union-attr]
        concept = (one.findtext(f"{ATOM}id") or "").removeprefix(f"{BASE}{locale}/").rstrip("/")
        entry = GLOSSARY.entry(concept, locale)
        assert (one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}summary")) == (entry.title, entry.description)
        assert one.findtext(f"{ATOM}updated") == f"{entry.modified}T00:00:00Z"
        told.append((one.findtext(f"{ATOM}updated") or "", concept))
    assert {concept for _, concept in told} == set(GLOSSARY.concepts)
    assert [day for day, _ in told] == sorted([day for day, _ in told], reverse=True)
    assert feed.findtext(f"{ATOM}updated") == told[0][0]


@pytest.mark.parametrize(("locale", "concept"), ENTRIES)
def test_an_entry_is_there_as_data(built_site: Path, locale: str, concept: str) -> None:
    data = json.loads((built_site / locale / f"{concept}.json").read_text(encoding="utf-8"))
    entry = GLOSSARY.entry(concept, locale)
    assert (data["concept"], data["locale"], data["title"]) == (concept, locale, entry.title)
    assert data["url"] == f"{BASE}{locale}/{concept}/"
    assert [term["term"] for term in data["terms"]] == [term.text for term in entry.terms]
    assert data["sections"].keys() == entry.sections.keys()
    for name, example in entry.examples.items():
        assert [row["amount"] for row in data["examples"][name]["rows"]] == [row.amount for row in example.rows]
    assert {name: one["term"] for name, one in data["translations"].items()} == {
        other: GLOSSARY.entry(concept, other).term.text for other in LOCALES if other != locale
    }
    for targets in data["relations"].values():
        for target in targets:
            assert target["term"] == GLOSSARY.entry(target["concept"], locale).term.text
    assert "](http" in data["definition"] or "](" not in data["definition"]


@pytest.mark.parametrize(("locale", "concept"), ENTRIES)
def test_a_page_names_its_other_forms(built_site: Path, locale: str, concept: str) -> None:
    page = LexborHTMLParser((built_site / locale / concept / "index.html").read_text(encoding="utf-8"))
    for kind, ending in (("text/markdown", "md"), ("application/json", "json")):
        (link,) = page.css(f'link[rel=alternate][type="{kind}"]')
        assert link.attributes["href"] == f"../{concept}.{ending}"
    og = {node.attributes["property"]: node.attributes["content"] for node in page.css("meta[property]")}
    entry = GLOSSARY.entry(concept, locale)
    assert og["og:title"] == entry.title
    assert og["og:description"] == entry.description
    assert og["og:type"] == "article"
    assert og["og:url"] == f"{BASE}{locale}/{concept}/"
    expected = {"en": "en_US", "ms": "ms_MY", "tr": "tr_TR", "ko": "ko_KR", "ja": "ja_JP", "no": "nb_NO"}
    assert og["og:locale"] == expected[locale]


def test_llms_txt_leads_to_the_markdown_of_every_language(built_site: Path) -> None:
    text = (built_site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Deficiency glossary\n\n> ")
    for locale in LOCALES:
        assert f"]({BASE}{locale}/index.md)" in text
        listed = (built_site / locale / "index.md").read_text(encoding="utf-8")
        assert all(f"({concept}.md)" in listed for concept in GLOSSARY.concepts)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_entry_stands_under_its_subjects(built_site: Path, locale: str) -> None:
    for concept in GLOSSARY.concepts:
        entry = GLOSSARY.entry(concept, locale)
        for field in entry.subject_fields:
            page = LexborHTMLParser((built_site / locale / "subjects" / field / "index.html").read_text("utf-8"))
            shown = {node.attributes["href"]: node.text() for node in page.css(".entries dt a")}
            assert shown[f"../../{concept}/"] == entry.term.text
            assert entry.description in [node.text() for node in page.css(".entries dd")]


def test_a_concept_cannot_take_the_place_of_a_page(tmp_path: Path) -> None:
    root = tmp_path / "glossary"
    shutil.copytree(CHECKOUT / "tests" / "glossaries" / "mini", root)
    shutil.copy(root / "content/concepts/loan.yaml", root / "content/concepts/about.yaml")
    with pytest.raises(dg.InvalidContent) as caught:
        dg.load(root).build(tmp_path / "out")
    assert [finding.code for finding in caught.value.findings] == ["invalid-id"]


# schema.org 29: the properties of the two types, with those they have as Thing and CreativeWork that may be used here.
THING = {"@id", "@type", "url", "name", "description", "alternateName", "identifier", "sameAs"}
PROPERTIES = {
    "DefinedTerm": THING | {"termCode", "inDefinedTermSet"},
    "DefinedTermSet": THING | {"hasDefinedTerm", "inLanguage", "license", "dateModified", "publisher", "creditText"},
}


def typed(data: dict[str, object]) -> list[dict[str, object]]:
    """The objects of a type in JSON-LD, nested ones too."""
    inner = [found for value in data.values() if isinstance(value, dict) for found in typed(value)]
    return [data, *inner] if "@type" in data else inner


@pytest.mark.parametrize("locale", LOCALES)
def test_structured_data_uses_what_schema_org_defines(built_site: Path, locale: str) -> None:
    found = []
    for path in (built_site / locale).rglob("index.html"):
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        for script in page.css('script[type="application/ld+json"]'):
            found += typed(json.loads(script.text()))
    assert {one["@type"] for one in found} == PROPERTIES.keys()
    for one in found:
        assert one.keys() - {"@context"} <= PROPERTIES[str(one["@type"])]
    sets = {(one["@id"], one["name"]) for one in found if one["@type"] == "DefinedTermSet"}
    assert len(sets) == 1


def test_a_currency_of_an_example_is_offered_beside_the_usual_ones(tmp_path: Path) -> None:
    root = copy_some(tmp_path / "glossary", ["short-sale", "creditor"], ["en", "ko"])
    dg.load(root).build(tmp_path / "public")
    before = contents(tmp_path / "public")
    edit(root / "content/concepts/short-sale.yaml", "currency: USD", "currency: PLN")
    dg.load(root).build(tmp_path / "public")
    after = contents(tmp_path / "public")
    assert {path for path in after if after[path] != before.get(path)} == {
        *(f"{locale}/short-sale{end}" for locale in ("en", "ko") for end in ("/index.html", ".json", ".md")),
        *(f"{locale}/amounts.json" for locale in ("en", "ko")),
    }
    usual = json.loads(before["ko/amounts.json"])["currencies"]
    assert list(json.loads(after["ko/amounts.json"])["currencies"]) == [*usual, "PLN"]
    (root / "content/concepts/short-sale.yaml").unlink()
    for locale in ("en", "ko"):
        (root / f"content/{locale}/short-sale.yaml").unlink()
    dg.load(root).build(tmp_path / "public")
    assert not list((tmp_path / "public").glob("*/amounts.json"))


@pytest.mark.parametrize("formats", [("json",), ("markdown",), ()])
def test_a_glossary_chooses_what_stands_beside_each_page(tmp_path: Path, formats: tuple[str, ...]) -> None:
    root = copy_some(tmp_path / "glossary", ["creditor", "mortgage"], ["en", "ja"])
    with (root / "glossary.yaml").open("a", encoding="utf-8") as file:
        file.write(f"entry_formats: [{', '.join(formats)}]\n")
    out = tmp_path / "public"
    dg.load(root).build(out)
    for locale in ("en", "ja"):
        assert (out / locale / "creditor.json").exists() == ("json" in formats)
        assert (out / locale / "creditor.md").exists() == ("markdown" in formats)
        page = LexborHTMLParser((out / locale / "creditor" / "index.html").read_text(encoding="utf-8"))
        named = {link.attributes.get("href") for link in page.css("link[rel=alternate][type]")} - {"../../en/feed.xml"}
        endings = {"json": "../creditor.json", "markdown": "../creditor.md"}
        assert {name for name in named if name and "creditor" in name} == {endings[name] for name in formats}
        assert (page.css_first("html[data-definitions]") is not None) == ("json" in formats)
    assert (out / "llms.txt").exists() == ("markdown" in formats)
