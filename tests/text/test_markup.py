"""Placeholders and links in Markdown, found where Markdown has them and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.text import markup
from deficiency_glossary.text.markup import VALUE_END, VALUE_START

LINKS = {
    "[a](b)": [("a", "b")],
    "[a](<b>)": [("a", "b")],
    "[a]( b )": [("a", "b")],
    '[a](b "title")': [("a", "b")],
    "[a](b#c) and [d](e)": [("a", "b#c"), ("d", "e")],
    "[a](https://x.org/Foo_(bar))": [("a", "https://x.org/Foo_(bar)")],
    "[a](javascript:alert(1))": [("a", "javascript:alert(1)")],
    "[a [b](c) d](e)": [("b", "c")],
    r"[a \] b](c)": [(r"a \] b", "c")],
    r"\[a](b)": [],
    "`[a](b)` [c](d)": [("c", "d")],
    r"\`[a](b)\`": [("a", "b")],
    "[a\nb](c)": [("a\nb", "c")],
    "[家](house)が": [("家", "house")],
    "[](b)": [("", "b")],
    "[a] (b)": [],
    "[a](b c)": [],
    "[a](b": [],
}


@pytest.mark.parametrize(("text", "expected"), LINKS.items())
def test_links(text: str, expected: list[tuple[str, str]]) -> None:
    found = markup.links(text)
    assert [(link.text, link.target) for link in found] == expected
    for link in found:
        assert text[link.start] == "["
        assert text[link.end - 1] == ")"


@pytest.mark.parametrize(
    ("target", "internal", "concept", "section"),
    [
        ("loan", True, "loan", ""), ("loan#end", True, "loan", "end"), ("#end", False, "", "end"),
        ("https://x.org", False, "https://x.org", ""), ("JavaScript:x", False, "JavaScript:x", ""),
        ("/loan", False, "/loan", ""), ("../loan", False, "../loan", ""), ("", False, "", ""),
    ],
)  # fmt: skip
def test_parts_of_a_link(target: str, internal: bool, concept: str, section: str) -> None:
    (link,) = markup.links(f"[a]({target})")
    assert (link.is_internal, link.concept, link.section) == (internal, concept, section)


@pytest.mark.parametrize(
    ("text", "names", "braces"),
    [
        ("{a} and {b_2}", ["a", "b_2"], ""),
        ("{a}을(를)", ["a"], ""),
        ("`{a}` {b}", ["b"], ""),
        (r"\`{a}\`", ["a"], ""),
        ("``{a}` {b}``", [], ""),
        ("{{a}}", ["a"], "{}"),
        ("{A} {1a} { a}", [], "{}{}{}"),
        ("｛a｝", [], "｛｝"),
        ("{a", [], "{"),
        ("`{` }", [], "}"),
    ],
)
def test_placeholders_and_stray_braces(text: str, names: list[str], braces: str) -> None:
    found = markup.placeholders(text)
    assert [placeholder.name for placeholder in found] == names
    assert [text[placeholder.start : placeholder.end] for placeholder in found] == [f"{{{name}}}" for name in names]
    assert "".join(text[at] for at in markup.stray_braces(text)) == braces


def test_fill_marks_values_and_leaves_the_rest() -> None:
    filled = markup.fill("{a} `{a}` {b}", {"a": "{b}"})
    assert filled == f"{VALUE_START}{{b}}{VALUE_END} `{{a}}` {{b}}"


def test_resolve_links() -> None:
    text = "[a](loan#end) [b](gone) [c](https://x.org) `[d](loan)`"
    resolved = markup.resolve_links(
        text, lambda concept, section: None if concept == "gone" else f"/{concept}/{section}"
    )
    assert resolved == "[a](/loan/end) b [c](https://x.org) `[d](loan)`"


pieces = st.lists(
    st.sampled_from(["a", " ", "[", "]", "(", ")", "`", "\\", "{", "}", "{a}", "[a](b)", "#", "\n", "<", ">", '"'])
).map("".join)


@given(pieces)
def test_any_text_keeps_its_length_and_its_places(text: str) -> None:
    assert len(markup.without_code(text)) == len(text)
    assert markup.fill(text, {}) == text
    assert markup.resolve_links(text, lambda concept, section: None if section else "x").count("`") <= text.count("`")
    for placeholder in markup.placeholders(text):
        assert text[placeholder.start : placeholder.end] == f"{{{placeholder.name}}}"
    ends = [0] + [link.end for link in markup.links(text)]
    assert all(link.start >= end for link, end in zip(markup.links(text), ends, strict=False))
