"""The start tags of an HTML page, each attribute with its place: what a tokenizer of the HTML standard would see.

One regular expression does the work, with possessive quantifiers throughout, so that no page can make it slow. What
has no attributes is not even looked at, and the usual kind of link is told in one step. A parser that builds a tree is
as fast but tells no places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.entities import html5

_WS = r"[ \t\n\f\r]"
# A name and perhaps a value. A quote that is never closed swallows the page: then the tag does not match at all.
_ATTRIBUTE = (
    rf"[ \t\n\f\r/]*+[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"
    rf"(?:{_WS}*+=(?:{_WS}*+(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+|(?=>)))|(?!{_WS}*+=))"
)
_RAW = "script|style|title|textarea|xmp|iframe|noembed|noframes"
_TOKEN = re.compile(
    rf"""<(?:
      a[ ]href="(?P<plain>[^"]*+)"(?:[ ](?:class|hreflang|lang|rel|target|title)="[^"]*+")*+>
     |(?P<raw>(?i:{_RAW}))(?=[ \t\n\f\r/>])(?P<raw_attributes>(?:{_ATTRIBUTE})*+)[ \t\n\f\r/]*+>
        (?P<content>(?:[^<]++|<(?!/(?i:(?P=raw))[ \t\n\f\r/>]))*+)
     |(?P<name>[A-Za-z][^ \t\n\f\r/>]*+)(?=[ \t\n\f\r/])(?P<attributes>(?:{_ATTRIBUTE})*+)[ \t\n\f\r/]*+>
     |!--(?:-?>|.*?(?:--!?>|\Z))
     |(?:[!?]|/[^A-Za-z>])[^>]*+
     |(?P<template>/?(?i:template))[ \t\n\f\r/]*+>
     |(?P<open>[A-Za-z][^ \t\n\f\r/>]*+[ \t\n\f\r/])
    )""",
    re.VERBOSE | re.DOTALL,
)
_NAME_AND_VALUE = re.compile(
    rf"[ \t\n\f\r/]*+([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    rf"(?:{_WS}*+=(?:{_WS}*+(?:\"([^\"]*+)\"|'([^']*+)'|([^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)|(?=>))))?+"
)
_REFERENCE = re.compile(r"&(?:#[xX][0-9A-Fa-f]+;?|#[0-9]+;?|[A-Za-z][A-Za-z0-9]*;?)(=?)")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_SNIFFED = 2048


# Name in small letters, value as typed, offset of the value (of the name's end where it has none). Plain tuples: a site
# has hundreds of thousands, and a class of its own would take as long as all else.
Attribute = tuple[str, str, int]


# Name in small letters, attributes, and for a script or style sheet the text in it and where that begins.
Tag = tuple[str, Sequence[Attribute], str, int]


def tags(text: str) -> Iterator[Tag]:
    """The start tags that have attributes, or raw text after them, in order; not those in comments and templates."""
    inside_template = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "plain":
            if not inside_template:
                yield "a", (("href", token["plain"], token.start("plain")),), "", 0
        elif kind == "attributes":
            name = token["name"].lower()
            if name == "template":
                inside_template += 1
            elif not inside_template:
                yield name, attributes(text, *token.span("attributes")), "", 0
        elif kind == "content":
            if not inside_template:
                found = attributes(text, *token.span("raw_attributes"))
                yield token["raw"].lower(), found, token["content"], token.start("content")
        elif kind == "template":
            inside_template = max(0, inside_template + (-1 if token["template"][0] == "/" else 1))
        elif kind == "open":
            return  # a tag without an end: a browser drops it, and there is nothing after it


def attributes(text: str, start: int, end: int) -> list[Attribute]:
    """The attributes between two offsets of a tag. Of two with one name, both."""
    found: list[Attribute] = []
    for one in _NAME_AND_VALUE.finditer(text, start, end):
        last = one.lastindex
        if last == 1 or last is None:
            found.append((one[1].lower(), "", one.end(1)))
        else:
            found.append((one[1].lower(), one[last], one.start(last)))
    return found


def unescape(raw: str) -> str:
    """An attribute's value with its character references decoded, by the rules for attributes."""
    return _REFERENCE.sub(_referred, raw) if "&" in raw else raw


def _referred(match: re.Match[str]) -> str:
    from html import unescape as decoded

    reference, equals = match[0].removesuffix("="), match[1]
    if reference[1] == "#":
        return decoded(reference) + equals
    name = reference[1:]
    # In an attribute `&copy=2` is a parameter called copy, not a sign.
    known = name in html5 and (name.endswith(";") or not equals)
    return (html5[name] if known else reference) + equals


def decode(data: bytes) -> str:
    """The text of a page or style sheet: UTF-8, else as its BOM or its <meta> says, else with signs for what is not."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "utf-8")
    except UnicodeDecodeError:
        found = _CHARSET.search(data, 0, _SNIFFED)
    try:
        return data.decode(found[1].decode() if found else "utf-8", errors="replace")
    except LookupError:
        return data.decode("utf-8", errors="replace")


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, from 1; columns in code points."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


_WHOLE_TAG = re.compile(rf"<[^ \t\n\f\r/>]++(?P<attributes>(?:{_ATTRIBUTE})*+)")


def attributes_at(text: str, offset: int) -> list[Attribute]:
    """The attributes of the tag that begins at an offset, names in small letters."""
    found = _WHOLE_TAG.match(text, offset)
    return attributes(text, *found.span("attributes")) if found else []
