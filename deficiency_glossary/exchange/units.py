"""The hub of the exchange: a glossary in one locale as a list of units, whatever the format of the file.

A unit is one text of the source locale with its translation. Every format is two functions: one writes a batch of
units, the other reads what came back as a parcel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from deficiency_glossary.errors import GlossaryError
from deficiency_glossary.findings import Finding
from deficiency_glossary.library import schema
from deficiency_glossary.library.status import TODO, Ledger, State, fingerprint, states
from deficiency_glossary.library.store import Library, entry_path
from deficiency_glossary.library.translations import pairs
from deficiency_glossary.model import Concept, Entry
from deficiency_glossary.text import markup

TOOL = "deficiency-glossary"
NOTHING = "none"  # in place of the fingerprint of a text that is not there
VERSION = "1"  # of the files: what the ids and the codes in them mean

PREFERRED_TERM = ("terms", "preferred", "term")
TERM_PLACEHOLDERS = frozenset({"term", "term_def", "term_pl", "term_def_pl"})


class ExchangeError(GlossaryError):
    """What was asked for cannot be written or read."""


class Unit(NamedTuple):
    """One text: `where` is its path in the entry, with `preferred` in place of a term's number."""

    concept: str
    where: tuple[str, ...]
    source: str
    target: str
    state: State
    notes: tuple[str, ...]
    max_length: int
    is_markdown: bool

    @property
    def id(self) -> str:
        """`concept:field/path`: the same as long as the glossary has the text."""
        return f"{self.concept}:{'/'.join(self.where)}"

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names in braces in the source, each once."""
        return tuple(dict.fromkeys(one.name for one in markup.placeholders(self.source)))

    @property
    def base(self) -> str:
        """The fingerprint of the translation that went out: it shows later who changed it."""
        return base_of(self.target)


class Batch(NamedTuple):
    """All units of a locale. The tags are BCP 47, the names are the locales' own."""

    locale: str
    tag: str
    source_locale: str
    source_tag: str
    title: str
    modified: str  # the day of the last change, YYYY-MM-DD
    units: tuple[Unit, ...]

    def by_concept(self) -> dict[str, list[Unit]]:
        """The units of each concept, in order."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.concept, []).append(unit)
        return found


class Incoming(NamedTuple):
    """A unit as it came back. `base` is the fingerprint that went out with it, if the tool kept it."""

    id: str
    source: str
    target: str
    line: int
    base: str = ""
    unfinished: bool = False


class Parcel(NamedTuple):
    """A file that came back: its units, and what is wrong with the file itself."""

    path: str
    source_tag: str
    tag: str
    version: str
    items: tuple[Incoming, ...]
    findings: tuple[Finding, ...] = ()


def base_of(target: str) -> str:
    """What goes out with a translation, to tell later whether it was changed."""
    return fingerprint(target) if target else NOTHING


def tidy(text: str) -> str:
    """A text without what files and tools add: carriage returns, and line breaks at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def batch(library: Library, locale: str) -> Batch:
    """The units of a locale. Raises InvalidContent, BadLedger."""
    settings = library.settings
    source = settings.source_locale
    if locale == source:
        raise ExchangeError(f"{locale!r} is the source locale: there is nothing to translate it from")
    found = list(pairs(library, locale))
    ledger = library.ledger(locale)  # read once: it holds every concept
    units = [unit for concept, own, target in found for unit in _units(library, concept, locale, own, target, ledger)]
    days = [target.modified.isoformat() for *_, target in found if target and target.modified]
    own, other = library.locale_file(locale).require(), library.locale_file(source).require()
    return Batch(locale, own.tag, source, other.tag, own.title, max(days, default="1970-01-01"), tuple(units))


def _units(
    library: Library, concept: str, locale: str, source: Entry, entry: Entry | None, ledger: Ledger
) -> Iterator[Unit]:
    """The units of one concept, in the order of the model; `entry` is the translation, if there is one."""
    targets = dict(texts(entry)) if entry else {}
    context = _Context(library, concept, locale, source)
    known = {field.field: field.state for field in states(concept, source, entry, ledger)} if ledger else {}
    for where, text in texts(source):
        target = tidy(targets.get(where, ""))
        target = "" if target == TODO else target
        state = _state(entry, known.get("/".join(where))) if entry and target else "missing"
        length, markdown = limits(where)
        yield Unit(concept, where, tidy(text), target, state, context.notes(where, text, state), length, markdown)


def _state(entry: Entry, known: State | None) -> State:
    """The state of a text that is there: what the ledger knows, and what the entry says of itself."""
    if known in ("stale", "reviewed"):
        return known
    if known == "draft" or entry.draft:
        return "draft"
    if known is None and entry.reviewed:
        return "reviewed"
    return "draft" if entry.method == "machine" else "translated"


