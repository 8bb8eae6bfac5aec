"""A glossary with many concepts, as the search index of a site has it."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.words import KINDS, MANNERS, THINGS, Word
from deficiency_glossary.model import TermStatus
from deficiency_glossary.site.search_files import Found
from deficiency_glossary.site.survey import TermSummary


def large_glossary(locale: str, count: int) -> list[Found]:
    """Concepts with terms of two to four words, as a large glossary has them."""

    def term(words: Sequence[Word], status: TermStatus) -> TermSummary:
        space = "" if locale == "ja" else " "
        reading = "".join(word.reading or word.text for word in words) if locale == "ja" else None
        return TermSummary(space.join(word.text for word in words), reading, status)

    found: list[Found] = []
    for number in range(count):
        thing, kind, manner = (
            table[number * step % len(table)][locale] for table, step in ((THINGS, 1), (KINDS, 7), (MANNERS, 13))
        )
        other = THINGS[number // 20 % len(THINGS)][locale]
        terms = (term([manner, thing, kind], "preferred"), term([other, manner], "admitted"))
        found.append((f"concept-{number:05}", terms, ()))
    return found
