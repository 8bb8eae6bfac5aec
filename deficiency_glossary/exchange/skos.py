"""SKOS and SKOS-XL, as Turtle or JSON-LD: one list of statements, two ways to write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from deficiency_glossary.exchange.whole import Item, Whole
from deficiency_glossary.library.store import Library
from deficiency_glossary.model import Entry, Term

# `dg` is the glossary's own: what no vocabulary that is in use has a word for.
PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lexinfo": "http://www.lexinfo.net/ontology/3.0/lexinfo#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LABELS = {"preferred": "prefLabel", "admitted": "altLabel", "deprecated": "hiddenLabel", "superseded": "hiddenLabel"}
_PARTS_OF_SPEECH = {"proper-noun": "properNoun", "other": ""}
_GENDERS = {"common": "commonGender"}
_FORMS = ("definite", "plural", "definite_plural")
# Relations that SKOS has no word for, as our own kinds of its most general one.
_OWN_RELATIONS = ("contrast", "follows", "precedes")


class Literal(NamedTuple):
    """A text in a language, or a value of a type."""

    text: str
    language: str = ""
    datatype: str = ""


class Iri(NamedTuple):
    """An address, or a name such as `skos:Concept`."""

    value: str


class Statement(NamedTuple):
    """Subject, predicate (a name), object."""

    subject: Iri
    predicate: str
    object: Iri | Literal


def turtle(library: Library, locales: Sequence[str] = ()) -> bytes:
    """The glossary as Turtle. Raises InvalidContent, UnknownLocale."""
    whole = Whole(library, locales)
    prefixes = _prefixes(whole)
    lines = [f"@prefix {name}: <{address}> ." for name, address in sorted(prefixes.items())]
    for subject, facts in _grouped(whole).items():
        lines += ["", _term(subject)]
        rows = [f"    {_predicate(name)} {', '.join(map(_term, objects))}" for name, objects in facts.items()]
        lines += [f"{row} ;" for row in rows[:-1]]
        lines.append(f"{rows[-1]} .")
    return ("\n".join(lines) + "\n").encode()


def json_ld(library: Library, locales: Sequence[str] = ()) -> bytes:
    """The glossary as JSON-LD. Raises InvalidContent, UnknownLocale."""
    whole = Whole(library, locales)
    nodes: list[dict[str, Any]] = []
    for subject, facts in _grouped(whole).items():
        node: dict[str, Any] = {"@id": subject.value}
        for name, objects in facts.items():
            if name == "rdf:type":
                node["@type"] = [one.value for one in objects if isinstance(one, Iri)]
            else:
                node[name] = [_json(one) for one in objects]
        nodes.append(node)
    document = {"@context": _prefixes(whole), "@graph": nodes}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _prefixes(whole: Whole) -> dict[str, str]:
    return {**PREFIXES, "dg": f"{whole.settings.base_url}ns#"}


def _grouped(whole: Whole) -> dict[Iri, dict[str, list[Iri | Literal]]]:
    """Subject -> predicate -> objects, each once, in the order in which they were stated."""
    found: dict[Iri, dict[str, list[Iri | Literal]]] = {}
    for statement in _statements(whole):
        objects = found.setdefault(statement.subject, {}).setdefault(statement.predicate, [])
        if statement.object not in objects:
            objects.append(statement.object)
    return found


# --- writing ---------------------------------------------------------------------------------------------------------

_NAME = re.compile(rf"(?:{'|'.join([*PREFIXES, 'dg'])}):[A-Za-z][A-Za-z0-9_]*")
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def address(url: str) -> Iri:
    """An address with nothing in it that an IRI may not hold."""
    return Iri(_NOT_IN_IRI.sub(lambda found: quote(found[0]), url))


def _predicate(name: str) -> str:
    return "a" if name == "rdf:type" else name


def _term(one: Iri | Literal) -> str:
    if isinstance(one, Iri):
        return one.value if _NAME.fullmatch(one.value) else f"<{one.value}>"
    text = re.sub(r'[\\"\n\r\t]', lambda found: _ESCAPES[found[0]], one.text)
    ending = f"@{one.language}" if one.language else f"^^{one.datatype}" if one.datatype else ""
    return f'"{text}"{ending}'


def _json(one: Iri | Literal) -> dict[str, str]:
    if isinstance(one, Iri):
        return {"@id": one.value}
    shown = {"@value": one.text}
    if one.language:
        shown["@language"] = one.language
    elif one.datatype:
        shown["@type"] = one.datatype
    return shown


# --- what is stated --------------------------------------------------------------------------------------------------


def _statements(whole: Whole) -> Iterator[Statement]:
    yield from _scheme(whole)
    for name in _OWN_RELATIONS:
        own = Iri(f"dg:{name}")
        yield Statement(own, "rdf:type", Iri("rdf:Property"))
        yield Statement(own, "rdfs:subPropertyOf", Iri("skos:semanticRelation"))
    for item in whole.items:
        yield from _concept(whole, item)
        for locale, entry in item.entries.items():
            yield from _entry(whole, item, locale, entry)


def _scheme_iri(whole: Whole) -> Iri:
    return address(f"{whole.settings.base_url}#glossary")


def concept_iri(whole: Whole, concept: str) -> Iri:
    """The name of a concept: a fragment of its page in the source language."""
    return address(f"{whole.settings.base_url}{whole.settings.source_locale}/{concept}/#concept")


def _scheme(whole: Whole) -> Iterator[Statement]:
    scheme, settings = _scheme_iri(whole), whole.settings
    yield Statement(scheme, "rdf:type", Iri("skos:ConceptScheme"))
    for locale in whole.locales.values():
        yield Statement(scheme, "dcterms:title", Literal(locale.title, locale.tag))
        yield Statement(scheme, "dcterms:description", Literal(locale.description, locale.tag))
    yield Statement(scheme, "dcterms:license", address(settings.licence.url))
    if settings.credit:
        yield Statement(scheme, "dcterms:source", address(settings.credit.url))
    for item in whole.items:
        if not whole.relations.get(item.id, {}).get("broader"):
            yield Statement(scheme, "skos:hasTopConcept", concept_iri(whole, item.id))
    for field in sorted({name for item in whole.items for name in item.record.subject_fields}):
        collection = _field_iri(whole, field)
        yield Statement(collection, "rdf:type", Iri("skos:Collection"))
        for locale in whole.locales.values():
            if field in locale.subject_fields:
                yield Statement(collection, "skos:prefLabel", Literal(locale.subject_fields[field], locale.tag))
        for item in whole.items:
            if field in item.record.subject_fields:
                yield Statement(collection, "skos:member", concept_iri(whole, item.id))


def _field_iri(whole: Whole, field: str) -> Iri:
    return address(f"{whole.settings.base_url}#subject-{field}")


def _concept(whole: Whole, item: Item) -> Iterator[Statement]:
    concept, record = concept_iri(whole, item.id), item.record
    yield Statement(concept, "rdf:type", Iri("skos:Concept"))
    yield Statement(concept, "skos:inScheme", _scheme_iri(whole))
    yield Statement(concept, "dcterms:identifier", Literal(item.id))
    for alias in record.aliases:
        yield Statement(concept, "dg:formerIdentifier", Literal(alias))
    for country in record.jurisdiction:
        yield Statement(concept, "dcterms:spatial", Literal(country))
    for relation, targets in whole.relations.get(item.id, {}).items():
        name = f"dg:{relation}" if relation in _OWN_RELATIONS else f"skos:{relation}"
        for target in targets:
            yield Statement(concept, name, concept_iri(whole, target))
    for one in record.sources:
        source = address(one.url)
        yield Statement(concept, "dcterms:source", source)
        yield Statement(source, "rdf:type", Iri("dcterms:BibliographicResource"))
        yield Statement(source, "dcterms:title", Literal(one.title, one.language))
        if one.accessed:
            yield Statement(source, "dg:accessed", Literal(one.accessed.isoformat(), datatype="xsd:date"))


def _entry(whole: Whole, item: Item, locale: str, entry: Entry) -> Iterator[Statement]:
    concept, tag = concept_iri(whole, item.id), whole.tag(locale)
    page = f"{whole.settings.base_url}{locale}/{item.id}/"

    def text(markdown: str) -> Literal:
        return Literal(whole.text(entry, locale, markdown), tag)

    yield Statement(concept, "skos:definition", text(entry.definition))
    yield Statement(concept, "dcterms:description", Literal(entry.description, tag))
    if entry.equivalence_note:
        yield Statement(concept, "skos:scopeNote", Literal(entry.equivalence_note.strip(), tag))
    for note in entry.notes.values():
        yield Statement(concept, "skos:note", text(note))
    for name, told in entry.examples.items():
        if name in item.record.examples:
            story = whole.text(entry, locale, told.text, item.record.examples[name])
            yield Statement(concept, "skos:example", Literal(story, tag))
    for number, term in enumerate(entry.terms, 1):
        yield Statement(concept, f"skos:{_LABELS[term.status]}", Literal(term.text, tag))
        label = address(f"{page}#term-{number}")
        yield Statement(concept, f"skosxl:{_LABELS[term.status]}", label)
        yield from _label(label, term, tag)
    yield from _page(whole, concept, address(page), locale, entry)


def _label(label: Iri, term: Term, tag: str) -> Iterator[Statement]:
    yield Statement(label, "rdf:type", Iri("skosxl:Label"))
    yield Statement(label, "skosxl:literalForm", Literal(term.text, tag))
    yield Statement(label, "lexinfo:normativeAuthorization", Iri(f"lexinfo:{term.status}Term"))
    part = _PARTS_OF_SPEECH.get(term.part_of_speech, term.part_of_speech)
    if part:
        yield Statement(label, "lexinfo:partOfSpeech", Iri(f"lexinfo:{part}"))
    if term.gender:
        yield Statement(label, "lexinfo:gender", Iri(f"lexinfo:{_GENDERS.get(term.gender, term.gender)}"))
    if term.reading:
        yield Statement(label, "dg:reading", Literal(term.reading, tag))
    if term.soft_stem:
        yield Statement(label, "dg:softStem", Literal(term.soft_stem, tag))
    if term.possessive:
        yield Statement(label, "dg:possessive", Literal("true", datatype="xsd:boolean"))
    for name in _FORMS:
        if shape := getattr(term.forms, name):
            yield Statement(label, f"dg:{name}", Literal(shape, tag))
    for shape in term.forms.other:
        yield Statement(label, "dg:otherForm", Literal(shape, tag))
    if term.note:
        yield Statement(label, "skos:note", Literal(term.note, tag))


def _page(whole: Whole, concept: Iri, page: Iri, locale: str, entry: Entry) -> Iterator[Statement]:
    """What is said of an entry rather than of its concept."""
    tag = whole.tag(locale)
    yield Statement(concept, "foaf:page", page)
    yield Statement(page, "rdf:type", Iri("foaf:Document"))
    yield Statement(page, "dcterms:title", Literal(entry.title, tag))
    yield Statement(page, "dcterms:language", Literal(tag))
    yield Statement(page, "dg:method", Literal(entry.method))
    if locale != whole.settings.source_locale:
        yield Statement(page, "dg:equivalence", Literal(entry.equivalence))
    if entry.modified:
        yield Statement(page, "dcterms:modified", Literal(entry.modified.isoformat(), datatype="xsd:date"))
    if entry.reviewed:
        yield Statement(page, "dg:reviewedBy", Literal(entry.reviewed.by))
        yield Statement(page, "dg:reviewed", Literal(entry.reviewed.date.isoformat(), datatype="xsd:date"))
