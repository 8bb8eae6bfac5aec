"""Reading the pages and style sheets of a site, each once, in one process or several.

What only the file itself and the names of the others can tell is judged at once, while its text is at hand. What
needs other pages is noted: memory grows with the distinct addresses, not with the bytes of the site.
"""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from deficiency_glossary.checks import alternates, verdicts
from deficiency_glossary.checks.addresses import Addresses, Target, base_of
from deficiency_glossary.checks.html import decode
from deficiency_glossary.checks.uses import Page, Role, Use, css_uses, read_page
from deficiency_glossary.checks.verdicts import Flawed, Here
from deficiency_glossary.findings import Finding
from deficiency_glossary.processes import spread, worker_count

PAGES = (".html", ".htm", ".xhtml")
READ = (*PAGES, ".css")
# A form is not sent, and a name is no address.
UNASKED: frozenset[Role] = frozenset({"form", "id"})
_MANY = 1000  # from this many files on a second process saves more than it costs
_EACH = 500  # and each further one should have this many to read
_CHUNK = 200
_SAMPLE = 64

Key = TypeVar("Key", str, tuple[str, str])
Value = TypeVar("Value", str, alternates.Cluster)


class Job(NamedTuple):
    """What a process must know besides the names of its pages."""

    folder: Path
    files: Sequence[str]
    base_url: str
    clean_urls: bool
    outside: bool  # whether addresses outside are wanted


class Notes:
    """What was found, and what must wait until all pages have been read. Pages are numbers: places in `names`."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.names: list[str] = []
        self.ids: dict[str, str] = {}  # page -> its ids, a line each
        self.clusters: dict[str, alternates.Cluster] = {}
        self.redirects: dict[str, str] = {}
        self.parts: dict[tuple[str, str], array[int]] = {}  # (file, fragment) -> pages that link there
        self.links: dict[str, array[int]] = {}  # page -> pages with a link to it
        self.outside: dict[str, array[int]] = {}  # address outside -> pages

    def merge(self, other: Notes) -> None:
        """Add what another process noted."""
        by = len(self.names)
        self.findings += other.findings
        self.names += other.names
        self.ids.update(other.ids)
        self.clusters.update(other.clusters)
        self.redirects.update(other.redirects)
        _add(self.parts, other.parts, by)
        _add(self.links, other.links, by)
        _add(self.outside, other.outside, by)

    def pages(self, numbers: Iterable[int]) -> list[str]:
        """The names of pages, in order."""
        return sorted({self.names[number] for number in numbers})


def _add(into: dict[Key, array[int]], more: Mapping[Key, array[int]], by: int) -> None:
    for key, numbers in more.items():
        into.setdefault(key, array("I")).extend(number + by for number in numbers)


def _note(into: dict[Key, array[int]], key: Key, page: int) -> None:
    numbers = into.get(key)
    if numbers is None:
        into[key] = array("I", (page,))
    elif numbers[-1] != page:
        numbers.append(page)


class Reader:
    """Reads files of one site."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.addresses = Addresses(job.files, job.base_url, clean_urls=job.clean_urls)
        self.notes = Notes()
        self._same: dict[object, object] = {}  # equal texts and clusters are kept once

    def read(self, path: str) -> None:
        """Read one file: judge what can be judged, note the rest."""
        text, page = load(self.job.folder, path)
        here = Here(path, page, self.addresses)
        number = len(self.notes.names)
        self.notes.names.append(path)
        flawed = [Flawed(flaw.code, flaw.message, flaw.found, flaw.offset) for flaw in page.flaws]
        for use in (*page.uses, *page.canonicals):
            target = self.addresses.target(path, page.base, use.written)
            if not verdicts.sound(target):
                flawed += verdicts.at_once(here, use, target)
                self._note_parts(number, use, target)
            if use.role in verdicts.SENDING and target.kind == "file":
                _note(self.notes.links, target.path, number)
        led = alternates.targets(here)
        flawed += alternates.at_once(here, led)
        for target in led if self.job.outside else ():
            self._note_parts(number, Use("", 0, "head"), target)
        if led:
            self.notes.clusters[path] = self._once(alternates.cluster(here, led))
        if path.endswith(PAGES):
            self._note_page(here)
        self.notes.findings += [one.finding(path, text) for one in flawed]

    def _note_parts(self, number: int, use: Use, target: Target) -> None:
        if target.kind == "outside":
            if self.job.outside and use.role not in UNASKED:
                _note(self.notes.outside, outside_address(target, use.role), number)
        elif target.kind == "file" and target.path != self.notes.names[number]:
            fragment = verdicts.fragment_of(target, use.role)
            if fragment:
                _note(self.notes.parts, (target.path, fragment), number)

    def _note_page(self, here: Here) -> None:
        path, page = here.path, here.page
        self.notes.ids[path] = self._once("\n".join(sorted(page.ids)))
        if page.redirect is not None:
            target = self.addresses.target(path, page.base, page.redirect.written)
            if target.kind == "file" and target.path != path:  # a page that reloads itself is no redirect
                self.notes.redirects[path] = target.path

    def _once(self, value: Value) -> Value:
        return self._same.setdefault(value, value)  # type: ignore[return-value]


