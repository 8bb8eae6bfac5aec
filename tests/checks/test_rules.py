"""The table of rules: each rule's own examples, and that the table is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small import findings_of, with_line, with_text

from deficiency_glossary.checks.rule import Example, Rule
from deficiency_glossary.checks.table import BY_CODE, GROUPS, RULES, rules_in

# What no line of text can show: these have tests of their own in test_broken.py, tests/broken and test_upkeep.py.
SHOWN_ELSEWHERE = {
    "unreadable",
    "too-large",
    "not-a-file",
    "id-collision",
    "missing-plural-form",
    "message-placeholder",
    "stale",
    "mixed-terms",
}
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.code}-{'pass' if one.passes else 'fail'}" for rule, one in EXAMPLES]
)
def test_examples_of_the_rules(rule: Rule, example: Example, tmp_path: Path) -> None:
    if "/" in example.place or example.place.endswith(".yaml"):
        root = with_line(tmp_path, example.place, example.text)
    else:
        locale, _, field = example.place.partition(" ")
        root = with_text(tmp_path, locale, field or "definition", example.text, example.source)
    found = [finding for finding in findings_of(root, [rule.code] if rule.asked else []) if finding.code == rule.code]
    if rule.asked:  # others of the small glossary would be found too
        found = [finding for finding in found if finding.path == example.place]
    assert bool(found) != example.passes, found
    for finding in found:
        assert finding.message
        assert finding.hint


def test_every_rule_has_examples_of_both_kinds() -> None:
    without = {rule.code for rule in RULES if {one.passes for one in rule.examples} != {True, False}}
    assert without == SHOWN_ELSEWHERE


def test_every_rule_says_what_is_wrong_and_what_to_do() -> None:
    assert len(BY_CODE) == len(RULES), "two rules have one code"
    for rule in RULES:
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule.code)
        assert rule.meaning.endswith((".", "。")), rule.code
        assert rule.remedy.endswith((".", "!")), rule.code
        assert "|" not in rule.meaning + rule.remedy, rule.code


def test_every_module_of_rules_is_in_the_table() -> None:
    folder = Path(__file__).parents[2] / "deficiency_glossary" / "checks" / "rules"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert modules == {module.__name__.rpartition(".")[2] for _, module in GROUPS}
    assert all(rules_in(module) for _, module in GROUPS)
