"""Does everything in a built site lead somewhere? Links, fragments, language alternates, canonical, sitemap.

Works on the files alone, without a network, for any static site. Each page is read once: what it defines and what it
uses; then the uses are looked up.
"""

from __future__ import annotations

import os
import posixpath
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from deficiency_glossary.findings import Finding, Severity, in_order

# Elements and the attribute that holds an address.
_LINKING = {
    **dict.fromkeys(["a", "area", "link", "use"], "href"),
    **dict.fromkeys(["img", "script", "iframe", "source", "video", "audio", "embed", "track", "input"], "src"),
    "object": "data",
    "form": "action",
}
_IMAGE_SETS = "img[srcset],source[srcset],link[imagesrcset]"
_REDIRECTING = "meta[http-equiv=refresh i]"
_LINK_KINDS = frozenset(
    {
        "alternate",
        "apple-touch-icon",
        "stylesheet",
        "icon",
        "manifest",
        "preload",
        "modulepreload",
        "prefetch",
        "next",
        "prev",
        "license",
        "author",
        "help",
        "search",
    }
)
_REFRESH = re.compile(r"^\s*[\d.]+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)
_TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?"
    r"(-([A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*|x-default"
)
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"


# A candidate of srcset: an address, which may hold commas but does not end in one, and its width or density.
_CANDIDATE = re.compile(r"[\s,]*([^\s,](?:\S*[^\s,])?)(?:\s+[^\s,]+)?\s*(?:,|$)")
# Stands for the public address where no page tells it: of a scheme that urljoin knows, else it would join nothing.
_NOWHERE = "http://site.invalid/"


class Page(NamedTuple):
    """What a page defines and what it uses, addresses as they are written."""

    path: str
    base: str
    ids: frozenset[str]
    duplicate_ids: tuple[str, ...]
    uses: tuple[str, ...]
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    is_redirect: bool


class Site:
    """The files of a built site, its pages, and its public address, which the canonical links tell."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = frozenset(_walk(folder))
        self.pages: dict[str, Page] = {}

        for path in sorted(self.files):
            if path.endswith((".html", ".htm")):
                self.pages[path] = read_page(path, (folder / path).read_bytes())
        self.base = _base_url(self.pages.values())

    @cached_property
    def by_lower(self) -> dict[str, str]:
        """The files under their names in small letters, to tell a wrong case from a missing file."""
        return {name.casefold(): name for name in sorted(self.files, reverse=True)}

    @cached_property
    def alternates(self) -> dict[str, frozenset[str | None]]:
        """Page -> the files that it names as its alternates."""
        return {
            path: frozenset(self.target(self.address(page, url)) for _, url in page.alternates)
            for path, page in self.pages.items()
        }

    def address(self, page: Page, written: str) -> str:
        """The absolute address of a reference on a page; `invalid:…` for what is none."""
        here = (self.base or _NOWHERE) + page.path
        try:
            return urljoin(urljoin(here, page.base), written.strip())
        except ValueError:
            return "invalid:" + written

    def local(self, address: str) -> str | None:
        """The path in the site that an address means, without query and fragment; None if it leads outside."""
        base = self.base or _NOWHERE
        address = address.partition("#")[0].partition("?")[0]
        if address.startswith(base):
            return address.removeprefix(base)
        return "" if address + "/" == base else None

    def file(self, path: str) -> str | None:
        """The file that a server shows for a path: the file itself, or the index of a folder."""
        for candidate in dict.fromkeys((path, unquote(path))):
            for name in (candidate, posixpath.join(candidate, "index.html").lstrip("/")):
                if name in self.files:
                    return name
        return None

    def target(self, address: str) -> str | None:
        """The file of an address; None if it is not in the site."""
        path = self.local(address)
        return None if path is None else self.file(path)


def check_site(folder: Path) -> list[Finding]:
    """Everything in a built site that leads nowhere. Paths are relative to the site's folder."""
    site = Site(folder)
    return in_order([*_links(site), *_ids(site), *_alternates(site), *_canonicals(site), *_sitemaps(site)])


# --- reading ---------------------------------------------------------------------------------------------------------


def read_page(path: str, data: bytes) -> Page:
    """One page: its ids and everything it refers to."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data)
    base = tree.css_first("base[href]")
    ids = Counter(node.attributes.get("id") or "" for node in tree.css("[id]"))
    names = {node.attributes.get("name") or "" for node in tree.css("a[name]")}
    uses: list[str] = []
    canonical = ""
    alternates: list[tuple[str, str]] = []
    for node in tree.css(",".join(f"{tag}[{attribute}]" for tag, attribute in _LINKING.items())):
        written = node.attributes.get(_LINKING[str(node.tag)]) or ""
        kinds = (node.attributes.get("rel") or "").lower().split() if node.tag == "link" else []
        language = node.attributes.get("hreflang")
        if "canonical" in kinds:
            canonical = written.strip()
        elif "alternate" in kinds and language:
            alternates.append((language, written.strip()))
        elif node.tag != "link" or _LINK_KINDS & set(kinds):
            uses.append(written)
    for node in tree.css(_IMAGE_SETS):
        uses += _CANDIDATE.findall(node.attributes.get("srcset") or node.attributes.get("imagesrcset") or "")
    uses += [node.attributes.get("poster") or "" for node in tree.css("video[poster]")]
    refreshes = [_REFRESH.match(node.attributes.get("content") or "") for node in tree.css(_REDIRECTING)]
    redirects = [match[1] for match in refreshes if match]
    return Page(
        path,
        (base.attributes.get("href") or "").strip() if base else "",
        frozenset(ids) | names,
        tuple(sorted(name for name, count in ids.items() if count > 1)),
        (*uses, *redirects),
        canonical,
        tuple(alternates),
        bool(redirects),
    )


def _walk(folder: Path) -> Iterator[str]:
    for directory, _, names in os.walk(folder):
        prefix = Path(directory).relative_to(folder).as_posix()
        for name in names:
            yield name if prefix == "." else f"{prefix}/{name}"


def _base_url(pages: Iterable[Page]) -> str:
    """The public address of the root: what most canonical addresses say that end in their page's own path."""
    votes: Counter[str] = Counter()
    for page in pages:
        own = page.path.removesuffix("index.html")
        if (
            page.canonical.startswith(("http://", "https://"))
            and page.canonical.endswith("/" + own)
            and not page.is_redirect
        ):
            votes[page.canonical.removesuffix(own)] += 1
    return votes.most_common(1)[0][0] if votes else ""


