"""The line of a finding and its caret."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.cli import report
from deficiency_glossary.cli.excerpt import excerpt, harmless, width
from deficiency_glossary.findings import Finding


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("title: x", 8, "title: x", "       ^"),
        ("    title: x", 12, "title: x", "       ^"),
        ("    title: x", 2, "    title: x", " ^"),
        ("題: 家 x", 4, "題: 家 x", "    ^"),
        ("題: 家 x", 6, "題: 家 x", "       ^"),
        ("a\tb", 3, "a b", "  ^"),
        ("ab\r", 2, "ab", " ^"),
        ("ab", 3, "ab", "  ^"),
        ("ab", 9, "ab", "  ^"),
        ("e\u0301e\u0301x", 5, "e\u0301e\u0301x", "  ^"),
        ("\U0001f600x", 2, "\U0001f600x", "  ^"),
        ("\x1b[31mx", 6, "\ufffd[31mx", "     ^"),
        ("", 1, "", "^"),
    ],
)
def test_the_caret_stands_under_the_character(line: str, column: int, shown: str, caret: str) -> None:
    assert excerpt(line, column) == (shown, caret)


@given(st.text(st.sampled_from("ab 家한é\u0301\U0001f600ｱ"), min_size=1, max_size=400), st.data())
def test_the_character_above_the_caret_is_the_one_meant(line: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(line)))
    shown, caret = excerpt(line, column)
    cells = 0
    above = ""
    for character in shown:
        cells += width(character)
        if cells >= len(caret):
            above = character
            break
    wanted = line[column - 1]
    if unicodedata.combining(wanted) == 0 and line.rstrip() == line:
        assert above == wanted
    assert width(shown) <= 100 + width(line[column - 1])


def test_nothing_in_a_finding_can_command_the_terminal() -> None:
    finding = Finding(path="a\x1b[2J", line=1, column=1, code="c", message="m\u202e\x07", hint="h\x9b")
    shown = report.as_text([finding], lambda _path: ["x\x1b]0;y\x07"])
    assert not set(shown) & set("\x1b\x07\x9b\u202e")
    assert harmless("家 é") == "家 é"
