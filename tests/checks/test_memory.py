"""A check that remembers the last one finds what a check finds that remembers nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

import deficiency_glossary as dg
from deficiency_glossary.checks import content, groups, memory
from deficiency_glossary.checks.content import check
from deficiency_glossary.cli.commands import cli
from deficiency_glossary.findings import Finding
from deficiency_glossary.library import code
from deficiency_glossary.library.store import Library

ROOT = Path(__file__).parents[2]
CACHE = Path(memory.FOLDER, memory.NAME)
LOCALES = ("en", "ms", "tr", "ko", "ja", "no")
TERMS = ("teminat", "mortgage", "담보", "担保", "lån", "bil", "Short sale", "cagaran", "hus (nytt)", "alacaklı")
SLIPS = (
    "",
    "#",
    '"',
    "](",
    ",,",
    "of of",
    "{x}",
    "1,234.5",
    "<b>",
    "[y](mortgage#nowhere)",
    "[z](old-name)",
    "о",
    "\\",
)
WORDS = {
    "tr": ("orani", "oranı", "Faiz ve ve borç."),
    "en": ("the the", "a loan", "[x](nowhere)"),
    "ja": ("をを", "売却"),
}


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MANY", 1)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("content", "locales", "status"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "glossary.yaml", tmp_path)
    return tmp_path


def found(root: Path, jobs: int = 1) -> list[Finding]:
    """What a check with memory finds; one without it must find the same."""
    remembered = check(Library(root), jobs=jobs, cache=True)
    assert remembered == check(Library(root))
    return remembered


# --- edits ------------------------------------------------------------------------------------------------------------


def _entry(root: Path, random: Random) -> Path:
    return random.choice(sorted(root.glob("content/[a-z][a-z]/*.yaml")))


def _replace(path: Path, old: str, new: str, random: Random) -> None:
    text = path.read_text(encoding="utf-8")
    places = [at for at in range(len(text)) if text.startswith(old, at)]
    if places:
        at = random.choice(places)
        path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")


def a_text(root: Path, random: Random) -> None:
    path = _entry(root, random)
    words = (*TERMS, *WORDS.get(path.parent.name, ("x",)), *SLIPS)
    _replace(path, " ", f" {random.choice(words)} ", random)


def a_term(root: Path, random: Random) -> None:
    status = random.choice(("deprecated", "admitted", "superseded"))
    line = f"terms:\n  - {{term: {random.choice(TERMS)}, status: {status}, reading: かな}}\n"
    _replace(_entry(root, random), "terms:\n", line, random)


def a_status(root: Path, random: Random) -> None:
    _replace(_entry(root, random), "status: admitted", "status: deprecated", random)


def a_part(root: Path, random: Random) -> None:
    _replace(_entry(root, random), "  what-it-is:", "  what-it-was:", random)


def a_draft(root: Path, random: Random) -> None:
    path = _entry(root, random)
    path.write_text(f"draft: true\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def a_concept(root: Path, random: Random) -> None:
    path = random.choice(sorted(root.glob("content/concepts/*.yaml")))
    kind = random.choice(("related: [", "aliases: [", "figures: {", "subject_fields: ["))
    _replace(path, kind, f"{kind}{random.choice(('loan', 'mortgage', 'x: 1', 'old-name'))}, ", random)


def a_locale(root: Path, random: Random) -> None:
    path = root / f"locales/{random.choice(LOCALES)}.yaml"
    _replace(path, *random.choice((("tag: tr", "tag: az"), ("tag: ko", "tag: en"), ("a", "\u200ba"))), random)


def a_setting(root: Path, random: Random) -> None:
    path = root / "glossary.yaml"
    also = "checks:\n  also: {unlinked-mention: []}\n  ignore: {end-mark: {reason: A test.}}\n"
    changes = ((", no", ""), ("source_locale: en", "source_locale: ms"), ("base_url", f"{also}base_url"))
    _replace(path, *random.choice(changes), random)


def an_ignore(root: Path, random: Random) -> None:
    _replace(_entry(root, random), "definition:", "# ignore: doubled-word – a test\ndefinition:", random)


def a_file_less(root: Path, random: Random) -> None:
    random.choice([_entry(root, random), *root.glob("content/concepts/*.yaml")]).unlink()


def a_file_more(root: Path, random: Random) -> None:
    path = _entry(root, random)
    name = random.choice(("nowhere.yaml", "sale.yaml", "old-name.yaml"))
    shutil.copy(path, path.with_name(name))
    if random.random() < 0.5:
        (root / "content/concepts" / name).write_text("{}\n", encoding="utf-8")


def a_file_as_before(root: Path, random: Random) -> None:
    path = _entry(root, random)
    original = ROOT / path.relative_to(root)
    if original.is_file():
        shutil.copyfile(original, path)


def a_ledger(root: Path, random: Random) -> None:
    for path in sorted(root.glob("status/*.tsv"))[:1]:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:-5]), encoding="utf-8")


def a_touch(root: Path, random: Random) -> None:
    os.utime(_entry(root, random), (1, random.randrange(1, 9)))


def nothing(_root: Path, _random: Random) -> None:
    """A check right after a check."""


EDITS: tuple[Callable[[Path, Random], None], ...] = (
    *(a_text, a_text, a_text, a_term, a_term, a_status, a_part, a_draft, a_concept, a_locale, a_setting, an_ignore),
    *(a_file_less, a_file_more, a_file_as_before, a_ledger, a_touch, nothing),
)


@pytest.mark.parametrize("seed", range(8))
def test_any_edits(tree: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    monkeypatch.setattr(content, "_FEW", random.choice((0, 1, 8)))
    monkeypatch.setattr(groups, "_MANY_TERMS", random.choice((0, 30)))
    found(tree)
    seen: set[str] = set()
    for _ in range(10):
        for edit in random.sample(EDITS, random.choice((1, 1, 2))):
            edit(tree, random)
        seen.update(finding.code for finding in found(tree, jobs=random.choice((1, 1, 1, 2))))
    assert len(seen) > 2


@pytest.mark.parametrize("edit", dict.fromkeys(EDITS), ids=lambda edit: edit.__name__)
def test_each_edit(tree: Path, edit: Callable[[Path, Random], None]) -> None:
    found(tree)
    for seed in range(2):
        edit(tree, Random(seed))
        found(tree)


def test_only_what_an_edit_reaches_is_looked_at(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    second_look = content._of_concepts

    def noted(context: Any, asked: Any, concepts: Sequence[str]) -> Any:
        looked.extend(concepts)
        return second_look(context, asked, concepts)

    monkeypatch.setattr(content, "_of_concepts", noted)
    check(Library(tree), cache=True)
    assert len(looked) == 12
    looked.clear()
    check(Library(tree), cache=True)
    assert looked == []
    _replace(tree / "content/tr/mortgage.yaml", "terms:\n", "# Seen.\nterms:\n", Random(1))
    check(Library(tree), cache=True)
    assert looked == ["mortgage"]
    looked.clear()
    _replace(tree / "content/tr/mortgage.yaml", "terms:\n", "terms:\n  - {term: xyzzy, status: admitted}\n", Random(1))
    check(Library(tree), cache=True)
    assert "mortgage" in looked
    assert len(looked) < 12


def test_a_glossary_that_is_held_sees_the_files_as_they_are(tree: Path) -> None:
    glossary = dg.load(tree)
    assert glossary.check() == glossary.check(cache=True) == []
    path = tree / "content/en/mortgage.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "title:  The the "), encoding="utf-8")
    assert "doubled-word" in {finding.code for finding in glossary.check(cache=True)}
    path.write_text(text, encoding="utf-8")
    assert glossary.check(cache=True) == []


def test_words_of_other_files_count(tree: Path) -> None:
    """Whether a Turkish word lost its dots is told by how it stands elsewhere."""

    def lost() -> list[str]:
        return [finding.path for finding in found(tree) if finding.code == "lost-letter"]

    first, second = tree / "content/tr/mortgage.yaml", tree / "content/tr/charge-off.yaml"
    _replace(first, "definition: |\n", "definition: |\n  Kotu zlokari budur.\n", Random(1))
    assert lost() == []
    text = second.read_text(encoding="utf-8")
    _replace(second, "definition: |\n", "definition: |\n  Yeni zlokarı budur.\n", Random(1))
    assert lost() == ["content/tr/mortgage.yaml"]
    second.write_text(text, encoding="utf-8")
    assert lost() == []


# --- the file ---------------------------------------------------------------------------------------------------------


def _lying(root: Path) -> None:
    """What is kept says something that no check would find."""
    data = (root / CACHE).read_bytes()
    past = msgspec.msgpack.decode(data[memory._HEAD :], type=memory.Memory)
    past.environment = data[:32].decode()
    past.groups["mortgage"].findings = (Finding(path="content/en/mortgage.yaml", code="tab", message="a lie"),)
    memory.remember(root / memory.FOLDER, past)


def test_what_is_kept_is_used(tree: Path) -> None:
    check(Library(tree), cache=True)
    _lying(tree)
    assert [finding.message for finding in check(Library(tree), cache=True)].count("a lie") == 1
    assert check(Library(tree)) == []


@pytest.mark.parametrize("at", [0, 31, 40, 63, 64, 500, -1])
def test_a_damaged_file_is_passed_over(tree: Path, at: int) -> None:
    check(Library(tree), cache=True)
    _lying(tree)
    data = bytearray((tree / CACHE).read_bytes())
    data[at] ^= 1
    (tree / CACHE).write_bytes(data)
    assert found(tree) == []
    (tree / CACHE).write_bytes(data[: len(data) // 2])
    assert found(tree) == []
    (tree / CACHE).write_bytes(b"")
    assert found(tree) == []


def test_other_code_looks_at_everything(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(Library(tree), cache=True)
    _lying(tree)
    monkeypatch.setattr(code, "digest", lambda: "of another version")
    assert found(tree) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("terms:", "  terms:"),
        ("terms:", "terms:\n  - {term: kredi, status: deprecated}\n  - {term: borç, status: superseded}"),
        ("definition: |\n", "definition: |\n  Açikli açıklı kâri kârı olani olanı.\n"),
    ],
)
def test_a_file_that_changes_during_the_check(tree: Path, old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found in it, and in others because of it, is not what is there."""
    path = tree / "content/tr/mortgage.yaml"
    text = path.read_text(encoding="utf-8")
    first_look = content._first_look

    def meanwhile(*arguments: Any) -> Any:
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        made = first_look(*arguments)
        path.write_text(text, encoding="utf-8")
        return made

    monkeypatch.setattr(content, "_first_look", meanwhile)
    assert check(Library(tree), cache=True) != []
    monkeypatch.setattr(content, "_first_look", first_look)
    assert found(tree) == []
    past = memory.recall(tree / memory.FOLDER, (tree / CACHE).read_bytes()[:32].decode())
    assert found(tree) == []
    shutil.rmtree(tree / memory.FOLDER)
    assert found(tree) == []
    assert memory.recall(tree / memory.FOLDER, past.environment).words == past.words


