"""The components of docs/how-to/exchange.md, read and written as Weblate does it, with the library that it uses."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from trading import ROOT, Way, contents, copy_of_shipped, exported, taken_in
from translate.storage.placeables.lisa import parse_xliff, strelem_to_xml
from translate.storage.po import pofile
from translate.storage.tbx import tbxfile
from translate.storage.xliff import xlifffile

from deficiency_glossary.exchange import formats
from deficiency_glossary.library.store import open_library

PAGE = (ROOT / "docs/how-to/exchange.md").read_text(encoding="utf-8")
COMPONENTS: list[dict[str, Any]] = [
    yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
]
LOADERS: dict[str, Any] = {"po": pofile, "tbx": tbxfile}
VARIANT = {"po": None, "tbx": "2"}


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: str(component["name"]))
def test_the_mask_finds_every_file_and_the_reader_reads_it(component: dict[str, Any]) -> None:
    library = open_library(ROOT)
    name = component["file_format"]
    files = formats.export(library, name, variant=VARIANT[name])
    assert [*map(Path, files)]
    assert component["source_language"] == library.settings.source_locale
    for file, data in files.items():
        assert fnmatch.fnmatch(f"exchange/{file}", component["filemask"])
        assert Path(file).stem in library.locales
        store = LOADERS[name].parsestring(data)
        assert len([unit for unit in store.units if unit.istranslatable()]) >= len(library.concepts)


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    return copy_of_shipped(tmp_path / "glossary")


def as_weblate_saves_po(data: bytes, changes: dict[str, str]) -> bytes:
    store = pofile.parsestring(data)
    for unit in store.units:
        if unit.getcontext() in changes:
            unit.target = changes[unit.getcontext()]
            unit.markfuzzy(False)
    store.updateheader(add=True, x_generator="Weblate 5.14", language="nb_NO", plural_forms="nplurals=1; plural=0;")
    store.wrapper.width = 77
    return bytes(store)


def as_weblate_saves_xliff(data: bytes, changes: dict[str, str]) -> bytes:
    """Every text goes through the string with tags that its editor shows."""
    from lxml import etree

    store = xlifffile.parsestring(data)
    for unit in store.units:
        box = etree.Element("e")
        for one in unit.rich_target:
            strelem_to_xml(box, one)
        shown = re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(box, encoding="unicode"))[3:-4]
        new = changes.get(unit.xmlelement.get("resname"), shown)
        unit.rich_target = [parse_xliff(new)]
        unit.markapproved(False)
        unit.xmlelement.find(unit.namespaced("target")).set("state", "translated")
    return bytes(store)


SAVE = {"po": as_weblate_saves_po, "xliff": as_weblate_saves_xliff}
WAYS = [Way("po", ""), Way("xliff", "1.2")]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_weblate_saves_comes_back_unchanged(glossary: Path, way: Way) -> None:
    before = contents(glossary)
    outcome, written = taken_in(glossary, way, SAVE[way.format](exported(glossary, way, "no"), {}))
    assert (outcome.findings, outcome.changed, written) == ((), 0, True)
    assert contents(glossary) == before


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_is_translated_in_weblate_comes_back(glossary: Path, way: Way) -> None:
    changes = {"collateral:title": "Hva er pant?"}
    outcome, _ = taken_in(glossary, way, SAVE[way.format](exported(glossary, way, "no"), changes))
    assert (outcome.findings, outcome.changed) == ((), 1)
    text = (glossary / "content/no/collateral.yaml").read_text(encoding="utf-8")
    assert "title: Hva er pant?\n" in text
