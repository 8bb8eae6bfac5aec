"""Does everything in a built site lead somewhere? Links, fragments, language alternates, canonical, sitemap.

Works on the files alone, without a network, for any static site. Each page is read once: what it defines and what it
uses; then the uses are looked up.
"""

from __future__ import annotations

import os
import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from deficiency_glossary.findings import Finding, Severity, in_order

_LINKING = ",".join(
    [
        "a[href]",
        "area[href]",
        "link[href]",
        *(f"{tag}[src]" for tag in ["img", "script", "iframe", "source", "video", "audio", "embed", "track"]),
    ]
)
_REDIRECTING = "meta[http-equiv=refresh i]"
_LINK_KINDS = frozenset(
    {
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


class Use(NamedTuple):
    """A reference from a page: the attribute's text as written, and its absolute address."""

    written: str
    address: str
    kind: str  # link, canonical, refresh, hreflang or the like


class Page(NamedTuple):
    """What a page defines and what it uses."""

    path: str
    ids: frozenset[str]
    duplicate_ids: tuple[str, ...]
    uses: tuple[Use, ...]
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    is_redirect: bool


class Site:
    """The files of a built site and its public address, taken from the canonical links where not given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = frozenset(_walk(folder))
        self.pages: dict[str, Page] = {}

    def add_pages(self) -> None:
        """Read all pages."""
        for path in sorted(self.files):
            if path.endswith((".html", ".htm")):
                self.pages[path] = read_page(path, (self.folder / path).read_bytes())


def check_site(folder: Path) -> list[Finding]:
    """Everything in a built site that leads nowhere. Paths are relative to the site's folder."""
    site = Site(folder)
    site.add_pages()
    base = _base_url(site)
    return in_order(
        [*_links(site, base), *_ids(site), *_alternates(site, base), *_canonicals(site, base), *_sitemaps(site, base)]
    )


# --- reading ---------------------------------------------------------------------------------------------------------


def read_page(path: str, data: bytes) -> Page:
    """One page: its ids and everything it refers to."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data)
    here = f"site:///{path}"
    base_node = tree.css_first("base[href]")
    base = urljoin(here, (base_node.attributes.get("href") or "").strip()) if base_node else here
    ids: dict[str, int] = {}
    for node in tree.css("[id]"):
        name = node.attributes.get("id") or ""
        ids[name] = ids.get(name, 0) + 1
    for node in tree.css("a[name]"):
        ids.setdefault(node.attributes.get("name") or "", 1)
    uses: list[Use] = []
    canonical = ""
    alternates: list[tuple[str, str]] = []
    for node in tree.css(_LINKING):
        written = node.attributes.get("href") if node.tag in {"a", "area", "link"} else node.attributes.get("src")
        target = (written or "").strip()
        rel = (node.attributes.get("rel") or "").lower().split() if node.tag == "link" else []
        if "canonical" in rel:
            canonical = urljoin(base, target)
        elif "alternate" in rel and node.attributes.get("hreflang"):
            alternates.append((node.attributes.get("hreflang") or "", urljoin(base, target)))
        elif node.tag != "link" or _LINK_KINDS & set(rel):
            uses.append(Use(written or "", _join(base, target), "link"))
    redirects = list(
        filter(None, (_refresh(node.attributes.get("content") or "", base) for node in tree.css(_REDIRECTING)))
    )
    return Page(
        path,
        frozenset(ids),
        tuple(sorted(name for name, count in ids.items() if count > 1)),
        (*uses, *redirects),
        canonical,
        tuple(alternates),
        bool(redirects),
    )


def _join(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        return "invalid:" + target


def _refresh(content: str, base: str) -> Use | None:
    match = _REFRESH.match(content)
    return Use(match[1], _join(base, match[1].strip()), "refresh") if match else None


def _walk(folder: Path) -> Iterator[str]:
    for directory, _, names in os.walk(folder):
        prefix = Path(directory).relative_to(folder).as_posix()
        for name in names:
            yield name if prefix == "." else f"{prefix}/{name}"


def _base_url(site: Site) -> str:
    """The public address of the root, from the first page whose canonical address ends in its own path."""
    for path, page in site.pages.items():
        own = path.removesuffix("index.html")
        if (
            page.canonical.startswith(("http://", "https://"))
            and page.canonical.endswith("/" + own)
            and not page.is_redirect
        ):
            return page.canonical.removesuffix(own)
    return ""


# --- looking up ------------------------------------------------------------------------------------------------------


def _local(address: str, base: str) -> str | None:
    """The path in the site that an address means, with its query and fragment cut off; None if it leads outside."""
    address = address.partition("#")[0].partition("?")[0]
    if address.startswith("site:///"):
        path = address.removeprefix("site:///")
        prefix = urlsplit(base).path.lstrip("/") if base else ""
        return path.removeprefix(prefix) if prefix else path
    if base and (address + "/").startswith(base):
        return address.removeprefix(base) if address.startswith(base) else ""
    return None


def _file(site: Site, path: str) -> str | None:
    """The file that a server shows for a path: the file itself, or the index of a folder."""
    for candidate in dict.fromkeys((path, unquote(path))):
        for name in (candidate, posixpath.join(candidate, "index.html").lstrip("/")):
            if name in site.files:
                return name
    return None


def _links(site: Site, base: str) -> Iterator[Finding]:
    for page in site.pages.values():
        for use in dict.fromkeys(page.uses):
            yield from _use(site, base, page, use)


def _use(site: Site, base: str, page: Page, use: Use) -> Iterator[Finding]:
    written = use.written.strip()
    if not written:
        yield _finding(page.path, "empty-href", "the link has no address", "", use.written)
        return
    scheme = urlsplit(use.address).scheme if not use.address.startswith("invalid:") else "invalid"
    if scheme in {"invalid", "file"}:
        yield _finding(page.path, "bad-address", f"{written!r} leads nowhere on the web", "mend the address", written)
        return
    path = _local(use.address, base)
    if path is None or scheme not in {"site", "http", "https"}:
        return
    target = _file(site, path)
    if target is None:
        same = {name.casefold(): name for name in site.files}.get(path.casefold()) if path else None
        hint = f"the file is called {same!r}" if same else "mend the link, or build the page"
        yield _finding(
            page.path, "dead-link", f"{written!r} leads to {path!r}, which is not in the site", hint, written
        )
        return
    fragment = use.address.partition("#")[2].partition(":~:")[0]
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


def _alternates(site: Site, base: str) -> Iterator[Finding]:
    for page in site.pages.values():
        own = _file(site, page.path.removesuffix("index.html"))
        languages = [language for language, _ in page.alternates]
        for language, url in page.alternates:
            if not _TAG.fullmatch(language):
                yield _finding(page.path, "bad-hreflang", f"{language!r} is no BCP 47 tag", "such as nb or pt-BR", url)
            elif languages.count(language) > 1:
                yield _finding(page.path, "duplicate-hreflang", f"{language!r} stands more than once", "keep one", url)
            yield from _alternate(site, base, page, url)
        targets = {_target(site, base, url) for _, url in page.alternates}
        if page.alternates and own not in targets:
            yield _finding(
                page.path, "hreflang-self", "the page is not among its own alternates", "add it", page.canonical
            )


def _alternate(site: Site, base: str, page: Page, url: str) -> Iterator[Finding]:
    if not url.startswith(("http://", "https://")):
        yield _finding(page.path, "relative-hreflang", f"{url!r} is not absolute", "write the whole address", url)
    target = _target(site, base, url)
    if target is None:
        if _local(url, base) is not None:
            yield _finding(page.path, "dead-hreflang", f"{url!r} is not in the site", "build the page, or drop it", url)
        return
    back = {_target(site, base, other) for _, other in site.pages[target].alternates} if target in site.pages else set()
    if page.path not in back:
        yield _finding(
            page.path,
            "hreflang-one-way",
            f"{target!r} does not name this page as an alternate",
            "alternates name each other",
            url,
        )


def _target(site: Site, base: str, url: str) -> str | None:
    path = _local(url, base)
    return None if path is None else _file(site, path)


def _canonicals(site: Site, base: str) -> Iterator[Finding]:
    for page in site.pages.values():
        if page.canonical and _local(page.canonical, base) is not None and _target(site, base, page.canonical) is None:
            yield _finding(
                page.path, "dead-canonical", f"{page.canonical!r} is not in the site", "mend it", page.canonical
            )


def _sitemaps(site: Site, base: str) -> Iterator[Finding]:
    for path in sorted(site.files):
        if not (path.startswith("sitemap") and path.endswith(".xml")):
            continue
        try:
            root = ET.fromstring((site.folder / path).read_bytes())  # noqa: S314 - expat refuses entity bombs since 2.4.1
        except ET.ParseError as error:
            yield _finding(path, "bad-sitemap", f"is not XML: {error}", "mend it", "")
            continue
        urls = [node.text or "" for node in root.iter(f"{_SITEMAP}loc")] + [
            node.get("href", "") for node in root.iter(_XHTML_LINK)
        ]
        for url in dict.fromkeys(urls):
            if _local(url, base) is None:
                yield _finding(path, "foreign-url", f"{url!r} is not of this site", f"addresses begin with {base}", url)
            elif _target(site, base, url) is None:
                yield _finding(path, "dead-link", f"{url!r} is not in the site", "mend the sitemap", url)


def _finding(path: str, code: str, message: str, hint: str, target: str, severity: Severity = "error") -> Finding:
    return Finding(path=path, code=code, severity=severity, message=message, hint=hint, target=target)