def test_the_folder_keeps_itself_out_of_repositories_and_backups(tree: Path) -> None:
    assert found(tree) == []
    assert (tree / memory.FOLDER / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert (tree / memory.FOLDER / "CACHEDIR.TAG").read_text(encoding="utf-8").startswith("Signature: 8a477f597d28d172")
    assert sorted(path.name for path in (tree / memory.FOLDER).iterdir()) == [".gitignore", "CACHEDIR.TAG", CACHE.name]


def test_where_nothing_can_be_written_the_findings_are_the_same(tree: Path) -> None:
    (tree / memory.FOLDER).write_text("no folder", encoding="utf-8")
    assert found(tree) == []
    (tree / memory.FOLDER).unlink()
    (tree / CACHE).mkdir(parents=True)
    assert found(tree) == []


def test_a_small_glossary_keeps_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MANY", 400)
    assert found(tree) == []
    assert not (tree / memory.FOLDER).exists()


def test_the_shipped_glossary_keeps_nothing() -> None:
    assert dg.load().check(cache=True) == []
    assert not (ROOT / memory.FOLDER).exists()


def test_what_was_selected_is_not_kept(tree: Path) -> None:
    check(Library(tree), ["unreviewed"], cache=True)
    assert not (tree / memory.FOLDER).exists()


@pytest.mark.parametrize(("options", "kept"), [([], True), (["--no-cache"], False)])
def test_the_command(tree: Path, options: list[str], kept: bool) -> None:
    assert CliRunner().invoke(cli, ["-C", str(tree), "check", *options]).exit_code == 0
    assert (tree / CACHE).is_file() == kept
