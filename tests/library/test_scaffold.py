"""Files that are made for translators: valid at once, in the place where they belong, nothing overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import deficiency_glossary as dg
from deficiency_glossary.library import scaffold, store
from deficiency_glossary.library.store import open_library
from deficiency_glossary.library.translations import fields
from deficiency_glossary.model import Entry

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the shipped glossary."""
    for name in ("content", "locales", "status"):
        shutil.copytree(CHECKOUT / name, tmp_path / "glossary" / name)
    shutil.copy(CHECKOUT / "glossary.yaml", tmp_path / "glossary")
    return tmp_path / "glossary"


def every_file(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "tag"), [("sv", "sv"), ("ar", "ar"), ("pt-br", "pt-BR"), ("yo", "yo")])
def test_a_new_language_is_valid_at_once_and_touches_nothing_else(root: Path, name: str, tag: str) -> None:
    before = every_file(root)
    scaffold.write(root, scaffold.locale(open_library(root), name, tag), replacing=["glossary.yaml"])
    glossary = dg.load(root)
    assert glossary.check() == []
    assert glossary.locales[-1] == name
    after = every_file(root)
    assert {path: data for path, data in after.items() if path in before} == before | {
        "glossary.yaml": before["glossary.yaml"].replace(b'"no"]', f'"no", {name}]'.encode())
    }
    assert {path for path in after if path not in before} == {
        f"locales/{name}.yaml",
        *(f"content/{name}/{concept}.yaml" for concept in glossary.concepts),
    }
    states = [one.state for one in fields(open_library(root), name)]
    assert set(states) == {"missing"}
    with pytest.raises(dg.MissingEntry):
        glossary.entry("collateral", name)
    report = glossary.build(root.parent / "public")
    assert report.findings == ()
    assert not (root.parent / "public" / name / "collateral").exists()
    assert (root.parent / "public" / name / "index.html").is_file()


def test_a_draft_has_every_field_of_its_source_with_the_text_beside_it(root: Path) -> None:
    library = open_library(root)
    source = library.entry_file("deficiency-balance", "en").require()
    made = {file.path: file.text for file in scaffold.locale(library, "sv", "sv")}
    text = made["content/sv/deficiency-balance.yaml"]
    entry = store.decode(text.encode(), "x.yaml", Entry).require()
    assert entry.draft
    for part in ("sections", "notes", "highlights", "examples"):
        assert list(getattr(entry, part)) == list(getattr(source, part))
    assert list(entry.examples["short-sale"].labels) == list(source.examples["short-sale"].labels)
    for line in source.examples["short-sale"].text.strip().split("\n"):
        assert f"    # {line}".rstrip() in text.split("\n")
    # The line for editors is the one that the glossary's own files have.
    assert text.startswith("# yaml-language-server: $schema=../../docs/reference/schema/entry.json\n")


def test_a_finished_draft_joins_the_site(root: Path) -> None:
    scaffold.write(root, scaffold.concept(open_library(root), "late-fee"))
    glossary = dg.load(root)
    assert glossary.check() == []
    path = root / "content/en/late-fee.yaml"
    text = path.read_text(encoding="utf-8").replace("draft: true\n", "").replace("…", "Late fee")
    path.write_text(text, encoding="utf-8")
    assert dg.load(root).entry("late-fee", "en").title == "Late fee"
    assert dg.load(root).search("late fee", "en")[0].concept == "late-fee"
    assert dg.load(root).search("late fee", "ms") == []


@pytest.mark.parametrize("name", ["Late Fee", "late_fee", "about", "-x", ""])
def test_a_bad_id_makes_nothing(root: Path, name: str) -> None:
    before = every_file(root)
    with pytest.raises(scaffold.NotMade):
        scaffold.write(root, scaffold.concept(open_library(root), name))
    assert every_file(root) == before


def test_nothing_is_overwritten(root: Path) -> None:
    (root / "content/ms/late-fee.yaml").write_text("mine", encoding="utf-8")
    before = every_file(root)
    with pytest.raises(scaffold.NotMade, match=r"content/ms/late-fee\.yaml is there already"):
        scaffold.write(root, scaffold.concept(open_library(root), "late-fee"))
    with pytest.raises(scaffold.NotMade, match="published already"):
        scaffold.locale(open_library(root), "ms", "ms")
    assert every_file(root) == before


def test_a_language_that_cldr_does_not_know(root: Path) -> None:
    with pytest.raises(dg.UnknownLocale):
        scaffold.locale(open_library(root), "qq", "qq")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("locales: [en, ms]\n", "locales: [en, ms, sv]\n"),
        ("locales: [en, 'no' ]  # all\n", "locales: [en, 'no', sv ]  # all\n"),
        ("locales:\n  - en\n  - ms  # Malay\nlicence: x\n", "locales:\n  - en\n  - ms  # Malay\n  - sv\nlicence: x\n"),
        ("locales: [\n  en,\n  ms,\n]\n", "locales: [\n  en,\n  ms, sv,\n]\n"),
        ('locales:\n- "en"\n', 'locales:\n- "en"\n- sv\n'),
    ],
)
def test_a_locale_joins_the_list_and_nothing_else_changes(before: str, after: str) -> None:
    assert scaffold.with_locale(before, "sv") == after


def test_no_is_quoted() -> None:
    assert scaffold.with_locale("locales: [en]\n", "no") == 'locales: [en, "no"]\n'


@pytest.mark.parametrize("locales", [["en", "ms"], ["tr", "ko"], ["ja", "no"], ["en", "de"], ["fr"], ["he", "ms"]])
def test_a_glossary_of_one_s_own_works_at_once(tmp_path: Path, locales: list[str]) -> None:
    root = tmp_path / "mine"
    scaffold.write(root, scaffold.glossary(locales))
    glossary = dg.load(root)
    assert glossary.check() == []
    assert glossary.locales == tuple(locales)
    assert glossary.build(tmp_path / "public").findings == ()
    for name in ("entry", "concept", "locale", "glossary"):
        assert (root / "schemas" / f"{name}.json").is_file()
    for path in root.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve().is_file()
