"""Records on their way from the survey to the pages."""

from __future__ import annotations

from pathlib import Path

from deficiency_glossary.library.store import CONCEPTS, entry_path, open_library
from deficiency_glossary.site import packs


def test_what_is_packed_comes_out_as_it_was(tmp_path: Path) -> None:
    library = open_library()
    names = []
    for number, concept in enumerate(library.concepts):
        found = {entry_path(concept, name): library.entry_file(concept, name).require() for name in library.locales}
        record = library.concept_file(concept).require()
        path = tmp_path / "packs" / str(number)
        packs.write(path, packs.Pack({f"{CONCEPTS}/{concept}.yaml": record}, found))
        names.append(str(path))
    pack = packs.read(names)
    assert list(pack.concepts) == [f"{CONCEPTS}/{concept}.yaml" for concept in library.concepts]
    for concept in library.concepts:
        assert pack.concepts[f"{CONCEPTS}/{concept}.yaml"] == library.concept_file(concept).require()
        for name in library.locales:
            assert pack.entries[entry_path(concept, name)] == library.entry_file(concept, name).require()
    assert sorted(path.name for path in (tmp_path / "packs").iterdir()) == sorted(map(str, range(len(names))))


def test_no_pack_holds_nothing() -> None:
    assert packs.read(()) == packs.Pack()
