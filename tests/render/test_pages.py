"""Whole texts: HTML articles and Markdown documents."""

from __future__ import annotations

import json
import re

import pytest
from markdown_it import MarkdownIt

import deficiency_glossary as dg
from deficiency_glossary.render import listings, pages
from deficiency_glossary.render.environment import plain_in_markdown

GLOSSARY = dg.load()
EVERYTHING = [(concept, locale) for concept in GLOSSARY.concepts for locale in GLOSSARY.locales]


@pytest.mark.parametrize(("concept", "locale"), EVERYTHING)
def test_markdown_is_commonmark_with_front_matter(concept: str, locale: str) -> None:
    text = GLOSSARY.render(concept, locale, format="markdown")
    _, front, body = text.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in front.splitlines())
    assert json.loads(fields["title"])
    assert json.loads(fields["slug"]) == concept
    shown = MarkdownIt("commonmark").render(body)
    assert shown.count("<h1>") == 1
    # Emphasis that CommonMark does not see, as `**「語」**は`, would stay as asterisks.
    assert "**" not in shown
    assert "](" not in shown
    assert "\n\n\n" not in text


@pytest.mark.parametrize(("concept", "locale"), EVERYTHING)
def test_html_says_what_markdown_says(concept: str, locale: str) -> None:
    entry = GLOSSARY.entry(concept, locale)
    html = GLOSSARY.render(concept, locale, format="html")
    document = GLOSSARY.render(concept, locale, format="markdown")
    for example in entry.examples.values():
        for row in example.rows:
            assert row.amount in html
            assert row.amount in document
    assert entry.definition.html() in html
    assert f'lang="{"nb" if locale == "no" else locale}"' in html


def test_what_a_machine_wrote_and_nobody_reviewed_says_so() -> None:
    for locale in GLOSSARY.locales:
        assert 'class="notice"' in GLOSSARY.render("collateral", locale)


def test_plain_text_stays_plain_in_markdown() -> None:
    nasty = "a *b* _c_ `d` [e](f) <b> {g} \\ &amp; A & B"
    shown = MarkdownIt("commonmark").render(plain_in_markdown(nasty))
    assert shown.strip() == "<p>a *b* _c_ `d` [e](f) &lt;b&gt; {g} \\ &amp;amp; A &amp; B</p>"


def test_json_in_a_script_cannot_end_it() -> None:
    made = pages.script_json({"name": "</script><script>alert(1)</script>\u2028&"})
    assert not re.search(r"[<>&\u2028]", made)
    assert json.loads(str(made))["name"] == "</script><script>alert(1)</script>\u2028&"


def test_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="'pdf'"):
        GLOSSARY.render("collateral", "en", format="pdf")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("alphabet", "present", "expected"),
    [
        ("ABC", ["B"], "-A B -C"),
        ("ABC", ["#", "A"], "# A -B -C"),
        ("ACB", ["A", "Q", "B"], "A -C Q B"),
        ("", ["X", "Y"], "X Y"),
        ("ABC", [], "-A -B -C"),
    ],
)
def test_letters_without_terms_stand_in_the_alphabet(alphabet: str, present: list[str], expected: str) -> None:
    heads = listings._heads(list(alphabet), dict.fromkeys(present, "x"))
    assert " ".join(head if anchor else f"-{head}" for head, anchor in heads) == expected
