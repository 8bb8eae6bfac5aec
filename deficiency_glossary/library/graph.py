"""How concepts stand to each other, both ways: each relation is written once and its inverse derived here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from deficiency_glossary.model import Relations

# relation -> its inverse; symmetric relations are their own.
INVERSE = {"broader": "narrower", "related": "related", "follows": "precedes", "contrast": "contrast"}
# In the order in which a reader wants them.
ORDER = ("contrast", "broader", "narrower", "follows", "precedes", "related")


class Edge(NamedTuple):
    """`source` stands in this relation to `target`."""

    source: str
    relation: str
    target: str


Graph = Mapping[str, Mapping[str, tuple[str, ...]]]


def edges_of(concept: str, relations: Relations) -> list[Edge]:
    """The relations that a concept's own file states."""
    return [Edge(concept, name, target) for name in INVERSE for target in getattr(relations, name)]


def build(
    relations: Mapping[str, Relations], only: Collection[str] | None = None
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Concept -> relation -> other concepts, inverses included; own statements first, then the derived ones sorted.

    With `only`, what is said of these concepts is complete; of others there may be a part.
    """
    own = [edge for concept, stated in relations.items() for edge in edges_of(concept, stated)]
    if only is not None:
        own = [edge for edge in own if edge.source in only or edge.target in only]
    derived = sorted(Edge(edge.target, INVERSE[edge.relation], edge.source) for edge in own)
    found: dict[str, dict[str, dict[str, None]]] = {}
    for edge in (*own, *derived):
        if edge.source in relations and edge.target in relations:
            found.setdefault(edge.source, {}).setdefault(edge.relation, {})[edge.target] = None
    return {
        concept: {name: tuple(by_name[name]) for name in ORDER if name in by_name} for concept, by_name in found.items()
    }


def cycles(edges: Iterable[Edge], relation: str) -> list[tuple[str, ...]]:
    """The rings in one relation, each once, beginning with its smallest member."""
    forward: dict[str, list[str]] = {}
    for edge in edges:
        if edge.relation == relation:
            forward.setdefault(edge.source, []).append(edge.target)
    rings: set[tuple[str, ...]] = set()
    done: set[str] = set()
    for start in sorted(forward):
        _visit(start, forward, done, rings)
    return sorted(rings)


def _visit(start: str, forward: Mapping[str, list[str]], done: set[str], rings: set[tuple[str, ...]]) -> None:
    """Depth first, with an own stack: a chain may be longer than Python's."""
    path: dict[str, int] = {start: 0}  # each with its place, so that a long chain is no long search
    pending = [iter(forward.get(start, ()))]
    if start in done:
        return
    while pending:
        following = next(pending[-1], None)
        if following is None:
            pending.pop()
            done.add(path.popitem()[0])
        elif following in path:
            ring = list(islice(path, path[following], None))
            least = ring.index(min(ring))
            rings.add(tuple(ring[least:] + ring[:least]))
        elif following not in done:
            path[following] = len(path)
            pending.append(iter(forward.get(following, ())))
