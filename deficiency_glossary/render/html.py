"""Markdown to HTML that is safe to show, and HTML to plain text.

Python-Markdown is the reference. Raw HTML is switched off, so that it shows as the text it is, and the result passes
an allow-list sanitizer. The blocks that a text begins with, as long as they are paragraphs, lists or quotations of
words with simple links and simple emphasis, take a short way that gives the same bytes; a test holds both ways equal.
"""

from __future__ import annotations

import html
import re
import threading
from functools import cached_property
from typing import Any

SCHEMES = frozenset({"http", "https", "mailto"})
# fmt: off
_TAGS = frozenset({
    "p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr", "h3", "h4", "h5", "h6",
    "table", "thead", "tbody", "tr", "th", "td",
})
# fmt: on

# Characters that some step of the long way rewrites: markers of Python-Markdown, and what an HTML parser normalizes.
_UNUSUAL = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff"
# Words: nothing that Markdown gives a meaning to, but simple links and simple emphasis.
_SPECIAL = r"\[\]*_`<>&\\!" + _UNUSUAL
_LINK = rf"\[[^{_SPECIAL}\n]+\]\((?:https?://)?[A-Za-z0-9./#?=%~+-]+\)"
_STRONG = rf"\*\*(?!\s)[^{_SPECIAL}\n]+(?<!\s)\*\*(?!\*)"
_EM = rf"\*(?!\s)[^{_SPECIAL}\n]+(?<!\s)\*(?!\*)"
_WORD = rf"[^{_SPECIAL}\n]++|!(?!\[)|{_LINK}|{_STRONG}|{_EM}"
_OPENS_BLOCK = rf"(?:[\s#>+\-=|:~{_UNUSUAL}]|\d++\.|\*\s)"


def _all(more: str = "") -> str:
    """A pattern for as many words as there are, and for `more` between them, that ends in no space.

    A look ahead gives nothing back, as `++` would; Python 3.11.2 mistakes the `++` of a group (CPython issue 106052).
    """
    return rf"(?!{_OPENS_BLOCK})(?=(?P<words>(?:{_WORD}{more})+))(?P=words)(?<!\s)"


_PARAGRAPH = re.compile(_all(rf"|(?<!\s)\n(?!{_OPENS_BLOCK})"))
_PARAGRAPHS = re.compile(_all(rf"|(?<!\s)\n+(?!{_OPENS_BLOCK})"))
_LIST = re.compile(rf"(?:(?:^|\n)- {_all()})+", re.MULTILINE)
_QUOTATION = re.compile("> " + _all(rf"|(?<!\s)\n> (?!{_OPENS_BLOCK})"))
_INLINE = re.compile(r"\[([^\]]+)\]\(([^)]+)\)|\*\*([^*]+)\*\*|\*([^*]+)\*")
_SIMPLE_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_BREAK = re.compile("\n\n+")
_BETWEEN_PARAGRAPHS = re.compile(r"\n{2,}|\Z")
# The block after a list or a quotation may belong to it, unless it is a paragraph.
_ENDED = re.compile(rf"\n{{2,}}(?!{_OPENS_BLOCK})|\Z")

_BLOCK_END = re.compile(r"</(?:p|li|blockquote|pre|h[1-6]|tr|ul|ol|table)>")
_TAG = re.compile(r"<[^>]*>")
_BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")


def to_html(markdown: str, *, whole_page: bool = False) -> str:
    """The HTML of a Markdown text: blocks of the allow-list, no raw HTML, links of known schemes only.

    Headings begin at the third rank, under those of an entry; those of a whole page at the second.
    """
    text = markdown.strip()
    done, rest = _leading_blocks(text)
    converted = convert(rest, whole_page=whole_page) if rest else ""
    return "\n".join([*done, converted] if converted else done)


