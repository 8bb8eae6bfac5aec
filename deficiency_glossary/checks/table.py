"""The table of rules, in the order of what they are worth to a reader."""

from __future__ import annotations

from types import ModuleType

from deficiency_glossary.checks.rule import Rule
from deficiency_glossary.checks.rules import (
    characters,
    concepts,
    files,
    ignoring,
    numbers,
    placeholders,
    punctuation,
    references,
    structure,
    terminology,
    upkeep,
    wording,
)

GROUPS: tuple[tuple[str, ModuleType], ...] = (
    ("A file alone", files),
    ("The files together", structure),
    ("Concepts, examples and sources", concepts),
    ("Placeholders, amounts and parts", placeholders),
    ("Links", references),
    ("Characters", characters),
    ("Numbers", numbers),
    ("Terms", terminology),
    ("Wording", wording),
    ("Marks and spaces", punctuation),
    ("Upkeep", upkeep),
    ("Ignores", ignoring),
)


def rules_in(module: ModuleType) -> tuple[Rule, ...]:
    """The rules of a module, in its order."""
    return tuple(value for value in vars(module).values() if isinstance(value, Rule))


RULES: tuple[Rule, ...] = tuple(rule for _, module in GROUPS for rule in rules_in(module))
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
