"""What may stand in a text, told without a matcher: never no where the matcher finds something."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deficiency_glossary.library.mentions import matcher_of
from deficiency_glossary.library.store import Library
from deficiency_glossary.text.terms import Matcher, TermForm
from deficiency_glossary.text.traces import Traces, is_as_read, standing_in

ROOT = Path(__file__).parents[2]
LOCALES = ("en", "ms", "tr", "ko", "ja", "no")
GAPS = (" ", "-", "\n      ", "", ", ", "  ", "'", "’", "_", "‑", "。", "`", "](", "\u00a0")
ENDINGS = ("", "", "s", "'s", "’ın", "lar", "ları", "nya", "lah", "ene", "en", "을", "에서", "する", "の", "X")


@cache
def terms_of(locale: str) -> list[TermForm]:
    library = Library(ROOT)
    found = []
    for concept in library.concepts:
        record = library.entry_file(concept, locale).require()
        found += [TermForm(concept, one.text, one.status, one.shapes, one.soft_stem) for one in record.terms]
    return found


def holds(text: str, locale: str) -> None:
    tag = "nb" if locale == "no" else locale
    terms = terms_of(locale)
    mentions = Matcher(terms, tag).find(text, markdown=True)
    may_stand = list(standing_in(text, terms, tag))
    assert [term for term in terms if term in may_stand] == may_stand
    assert Matcher(may_stand, tag).find(text, markdown=True) == mentions
    for mention in mentions:
        ways = [term for term in terms if (term.concept, term.text) == (mention.concept, mention.term)]
        assert Traces(ways, tag).may_stand_in(text)


@pytest.mark.parametrize("locale", LOCALES)
def test_in_files_as_they_are_written(locale: str) -> None:
    library = Library(ROOT)
    matcher = matcher_of(library, locale)
    for path in sorted(ROOT.glob(f"content/{locale}/*.yaml")):
        raw = path.read_text(encoding="utf-8")
        assert is_as_read(raw)
        definition = library.entry_file(path.stem, locale).require().definition
        concepts = {mention.concept for mention in matcher.find(definition, markdown=True)}
        tag = "nb" if locale == "no" else locale
        assert concepts <= {term.concept for term in standing_in(raw, terms_of(locale), tag)}
        for concept in concepts:
            assert Traces([term for term in terms_of(locale) if term.concept == concept], tag).may_stand_in(raw)


@given(st.sampled_from(LOCALES), st.data())
@settings(max_examples=300)
def test_in_what_is_put_together_from_terms(locale: str, data: st.DataObject) -> None:
    words = sorted({word for term in terms_of(locale) for word in (*term.text.split(), term.text, term.text.upper())})
    piece = st.tuples(st.sampled_from(words), st.sampled_from(ENDINGS), st.sampled_from(GAPS)).map("".join)
    holds(data.draw(st.lists(piece, max_size=8).map("".join)), locale)


@pytest.mark.parametrize(
    ("locale", "term", "text", "expected"),
    [
        ("tr", "borç", "borcun", True),
        ("tr", "alacak", "ALACAĞI", True),
        ("ko", "주택담보대출", "주택\n      담보 대출을", True),
        ("ja", "住宅ローン", "住宅\nローンの", True),
        ("en", "short sale", "short\n  sales", True),
        ("en", "short sale", "a short way to a sale", False),
        ("no", "lån", "ett lånet", True),
        ("no", "lån", "ett hus", False),
    ],
)
def test_examples(locale: str, term: str, text: str, expected: bool) -> None:
    assert Traces([TermForm("x", term)], locale).may_stand_in(text) == expected
    assert expected is False or list(standing_in(text, [TermForm("x", term)], locale))
