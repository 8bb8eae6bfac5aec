"""Did all make the same pages? Nobody shall be timed for less work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

Address = Callable[[str, str], str]
_HEAD = {
    "title": "title",
    "description": "meta[name=description]",
    "canonical address": "link[rel=canonical]",
    "links to its languages": "link[hreflang]",
    "language links": "header nav a",
    "table": "main table td",
    "footer": "footer",
}
_WITHIN_WORDS = re.compile(r"</?(?:a|bdi|em|span|strong)\b[^>]*>")


class Unlike(Exception):
    """What was made is not what was asked for, so its time means nothing."""


def check_pages(site: Path, address: Address, pages: Sequence[tuple[str, str]]) -> None:
    """Raises Unlike for the first page (of a locale and a concept) that is not there."""
    for locale, concept in pages:
        if not (site / address(locale, concept)).is_file():
            raise Unlike(f"{site.parent.parent.name} made no page {address(locale, concept)}")


def check_words(ours: Path, theirs: Path, address: Address, pages: Sequence[tuple[str, str]]) -> None:
    """Raises Unlike where a page lacks a part, or its text has other words or links than ours."""
    for locale, concept in pages:
        wanted, given = (_page(ours / locale / concept / "index.html"), _page(theirs / address(locale, concept)))
        where = f"{theirs.parent.parent.name}: {locale}/{concept}"
        if missing := [name for name, selector in _HEAD.items() if not given.css(selector)]:
            raise Unlike(f"{where} has no {', '.join(missing)}")
        for reads in (_words, _links):
            different = reads(wanted), reads(given)
            if different[0] != different[1]:
                lacking, added = different[0] - different[1], different[1] - different[0]
                raise Unlike(f"{where} lacks {sorted(lacking)} and adds {sorted(added)}")


def check_bare(site: Path, pages: Sequence[tuple[str, str]]) -> None:
    """Raises Unlike if a page of ours has what those of the others lack."""
    for locale, concept in pages:
        if found := [node.tag for node in _page(site / locale / concept / "index.html").css("svg, script, form")]:
            raise Unlike(f"our page {locale}/{concept} has more than the others: {found}")


def _page(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def _words(page: LexborHTMLParser) -> Counter[str]:
    """The words that are seen: an element within a word does not part it."""
    text = LexborHTMLParser(_WITHIN_WORDS.sub("", page.css("main")[0].html or "")).root
    return Counter(re.findall(r"\w+", text.text(separator=" ") if text else ""))


def _links(page: LexborHTMLParser) -> Counter[str]:
    """Where the links of the text lead: concept and fragment, however the address is written."""
    return Counter(_targets(page))


def _targets(page: LexborHTMLParser) -> Iterator[str]:
    for node in page.css("main a[href]"):
        path, _, fragment = (node.attributes["href"] or "").partition("#")
        yield f"{path.rstrip('/').rpartition('/')[2]}#{fragment}"
