"""The generated glossary that benchmarks build is a sound one, and the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

import deficiency_glossary as dg
from benchmarks import build, corpus

PAGES = 20


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "glossary"
    corpus.write(PAGES, folder)
    return folder


def test_the_generated_glossary_is_clean(root: Path) -> None:
    assert dg.load(root).check() == []


def test_the_generated_glossary_builds(root: Path, tmp_path: Path) -> None:
    report = dg.load(root).build(tmp_path / "out", jobs=1)
    assert len(list((tmp_path / "out").glob("*/*-*-*/index.html"))) >= PAGES
    assert report.findings == ()


def test_a_changed_sentence_touches_one_entry(root: Path, tmp_path: Path) -> None:
    build.measure(str(root), str(tmp_path / "out"), 1)
    for number in range(2):
        build.change_one(root, number)
        assert build.measure(str(root), str(tmp_path / "out"), 1).written == 3  # page, data, Markdown


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        corpus.write(PAGES, tmp_path / name, seed)
        written.append({p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.yaml")})
    assert written[0] == written[1] != written[2]


def test_every_number_has_its_own_id() -> None:
    assert len({corpus.concept_id(number) for number in range(corpus.MAX_CONCEPTS)}) == corpus.MAX_CONCEPTS


@pytest.mark.parametrize("pages", [0, 9, 5 * corpus.MAX_CONCEPTS + 5])
def test_sizes_that_cannot_be_made(pages: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pages can be made"):
        corpus.write(pages, tmp_path)
