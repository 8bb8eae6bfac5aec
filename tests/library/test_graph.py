"""Relations both ways, and rings in them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.library.graph import INVERSE, ORDER, Edge, build, cycles, edges_of
from deficiency_glossary.model import Relations

names = st.sampled_from([f"c{n}" for n in range(6)])
lists = st.lists(names, max_size=3, unique=True).map(tuple)
relations = st.builds(Relations, broader=lists, related=lists, follows=lists, contrast=lists)
BOTH_WAYS = {**INVERSE, **{inverse: name for name, inverse in INVERSE.items()}}


@given(st.dictionaries(names, relations))
def test_every_relation_has_its_inverse(stated: dict[str, Relations]) -> None:
    graph = build(stated)
    for source, by_name in graph.items():
        assert list(by_name) == [name for name in ORDER if name in by_name]
        for name, targets in by_name.items():
            assert len(set(targets)) == len(targets) > 0
            for target in targets:
                assert source in graph[target][BOTH_WAYS[name]]


@given(st.dictionaries(names, relations))
def test_what_is_stated_stands_first_and_in_its_order(stated: dict[str, Relations]) -> None:
    graph = build(stated)
    for concept, own in stated.items():
        for name in INVERSE:
            wanted = tuple(target for target in getattr(own, name) if target in stated)
            assert graph.get(concept, {}).get(name, ())[: len(wanted)] == wanted


def test_relations_to_concepts_that_are_not_there_are_left_out() -> None:
    assert build({"a": Relations(related=("b",), broader=("x",)), "b": Relations()}) == {
        "a": {"related": ("b",)},
        "b": {"related": ("a",)},
    }


def test_edges_of() -> None:
    assert edges_of("a", Relations(broader=("b",), contrast=("c", "d"))) == [
        Edge("a", "broader", "b"),
        Edge("a", "contrast", "c"),
        Edge("a", "contrast", "d"),
    ]


def broader(*pairs: str) -> list[Edge]:
    return [Edge(pair[0], "broader", pair[1]) for pair in pairs]


@pytest.mark.parametrize(
    ("edges", "rings"),
    [
        ([], []),
        (broader("ab", "bc", "ac"), []),
        (broader("ab", "ac", "bd", "cd"), []),
        (broader("aa"), [("a",)]),
        (broader("ba", "ab"), [("a", "b")]),
        (broader("cb", "ba", "ac"), [("a", "c", "b")]),
        (broader("ab", "ba", "cd", "dc", "bc"), [("a", "b"), ("c", "d")]),
        (broader("xa", "ab", "bc", "cb"), [("b", "c")]),
        ([Edge("a", "related", "b"), Edge("b", "related", "a")], []),
    ],
)
def test_cycles(edges: list[Edge], rings: list[tuple[str, ...]]) -> None:
    assert cycles(edges, "broader") == rings


@given(st.lists(st.tuples(names, names), max_size=12))
def test_a_ring_is_found_where_there_is_one_and_every_ring_found_is_one(pairs: list[tuple[str, str]]) -> None:
    edges = [Edge(source, "broader", target) for source, target in pairs]
    rings = cycles(edges, "broader")
    for ring in rings:
        assert ring[0] == min(ring)
        assert all(pair in pairs for pair in zip(ring, (*ring[1:], ring[0]), strict=True))
    assert bool(rings) == has_ring(set(pairs))


def has_ring(pairs: set[tuple[str, str]]) -> bool:
    """Another way to the same: take away what nothing points to until nothing changes."""
    while True:
        targets = {target for _, target in pairs}
        left = {(source, target) for source, target in pairs if source in targets}
        if left == pairs:
            return bool(pairs)
        pairs = left


@pytest.mark.parametrize("closed", [False, True])
def test_a_long_chain(closed: bool) -> None:
    """Longer than Python's own stack."""
    chain = [f"c{n:05}" for n in range(10_000)]
    edges = [Edge(source, "broader", target) for source, target in pairwise(chain)]
    assert cycles(edges + [Edge(chain[-1], "broader", chain[0])] * closed, "broader") == [tuple(chain)] * closed
