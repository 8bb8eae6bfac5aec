"""Links: do they lead somewhere, and can they be read at all?"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from ipaddress import ip_address
from urllib.parse import urlsplit

from deficiency_glossary.checks.passages import Edition, Passage
from deficiency_glossary.checks.rule import Spot, of_passage
from deficiency_glossary.errors import did_you_mean
from deficiency_glossary.text.markup import Link

_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")
_LOCAL_NAME = re.compile(r"(?:^|\.)(?:localhost|local|internal)\.?$")
_HTML = re.compile(r"<(?:/?[A-Za-z][^<>\n]*|!--|!\[CDATA|\?)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]+>")
_IMAGE = re.compile(r"!\[[^\]\n]*\][(\[]")
_LINK_MIDDLE = re.compile(r"\](?<!\\\])\(|\](?<!\\\]) \([a-z0-9#:/-]+\)|［[^［］\n]*］[(（]|\[[^\[\]\n]*\]（")
_PLAIN_LINK = "write [text](target), without brackets in the text or spaces in the target"
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S+", re.MULTILINE)


def _is_address(link: Link) -> bool:
    """Whether a link goes out of the glossary; a scheme may be hidden in entities."""
    return not link.is_internal or ("&" in link.target and _SCHEME.match(html.unescape(link.target)) is not None)


def _has_addresses(edition: Edition) -> bool:
    return edition.has_addresses


def _in_prose(*parts: str) -> Callable[[Edition], bool]:
    """Whether one of some signs stands in the Markdown of an entry."""
    return lambda edition: any(part in edition.prose for part in parts)


def flaw_of(url: str) -> str:
    """Why an address of the web leads nowhere that readers could go; '' if nothing tells against it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:  # http://[
        return f"cannot be read: {error}"
    try:
        is_public = ip_address(host).is_global
    except ValueError:
        is_public = "." in host.strip(".") and not _LOCAL_NAME.search(host.lower())
    return "" if is_public else "is not on the public web"


def _target(link: Link) -> int:
    return link.start + len(link.text) + 3


@of_passage("dead-link", "error", "linked")
def dead_link(passage: Passage) -> Iterator[Spot]:
    """A link goes to a concept that is not there. A warning if only its translation is missing.
    Do: Mend the link, or write what it leads to.
    FAIL ja: [家](huose)を建てる。
    PASS ja: [家](house)を建てる。
    """
    context, locale = passage.edition.context, passage.edition.locale
    for link in passage.links:
        if _is_address(link) or link.concept in context.library.concepts_in(locale):
            continue
        target = link.concept
        message = f"the link goes to {target!r}, which has no entry in {locale!r}"
        if target in context.concept_ids:
            hint = f"write content/{locale}/{target}.yaml; till then the words stand there without a link"
            yield passage.spot(_target(link), message, hint, "warning")
            continue
        alias = context.library.aliases.get(target)
        if alias:
            hint = f"write ({alias}): {target!r} is an old address"
            yield passage.spot(_target(link), message, hint)
            continue
        close = did_you_mean(context.like(target, locale))
        yield passage.spot(_target(link), f"{message}{close}", "mend the id")


@of_passage("dead-fragment", "error", "linked", when=_in_prose("#"))
def dead_fragment(passage: Passage) -> Iterator[Spot]:
    """A link goes to a section that the entry does not have in this language.
    Do: Mend what follows `#`.
    FAIL ja: [返済](loan#begin)する。
    PASS ja: [返済](loan#end)する。
    """
    entries = passage.edition.context.entries(passage.edition.locale)
    for link in passage.links:
        if not link.section or _is_address(link) or link.concept not in entries:
            continue
        known = entries[link.concept].parts
        if link.section not in known:
            close = did_you_mean(get_close_matches(link.section, known, n=2))
            message = f"{link.concept!r} has no section {link.section!r}{close}"
            yield passage.spot(_target(link), message, f"its sections are {', '.join(known)}")


@of_passage("empty-link", "error", "linked")
def empty_link(passage: Passage) -> Iterator[Spot]:
    """A link has no words.
    Do: Write what the reader should see.
    FAIL ja: [](house)を建てる。
    PASS ja: [家](house)を建てる。
    """
    for link in passage.links:
        if not link.text.strip():
            yield passage.spot(link.start, "the link has no text", "write the words that the reader sees")


def _has_unread_links(edition: Edition) -> bool:
    prose = edition.prose
    return (
        "［" in prose
        or "]（" in prose
        or "] (" in prose
        or "`" in prose
        or prose.count("](") != sum(len(passage.links) for passage in edition.texts("linked"))
    )


@of_passage("unread-link", "error", "markdown", when=_has_unread_links)
def unread_link(passage: Passage) -> Iterator[Spot]:
    """Something that looks like a link cannot be read as one: a space between its halves, or brackets of full width.
    Do: Write `[text](target)` without brackets or spaces inside.
    FAIL ja: [家](house garden)を建てる。
    FAIL ja: ［家］（house）を建てる。
    FAIL en: Build a [house] (house).
    PASS en: Build a [house](house) (or two).
    """
    text = passage.without_code
    if not passage.is_markdown or ("]" not in text and "］" not in text):
        return
    if "［" not in text and "]（" not in text and "] (" not in text:
        inside = sum(text.count("](", link.start, link.end) for link in passage.links)
        if text.count("](") == inside:
            return
    for link in passage.links:
        text = text[: link.start] + " " * (link.end - link.start) + text[link.end :]
    for match in _LINK_MIDDLE.finditer(text):
        yield passage.spot(match.start(), "this link cannot be read", _PLAIN_LINK)


