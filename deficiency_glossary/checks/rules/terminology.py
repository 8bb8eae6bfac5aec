"""The glossary's own words: used as the glossary says, linked where it wants them linked, under one name."""

from __future__ import annotations

from collections.abc import Iterator

from deficiency_glossary.checks.passages import Edition, Passage
from deficiency_glossary.checks.rule import Spot, of_entry, of_passage
from deficiency_glossary.text.terms import Mention

_DISCOURAGED = frozenset({"deprecated", "superseded"})


def _has_discouraged(edition: Edition) -> bool:
    return any(mention.status in _DISCOURAGED for found in edition.mentions.values() for mention in found)


@of_passage("deprecated-term", "warning", "markdown", when=_has_discouraged)
def deprecated_term(passage: Passage) -> Iterator[Spot]:
    """The text uses a term that the glossary lists as deprecated or superseded, inflected or not.
    Do: Write the preferred term.
    FAIL content/en/loan.yaml: definition: Money lent, with vending of the house.
    PASS content/en/loan.yaml: definition: Money lent, with sale of the house.
    """
    if not passage.is_markdown:
        return
    for mention in passage.mentions:
        if mention.status in _DISCOURAGED:
            edition = passage.edition
            better = edition.context.preferred(edition.locale).get(mention.concept, "the preferred term")
            shown = passage.text[mention.start : mention.end]
            message = f"{shown!r} is a {mention.status} term of {mention.concept!r}"
            yield passage.spot(mention.start, message, f"write {better!r}")


@of_entry("missing-term", "warning")
def missing_term(edition: Edition) -> Iterator[Spot]:
    """The source speaks of another concept, more than once, and the translation never uses a term that the glossary
    has for it, nor links to it.
    Do: Write the glossary's term; or add the word that you used to the terms of the concept.
    FAIL ja: 建物を建て、直し、売る。 ← Build a house, mend the house, sell the house.
    PASS ja: 家を建て、直し、売る。 ← Build a house, mend the house, sell the house.
    """
    if not edition.source:
        return
    for concept, count in sorted(edition.source.mentioned.items()):
        better = edition.context.preferred(edition.locale).get(concept)
        if count > 1 and better and concept not in edition.mentioned and concept not in edition.linked:
            message = f"the source speaks of {concept!r}; no term for it stands in this entry"
            yield edition.read.at_key(("definition",), message, f"write {better!r}")


@of_entry("mixed-terms", "warning", asked=True)
def mixed_terms(edition: Edition) -> Iterator[Spot]:
    """An entry calls another concept by two names: its preferred term here, an admitted one there. Readers look for a
    difference that may not be there.
    Do: Write the preferred term throughout.
    """
    names: dict[str, dict[str, tuple[Passage, Mention]]] = {}
    for passage, mention in _mentions(edition):
        if mention.status in ("preferred", "admitted"):
            names.setdefault(mention.concept, {}).setdefault(mention.term, (passage, mention))
    for concept, found in names.items():
        better = edition.context.preferred(edition.locale).get(concept, "")
        for passage, mention in found.values() if len(found) > 1 else ():
            if mention.status == "admitted":
                message = f"{concept!r} is called {mention.term!r} here and {better!r} elsewhere in the entry"
                yield passage.spot(mention.start, message, f"write {better!r}")


@of_entry("unlinked-mention", "warning", asked=True)
def unlinked_mention(edition: Edition) -> Iterator[Spot]:
    """The entry mentions another concept by its preferred term and never links to it.
    Do: Link the first mention.
    FAIL content/en/house.yaml: definition: A loan paid for it.
    PASS content/en/house.yaml: definition: A [loan](loan) paid for it. The loan is gone.
    """
    linked = set(edition.linked)
    for passage, mention in _mentions(edition):
        if mention.concept not in linked and mention.status == "preferred":
            linked.add(mention.concept)
            shown = passage.text[mention.start : mention.end]
            message = f"{shown!r} is the first mention of {mention.concept!r}, and it is not linked"
            yield passage.spot(mention.start, message, f"write [{shown}]({mention.concept})")


def _mentions(edition: Edition) -> Iterator[tuple[Passage, Mention]]:
    """The mentions of other concepts in the prose."""
    for passage in edition.passages:
        for mention in passage.mentions if passage.is_markdown else ():
            if mention.concept != edition.concept:
                yield passage, mention
