"""The index of terms in parts: every lookup finds in one part what the whole index holds."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from large import large_glossary

import deficiency_glossary as dg
from benchmarks.words import LOCALES
from deficiency_glossary.site import shards
from deficiency_glossary.site.search_files import Found, files
from deficiency_glossary.site.survey import TermSummary
from deficiency_glossary.text.search import Index, Key, Searchable, beginnings, keys_of

MAX_BYTES = 3000
SHIPPED = dg.load()._library


def rows_of(concepts: Sequence[Found]) -> list[shards.Row]:
    return [
        shards.Row(name, terms[0].text, tuple(key for term in terms for key in keys_of(*term_of(term))))
        for name, terms, _ in concepts
    ]


def term_of(term: TermSummary) -> tuple[str, str | None, str]:
    return term.text, term.reading, term.status


Pieces = dict[str, Sequence[shards.Row]]


def pieces(rows: Sequence[shards.Row], max_bytes: int = shards.MAX_BYTES) -> tuple[Pieces, Pieces]:
    """Where a part begins -> its rows; a query that spans parts -> the best for it."""
    made = list(shards.cut(rows, max_bytes))
    return tuple({one.beginning: one.rows for one in made if one.is_top == is_top} for is_top in (False, True))  # type: ignore[return-value]


@cache
def cut(locale: str) -> tuple[list[shards.Row], tuple[Pieces, Pieces], Index]:
    concepts = large_glossary(locale, 400)
    index = Index(Searchable(name, [term_of(term) for term in terms], "") for name, terms, _ in concepts)
    rows = rows_of(concepts)
    return rows, pieces(rows, MAX_BYTES), index


def lookups(rows: Sequence[shards.Row]) -> Iterator[tuple[str, Key, str]]:
    """(concept, key, what may be typed to find it by that key)."""
    for row in rows[::7]:
        for key in row.keys:
            for beginning in (key.compact[place:] for place in beginnings(key)):
                for end in {1, 2, 3, len(beginning) // 2, len(beginning)} - {0}:
                    yield row.concept, key, beginning[:end]


@pytest.mark.parametrize("locale", LOCALES)
def test_all_that_begins_with_a_query_is_in_one_part(locale: str) -> None:
    rows, (parts, tops), _ = cut(locale)
    starts = list(parts)
    assert len(starts) > 10
    keys = {start: {(row.concept, key) for row in held for key in row.keys} for start, held in parts.items()}
    checked = {(concept, key, typed) for concept, key, typed in lookups(rows) if typed not in tops}
    for concept, key, typed in checked:
        assert (concept, key) in keys[starts[bisect_right(starts, typed) - 1]], typed
    assert len(checked) > 100


@pytest.mark.parametrize("locale", LOCALES)
def test_a_query_that_spans_parts_has_the_best_for_it(locale: str) -> None:
    _, (_, tops), index = cut(locale)
    assert tops
    for typed, held in list(tops.items())[::5]:
        hits = index.search(typed, 400)
        ranks = {hit.concept: hit.rank for hit in hits}
        # Matches in the middle of a word are not filed; they come after these.
        assert [row.concept for row in held][:5] == [hit.concept for hit in hits][:5]
        assert [ranks[row.concept] for row in held] == sorted(ranks[row.concept] for row in held)


@pytest.mark.parametrize("locale", LOCALES)
def test_parts_are_small_and_in_the_order_of_javascript(locale: str) -> None:
    concepts = large_glossary(locale, 400)
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
    rows = rows_of(large_glossary("ko", 40))
    assert pieces(rows) == ({"": rows}, {})
    assert pieces([]) == ({}, {})


def test_terms_that_are_all_the_same_do_not_end_the_world() -> None:
    rows = [
        shards.Row(f"concept-{number:03}", "x" * 60, tuple(keys_of("x" * 60, None, "preferred")))
        for number in range(90)
    ]
    parts, tops = pieces(rows, 1000)
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
    assert [key.compact[place:] for place in beginnings(key)] == expected


def test_the_rules_in_the_manifest_are_those_of_folding(built_site: Path) -> None:
    from deficiency_glossary.text import folding

    for locale in SHIPPED.locales:
        manifest = json.loads((built_site / locale / "search" / "index.json").read_text(encoding="utf-8"))
        assert manifest["rules"] == folding.rules()
        assert manifest["words"]["none"].count("{query}") == 1
