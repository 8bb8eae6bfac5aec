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
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert len(pairs) >= 14
    assert {concept for _, concept in pairs} == set(GLOSSARY.concepts)
    missed = []
    for query, concept in pairs:
        found = [hit.concept for hit in GLOSSARY.search(query, locale)]
        if concept not in found[:FIRST]:
            missed.append(f"{query}: expected {concept}, found {found}")
    print(f"{locale}: {len(pairs) - len(missed)} of {len(pairs)}", *missed, sep="\n  ")
    assert len(pairs) - len(missed) >= SHARE * len(pairs), missed


CONCEPTS = [
    Searchable("a", [("loan", None, "preferred"), ("advance", None, "admitted")], "money lent on land"),
    Searchable("b", [("loan book", None, "preferred")], "all loans of a bank"),
    Searchable("c", [("home loan", None, "preferred")], "a loan for a home"),
    Searchable("d", [("sloane", None, "preferred")], "a street"),
    Searchable("e", [("credit", None, "preferred"), ("loan", None, "deprecated")], "trust"),
    Searchable("f", [("bank", None, "preferred")], "it makes a loan"),
]
INDEX = Index(CONCEPTS)


def test_whole_before_beginning_before_word_before_inside_before_text() -> None:
    assert [hit.concept for hit in INDEX.search("loan")] == ["a", "e", "b", "c", "d", "f"]


@given(st.permutations(CONCEPTS), st.sampled_from(["loan", "lo", "a", "bank", "money land"]))
def test_the_order_is_that_of_rank_whatever_the_order_of_the_glossary(concepts: list[Searchable], query: str) -> None:
    hits = Index(concepts).search(query)
    assert hits == INDEX.search(query)
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)


@pytest.mark.parametrize("query", ["loan", "lo", "oa"])
def test_preferred_before_admitted_before_deprecated(query: str) -> None:
    # The ids run the other way, so that they cannot be what decides.
    statuses = {"x": "preferred", "w": "admitted", "v": "deprecated", "u": "superseded"}
    concepts = [
        Searchable(concept, [(f"{concept} own", None, "preferred"), ("loan", None, status)], "")
        for concept, status in statuses.items()
        if status != "preferred"
    ]
    index = Index([*concepts, Searchable("x", [("loan", None, "preferred")], "")])
    assert [hit.concept for hit in index.search(query)] == ["x", "w", "u", "v"]


def test_what_matched_is_said() -> None:
    assert INDEX.search("advance")[0][:3] == ("a", "loan", "advance")


@pytest.mark.parametrize(
    ("term", "reading", "query"),
    [
        ("boliglån", None, "boliglan"),
        ("boliglån", None, "boliglaan"),
        ("tapsføring", None, "tapsfoering"),
        ("udekket restgjeld", None, "gjeld udekket"),
        ("担保", "たんぽ", "tampo"),
        ("住宅ローン", "じゅうたくろーん", "jūtaku rōn"),
        ("住宅ローン", "じゅうたくろーん", "zyuutaku"),
        ("압류", None, "amnyu"),
        ("압류", None, "apryu"),
        ("근로소득", None, "ㄱㄹ ㅅㄷ"),
        ("근로소득", None, "ㄱㄽㄷ"),
        ("담보", None, " ㄷㅂ\n"),
    ],
)
def test_spellings_of_those_who_lack_a_key(term: str, reading: str | None, query: str) -> None:
    others = [Searchable(f"other-{text}", [(text, None, "preferred")], "") for text in ("skjøte", "판결", "ローン")]
    hits = Index([*others, Searchable("meant", [(term, reading, "preferred")], "")]).search(query)
    assert [hit.concept for hit in hits] == ["meant"]


@pytest.mark.parametrize("query", ["ㄷㅂ", "ㅂ"])
def test_initials_find_no_latin_and_no_text(query: str) -> None:
    assert INDEX.search(query) == []


def test_all_words_of_a_query_must_stand_in_the_text() -> None:
    assert [hit.concept for hit in INDEX.search("money land")] == ["a"]
    assert INDEX.search("money sea") == []


@pytest.mark.parametrize("query", ["", " ", "?!", "\u200b", "\n"])
def test_nothing_finds_nothing(query: str) -> None:
    assert INDEX.search(query) == []


def test_a_term_without_letters_is_found_by_nothing_and_harms_nothing() -> None:
    index = Index([Searchable("odd", [("?!", None, "preferred")], ""), CONCEPTS[0]])
    assert [hit.concept for hit in index.search("loan")] == ["a"]
    assert index.search("?!") == []


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
