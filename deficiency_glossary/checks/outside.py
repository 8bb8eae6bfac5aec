"""What hosts outside answered, as findings at the places that name their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from deficiency_glossary.checks import listings, reading
from deficiency_glossary.checks.answers import Verdict
from deficiency_glossary.checks.built import Checked
from deficiency_glossary.checks.html import place
from deficiency_glossary.checks.uses import Use
from deficiency_glossary.checks.verdicts import link_finding
from deficiency_glossary.checks.xml import Attribute
from deficiency_glossary.findings import Finding, in_order


def findings(folder: Path, checked: Checked, verdicts: Mapping[str, Verdict]) -> list[Finding]:
    """A finding for each place of each address that has a verdict to speak of."""
    told: dict[str, set[str]] = {}
    for address, files in checked.outside.items():
        if verdicts[address].code:
            for file in files:
                told.setdefault(file, set()).add(address)
    return in_order(
        link_finding(
            path, verdicts[address].code, f"{where.value!r} {verdicts[address].message}", where.value,
            line=where.line, column=where.column,
        )
        for path, wanted in told.items()
        for address, where in _places(folder, path, checked)
        if address in wanted
    )  # fmt: skip


def _places(folder: Path, path: str, checked: Checked) -> Iterator[tuple[str, Attribute]]:
    """(address outside, where it stands) of everything in a file that leads outside."""
    if not path.endswith(reading.READ):
        for where in listings.in_feed((folder / path).read_bytes()):
            target = checked.addresses.target(path, "", where.value)
            yield reading.outside_address(target, "link"), where
        return
    text, page = reading.load(folder, path)
    alternates = [Use(one.written, one.offset, "head") for one in page.alternates]
    for use in (*page.uses, *page.canonicals, *alternates):
        target = checked.addresses.target(path, page.base, use.written)
        if target.kind == "outside" and use.role not in reading.UNASKED:
            yield reading.outside_address(target, use.role), Attribute(use.written, *place(text, use.offset))
