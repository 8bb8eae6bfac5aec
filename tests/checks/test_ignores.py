"""Findings that somebody lets stand: where an ignore counts, what it needs, and that none outlives its finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small import MINI, findings_of

HEAD = "terms: [{term: house, status: preferred}]\ntitle: House\ndescription: A building to live in.\n"
REASON = "– as printed on the deed"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "glossary"))


def found(root: Path, text: str) -> list[str]:
    """`line:column code` of every finding, with this text after the head of an entry."""
    (root / "content" / "en" / "house.yaml").write_text(HEAD + text, encoding="utf-8")
    return [f"{one.line}:{one.column} {one.code}" for one in findings_of(root) if one.path == "content/en/house.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        f"definition: A  building.  # ignore: double-space {REASON}\n",
        f"# ignore: double-space {REASON}\ndefinition: A  building.\n",
        f"# ignore: double-space {REASON}\n\n# Another comment.\ndefinition: A  building.\n",
        f"# ignore: double-space {REASON}\ndefinition: |\n  A\n\n  b  c\n",
        f"definition: |  # ignore: double-space {REASON}\n  A\n\n  b  c\n",
        f"# ignore: doubled-word, double-space {REASON}\ndefinition: A  building building.\n",
        f"# ignore-file: double-space {REASON}\ndefinition: A  building.\n",
        f"definition: A  building.\n# ignore-file: double-space {REASON}\n",
        "# ignore: double-space as printed\ndefinition: A  building.\n",
        "# ignore: double-space - as printed\ndefinition: A  building.\n",
        f"#ignore: double-space {REASON}\ndefinition: A  building.\n",
    ],
)
def test_an_ignore_hides_the_finding_beside_it(mini: Path, text: str) -> None:
    assert found(mini, text) == []


def test_an_ignore_above_a_part_counts_for_all_of_it_and_for_nothing_else(mini: Path) -> None:
    text = (
        f"# ignore: double-space {REASON}\n"
        "highlights:\n"
        "  one: A  house.\n"
        "  two: |\n"
        "    Two  houses.\n"
        "definition: A  building.\n"
    )
    assert found(mini, text) == ["9:14 double-space"]


def test_a_list_is_part_of_its_field(mini: Path) -> None:
    terms = f"# ignore: double-space {REASON}\nterms:\n- {{term: house, status: preferred, note: A  house.}}\n"
    (mini / "content/en/house.yaml").write_text(
        terms + "title: A  b\ndescription: C.\ndefinition: D.\n", encoding="utf-8"
    )
    codes = [(one.line, one.code) for one in findings_of(mini) if one.path.startswith("content/en")]
    assert codes == [(4, "double-space")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("# ignore: double-space\ndefinition: A  building.\n", ["4:1 ignore-without-reason", "5:14 double-space"]),
        ("# ignore: double-space –\ndefinition: A  building.\n", ["4:1 ignore-without-reason", "5:14 double-space"]),
        ("# ignore double-space\ndefinition: A building.\n", ["4:1 ignore-without-reason"]),
        (f"# ignore: double-spaces {REASON}\ndefinition: A building.\n", ["4:1 unknown-ignore"]),
        (f"# ignore: yaml-syntax {REASON}\ndefinition: A building.\n", ["4:1 unknown-ignore"]),
        (f"# ignore: double-space {REASON}\ndefinition: A building.\n", ["4:1 unused-ignore"]),
        (f"definition: A building. # ignore: end-mark {REASON}\n", ["4:25 unused-ignore"]),
        (f"# ignore-file: double-space {REASON}\ndefinition: A building.\n", ["4:1 unused-ignore"]),
        (
            f"# ignore: double-space, end-mark {REASON}\ndefinition: A  building.\n",
            ["4:1 unused-ignore"],
        ),
    ],
)
def test_an_ignore_needs_a_reason_a_code_and_a_finding(mini: Path, text: str, codes: list[str]) -> None:
    assert found(mini, text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "definition: |\n  # ignore: double-space – this is text\n  Not a comment.\n",
        'definition: "A building. # ignore: double-space – text"\n',
        "definition: >\n  A building\n  # ignore: double-space – text\n",
        "definition: 'A building.\n  # ignore: double-space – text'\n",
    ],
)
def test_what_only_looks_like_a_comment_is_text(mini: Path, text: str) -> None:
    assert not [code for code in found(mini, text) if "ignore" in code]


def test_rules_can_be_let_stand_for_the_glossary_or_some_files(mini: Path) -> None:
    for path in ("content/en/house.yaml", "content/ja/house.yaml"):
        text = (mini / path).read_text(encoding="utf-8")
        (mini / path).write_text(text + "equivalence_note: A  note.\n", encoding="utf-8")
    settings = mini / "glossary.yaml"
    before = settings.read_text(encoding="utf-8")

    def paths(checks: str) -> list[tuple[str, str]]:
        settings.write_text(f"{before}checks: {{ignore: {checks}}}\n", encoding="utf-8")
        return [(one.path, one.code) for one in findings_of(mini)]

    assert paths("{double-space: {reason: We like them.}}") == []
    assert paths("{double-space: {reason: So, files: ['content/ja/*']}}") == [("content/en/house.yaml", "double-space")]
    assert ("glossary.yaml", "unused-ignore") in paths("{double-space: {reason: So, files: ['locales/*']}}")
    assert ("glossary.yaml", "unknown-ignore") in paths("{dubble-space: {reason: So.}}")
    assert ("glossary.yaml", "missing-key") in paths("{double-space: {}}")


def test_an_ignore_of_what_was_not_looked_for_is_not_called_unused(mini: Path) -> None:
    assert found(mini, f"# ignore-file: unreviewed {REASON}\ndefinition: A building.\n") == []


def test_a_narrowed_check_still_sees_that_an_ignore_is_in_use(mini: Path) -> None:
    text = HEAD + f"definition: A  building.  # ignore: double-space {REASON}\n"
    (mini / "content" / "en" / "house.yaml").write_text(text, encoding="utf-8")
    assert findings_of(mini, ["unused-ignore"]) == []
    assert findings_of(mini, ["double-space"]) == []
