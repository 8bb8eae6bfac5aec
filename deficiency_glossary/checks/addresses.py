"""Where an address leads that stands on a page: to a file of the site, to nothing, outside, or nowhere on the web."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

# file: a file of the site; missing: would be one, but is not there; outside: an address of the web that is not the
# site's; mail: a mail address; local: on somebody's own machine; invalid: no address; empty: nothing at all; other:
# javascript:, data:, tel:.
Kind = Literal["file", "missing", "outside", "mail", "local", "invalid", "empty", "other"]

# Stands for the public address where no page tells it: of a scheme that urljoin knows, else it would join nothing.
_NOWHERE = "http://site.invalid/"
_INDEXES = ("index.html", "index.htm")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROLS = re.compile(r"[\t\n\r]")
_MACHINE = re.compile(r"/(?:home|Users|root|tmp|private|Volumes|mnt)/[^/]+/|\\\\[^\\]")
# What makes a path more than plain: something to decode, to climb or to cut off.
_SPECIAL = re.compile(r"[:?%\\\s]|//|(?:^|/)\.{1,2}(?:/|$)")
_MAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@.]+(?:\.[^\s@.]+)*\Z")
# What people mean by a scheme that is nearly one of these.
_WEB = ("http", "https")
_OTHERS = frozenset(
    {"javascript", "data", "tel", "sms", "blob", "about", "ftp", "ftps", "geo", "magnet", "xmpp", "irc"}
)
_PORTS = {"http": 80, "https": 443}


class Target(NamedTuple):
    """What an address means. `path` is the file, or the path that no file has, or the address outside."""

    kind: Kind
    path: str = ""
    fragment: str = ""
    slash: bool = True  # False: a folder whose address lacks the slash at its end
    why: str = ""
    scheme: str = ""  # http or https, where the address names it


class Addresses:
    """The files of a site under the addresses that they have."""

    def __init__(self, files: Collection[str], base_url: str = "", *, clean_urls: bool = False) -> None:
        self.files = {name: name for name in files}
        self.base_url = base_url
        self._clean_urls = clean_urls
        self._base = base_url or _NOWHERE
        split = urlsplit(self._base)
        self._host = _host(split)
        self._root = split.path or "/"
        whole = [(base_url, split.scheme)] if base_url else []
        self._prefixes = [(self._root, ""), *whole]
        self._found: dict[str, Target] = {}
        self._known: dict[str, Target] = {}

    @cached_property
    def by_folded(self) -> dict[str, str]:
        """The files under their names in small letters and composed, to tell a wrong case from a missing file."""
        return {_folded(name): name for name in sorted(self.files, reverse=True)}

    def target(self, page: str, base: str, written: str) -> Target:
        """Where `written` leads from a page (its file) whose <base> is `base`."""
        if not base:
            known = self._known.get(written)
            if known is not None:
                return known
            near = self._near(page, written)
            if near is not None:
                return near
        cleaned = _CONTROLS.sub("", written.strip(" \t\n\r\f\0"))
        target = self._far(page, base, cleaned)
        if not base and (cleaned.startswith("/") or _SCHEME.match(cleaned)):
            self._known[written] = target
        return target

    def _near(self, page: str, written: str) -> Target | None:
        """The quick way for what most links are: a plain path beside or above the page, or a part of the page."""
        path, _, fragment = written.partition("#")
        if not path:
            return Target("file", page, fragment) if written else None
        for prefix, scheme in self._prefixes:
            if path.startswith(prefix):
                return self._below(written, path[len(prefix) :], fragment, scheme)
        folder = page[: page.rfind("/") + 1]
        while path.startswith("../") and folder:
            path = path[3:]
            folder = folder[: folder.rfind("/", 0, -1) + 1]
        if path.startswith(("/", "../")) or _SPECIAL.search(path):
            return None
        found = self.lookup(folder + path)
        return found._replace(fragment=fragment) if fragment else found

    def _below(self, written: str, path: str, fragment: str, scheme: str) -> Target | None:
        if path.startswith("/") or _SPECIAL.search(path):
            return None
        found = self.lookup(path)
        if found.kind == "missing":  # may be something else altogether
            return None
        if fragment or scheme:
            found = found._replace(fragment=fragment, scheme=scheme)
        self._known[written] = found  # means the same on every page
        return found

    def _far(self, page: str, base: str, written: str) -> Target:
        if not written:
            return Target("empty")
        scheme = _SCHEME.match(written)
        if scheme and scheme[1].lower() not in _WEB:
            return _of_scheme(scheme[1].lower(), written)
        if _MACHINE.match(written) and not self._is_here(written):
            return Target("local", written)
        if scheme and not re.match(r"https?:[/\\]{2}[^/\\]", written, re.IGNORECASE):
            return Target("invalid", written, why="the host is missing")
        try:
            address = urljoin(urljoin(self._base + page, base), written.replace("\\", "/"))
            split = urlsplit(address)
            host = _host(split)
        except ValueError as error:
            return Target("invalid", written, why=str(error))
        if split.scheme not in _WEB:
            return _of_scheme(split.scheme, address)
        if not split.hostname or re.search(r"[\s<>\"^`{|}]", split.netloc):
            return Target("invalid", written, why="the host is missing" if not split.hostname else "not a host")
        named = split.scheme if scheme else ""
        if host == self._host and (split.path + "/").startswith(self._root):
            return self.lookup(split.path[len(self._root) :])._replace(fragment=split.fragment, scheme=named)
        return Target("outside", address.partition("#")[0], split.fragment, scheme=named or split.scheme)

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(name.partition("/")[0] for name in self.files)

    def _is_here(self, written: str) -> bool:
        """Whether the site has a folder of the name with which the path begins."""
        return written.removeprefix(self._root).lstrip("/").partition("/")[0] in self._folders

    def lookup(self, path: str) -> Target:
        """The file that a server shows for a path under the root: the file itself, or the index of a folder."""
        found = self._found.get(path)
        if found is None:
            found = self._found[path] = self._lookup(path)
        return found

    def _lookup(self, path: str) -> Target:
        for candidate in dict.fromkeys((path, unquote(path))):
            name = self.files.get(candidate)
            if name is not None:
                return Target("file", name)
            for index in _INDEXES:
                name = self.files.get(posixpath.join(candidate, index) if candidate else index)
                if name is not None:
                    return Target("file", name, slash=not candidate or candidate.endswith("/"))
            name = self.files.get(f"{candidate}.html")
            if name is not None and self._clean_urls:
                return Target("file", name)
        return Target("missing", path)

    def hint(self, path: str) -> tuple[str, str]:
        """(`case`, the file that was meant) where only the case differs; else what may help."""
        plain = unquote(path)
        for name in (plain, posixpath.join(plain, _INDEXES[0])):
            same = self.by_folded.get(_folded(name))
            if same:
                return "case", same
        if f"{plain.rstrip('/')}.html" in self.files:
            return "html", f"{plain.rstrip('/')}.html"
        return "", ""


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _host(split: SplitResult) -> tuple[str, int]:
    """Host and port; http and https stand for the same site."""
    port = split.port
    return (split.hostname or "").rstrip("."), 0 if port in (None, _PORTS.get(split.scheme)) else port or 0


def _of_scheme(scheme: str, written: str) -> Target:
    if scheme == "mailto":
        addresses = unquote(written.partition(":")[2].partition("?")[0])
        given = [one.strip() for one in addresses.split(",")] if addresses else []
        to = "to=" in written.partition("?")[2]
        if (given or to) and all(_MAIL.match(one) for one in given):
            return Target("mail", written)
        return Target("invalid", written, why="not a mail address")
    if scheme == "tel":
        number = re.sub(r"[\s().-]", "", unquote(written[4:]).partition(";")[0])
        fits = re.fullmatch(r"\+?[0-9*#A-Fa-f]+", number)
        return Target("other", written) if fits else Target("invalid", written, why="not a telephone number")
    if scheme == "file" or len(scheme) == 1:
        return Target("local", written)
    meant = get_close_matches(scheme, [*_WEB, "mailto"], n=1, cutoff=0.75)
    if meant and scheme not in _OTHERS:
        return Target("invalid", written, why=f"{scheme}: is no scheme; {meant[0]}: was meant")
    return Target("other", written)


def base_of(canonical: str, path: str) -> str:
    """The public address of the root that a page's canonical link tells, or ''."""
    if not canonical.startswith(("http://", "https://")):
        return ""
    for own in (path.removesuffix("index.html"), path):
        if canonical.endswith("/" + own):
            return canonical.removesuffix(own) if own else canonical
    return ""
