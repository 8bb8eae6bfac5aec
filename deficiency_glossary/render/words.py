"""The preferred term as prose can insert it: {term}, and {term_def}, {term_pl}, {term_def_pl} where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from deficiency_glossary.model import Term
from deficiency_glossary.text import collation, grammar


class TermWords(NamedTuple):
    """What the placeholders of a term stand for, and what grammar must know to attach endings to them."""

    values: Mapping[str, str]
    initial: Mapping[str, str]  # where a sentence begins
    traits: Mapping[str, grammar.Traits]


@lru_cache(maxsize=1024)
def term_words(term: Term | None, tag: str) -> TermWords:
    """The words of a term in a language; none without a term."""
    values = term.placeholders if term else {}
    if term is None or not values:
        return TermWords({}, {}, {})
    initial = {name: collation.capitalize(value, tag) for name, value in values.items()}
    known = grammar.Traits(term.possessive, term.soft_stem, term.part_of_speech == "proper-noun")
    return TermWords(values, initial, dict.fromkeys((*values.values(), *initial.values()), known))
