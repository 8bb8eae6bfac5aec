"""Records on their way from the survey to the pages."""

from __future__ import annotations

from pathlib import Path

from deficiency_glossary.library.store import CONCEPTS, entry_path, open_library
from deficiency_glossary.site import packs


def test_what_is_packed_comes_out_as_it_was(tmp_path: Path) -> None:
    library = open_library()
    where: dict[str, str] = {}
    for number, concept in enumerate(library.concepts):  # more packs than a shelf keeps open
        found = {entry_path(concept, name): library.entry_file(concept, name).require() for name in library.locales}
        record = library.concept_file(concept).require()
        path = tmp_path / "packs" / str(number)
        packs.write(path, packs.Pack({f"{CONCEPTS}/{concept}.yaml": record}, found))
        where |= dict.fromkeys((f"{CONCEPTS}/{concept}.yaml", *found), str(path))
    shelf = packs.Shelf(where)
    for concept in library.concepts:
        assert shelf.concept(f"{CONCEPTS}/{concept}.yaml") == library.concept_file(concept).require()
        for name in library.locales:
            assert shelf.entry(entry_path(concept, name)) == library.entry_file(concept, name).require()
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == sorted(map(str, range(number + 1)))


def test_what_is_in_no_pack_is_not_there() -> None:
    shelf = packs.Shelf({})
    assert shelf.concept("content/concepts/a.yaml") is None
    assert shelf.entry("content/en/a.yaml") is None
