"""Concepts together: relations by SKOS, labels, examples' results, sources."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import DecimalException
from difflib import get_close_matches

from deficiency_glossary.checks.context import Context, Read
from deficiency_glossary.checks.rule import Spot, of_glossary
from deficiency_glossary.checks.rules.references import flaw_of
from deficiency_glossary.errors import UnknownLocale, did_you_mean
from deficiency_glossary.library import graph
from deficiency_glossary.library.figures import FormulaError, compute
from deficiency_glossary.model import Concept
from deficiency_glossary.text import formats
from deficiency_glossary.text.terms import fold


def _edges(context: Context) -> Iterator[tuple[graph.Edge, Read[Concept], tuple[str, str, int]]]:
    """Every relation as it is written, and where."""
    for name, read in context.concepts.items():
        for relation in graph.INVERSE:
            for index, target in enumerate(getattr(read.record.relations, relation)):
                yield graph.Edge(name, relation, target), read, ("relations", relation, index)


@of_glossary("unknown-concept", "error")
def unknown_concept(context: Context) -> Iterator[Spot]:
    """A relation leads to a concept that is not there.
    Do: Mend the id.
    FAIL content/concepts/house.yaml: relations: {related: [lone]}
    PASS content/concepts/house.yaml: relations: {related: [sale]}
    """
    known = context.concept_ids
    for edge, read, where in _edges(context):
        if edge.target not in known:
            close = did_you_mean(get_close_matches(edge.target, known, n=2))
            yield read.spot(where, f"there is no concept {edge.target!r}{close}", "mend the id")


@of_glossary("self-relation", "error")
def self_relation(context: Context) -> Iterator[Spot]:
    """A concept stands in a relation to itself.
    Do: Delete it.
    FAIL content/concepts/house.yaml: relations: {related: [house]}
    PASS content/concepts/house.yaml: relations: {}
    """
    for edge, read, where in _edges(context):
        if edge.target == edge.source:
            yield read.spot(where, f"{edge.source!r} stands in a relation to itself", "delete it")


@of_glossary("relation-twice", "warning")
def relation_twice(context: Context) -> Iterator[Spot]:
    """A relation is written twice, or on both sides.
    Do: Keep one; the inverse is derived.
    FAIL content/concepts/house.yaml: relations: {related: [loan]}
    FAIL content/concepts/house.yaml: relations: {contrast: [sale, sale]}
    PASS content/concepts/house.yaml: relations: {contrast: [sale]}
    """
    seen: set[graph.Edge] = set()
    stated = {edge for edge, *_ in _edges(context)}
    for edge, read, where in _edges(context):
        if edge in seen:
            yield read.spot(where, f"{edge.target!r} stands twice", "delete one")
        seen.add(edge)
        symmetric = graph.INVERSE[edge.relation] == edge.relation
        if symmetric and edge.source > edge.target and graph.Edge(edge.target, edge.relation, edge.source) in stated:
            yield read.spot(
                where,
                f"{edge.target!r} says the same of {edge.source!r}",
                "a relation is written once; the other direction is derived",
            )


@of_glossary("relation-cycle", "error")
def relation_cycle(context: Context) -> Iterator[Spot]:
    """`broader` or `follows` goes round in a ring.
    Do: Cut it at one place.
    FAIL content/concepts/house.yaml: relations: {broader: [sale]}
    PASS content/concepts/loan.yaml: relations: {broader: [house]}
    """
    edges = [edge for edge, *_ in _edges(context) if edge.source != edge.target]
    for relation in ("broader", "follows"):
        for ring in graph.cycles(edges, relation):
            read = context.concepts[ring[0]]
            where = ("relations", relation, getattr(read.record.relations, relation).index(ring[1]))
            shown = " → ".join((*ring, ring[0]))
            yield read.spot(where, f"{relation} goes round in a ring: {shown}", "cut it at one place")


@of_glossary("relation-clash", "error")
def relation_clash(context: Context) -> Iterator[Spot]:
    """Two concepts are related, and one is also broader than the other, if only through others (SKOS S27).
    Do: Delete `related`.
    FAIL content/concepts/loan.yaml: relations: {related: [house], broader: [house]}
    FAIL content/concepts/house.yaml: relations: {related: [sale]}
    PASS content/concepts/house.yaml: relations: {contrast: [sale]}
    """
    wider: dict[str, set[str]] = {}
    for edge, *_ in _edges(context):
        if edge.relation == "broader":
            wider.setdefault(edge.source, set()).add(edge.target)
    above = {name: _reachable(name, wider) for name in wider}
    for edge, read, where in _edges(context):
        if edge.relation != "related":
            continue
        for low, high in ((edge.source, edge.target), (edge.target, edge.source)):
            if low != high and high in above.get(low, ()):
                message = f"{high!r} is broader than {low!r}, so the two cannot be related as well"
                yield read.spot(where, message, "delete it here: readers are shown the hierarchy anyway")
                break


def _reachable(start: str, forward: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    pending = [start]
    while pending:
        for target in forward.get(pending.pop(), ()):
            if target not in found:
                found.add(target)
                pending.append(target)
    return found


@of_glossary("orphan", "warning")
def orphan(context: Context) -> Iterator[Spot]:
    """Nothing leads to the concept and nothing leads on from it: no relation, and no link in the source language.
    One that has only drafts so far is left alone.
    Do: Relate it to another concept, or link to it.
    FAIL content/concepts/garden.yaml: {}
    PASS content/concepts/garden.yaml: {relations: {related: [house]}}
    """
    begun = {name for locale in context.locale_ids for name in context.library.concepts_in(locale)}
    published = {name for locale in context.locale_ids for name in context.entries(locale)}
    shown = context.concepts.keys() - (begun - published)
    if len(shown) < 2:
        return
    joined = {name for edge, *_ in _edges(context) for name in (edge.source, edge.target) if edge.source != edge.target}
    outlines = context.entries(context.source_locale)
    for name in shown - joined:
        if name in outlines and any(target != name for target in outlines[name].targets):
            joined.add(name)
    for name, outline in outlines.items() if shown - joined else ():
        joined |= {target for target in outline.targets if target != name}
    for name in sorted(shown - joined):
        file = context.concepts[name].file
        yield Spot(file.path, 0, 0, f"nothing leads to {name!r}, and nothing leads on from it", "relate it to another")


@of_glossary("label-clash", "warning")
def label_clash(context: Context) -> Iterator[Spot]:
    """The preferred term of a concept is a term of another one too: a reader cannot tell which is meant.
    Do: Choose another term for one, or make them one concept.
    FAIL content/en/loan.yaml: terms: [{term: House, status: preferred}]
    PASS content/en/loan.yaml: terms: [{term: loan, status: preferred}, {term: house, status: deprecated}]
    """
    for locale in context.locale_ids:
        owner: dict[str, tuple[str, str]] = {}
        for concept, outline in sorted(context.entries(locale).items()):
            if concept not in context.concept_ids:
                continue  # that it has no concept says enough
            for index, term in enumerate(outline.terms):
                if term.status not in ("preferred", "admitted"):
                    continue
                other, status = owner.setdefault(fold(term.text, locale), (concept, term.status))
                entry = None
                if other != concept and "preferred" in (status, term.status):
                    entry = context.entry(concept, locale)
                if entry:
                    yield entry.spot(
                        ("terms", index, "term"),
                        f"{term.text!r} is a term of {other!r} too",
                        "choose another term for one of them, or make them one concept",
                    )


# --- worked examples -------------------------------------------------------------------------------------------------


@of_glossary("negative-result", "warning")
def negative_result(context: Context) -> Iterator[Spot]:
    """A result comes out below zero: the operands are often the wrong way round.
    Do: Swap them, or mend the figures.
    FAIL content/concepts/sale.yaml: examples: {g: {currency: USD, figures: {a: 1, b: 2}, results: {r: a - b}}}
    PASS content/concepts/sale.yaml: examples: {g: {currency: USD, figures: {a: 2, b: 1}, results: {r: a - b}}}
    """
    for read in context.concepts.values():
        for name, example in read.record.examples.items():
            try:
                values = compute(example)
            except (FormulaError, DecimalException):
                continue  # a finding of the file's own
            for result, formula in example.results.items():
                if values[result] < 0:
                    message = f"{result} = {formula} is {values[result]:f}"
                    yield read.spot(("examples", name, "results", result), message, "swap them, or mend the figures")


# --- sources ---------------------------------------------------------------------------------------------------------


@of_glossary("bad-source", "error")
def bad_source(context: Context) -> Iterator[Spot]:
    """The address of a source leads nowhere on the public web, holds a password or stands twice; or its language is
    none that CLDR knows.
    Do: Copy the address anew from the page.
    FAIL content/concepts/house.yaml: sources: [{title: A page, url: "http://127.0.0.1/"}]
    FAIL content/concepts/house.yaml: sources: [{title: A page, url: "https://me:secret@irs.gov/"}]
    FAIL content/concepts/house.yaml: sources: [{title: A page, url: "https://irs.gov/", language: xx-XX}]
    PASS content/concepts/house.yaml: sources: [{title: A page, url: "https://irs.gov/", accessed: 2026-11-21}]
    """
    for read in context.concepts.values():
        seen: set[str] = set()
        for index, source in enumerate(read.record.sources):
            flaw = flaw_of(source.url) or ("stands twice" if source.url in seen else "")
            if "@" in source.url.partition("//")[2].partition("/")[0]:
                flaw = "holds a name or password"
            seen.add(source.url)
            if flaw:
                where = ("sources", index, "url")
                yield read.spot(where, f"the address {source.url!r} {flaw}", "copy it anew from the page")
            try:
                formats.format_number(1, source.language)
            except UnknownLocale as error:
                yield read.spot(("sources", index, "language"), str(error), "write a tag that CLDR knows, such as en")
