"""Files that come from outside can neither run, read nor fetch anything, and writing stays in the folder."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trading import ONE_EACH, Way, contents, copy_of_shipped, exported, taken_in, translated, units

from deficiency_glossary.exchange import files, formats, po, sheet, xliff
from deficiency_glossary.exchange.inline import paired, pieces
from deficiency_glossary.exchange.units import Batch, ExchangeError, Unit

HEAD = '<?xml version="1.0"?>\n'
BODY = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" source-language="en" '
    'target-language="ms" datatype="plaintext"><body><trans-unit id="collateral:title"><source>Collateral</source>'
    "<target>{}</target></trans-unit></body></file></xliff>"
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
ATTACKS = {
    "external entity": f'{HEAD}<!DOCTYPE xliff [<!ENTITY x SYSTEM "file://PLACE/secret">]>{BODY.format("&x;")}',
    "parameter entity": f'{HEAD}<!DOCTYPE xliff [<!ENTITY % x SYSTEM "file://PLACE/secret"> %x;]>{BODY.format("y")}',
    "external subset": f'{HEAD}<!DOCTYPE xliff SYSTEM "file://PLACE/secret">{BODY.format("y")}',
    "network": f'{HEAD}<!DOCTYPE xliff SYSTEM "http://127.0.0.1:9/x.dtd">{BODY.format("y")}',
    "billion laughs": f'{HEAD}<!DOCTYPE xliff [<!ENTITY l0 "ha">{LAUGHS}]>{BODY.format("&l11;")}',
    "deep": "<a>" * 100_000,
    "other root": "<html/>",
}


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    return copy_of_shipped(tmp_path / "glossary")


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_by_xml_are_findings(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("the secret", encoding="utf-8")
    parcel = xliff.read(ATTACKS[name].replace("PLACE", str(tmp_path)).encode(), "a.xlf")
    assert [one.code for one in parcel.findings] == ["unreadable-exchange"]
    assert parcel.items == ()
    assert "the secret" not in str(parcel)


def test_the_same_file_without_the_attack_is_read() -> None:
    parcel = xliff.read((HEAD + BODY.format("y")).encode(), "a.xlf")
    assert [(item.id, item.target, item.line) for item in parcel.items] == [("collateral:title", "y", 2)]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "|cmd", "%x", "＝1", "＋1", "－1", "＠x", "'=1", "''=1", "=", "-"]
LOOKALIKES = ["2026-11-21", "1/2", "12:30", "0012", "1,5", "TRUE", "false", "5"]
HARMLESS = ["", "x=1", "'tis", "'90lar", "21 November", "a-b", "“=”", "担保"]


@pytest.mark.parametrize("text", FORMULAS + LOOKALIKES)
def test_cells_that_would_act_are_guarded(text: str) -> None:
    assert sheet.guard(text) == f"'{text}"
    assert sheet.unguard(sheet.guard(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert sheet.guard(text) == text == sheet.unguard(text)


@given(st.text(st.sampled_from("'=+-@1.a\t＝"), max_size=6))
def test_the_guard_comes_off_as_it_went_on(text: str) -> None:
    assert sheet.unguard(sheet.guard(text)) == text


def test_no_cell_of_an_export_begins_as_a_formula() -> None:
    unit = Unit("c", ("title",), "=HYPERLINK(1)", "@x", "draft", ("+note",), 400, False)
    data = sheet.write(Batch("ms", "ms", "en", "en", "=T", "2026-11-21", (unit,)))
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert {"'=HYPERLINK(1)", "'@x", "'+note"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_what_excel_would_cut_is_not_written() -> None:
    unit = Unit("c", ("definition",), "x" * (sheet.MAX_CELL + 1), "", "missing", (), 50_000, True)
    with pytest.raises(ExchangeError, match="c:definition is longer"):
        sheet.write(Batch("ms", "ms", "en", "en", "T", "2026-11-21", (unit,)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_what_spreadsheets_make_of_csv_is_read(encoding: str, delimiter: str, ending: str) -> None:
    rows = [["id", "source", "target"], ["a:b", 'x "y"; z, w', "1\n\n2"], [], ["c:d", "", "'-x"]]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=ending).writerows(rows)
    parcel = sheet.read(out.getvalue().encode(encoding), "x")
    assert parcel.findings == ()
    found = [(item.id, item.source, item.target, item.line) for item in parcel.items]
    assert found == [("a:b", 'x "y"; z, w', "1\n\n2", 2), ("c:d", "", "-x", 6)]


def test_a_file_is_not_read_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 100)
    path = tmp_path / "a.po"
    path.write_bytes(b"#" * 101)
    (finding,) = formats.read("po", path).findings
    assert "more than 100 bytes" in finding.message
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ExchangeError, match="no ordinary file"):
        formats.read("po", tmp_path / "pipe")


@pytest.mark.parametrize("way", ONE_EACH, ids=str)
def test_ids_lead_to_no_other_file(glossary: Path, way: Way) -> None:
    data = exported(glossary, way, "ms").replace(b"collateral:title", b"../../../x:title")
    before = contents(glossary)
    outcome, written = taken_in(glossary, way, data)
    assert {one.code for one in outcome.findings} == {"unknown-unit"}
    assert not written
    assert contents(glossary.parent).keys() - {f"parcel-{way}"} == {f"glossary/{name}" for name in before}


def test_a_link_out_of_the_folder_is_not_followed(glossary: Path, tmp_path: Path) -> None:
    path = glossary / "content/ms/collateral.yaml"
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)
    before = outside.read_bytes()
    data = translated(ONE_EACH[0], exported(glossary, ONE_EACH[0], "ms"), "collateral:title", "Lain")
    with pytest.raises(ExchangeError, match="leads out"):
        taken_in(glossary, ONE_EACH[0], data)
    assert outside.read_bytes() == before


def test_a_file_keeps_its_rights_and_leaves_nothing_beside_it(glossary: Path) -> None:
    path = glossary / "content/ms/collateral.yaml"
    path.chmod(0o640)
    data = translated(ONE_EACH[0], exported(glossary, ONE_EACH[0], "ms"), "collateral:title", "Lain")
    names = contents(glossary).keys()
    assert taken_in(glossary, ONE_EACH[0], data)[1]
    assert path.stat().st_mode & 0o777 == 0o640
    assert contents(glossary).keys() == names


# --- inline codes ----------------------------------------------------------------------------------------------------

PARTS = ["a", "{owed}", "{", "}", "[", "]", "(", ")", "](x)", "[y](z#w)", "`", "\\", " ", "\n"]
marked = st.lists(st.sampled_from(PARTS)).map("".join)


@settings(max_examples=300)
@given(marked, marked)
def test_pieces_joined_are_the_text(source: str, target: str) -> None:
    for text in (source, target):
        assert "".join(piece.text for piece in pieces(text)) == text
    codes = {piece.id: piece.text for piece in pieces(source) if piece.kind == "alone"}
    found = paired(pieces(source), pieces(target))
    assert "".join(piece.text for piece in found) == target
    alone = [piece for piece in found if piece.kind == "alone"]
    assert len({piece.id for piece in alone}) == len(alone)
    assert all(codes.get(piece.id, piece.text) == piece.text for piece in alone)


def test_a_code_that_stands_more_often_in_the_translation_gets_an_id_of_its_own() -> None:
    found = paired(pieces("{a} [b](c) {d}"), pieces("{d} {a} {d} [x](c) [y](e)"))
    shown = [(piece.id, piece.text) for piece in found if piece.kind in ("alone", "close")]
    assert shown == [("3", "{d}"), ("1", "{a}"), ("4", "{d}"), ("2", "](c)"), ("5", "](e)")]


def test_texts_of_every_unit_survive_the_codes() -> None:
    root = Path(__file__).parents[2]
    for unit in units(root, "tr"):
        assert "".join(piece.text for piece in pieces(unit.target)) == unit.target


def test_a_missing_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "polib", None)
    monkeypatch.setitem(__import__("sys").modules, "lxml", None)
    with pytest.raises(ExchangeError, match=r"deficiency-glossary\[exchange\]"):
        po.read(b"x", "x")
    with pytest.raises(ExchangeError, match="'lxml', which is not installed"):
        files.etree()
