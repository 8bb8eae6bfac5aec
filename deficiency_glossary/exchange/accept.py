"""Taking in what came back: every unit is looked at before a file is touched, and nothing is lost on the way."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from deficiency_glossary.errors import UnknownLocale
from deficiency_glossary.exchange.units import (
    PREFERRED_TERM,
    TERM_PLACEHOLDERS,
    TOOL,
    VERSION,
    Incoming,
    Parcel,
    Unit,
    base_of,
    batch,
    texts,
)
from deficiency_glossary.findings import Finding, Severity, has_errors, in_order
from deficiency_glossary.library import edit
from deficiency_glossary.library.status import fingerprint
from deficiency_glossary.library.store import Library, decode, entry_path
from deficiency_glossary.locales import negotiate
from deficiency_glossary.model import Entry
from deficiency_glossary.text import markup

_REQUIRED = (PREFERRED_TERM, ("title",), ("description",), ("definition",))
_FIELDS = tuple(field.encode_name for field in msgspec.structs.fields(Entry))
_NEW_ENTRY = b"terms:\n  - term: term\n    status: preferred\n"


class Change(NamedTuple):
    """A unit whose translation is another one now."""

    unit: Unit
    target: str
    parcel: str
    line: int

    def finding(self, code: str, message: str, hint: str, severity: Severity = "error") -> Finding:
        """A finding at the unit in the file that came back."""
        return _finding(self.parcel, self.line, code, message, hint, severity)


class Outcome(NamedTuple):
    """What an import would do: the files as they are and as they will be, and everything that is wrong."""

    files: dict[str, tuple[bytes, bytes]]
    findings: tuple[Finding, ...]
    changed: int
    unchanged: int

    def diff(self) -> str:
        """The changes as a unified diff."""
        return "".join(line for path, (old, new) in self.files.items() for line in _diff(path, old, new))


def _diff(path: str, old: bytes, new: bytes) -> Iterator[str]:
    before, after = (data.decode("utf-8").splitlines(keepends=True) for data in (old, new))
    for line in difflib.unified_diff(before, after, path if old else "/dev/null", path):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def plan(library: Library, parcels: Iterable[Parcel], *, unfinished: bool = False) -> Outcome:
    """What taking in the parcels would change. With `unfinished`, units count that their tool calls unfinished."""
    findings: list[Finding] = []
    changes: dict[tuple[str, str], dict[str, Change]] = {}
    unchanged = 0
    for parcel in parcels:
        findings += parcel.findings
        locale = _locale(library, parcel, findings)
        if locale is None:
            continue
        units = {unit.id: unit for unit in batch(library, locale).units}
        for item, unit in _known(parcel, units, findings):
            problem = _problem(library, locale, unit, item, parcel.path, unfinished=unfinished)
            if problem is None:
                unchanged += 1
            elif isinstance(problem, Finding):
                findings.append(problem)
            else:
                _keep(changes.setdefault((locale, unit.concept), {}), problem, findings)
    files: dict[str, tuple[bytes, bytes]] = {}
    changed = 0
    for (locale, concept), wanted in changes.items():
        done = _changed_file(library, locale, concept, list(wanted.values()), findings)
        if done is not None:
            files[entry_path(concept, locale)] = done
            changed += len(wanted)
    return Outcome(files, tuple(in_order(findings)), changed, unchanged)


def _finding(path: str, line: int, code: str, message: str, hint: str, severity: Severity = "error") -> Finding:
    column = 1 if line else 0
    return Finding(path=path, line=line, column=column, code=code, severity=severity, message=message, hint=hint)


# --- the parcel ------------------------------------------------------------------------------------------------------


def _locale(library: Library, parcel: Parcel, findings: list[Finding]) -> str | None:
    """The locale that a parcel is for, unless it is for none."""
    if not parcel.items and has_errors(parcel.findings):
        return None
    if parcel.version not in ("", VERSION):
        message = f"the file has version {parcel.version!r} of the exchange, this program knows {VERSION!r}"
        findings.append(
            _finding(parcel.path, 0, "other-version", message, f"use the {TOOL} that exported it, or export anew")
        )
        return None
    source = library.settings.source_locale
    try:
        locale = negotiate(parcel.tag, library.locales)
        wrong = locale == source or (parcel.source_tag and negotiate(parcel.source_tag, library.locales) != source)
    except UnknownLocale:
        wrong = True
    if wrong:
        message = f"the file goes from {parcel.source_tag or 'no language'} to {parcel.tag or 'no language'}"
        others = ", ".join(name for name in library.locales if name != source)
        findings.append(
            _finding(parcel.path, 0, "wrong-locale", message, f"here it must go from {source} to one of {others}")
        )
        return None
    return locale


def _known(parcel: Parcel, units: dict[str, Unit], findings: list[Finding]) -> Iterator[tuple[Incoming, Unit]]:
    """The items that belong to a unit, each once."""
    seen: dict[str, Incoming] = {}
    for item in parcel.items:
        unit = units.get(item.id)
        if unit is None:
            hint = (
                "the field was renamed or deleted since the export, or the tool changed the id: move the text by hand"
            )
            findings.append(_finding(parcel.path, item.line, "unknown-unit", f"there is no unit {item.id!r}", hint))
        elif item.id in seen:
            message = f"the unit {item.id!r} stands a second time; first on line {seen[item.id].line}"
            if item.target != seen[item.id].target:
                findings.append(_finding(parcel.path, item.line, "unit-twice", message, "delete one of them"))
        else:
            seen[item.id] = item
            yield item, unit


def _problem(
    library: Library, locale: str, unit: Unit, item: Incoming, path: str, *, unfinished: bool
) -> Change | Finding | None:
    """The change that an item asks for, what speaks against it, or nothing if it asks for none."""
    untouched = base_of(item.target) == item.base
    if item.target == unit.target or (untouched and item.base != unit.base):
        return None  # as it is, or as it went out: then what stands here now is newer
    change = Change(unit, item.target, path, item.line)
    if not item.target:
        hint = "to delete a text, delete it in the entry"
        return change.finding("emptied-unit", f"{unit.id} came back empty; the old text stays", hint, "warning")
    if item.unfinished and not unfinished:
        hint = "finish it in the tool (PO: not fuzzy; XLIFF: state translated), or import with --unfinished"
        return change.finding("unfinished-unit", f"{unit.id} is marked as unfinished and was left out", hint, "warning")
    if fingerprint(item.source) != fingerprint(unit.source):
        hint = "export again and translate the new source"
        return change.finding("source-changed", f"the source of {unit.id} has changed since the export", hint)
    if item.base and item.base != unit.base:
        hint = f"compare with {entry_path(unit.concept, locale)} and take over by hand what is right"
        return change.finding("both-changed", f"{unit.id} was changed here too since the export", hint)
    return _unfit(change) or _lost(change, library, locale) or change


def _unfit(change: Change) -> Finding | None:
    unit, target = change.unit, change.target
    if len(target) > unit.max_length:
        message = f"{unit.id} has {len(target):,} characters, at most {unit.max_length:,} fit"
        return change.finding("unfit-unit", message, "shorten it")
    if "\n" in target and not unit.is_markdown:
        return change.finding("unfit-unit", f"{unit.id} must stand on one line", "take the line breaks out")
    return None


def _lost(change: Change, library: Library, locale: str) -> Finding | None:
    """Figures that the translation leaves out, and names in braces that stand for nothing."""
    unit, target = change.unit, change.target
    wanted = set(unit.placeholders)
    found = {one.name for one in markup.placeholders(target)}
    known = wanted | _term_names(library, unit.concept, locale)
    lost, foreign = sorted(wanted - found - TERM_PLACEHOLDERS), sorted(found - known)
    stray = markup.stray_braces(target) and not markup.stray_braces(unit.source)
    if not (lost or foreign or stray):
        return None
    parts = [f"{{{name}}} is missing" for name in lost] + [f"{{{name}}} stands for nothing" for name in foreign]
    parts += ["a brace belongs to no placeholder"] if stray else []
    names = ", ".join(f"{{{name}}}" for name in sorted(known)) or "no names in braces"
    return change.finding("lost-placeholder", f"{unit.id}: {', '.join(parts)}", f"keep {names} as they are")


def _term_names(library: Library, concept: str, locale: str) -> set[str]:
    present = concept in library.concepts_in(locale)
    entry = library.entry_file(concept, locale).record if present else None
    terms = [term for term in entry.terms if term.status == "preferred"] if entry else []
    return {"term", *(name for term in terms for name in term.placeholders)}


def _keep(wanted: dict[str, Change], change: Change, findings: list[Finding]) -> None:
    """Remember a change; two files that want different ones want too much."""
    first = wanted.setdefault(change.unit.id, change)
    if first.target != change.target:
        message = f"{change.unit.id} has another translation in {first.parcel}, line {first.line}"
        findings.append(change.finding("unit-twice", message, "import one of the files only"))


# --- the file --------------------------------------------------------------------------------------------------------


def _changed_file(
    library: Library, locale: str, concept: str, changes: list[Change], findings: list[Finding]
) -> tuple[bytes, bytes] | None:
    """An entry's file before and after, unless the changes do not make a sound file."""
    path = entry_path(concept, locale)
    present = concept in library.concepts_in(locale)
    if not present and (missing := [where for where in _REQUIRED if where not in {c.unit.where for c in changes}]):
        names = ", ".join("/".join(where) for where in missing)
        message = f"{path} cannot be made: {names} not translated"
        findings.append(changes[0].finding("incomplete-entry", message, "a new entry needs at least these"))
        return None
    old = library.read_bytes(path) if present else b""
    entry = library.entry_file(concept, locale).record if present else None
    source = library.entry_file(concept, library.settings.source_locale).require()
    new = old or _NEW_ENTRY
    for change in changes:
        try:
            new = _put(new, change, entry, source)
        except edit.EditRefused as error:
            hint = f"change {path} by hand, or take characters out that no text should hold"
            findings.append(change.finding("refused-edit", f"{change.unit.id}: {error}", hint))
    known = set(library.entry_file(concept, locale).findings) if present else set()
    worse = [one for one in decode(new, path, Entry).findings if one.severity == "error" and one not in known]
    if worse:
        findings += worse
        return None
    if entry and entry.reviewed:
        message = f"was reviewed by {entry.reviewed.by} on {entry.reviewed.date}, before these changes"
        hint = "ask for a new review, or delete `reviewed`"
        findings.append(Finding(path=path, code="review-outdated", severity="warning", message=message, hint=hint))
    return (old, new) if new != old else None


def _put(data: bytes, change: Change, entry: Entry | None, source: Entry) -> bytes:
    unit, value = change.unit, change.target
    old = dict(texts(entry)).get(unit.where, "") if entry else ""
    if unit.is_markdown:  # block text ends in a line break, as people write it
        value += old[len(old.rstrip("\n")) :] or ("\n" if "\n" in value and not old else "")
    where: tuple[str | int, ...] = unit.where
    if unit.where == PREFERRED_TERM:
        terms = entry.terms if entry else ()
        where = ("terms", next((n for n, term in enumerate(terms) if term.status == "preferred"), 0), "term")
    return edit.put(data, where, value, _order(unit.where, source))


def _order(where: tuple[str, ...], source: Entry) -> list[tuple[str, ...]]:
    """For each step of a path, the names around it in their order: the model's, or the source's."""
    found = [_FIELDS]
    if len(where) > 1 and where[0] != "terms":
        part = getattr(source, where[0])
        found.append(tuple(part))
        if len(where) > 2:
            found.append(tuple(field.encode_name for field in msgspec.structs.fields(part[where[1]])))
        if len(where) > 3:
            found.append(tuple(part[where[1]].labels))
    return found
