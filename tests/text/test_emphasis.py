"""Asterisks that CommonMark leaves standing: the same ones as markdown-it-py leaves."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from deficiency_glossary.text import emphasis
from deficiency_glossary.text.emphasis import literal_runs

COMMONMARK = MarkdownIt("commonmark")


def shown_signs(text: str, sign: str) -> int:
    """How many of a sign markdown-it-py shows."""
    children = [child for token in COMMONMARK.parse(text) for child in token.children or ()]
    return sum(child.content.count(sign) for child in children if child.type == "text")


@given(st.lists(st.sampled_from(["*", "**", "***", "_", "__", "a", "は", "「", "」", ".", " ", "(", "%"]), max_size=14))
@settings(max_examples=400)
def test_the_same_signs_are_left_as_by_markdown_it(pieces: list[str]) -> None:
    text = "x" + "".join(pieces).rstrip()
    runs = [emphasis._Run(text, match, 0, len(text)) for match in emphasis._RUN.finditer(text)]
    emphasis._match_up(runs)
    for sign in "*_":
        assert sum(run.left for run in runs if run.sign == sign) == shown_signs(text, sign)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("**「赤字」**は", [(0, "**"), (6, "**")]),
        ("「**赤字**」は", []),
        ("**赤字。**次", [(0, "**"), (5, "**")]),
        ("** a ** b", [(0, "**"), (5, "**")]),
        ("5 * 3, sale_price and {sale_price}", []),
        ("`**a` and \\*b and [a](b_c_d)", []),
        ("* one\n* two **x**\n\n***\n\n1. *three*", []),
        ("> *a*\n> **b", [(8, "**")]),
        ("**a\n\nb**", [(0, "**"), (6, "**")]),
        ("[a]()*", [(5, "*")]),
    ],
)
def test_runs_and_their_places(text: str, found: list[tuple[int, str]]) -> None:
    assert literal_runs(text) == found


@pytest.mark.parametrize("text", ["*a " * 8000 + "a* " * 8000, "a**b" * 12000, "a*** " * 10000, "_a*" * 16000])
def test_long_texts_of_signs_end(text: str) -> None:
    assert len(literal_runs(text)) <= len(text)
