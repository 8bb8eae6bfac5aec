"""The index of terms in parts: every lookup finds in one part what the whole index holds."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from benchmarks.words import KINDS, LOCALES, MANNERS, THINGS, Word

import deficiency_glossary as dg
from deficiency_glossary.site import shards
from deficiency_glossary.site.search_files import Found, files
from deficiency_glossary.site.survey import TermSummary
from deficiency_glossary.text.search import Index, Key, Searchable, beginnings, keys_of

MAX_BYTES = 3000
SHIPPED = dg.load()._library


def generated(locale: str, count: int) -> list[Found]:
    """Concepts with terms of two to four words, as a large glossary has them."""

    def term(words: Sequence[Word], status: str) -> TermSummary:
        space = "" if locale == "ja" else " "
        reading = "".join(word.reading or word.text for word in words) if locale == "ja" else None
        return TermSummary(space.join(word.text for word in words), reading, status)

    found = []
    for number in range(count):
        thing, kind, manner = (
            table[number * step % len(table)][locale] for table, step in ((THINGS, 1), (KINDS, 7), (MANNERS, 13))
        )
        other = THINGS[number // 20 % len(THINGS)][locale]
        terms = (term([manner, thing, kind], "preferred"), term([other, manner], "admitted"))
        found.append((f"concept-{number:05}", terms, ()))
    return found


def rows_of(concepts: Sequence[Found]) -> list[shards.Row]:
    return [
        shards.Row(name, terms[0].text, tuple(key for term in terms for key in keys_of(*term_of(term))))
        for name, terms, _ in concepts
    ]


def term_of(term: TermSummary) -> tuple[str, str | None, str]:
    return term.text, term.reading, term.status


@cache
def cut(locale: str) -> tuple[list[shards.Row], shards.Shards, Index]:
    concepts = generated(locale, 400)
    index = Index(Searchable(name, [term_of(term) for term in terms], "") for name, terms, _ in concepts)
    rows = rows_of(concepts)
    return rows, shards.cut(rows, MAX_BYTES), index


def lookups(rows: Sequence[shards.Row]) -> Iterator[tuple[str, Key, str]]:
    """(concept, key, what may be typed to find it by that key)."""
    for row in rows[::7]:
        for key in row.keys:
            for beginning in beginnings(key):
                for end in {1, 2, 3, len(beginning) // 2, len(beginning)} - {0}:
                    yield row.concept, key, beginning[:end]


@pytest.mark.parametrize("locale", LOCALES)
def test_what_begins_with_a_query_is_all_in_one_part_or_among_the_best_for_it(locale: str) -> None:
    rows, (parts, tops), index = cut(locale)
    starts = list(parts)
    assert len(starts) > 10
    assert tops
    seen = 0
    for concept, key, typed in lookups(rows):
        if typed in tops:
            best = [hit.concept for hit in index.search(typed, shards.MAX_TOP)]
            ranks = {hit.concept: hit.rank for hit in index.search(typed, 400)}
            held = [row.concept for row in tops[typed]]
            # Matches in the middle of a word are not filed, so they cannot push others out of the best.
            assert held[:5] == best[:5]
            assert [ranks[name] for name in held] == sorted(ranks[name] for name in held)
            continue
        seen += 1
        held_rows = parts[starts[bisect_right(starts, typed) - 1]]
        assert any(row.concept == concept and key in row.keys for row in held_rows), (typed, key)
    assert seen > 100


@pytest.mark.parametrize("locale", LOCALES)
def test_parts_are_small_and_in_the_order_of_javascript(locale: str) -> None:
    concepts = generated(locale, 400)
    made = dict(files(concepts, SHIPPED.locale_file(locale).require(), MAX_BYTES))
    manifest = json.loads(made["index.json"])
    by_unit = sorted(manifest["parts"], key=lambda text: text.encode("utf-16-be"))
    assert manifest["parts"] == by_unit
    assert {name for name in made if not re.fullmatch(r"(index|(part|top)-[0-9a-f]+)\.json", name)} == set()
    assert len(made) == 1 + len(manifest["parts"]) + len(manifest["tops"])
    # A part is cut by an estimate.
    assert max(len(data) for name, data in made.items() if name.startswith("part-")) < MAX_BYTES * 1.2
    assert max(len(json.loads(data)) for name, data in made.items() if name.startswith("top-")) <= shards.MAX_TOP
    assert made == dict(files(concepts, SHIPPED.locale_file(locale).require(), MAX_BYTES))


def test_a_small_index_is_one_part_with_everything() -> None:
    rows = rows_of(generated("ko", 40))
    assert shards.cut(rows) == ({"": rows}, {})
    assert shards.cut([]) == ({}, {})


def test_terms_that_are_all_the_same_do_not_end_the_world() -> None:
    rows = [
        shards.Row(f"concept-{number:03}", "x" * 60, tuple(keys_of("x" * 60, None, "preferred")))
        for number in range(90)
    ]
    parts, tops = shards.cut(rows, 1000)
    assert [len(held) for held in parts.values()] == [len(rows)]
    assert all(len(held) == shards.MAX_TOP for held in tops.values())


@pytest.mark.parametrize(
    ("text", "reading", "expected"),
    [
        ("deficiency balance", None, ["deficiencybalance", "balance"]),
        ("住宅ローン", "じゅうたくろーん", ["住宅ろーん", "宅ろーん", "ろーん"]),
        ("담보 대출", None, ["담보대출", "보대출", "대출", "출"]),
        ("IRS 세금", None, ["irs세금", "세금", "금"]),
    ],
)
def test_where_a_word_may_begin(text: str, reading: str | None, expected: list[str]) -> None:
    key = next(iter(keys_of(text, reading, "preferred")))
    assert list(beginnings(key)) == expected


def test_the_rules_in_the_manifest_are_those_of_folding(built_site: Path) -> None:
    from deficiency_glossary.text import folding

    for locale in SHIPPED.locales:
        manifest = json.loads((built_site / locale / "search" / "index.json").read_text(encoding="utf-8"))
        assert manifest["rules"] == folding.rules()
        assert manifest["words"]["none"].count("{query}") == 1
