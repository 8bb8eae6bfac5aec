"""Our format_currency beside Babel's, one call, everything cached."""

from __future__ import annotations

import timeit
from decimal import Decimal
from functools import partial
from statistics import median

from babel.numbers import format_currency as babel_format_currency

from benchmarks import table
from deficiency_glossary import format_currency

AMOUNTS = (Decimal(250000), Decimal("1234.5"), Decimal("-0.05"))
CASES = (("en", "en", "USD"), ("ms", "ms", "MYR"), ("tr", "tr", "TRY"), ("ja", "ja", "JPY"), ("nb", "nb", "NOK"))
_CALLS = 2000


def table_of(repeats: int) -> None:
    """Print microseconds a call and how many times faster ours is; the rounds of both alternate."""
    rows = []
    for tag, babel_id, currency in CASES:
        ours = partial(_all, format_currency, currency, tag)
        theirs = partial(_all, babel_format_currency, currency, babel_id)
        rounds = [(timeit.timeit(ours, number=_CALLS), timeit.timeit(theirs, number=_CALLS)) for _ in range(repeats)]
        own, other = (median(column) / _CALLS / len(AMOUNTS) * 1e6 for column in zip(*rounds, strict=True))
        rows.append((f"{tag} {currency}", f"{own:.1f}", f"{other:.1f}", f"{other / own:.1f}"))
    heads = ("locale and currency", "ours µs", "Babel µs", "times as fast")
    table.show(f"format_currency, one call (medians of {repeats})", heads, rows)


def _all(function: object, currency: str, locale: str) -> None:
    assert callable(function)
    for amount in AMOUNTS:
        function(amount, currency, locale)
