"""Does everything in a built site lead somewhere? Links, fragments, language alternates, canonical, sitemaps, feeds.

Works on the files alone, without a network, for any static site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from deficiency_glossary.checks import alternates, listings, reading, verdicts
from deficiency_glossary.checks.addresses import Addresses
from deficiency_glossary.checks.html import decode
from deficiency_glossary.checks.uses import read_page
from deficiency_glossary.checks.verdicts import Here
from deficiency_glossary.findings import Finding, in_order


class Checked(NamedTuple):
    """What is wrong in a site, and the addresses outside with the files that name them (if they were asked for)."""

    findings: list[Finding]
    outside: dict[str, list[str]]
    addresses: Addresses


def check_site(folder: Path, *, base_url: str = "", clean_urls: bool = False, jobs: int | None = None) -> list[Finding]:
    """Everything in a built site that leads nowhere. Paths are relative to the site's folder."""
    return check(folder, base_url=base_url, clean_urls=clean_urls, jobs=jobs).findings


def check(
    folder: Path,
    *,
    base_url: str = "",
    clean_urls: bool = False,
    outside: bool = False,
    exclude: Sequence[re.Pattern[str]] = (),
    jobs: int | None = None,
) -> Checked:
    """The same, with the addresses outside. What `exclude` finds in an address is left out."""
    files = sorted(reading.walk(folder))
    base = base_url or reading.base_url(folder, files)
    job = reading.Job(folder, files, base, clean_urls, outside)
    notes = reading.read_all(job, jobs)
    addresses = Addresses(files, base, clean_urls=clean_urls)
    listed = listings.check(folder, addresses)
    findings = [*notes.findings, *listed.findings, *_later(folder, addresses, notes)]
    found = {address: notes.pages(numbers) for address, numbers in notes.outside.items()}
    for address, pages in listed.outside.items() if outside else ():
        found[address] = sorted({*found.get(address, ()), *pages})
    return Checked(
        in_order(_printable(one) for one in findings if not excluded(one.target, exclude)),
        {address: found[address] for address in sorted(found) if not excluded(address, exclude)},
        addresses,
    )


def excluded(address: str, exclude: Iterable[re.Pattern[str]]) -> bool:
    """Whether one of the patterns is found in an address."""
    return any(pattern.search(address) for pattern in exclude)


def _printable(finding: Finding) -> Finding:
    """File names that are not UTF-8 could not be written into any report."""
    if finding.path.isascii() or finding.path.encode("utf-8", "replace").decode() == finding.path:
        return finding
    told = {name: getattr(finding, name).encode("utf-8", "replace").decode() for name in ("path", "message", "target")}
    return replace(finding, **told)


# --- what needs all pages --------------------------------------------------------------------------------------------


def _later(folder: Path, addresses: Addresses, notes: reading.Notes) -> Iterator[Finding]:
    ids = dict(_ids(folder, {path for path, _ in notes.parts}, notes.ids))
    again: set[str] = set()
    for (path, fragment), numbers in notes.parts.items():
        if path in ids and not verdicts.has_fragment(ids[path], fragment):
            again.update(notes.pages(numbers))
    for path in notes.redirects:
        again.update(notes.pages(notes.links.get(path, ())))
    again.update(path for path in notes.clusters if alternates.doubtful(path, notes.clusters))
    rings = set(_rings(notes.redirects))
    for path in sorted(again | rings):
        text, page = reading.load(folder, path)
        here = Here(path, page, addresses)
        flawed = list(alternates.later(here, notes.clusters))
        for use in page.uses:
            target = addresses.target(path, page.base, use.written)
            if target.kind == "file" and target.path != path and not (use.role == "redirect" and path in rings):
                flawed += verdicts.later(use, target, ids, notes.redirects)
        if path in rings and page.redirect is not None:
            written, offset = page.redirect.written, page.redirect.offset
            flawed.append(verdicts.Flawed("redirect-loop", f"{written!r} leads back here", written, offset))
        yield from (one.finding(path, text) for one in flawed)


def _ids(folder: Path, wanted: Collection[str], known: Mapping[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
    """The ids of the files that are linked with a fragment: pages, and drawings, which are read only now."""
    for path in wanted:
        if path in known:
            yield path, frozenset(known[path].split("\n"))
        elif path.endswith(".svg"):
            yield path, read_page(decode((folder / path).read_bytes())).ids


def _rings(redirects: Mapping[str, str]) -> Iterator[str]:
    """The pages from which the way leads back to them."""
    done: set[str] = set()
    for start in redirects:
        way: dict[str, int] = {}
        path = start
        while path in redirects and path not in done and path not in way:
            way[path] = len(way)
            path = redirects[path]
        yield from list(way)[way.get(path, len(way)) :]
        done.update(way)