@of_passage("bad-address", "error", "linked", when=_has_addresses)
def bad_address(passage: Passage) -> Iterator[Spot]:
    """An address that leads nowhere on the web.
    Do: Copy it anew from the page that it leads to.
    FAIL en: See [this](http://[).
    FAIL en: See [this](http://169.254.169.254/).
    FAIL en: See [this](https://localhost/).
    PASS en: See [this](https://www.irs.gov/taxtopics/tc431).
    """
    for link in passage.links:
        address = html.unescape(link.target)
        flaw = flaw_of(address) if address.lower().startswith(("http://", "https://")) else ""
        if flaw:
            message = f"the address {link.target!r} {flaw}"
            yield passage.spot(_target(link), message, "copy it anew from the page that it leads to")


@of_passage("unknown-scheme", "error", "linked", when=_has_addresses)
def unknown_scheme(passage: Passage) -> Iterator[Spot]:
    """A link goes neither to a concept nor to an address of the web or of mail.
    Do: Write the id of a concept, or `https://…`.
    FAIL en: See [this](javascript:alert(1)).
    FAIL en: See [this](&#106;avascript:alert(1)).
    PASS en: See [this](mailto:ann@irs.gov).
    """
    for link in passage.links:
        address = html.unescape(link.target)
        scheme = address.partition(":")[0].strip().lower() if ":" in address else ""
        if _is_address(link) and scheme not in _SCHEMES:
            message = f"the link goes to {link.target!r}, which is neither a concept nor an address"
            yield passage.spot(_target(link), message, "write the id of a concept, or https://…")


@of_passage("credentials-in-url", "error", "linked", signs="@&", when=_has_addresses)
def credentials_in_url(passage: Passage) -> Iterator[Spot]:
    """An address holds a name or password.
    Do: Delete it.
    FAIL en: See [this](https://me:secret@irs.gov/).
    PASS en: See [this](https://irs.gov/@me).
    """
    for link in passage.links:
        address = html.unescape(link.target)
        try:
            found = "@" in urlsplit(address).netloc
        except ValueError:
            continue
        if found:
            yield passage.spot(_target(link), f"the address {link.target!r} holds a name or password", "delete it")


@of_passage("missing-link", "warning", "from links")
def missing_link(passage: Passage) -> Iterator[Spot]:
    """The source links to a concept here, the translation does not.
    Do: Link the term.
    FAIL ja: 家を建てる。 ← Build a [house](house).
    PASS ja: [家](house)を建てる。 ← Build a [house](house).
    """
    if not passage.source:
        return
    own = {link.concept for link in passage.links if link.is_internal}
    wanted = {link.concept for link in passage.source.links if link.is_internal}
    for target in sorted((wanted - own) & passage.edition.context.concept_ids):
        mention = next((one for one in passage.mentions if one.concept == target), None)
        yield passage.spot(
            mention.start if mention else 0,
            f"the source links to {target!r} here",
            f"link the term: [text]({target})",
        )


@of_passage("changed-address", "warning", "from links", signs="/")
def changed_address(passage: Passage) -> Iterator[Spot]:
    """The translation links to another page of the web than the source.
    Do: Take the source's address, or say with an ignore that the other page is meant.
    FAIL ja: [IRS](https://irs.gov/ja)を参照。 ← See the [IRS](https://irs.gov/).
    PASS ja: [IRS](https://irs.gov/)を参照。 ← See the [IRS](https://irs.gov/).
    """
    if not passage.source:
        return
    wanted = {link.target for link in passage.source.links if not link.is_internal}
    for link in passage.links:
        if wanted and not link.is_internal and link.target not in wanted:
            shown = " or ".join(sorted(wanted))
            message = f"the source links to {shown} here, not to {link.target}"
            yield passage.spot(_target(link), message, "take the source's address, or ignore this with a reason")


# --- what the site does not show --------------------------------------------------------------------------------------


@of_passage("raw-html", "error", "markdown", when=_in_prose("<"))
def raw_html(passage: Passage) -> Iterator[Spot]:
    """HTML. It is shown as text, not obeyed.
    Do: Use Markdown.
    FAIL en: <script>alert(1)</script>
    PASS en: See `<script>` and <https://www.irs.gov/>.
    """
    if "<" not in passage.text or not passage.is_markdown:
        return
    text = _AUTOLINK.sub(lambda match: " " * len(match[0]), passage.without_code)
    for match in _HTML.finditer(text):
        yield passage.spot(match.start(), f"raw HTML {match[0][:40]!r} is shown as text, not obeyed", "use Markdown")


@of_passage("image", "error", "markdown", when=_in_prose("!["))
def image(passage: Passage) -> Iterator[Spot]:
    """An image. Images are not shown.
    Do: Delete it.
    FAIL en: ![A house](house.png)
    PASS en: A house!
    """
    if "![" in passage.text and passage.is_markdown:
        for match in _IMAGE.finditer(passage.without_code):
            yield passage.spot(match.start(), "images are not shown", "delete it")


@of_passage("reference-link", "error", "markdown", when=_in_prose("]:"))
def reference_link(passage: Passage) -> Iterator[Spot]:
    """A link definition, `[name]: address`. It is not used.
    Do: Write `[text](target)`.
    FAIL en: See [this][1].\\n\\n[1]: https://www.irs.gov/
    PASS en: See [this](https://www.irs.gov/).
    """
    if "]:" in passage.text and passage.is_markdown:
        for match in _REFERENCE.finditer(passage.without_code):
            yield passage.spot(match.start(), "link definitions are not used", "write [text](target)")
