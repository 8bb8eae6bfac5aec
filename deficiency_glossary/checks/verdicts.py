"""The rules for one address on one page: each a small function that says what is wrong with it, if anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from deficiency_glossary.checks.addresses import Addresses, Target
from deficiency_glossary.checks.html import place
from deficiency_glossary.checks.link_rules import REMEDY, SEVERITY
from deficiency_glossary.checks.uses import Page, Use
from deficiency_glossary.findings import Finding

_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|info|co\.uk|eu|wiki)(?:/|$)")
# By these a reader is sent to a page, who should not be sent on from there.
SENDING = frozenset({"link", "redirect"})
_SECURED = frozenset({"resource", "active", "form"})


class Flawed(NamedTuple):
    """A finding to be: where it will stand is known once its offset has become a line."""

    code: str
    message: str
    target: str
    offset: int = -1  # -1: the file as a whole
    hint: str = ""

    def finding(self, path: str, text: str) -> Finding:
        """The finding, in the file with this text."""
        line, column = place(text, self.offset) if self.offset >= 0 else (0, 0)
        return link_finding(path, self.code, self.message, self.target, self.hint, line=line, column=column)


def link_finding(
    path: str, code: str, message: str, target: str = "", hint: str = "", *, line: int = 0, column: int = 0
) -> Finding:
    """A finding as the table of rules has it."""
    return Finding(
        path=path,
        line=line,
        column=column,
        code=code,
        severity=SEVERITY[code],
        message=message,
        hint=hint or _plain_text(REMEDY[code]),
        target=target.strip(),
    )


def _plain_text(remedy: str) -> str:
    """`Mend it.` as a hint: `mend it`."""
    text = remedy.replace("`", "").rstrip(".")
    return text[:1].lower() + text[1:]


class Here(NamedTuple):
    """A page that is being judged, and the site around it."""

    path: str
    page: Page
    addresses: Addresses


# --- what a page and the names of the files tell ---------------------------------------------------------------------


def empty(_here: Here, use: Use, target: Target) -> Iterator[Flawed]:
    """A link, image or script without an address."""
    if target.kind == "empty":
        yield Flawed("empty-href", "the address is empty", use.written, use.offset)


def invalid(_here: Here, use: Use, target: Target) -> Iterator[Flawed]:
    """What is no address, or one on somebody's own machine."""
    written = use.written.strip()
    if target.kind == "invalid":
        yield Flawed("bad-address", f"{written!r} leads nowhere: {target.why}", written, use.offset)
    elif target.kind == "local":
        yield Flawed("local-path", f"{written!r} is a path on somebody's machine", written, use.offset)


def missing(here: Here, use: Use, target: Target) -> Iterator[Flawed]:
    """What would be a file of the site but is not there."""
    if target.kind != "missing":
        return
    written = use.written.strip()
    kind, name = here.addresses.hint(target.path)
    if use.role == "canonical":
        yield Flawed("dead-canonical", f"{written!r} is not in the site", written, use.offset)
    elif kind == "case":
        message = f"{written!r} leads to {target.path!r}; the file is called {name!r}"
        yield Flawed("wrong-case", message, written, use.offset)
    else:
        message = f"{written!r} leads to {target.path!r}, which is not in the site"
        hint = f"{name!r} is there: if the host shows it, say --clean-urls" if kind == "html" else ""
        if _DOMAIN.match(written):
            hint = f"write https://{written}"
        yield Flawed("dead-link", message, written, use.offset, hint)


def mixed(here: Here, use: Use, target: Target) -> Iterator[Flawed]:
    """What an https page loads over http."""
    if target.scheme == "http" and use.role in _SECURED and here.addresses.base_url.startswith("https:"):
        written = use.written.strip()
        yield Flawed("mixed-content", f"{written!r} is loaded over http", written, use.offset)


def slashless(_here: Here, use: Use, target: Target) -> Iterator[Flawed]:
    """A folder that is linked without its slash."""
    if not target.slash and use.role == "link":
        written = use.written.strip()
        yield Flawed("no-slash", f"{written!r} is a folder", written, use.offset)


def own_fragment(here: Here, use: Use, target: Target) -> Iterator[Flawed]:
    """A part of the same page."""
    if target.fragment and target.kind == "file" and target.path == here.path:
        yield from _fragment(use, target, here.page.ids)


AT_ONCE: tuple[Callable[[Here, Use, Target], Iterator[Flawed]], ...] = (
    empty,
    invalid,
    missing,
    mixed,
    slashless,
    own_fragment,
)


def sound(target: Target) -> bool:
    """Whether none of the rules above can have anything to say: so it is for nearly all."""
    return target.kind == "file" and target.slash and not target.fragment and target.scheme != "http"


def at_once(here: Here, use: Use, target: Target) -> Iterator[Flawed]:
    """What is wrong with an address, as far as the page and the names of the files tell."""
    for rule in AT_ONCE:
        yield from rule(here, use, target)


# --- what other pages tell -------------------------------------------------------------------------------------------


def fragment_of(target: Target, role: str) -> str:
    """The id that must be there, or '': the top of the page, a text to be found and a route in an app need none."""
    if not target.fragment or role in ("id", "data"):
        return ""
    name = target.fragment.partition(":~:")[0]
    return "" if name.lower() == "top" or name.startswith(("/", "!")) else name


def has_fragment(ids: frozenset[str], fragment: str) -> bool:
    """As browsers look: the name as it is written first, then percent-decoded."""
    return fragment in ids or unquote(fragment) in ids


def _fragment(use: Use, target: Target, ids: frozenset[str]) -> Iterator[Flawed]:
    name = fragment_of(target, use.role)
    if name and not has_fragment(ids, name):
        written = use.written.strip()
        yield Flawed("dead-fragment", f"{written!r}: {target.path!r} has no id {name!r}", written, use.offset)


def later(
    use: Use, target: Target, ids: Mapping[str, frozenset[str]], redirects: Mapping[str, str]
) -> Iterator[Flawed]:
    """What is wrong with an address that leads to another page, once all pages have been read."""
    if target.path in ids:
        yield from _fragment(use, target, ids[target.path])
    if use.role in SENDING and target.path in redirects:
        written, arrived = use.written.strip(), redirects[target.path]
        yield Flawed("to-redirect", f"{written!r} only sends readers on to {arrived!r}", written, use.offset)
