"""The full text index: there when the glossary asks for it, made when a page changed, the same from the same."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest
from trees import cold, contents, copy_some, edit, identities

import deficiency_glossary as dg
from deficiency_glossary.cli.commands import run
from deficiency_glossary.site import full_text

CONCEPTS = ("collateral", "creditor")
LOCALES = ("en", "ja", "ko")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copy_some(tmp_path / "glossary", CONCEPTS, LOCALES)
    with (root / "glossary.yaml").open("a", encoding="utf-8") as file:
        file.write("full_text_search: true\n")
    return root


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public"


def bundle(files: dict[str, object]) -> set[str]:
    return {path for path in files if path.startswith("pagefind/")}


def count(calls: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    real = full_text.write

    def counted(site: Path, aside: Path) -> None:
        calls.append(aside)
        real(site, aside)

    monkeypatch.setattr(full_text, "write", counted)


def test_every_entry_and_nothing_else_is_indexed(root: Path, out: Path) -> None:
    report = dg.load(root).build(out)
    files = contents(out)
    assert report.files == report.written == len(identities(out))
    assert len([path for path in files if path.startswith("pagefind/fragment/")]) == len(CONCEPTS) * len(LOCALES)
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= bundle(dict(files))
    assert [path for path in bundle(dict(files)) if "-ui" in path or "highlight" in path] == []
    assert files == cold(root)


def test_the_index_is_made_anew_only_when_a_page_is(root: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Path] = []
    count(calls, monkeypatch)
    dg.load(root).build(out)
    dg.load(root).build(out)
    assert len(calls) == 1
    before, old = identities(out), contents(out)
    # What the page does not show: it is rendered anew, but comes out the same, and so does the index.
    edit(root / "content/ko/creditor.yaml", "method: machine", "method: machine\n# a note")
    dg.load(root).build(out)
    assert len(calls) == 2
    assert contents(out) == old
    after = identities(out)
    assert {path for path in bundle(dict(before)) if before[path] != after[path]} == set()
    # What it shows: one fragment is another.
    edit(root / "content/ko/creditor.yaml", "definition: |\n", "definition: |\n  새 문장입니다. ")
    report = dg.load(root).build(out)
    new = contents(out)
    changed = {path for path in new if new[path] != old.get(path)}
    assert len([path for path in changed if path.startswith("pagefind/fragment/ko_")]) == 1
    assert not [path for path in changed if path.startswith(("pagefind/fragment/ja_", "pagefind/index/ja_"))]
    assert report.removed == len(old.keys() - new.keys()) > 0
    assert new == cold(root)


def test_a_file_of_the_index_that_somebody_took_away_comes_back(root: Path, out: Path) -> None:
    dg.load(root).build(out)
    before = contents(out)
    (out / "pagefind" / "pagefind.js").unlink()
    (out / "ko" / "search" / "part-.json").write_text("[]", encoding="utf-8")
    report = dg.load(root).build(out)
    assert contents(out) == before
    assert report.written == 2


def test_without_the_setting_there_is_none(root: Path, out: Path) -> None:
    dg.load(root).build(out)
    assert "wasm-unsafe-eval" in (out / "en/search/index.html").read_text(encoding="utf-8")
    assert "wasm-unsafe-eval" not in (out / "en/creditor/index.html").read_text(encoding="utf-8")
    edit(root / "glossary.yaml", "full_text_search: true", "full_text_search: false")
    dg.load(root).build(out)
    assert bundle(dict(contents(out))) == set()
    page = (out / "en/search/index.html").read_text(encoding="utf-8")
    assert "data-full-text" not in page
    assert "wasm-unsafe-eval" not in page


def test_markdown_needs_no_index(root: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", missing)
    dg.load(root).build(out, format="markdown")
    assert bundle(dict(contents(out))) == set()


def missing(name: str) -> str:
    if name == full_text.PACKAGE:
        raise metadata.PackageNotFoundError(name)
    return "1"


def test_without_pagefind_the_build_says_how_to_get_it_and_the_old_site_stays(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dg.load(root).build(out)
    before = contents(out)
    edit(root / "content/ko/creditor.yaml", "definition: |\n", "definition: |\n  새 문장입니다. ")
    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(dg.ToolMissing, match=r"pip install 'deficiency-glossary\[search\]'"):
        dg.load(root).build(out)
    monkeypatch.setattr("sys.argv", ["deficiency-glossary", "-C", str(root), "build", "--out", str(out)])
    assert run() == 2
    assert "pip install" in capsys.readouterr().err
    assert contents(out) == before


def test_a_pagefind_that_fails_is_reported(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(dg.ToolMissing, match="pagefind failed with status 1"):
        full_text.write(tmp_path / "empty", tmp_path / "aside")
