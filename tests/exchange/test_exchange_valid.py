"""What goes out is valid, and other people's programs read from it what we wrote."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
from grammars import XLIFF12, XLIFF21, Rule, local, offences
from lxml import etree
from trading import ROOT, Way, copy_of_shipped, exported, units
from translate.storage.csvl10n import csvfile
from translate.storage.po import pofile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from deficiency_glossary.exchange import po, sheet, xliff
from deficiency_glossary.exchange.units import Batch, Unit
from deficiency_glossary.library.status import State

LOCALES = ("ms", "tr", "ko", "ja", "no")
VERSIONS: dict[str, dict[str, Rule]] = {"2.1": XLIFF21, "1.2": XLIFF12}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("version", VERSIONS)
def test_xliff_is_valid(version: str, locale: str) -> None:
    root = etree.fromstring(exported(ROOT, Way("xliff", version), locale))
    assert list(offences(root, VERSIONS[version])) == []
    ids = [unit.get("id") for unit in root.iter() if local(unit.tag) in ("unit", "trans-unit")]
    assert len(ids) == len(set(ids)) == len(units(ROOT, locale))


def texts(root: Any) -> Iterator[tuple[Any, Any]]:
    """(source, target) of each unit that has both."""
    for element in root.iter():
        if local(element.tag) == "target":
            yield next(one for one in element.getparent() if local(one.tag) == "source"), element


@pytest.mark.parametrize("locale", LOCALES)
def test_codes_of_xliff_2_name_their_data_and_their_counterparts(locale: str) -> None:
    root = etree.fromstring(exported(ROOT, Way("xliff", "2.1"), locale))
    seen = 0
    for source, target in texts(root):
        unit = source.getparent().getparent()
        data = {one.get("id"): one.text for one in unit.iter() if local(one.tag) == "data"}
        sides = (source, target)
        codes = [{one.get("id"): meaning(one, data) for one in side.iter() if one is not side} for side in sides]
        for side, found in zip(sides, codes, strict=True):
            assert len(found) == sum(1 for _ in side.iter()) - 1, "an id stands twice"
        for number in codes[0].keys() & codes[1].keys():
            assert codes[0][number] == codes[1][number]
        seen += len(codes[1])
    assert seen > 100


def meaning(code: Any, data: dict[str, str]) -> tuple[str, ...]:
    """What a code stands for: every reference leads to data."""
    return tuple(data[value] for key, value in sorted(code.attrib.items()) if key.startswith("dataRef"))


@pytest.mark.parametrize("locale", LOCALES)
def test_codes_of_xliff_1_come_in_pairs(locale: str) -> None:
    root = etree.fromstring(exported(ROOT, Way("xliff", "1.2"), locale))
    for source, target in texts(root):
        for side in (source, target):
            found = Counter((local(one.tag), one.get("id")) for one in side)
            assert max(found.values(), default=1) == 1
            assert {i for kind, i in found if kind == "bpt"} == {i for kind, i in found if kind == "ept"}


@pytest.mark.parametrize(
    ("version", "old", "new"),
    [
        ("2.1", b'state="translated"', b'state="done"'),
        ("2.1", b'<unit id="', b'<unit id="a/'),
        ("2.1", b"<source>", b"<target>x</target><source>"),
        ("2.1", b' srcLang="en"', b""),
        ("1.2", b'datatype="plaintext"', b'datatype="markdown"'),
        ("1.2", b"</source>", b"</source><source/>"),
        ("1.2", b'state="needs-review-translation"', b'state="draft"'),
        ("1.2", b"<body>", b"<body>text"),
    ],
)
def test_the_grammars_reject_what_the_standards_forbid(version: str, old: bytes, new: bytes) -> None:
    data = exported(ROOT, Way("xliff", version), "ms")
    assert old in data
    assert list(offences(etree.fromstring(data.replace(old, new, 1)), VERSIONS[version]))


@pytest.mark.parametrize("locale", LOCALES)
def test_po_passes_polib_and_msgfmt(locale: str, tmp_path: Path) -> None:
    data = exported(ROOT, Way("po", ""), locale)
    file = polib.pofile(data.decode(), check_for_duplicates=True)
    assert file.percent_translated() == 100
    msgfmt = shutil.which("msgfmt")
    if msgfmt:  # gettext is on the machines of most translators, not of all developers
        (tmp_path / "x.po").write_bytes(data)
        command = [msgfmt, "-c", "-o", str(tmp_path / "x.mo"), str(tmp_path / "x.po")]
        done = subprocess.run(command, capture_output=True, check=False)
        assert (done.returncode, done.stderr.decode()) == (0, "")


STATES: tuple[State, ...] = ("missing", "draft", "translated", "reviewed", "stale")


def with_states() -> Batch:
    """A batch with a unit in each state, and texts that are awkward in every format."""
    target = "\"{owed}\" <b>&amp;</b> \\n 'x' %d;\n\n- [担保](collateral) {deficiency}"
    source = "Owed {owed}, [c](collateral), {deficiency}"
    made = [Unit("c", ("sections", state, "body"), source, target, state, ("n",), 50, True) for state in STATES]
    made[0] = made[0]._replace(target="")
    return Batch("no", "nb", "en", "en", "T", "2026-11-21", tuple(made))


def test_states_in_each_format() -> None:
    batch_of_all = with_states()
    file = polib.pofile(po.write(batch_of_all).decode())
    assert [entry.fuzzy for entry in file] == [False, False, False, False, True]
    root = etree.fromstring(xliff.write2(batch_of_all))
    segments = [(one.get("state"), one.get("subState")) for one in root.iter() if local(one.tag) == "segment"]
    assert segments == [
        ("initial", None),
        ("translated", "dg:draft"),
        ("translated", None),
        ("reviewed", None),
        ("initial", "dg:stale"),
    ]
    root = etree.fromstring(xliff.write1(batch_of_all))
    shown = [one.get("state") for one in root.iter() if local(one.tag) == "target"]
    assert shown == ["needs-review-translation", "translated", "signed-off", "needs-translation"]
    assert [one.get("approved") for one in root.iter() if local(one.tag) == "trans-unit"] == ["no"] * 3 + ["yes", "no"]
    rows = list(csv.DictReader(io.StringIO(sheet.write(batch_of_all).decode("utf-8-sig"), newline="")))
    assert tuple(row["state"] for row in rows) == STATES
    assert list(offences(root, XLIFF12)) == []


@pytest.mark.parametrize("write", [po.write, xliff.write1, xliff.write2, sheet.write], ids=lambda f: f.__module__)
def test_our_readers_read_what_our_writers_wrote(write: Any) -> None:
    readers = {po.write: po.read, sheet.write: sheet.read}
    parcel = readers.get(write, xliff.read)(write(with_states()), "x")
    assert (parcel.findings, parcel.tag, parcel.source_tag, parcel.version) == ((), "nb", "en", "1")
    wanted = [(unit.id, unit.source, unit.target, unit.base) for unit in with_states().units]
    assert [(item.id, item.source, item.target, item.base) for item in parcel.items] == wanted
    unfinished = [item.unfinished for item in parcel.items if item.target]
    assert unfinished == [False, False, False, write is not sheet.write]


def test_states_are_those_of_the_ledger_and_the_entry(tmp_path: Path) -> None:
    root = copy_of_shipped(tmp_path / "glossary")
    assert {unit.state for unit in units(root, "ms")} == {"draft"}, "written by a machine, read by nobody"
    own, source = root / "content/ms/collateral.yaml", root / "content/en/collateral.yaml"
    own.write_text(own.read_text(encoding="utf-8").replace("method: machine", "method: human"), encoding="utf-8")
    text = source.read_text(encoding="utf-8").replace("title: Collateral\n", "title: Collateral, in short\n")
    source.write_text(text, encoding="utf-8")
    found = {unit.where[0]: unit.state for unit in units(root, "ms") if unit.concept == "collateral"}
    assert found["title"] == "stale"
    assert {state for where, state in found.items() if where != "title"} == {"translated"}
    own.write_text(own.read_text(encoding="utf-8").replace("title: Cagaran\n", "title: …\n") + "draft: true\n", "utf-8")
    found = {unit.where[0]: unit.state for unit in units(root, "ms") if unit.concept == "collateral"}
    assert found["title"] == "missing"
    assert {state for where, state in found.items() if where != "title"} == {"draft"}


# --- as Weblate reads them -------------------------------------------------------------------------------------------


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_the_toolkit_reads_every_unit_of_po() -> None:
    store = pofile.parsestring(exported(ROOT, Way("po", ""), "no"))
    found = {one.getcontext(): (one.source, one.target) for one in store.units if one.getcontext()}
    assert found == {unit.id: (unit.source, unit.target) for unit in units(ROOT, "no")}
    (title,) = [one for one in store.units if one.getcontext() == "collateral:title"]
    assert "At most 400 characters." in title.getnotes("developer")
    assert title.typecomments == ["#, max-length:400\n"]


def test_the_toolkit_reads_every_unit_of_xliff() -> None:
    wanted = {unit.id: (flat(unit.source), flat(unit.target)) for unit in units(ROOT, "no")}
    store = xlifffile.parsestring(exported(ROOT, Way("xliff", "1.2"), "no"))
    found = {one.xmlelement.get("resname"): (flat(one.source), flat(one.target)) for one in store.units}
    assert found == wanted
    assert store.gettargetlanguage() == "nb"
    newer = Xliff2File.parsestring(exported(ROOT, Way("xliff", "2.1"), "no"))
    assert {one.getid().split("\x04")[-1].replace(".", "/") for one in newer.units} == set(wanted)


def test_the_toolkit_reads_every_row_of_csv() -> None:
    store = csvfile.parsestring(exported(ROOT, Way("csv", "plain"), "no"))
    found = {one.id: (one.source, one.target) for one in store.units if ":" in one.id}
    assert found == {unit.id: (unit.source, unit.target) for unit in units(ROOT, "no")}
