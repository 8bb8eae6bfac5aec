"""The arithmetic of examples: as Python's own, in Decimal; whatever cannot be read is a FormulaError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, DecimalException, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deficiency_glossary.library.figures import FormulaError, compute, names_in, problems
from deficiency_glossary.model import ExampleFigures

NAMES = ("a", "b_2", "c")


def example(results: Mapping[str, str], **figures: Decimal | int | str) -> ExampleFigures:
    return ExampleFigures(
        currency="USD", figures={name: Decimal(value) for name, value in figures.items()}, results=dict(results)
    )


spaces = st.sampled_from(["", " ", "  "])
numbers = st.decimals(min_value=0, max_value=10**6, places=2).map(str) | st.integers(0, 999).map(str)
formulas = st.recursive(
    st.sampled_from(NAMES) | numbers,
    lambda inner: st.one_of(
        st.tuples(inner, spaces, st.sampled_from("+-*/"), spaces, inner).map("".join),
        inner.map(lambda part: f"({part})"),
        inner.map(lambda part: f"-({part})"),
        st.sampled_from(NAMES).map(lambda name: f"-{name}"),
    ),
    max_leaves=10,
)
values = st.fixed_dictionaries({name: st.decimals(-(10**6), 10**6, places=2) for name in NAMES})


def by_python(formula: str, figures: Mapping[str, Decimal]) -> Decimal | None:
    code = re.sub(r"(?<![a-z_0-9.])[0-9]+(\.[0-9]+)?", lambda match: f"Decimal('{match[0]}')", formula)
    with localcontext() as context:
        context.prec = 50
        try:
            return Decimal(eval(code.strip(), {"__builtins__": {}, "Decimal": Decimal, **figures}))
        except DecimalException:
            return None


@given(formulas, values)
@settings(max_examples=300)
def test_a_formula_gives_what_python_gives(formula: str, figures: dict[str, Decimal]) -> None:
    wanted = by_python(formula, figures)
    given_example = example({"result": formula}, **figures)
    if wanted is None:
        with pytest.raises(FormulaError, match="cannot be computed"):
            compute(given_example)
        assert [error.result for error in problems(given_example)] == ["result"]
    else:
        assert compute(given_example)["result"] == wanted
        assert list(problems(given_example)) == []


@given(st.text(st.sampled_from("ab_2 0.1+-*/()%家１"), max_size=15) | st.text(max_size=15))
def test_any_text_gives_a_number_or_a_formula_error(formula: str) -> None:
    given_example = example({"result": formula}, a=1, b=0)
    try:
        value = compute(given_example)["result"]
    except FormulaError:
        (problem,) = problems(given_example)
        assert problem.result == "result"
        assert problem.reason
    else:
        assert value.is_finite()


BAD = {
    "": "ends too early",
    " ": "ends too early",
    "a +": "ends too early",
    "(a": "not closed",
    "a)": "left over",
    "a b": "left over",
    "1 2": "left over",
    "* a": "stands where",
    "()": "stands where",
    "a ** 2": "stands where",
    "nothing": "unknown name 'nothing'",
    "a / 0": "DivisionByZero",
    "0 / 0": "cannot be computed",
    "a / (b - b)": "cannot be computed",
    "a % 2": "is no name",
    "a.real": "is no name",
    "__import__": "is no name",
    "１": "is no name",
    "A": "is no name",
    "1e9": "left over",
    ".5": "is no name",
    "(" * 100 + "a" + ")" * 100: "nested too deep",
    "-" * 100 + "a": "nested too deep",
}


@pytest.mark.parametrize(("formula", "reason"), BAD.items(), ids=lambda text: text[:12])
def test_bad_formulas(formula: str, reason: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(reason)) as caught:
        compute(example({"result": formula}, a=1, b=2))
    assert caught.value.result == "result"
    assert isinstance(caught.value, ValueError)


def test_results_are_computed_in_order_and_exactly() -> None:
    given_example = example({"c": "a - b", "d": "c * 0.1", "e": "d + d + d"}, a="0.3", b="0.2")
    assert compute(given_example) == {
        "a": Decimal("0.3"), "b": Decimal("0.2"), "c": Decimal("0.1"), "d": Decimal("0.01"), "e": Decimal("0.03")
    }  # fmt: skip
    with pytest.raises(FormulaError, match="unknown name 'd'"):
        compute(example({"c": "d", "d": "a"}, a=1))
    with pytest.raises(FormulaError, match="unknown name 'c'"):
        compute(example({"c": "c + 1"}, a=1))


def test_changed_figures_take_the_place_of_the_given() -> None:
    given_example = example({"c": "a - b"}, a=5, b=2)
    assert compute(given_example, {"a": Decimal(10)})["c"] == 8
    assert compute(given_example)["c"] == 3


def test_a_result_cannot_take_the_name_of_a_figure() -> None:
    with pytest.raises(FormulaError, match="name of a figure"):
        compute(example({"a": "b"}, a=1, b=2))


def test_all_problems_are_told_and_none_twice() -> None:
    """What only uses a broken result is not broken itself."""
    given_example = example({"x": "nope", "y": "x / 2", "z": "y + 1", "u": "b / 0", "v": "!", "w": "a + b"}, a=1, b=2)
    assert [error.result for error in problems(given_example)] == ["x", "u", "v"]


def test_the_caller_s_decimal_context_does_not_matter() -> None:
    with localcontext() as context:
        context.prec = 2
        assert compute(example({"c": "a - b"}, a="250000.55", b="0.01"))["c"] == Decimal("250000.54")


def test_names_in() -> None:
    assert names_in("a + (b_2 * 3) - a") == ("a", "b_2", "a")