# --- looking up ------------------------------------------------------------------------------------------------------


def _links(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        for written in dict.fromkeys(page.uses):
            yield from _use(site, page, written)


def _use(site: Site, page: Page, written: str) -> Iterator[Finding]:
    address, written = site.address(page, written), written.strip()
    if not written:
        yield _finding(page.path, "empty-href", "the link has no address", "give it one, or take it away", written)
        return
    if urlsplit(address).scheme in {"invalid", "file"}:
        yield _finding(page.path, "bad-address", f"{written!r} leads nowhere on the web", "mend the address", written)
        return
    path = site.local(address)
    if path is None:
        return
    target = site.file(path)
    if target is None:
        same = site.by_lower.get(unquote(path).casefold())
        hint = f"the file is called {same!r}" if same else "mend the link, or build the page"
        yield _finding(
            page.path, "dead-link", f"{written!r} leads to {path!r}, which is not in the site", hint, written
        )
        return
    fragment = address.partition("#")[2].partition(":~:")[0]
    if fragment and target in site.pages and fragment.lower() != "top":
        ids = site.pages[target].ids
        if fragment not in ids and unquote(fragment) not in ids:
            yield _finding(
                page.path,
                "dead-fragment",
                f"{written!r}: {target!r} has no id {fragment!r}",
                "mend the fragment",
                written,
            )


def _ids(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        for name in page.duplicate_ids:
            yield _finding(
                page.path,
                "duplicate-id",
                f"the id {name!r} stands more than once",
                "ids are unique in a page",
                f"#{name}",
            )


def _alternates(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        languages = Counter(language for language, _ in page.alternates)
        for language, url in page.alternates:
            if not _TAG.fullmatch(language):
                yield _finding(page.path, "bad-hreflang", f"{language!r} is no BCP 47 tag", "such as nb or pt-BR", url)
            elif languages[language] > 1:
                yield _finding(page.path, "duplicate-hreflang", f"{language!r} stands more than once", "keep one", url)
            yield from _alternate(site, page, url)
        if page.alternates and page.path not in site.alternates[page.path]:
            yield _finding(
                page.path, "hreflang-self", "the page is not among its own alternates", "add it", page.canonical
            )


def _alternate(site: Site, page: Page, url: str) -> Iterator[Finding]:
    if not url.startswith(("http://", "https://")):
        yield _finding(page.path, "relative-hreflang", f"{url!r} is not absolute", "write the whole address", url)
    address = site.address(page, url)
    target = site.target(address)
    if target is None:
        if site.local(address) is not None:
            yield _finding(page.path, "dead-hreflang", f"{url!r} is not in the site", "build the page, or drop it", url)
    elif target not in site.pages or page.path not in site.alternates[target]:
        yield _finding(
            page.path,
            "hreflang-one-way",
            f"{target!r} does not name this page as an alternate",
            "alternates name each other",
            url,
        )


def _canonicals(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        address = site.address(page, page.canonical)
        if page.canonical and site.local(address) is not None and site.target(address) is None:
            yield _finding(
                page.path, "dead-canonical", f"{page.canonical!r} is not in the site", "mend it", page.canonical
            )


def _sitemaps(site: Site) -> Iterator[Finding]:
    for path in sorted(site.files):
        if not (path.startswith("sitemap") and path.endswith(".xml")):
            continue
        try:
            root = ET.fromstring((site.folder / path).read_bytes())  # noqa: S314 - expat refuses entity bombs since 2.4.1
        except ET.ParseError as error:
            yield _finding(path, "bad-sitemap", f"is not XML: {error}", "mend it", "")
            continue
        urls = [(node.text or "").strip() for node in root.iter(f"{_SITEMAP}loc")] + [
            node.get("href", "") for node in root.iter(_XHTML_LINK)
        ]
        # Where no page tells the public address, it cannot be known what an address stands for.
        for url in dict.fromkeys(urls) if site.base else ():
            if site.local(url) is None:
                hint = f"addresses begin with {site.base}"
                yield _finding(path, "foreign-url", f"{url!r} is not of this site", hint, url)
            elif site.target(url) is None:
                yield _finding(path, "dead-link", f"{url!r} is not in the site", "mend the sitemap", url)


def _finding(path: str, code: str, message: str, hint: str, target: str, severity: Severity = "error") -> Finding:
    return Finding(path=path, code=code, severity=severity, message=message, hint=hint, target=target)
