"""What the benchmark of `find` searches is what it says it is."""

from __future__ import annotations

import pytest

from benchmarks import matching
from benchmarks.words import LOCALES
from deficiency_glossary.text.terms import Matcher


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("locale", LOCALES)
def test_ten_thousand_terms_and_a_text_that_mentions_some(locale: str, shared: bool) -> None:
    known = matching.terms(locale, matching.TERMS, shared=shared)
    text = matching.text(locale, shared=shared)
    assert len({term.text for term in known}) == len({term.concept for term in known}) == matching.TERMS
    assert matching.TEXT_BYTES - 4 < len(text.encode()) <= matching.TEXT_BYTES
    mentions = Matcher(known, locale).find(text)
    assert len(mentions) >= 40
    assert {mention.term for mention in mentions} <= {term.text for term in known}


@pytest.mark.parametrize("shared", [False, True])
def test_the_same_terms_and_text_each_time(shared: bool) -> None:
    few, many = (matching.terms("tr", count, shared=shared) for count in (100, 1000))
    assert few == many[:100]
    assert matching.text("tr", shared=shared) == matching.text("tr", shared=shared)


def test_few_or_many_first_words() -> None:
    firsts = [
        len({term.text.split(" ")[0] for term in matching.terms("no", matching.TERMS, shared=shared)})
        for shared in (True, False)
    ]
    assert firsts[0] <= 60
    assert firsts[1] > 3000
