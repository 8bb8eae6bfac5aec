"""Export, import: no byte changes. Export, edit, import: exactly that field changes."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from trading import ONE_EACH, WAYS, Way, contents, copy_of_shipped, exported, taken_in, translated, tree, units

from deficiency_glossary.exchange.units import Unit

LOCALES = ("ms", "tr", "ko", "ja", "no")


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    return copy_of_shipped(tmp_path / "glossary")


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("locale", LOCALES)
def test_unchanged_files_change_nothing(glossary: Path, way: Way, locale: str) -> None:
    before = contents(glossary)
    outcome, written = taken_in(glossary, way, exported(glossary, way, locale))
    assert (outcome.findings, outcome.changed, written) == ((), 0, True)
    assert outcome.unchanged == len(units(glossary, locale)) > 200
    assert contents(glossary) == before


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
def test_what_a_tool_saves_again_changes_nothing(glossary: Path, way: Way) -> None:
    before = contents(glossary)
    unit = units(glossary, "ko")[7]
    outcome, _ = taken_in(glossary, way, translated(way, exported(glossary, way, "ko"), unit.id, unit.target))
    assert (outcome.findings, outcome.changed) == ((), 0)
    assert contents(glossary) == before


def new_text(unit: Unit, number: int) -> str:
    """Another text with the same placeholders, of the awkward kinds in turn."""
    rest = " ".join(f"{{{name}}}" for name in unit.placeholders)
    awkward = ["=1+1", "- a: b", "it's “x” # no", "担保: 'x'", 'ı İ ğ; "y", {', "@x\\n", "no", "%d <b>&amp;</b>"]
    text = awkward[number % len(awkward)].replace("{", "") + f" {rest}" * bool(rest)
    return f"{text}\n\nSecond paragraph.\n- list" if unit.is_markdown and number % 2 else text


def changed_tree(before: Any, unit: Unit, value: str) -> Any:
    after = copy.deepcopy(before)
    where: tuple[Any, ...] = unit.where
    if where[:2] == ("terms", "preferred"):
        number = [term["status"] for term in before["terms"]].index("preferred")
        where = ("terms", number, "term")
    inner = after
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = value
    return after


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
@pytest.mark.parametrize("locale", ["ms", "ja"])
def test_one_edit_changes_exactly_that_field(glossary: Path, way: Way, locale: str) -> None:
    data = exported(glossary, way, locale)
    for number, unit in enumerate(units(glossary, locale)[:: 17 if locale == "ms" else 41]):
        before = contents(glossary)
        target = new_text(unit, number)
        outcome, written = taken_in(glossary, way, translated(way, data, unit.id, target))
        assert (outcome.findings, outcome.changed, written) == ((), 1, True), unit.id
        after = contents(glossary)
        path = f"content/{locale}/{unit.concept}.yaml"
        assert [name for name in after if after[name] != before[name]] == [path]
        found = tree(after[path])
        value = target if found == changed_tree(tree(before[path]), unit, target) else f"{target}\n"
        assert found == changed_tree(tree(before[path]), unit, value), unit.id
        comments = [line for line in before[path].splitlines() if line.startswith(b"#")]
        assert [line for line in after[path].splitlines() if line.startswith(b"#")] == comments
        (glossary / path).write_bytes(before[path])


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
def test_an_edited_line_is_the_only_line_that_differs(glossary: Path, way: Way) -> None:
    data = translated(way, exported(glossary, way, "tr"), "collateral:title", "Teminat nedir?")
    before = contents(glossary)["content/tr/collateral.yaml"].splitlines()
    outcome, _ = taken_in(glossary, way, data)
    after = contents(glossary)["content/tr/collateral.yaml"].splitlines()
    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == [
        (b"title: Teminat", b"title: Teminat nedir?")
    ]
    assert outcome.diff().count("\n+title: Teminat nedir?\n") == 1


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
def test_a_dry_run_writes_nothing_and_shows_all(glossary: Path, way: Way) -> None:
    before = contents(glossary)
    data = translated(way, exported(glossary, way, "tr"), "collateral:title", "Teminat nedir?")
    outcome, written = taken_in(glossary, way, data, dry_run=True)
    assert not written
    assert contents(glossary) == before
    assert "-title: Teminat\n+title: Teminat nedir?\n" in outcome.diff()


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
def test_a_missing_field_comes_back_in_its_place(glossary: Path, way: Way) -> None:
    path = glossary / "content/tr/collateral.yaml"
    whole = path.read_text(encoding="utf-8")
    start = whole.index("  use: ")
    end = whole.index("\n", start) + 1
    path.write_text(whole[:start] + whole[end:], encoding="utf-8")
    data = translated(way, exported(glossary, way, "tr"), "collateral:highlights/use", whole[start + 7 : end - 1])
    outcome, written = taken_in(glossary, way, data)
    assert (outcome.findings, written) == ((), True)
    assert path.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
def test_a_missing_entry_is_made_whole(glossary: Path, way: Way) -> None:
    path = glossary / "content/tr/collateral.yaml"
    wanted = {unit.id: unit.target for unit in units(glossary, "tr") if unit.concept == "collateral"}
    path.unlink()
    data = exported(glossary, way, "tr")
    for unit_id, target in wanted.items():
        data = translated(way, data, unit_id, target)
    outcome, written = taken_in(glossary, way, data)
    assert (outcome.findings, outcome.changed, written) == ((), len(wanted), True)
    made = {unit.id: unit.target for unit in units(glossary, "tr") if unit.concept == "collateral"}
    assert made == wanted
    keys = list(tree(path.read_bytes()))
    assert keys == ["terms", "title", "description", "definition", "sections", "highlights", "examples"]
