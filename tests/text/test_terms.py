"""Mentions of terms: the corpora in tests/mentions, and what the matcher promises beyond them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deficiency_glossary.library.mentions import matcher_of
from deficiency_glossary.library.store import open_library
from deficiency_glossary.text.terms import Matcher, Mention, TermForm

CORPORA = Path(__file__).parents[1] / "mentions"
LIBRARY = open_library()
MARK = re.compile(r"\[\[([^\[\]|]+)\|([a-z0-9-]+)\]\]")
# What docs/explanation/matching.md publishes; it may rise, not fall.
PRECISION, RECALL = 0.98, 0.95


class Sentence(NamedTuple):
    text: str
    marked: frozenset[tuple[int, int, str]]


def sentences(locale: str) -> list[Sentence]:
    found = []
    for line in (CORPORA / f"{locale}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            found.append(unmarked(line.replace("\\n", "\n")))
    return found


def unmarked(line: str) -> Sentence:
    text, marked, at = "", set(), 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        marked.add((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        at = match.end()
    return Sentence(text + line[at:], frozenset(marked))


def found_in(matcher: Matcher, text: str) -> frozenset[tuple[int, int, str]]:
    return frozenset((hit.start, hit.end, hit.concept) for hit in matcher.find(text, markdown=True))


@pytest.mark.parametrize("locale", LIBRARY.locales)
def test_corpus(locale: str) -> None:
    matcher = matcher_of(LIBRARY, locale)
    corpus = sentences(locale)
    assert len(corpus) >= 60
    right = wrong = missed = 0
    report = []
    for sentence in corpus:
        hits = found_in(matcher, sentence.text)
        right += len(hits & sentence.marked)
        wrong += len(hits - sentence.marked)
        missed += len(sentence.marked - hits)
        for kind, rest in (("extra", hits - sentence.marked), ("missed", sentence.marked - hits)):
            report += [f"{kind} {name} {sentence.text[a:b]!r} in {sentence.text!r}" for a, b, name in sorted(rest)]
    precision, recall = right / (right + wrong), right / (right + missed)
    summary = f"{locale}: precision {precision:.3f}, recall {recall:.3f} of {right + missed} in {len(corpus)} sentences"
    print(summary)
    assert precision >= PRECISION, "\n".join([summary, *report])
    assert recall >= RECALL, "\n".join([summary, *report])


TERMS = [TermForm("mortgage", "ipotek", soft_stem="ipoteğ"), TermForm("deficiency-balance", "rehin açığı")]


def test_offsets_are_those_of_the_original() -> None:
    text = "Bankanın i\u0307poteği ve İPOTEĞİN"  # a decomposed dot above
    hits = Matcher(TERMS, "tr").find(text)
    assert [text[hit.start : hit.end] for hit in hits] == ["i\u0307poteği", "İPOTEĞİN"]


@given(st.text(alphabet="ipotekğİIıi rehnaçı\u0307.'-\n`[]()https:/", max_size=60), st.booleans())
def test_mentions_are_in_order_and_apart(text: str, markdown: bool) -> None:
    last = 0
    for hit in Matcher(TERMS, "tr").find(text, markdown=markdown):
        assert last <= hit.start < hit.end <= len(text)
        last = hit.end


def test_a_mention_at_the_end_of_the_text_ends_there() -> None:
    """Also where a longer term begins alike."""
    matcher = Matcher([TermForm("a", "不足判決"), TermForm("b", "不足判決の手続")], "ja")
    assert [(one.start, one.end) for one in matcher.find("不足判決")] == [(0, 4)]


def test_texts_read_together_are_as_apart() -> None:
    texts = [
        "A mortgage `and",
        "a deed` in",
        "lieu",
        "",
        "[short](x)",
        "sale it’s a _short",
        "sale_ mortgage-",
        "backed",
    ]
    terms = [TermForm(name, name) for name in ("mortgage", "deed in lieu", "short sale", "mortgage-backed")]
    matcher = Matcher(terms, "en")
    assert matcher.read(texts, markdown=True).mentions == [matcher.find(text, markdown=True) for text in texts]


def test_the_longest_term_wins() -> None:
    terms = [TermForm("a", "deficiency"), TermForm("b", "deficiency judgment")]
    expected = [Mention(2, 21, "b", "deficiency judgment", "preferred")]
    assert Matcher(terms, "en").find("A deficiency judgment.") == expected


@pytest.mark.parametrize(
    ("text", "markdown", "count"),
    [
        ("see https://x.example/mortgage", False, 0),
        ("mortgage@bank.example", False, 0),
        ("`mortgage`", True, 0),
        ("`mortgage`", False, 1),
        ("[mortgage](mortgage)", True, 1),
        ("[x](mortgage)", True, 0),
    ],
)
def test_what_is_not_for_reading_is_passed_over(text: str, markdown: bool, count: int) -> None:
    assert len(Matcher([TermForm("mortgage", "mortgage")], "en").find(text, markdown=markdown)) == count
