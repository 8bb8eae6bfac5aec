"""Errors travel between processes whole, and say what to do."""

from __future__ import annotations

import importlib
import pickle
import pkgutil

import pytest

import deficiency_glossary
from deficiency_glossary.errors import (
    BuildRefused,
    GlossaryError,
    InvalidAmount,
    InvalidContent,
    InvalidTheme,
    MissingEntry,
    NotAGlossary,
    ToolMissing,
    UnknownConcept,
    UnknownCurrency,
    UnknownFigure,
    UnknownLocale,
    WorkersFailed,
)
from deficiency_glossary.exchange.units import ExchangeError
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.edit import EditRefused
from deficiency_glossary.library.figures import FormulaError
from deficiency_glossary.library.scaffold import NotMade
from deficiency_glossary.library.status import BadLedger
from deficiency_glossary.preview.watch import NoWatcher

KNOWN = ("collateral", "collaterals", "coral", "x")
ERRORS: list[GlossaryError] = [
    GlossaryError("x"),
    UnknownConcept("colateral", KNOWN),
    UnknownConcept("none at all", KNOWN),
    UnknownLocale("jp", ("ja", "ko")),
    UnknownCurrency("USX", ("USD", "USN")),
    UnknownFigure("owd", ("owed",)),
    MissingEntry("loan", "ja"),
    InvalidAmount("x"),
    NotAGlossary("x"),
    BuildRefused("x"),
    ToolMissing("x"),
    WorkersFailed("x"),
    InvalidContent([Finding(path=f"{n}.yaml", code="x", message="x", hint="x") for n in range(30)]),
    InvalidTheme([Finding(path="theme/style.html", code="x", message="x", hint="x")]),
    FormulaError("rest", "is bad"),
    BadLedger("x"),
    NoWatcher("x"),
    NotMade("x"),
    EditRefused("x"),
    ExchangeError("x"),
]


def subclasses(kind: type[GlossaryError]) -> set[type[GlossaryError]]:
    return {kind}.union(*(subclasses(below) for below in kind.__subclasses__()))


def test_every_error_of_the_package_is_here() -> None:
    for module in pkgutil.walk_packages(deficiency_glossary.__path__, "deficiency_glossary."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    named = {kind for kind in subclasses(GlossaryError) if not kind.__name__.startswith("_")}
    assert named == {type(error) for error in ERRORS}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_errors_travel(error: GlossaryError, protocol: int) -> None:
    copy = pickle.loads(pickle.dumps(error, protocol))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


def test_they_are_also_python_s_own_kinds() -> None:
    assert all(issubclass(kind, LookupError) for kind in (UnknownConcept, UnknownLocale, UnknownFigure, MissingEntry))
    assert all(issubclass(kind, ValueError) for kind in (UnknownCurrency, InvalidAmount, FormulaError))


def test_suggestions_are_near_and_in_order() -> None:
    assert UnknownConcept("colateral", KNOWN).suggestions == ("collateral", "collaterals", "coral")
    assert str(UnknownFigure("owd", ["owed"])) == "unknown figure 'owd'; did you mean 'owed'?"
    assert str(UnknownLocale("xx", ["ja"])) == "unknown locale 'xx'"


def test_many_findings_are_told_in_short() -> None:
    error = next(error for error in ERRORS if isinstance(error, InvalidContent))
    assert len(error.findings) == 30
    assert "30 problem(s)" in str(error)
    assert "and 10 more" in str(error)
