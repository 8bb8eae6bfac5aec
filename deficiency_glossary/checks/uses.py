"""What a page or a style sheet refers to, and what in it can be referred to: addresses as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from deficiency_glossary.checks.html import Attribute, tags, unescape

# What becomes of an address: the reader goes there; the browser loads it; the browser obeys what it loads; a form is
# sent there; the page says that it is elsewhere; others are told where it, or something, is.
Role = Literal["link", "resource", "active", "form", "redirect", "canonical", "head", "data", "id", "hint"]

# Attributes that hold one address, whatever the element (but for <base>, <link> and <meta>).
_ADDRESSES = frozenset({"href", "xlink:href", "src", "poster", "formaction", "cite", "background", "longdesc"})
_ADDRESSES_OF = {"form": frozenset({"action"}), "object": frozenset({"data"})}
_ADDRESS_SETS = frozenset({"srcset", "imagesrcset"})
_INTERESTING = _ADDRESSES | _ADDRESS_SETS | {"action", "data", "id", "name", "style"}
_ROLES: dict[str, Role] = {
    **dict.fromkeys(["a", "area", "blockquote", "q", "ins", "del"], "link"),
    **dict.fromkeys(["script", "iframe", "frame", "embed", "object"], "active"),
    "form": "form",
}
# Of these kinds of <link>, the address is a host to be warmed up or a name, and nothing that is loaded.
_UNLOADED = frozenset({"preconnect", "dns-prefetch", "profile", "pingback"})
_LOADED = frozenset({"stylesheet", "modulepreload", "preload", "icon", "apple-touch-icon", "manifest", "mask-icon"})
_OPEN_GRAPH = re.compile(
    r"og:(?:image|url|audio|video)(?::(?:url|secure_url))?|twitter:(?:image|player)", re.IGNORECASE
)
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?(?:\"([^\"]*)|'([^']*)|(\S.*))?", re.IGNORECASE | re.DOTALL)

# A candidate of srcset: an address, which may hold commas but does not end in one, and its width or density.
_CANDIDATE = re.compile(r"[\s,]*+([^\s,](?:\S*[^\s,])?)(?:\s+[^\s,]+)?\s*(?:,|$)")
# In a style sheet: what is skipped (comments, names of namespaces, strings), and the addresses.
_CSS = re.compile(
    r"""/\*.*?(?:\*/|\Z)
     |@namespace\b[^;]*+
     |@import\s*+(?:"(?P<double>[^"\\\n]*+)"|'(?P<single>[^'\\\n]*+)')
     |\burl\(\s*+
        (?:"(?P<url_double>(?:[^"\\\n]|\\.)*+)"|'(?P<url_single>(?:[^'\\\n]|\\.)*+)'|(?P<url>(?:[^\s"'()\\]|\\[0-9A-Fa-f]{1,6}\s?|\\.)++))\s*+\)
     |"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)
_JSON = re.compile(r"[{}\[\]]|(\"(?:[^\"\\]|\\.)*+\")\s*+(:)?")
# Names, not addresses: nobody goes there.
_JSON_NAMES = frozenset({"@context", "@vocab", "@base", "@type", "additionalType"})
_VOCABULARY = re.compile(r"https?://(?:www\.)?schema\.org(?:/|$)")


Attributes = Sequence[Attribute]


class Use(NamedTuple):
    """An address, and where it stands in the file."""

    written: str
    offset: int
    role: Role


class Alternate(NamedTuple):
    """`<link rel="alternate" hreflang>`."""

    language: str
    written: str
    offset: int
    language_offset: int


class Flaw(NamedTuple):
    """Something wrong in the file itself: code, what was found, message, place."""

    code: str
    found: str
    message: str
    offset: int


class Page(NamedTuple):
    """What a page defines and what it uses."""

    base: str
    ids: frozenset[str]
    uses: list[Use]
    alternates: list[Alternate]
    canonicals: list[Use]
    redirect: Use | None
    flaws: list[Flaw]


def read_page(text: str) -> Page:
    """One page: its ids and everything it refers to."""
    reader = _Reader()
    uses = reader.uses
    for name, attributes, content, offset in tags(text):
        if name == "a" and len(attributes) == 1 and attributes[0][0] == "href":
            _, raw, place = attributes[0]
            uses.append(Use(unescape(raw), place, "link"))
        elif name == "link":
            reader.link(attributes)
        elif name == "meta":
            reader.meta(attributes)
        elif name == "base":
            reader.base_element(attributes)
        else:
            reader.any(name, attributes)
            if name == "style":
                uses += _shifted(css_uses(content), offset)
            elif name == "script" and "json" in _value(attributes, "type").lower():
                reader.structured_data(attributes, content, offset)
    return reader.page()


