"""The library: the files of one glossary, read when they are asked for."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from deficiency_glossary.errors import MissingEntry, NotAGlossary, UnknownConcept
from deficiency_glossary.findings import Finding
from deficiency_glossary.library import rules, schema, yaml12
from deficiency_glossary.library.loaded import Loaded as Loaded
from deficiency_glossary.library.loaded import Recalled
from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.library.status import Ledger, read_ledger
from deficiency_glossary.locales import Locale, negotiate
from deficiency_glossary.model import ID_PATTERN, MAX_ID_LENGTH, Concept, Entry, Record, Settings

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

R = TypeVar("R", bound=Record)

SETTINGS = "glossary.yaml"
CONCEPTS = "content/concepts"
# Names that some system or server gives a meaning of its own, and those of the site's own pages.
RESERVED = frozenset(
    {"index", "assets", "concepts", "about", "amounts", "changes", "compare", "feed", "pagefind", "search", "subjects"}
    | {"404", "llms", "robots", "sitemap"}
    | {"con", "prn", "aux", "nul"}
    | {f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)}
)
_ID = re.compile(ID_PATTERN)


class Library:
    """The files under one folder that holds a glossary.yaml. Reads a file when it is first needed.

    `root` is a pathlib.Path or anything with its reading half (importlib's Traversable): a glossary inside a wheel
    or zip file works the same.
    """

    def __init__(self, root: Traversable) -> None:
        self.root = root
        if not root.joinpath(SETTINGS).is_file():
            raise NotAGlossary(f"{root} holds no {SETTINGS}; name the folder that does")
        self._folder = str(root)
        self._locales: dict[str, Loaded[Locale]] = {}
        self._concepts: dict[str, Loaded[Concept]] = {}
        self._entries: dict[tuple[str, str], Loaded[Entry]] = {}
        self._listings: dict[str, Listing] = {}
        self.digests: dict[str, str] | None = None  # of the bytes of each file that is read, where they are wanted

    # --- files -------------------------------------------------------------------------------------------------------

    def read_bytes(self, path: str) -> bytes:
        """The bytes of a file named relative to the glossary's folder; one more than is allowed, if it has too many."""
        if not isinstance(self.root, Path):
            with _descend(self.root, path).open("rb") as stream:
                return stream.read(yaml12.MAX_BYTES + 1)
        # A Path for each file, and a buffer, take as long as reading it.
        with open(os.path.join(self._folder, path), "rb", buffering=0) as file:  # noqa: PTH118, PTH123
            data = file.read(yaml12.MAX_BYTES + 1)
            while more := file.read(yaml12.MAX_BYTES + 1 - len(data)):
                data += more
            return data

    def _load(self, path: str, kind: type[R]) -> Loaded[R]:
        try:
            data = self._data_of(path)
        except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
            return _unreadable(path, getattr(error, "strerror", None) or str(error) or type(error).__name__)
        if data is None:
            return _unreadable(path, "there is no such file")
        if self.digests is not None:
            self.digests[path] = digest_of(data)
        return decode(data, path, kind)

    def _data_of(self, path: str) -> bytes | None:
        """The bytes of an ordinary file; opening a pipe would wait for whoever writes to it."""
        if not isinstance(self.root, Path):
            return self.read_bytes(path) if _descend(self.root, path).is_file() else None
        try:
            is_file = stat.S_ISREG(os.stat(os.path.join(self._folder, path)).st_mode)  # noqa: PTH116, PTH118
        except FileNotFoundError:
            return None
        return self.read_bytes(path) if is_file else None

    @cached_property
    def settings_file(self) -> Loaded[Settings]:
        """glossary.yaml."""
        return self._load(SETTINGS, Settings)

    @property
    def settings(self) -> Settings:
        """What glossary.yaml says; raises InvalidContent."""
        return self.settings_file.require()

    def locale_file(self, locale: str) -> Loaded[Locale]:
        """locales/<locale>.yaml."""
        if locale not in self._locales:
            self._locales[locale] = self._load(f"locales/{locale}.yaml", Locale)
        return self._locales[locale]

    def concept_file(self, concept: str) -> Loaded[Concept]:
        """content/concepts/<concept>.yaml."""
        if concept not in self._concepts:
            self._concepts[concept] = self._load(f"{CONCEPTS}/{concept}.yaml", Concept)
        return self._concepts[concept]

    def recall_concept(self, concept: str, record: Concept) -> None:
        """Take a concept's record from elsewhere: its file, in which nothing is wrong, is read for places only."""
        path = f"{CONCEPTS}/{concept}.yaml"
        self._concepts.setdefault(concept, Recalled(path, record, lambda: self._load(path, Concept).text))

    def entry_file(self, concept: str, locale: str) -> Loaded[Entry]:
        """content/<locale>/<concept>.yaml."""
        key = (concept, locale)
        if key not in self._entries:
            self._entries[key] = self._load(entry_path(concept, locale), Entry)
        return self._entries[key]

    def glance(self, concept: str, locale: str) -> Loaded[Entry]:
        """An entry's file, not kept if it was not kept before: for passes over all of them."""
        return self._entries.get((concept, locale)) or self._load(entry_path(concept, locale), Entry)

    def ledger(self, locale: str) -> Ledger:
        """What is known of the translations of a locale: status/<locale>.tsv, empty if there is none yet.

        Raises BadLedger.
        """
        path = f"status/{locale}.tsv"
        file = _descend(self.root, path)
        return read_ledger(file.read_text(encoding="utf-8"), path) if file.is_file() else {}

    def forget(self, concept: str, locale: str) -> None:
        """Drop an entry from memory: a build passes over thousands and needs each once."""
        self._entries.pop((concept, locale), None)

    # --- what there is -----------------------------------------------------------------------------------------------

    @property
    def locales(self) -> tuple[str, ...]:
        """The published locales, in the order of glossary.yaml."""
        return self.settings.locales

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """The ids of all concepts, sorted."""
        return self._listing(CONCEPTS).ids

    def concepts_in(self, locale: str) -> frozenset[str]:
        """The ids of the concepts that have an entry in this locale, whether or not the entry can be read."""
        return self._entry_ids(locale)

    def _entry_ids(self, locale: str) -> frozenset[str]:
        if locale not in self._ids_by_locale:
            self._ids_by_locale[locale] = frozenset(self._listing(f"content/{locale}").ids)
        return self._ids_by_locale[locale]

    @cached_property
    def _ids_by_locale(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Old address -> concept, from every concept file that can be read."""
        found: dict[str, str] = {}
        for concept in self.concepts:
            record = self.concept_file(concept).record
            for alias in record.aliases if record else ():
                found.setdefault(alias, concept)
        return found

    # --- asking for one ----------------------------------------------------------------------------------------------

    def locale(self, requested: str) -> tuple[str, Locale]:
        """The id and record of the locale that serves a BCP 47 tag; raises UnknownLocale, InvalidContent."""
        locale = negotiate(requested, self.locales)
        return locale, self.locale_file(locale).require()

    def concept(self, name: str) -> tuple[str, Concept]:
        """The id and record of a concept, named by id or alias; raises UnknownConcept, InvalidContent."""
        concept = name if self._has_concept(name) else self.aliases.get(name)
        if concept is None:
            raise UnknownConcept(name, (*self.concepts, *self.aliases))
        return concept, self.concept_file(concept).require()

    def _has_concept(self, name: str) -> bool:
        return is_valid_id(name) and _descend(self.root, f"{CONCEPTS}/{name}.yaml").is_file()

    def entry(self, concept: str, locale: str, *, fallback: bool = False) -> tuple[str, Entry]:
        """The locale given and the record of an entry; raises MissingEntry, InvalidContent.

        With `fallback`, the source locale's entry stands in for a missing one.
        """
        for candidate in (locale, self.settings.source_locale) if fallback else (locale,):
            if _descend(self.root, entry_path(concept, candidate)).is_file():
                entry = self.entry_file(concept, candidate).require()
                if not entry.draft:
                    return candidate, entry
        raise MissingEntry(concept, locale)

    # --- what is wrong with the folder itself ------------------------------------------------------------------------

    def stray_files(self) -> Iterator[Finding]:
        """Findings on names: no valid id, ids that some file systems cannot tell apart, files that are not read."""
        yield from self._listing(CONCEPTS).findings
        for locale in self.locale_folders():
            yield from self._listing(f"content/{locale}").findings

    def locale_folders(self) -> tuple[str, ...]:
        """The folders of entries under content/, sorted, whether published or not."""
        content = self.root.joinpath("content")
        if not content.is_dir():
            return ()
        return tuple(
            sorted(
                item.name
                for item in content.iterdir()
                if item.is_dir() and item.name != "concepts" and not item.name.startswith(".")
            )
        )

    def _listing(self, folder: str) -> Listing:
        if folder not in self._listings:
            directory = _descend(self.root, folder)
            files = sorted(_files_in(directory)) if directory.is_dir() else []
            self._listings[folder] = list_ids(files, folder)
        return self._listings[folder]


def _files_in(directory: Traversable) -> list[tuple[str, bool]]:
    """(name, is an ordinary file) of everything in a folder; on disk, without asking for each file."""
    if isinstance(directory, Path):
        with os.scandir(directory) as items:
            return [(item.name, _is_file(item)) for item in items]
    return [(item.name, item.is_file()) for item in directory.iterdir()]


def _is_file(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_file()
    except OSError:  # a ring of links
        return False


class Listing(NamedTuple):
    """The ids that a folder's files give, and what is wrong with their names."""

    ids: tuple[str, ...]
    findings: tuple[Finding, ...]


def list_ids(names: list[tuple[str, bool]], folder: str) -> Listing:
    """The ids of (name, is an ordinary file) pairs, sorted."""
    ids: dict[str, str] = {}
    findings: list[Finding] = []
    for name, is_file in names:
        stem = name.removesuffix(".yaml")
        if is_file and stem != name and stem not in ids and is_valid_id(stem):  # nearly all; they have small letters
            ids[stem] = stem
            continue
        if name.startswith(".") or name.endswith(("~", ".orig", ".swp")):
            continue  # what editors and systems leave behind
        path = f"{folder}/{name}"
        if not is_file:
            findings.append(Finding(path=path, code="not-a-file", message="is no ordinary file", hint="move it away"))
        elif stem == name:
            findings.append(
                Finding(
                    path=path, code="stray-file", severity="warning", message="is not read", hint="entries end in .yaml"
                )
            )
        else:
            other = ids.get(stem.casefold())
            if other is not None:
                findings.append(_collision(path, stem, other))
            elif not is_valid_id(stem):
                findings.append(_bad_id(path, stem))
            if other is None or is_valid_id(stem):  # the valid one of two stays: its entry is no worse for the other
                ids[stem.casefold()] = stem
    return Listing(tuple(stem for stem in ids.values() if is_valid_id(stem)), tuple(findings))


def _unreadable(path: str, reason: str) -> Loaded[Any]:
    hint = "write the file, or see that it is an ordinary file that you may read"
    return Loaded(path, None, (Finding(path=path, code="unreadable", message=f"cannot be read: {reason}", hint=hint),))


def _collision(path: str, stem: str, other: str) -> Finding:
    return Finding(
        path=path,
        code="id-collision",
        message=f"{stem!r} and {other!r} are one name where file systems do not tell case apart",
        hint="rename one of them",
    )


def _bad_id(path: str, stem: str) -> Finding:
    if stem.casefold() in RESERVED:
        return Finding(path=path, code="invalid-id", message=f"{stem!r} is a reserved name", hint="choose another id")
    return Finding(
        path=path,
        code="invalid-id",
        message=f"{stem!r} is no valid id",
        hint=f"small letters, digits and single hyphens, at most {MAX_ID_LENGTH} characters: deficiency-balance",
    )


def is_valid_id(name: str) -> bool:
    """Whether a name can be the id of a concept: a file name and an address on every system."""
    return _ID.fullmatch(name) is not None and len(name) <= MAX_ID_LENGTH and name not in RESERVED


def entry_path(concept: str, locale: str) -> str:
    """Where an entry stands, relative to the glossary's folder."""
    return f"content/{locale}/{concept}.yaml"


def decode(data: bytes, path: str, kind: type[R]) -> Loaded[R]:
    """The bytes of a file as a record, with everything that is wrong in this file alone."""
    quick = yaml12.read_plain(data)
    if quick is not None:
        value, text = quick
        loaded: Loaded[Any] = Loaded(path, None, (), text)
    else:
        document = yaml12.read(data, path)
        loaded = Loaded(path, None, document.findings, document.text, document.root)
        if document.root is None:
            return loaded
        value = document.root.plain()
    loaded.record, findings = schema.decode(value, lambda: loaded.node(), kind, path)
    if loaded.record is not None:
        findings = list(rules.findings_in(loaded.record, loaded.node, path))
    loaded.findings += tuple(findings)
    return loaded


def _descend(root: Traversable, path: str) -> Traversable:
    return root.joinpath(*path.split("/"))


def shipped() -> Traversable:
    """The glossary that comes with this package: inside it when installed, at the top of a checkout."""
    package = Path(__file__).parent.parent
    if not package.is_dir():  # in a zip file; importlib.resources is slow to import, so only then
        from importlib import resources

        return resources.files("deficiency_glossary").joinpath("shipped")
    inside = package / "shipped"
    return inside if (inside / SETTINGS).is_file() else package.parent


def open_library(path: Path | str | None = None) -> Library:
    """The library in a folder, or the shipped one. Raises NotAGlossary."""
    return Library(shipped() if path is None else Path(path))
