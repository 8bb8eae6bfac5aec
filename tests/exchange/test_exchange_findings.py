"""What would lose data on its way in is a finding with its place, and nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from trading import ONE_EACH, Way, contents, copy_of_shipped, exported, taken_in, translated, units

from deficiency_glossary.exchange.accept import plan
from deficiency_glossary.exchange.units import VERSION, Incoming, Parcel, base_of
from deficiency_glossary.library.store import open_library

STORY = "deficiency-balance:examples/short-sale/text"
TITLE = "collateral:title"


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    return copy_of_shipped(tmp_path / "glossary")


def edit_source(root: Path) -> None:
    path = root / "content/en/collateral.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: Collateral\n", "title: Collateral, in short\n"), encoding="utf-8")


def edit_target(root: Path) -> None:
    path = root / "content/ms/collateral.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: Cagaran\n", "title: Sandaran\n"), encoding="utf-8")


def rename(root: Path) -> None:
    for locale in ("en", "ms"):
        (root / f"content/{locale}/collateral.yaml").unlink()


class Case(NamedTuple):
    """What is done between export and import, and the finding that must come of it."""

    code: str
    unit: str
    target: str
    message: str
    meanwhile: Callable[[Path], None] | None = None
    severity: str = "error"


CASES = [
    Case("unknown-unit", TITLE, "Cagaran baharu", "there is no unit 'collateral:title'", rename),
    Case("source-changed", TITLE, "Cagaran baharu", "has changed since the export", edit_source),
    Case("both-changed", TITLE, "Cagaran baharu", "was changed here too", edit_target),
    Case(
        "lost-placeholder", STORY, "Tiada angka.", "{deficiency} is missing, {owed} is missing, {sale_price} is missing"
    ),
    Case("lost-placeholder", STORY, "{owed} {sale_price} {kekurangan}", "{deficiency} is missing, {kekurangan} stands"),
    Case("lost-placeholder", STORY, "{owed} {sale_price} {deficiency} {", "a brace belongs to no placeholder"),
    Case("lost-placeholder", TITLE, "{owed}", "{owed} stands for nothing"),
    Case("unfit-unit", TITLE, "Dua\n\nbaris", "must stand on one line"),
    Case("unfit-unit", TITLE, "x" * 401, "401 characters, at most 400"),
    Case("refused-edit", TITLE, "Cagaran\u202e", "without touching something else"),
    Case("emptied-unit", TITLE, "", "came back empty", severity="warning"),
]


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.message[:12]}")
def test_what_would_lose_data_is_a_finding(glossary: Path, way: Way, case: Case) -> None:
    data = translated(way, exported(glossary, way, "ms"), case.unit, case.target)
    if case.meanwhile:
        case.meanwhile(glossary)
    before = contents(glossary)
    outcome, written = taken_in(glossary, way, data)
    (finding,) = [one for one in outcome.findings if case.unit in one.message]
    assert (finding.code, finding.severity) == (case.code, case.severity)
    assert case.message in finding.message
    assert finding.hint
    assert re.search(rf"parcel-{way}", finding.path)
    named = [n for n, line in enumerate(data.decode("utf-8-sig").split("\n"), 1) if names(line, case.unit, way)]
    assert abs(finding.line - named[0]) <= 2
    assert written == (case.severity == "warning")
    assert contents(glossary) == before


def names(line: str, unit: str, way: Way) -> bool:
    """Whether a line of the file is where the unit stands."""
    head = {"po": f'msgctxt "{unit}"', "csv": f"{unit};"}.get(way.format, f'="{unit}"')
    return head in line


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
def test_what_is_sound_is_taken_when_asked(glossary: Path, way: Way) -> None:
    data = translated(way, exported(glossary, way, "ms"), STORY, "Tiada angka.")
    data = translated(way, data, TITLE, "Cagaran baharu")
    assert taken_in(glossary, way, data)[1] is False
    outcome, written = taken_in(glossary, way, data, keep_going=True)
    assert (written, outcome.changed, [one.code for one in outcome.findings]) == (True, 1, ["lost-placeholder"])
    assert {unit.id: unit.target for unit in units(glossary, "ms")}[TITLE] == "Cagaran baharu"


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
@pytest.mark.parametrize(
    ("found", "put", "code"),
    [
        (rb'(Exchange-Version: |tool-version="|type="version">|glossary )1', rb"\g<1>2", "other-version"),
        (rb'(Language: |trgLang="|target-language="|1 en )ms', rb"\g<1>sv", "wrong-locale"),
        (rb'(Language: |trgLang="|target-language="|1 en )ms', rb"\g<1>en", "wrong-locale"),
        (rb'(Source-Language: |srcLang="|source-language="|1 )en', rb"\g<1>tr", "wrong-locale"),
        (rb"(?s)\A.*\Z", b"", "unreadable-exchange"),
        (rb"(?s)\A.*\Z", b"\xff\x00\xff", "unreadable-exchange"),
        (rb"(?s)\A.*\Z", b'<a>\n"', "unreadable-exchange"),
    ],
)
def test_a_file_that_is_not_ours_is_left_alone(glossary: Path, way: Way, found: bytes, put: bytes, code: str) -> None:
    data = translated(way, exported(glossary, way, "ms"), TITLE, "Cagaran baharu")
    data, count = re.subn(found, put, data)
    assert count
    before = contents(glossary)
    outcome, written = taken_in(glossary, way, data)
    assert [one.code for one in outcome.findings] == [code]
    assert not written
    assert contents(glossary) == before


UNFINISHED = {
    "po": (b'msgctxt "collateral:title"', b'#, fuzzy\nmsgctxt "collateral:title"'),
    "xliff-2.1": (b'<segment state="translated"><source>Collateral', b'<segment state="initial"><source>Collateral'),
    "xliff-1.2": (b'state="translated"', b'state="needs-translation"'),
}


@pytest.mark.parametrize("way", ONE_EACH[:3], ids=str)
def test_unfinished_units_wait(glossary: Path, way: Way) -> None:
    data = translated(way, exported(glossary, way, "ms"), TITLE, "Cagaran baharu")
    old, new = UNFINISHED[str(way)]
    data = re.sub(rb">\s+<source>", b"><source>", data)
    assert old in data
    data = data.replace(old, new)
    outcome, _ = taken_in(glossary, way, data)
    assert [(one.code, one.severity) for one in outcome.findings] == [("unfinished-unit", "warning")]
    assert outcome.changed == 0
    assert taken_in(glossary, way, data, unfinished=True)[0].changed == 1


def parcel(*items: Incoming, path: str = "a") -> Parcel:
    return Parcel(path, "en", "ms", VERSION, items)


def test_two_translations_of_one_unit_are_too_many(glossary: Path) -> None:
    one, other = (Incoming(TITLE, "Collateral", target, line) for target, line in (("Satu", 3), ("Dua", 9)))
    library = open_library(glossary)
    (finding,) = plan(library, [parcel(one, other)]).findings
    assert (finding.code, finding.line) == ("unit-twice", 9)
    assert "first on line 3" in finding.message
    (finding,) = plan(library, [parcel(one), parcel(other, path="b")]).findings
    assert (finding.code, finding.path) == ("unit-twice", "b")
    assert plan(library, [parcel(one, one), parcel(one)]).findings == ()


def test_a_translation_that_was_not_touched_gives_way_to_a_newer_one(glossary: Path) -> None:
    old = Incoming(TITLE, "Collateral", "Cagaran", 1, base=base_of("Cagaran"))
    edit_target(glossary)
    outcome = plan(open_library(glossary), [parcel(old)])
    assert (outcome.findings, outcome.changed, outcome.unchanged) == ((), 0, 1)


def test_a_new_entry_needs_its_main_parts(glossary: Path) -> None:
    (glossary / "content/ms/collateral.yaml").unlink()
    outcome = plan(open_library(glossary), [parcel(Incoming(TITLE, "Collateral", "Cagaran", 4))])
    (finding,) = outcome.findings
    assert (finding.code, finding.line, outcome.files) == ("incomplete-entry", 4, {})
    assert "terms/preferred/term, description, definition" in finding.message


def test_a_term_that_is_there_already_is_not_made_twice(glossary: Path) -> None:
    item = Incoming("deficiency-balance:terms/preferred/term", "deficiency balance", "jumlah kekurangan", 1)
    outcome = plan(open_library(glossary), [parcel(item)])
    assert [one.code for one in outcome.findings] == ["duplicate-term"]
    assert outcome.files == {}


def test_a_review_does_not_cover_what_comes_after_it(glossary: Path) -> None:
    path = glossary / "content/ms/collateral.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "reviewed: {by: A Person, date: 2026-11-21}\n", encoding="utf-8")
    outcome = plan(open_library(glossary), [parcel(Incoming(TITLE, "Collateral", "Cagaran baharu", 1))])
    (finding,) = outcome.findings
    assert (finding.code, finding.severity, finding.path) == (
        "review-outdated",
        "warning",
        "content/ms/collateral.yaml",
    )
    assert "A Person on 2026-11-21" in finding.message
    assert outcome.changed == 1
