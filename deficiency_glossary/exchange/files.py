"""What the readers and writers of all formats share: bytes to text, XML without surprises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deficiency_glossary.exchange.units import ExchangeError, Parcel
from deficiency_glossary.findings import Finding

MAX_BYTES = 50_000_000  # of a file that comes back; fourteen thousand entries of one language are half of it
MAX_DEPTH = 64


def needs(package: str) -> ExchangeError:
    """The error when an optional package is not installed."""
    advice = "pip install 'deficiency-glossary[exchange]'"
    return ExchangeError(f"this format needs the package {package!r}, which is not installed: {advice}")


def broken(path: str, findings: Sequence[Finding]) -> Parcel:
    """The parcel of a file that could not be read."""
    return Parcel(path, "", "", "", (), tuple(findings))


def unreadable(path: str, line: int, message: str, hint: str) -> Finding:
    """The finding on a file, or a part of one, that could not be read."""
    column = 1 if line else 0
    return Finding(path=path, line=line, column=column, code="unreadable-exchange", message=message, hint=hint)


def as_text(data: bytes, path: str) -> tuple[str, list[Finding]]:
    """The bytes as text: UTF-8, with or without a mark, or the UTF-16 that spreadsheets write, with one."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the bytes {data[error.start : error.end].hex(' ')} are not {encoding.removesuffix('-sig').upper()}"
        return "", [unreadable(path, line, message, "save the file as UTF-8")]


def etree() -> Any:
    """The etree module of lxml."""
    try:
        from lxml import etree as module
    except ImportError as error:
        raise needs("lxml") from error
    return module


def parse_xml(data: bytes, path: str) -> tuple[Any, list[Finding]]:
    """The root of an XML document. No entity is resolved, nothing is fetched, no document type is let in."""
    module = etree()
    parser = module.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = module.fromstring(data, parser)
    except (module.XMLSyntaxError, ValueError) as error:
        line = int(getattr(error, "lineno", 0) or 0)
        return None, [unreadable(path, line, f"this is no XML: {error}", "save it again from the tool that wrote it")]
    if root.getroottree().docinfo.doctype:
        message = "the file has a document type declaration, which could hold entities"
        return None, [unreadable(path, 1, message, "delete the line that begins with <!DOCTYPE")]
    return root, []


def xml_bytes(root: Any) -> bytes:
    """An XML document as UTF-8."""
    result: bytes = etree().tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=False)
    return result + b"\n"


def indent(parent: Any, depth: int = 0, stop: Sequence[str] = ()) -> None:
    """Put each element on a line of its own, down to those whose white space is text."""
    children = list(parent)
    if not children or _name(parent) in stop or (parent.text and parent.text.strip()):
        return
    parent.text = "\n" + "  " * (depth + 1)
    for child in children:
        indent(child, depth + 1, stop)
        child.tail = "\n" + "  " * (depth + 1)
    children[-1].tail = "\n" + "  " * depth


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
