"""What `check` says of placeholders: which are known where, and what to do about the others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deficiency_glossary.checks.content import check
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.store import Library

MINI = Path(__file__).parent.parent / "glossaries" / "mini"
ALL_FORMS = "{definite: the house, plural: houses, definite_plural: the houses}"


def findings_of(folder: Path, path: str, changes: dict[str, str]) -> list[Finding]:
    """The findings of the sound glossary with a file changed."""
    glossary = Path(shutil.copytree(MINI, folder / "glossary"))
    file = glossary / path
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return check(Library(glossary))


def house(forms: str, definition: str) -> dict[str, str]:
    return {
        "{term: house, status: preferred}": f"{{term: house, status: preferred, forms: {forms}}}",
        "definition: A building to live in.": f"definition: A building. {definition}",
    }


@pytest.mark.parametrize(
    ("forms", "placeholder", "key"),
    [
        ("{}", "term_def", "`definite`"),
        ("{}", "term_pl", "`plural`"),
        ("{}", "term_def_pl", "`definite_plural`"),
        ("{plural: houses}", "term_def_pl", "`definite_plural`"),
    ],
)
def test_a_shape_that_the_term_lacks_is_asked_for_by_name(
    tmp_path: Path, forms: str, placeholder: str, key: str
) -> None:
    changes = house(forms, f"See {{{placeholder}}}.")
    [finding] = findings_of(tmp_path, "content/en/house.yaml", changes)
    assert (finding.code, finding.severity) == ("unknown-placeholder", "error")
    assert f"{{{placeholder}}} stands for nothing here" in finding.message
    assert "`forms`" in finding.hint
    assert key in finding.hint


def test_shapes_that_the_term_has_are_known(tmp_path: Path) -> None:
    changes = house(ALL_FORMS, "{term} {term_def} {term_pl} {term_def_pl}")
    assert findings_of(tmp_path, "content/en/house.yaml", changes) == []


def test_only_the_preferred_term_lends_its_shapes(tmp_path: Path) -> None:
    admitted = "{term: house, status: preferred}\n  - {term: home, status: admitted, forms: {plural: homes}}"
    changes = {"{term: house, status: preferred}": admitted, "definition: A": "definition: A {term_pl}, a"}
    [finding] = findings_of(tmp_path, "content/en/house.yaml", changes)
    assert finding.code == "unknown-placeholder"


@pytest.mark.parametrize(
    ("path", "old", "new", "message", "hint"),
    [
        ("en/house", "definition: A", "definition: A {trem}", "did you mean 'term'", "only examples have figures"),
        ("en/loan", "Money lent, often", "Money {owed}, often", "{owed}", "only examples have figures"),
        (
            "en/sale",
            "for {price}.",
            "for {price}, {prise}.",
            "did you mean 'price'",
            "known here: owed, price, rest, term",
        ),
    ],
)
def test_a_name_that_stands_for_nothing(tmp_path: Path, path: str, old: str, new: str, message: str, hint: str) -> None:
    [finding] = findings_of(tmp_path, f"content/{path}.yaml", {old: new})
    assert finding.code == "unknown-placeholder"
    assert message in finding.message
    assert hint in finding.hint
