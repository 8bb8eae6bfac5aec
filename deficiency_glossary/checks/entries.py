"""Is the text of one entry sound? Links, markup, placeholders, amounts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import urlsplit

from deficiency_glossary.checks.context import Context, Prose, Read, prose_of
from deficiency_glossary.errors import did_you_mean
from deficiency_glossary.findings import Finding
from deficiency_glossary.model import Entry
from deficiency_glossary.text import markup

_SCHEMES = frozenset({"http", "https", "mailto"})
_HTML = re.compile(r"<(?:/?[A-Za-z][^<>\n]*|!--|!\[CDATA|\?)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]+>")
_IMAGE = re.compile(r"!\[[^\]\n]*\][(\[]")
_LINK_MIDDLE = re.compile(r"(?<!\\)\]\(")
_PLAIN_LINK = "write [text](target), without brackets in the text or spaces in the target"
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S+", re.MULTILINE)
# A currency sign or code beside a digit, a grouped number, or four digits and more that are no year.
_AMOUNT = re.compile(
    r"(?:[$€£¥₩₺￥]|\b(?:US\$|RM|USD|EUR|GBP|TRY|KRW|JPY|NOK|MYR|TL|kr)\b\.?)[ \u00a0]?\d[\d.,\u00a0]*"
    r"|\d+(?:[.,\u00a0 ]\d{3})+(?!\d)|(?<![\d.,])(?!(?:1[6-9]|20)\d\d(?!\d))\d{4,}"
    r"|(?<!\d)(?<!\d[.,])\d[\d.,]*[ \u00a0]?(?:[$€£¥₩₺￥%％]|万|億|만|억|원|円|달러|ドル|dolar|lira|dollar|kroner)"
)


def links(context: Context) -> Iterator[Finding]:
    """Links to concepts, sections or addresses that are not there."""
    for locale in context.locale_ids:
        entries = context.entries(locale)
        for entry in entries.values():
            for prose in prose_of(entry, locale):
                for link in markup.links(prose.text):
                    yield from _link(prose, link, entries, context)


def _link(prose: Prose, link: markup.Link, entries: dict[str, Read[Entry]], context: Context) -> Iterator[Finding]:
    start = link.start + len(link.text) + 3
    if not link.text.strip():
        yield prose.finding("empty-link", "the link has no text", "write the words that the reader sees", link.start)
    if not link.is_internal:
        yield from _address(prose, link.target, start)
    elif link.concept not in context.library.concepts_in(prose.locale):
        yield _dead_link(prose, link.concept, start, context)
    elif link.section and link.concept in entries:
        target = entries[link.concept].record
        known_sections = [*target.sections, "highlights", "examples", "notes", "sources"]
        known_sections += [f"example-{name}" for name in target.examples]
        if link.section not in known_sections:
            close = did_you_mean(get_close_matches(link.section, known_sections, n=2))
            message = f"{link.concept!r} has no section {link.section!r}{close}"
            yield prose.finding("dead-fragment", message, f"its sections are {', '.join(known_sections)}", start)


def _dead_link(prose: Prose, target: str, offset: int, context: Context) -> Finding:
    """A link to an entry that is yet to be translated is no worse than the missing entry: a warning."""
    message = f"the link goes to {target!r}, which has no entry in {prose.locale!r}"
    if target in context.concept_ids:
        hint = f"write content/{prose.locale}/{target}.yaml; till then the words stand there without a link"
        return prose.finding("dead-link", message, hint, offset, "warning")
    alias = context.library.aliases.get(target)
    if alias:
        return prose.finding("dead-link", message, f"write ({alias}): {target!r} is an old address", offset)
    known = sorted(context.library.concepts_in(prose.locale))
    close = did_you_mean(get_close_matches(target, known, n=2))
    return prose.finding("dead-link", f"{message}{close}", "mend the id", offset)


def _address(prose: Prose, target: str, offset: int) -> Iterator[Finding]:
    address = html.unescape(target)
    try:
        parts = urlsplit(address) if ":" in address else None
    except ValueError as error:  # http://[
        message = f"the address {target!r} cannot be read: {error}"
        yield prose.finding("bad-address", message, "copy it anew from the page that it leads to", offset)
        return
    if parts is None or parts.scheme.lower() not in _SCHEMES:
        message = f"the link goes to {target!r}, which is neither a concept nor an address"
        yield prose.finding("unknown-scheme", message, "write the id of a concept, or https://…", offset)
    elif "@" in parts.netloc:
        yield prose.finding(
            "credentials-in-url", f"the address {target!r} holds a name or password", "delete it", offset
        )


def markup_in_prose(context: Context) -> Iterator[Finding]:
    """Raw HTML, images and reference links, which the site does not show."""
    for prose in context.prose():
        text = _AUTOLINK.sub(lambda match: " " * len(match[0]), markup.without_code(prose.text))
        for match in _HTML.finditer(text):
            yield prose.finding(
                "raw-html", f"raw HTML {match[0][:40]!r} is shown as text, not obeyed", "use Markdown", match.start()
            )
        for match in _IMAGE.finditer(text):
            yield prose.finding("image", "images are not shown", "delete it", match.start())
        for match in _REFERENCE.finditer(text):
            yield prose.finding(
                "reference-link", "link definitions are not used", "write [text](target)", match.start()
            )
        for match in _LINK_MIDDLE.finditer(_blank_links(text)):
            yield prose.finding("unread-link", "this link cannot be read", _PLAIN_LINK, match.start())


def placeholders(context: Context) -> Iterator[Finding]:
    """Placeholders that no figure stands behind, figures that the story leaves out, labels, stray braces."""
    for locale, concept, entry in context.all_entries():
        data = context.concepts[concept].record.examples if concept in context.concepts else {}
        terms = {name for term in entry.record.terms if term.status == "preferred" for name in term.placeholders}
        for prose in prose_of(entry, locale):
            yield from _stray(prose)
            if prose.where[0] != "examples":
                yield from _unknown(prose, terms)
            elif prose.where[1] in data:  # else the concept's file, or the check of parts, has its own finding
                example = data[str(prose.where[1])]
                names = {*example.figures, *example.results}
                yield from _labels(entry, str(prose.where[1]), names)
                yield from _unused(prose, names)
                yield from _unknown(prose, names | terms)


def _blank_links(text: str) -> str:
    """The same text with links blanked, places kept."""
    for link in markup.links(text):
        text = text[: link.start] + " " * (link.end - link.start) + text[link.end :]
    return text


_TERM_SHAPES = {"term_def": "`definite`", "term_pl": "`plural`", "term_def_pl": "`definite_plural`"}


def _unknown(prose: Prose, names: set[str]) -> Iterator[Finding]:
    for placeholder in markup.placeholders(prose.text):
        if placeholder.name not in names:
            close = did_you_mean(get_close_matches(placeholder.name, names, n=2))
            message = f"{{{placeholder.name}}} stands for nothing here{close}"
            hint = f"known here: {', '.join(sorted(names))}"
            if prose.where[0] != "examples":
                hint = f"only examples have figures; {hint}"
            if placeholder.name in _TERM_SHAPES:
                hint = f"give the preferred term this shape in its `forms`, as {_TERM_SHAPES[placeholder.name]}"
            yield prose.finding("unknown-placeholder", message, hint, placeholder.start)


def _stray(prose: Prose) -> Iterator[Finding]:
    for offset in markup.stray_braces(prose.text):
        yield prose.finding("stray-brace", f"{prose.text[offset]!r} belongs to no placeholder", "write {name}", offset)


def _unused(prose: Prose, names: set[str]) -> Iterator[Finding]:
    used = {placeholder.name for placeholder in markup.placeholders(prose.text)}
    for name in sorted(names - used):
        yield prose.finding(
            "unused-placeholder", f"the story leaves out {{{name}}}", f"write {{{name}}} where it belongs", 0
        )


def _labels(entry: Read[Entry], example: str, names: set[str]) -> Iterator[Finding]:
    labels = entry.record.examples[example].labels
    for name in labels.keys() - names:
        yield entry.at_key(
            ("examples", example, "labels", name), "unknown-figure", f"there is no figure {name!r}", "delete it"
        )
    for name in sorted(names - labels.keys()):
        yield entry.at_key(
            ("examples", example, "labels"), "missing-label", f"the figure {name!r} has no label", f"add `{name}:`"
        )


def literal_amounts(context: Context) -> Iterator[Finding]:
    """Amounts typed into a story: they would stay as they are when the figures or the currency change."""
    for prose in context.prose():
        if prose.where[0] != "examples":
            continue
        for match in _AMOUNT.finditer(_blank_links(prose.text)):
            amount = match[0].strip(" .,\u00a0")
            message = f"the amount {amount!r} is typed into the story"
            yield prose.finding(
                "literal-amount", message, "make it a figure of the concept and write its {name}", match.start()
            )
