"""A glossary to trade with, and the hands of a translator: the file is edited by programs that are not ours."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from lxml import etree
from translate.storage.placeables.strelem import StringElem
from translate.storage.po import pofile
from translate.storage.xliff import xlifffile

from deficiency_glossary.exchange import formats
from deficiency_glossary.exchange.accept import Outcome
from deficiency_glossary.exchange.units import Unit, batch
from deficiency_glossary.library.store import Library, open_library

ROOT = Path(__file__).parents[2]
XLIFF2 = "{urn:oasis:names:tc:xliff:document:2.0}"


class Way(NamedTuple):
    """A format and a variant that come back."""

    format: str
    variant: str

    def __str__(self) -> str:
        return f"{self.format}-{self.variant}".strip("-")


WAYS = [Way("po", ""), Way("xliff", "2.1"), Way("xliff", "1.2"), Way("csv", "bom"), Way("csv", "plain")]
ONE_EACH = [WAYS[0], WAYS[1], WAYS[2], WAYS[3]]


def copy_of_shipped(folder: Path) -> Path:
    """The shipped glossary in a folder of its own."""
    for name in ("content", "locales", "status"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "glossary.yaml", folder)
    return folder


def exported(root: Path, way: Way, locale: str) -> bytes:
    (data,) = formats.export(open_library(root), way.format, [locale], way.variant).values()
    return data


def taken_in(root: Path, way: Way, data: bytes, **options: Any) -> tuple[Outcome, bool]:
    path = root.parent / f"parcel-{way}"
    path.write_bytes(data)
    return formats.take_in(open_library(root), root, [formats.read(way.format, path)], **options)


def units(root: Path, locale: str) -> list[Unit]:
    return list(batch(open_library(root), locale).units)


def library(root: Path) -> Library:
    return open_library(root)


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def tree(data: bytes) -> Any:
    """What an independent reader takes a YAML file for, every scalar as text."""
    return yaml.load(data.decode(), Loader=yaml.BaseLoader)


# --- editing, by other people's programs -----------------------------------------------------------------------------


def translate_po(data: bytes, unit_id: str, target: str) -> bytes:
    store = pofile.parsestring(data)
    (unit,) = [one for one in store.units if one.getcontext() == unit_id]
    unit.target = target
    return bytes(store)


def translate_xliff1(data: bytes, unit_id: str, target: str) -> bytes:
    """As Weblate's format for XLIFF with inline elements does: rich text, and the state set."""
    store = xlifffile.parsestring(data)
    (unit,) = [one for one in store.units if one.xmlelement.get("resname") == unit_id]
    unit.rich_target = [StringElem([target])]
    unit.xmlelement.find(unit.namespaced("target")).set("state", "translated")
    return bytes(store)


def translate_xliff2(data: bytes, unit_id: str, target: str) -> bytes:
    """Text between codes is what a tool lets a translator change: here all of it goes before the codes, in order."""
    root = etree.fromstring(data)
    (segment,) = root.xpath(f"//*[@name='{unit_id}']/*[local-name()='segment']")
    segment.set("state", "translated")
    segment.attrib.pop("subState", None)
    element = segment.find(f"{XLIFF2}target")
    if element is None:
        element = etree.SubElement(segment, f"{XLIFF2}target")
    for child in list(element):
        element.remove(child)
    element.text = target
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def translate_csv(data: bytes, unit_id: str, target: str) -> bytes:
    """As a spreadsheet does: semicolons, only what needs it in quotes, Windows line ends, a mark before it."""
    text = data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if text.startswith("id;") else ","))
    (row,) = [one for one in rows if one[0] == unit_id]
    row[2] = target
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


TRANSLATE: dict[tuple[str, str], Callable[[bytes, str, str], bytes]] = {
    ("po", ""): translate_po,
    ("xliff", "1.2"): translate_xliff1,
    ("xliff", "2.1"): translate_xliff2,
    ("csv", "bom"): translate_csv,
    ("csv", "plain"): translate_csv,
}


def translated(way: Way, data: bytes, unit_id: str, target: str) -> bytes:
    return TRANSLATE[way.format, way.variant](data, unit_id, target)
