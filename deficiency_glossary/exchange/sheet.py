"""CSV for spreadsheets: one row a unit.

A cell that a spreadsheet would compute or turn into a date gets an apostrophe before it, which import takes off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from deficiency_glossary.exchange.files import as_text, broken, unreadable
from deficiency_glossary.exchange.units import TOOL, VERSION, Batch, ExchangeError, Incoming, Parcel, tidy

COLUMNS = ("id", "source", "target", "state", "developer_comments", "base", "version")
_NEEDED = ("id", "source", "target")
MAX_CELL = 32_767  # what a cell of Excel holds

# What a spreadsheet takes for a formula, full-width signs included, and what it takes for a number, a date or a truth.
_ACTS = r"[=+\-@\t\r\n|%＝＋－＠]|\d[\d.,:/ \-]*\Z|(?i:TRUE|FALSE)\Z"
_GUARD = re.compile(rf"'*(?:{_ACTS})")
_GUARDED = re.compile(rf"'+(?:{_ACTS})")


def guard(text: str) -> str:
    """The text as a cell that is only text."""
    return f"'{text}" if _GUARD.match(text) else text


def unguard(cell: str) -> str:
    """The text of a cell: `unguard(guard(text))` is the text."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write(batch: Batch, *, mark: bool = True) -> bytes:
    """The batch as CSV. The byte order mark tells Excel that it is UTF-8."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)
    rows.writerow(COLUMNS)
    version = f"{TOOL} {VERSION} {batch.source_tag} {batch.tag}"
    for unit in batch.units:
        cells = [unit.id, unit.source, unit.target, unit.state, "\n".join(unit.notes), unit.base, version]
        cells = [guard(cell) for cell in cells]
        if any(len(cell) > MAX_CELL for cell in cells):
            raise ExchangeError(f"{unit.id} is longer than a cell of a spreadsheet holds; export xliff or po instead")
        rows.writerow(cells)
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8")


def read(data: bytes, path: str) -> Parcel:
    """The units of a CSV file that came back, with the separator that the spreadsheet chose."""
    text, findings = as_text(data, path)
    if findings:
        return broken(path, findings)
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    rows = _rows(text, delimiter)
    try:
        names = [name.strip().lower() for name in next(rows)[1]]
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            message = f"the first row has no column {', '.join(map(repr, missing))}"
            return broken(path, [unreadable(path, 1, message, f"the columns are {', '.join(COLUMNS)}")])
        items, version = _items(rows, names)
    except (csv.Error, StopIteration) as error:
        hint = "save it again as CSV from the spreadsheet"
        return broken(path, [unreadable(path, 0, f"this is no CSV: {str(error) or 'the file is empty'}", hint)])
    _, number, source, tag = [*version.split(" "), "", "", "", ""][:4]
    return Parcel(path, source, tag, number, items)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that has any."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    for cells in reader:
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _items(rows: Iterator[tuple[int, list[str]]], names: list[str]) -> tuple[tuple[Incoming, ...], str]:
    items: list[Incoming] = []
    version = ""
    for line, cells in rows:
        row = dict(zip(names, map(unguard, cells), strict=False))
        version = version or row.get("version", "")
        values = (row.get("id", "").strip(), tidy(row.get("source", "")), tidy(row.get("target", "")))
        items.append(Incoming(*values, line, base=row.get("base", "")))
    return tuple(items), version
