"""Search: what readers type finds what they mean, in a lawful order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import deficiency_glossary as dg
from deficiency_glossary.text.search import Index, Searchable

QUERIES = Path(__file__).parent / "queries"
GLOSSARY = dg.load()
FIRST, SHARE = 3, 0.95


@pytest.mark.parametrize("locale", GLOSSARY.locales)
def test_queries_find_their_concept(locale: str) -> None:
    lines = (QUERIES / f"{locale}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(pairs) >= 12
    missed = []
    for query, concept in pairs:
        found = [hit.concept for hit in GLOSSARY.search(query, locale)]
        if concept not in found[:FIRST]:
            missed.append(f"{query}: expected {concept}, found {found}")
    assert len(pairs) - len(missed) >= SHARE * len(pairs), missed


INDEX = Index(
    [
        Searchable("a", [("loan", None, "preferred"), ("advance", None, "admitted")], "money lent on land"),
        Searchable("b", [("loan book", None, "preferred")], "all loans of a bank"),
        Searchable("c", [("home loan", None, "preferred")], "a loan for a home"),
        Searchable("d", [("sloane", None, "preferred")], "a street"),
        Searchable("e", [("credit", None, "preferred"), ("loan", None, "deprecated")], "trust"),
        Searchable("f", [("bank", None, "preferred")], "it makes a loan"),
    ]
)


def test_whole_before_beginning_before_word_before_inside_before_text() -> None:
    assert [hit.concept for hit in INDEX.search("loan")] == ["a", "e", "b", "c", "d", "f"]


def test_what_matched_is_said() -> None:
    assert INDEX.search("advance")[0][:3] == ("a", "loan", "advance")


def test_all_words_of_a_query_must_stand_in_the_text() -> None:
    assert [hit.concept for hit in INDEX.search("money land")] == ["a"]
    assert INDEX.search("money sea") == []


@pytest.mark.parametrize("query", ["", " ", "?!", "\u200b", "\n"])
def test_nothing_finds_nothing(query: str) -> None:
    assert INDEX.search(query) == []


def test_limit() -> None:
    assert len(INDEX.search("loan", limit=2)) == 2


@given(st.text(max_size=20), st.sampled_from(GLOSSARY.locales))
def test_any_query_is_answered_the_same_each_time_without_repeats(query: str, locale: str) -> None:
    hits = GLOSSARY.search(query, locale)
    assert hits == GLOSSARY.search(query, locale)
    assert len({hit.concept for hit in hits}) == len(hits)


def test_unknown_locale() -> None:
    with pytest.raises(dg.UnknownLocale):
        GLOSSARY.search("loan", "fr")
