"""Rules that one line cannot show: stale translations, two names for one thing, the words of the interface, sizes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small import MINI, change, findings_of

from deficiency_glossary.library.status import Key, Record, noted, write_ledger
from deficiency_glossary.library.store import Library


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "glossary"))


def write_status(root: Path) -> None:
    library = Library(root)
    records: dict[Key, Record] = {}
    for concept in library.concepts:
        source, target = (library.entry_file(concept, locale).require() for locale in ("en", "ja"))
        records |= noted(concept, source, target, {})
    (root / "status").mkdir()
    (root / "status" / "ja.tsv").write_text(write_ledger(records), encoding="utf-8")


def test_a_translation_is_stale_when_its_source_alone_has_changed(mini: Path) -> None:
    write_status(mini)
    assert findings_of(mini) == []
    change(mini / "content/en/loan.yaml", "description: Money that is lent.")
    [finding] = findings_of(mini)
    assert (finding.path, finding.line, finding.code) == ("content/ja/loan.yaml", 4, "stale")
    assert "--accept loan description" in finding.hint
    change(mini / "content/ja/loan.yaml", "description: 貸し借りされるお金。")
    assert findings_of(mini) == []


def test_a_status_file_that_cannot_be_read_hides_no_other_finding(mini: Path) -> None:
    write_status(mini)
    with (mini / "status" / "ja.tsv").open("a", encoding="utf-8") as file:
        file.write("<<<<<<< ours\n")
    change(mini / "content/en/house.yaml", "title: A  house")
    assert [finding.code for finding in findings_of(mini)] == ["double-space"]


def test_two_names_for_one_thing_are_found_when_asked_for(mini: Path) -> None:
    terms = "[{term: loan, status: preferred}, {term: credit, status: admitted}]"
    change(mini / "content/en/loan.yaml", f"terms: {terms}\nsections: {{end: {{heading: The end, body: It ends.}}}}")
    change(mini / "content/en/house.yaml", "definition: A loan paid for it. The credit is repaid.")
    assert "mixed-terms" not in {finding.code for finding in findings_of(mini)}
    [finding] = findings_of(mini, ["mixed-terms"])
    assert (finding.path, finding.line, finding.column) == ("content/en/house.yaml", 5, 37)
    assert finding.hint == "write 'loan'"


def test_what_a_glossary_asks_for_is_looked_for_in_the_locales_that_it_names(mini: Path) -> None:
    settings = mini / "glossary.yaml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before + "checks: {also: {unreviewed: []}}\n", encoding="utf-8")
    assert {finding.path.split("/")[1] for finding in findings_of(mini)} == {"en", "ja"}
    settings.write_text(before + "checks: {also: {unreviewed: [ja]}}\n", encoding="utf-8")
    assert {finding.path.split("/")[1] for finding in findings_of(mini)} == {"ja"}


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ('term_count: {other: "{count}語"}', 'term_count: {one: "{count}語"}', ["missing-plural-form"]),
        ('accessed: "{date}閲覧"', "accessed: 閲覧", ["message-placeholder"]),
    ],
)
def test_the_words_of_the_interface(mini: Path, old: str, new: str, codes: list[str]) -> None:
    path = mini / "locales" / "ja.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert [finding.code for finding in findings_of(mini)] == codes


def test_a_file_that_is_too_large_is_not_read(mini: Path) -> None:
    (mini / "content/en/house.yaml").write_bytes(b"title: " + b"x" * 2_000_001)
    assert "too-large" in {finding.code for finding in findings_of(mini)}
