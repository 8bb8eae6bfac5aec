"""The five articles of the source wiki: all their defects that can be seen are reported, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from articles_here import FIVE, LOCALES, ROOT, empty_glossary

from deficiency_glossary.checks.content import check
from deficiency_glossary.exchange.articles.importing import import_articles
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.figures import compute
from deficiency_glossary.library.store import Library

NAME = "deficiency-balance"


class Defect(NamedTuple):
    locale: str
    line: int
    code: str
    words: str


def defects() -> list[Defect]:
    text = (FIVE / "defects.txt").read_text(encoding="utf-8")
    rows = re.findall(r"^(\w\w):(\d+) +([a-z-]+) +(.+)$", text, re.MULTILINE)
    return [Defect(locale, int(line), code, words) for locale, line, code, words in rows]


DEFECTS = defects()


@pytest.fixture(scope="module")
def beside_the_shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Finding]]:
    """The folder of the drafts and the findings, with the shipped glossary to compare with."""
    out = tmp_path_factory.mktemp("drafts")
    return out, import_articles([FIVE], Library(ROOT), out).findings


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, list[Finding]]:
    """The glossary that the articles alone make, and the findings."""
    folder = empty_glossary(tmp_path_factory.mktemp("alone") / "glossary")
    found = import_articles([FIVE], Library(folder), folder).findings
    return Library(folder), found


def locale_of(finding: Finding) -> str:
    return Path(finding.path).parts[-2]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda d: f"{d.locale}:{d.line}-{d.code}")
def test_the_defect_is_reported(defect: Defect, beside_the_shipped: tuple[Path, list[Finding]]) -> None:
    there = [one for one in beside_the_shipped[1] if (locale_of(one), one.line) == (defect.locale, defect.line)]
    assert [one for one in there if one.code == defect.code and defect.words in one.message], there


# What is no defect of an article: what became of its parts.
PARTS = {"made-figure", "made-example", "made-subjects", "not-in-draft", "renamed-link", "stands-already"}


def test_nothing_is_reported_that_is_no_defect(beside_the_shipped: tuple[Path, list[Finding]]) -> None:
    known = {(defect.locale, defect.line, defect.code) for defect in DEFECTS}
    assert {(locale_of(one), one.line, one.code) for one in beside_the_shipped[1] if one.code not in PARTS} == known


def test_the_articles_alone_show_the_same_but_for_terms(alone: tuple[Library, list[Finding]]) -> None:
    found = {(locale_of(one), one.line, one.code) for one in alone[1] if one.code not in {*PARTS, "link-nowhere"}}
    assert found == {(d.locale, d.line, d.code) for d in DEFECTS if d.code != "discouraged-term"}


@pytest.mark.parametrize("locale", LOCALES)
def test_one_language_alone_shows_what_needs_no_other(locale: str, tmp_path: Path) -> None:
    folder = empty_glossary(tmp_path / "glossary")
    found = import_articles([FIVE / locale], Library(folder), folder).findings
    comparing = {"crossed-link", "untranslated", "lost-sentence"}
    expected = {(d.line, d.code) for d in DEFECTS if d.locale == locale and d.code != "discouraged-term"}
    shown = {(one.line, one.code) for one in found}
    missing = {(line, code) for line, code in expected - shown if code not in comparing}
    assert missing == ({(38, "lost-beginning")} if locale == "ko" else set())


# --- the drafts ------------------------------------------------------------------------------------------------------


def test_the_concept_has_the_figures_and_what_follows_from_them(alone: tuple[Library, list[Finding]]) -> None:
    concept = alone[0].concept_file(NAME).require()
    assert concept.subject_fields == ("personal-finance", "home-ownership", "mortgage")
    first, second = (concept.examples[name] for name in ("example-1", "example-2"))
    assert first.results == {"amount_3": "amount_1 - amount_2"}
    assert second.results == {"amount_3": "amount_1 - amount_2"}
    assert list(map(int, compute(first).values())) == [250000, 200000, 50000]
    assert sorted(map(int, compute(second).values())) == [500, 1500, 8500, 10000]


@pytest.mark.parametrize("locale", LOCALES)
def test_each_draft_has_all_parts(locale: str, alone: tuple[Library, list[Finding]]) -> None:
    file = alone[0].entry_file(NAME, locale)
    entry = file.record
    assert entry is not None
    assert {one.code for one in file.findings} <= {"no-reading"}
    assert list(entry.sections) == ["part-1", "part-2", "part-3"]
    assert list(entry.highlights) == ["point-1", "point-2", "point-3", "point-4"]
    assert list(entry.examples) == ["example-1", "example-2"]
    assert (entry.method, entry.reviewed) == ("machine", None)
    assert file.text.count("](") == 11
    assert "](/" not in file.text
    assert not re.search(r"\),\.|ï»¿|^ *##?[^ ]|(?<=\S) [.,]( |$)", file.text.partition("terms:")[2], re.MULTILINE)


def test_check_reads_the_drafts(alone: tuple[Library, list[Finding]]) -> None:
    """What is left to do: the source language, the linked articles, a reading; and words that the articles had so."""
    codes = {one.code for one in check(alone[0])}
    assert codes == {"missing-entry", "dead-link", "no-reading", "doubled-word", "mixed-register"}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_concept_that_stands_gives_its_names(locale: str, beside_the_shipped: tuple[Path, list[Finding]]) -> None:
    """Sections, highlights and figures are called as in the shipped glossary, and links go to its concepts."""
    out = beside_the_shipped[0]
    assert not (out / "content" / "concepts").exists()
    text = (out / "content" / locale / f"{NAME}.yaml").read_text(encoding="utf-8")
    source = Library(ROOT).entry_file(NAME, "en").require()
    for name in (*source.sections, *source.highlights, *source.examples):
        assert f"\n  {name}:" in text
    assert len(re.findall(r"\{(?:owed|sale_price|deficiency|fees)\}", text)) == 9
    targets = set(re.findall(r"\]\(([a-z-]+)\)", text))
    assert len(targets) == 11
    assert targets <= set(Library(ROOT).concepts)


# {placeholder} and ending, as the language's grammar takes them.
ENDINGS = {
    "tr": ["{amount_1}-lIk ipotek", "{amount_2}-(y)A satabiliyor", "{amount_3}-DIr ve", "sadece {amount_2}, bu"],
    "ko": ["{amount_3}(이)고 자동차", "{amount_2}에 팔", "{amount_1}인 집"],
    "ja": ["残高が{amount_1}の家", "残りの{amount_3}を償却"],
    "no": ["på {amount_1}. De"],
    "ms": ["janji {amount_1}. Mereka"],
}


@pytest.mark.parametrize(("locale", "words"), [(locale, words) for locale in ENDINGS for words in ENDINGS[locale]])
def test_endings_follow_the_notation_for_translators(
    locale: str, words: str, alone: tuple[Library, list[Finding]]
) -> None:
    assert words in alone[0].entry_file(NAME, locale).text
