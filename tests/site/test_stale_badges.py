"""A badge beside each passage whose source changed, where the locale asks for it, and on no other page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from trees import FEW_CONCEPTS as CONCEPTS
from trees import cold, contents, copy_some, edit, identities

import deficiency_glossary as dg
from deficiency_glossary.cli.commands import run
from deficiency_glossary.library.edit import replace
from deficiency_glossary.library.status import BadLedger

KO = "ko/short-sale/index.html"
BADGE = "번역한 뒤에 원문이 바뀌었습니다."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copy_some(tmp_path / "glossary", CONCEPTS, ("en", "ko", "no"))
    assert status(root, "--update") == 0
    return root


def status(root: Path, *options: str) -> int:
    return run(["-C", str(root), "status", *options])


def built(root: Path) -> dict[str, bytes]:
    dg.load(root).build(root.parent / "public")
    return contents(root.parent / "public")


def badged(page: bytes) -> list[str]:
    """What stands right before each badge: the end of its passage, or its heading."""
    text = re.sub(r"\s+", " ", page.decode())
    return [
        re.sub(r"<[^>]*>", "", text[:place]).strip()[-12:]
        for place in (found.start() for found in re.finditer('<small class="stale">', text))
    ]


def change_source(root: Path, place: str) -> None:
    """Change a passage of short-sale in English: one of its texts."""
    path = root / "content/en/short-sale.yaml"
    inner = {"sections": "heading", "examples": "title"}.get(place.split("/")[0])
    where = (*place.split("/"), *([inner] if inner else []))
    path.write_bytes(replace(path.read_bytes(), where, "Something else."))


def places_of(root: Path) -> list[str]:
    entry = dg.load(root).entry("short-sale", "ko")
    named = [
        f"{part}/{name}" for part in ("sections", "highlights", "notes", "examples") for name in getattr(entry, part)
    ]
    return ["title", "definition", *named]


def test_each_passage_gets_its_own_badge(root: Path) -> None:
    assert badged(built(root)[KO]) == []
    places = places_of(root)
    assert len(places) > 8
    for number, place in enumerate(places, 1):
        change_source(root, place)
        page = built(root)[KO]
        assert len(badged(page)) == number, place
        assert page.decode().count(BADGE) == number
    assert cold(root)[KO] == page
    entry = dg.load(root).entry("short-sale", "ko")
    heads = {str(entry.sections[name].heading)[-12:] for name in entry.sections}
    assert heads <= set(badged(page))
    assert badged(dg.load(root).render("short-sale", "ko").encode()) == badged(page)


def test_a_heading_and_its_text_share_a_badge_and_the_description_has_none(root: Path) -> None:
    entry = dg.load(root).entry("short-sale", "en")
    edit(root / "content/en/short-sale.yaml", f"description: {entry.description}", "description: Another one.")
    assert dg.load(root).entry("short-sale", "ko").stale == ("description",)
    assert badged(built(root)[KO]) == []


def test_an_accepted_field_writes_just_its_page(root: Path) -> None:
    change_source(root, "definition")
    change_source(root, "title")
    assert len(badged(built(root)[KO])) == 2
    before = identities(root.parent / "public")
    status(root, "--locale", "ko", "--accept", "short-sale", "title", "--by", "Hana")
    page = built(root)[KO]
    after = identities(root.parent / "public")
    assert len(badged(page)) == 1
    assert {path for path in before if after[path] != before[path]} == {KO}
    assert cold(root) == contents(root.parent / "public")


def test_only_locales_that_ask_for_it_show_it(root: Path) -> None:
    edit(root / "locales/no.yaml", "show_stale: true\n", "")
    change_source(root, "definition")
    files = built(root)
    assert dg.load(root).entry("short-sale", "no").is_stale
    assert [path for path, data in files.items() if b'<small class="stale">' in data] == [KO]


def test_a_build_without_the_source_language_shows_them_too(root: Path) -> None:
    change_source(root, "definition")
    out = root.parent / "public"
    dg.load(root).build(out, locales=["ko"])
    assert len(badged((out / KO).read_bytes())) == 1
    change_source(root, "title")
    dg.load(root).build(out, locales=["ko"])
    assert len(badged((out / KO).read_bytes())) == 2


def test_a_translation_that_is_changed_too_has_none(root: Path) -> None:
    change_source(root, "title")
    assert len(badged(built(root)[KO])) == 1
    edit(root / "content/ko/short-sale.yaml", "\ntitle: ", "\ntitle: 새 ")
    assert badged(built(root)[KO]) == []


def test_a_status_file_that_cannot_be_read_stops_the_build_where_it_is_shown(root: Path) -> None:
    before = built(root)
    (root / "status/ko.tsv").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(BadLedger, match=r"status/ko\.tsv:1:1"):
        built(root)
    assert contents(root.parent / "public") == before
    edit(root / "locales/ko.yaml", "show_stale: true\n", "")
    assert built(root)
