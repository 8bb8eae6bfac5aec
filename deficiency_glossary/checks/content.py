"""All checks of a glossary's content."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deficiency_glossary.checks import entries, parity, structure, terminology, theme
from deficiency_glossary.checks.context import Context
from deficiency_glossary.findings import Finding, in_order
from deficiency_glossary.library.store import Library

Check = Callable[[Context], Iterator[Finding]]

# In the order of the reference page; the output is sorted by place all the same.
CHECKS: tuple[Check, ...] = (
    structure.files,
    structure.names,
    structure.coverage,
    structure.relations,
    structure.aliases,
    structure.subject_fields,
    structure.known_to_cldr,
    structure.messages,
    entries.links,
    entries.markup_in_prose,
    entries.placeholders,
    entries.literal_amounts,
    parity.parts,
    parity.link_targets,
    terminology.deprecated_terms,
    theme.theme,
)


def check(library: Library) -> list[Finding]:
    """Everything wrong in the glossary, by file and place. Never raises for bad content."""
    context = Context(library)
    return in_order(finding for run in CHECKS for finding in run(context))
