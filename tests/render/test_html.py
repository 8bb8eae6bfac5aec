"""HTML from Markdown: the short way equals the long way, and nothing of the content runs."""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import deficiency_glossary as dg
from deficiency_glossary.library.store import open_library
from deficiency_glossary.render import html
from deficiency_glossary.site.survey import prose_of

PAYLOADS = json.loads((Path(__file__).parent / "payloads.json").read_text(encoding="utf-8"))
SHIPPED = dg.load()


def all_texts() -> list[tuple[str, str]]:
    library = open_library()
    texts = []
    for locale in library.locales:
        for concept in library.concepts:
            _, entry = library.entry(concept, locale)
            texts += [(f"{locale}/{concept}/{number}", text) for number, text in enumerate(prose_of(entry))]
    return texts


@pytest.mark.parametrize("text", [text for _, text in all_texts()], ids=[name for name, _ in all_texts()])
def test_short_way_equals_long_way_on_shipped_content(text: str) -> None:
    assert html.to_html(text) == html.convert(text.strip())


def test_what_the_long_way_takes_out_may_open_a_block() -> None:
    assert html.to_html("- a\n\n\x02 - b") == html.convert("- a\n\n\x02 - b") != html.convert("- a")


SIMPLE = ["a\n\n- b *c*\n- d\n\n**e** f\ng\n\n> h\n> i\n\n5 [j](k)", "> a\n\nb", "- a"]


@pytest.mark.parametrize("text", SIMPLE)
def test_simple_blocks_take_the_short_way(text: str) -> None:
    assert html.short_way(text) == html.convert(text)


def test_most_of_the_shipped_content_takes_the_short_way() -> None:
    # The law above would hold emptily if nothing did.
    texts = [text.strip() for _, text in all_texts()]
    assert sum(html.short_way(text) is not None for text in texts) > len(texts) / 2


# fmt: off
WORDS = st.sampled_from([
    "debt", "teminatı", "담보를", "担保", "1.", "2)", "-", "+", "*", "#", ">", "=", "==", "|", ":", "~~~", "a: b", "!",
    "![", "[link](collateral)", "[a](../b/#c)", "[x](https://example.org/a-b)", "[y](http://a.b/?q=1)", "[z](a_b)",
    "[q](a b)", "[f](file:///x)", "[m](mailto:a@b.example)", "[n](a:b)", "**bold**", "*it*", "**two words**", "*a b*",
    "**a", "b*", "***c***", "- item", "> said", "_it_", "`code`", "<b>", "&amp;",
    "&", "\\*", "[ref]", "[ref]: x", "http://example.org", "a@b.example", "“quoted”", "«ja»", "「赤字」", "$250,000",
    "250 000 dollar", "…", "it's", '"q"', "(x)", "  ", "\t", "\u00a0", "A.", "[^1]",
    "\x00", "\x02", "\x03", "\x0b", "\x0c", "\r", "\x1d", "\x85", "\u2028", "\u2029", "\ufeff", "\x02wzxhzdk:0\x03",
])
# fmt: on
LINES = st.tuples(st.sampled_from(["", "", "", "- ", "> "]), st.lists(WORDS, min_size=1, max_size=6)).map(
    lambda line: line[0] + " ".join(line[1])
)
TEXTS = st.lists(
    st.tuples(LINES, st.sampled_from(["\n", "\n\n", "  \n", "\n\n\n", "\n   ", "\n    ", "\r", "\n\r"])), max_size=6
)


@given(TEXTS)
@settings(max_examples=1500, deadline=None)
def test_short_way_equals_long_way_on_generated_text(pieces: list[tuple[str, str]]) -> None:
    text = "".join(line + end for line, end in pieces)
    expected = html.convert(text.strip())
    # Python-Markdown leaves a numbered mark of its own in some knots of emphasis: `1.*e**e*[a](b c)**s**1.#`.
    assume("klzzwxh:" not in expected)
    assert html.to_html(text) == expected


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60))
@settings(max_examples=1500, deadline=None)
def test_short_way_equals_long_way_on_any_characters(text: str) -> None:
    assert html.to_html(text) == html.convert(text.strip())


ALLOWED = re.compile(
    r'</?(?:p|em|strong|code|pre|ul|ol|li|blockquote|h[1-6]|table|thead|tbody|tr|th|td)>|<(?:br|hr)>|<ol start="\d+">'
    r'|<a>|<a href="(?:https?://|mailto:|[^":]*")[^"]*"?>|</a>'
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_the_content_runs(payload: str) -> None:
    made = html.to_html(payload)
    for tag in re.findall(r"<[^>]*>", made):
        assert ALLOWED.fullmatch(tag), (tag, made)
        assert not re.search(r'href="\s*(?:javascript|data|vbscript|file)', tag, re.IGNORECASE), (tag, made)


def test_raw_html_shows_as_text() -> None:
    assert html.to_html("a <b>c</b>") == "<p>a &lt;b&gt;c&lt;/b&gt;</p>"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("one\n\ntwo", "one\n\ntwo"),
        ("a [b](collateral) c", "a b c"),
        ("- one\n- two", "- one\n\n- two"),
        ("> quoted **words**", "quoted words"),
        ("5 < 6 & 7", "5 < 6 & 7"),
    ],
)
def test_plain_text(markdown: str, text: str) -> None:
    assert html.to_text(html.to_html(markdown)) == text


def test_threads_do_not_mix_their_texts() -> None:
    """Python-Markdown's converter keeps what it is at: shared, it gave one text's words to another."""
    texts = [f"1. {letter * 40}\n2. `{letter}`\n\n| {letter} | x |\n| - | - |\n| {letter} | y |\n" for letter in "abcd"]
    expected = [html.to_html(text) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(len(texts)) as threads:
            made = list(threads.map(lambda number: html.to_html(texts[number % len(texts)]), range(200)))
    finally:
        sys.setswitchinterval(interval)
    assert made == [expected[number % len(texts)] for number in range(200)]
