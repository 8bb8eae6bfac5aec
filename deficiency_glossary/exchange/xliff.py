"""XLIFF 2.1 and 1.2 (OASIS): a `file` for each concept; placeholders and link targets are inline codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deficiency_glossary.exchange.files import broken, etree, indent, parse_xml, unreadable, xml_bytes
from deficiency_glossary.exchange.inline import Piece, paired, pieces
from deficiency_glossary.exchange.units import (
    TERM_PLACEHOLDERS,
    TOOL,
    VERSION,
    Batch,
    Incoming,
    Parcel,
    Unit,
    path_of,
    tidy,
)
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.status import State

NS2 = "urn:oasis:names:tc:xliff:document:2.0"
MDA = "urn:oasis:names:tc:xliff:metadata:2.0"
SLR = "urn:oasis:names:tc:xliff:sizerestriction:2.0"
NS1 = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HINT = "save it again from the tool that wrote it"

# What the tool is to do with a unit, and what of it is our own.
_STATES2: dict[State, tuple[str, str]] = {
    "missing": ("initial", ""),
    "stale": ("initial", "dg:stale"),
    "draft": ("translated", "dg:draft"),
    "translated": ("translated", ""),
    "reviewed": ("reviewed", ""),
}
_STATES1: dict[State, str] = {
    "missing": "new",
    "stale": "needs-translation",
    "draft": "needs-review-translation",
    "translated": "translated",
    "reviewed": "signed-off",
}
_UNFINISHED1 = frozenset({"new", "needs-translation", "needs-l10n", "needs-adaptation"})


def read(data: bytes, path: str) -> Parcel:
    """The units of an XLIFF file that came back, of either version."""
    root, findings = parse_xml(data, path)
    if findings:
        return broken(path, findings)
    if root.tag == f"{{{NS2}}}xliff":
        return _read2(root, path)
    if root.tag == f"{{{NS1}}}xliff":
        return _read1(root, path)
    message = f"the file is no XLIFF 2.0, 2.1 or 1.2: its root is {root.tag!r}"
    return broken(path, [unreadable(path, int(root.sourceline or 0), message, _HINT)])


# --- 2.1 -------------------------------------------------------------------------------------------------------------


def write2(batch: Batch) -> bytes:
    """The batch as XLIFF 2.1, with the modules for metadata and length."""
    module = etree()
    names = {None: NS2, "mda": MDA, "slr": SLR}
    root = module.Element(f"{{{NS2}}}xliff", nsmap=names, version="2.1", srcLang=batch.source_tag, trgLang=batch.tag)
    for concept, units in batch.by_concept().items():
        file = module.SubElement(root, f"{{{NS2}}}file", id=concept, original=path_of(units[0], batch.locale))
        file.set("canResegment", "no")
        module.SubElement(file, f"{{{SLR}}}profiles", generalProfile="xliff:codepoints")
        _metadata(file, "version", VERSION)
        for unit in units:
            _unit2(file, unit)
    indent(root, stop=("source", "target", "data", "note", "meta"))
    return xml_bytes(root)


def _metadata(parent: Any, kind: str, value: str) -> None:
    module = etree()
    group = module.SubElement(module.SubElement(parent, f"{{{MDA}}}metadata"), f"{{{MDA}}}metaGroup", category=TOOL)
    module.SubElement(group, f"{{{MDA}}}meta", type=kind).text = value


def _unit2(file: Any, unit: Unit) -> None:
    module = etree()
    element = module.SubElement(file, f"{{{NS2}}}unit", id=unit.id.replace("/", "."), name=unit.id)
    element.set(_SPACE, "preserve")
    element.set(f"{{{SLR}}}sizeRestriction", str(unit.max_length))
    _metadata(element, "base", unit.base)
    notes = module.SubElement(element, f"{{{NS2}}}notes")
    for number, note in enumerate(unit.notes, 1):
        module.SubElement(notes, f"{{{NS2}}}note", id=f"n{number}", appliesTo="source").text = note
    source = pieces(unit.source)
    target = paired(source, pieces(unit.target))
    codes = dict.fromkeys(piece.text for piece in (*source, *target) if piece.id)
    data = {code: f"d{number}" for number, code in enumerate(codes, 1)}
    if data:
        original = module.SubElement(element, f"{{{NS2}}}originalData")
        for code, name in data.items():
            module.SubElement(original, f"{{{NS2}}}data", id=name).text = code
    state, own = _STATES2[unit.state]
    segment = module.SubElement(element, f"{{{NS2}}}segment", state=state)
    if own:
        segment.set("subState", own)
    _fill2(module.SubElement(segment, f"{{{NS2}}}source"), source, data)
    if unit.target:
        _fill2(module.SubElement(segment, f"{{{NS2}}}target"), target, data)


def _fill2(parent: Any, found: list[Piece], data: dict[str, str]) -> None:
    module = etree()
    inside = parent
    ends = {piece.id: piece.text for piece in found if piece.kind == "close"}
    for piece in found:
        if piece.kind == "text":
            _append(inside, piece.text)
        elif piece.kind == "close":
            inside = parent
        elif piece.kind == "open":
            end = ends[piece.id]
            inside = module.SubElement(parent, f"{{{NS2}}}pc", id=piece.id, type="link")
            for name, code in (("Start", piece.text), ("End", end)):
                inside.set(f"dataRef{name}", data[code])
                inside.set(f"equiv{name}", code)
        else:
            code = module.SubElement(inside, f"{{{NS2}}}ph", id=piece.id, dataRef=data[piece.text], equiv=piece.text)
            code.set("disp", piece.text)
            if piece.text.strip("{}") not in TERM_PLACEHOLDERS:
                code.set("canDelete", "no")


def _append(element: Any, text: str) -> None:
    """Text at the end of an element that may have children."""
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _read2(root: Any, path: str) -> Parcel:
    items: list[Incoming] = []
    findings: list[Finding] = []
    version = ""
    for file in root.iter(f"{{{NS2}}}file"):
        version = version or _meta(file, "version")
        items += [_incoming2(unit, path, findings) for unit in file.iter(f"{{{NS2}}}unit")]
    return Parcel(path, root.get("srcLang", ""), root.get("trgLang", ""), version, tuple(items), tuple(findings))


def _meta(element: Any, kind: str) -> str:
    found = element.find(f"{{{MDA}}}metadata/{{{MDA}}}metaGroup/{{{MDA}}}meta[@type='{kind}']")
    return "" if found is None else (found.text or "").strip()


def _incoming2(unit: Any, path: str, findings: list[Finding]) -> Incoming:
    """A unit; what a tool has cut in segments is joined again."""
    data = {one.get("id"): "".join(one.itertext()) for one in unit.iter(f"{{{NS2}}}data")}

    def code(element: Any, end: str = "") -> str | None:
        return data.get(element.get(f"dataRef{end}")) or element.get(f"equiv{end}")

    parts = [one for one in unit if one.tag in (f"{{{NS2}}}segment", f"{{{NS2}}}ignorable")]
    texts: dict[str, str] = {}
    for side in ("source", "target"):
        found = [one.find(f"{{{NS2}}}{side}") for one in parts]
        if side == "target" and all(one is None for one in found):
            continue
        # What stands between segments need not be translated: it is the same in both.
        chosen = [
            one.find(f"{{{NS2}}}source") if own is None and one.tag.endswith("}ignorable") else own
            for one, own in zip(parts, found, strict=True)
        ]
        texts[side] = "".join(_text2(one, code, path, findings) for one in chosen if one is not None)
    segments = [one for one in parts if one.tag.endswith("}segment")]
    partly = any(one.find(f"{{{NS2}}}target") is None for one in segments)
    return Incoming(
        unit.get("id", "").replace(".", "/"),
        tidy(texts.get("source", "")),
        tidy(texts.get("target", "")),
        int(unit.sourceline or 0),
        base=_meta(unit, "base"),
        unfinished=partly or any(one.get("state") == "initial" for one in segments),
    )


def _text2(element: Any, code: Callable[..., str | None], path: str, findings: list[Finding]) -> str:
    """The text of a source or target, its codes written out."""
    out = [element.text or ""]

    def written(child: Any, end: str = "") -> str:
        text = code(child, end)
        if text is None:
            findings.append(unreadable(path, int(child.sourceline or 0), "a code has lost what it stands for", _HINT))
        return text or ""

    for child in element:
        name = str(child.tag).rpartition("}")[2]
        inner = _text2(child, code, path, findings) if name in ("pc", "mrk") else ""
        if name == "pc":
            out += written(child, "Start"), inner, written(child, "End")
        elif name in ("ph", "sc", "ec"):
            out.append(written(child))
        elif name == "cp":
            out.append(_code_point(child.get("hex", "")))
        else:
            out.append(inner)
        out.append(child.tail or "")
    return "".join(out)


def _code_point(digits: str) -> str:
    """A character that XML cannot hold; our files cannot either, so the change will be refused with its place."""
    try:
        return chr(int(digits, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


# --- 1.2 -------------------------------------------------------------------------------------------------------------


def write1(batch: Batch) -> bytes:
    """The batch as XLIFF 1.2 (transitional)."""
    module = etree()
    root = module.Element(f"{{{NS1}}}xliff", nsmap={None: NS1}, version="1.2")
    for units in batch.by_concept().values():
        file = module.SubElement(root, f"{{{NS1}}}file", original=path_of(units[0], batch.locale), datatype="plaintext")
        file.set("source-language", batch.source_tag)
        file.set("target-language", batch.tag)
        tool = module.SubElement(module.SubElement(file, f"{{{NS1}}}header"), f"{{{NS1}}}tool")
        for name, value in (("id", TOOL), ("name", TOOL), ("version", VERSION)):
            tool.set(f"tool-{name}", value)
        body = module.SubElement(file, f"{{{NS1}}}body")
        for unit in units:
            _unit1(body, unit)
    indent(root, stop=("source", "target", "note"))
    return xml_bytes(root)


def _unit1(body: Any, unit: Unit) -> None:
    module = etree()
    element = module.SubElement(
        body, f"{{{NS1}}}trans-unit", id=unit.id, resname=unit.id, maxwidth=str(unit.max_length)
    )
    element.set("size-unit", "char")
    element.set("extradata", f"base:{unit.base}")
    element.set("approved", "yes" if unit.state == "reviewed" else "no")
    element.set(_SPACE, "preserve")
    source = pieces(unit.source)
    _fill1(module.SubElement(element, f"{{{NS1}}}source"), source)
    if unit.target:
        target = module.SubElement(element, f"{{{NS1}}}target", state=_STATES1[unit.state])
        if unit.state == "draft":
            target.set("state-qualifier", "mt-suggestion")
        _fill1(target, paired(source, pieces(unit.target)))
    for note in unit.notes:
        module.SubElement(element, f"{{{NS1}}}note", {"from": "developer", "annotates": "source"}).text = note


_TAGS1 = {"alone": "ph", "open": "bpt", "close": "ept"}


def _fill1(parent: Any, found: list[Piece]) -> None:
    for piece in found:
        if piece.kind == "text":
            _append(parent, piece.text)
        else:
            code = etree().SubElement(parent, f"{{{NS1}}}{_TAGS1[piece.kind]}", id=piece.id)
            code.text = piece.text
            if piece.kind == "open":
                code.set("ctype", "link")


def _read1(root: Any, path: str) -> Parcel:
    items: list[Incoming] = []
    findings: list[Finding] = []
    source_tag = tag = version = ""
    for file in root.iter(f"{{{NS1}}}file"):
        source_tag = source_tag or file.get("source-language", "")
        tag = tag or file.get("target-language", "")
        tool = file.find(f"{{{NS1}}}header/{{{NS1}}}tool[@tool-id='{TOOL}']")
        version = version or ("" if tool is None else tool.get("tool-version", ""))
        for unit in file.iter(f"{{{NS1}}}trans-unit"):
            target = unit.find(f"{{{NS1}}}target")
            items.append(
                Incoming(
                    unit.get("id", ""),
                    tidy(_text1(unit.find(f"{{{NS1}}}source"), path, findings)),
                    tidy(_text1(target, path, findings)),
                    int(unit.sourceline or 0),
                    base=unit.get("extradata", "").removeprefix("base:"),
                    unfinished=target is not None and target.get("state") in _UNFINISHED1,
                )
            )
    return Parcel(path, source_tag, tag, version, tuple(items), tuple(findings))


def _text1(element: Any, path: str, findings: list[Finding]) -> str:
    """The text of a source or target: here codes hold what they stand for."""
    if element is None:
        return ""
    out = [element.text or ""]
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        if name in ("x", "bx", "ex"):
            if child.get("equiv-text") is None:
                findings.append(unreadable(path, int(child.sourceline or 0), "a code has lost its text", _HINT))
            out.append(child.get("equiv-text", ""))
        else:
            out.append(_text1(child, path, findings))
        out.append(child.tail or "")
    return "".join(out)
