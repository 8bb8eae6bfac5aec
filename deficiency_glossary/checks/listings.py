"""What a site tells robots and readers about itself: sitemaps, feeds, robots.txt."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from deficiency_glossary.checks import xml
from deficiency_glossary.checks.addresses import Addresses
from deficiency_glossary.checks.alternates import flaw_of_language
from deficiency_glossary.checks.html import decode, place
from deficiency_glossary.checks.reading import outside_address
from deficiency_glossary.checks.uses import read_page
from deficiency_glossary.checks.verdicts import link_finding
from deficiency_glossary.findings import Finding

MAX_BYTES = 50 * 2**20  # the sitemap protocol's own limit, unpacked
MAX_URLS = 50_000

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_XHTML = "http://www.w3.org/1999/xhtml"
_LOC, _ALTERNATE = f"{_SITEMAP} loc", f"{_XHTML} link"
_IN_SITEMAP = frozenset({_LOC, _ALTERNATE, f"{_IMAGE} loc"})
_SITEMAP_NAME = re.compile(r"(?:^|/)sitemap[^/]*\.xml(?:\.gz)?$")

_ATOM = "http://www.w3.org/2005/Atom"
_FEED_NAME = re.compile(r"\.(?:xml|atom|rss|rdf)$")
_FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_SNIFFED = 2048
# Where the addresses of a feed stand: as the text of an element, in an attribute of it, in HTML inside it.
_IN_TEXT = frozenset({"link", "comments", "docs", "url", "guid", f"{_ATOM} icon", f"{_ATOM} logo", f"{_ATOM} uri"})
_IN_ATTRIBUTE = {
    "enclosure": "url",
    "source": "url",
    f"{_ATOM} link": "href",
    f"{_ATOM} content": "src",
    f"{_ATOM} generator": "uri",
}
_IN_HTML = frozenset(
    {f"{_ATOM} content", f"{_ATOM} summary", "description", "http://purl.org/rss/1.0/modules/content/ encoded"}
)
_IN_FEED = frozenset({*_IN_TEXT, *_IN_ATTRIBUTE, *_IN_HTML})

_ROBOTS = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


class Listed(NamedTuple):
    """What was found, and the addresses outside with the files that name them."""

    findings: list[Finding]
    outside: dict[str, list[str]]


def check(folder: Path, addresses: Addresses) -> Listed:
    """Everything wrong in the sitemaps, feeds and robots.txt of a site."""
    listed = Listed([], {})
    named: set[str] = set()
    if "robots.txt" in addresses.files:
        text = decode((folder / "robots.txt").read_bytes())
        for place_ in _in_robots(text):
            target = addresses.target("robots.txt", "", place_.value)
            if target.kind == "file":
                named.add(target.path)
            elif target.kind == "missing":
                listed.findings.append(_at("robots.txt", place_, "dead-link", f"{place_.value!r} is not in the site"))
    for path in sorted(addresses.files):
        if path in named or _SITEMAP_NAME.search(path):
            listed.findings.extend(_sitemap(path, folder / path, addresses))
        elif _FEED_NAME.search(path):
            _feed(path, (folder / path).read_bytes(), addresses, listed)
    return listed


def _in_robots(text: str) -> Iterator[xml.Attribute]:
    """The sitemaps that robots.txt names."""
    for found in _ROBOTS.finditer(text):
        yield xml.Attribute(found[1], *place(text, found.start(1)))


def _at(path: str, where: xml.Attribute, code: str, message: str, hint: str = "") -> Finding:
    return link_finding(path, code, message, where.value, hint, line=where.line, column=where.column)


def _missing(path: str, where: xml.Attribute, name: str, addresses: Addresses) -> Finding:
    kind, same = addresses.hint(name)
    if kind == "case":
        return _at(path, where, "wrong-case", f"{where.value!r}: the file is called {same!r}")
    return _at(path, where, "dead-link", f"{where.value!r} is not in the site")


# --- sitemaps --------------------------------------------------------------------------------------------------------


def _sitemap(path: str, file: Path, addresses: Addresses) -> Iterator[Finding]:
    try:
        data = _unpacked(file)
    except (zlib.error, EOFError) as error:
        yield link_finding(path, "bad-sitemap", f"is not gzip: {error}")
        return
    if len(data) > MAX_BYTES:
        yield link_finding(path, "bad-sitemap", f"has more than {MAX_BYTES:,} bytes; search engines refuse it")
        return
    elements, broken = xml.read(data, _IN_SITEMAP)
    if broken:
        message = f"is not XML: {broken.message}"
        yield link_finding(path, "bad-sitemap", message, line=broken.line, column=broken.column)
    pages = sum(one.name == _LOC for one in elements)
    if pages > MAX_URLS:
        yield link_finding(path, "bad-sitemap", f"has {pages:,} addresses; search engines read {MAX_URLS:,} of them")
    seen: set[str] = set()
    for one in elements:
        where = one.attributes.get("href") if one.name == _ALTERNATE else xml.Attribute(*one[2:])
        if where is None:
            continue
        if one.name == _ALTERNATE:
            yield from _language(path, one, where)
        # An address stands here once for each language: that it is wrong is said once. Where no page tells the public
        # address, it cannot be known what an address stands for.
        if addresses.base_url and where.value not in seen:
            seen.add(where.value)
            yield from _listed(path, one, where, addresses)


def _unpacked(file: Path) -> bytes:
    data = file.read_bytes()
    if file.suffix != ".gz":
        return data
    machine = zlib.decompressobj(wbits=31)
    plain = machine.decompress(data, MAX_BYTES + 1)  # a small file can hold a very large one
    if not machine.eof and len(plain) <= MAX_BYTES:
        raise EOFError("it ends too early")
    return plain


def _language(path: str, one: xml.Element, where: xml.Attribute) -> Iterator[Finding]:
    language = one.attributes.get("hreflang", xml.Attribute("", where.line, where.column))
    message, hint = flaw_of_language(language.value)
    if message:
        yield _at(path, xml.Attribute(where.value, language.line, language.column), "bad-hreflang", message, hint)


def _listed(path: str, one: xml.Element, where: xml.Attribute, addresses: Addresses) -> Iterator[Finding]:
    target = addresses.target(path, "", where.value)
    if target.kind == "missing":
        yield _missing(path, where, target.path, addresses)
    elif target.kind == "outside" and one.name != f"{_IMAGE} loc":
        yield _at(
            path,
            where,
            "foreign-url",
            f"{where.value!r} is not of this site",
            f"addresses begin with {addresses.base_url}",
        )
    elif target.kind not in ("file", "outside"):
        yield _at(path, where, "bad-address", f"{where.value!r} leads nowhere on the web")


# --- feeds -----------------------------------------------------------------------------------------------------------


def _feed(path: str, data: bytes, addresses: Addresses, listed: Listed) -> None:
    if not _FEED_START.search(data, 0, _SNIFFED):
        return
    elements, broken = xml.read(data, _IN_FEED)
    if broken:
        message = f"is not XML: {broken.message}"
        listed.findings.append(link_finding(path, "bad-feed", message, line=broken.line, column=broken.column))
    for one in elements:
        for where in _feed_places(one):
            _judge(path, where, addresses, listed)


def in_feed(data: bytes) -> Iterator[xml.Attribute]:
    """The addresses in a feed, with their places."""
    for one in xml.read(data, _IN_FEED)[0]:
        yield from _feed_places(one)


def _feed_places(one: xml.Element) -> Iterator[xml.Attribute]:
    """The addresses of an element of a feed."""
    wanted = _IN_ATTRIBUTE.get(one.name)
    if wanted and wanted in one.attributes:
        yield one.attributes[wanted]
    if not one.text:
        return
    if one.name in _IN_TEXT:
        permanent = one.attributes.get("ispermalink")
        if one.name != "guid" or (permanent is None and one.text.startswith("http")):
            yield xml.Attribute(one.text, one.line, one.column)
    elif one.name in _IN_HTML:
        # Relative addresses mean something else in every reader, so only whole ones are judged.
        for use in read_page(one.text).uses:
            if re.match(r"https?://", use.written, re.IGNORECASE):
                yield xml.Attribute(use.written, one.line, one.column)


def _judge(path: str, where: xml.Attribute, addresses: Addresses, listed: Listed) -> None:
    target = addresses.target(path, "", where.value)
    if target.kind == "outside":
        listed.outside.setdefault(outside_address(target, "link"), []).append(path)
    elif target.kind == "missing":
        listed.findings.append(_missing(path, where, target.path, addresses))
    elif target.kind in ("invalid", "local", "empty"):
        listed.findings.append(_at(path, where, "bad-address", f"{where.value!r} leads nowhere on the web"))