def outside_address(target: Target, role: Role) -> str:
    """What is asked of a host outside: the address, with its fragment where that names a part of a page."""
    return f"{target.path}#{target.fragment}" if target.fragment and role != "data" else target.path


def load(folder: Path, path: str) -> tuple[str, Page]:
    """The text of a page or style sheet and what it refers to."""
    with open(f"{folder}/{path}", "rb") as file:  # noqa: PTH123 - half the time of Path.read_bytes
        text = decode(file.read())
    if path.endswith(".css"):
        return text, Page("", frozenset(), list(css_uses(text)), [], [], None, [])
    return text, read_page(text)


# --- all of them -----------------------------------------------------------------------------------------------------


def walk(folder: Path) -> Iterator[str]:
    """All files under a folder, `/` between the parts of their paths."""
    for directory, _, names in os.walk(folder):
        prefix = Path(directory).relative_to(folder).as_posix()
        for name in names:
            yield name if prefix == "." else f"{prefix}/{name}"


def read_all(job: Job, jobs: int | None = None) -> Notes:
    """Read every page and style sheet of a site."""
    paths = sorted(path for path in job.files if path.endswith(READ))
    workers = worker_count(jobs, len(paths), many=_MANY, each=_EACH)
    size = max(1, min(_CHUNK, len(paths) // workers))
    chunks = [paths[start : start + size] for start in range(0, len(paths), size)]
    reader, notes = Reader(job), Notes()
    for read in spread(chunks, workers, partial(_read, reader), _read_chunk, _begin, (job,)):
        notes.merge(read)
    return notes


_readers: list[Reader] = []  # in a process that reads for another: its one reader, for all its chunks


def _begin(job: Job) -> None:
    _readers.append(Reader(job))


def _read_chunk(paths: Sequence[str]) -> Notes:
    return _read(_readers[0], paths)


def _read(reader: Reader, paths: Sequence[str]) -> Notes:
    reader.notes = Notes()
    for path in paths:
        reader.read(path)
    return reader.notes


def base_url(folder: Path, files: Iterable[str]) -> str:
    """The public address of the root: what most canonical addresses say that end in their page's own path.

    Some pages from all over the site are asked; if they do not agree, or say nothing, all are.
    """
    paths = sorted(path for path in files if path.endswith(PAGES))
    step = max(1, len(paths) // _SAMPLE)
    votes = _votes(folder, paths[::step])
    if len(votes) != 1 and step > 1:
        votes = _votes(folder, paths)
    return min(votes, key=lambda base: (-votes[base], base), default="")


def _votes(folder: Path, paths: Iterable[str]) -> Counter[str]:
    votes: Counter[str] = Counter()
    for path in paths:
        data = (folder / path).read_bytes()
        if b"canonical" not in data:
            continue
        page = read_page(decode(data))
        if page.redirect is None:
            votes.update(base for use in page.canonicals if (base := base_of(use.written.strip(), path)))
    return votes
