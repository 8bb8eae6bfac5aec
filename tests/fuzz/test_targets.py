"""The seeds, among them every input that fuzzing once broke something with."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from targets import TARGETS, markdown, one, rules

SEEDS = sorted((Path(__file__).parent / "corpus").iterdir())


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_seeds(seed: Path) -> None:
    data = seed.read_bytes()
    one(data)
    for target in TARGETS:
        target(data[1:])


def test_there_are_seeds_of_each_kind() -> None:
    assert {seed.read_bytes()[0] % len(TARGETS) for seed in SEEDS} == set(range(len(TARGETS)))


PIECES = [
    "**",
    "*",
    "_",
    "「",
    "」",
    "家",
    "は",
    "の",
    ".",
    "。",
    ",",
    "(",
    ")",
    "«",
    '"',
    "[a](x)",
    "[b](",
    "{x}",
    "{",
    "`",
    "1,234.5",
    "12億",
    "%",
    "a",
    "<b>",
    "https://x.y/",
    "です。",
]
PIECES += [" ", "  ", "the ", "\n\n", "\n- ", "\\", "\u200b", "\x00"]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_text_is_checked_without_an_exception(text: str) -> None:
    markdown(text.encode())
    rules(text.encode())
