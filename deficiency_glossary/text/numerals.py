"""Numbers as they stand in prose: 1,234.5 million, 1.234,5 milyon, 12億3,450万 are one value.

Only digits are read; number words (three, üç, 셋) are not. A number with a unit (million, 만) has two values, since in
some places the word after it is no unit: 152조 is Article 152 in a Korean law and 152 trillion in its budget.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from deficiency_glossary.errors import UnknownLocale
from deficiency_glossary.text.formats import format_number, format_percent

_SPACES = " \u00a0\u202f\u2009"
# Digits, separators and the percent sign of full width, one for one.
_NARROW: Final = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_JOINTS: Final = frozenset({"", " ", "\u00a0"})
_DIGITS: Final = "0123456789０１２３４５６７８９"
_JAPANESE: Final = {"千": 3, "百万": 6, "千万": 7, "万": 4, "億": 8, "兆": 12, "百": 2}
_UNITS: Final[dict[str, dict[str, int]]] = {
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    "ms": {"ribu": 3, "juta": 6, "bilion": 9, "trilion": 12},
    "tr": {"bin": 3, "milyon": 6, "milyar": 9, "trilyon": 12},
    "no": {"tusen": 3, "million": 6, "millioner": 6, "milliard": 9, "milliarder": 9, "billion": 12, "billioner": 12},
    "ja": _JAPANESE,
    "ko": {"천": 3, "백만": 6, "천만": 7, "만": 4, "억": 8, "조": 12, "백": 2},
}
_UNITS["nb"] = _UNITS["no"]


class Number(NamedTuple):
    """A number at [start, end) of a text, with the values that it may have."""

    start: int
    end: int
    text: str
    values: frozenset[Decimal]


class _Grammar(NamedTuple):
    token: re.Pattern[str]
    whole: re.Pattern[str]
    decimal: str
    units: dict[str, int]
    joins: bool  # 12億3,450万: several numbers make one


def has_digits(text: str) -> bool:
    """Whether there is anything to read. To look for each by itself is ten times quicker than a pattern."""
    return any(digit in text for digit in _DIGITS)


def numbers(text: str, tag: str) -> list[Number]:
    """The numbers in a text of the language, in order. `12億3,450万` is one."""
    grammar = _grammar(tag)
    found: list[Number] = []
    unit_before = 0
    for match in grammar.token.finditer(text.translate(_NARROW)):
        digits, unit = match[1], grammar.units.get(match[2] or "", 0)
        value = _value(digits, grammar)
        if value is None:  # 2.5.2021, or separators of another language: the parts
            found += _parts(match.start(1), digits)
        elif unit < unit_before and text[found[-1].end : match.start()] in _JOINTS:
            start = found[-1].start
            total = max(found.pop().values) + value.scaleb(unit)
            found.append(Number(start, match.end(), text[start : match.end()], frozenset({total})))
        else:
            shown = text[match.start() : match.end()]
            found.append(Number(match.start(), match.end(), shown, frozenset({value, value.scaleb(unit)})))
        unit_before = unit if value is not None and grammar.joins else 0
    return found


def _value(digits: str, grammar: _Grammar) -> Decimal | None:
    if not grammar.whole.fullmatch(digits):
        return None
    whole, point, fraction = digits.partition(grammar.decimal)
    plain = re.sub(r"[^0-9]", "", whole)
    return Decimal(f"{plain}.{fraction}" if point else plain)


def _parts(start: int, digits: str) -> list[Number]:
    return [
        Number(start + part.start(), start + part.end(), part[0], frozenset({Decimal(part[0])}))
        for part in re.finditer(r"[0-9]+", digits)
    ]


def percent_form(tag: str) -> tuple[bool, bool]:
    """Whether the language writes the percent sign before the number, and whether with a space (CLDR)."""
    try:
        shown = format_percent("0.12", tag)
    except UnknownLocale:
        return False, False
    return shown.startswith("%"), any(space in shown for space in _SPACES)


@lru_cache(maxsize=64)
def _grammar(tag: str) -> _Grammar:
    try:
        shown = format_number("12345678.5", tag)
    except UnknownLocale:
        shown = "12,345,678.5"
    decimal = re.escape(shown[-2])
    group = next((sign for sign in shown if not sign.isdigit()), ",")
    size = "{2,3}" if shown.startswith("1" + group) else "{3}"  # 1,23,45,678 in India
    gap = f"[{_SPACES}]" if group in _SPACES else "[’']" if group in "’'" else re.escape(group)
    grouped = rf"[0-9]{{1,3}}(?:{gap}[0-9]{size})+"
    token = r"[0-9]+(?:[.,'’][0-9]+)*"  # noqa: S105
    if group in _SPACES:
        token = rf"{grouped}(?:{decimal}[0-9]+)?(?![0-9])|{token}"
    language = tag.split("-")[0]
    units = _UNITS.get(language, {})
    names = "|".join(sorted(units, key=len, reverse=True)) or "(?!)"
    joins = language in ("ja", "ko")
    unit = rf"[{_SPACES}]?({names})" if joins else rf"[{_SPACES}]({names})\b"
    return _Grammar(
        re.compile(rf"(?<![0-9])({token})(?:{unit})?"),
        re.compile(rf"(?:{grouped}|[0-9]+)(?:{decimal}[0-9]+)?"),
        shown[-2],
        units,
        joins,
    )