def texts(entry: Entry) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of an entry that has its counterpart in other languages, with its path."""
    yield from ((PREFERRED_TERM, term.text) for term in entry.terms if term.status == "preferred")
    for name in ("title", "description", "definition"):
        yield (name,), getattr(entry, name)
    for key, section in entry.sections.items():
        yield ("sections", key, "heading"), section.heading
        yield ("sections", key, "body"), section.body
    for part in ("notes", "highlights"):
        for key, text in getattr(entry, part).items():
            yield (part, key), text
    for key, example in entry.examples.items():
        yield ("examples", key, "title"), example.title
        yield ("examples", key, "text"), example.text
        for name, label in example.labels.items():
            yield ("examples", key, "labels", name), label


# --- what the schema says of a field ---------------------------------------------------------------------------------


@cache
def _definitions() -> dict[str, Any]:
    found: dict[str, Any] = schema.json_schema("entry")["definitions"]
    return found


@cache
def _field(where: tuple[str, ...]) -> dict[str, Any]:
    """The schema of the field at a path."""
    here: dict[str, Any] = _definitions()["Entry"]
    for step in where:
        if "$ref" in here:
            here = _definitions()[here["$ref"].rpartition("/")[2]]
        if "items" in here:
            here = here["items"]
        elif step in here.get("properties", {}):
            here = here["properties"][step]
        else:
            here = here["additionalProperties"]
    return here


def limits(where: tuple[str, ...]) -> tuple[int, bool]:
    """How long a text may be, and whether it may have several lines."""
    length = int(_field(where)["maxLength"])
    return length, "pattern" not in _field(where)


_PURPOSE = {
    ("terms",): "The term itself, as a dictionary would have it. Links and titles go by it.",
    ("title",): "The title of the page.",
    ("description",): "For lists and search engines.",
    ("definition",): "The beginning of the page: what the concept is.",
    ("sections", "heading"): "The heading of a section.",
    ("sections", "body"): "The text of a section.",
    ("notes",): "A remark at the end of the page.",
    ("highlights",): "A key point: one sentence.",
    ("examples", "title"): "The heading of a worked example.",
    ("examples", "text"): "The story of a worked example.",
    ("examples", "labels"): "What a figure is called in the table under the story.",
}


class _Context:
    """What a translator should know beside the text."""

    def __init__(self, library: Library, concept: str, locale: str, source: Entry) -> None:
        self.library, self.locale, self.source = library, locale, source
        self.record: Concept | None = library.concept_file(concept).record

    def notes(self, where: tuple[str, ...], text: str, state: State) -> tuple[str, ...]:
        """What the field is for, what it is about, its limits, its placeholders, the terms it should use."""
        kind = where[:1] if len(where) < 3 or where[0] == "terms" else (where[0], where[2])
        described = str(_field(where).get("description", ""))
        found = [f"{_PURPOSE[kind]} {described}".strip(), f"Concept: {self.source.title}. {self.source.description}"]
        found.append(f"At most {limits(where)[0]:,} characters.")
        found += [self._placeholder(where, name) for name in dict.fromkeys(p.name for p in markup.placeholders(text))]
        found += self._terms(text)
        if state == "draft":
            found.append("The translation is a draft: made by a machine, or not yet looked at.")
        if state == "stale":
            found.append("The source has changed since this was translated.")
        return tuple(found)

    def _placeholder(self, where: tuple[str, ...], name: str) -> str:
        if name in TERM_PLACEHOLDERS:
            return f"{{{name}}} stands for the preferred term. Keep it as it is."
        example = self.record.examples.get(where[1]) if self.record and where[0] == "examples" else None
        if example is None:
            return f"{{{name}}}: keep it as it is."
        told = self.source.examples.get(where[1])
        label = told.labels.get(name, "") if told else ""
        kind = example.kinds.get(name, "currency")
        unit = f" {example.currency}" if kind == "currency" else " (0.8 is 80 %)" if kind == "percent" else ""
        amount = f"{example.figures[name]}{unit}" if name in example.figures else f"computed{unit}"
        return f"{{{name}}} becomes a figure: {label + ', ' if label else ''}{amount}. Keep it as it is."

    def _terms(self, text: str) -> Iterator[str]:
        """The preferred terms of the concepts that the text links to."""
        targets = dict.fromkeys(markup.targets(text))
        for target in targets:
            own = self._preferred(target, self.locale)
            if own:
                source = self._preferred(target, self.library.settings.source_locale) or target
                yield f"Term: {source} = {own}"

    def _preferred(self, concept: str, locale: str) -> str | None:
        if concept not in self.library.concepts_in(locale):
            return None
        entry = self.library.entry_file(concept, locale).record
        found = [term.text for term in entry.terms if term.status == "preferred"] if entry and not entry.draft else []
        return found[0] if found else None


def path_of(unit: Unit, locale: str) -> str:
    """The file that a unit's translation stands in."""
    return entry_path(unit.concept, locale)


def chosen(library: Library, locales: Sequence[str]) -> list[str]:
    """The ids of the locales asked for; all that are translations if none is. Raises UnknownLocale."""
    if locales:
        return list(dict.fromkeys(library.locale(name)[0] for name in locales))
    return [name for name in library.locales if name != library.settings.source_locale]