class _Reader:
    """Gathers what a page's tags say."""

    def __init__(self) -> None:
        self.base: str | None = None
        self.ids: set[str] = set()
        self.names: set[str] = set()
        self.uses: list[Use] = []
        self.alternates: list[Alternate] = []
        self.canonicals: list[Use] = []
        self.redirect: Use | None = None
        self.flaws: list[Flaw] = []

    def page(self) -> Page:
        """What was gathered."""
        return Page(
            self.base or "",
            frozenset(self.ids | self.names),
            self.uses,
            self.alternates,
            self.canonicals,
            self.redirect,
            self.flaws,
        )

    def base_element(self, attributes: Attributes) -> None:
        """<base>: the first one with an address counts."""
        href = _first(attributes, "href")
        if href and self.base is None:
            self.base = unescape(href[1]).strip()

    def any(self, tag: str, attributes: Attributes) -> None:
        """Any element but those with rules of their own."""
        seen: list[str] = []
        for name, raw, offset in attributes:
            if name not in _INTERESTING or name in seen:
                continue
            seen.append(name)  # of two attributes with one name the first counts
            if name == "id":
                self._id(unescape(raw), offset)
            elif name in _ADDRESSES:
                if "-" not in tag:
                    self.uses.append(Use(unescape(raw), offset, _ROLES.get(tag, "resource")))
            elif name in _ADDRESS_SETS:
                self._set(raw, offset)
            elif name == "name":
                if tag == "a" and raw:
                    self.names.add(unescape(raw))
            elif name == "style":
                self._style(raw, offset)
            elif name in _ADDRESSES_OF.get(tag, ()):
                self.uses.append(Use(unescape(raw), offset, _ROLES[tag]))

    def _id(self, name: str, offset: int) -> None:
        if name in self.ids:
            self.flaws.append(Flaw("duplicate-id", f"#{name}", f"the id {name!r} stands more than once", offset))
        elif name:
            self.ids.add(name)

    def _set(self, raw: str, offset: int) -> None:
        for found in _CANDIDATE.finditer(raw):
            self.uses.append(Use(unescape(found[1]), offset + found.start(1), "resource"))

    def _style(self, raw: str, offset: int) -> None:
        if "&" not in raw:
            self.uses += _shifted(css_uses(raw), offset)
        else:  # its places are those before decoding: say where the attribute begins
            self.uses += [use._replace(offset=offset) for use in css_uses(unescape(raw))]

    def link(self, attributes: Attributes) -> None:
        """<link>: canonical, an alternate, or something to load."""
        given: dict[str, tuple[str, int]] = {}
        for name, raw, offset in attributes:
            given.setdefault(name, (raw, offset))
        if "id" in given:
            self._id(unescape(given["id"][0]), given["id"][1])
        if "imagesrcset" in given:
            self._set(*given["imagesrcset"])
        kinds = given.get("rel", ("", 0))[0].lower().split()
        if "href" not in given or not kinds:
            return
        written, offset = unescape(given["href"][0]), given["href"][1]
        if "canonical" in kinds:
            self.canonicals.append(Use(written, offset, "canonical"))
        elif "alternate" in kinds and "hreflang" in given and "type" not in given and "stylesheet" not in kinds:
            language = unescape(given["hreflang"][0]).strip()
            self.alternates.append(Alternate(language, written, offset, given["hreflang"][1]))
        elif not _UNLOADED.issuperset(kinds):
            role: Role = "active" if "stylesheet" in kinds else "head" if _LOADED.isdisjoint(kinds) else "resource"
            self.uses.append(Use(written, offset, role))

    def meta(self, attributes: Attributes) -> None:
        """<meta>: a redirect, or the address of a picture of the page."""
        content = _first(attributes, "content")
        if content is None:
            return
        raw, offset = content[1], content[2]
        if _value(attributes, "http-equiv").strip().lower() == "refresh":
            found = _REFRESH.match(raw)
            if found and found.lastindex:
                written = unescape(found[found.lastindex])
                self.redirect = Use(written, offset + found.start(found.lastindex), "redirect")
                self.uses.append(self.redirect)
            return
        name = _value(attributes, "property") or _value(attributes, "name")
        if _OPEN_GRAPH.fullmatch(name.strip()):
            self.uses.append(Use(unescape(raw), offset, "data"))

    def structured_data(self, attributes: Attributes, content: str, offset: int) -> None:
        """<script type="application/ld+json">."""
        if _value(attributes, "type").strip().lower() != "application/ld+json":
            return
        try:
            json.loads(content)
        except ValueError as error:
            at = offset + getattr(error, "pos", 0)
            self.flaws.append(Flaw("bad-json-ld", "", f"the structured data is not JSON: {error}", at))
            return
        self.uses += _shifted(json_uses(content), offset)


def _first(attributes: Attributes, name: str) -> Attribute | None:
    return next((one for one in attributes if one[0] == name), None)


def _value(attributes: Attributes, name: str) -> str:
    found = _first(attributes, name)
    return unescape(found[1]) if found else ""


def _shifted(uses: Iterator[Use], by: int) -> Iterator[Use]:
    for use in uses:
        yield use._replace(offset=use.offset + by)


def css_uses(text: str) -> Iterator[Use]:
    """The addresses in a style sheet: `url()` and `@import`."""
    if "url(" not in text and "@" not in text and "URL(" not in text:
        return
    for found in _CSS.finditer(text):
        group = found.lastgroup
        if group is None:
            continue
        written = _CSS_ESCAPE.sub(_css_escape, found[group])
        if not written.startswith("#"):  # a part of the page that uses the style sheet
            role: Role = "active" if group in ("double", "single") else "resource"
            yield Use(written, found.start(group), role)


def _css_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "" if match[2] == "\n" else match[2]
    code = int(match[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def json_uses(text: str) -> Iterator[Use]:
    """The addresses in JSON-LD: every text that begins with http: or https:."""
    keys = [""]
    for found in _JSON.finditer(text):
        if found[1] is None:
            if found[0] in "{[":
                keys.append(keys[-1])
            elif len(keys) > 1:
                keys.pop()
        elif found[2]:
            keys[-1] = str(json.loads(found[1]))
        elif found[1].startswith(('"http:', '"https:')) and keys[-1] not in _JSON_NAMES:
            written = str(json.loads(found[1]))
            # A template such as {search_term} is no address, nor is a sentence that begins with one.
            if not re.search(r"[\s{}]", written) and not _VOCABULARY.match(written):
                yield Use(written, found.start(1) + 1, "id" if keys[-1] == "@id" else "data")
