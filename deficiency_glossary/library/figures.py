"""The arithmetic of worked examples: results computed from figures, exactly, in Decimal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Context, Decimal, DecimalException
from functools import lru_cache
from typing import NamedTuple

from deficiency_glossary.errors import GlossaryError
from deficiency_glossary.model import ExampleFigures

_TOKEN = re.compile(r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>[-+*/()]))")
_MAX_DEPTH = 20
_EXACT = Context(prec=50)  # whatever the program that we are part of has set


class FormulaError(GlossaryError, ValueError):
    """A formula that cannot be read or computed. `result` names it."""

    def __init__(self, result: str, reason: str) -> None:
        self.result = result
        self.reason = reason
        super().__init__(f"{result}: {reason}")

    def __reduce__(self) -> tuple[type[FormulaError], tuple[str, str]]:
        return type(self), (self.result, self.reason)


class Token(NamedTuple):
    """A piece of a formula: kind is number, name or sign."""

    kind: str
    text: str


def compute(example: ExampleFigures, changed: Mapping[str, Decimal] | None = None) -> dict[str, Decimal]:
    """All numbers of the example: the figures, with the changed ones in their place, then the results in order.

    A result may use figures and the results before it. Raises FormulaError.
    """
    values = {**example.figures, **(changed or {})}
    for name, formula in example.results.items():
        values[name] = _result(example, name, formula, values)
    return values


def problems(example: ExampleFigures) -> Iterator[FormulaError]:
    """Every result that cannot be computed, save those that only use one which cannot."""
    values = dict(example.figures)
    broken: set[str] = set()
    for name, formula in example.results.items():
        try:
            if broken.isdisjoint(names_in(formula)):
                values[name] = _result(example, name, formula, values)
            else:
                broken.add(name)
        except FormulaError as error:
            broken.add(name)
            yield FormulaError(name, error.reason)


def _result(example: ExampleFigures, name: str, formula: str, values: Mapping[str, Decimal]) -> Decimal:
    if name in example.figures:
        raise FormulaError(name, "is the name of a figure too")
    return _evaluate(name, formula, values)


def names_in(formula: str) -> tuple[str, ...]:
    """The figure names that a formula uses."""
    return tuple(token.text for token in _tokens("formula", formula) if token.kind == "name")


def _evaluate(result: str, formula: str, values: Mapping[str, Decimal]) -> Decimal:
    parser = _Parser(result, list(_tokens(result, formula)), values)
    try:
        value = parser.sum(0)
    except DecimalException as error:
        raise FormulaError(result, f"cannot be computed: {type(error).__name__} in {formula!r}") from error
    if parser.tokens:
        raise FormulaError(result, f"{parser.tokens[0].text!r} is left over in {formula!r}")
    return value


@lru_cache(maxsize=1024)
def _tokens(result: str, formula: str) -> tuple[Token, ...]:
    tokens: list[Token] = []
    at = 0
    stripped = formula.rstrip()
    while at < len(stripped):
        match = _TOKEN.match(stripped, at)
        if match is None or match.lastgroup is None:
            raise FormulaError(
                result, f"{stripped[at:].lstrip()[:20]!r} in {formula!r} is no name, number, + - * / or parenthesis"
            )
        tokens.append(Token(match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tuple(tokens)


class _Parser:
    """sum := product (('+'|'-') product)*; product := atom (('*'|'/') atom)*; atom := number | name | -atom | (sum)."""

    def __init__(self, result: str, tokens: list[Token], values: Mapping[str, Decimal]) -> None:
        self.result = result
        self.tokens = tokens
        self.values = values

    def sum(self, depth: int) -> Decimal:
        return self._chain("+-", self.product, depth)

    def product(self, depth: int) -> Decimal:
        return self._chain("*/", self.atom, depth)

    def _chain(self, signs: str, part: Callable[[int], Decimal], depth: int) -> Decimal:
        value = part(depth)
        while self.tokens and self.tokens[0].text in signs:
            sign = self.tokens.pop(0).text
            value = _OPERATIONS[sign](value, part(depth))
        return value

    def atom(self, depth: int) -> Decimal:
        if not self.tokens:
            raise FormulaError(self.result, "the formula ends too early")
        if depth > _MAX_DEPTH:
            raise FormulaError(self.result, "nested too deep")
        token = self.tokens.pop(0)
        if token.kind == "number":
            return Decimal(token.text)
        if token.kind == "name":
            if token.text not in self.values:
                raise FormulaError(
                    self.result, f"uses the unknown name {token.text!r}; known here: {', '.join(self.values)}"
                )
            return self.values[token.text]
        if token.text == "-":
            return _EXACT.minus(self.atom(depth + 1))
        if token.text != "(":
            raise FormulaError(self.result, f"{token.text!r} stands where a name or number is expected")
        value = self.sum(depth + 1)
        if not self.tokens or self.tokens.pop(0).text != ")":
            raise FormulaError(self.result, "a parenthesis is not closed")
        return value


_OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
    "/": _EXACT.divide,
}
