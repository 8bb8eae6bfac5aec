"""TBX, SKOS and JSON hold all of the glossary, and are what their standards say: independent readers tell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
import rdflib
from grammars import CATEGORIES3, TBX3, local, offences
from jsonschema import Draft7Validator  # type: ignore[import-untyped, unused-ignore]
from lxml import etree
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, RDF, SKOS
from trading import ROOT
from translate.storage.tbx import tbxfile

import deficiency_glossary as dg
from deficiency_glossary.exchange import document, formats
from deficiency_glossary.exchange.skos import address
from deficiency_glossary.library import graph
from deficiency_glossary.library.store import open_library
from deficiency_glossary.model import Entry, Term

LIBRARY = open_library(ROOT)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MINI = open_library(Path(__file__).parents[1] / "glossaries" / "mini")


def tag(locale: str) -> str:
    return LIBRARY.locale_file(locale).require().tag


def entries() -> Iterator[tuple[str, str, Entry]]:
    """(concept, locale, entry)."""
    for concept in LIBRARY.concepts:
        for locale in LIBRARY.locales:
            yield concept, locale, LIBRARY.entry(concept, locale)[1]


def plain(concept: str, locale: str, field: str) -> str:
    """A text as the library shows it, its links and placeholders settled; Markdown that is left does not count."""
    return letters(getattr(dg.load(ROOT).entry(concept, locale), field).text())


def letters(text: str) -> str:
    return re.sub(r"[\s*_>-]+", "", text)


@cache
def made(name: str, variant: str = "", locale: str = "") -> bytes:
    (data,) = formats.export(LIBRARY, name, [locale] if locale else [], variant or None).values()
    return data


def relations() -> Iterator[tuple[str, str, str]]:
    known = graph.build({name: LIBRARY.concept(name)[1].relations for name in LIBRARY.concepts})
    for concept, by_name in known.items():
        for name, targets in by_name.items():
            yield from ((concept, name, target) for target in targets)


# --- TBX 3 -----------------------------------------------------------------------------------------------------------


def tbx_root() -> Any:
    return etree.fromstring(made("tbx"))


def tbx_offences(root: Any) -> list[str]:
    found = list(offences(root, TBX3))
    ids = {one.get("id") for one in root.iter()}
    for one in root.iter():
        kind = one.get("type")
        if kind in CATEGORIES3:
            places, words = CATEGORIES3[kind]
            parent = local(one.getparent().tag)
            if not re.fullmatch(places, parent) or not re.fullmatch(words, one.text or ""):
                found.append(f"{kind} {one.text!r} in {parent}")
        if local(one.tag) == "ref" and one.get("target") not in ids:
            found.append(f"{one.get('target')} leads nowhere")
    return found


def test_tbx_is_tbx_basic() -> None:
    assert tbx_offences(tbx_root()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"preferredTerm-admn-sts", b"best"),
        (b'type="definition"', b'type="meaning"'),
        (b'target="c-creditor"', b'target="c-nobody"'),
        (b"<termSec>", b"<termSec><termNote/>"),
        (b'style="dca"', b'style="dct"'),
        (b"<langSec ", b"<langSet "),
    ],
)
def test_what_is_not_tbx_basic_is_seen(old: bytes, new: bytes) -> None:
    data = made("tbx")
    assert old in data
    changed = data.replace(old, new, 1).replace(b"</langSec>", b"</langSet>", 1 if b"langSet" in new else 0)
    assert tbx_offences(etree.fromstring(changed))


def words_of(term: Term) -> set[str]:
    """Everything about a term that must be said somewhere."""
    return {word for word in (term.text, term.reading, term.soft_stem, term.note, *term.shapes) if word}


def test_tbx_is_complete() -> None:
    root = tbx_root()
    concepts = {one.get("id"): one for one in root.iter() if local(one.tag) == "conceptEntry"}
    assert concepts.keys() == {f"c-{name}" for name in LIBRARY.concepts}
    for concept, locale, entry in entries():
        (section,) = [one for one in concepts[f"c-{concept}"] if one.get(LANG) == tag(locale)]
        terms = [one for one in section if local(one.tag) == "termSec"]
        assert len(terms) == len(entry.terms)
        for element, term in zip(terms, entry.terms, strict=True):
            said = "\n".join(element.itertext())
            assert all(word in said for word in words_of(term))
            assert f"{term.status}Term-admn-sts" in said
            assert (term.part_of_speech if term.part_of_speech != "proper-noun" else "proper noun") in said
            assert (term.gender or "") in said
        notes = "\n".join(section.itertext())
        (definition,) = [one.text for one in section if one.get("type") == "definition"]
        assert letters(definition) == plain(concept, locale, "definition")
        assert entry.description in notes
        assert (entry.equivalence_note or "").strip() in notes
        assert f": {entry.equivalence}" in notes or locale == "en"
        assert "Reviewed by nobody." in notes
    for concept, name, target in relations():
        assert any(one.get("target") == f"c-{target}" and name in one.text for one in concepts[f"c-{concept}"])
    for concept in LIBRARY.concepts:
        record = LIBRARY.concept(concept)[1]
        targets = {one.get("target") for one in concepts[f"c-{concept}"]}
        assert {one.url for one in record.sources} <= targets
        fields = [one.text for one in concepts[f"c-{concept}"] if one.get("type") == "subjectField"]
        assert len(fields) == len(record.subject_fields)


# --- TBX 2, as Weblate reads it --------------------------------------------------------------------------------------


def weblate_forbids(unit: Any) -> bool:
    """As Weblate decides it: by the first status in the entry."""
    statuses = [one.text for one in unit.xmlelement.iter("termNote") if one.get("type") == "administrativeStatus"]
    return statuses[0] in ("forbidden", "obsolete")


@pytest.mark.parametrize("locale", ["ms", "tr", "ko", "ja", "no"])
def test_tbx_2_is_read_by_the_toolkit(locale: str) -> None:
    store = tbxfile.parsestring(made("tbx", "2", locale), sourcelanguage="en", targetlanguage=tag(locale))
    found = [unit for unit in store.units if not weblate_forbids(unit)]
    assert [unit.getid() for unit in found] == [f"c-{name}" for name in LIBRARY.concepts]
    bad = {(unit.source, unit.target) for unit in store.units if weblate_forbids(unit)}
    wanted = set()
    for unit, concept in zip(found, LIBRARY.concepts, strict=True):
        own, source = LIBRARY.entry(concept, locale)[1], LIBRARY.entry(concept, "en")[1]
        good = [term for term in own.terms if term.status in ("preferred", "admitted")]
        assert (unit.source, unit.target) == (source.preferred.text, own.terms[0].text)
        assert [term.text for term in unit.get_target_terms()] == [term.text for term in good]
        assert [term.administrative_status for term in unit.get_target_terms()] == [
            f"{term.status}Term-admn-sts" for term in good
        ]
        notes = "\n".join(unit.getnotes(origin) for origin in ("translator", "definition", None))
        assert own.description in notes
        assert letters(plain(concept, "en", "definition")) in letters(notes)
        wanted |= {(source.preferred.text, term.text) for term in own.terms if term not in good}
        for term in own.terms:
            assert all(word in made("tbx", "2", locale).decode().replace("&amp;", "&") for word in words_of(term))
    assert bad == wanted
    assert not [unit for unit in store.units if not unit.istranslated()]


# --- SKOS ------------------------------------------------------------------------------------------------------------


@cache
def skos_graph(variant: str = "turtle") -> rdflib.Graph:
    parser = {"turtle": "turtle", "json-ld": "json-ld"}[variant]
    return rdflib.Graph().parse(data=made("skos", variant), format=parser)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib warns of its own reader of JSON-LD
def test_turtle_and_json_ld_say_the_same() -> None:
    assert len(skos_graph()) > 2000
    assert isomorphic(skos_graph(), skos_graph("json-ld"))


def violations(data: rdflib.Graph) -> int:
    shapes = rdflib.Graph().parse(Path(__file__).with_name("skos.ttl"))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, rdflib.Graph)
    return len(list(report.subjects(RDF.type, rdflib.URIRef("http://www.w3.org/ns/shacl#ValidationResult"))))


def test_the_integrity_conditions_of_skos_hold() -> None:
    assert violations(skos_graph()) == 0


CONCEPT = "<https://glossary.example/en/loan/#concept>"


@pytest.mark.parametrize(
    "wrong",
    [
        f'{CONCEPT} skos:prefLabel "another"@en',
        f'{CONCEPT} skos:altLabel "loan"@en',
        f"{CONCEPT} skos:broader <https://glossary.example/en/house/#concept>",
        f"{CONCEPT} a skos:ConceptScheme",
        "<https://glossary.example/en/loan/#term-1> skosxl:literalForm 'x'@en",
    ],
)
def test_a_broken_condition_is_seen(wrong: str) -> None:
    (data,) = formats.export(MINI, "skos").values()
    text = data.decode()
    assert CONCEPT in text
    assert not violations(rdflib.Graph().parse(data=text, format="turtle"))
    assert violations(rdflib.Graph().parse(data=f"{text}\n{wrong} .", format="turtle"))


def test_skos_is_complete() -> None:
    data = skos_graph()
    own = rdflib.Namespace("https://deficiency-glossary.example/ns#")
    labels = {"preferred": SKOS.prefLabel, "admitted": SKOS.altLabel}
    names = {name: data.value(predicate=DCTERMS.identifier, object=rdflib.Literal(name)) for name in LIBRARY.concepts}
    assert len(set(data.subjects(RDF.type, SKOS.Concept))) == len(names)
    for concept, locale, entry in entries():
        subject, language = names[concept], tag(locale)
        for number, term in enumerate(entry.terms, 1):
            literal = rdflib.Literal(term.text, lang=language)
            assert (subject, labels.get(term.status, SKOS.hiddenLabel), literal) in data
            label = rdflib.URIRef(f"https://deficiency-glossary.example/{locale}/{concept}/#term-{number}")
            said = {str(one) for one in data.objects(label)}
            assert words_of(term) <= said
            assert any(one.endswith(f"#{term.status}Term") for one in said)
        definitions = [one for one in data.objects(subject, SKOS.definition) if one.language == language]  # type: ignore[attr-defined]
        assert [letters(str(one)) for one in definitions] == [plain(concept, locale, "definition")]
        page = rdflib.URIRef(f"https://deficiency-glossary.example/{locale}/{concept}/")
        assert (page, own.method, rdflib.Literal("machine")) in data
        assert locale == "en" or (page, own.equivalence, rdflib.Literal(entry.equivalence)) in data
        if entry.equivalence_note:
            assert (subject, SKOS.scopeNote, rdflib.Literal(entry.equivalence_note.strip(), lang=language)) in data
    for concept, name, target in relations():
        predicate = own[name] if name in ("contrast", "follows", "precedes") else SKOS[name]
        assert (names[concept], predicate, names[target]) in data
    for concept in LIBRARY.concepts:
        urls = {str(one) for one in data.objects(names[concept], DCTERMS.source)}
        assert urls == {one.url for one in LIBRARY.concept(concept)[1].sources}


def test_addresses_hold_nothing_that_ends_them() -> None:
    assert address('https://x.example/a>b"{c}|\\^`é担').value == "https://x.example/a%3Eb%22%7Bc%7D%7C%5C%5E%60é担"


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_json_fits_the_schema_that_is_published() -> None:
    published = json.loads((ROOT / "docs/reference/schema/export.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(document.schema()))
    Draft7Validator.check_schema(published)
    check = Draft7Validator(published)
    data = json.loads(made("json"))
    check.validate(data)
    check.validate(json.loads(document.write(MINI)))
    for path in (("concepts", "collateral", "entries", "ms", "terms", 0, "status"), ("version",)):
        broken = json.loads(made("json"))
        inner = broken
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = "x"
        assert not check.is_valid(broken)


def test_json_is_complete() -> None:
    data = json.loads(made("json"))
    assert list(data["locales"]) == list(LIBRARY.locales)
    for concept, locale, entry in entries():
        found = data["concepts"][concept]["entries"][locale]
        assert {term["term"]: term["status"] for term in found["terms"]} == {t.text: t.status for t in entry.terms}
        assert [term["reading"] for term in found["terms"]] == [term.reading for term in entry.terms]
        assert found["definition"] == entry.definition
        assert found["sections"].keys() == entry.sections.keys()
        assert found["equivalence_note"] == entry.equivalence_note
    assert {
        (concept, name, target)
        for concept, record in data["concepts"].items()
        for name, targets in record["relations"].items()
        for target in targets
    } == set(relations())
    values = data["concepts"]["deficiency-balance"]["examples"]["short-sale"]["values"]
    assert values == {"owed": "250000", "sale_price": "200000", "deficiency": "50000"}


# --- all three -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "variant"), [("tbx", "3"), ("skos", "turtle"), ("skos", "json-ld"), ("json", "")])
def test_one_locale_comes_with_the_source(name: str, variant: str) -> None:
    text = made(name, variant, "no").decode()
    assert "restkrav" in text
    assert "deficiency balance" in text
    assert "baki kekurangan" not in text


@pytest.mark.parametrize(("name", "variant"), [("tbx", "3"), ("skos", "turtle"), ("skos", "json-ld"), ("json", "")])
def test_stories_and_terms_are_told_in_words(name: str, variant: str) -> None:
    text = b"".join(formats.export(MINI, name, [], variant or None).values()).decode()
    assert ("{term" in text) == (name == "json")
    assert "Sold for $250,000" in text or name in ("tbx", "json")
