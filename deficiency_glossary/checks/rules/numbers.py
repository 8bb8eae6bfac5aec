"""Numbers: does the translation have those of its source?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deficiency_glossary.checks.passages import Edition, Passage
from deficiency_glossary.checks.rule import Spot, of_passage
from deficiency_glossary.text.numerals import Number

# A language may well write a word where another has digits: three members, 3개국; one hundred percent, 100%.
_OFTEN_WORDS = frozenset([*range(13), 15, *range(20, 100, 10), 100, 1000])


def _has_numbers(edition: Edition) -> bool:
    return edition.has_digits or (edition.source is not None and edition.source.has_digits)


@of_passage("number-differs", "warning", "translated", when=_has_numbers)
def number_differs(passage: Passage) -> Iterator[Spot]:
    """A number of the source is missing or has another value. Read with the separators of each language; 1,234.5
    million, 1.234,5 milyon and 12億3,450万 are one. Small and round ones may be words in
    one of the two.
    Do: Write the number that the source has, as the language writes it.
    FAIL tr: Süre 1,460 gündür. ← The period is 1,460 days.
    FAIL ja: 2021年に始まった。 ← It began in 2020.
    PASS tr: Süre 1.460 gündür. ← The period is 1,460 days.
    PASS ja: 12億3,450万円。3か国。 ← Yen 1,234.5 million. Three countries.
    PASS no: Fra 1. mai 2021. ← From May 1, 2021.
    """
    if not passage.source or not (passage.numbers or passage.source.numbers):
        return
    missing, extra = _unmatched(passage.source.numbers, passage.numbers)
    if missing and extra:
        yield passage.shown_spot(
            extra[0].start,
            f"{_listed(extra)} stands here, where the source has {_listed(missing)}",
            "write the number that the source has, with the separators of this language",
        )
        return
    for number in missing:
        if not _may_be_word(number):
            message = f"the source has {number.text!r} here"
            yield passage.spot(0, message, "write it, with the separators of this language")
    for number in extra:
        if not _may_be_word(number):
            yield passage.shown_spot(number.start, f"{number.text!r} does not stand in the source", "mend or delete it")


def _unmatched(source: Sequence[Number], target: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    rest = list(target)
    missing: list[Number] = []
    for number in source:
        found = next((other for other in rest if not number.values.isdisjoint(other.values)), None)
        if found:
            rest.remove(found)
        else:
            missing.append(number)
    # A language may repeat a number that another says once.
    said = [number.values for number in source]
    extra = [number for number in rest if all(number.values.isdisjoint(values) for values in said)]
    repeated = [number.values for number in target]
    missing = [number for number in missing if all(number.values.isdisjoint(values) for values in repeated)]
    return missing, extra


def _may_be_word(number: Number) -> bool:
    return min(number.values) in _OFTEN_WORDS


def _listed(numbers: Sequence[Number]) -> str:
    return " and ".join(repr(number.text) for number in numbers[:3])