def convert(markdown: str, *, whole_page: bool = False) -> str:
    """The long way: Python-Markdown, then the sanitizer."""
    import nh3

    converter = _OF_THREAD.converter
    converter.reset()
    cleaned = nh3.clean(
        converter.convert(markdown),
        tags={*_TAGS, "h2"} if whole_page else set(_TAGS),
        attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
        attribute_filter=_only_known_schemes,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    cleaned = cleaned.rstrip("\n")  # of a block that came to nothing, such as a heading without words
    return cleaned.replace("&nbsp;", "\u00a0")  # one character in one spelling: an "&nbsp;" of the text is "&amp;nbsp;"


def _only_known_schemes(_tag: str, name: str, value: str) -> str | None:
    """Drop an address whose first part holds a colon but is no known scheme: `java script:` is no path either."""
    first = re.split(r"[/?#]", value, maxsplit=1)[0]
    if name == "href" and ":" in first and first.partition(":")[0].lower() not in SCHEMES:
        return None
    return value


def inline(markdown: str) -> str:
    """The HTML of a text of one paragraph, without the paragraph's own tags."""
    whole = to_html(markdown)
    if whole.startswith("<p>") and whole.endswith("</p>") and whole.count("<p>") == 1:
        return whole[3:-4]
    return whole


def to_text(source: str) -> str:
    """The words of sanitized HTML; paragraphs stand a blank line apart."""
    text = _TAG.sub("", _BLOCK_END.sub("\n\n", source.replace("<li>", "<li>- ")))
    return _BLANK_LINES.sub("\n\n", html.unescape(text)).strip()


def short_way(text: str) -> str | None:
    """The HTML of a text that takes the short way to its end; None for any other text."""
    done, rest = _leading_blocks(text)
    return None if rest or not done else "\n".join(done)


def _leading_blocks(text: str) -> tuple[list[str], str]:
    """The HTML of the simple blocks that a text begins with, and what comes after them, as it stands.

    Such a block changes nothing in the blocks after it, so those can be converted alone.
    """
    if _PARAGRAPHS.fullmatch(text):  # most texts are nothing else
        return ["<p>" + _BREAK.sub("</p>\n<p>", _with_elements(text)) + "</p>"], ""
    done: list[str] = []
    start = end = 0
    while start < len(text) and (block := _block(text, start)):
        made, end, start = block
        done.append(made)
    # With the line breaks before it: Python-Markdown tells a line of spaces by the break that it follows.
    return done, text[end:]


def _block(text: str, start: int) -> tuple[str, int, int] | None:
    """The HTML of the simple block that begins here, its end, and where the next one begins."""
    first = text[start]
    pattern, after = _PARAGRAPH, _BETWEEN_PARAGRAPHS
    if first in "->":
        pattern, after = (_LIST if first == "-" else _QUOTATION), _ENDED
    words = pattern.match(text, start)
    gap = words and after.match(text, words.end())
    if not words or not gap:
        return None
    made = _with_elements(words[0])
    if first == "-":
        made = "<ul>\n<li>" + made[2:].replace("\n- ", "</li>\n<li>") + "</li>\n</ul>"
    elif first == ">":
        made = "<blockquote>\n<p>" + made[2:].replace("\n> ", "\n") + "</p>\n</blockquote>"
    else:
        made = f"<p>{made}</p>"
    return made, gap.start(), gap.end()


def _with_elements(words: str) -> str:
    """The words with elements for links and emphasis."""
    if "*" in words:
        return _INLINE.sub(_element, words)
    if "[" not in words:
        return words
    parts = _SIMPLE_LINK.split(words)  # half the time of a substitution
    for at in range(1, len(parts), 3):
        parts[at], parts[at + 1] = f'<a href="{parts[at + 1]}">{parts[at]}</a>', ""
    return "".join(parts)


def _element(match: re.Match[str]) -> str:
    words, address, strong, em = match.groups()
    if words:
        return f'<a href="{address}">{words}</a>'
    return f"<strong>{strong}</strong>" if strong else f"<em>{em}</em>"


class _OfThread(threading.local):
    """A converter for all texts of a thread: to build one costs as much as a page, and it works at one text a time."""

    @cached_property
    def converter(self) -> Any:
        import markdown

        converter = markdown.Markdown(extensions=["sane_lists", "tables"], output_format="html")
        converter.preprocessors.deregister("html_block")
        converter.inlinePatterns.deregister("html")
        for name in ("image_link", "image_reference", "short_image_ref"):
            converter.inlinePatterns.deregister(name)
        return converter


_OF_THREAD = _OfThread()
