"""TBX for terminology tools: ISO 30042:2019 (TBX-Basic, written as DCA), and ISO 30042:2008 as Weblate reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deficiency_glossary.exchange.files import etree, indent, xml_bytes
from deficiency_glossary.exchange.units import TOOL, ExchangeError
from deficiency_glossary.exchange.whole import Item, Whole
from deficiency_glossary.library.store import Library
from deficiency_glossary.model import Entry, Term

NS3 = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What TBX-Basic has a word for; for the rest, a note tells.
_PARTS_OF_SPEECH = {"proper-noun": "noun"}
_GENDERS = {"common": "other"}
_FORBIDDEN = {"deprecated": "forbidden", "superseded": "obsolete"}  # the words that Weblate knows
_FORMS = ("definite", "plural", "definite_plural")


def write3(library: Library, locales: Sequence[str] = ()) -> bytes:
    """The glossary as TBX-Basic of ISO 30042:2019. Raises InvalidContent, UnknownLocale."""
    whole = Whole(library, locales)
    source = whole.locales[whole.settings.source_locale]
    module = etree()
    root = module.Element(f"{{{NS3}}}tbx", nsmap={None: NS3}, type="TBX-Basic", style="dca")
    root.set(_LANG, source.tag)
    file = _add(_add(root, "tbxHeader"), "fileDesc")
    _add(_add(file, "publicationStmt"), "p", _licence(whole))
    _add(_add(file, "titleStmt"), "title", source.title)
    _add(_add(file, "sourceDesc"), "p", f"{TOOL}, {whole.settings.base_url}")
    body = _add(_add(root, "text"), "body")
    for item in whole.items:
        _concept3(_add(body, "conceptEntry", id=f"c-{item.id}"), whole, item)
    return _finished(root)


def _licence(whole: Whole) -> str:
    settings = whole.settings
    credit = f" Adapted from {settings.credit.name}, {settings.credit.url}" if settings.credit else ""
    return f"{settings.licence.name}, {settings.licence.url}.{credit}"


def _finished(root: Any) -> bytes:
    indent(root, stop=("p", "title", "descrip", "note", "term", "termNote", "admin", "ref", "xref", "transac", "date"))
    return xml_bytes(root)


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    namespace = str(parent.tag).rpartition("}")[0]
    element = etree().SubElement(parent, f"{namespace}}}{name}" if namespace else name, **attributes)
    element.text = text or None
    return element


def _concept3(entry: Any, whole: Whole, item: Item) -> None:
    source = whole.settings.source_locale
    names = whole.locales[source].subject_fields
    for field in item.record.subject_fields:
        _add(entry, "descrip", names.get(field, field), type="subjectField")
    for relation, targets in whole.relations.get(item.id, {}).items():
        for target in targets:
            _add(entry, "ref", f"{relation}: {target}", type="crossReference", target=f"c-{target}")
    for one in item.record.sources:
        read = f" ({one.accessed.isoformat()})" if one.accessed else ""
        _add(entry, "xref", f"{one.title}{read}", type="externalCrossReference", target=one.url)
    if item.record.jurisdiction:
        _add(entry, "note", f"Jurisdiction: {', '.join(item.record.jurisdiction)}")
    if item.record.aliases:
        _add(entry, "note", f"Former addresses: {', '.join(item.record.aliases)}")
    for locale, own in item.entries.items():
        language = _add(entry, "langSec")
        language.set(_LANG, whole.tag(locale))
        _history(language, own)
        _add(language, "descrip", whole.text(own, locale, own.definition), type="definition")
        for note in _notes(whole, own, locale, source):
            _add(language, "note", note)
        for term in own.terms:
            _term3(_add(language, "termSec"), term)


def _history(language: Any, entry: Entry) -> None:
    """Who changed the entry, and when: only what is known."""
    if entry.modified:
        group = _add(language, "transacGrp")
        _add(group, "transac", "modification", type="transactionType")
        _add(group, "date", entry.modified.isoformat())
        _add(group, "transacNote", "machine" if entry.method == "machine" else "person", type="responsibility")


def _notes(whole: Whole, entry: Entry, locale: str, source: str) -> Iterator[str]:
    yield entry.description
    if locale != source:
        more = f". {entry.equivalence_note}" if entry.equivalence_note else ""
        yield f"Equivalence to {whole.tag(source)}: {entry.equivalence}{more}"
    yield "Reviewed by nobody." if not entry.reviewed else f"Reviewed by {entry.reviewed.by}, {entry.reviewed.date}."
    for text in entry.notes.values():
        yield whole.text(entry, locale, text)


def _term3(section: Any, term: Term) -> None:
    _add(section, "term", term.text)
    _add(section, "termNote", f"{term.status}Term-admn-sts", type="administrativeStatus")
    _add(section, "termNote", _PARTS_OF_SPEECH.get(term.part_of_speech, term.part_of_speech), type="partOfSpeech")
    if term.gender:
        _add(section, "termNote", _GENDERS.get(term.gender, term.gender), type="grammaticalGender")
    for note in _about(term):
        _add(section, "note", note)


def _about(term: Term) -> Iterator[str]:
    """What TBX-Basic has no category for."""
    if term.reading:
        yield f"Reading: {term.reading}"
    if term.part_of_speech == "proper-noun":
        yield "Part of speech: proper noun"
    if term.gender == "common":
        yield "Gender: common"
    if term.soft_stem:
        yield f"Stem before a vowel: {term.soft_stem}"
    if term.possessive:
        yield "Ends in a possessive."
    for name in _FORMS:
        if shape := getattr(term.forms, name):
            yield f"{name.replace('_', ' ').capitalize()}: {shape}"
    if term.forms.other:
        yield f"Other forms: {', '.join(term.forms.other)}"
    if term.note:
        yield term.note


# --- version 2, for Weblate ------------------------------------------------------------------------------------------


def write2(library: Library, locale: str) -> bytes:
    """One language beside the source, as Weblate and translate-toolkit read it: a `termEntry` for each pair of terms.

    Preferred and admitted terms belong to the concept's own entry. Weblate can forbid an entry, not one of its terms,
    so each term that is not to be used stands in an entry of its own. Raises InvalidContent, ExchangeError.
    """
    whole = Whole(library, [locale])
    source = whole.settings.source_locale
    if locale == source:
        raise ExchangeError(f"{locale!r} is the source locale: a pair of languages needs another")
    root = etree().Element("martif", type="TBX-Basic")
    root.set(_LANG, whole.tag(source))
    file = _add(_add(root, "martifHeader"), "fileDesc")
    _add(_add(file, "titleStmt"), "title", whole.locales[locale].title)
    _add(_add(file, "publicationStmt"), "p", _licence(whole))
    _add(_add(file, "sourceDesc"), "p", f"{TOOL}, {whole.settings.base_url}")
    body = _add(_add(root, "text"), "body")
    for item in whole.items:
        if source in item.entries and locale in item.entries:
            _entries2(body, whole, item, source, locale)
    return _finished(root)


def _entries2(body: Any, whole: Whole, item: Item, source: str, locale: str) -> None:
    own, other = item.entries[locale], item.entries[source]
    good = [term for term in own.terms if term.status in ("preferred", "admitted")]
    entry = _add(body, "termEntry", id=f"c-{item.id}")
    names = whole.locales[source].subject_fields
    for field in item.record.subject_fields:
        _add(entry, "descrip", names.get(field, field), type="subjectField")
    _add(entry, "descrip", whole.text(other, source, other.definition), type="definition")
    for relation, targets in whole.relations.get(item.id, {}).items():
        _add(entry, "note", f"{relation}: {', '.join(targets)}")
    for one in item.record.sources:
        _add(entry, "note", f"{one.title}, {one.url}")
    if item.record.jurisdiction:
        _add(entry, "note", f"Jurisdiction: {', '.join(item.record.jurisdiction)}")
    _language2(entry, whole, source, other, [term for term in other.terms if term.status in ("preferred", "admitted")])
    _language2(entry, whole, locale, own, good)
    for number, term in enumerate([term for term in own.terms if term not in good], 1):
        forbidden = _add(body, "termEntry", id=f"c-{item.id}-forbidden-{number}")
        language = _add(forbidden, "langSet")
        language.set(_LANG, whole.tag(source))
        _add(_add(language, "tig"), "term", other.preferred.text)  # Weblate heeds only the first status of an entry
        _language2(forbidden, whole, locale, own, [term])


def _language2(entry: Any, whole: Whole, locale: str, own: Entry, terms: Sequence[Term]) -> None:
    language = _add(entry, "langSet")
    language.set(_LANG, whole.tag(locale))
    if terms[0].status in ("preferred", "admitted") and locale != whole.settings.source_locale:
        # Weblate takes every `descrip` for the source's: what is said in this language is the translator's note.
        for note in (
            whole.text(own, locale, own.definition),
            *_notes(whole, own, locale, whole.settings.source_locale),
        ):
            _add(language, "note", note, **{"from": "translator"})
    for term in terms:
        section = _add(language, "tig")
        _add(section, "term", term.text)
        status = _FORBIDDEN.get(term.status, f"{term.status}Term-admn-sts")
        _add(section, "termNote", status, type="administrativeStatus")
        _add(section, "termNote", _PARTS_OF_SPEECH.get(term.part_of_speech, term.part_of_speech), type="partOfSpeech")
        if term.gender:
            _add(section, "termNote", _GENDERS.get(term.gender, term.gender), type="grammaticalGender")
        for note in _about(term):
            _add(section, "note", note)
