"""The chart of a worked example: a bar for each amount of money, in an SVG that is as wide as its place.

Widths are shares of the chart, text has its own size: nothing is scaled, so small screens show the same letters. Labels
are broken into lines for the narrowest chart. `assets/calculator.js` draws other figures by the same rule (`bars`);
a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import Final, NamedTuple

from markupsafe import Markup, escape

from deficiency_glossary.model import ExampleFigures
from deficiency_glossary.render.views import Row

# Pixels. A page of 320 leaves 233 to a chart.
NARROWEST: Final = 224
_LETTER: Final = 14
_LINE: Final = 19
_BAR: Final = 10
_GAP: Final = 14
# Estimates of letters in em, on the wide side.
_BOLDER: Final = 1.1
_WIDE, _CAPITAL, _NARROW, _OTHER = 1.0, 0.72, 0.34, 0.58


_WHOLE: Final = 10_000  # shares are hundredths of a per cent
_DIFFERENCE: Final = re.compile(r"\s*[a-z][a-z0-9_]*(?:\s*-\s*[a-z][a-z0-9_]*)+\s*")
# Where a line may end: at spaces, and between kana or ideographs, but before no sign that closes or lengthens.
_CJK: Final = r"\u3040-\u30ff\u3400-\u9fff\uff00-\uffef"
_PIECE: Final = re.compile(rf"\s+|[{_CJK}][、。）」』】ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*|[^\s{_CJK}]+")


_EXACT: Final = Context(prec=50)
_ZERO: Final = Decimal(0)


class Bar(NamedTuple):
    """Where a bar begins and how long it is, in hundredths of a per cent of the chart."""

    start: int
    length: int


def chart(
    rows: Sequence[Row], data: ExampleFigures, figures: Mapping[str, Decimal], *, name: str, table: str, rtl: bool
) -> Markup:
    """The chart of an example's rows, called `name` and described by the element with the id `table`.

    Empty if fewer than two rows are money.
    """
    shown = [row for row in rows if data.kinds.get(row.name, "currency") == "currency"]
    if len(shown) < 2:
        return Markup()
    parts: list[str] = []
    top = 0
    pieces = [(row.name, minuend(row.name, data)) for row in shown]
    for row, (_, of), bar in zip(shown, pieces, bars(pieces, figures), strict=True):
        lines = _lines(row.label, row.is_result)
        parts.append(_group(row, of, bar, lines, top, rtl))
        top += (len(lines) + 1) * _LINE + _BAR + _GAP
    return Markup(
        f'<svg class="chart" role="img" aria-label="{escape(name)}" aria-describedby="{escape(table)}"'
        f' width="100%" height="{top - _GAP}">\n{"".join(parts)}</svg>'
    )


def bars(pieces: Sequence[tuple[str, str]], figures: Mapping[str, Decimal]) -> list[Bar]:
    """The bars of figures, each given with what it is a piece of, or ''. What is negative has none.

    A piece is what is left: it begins where that ends which was taken away.
    """
    with localcontext(_EXACT):
        ends: list[tuple[Decimal, Decimal]] = []
        for name, of in pieces:
            value = figures[name]
            start = figures[of] - value if of and value > 0 else _ZERO
            ends.append((max(start, _ZERO), max(value, _ZERO)))
        longest = max(start + length for start, length in ends) or Decimal(1)
        return [Bar(_share(start, longest), _share(length, longest)) for start, length in ends]


def minuend(name: str, data: ExampleFigures) -> str:
    """What a result is a piece of: the first name of a formula that only takes amounts of money away from it, or ''."""
    formula = data.results.get(name, "")
    if "-" not in formula or not _DIFFERENCE.fullmatch(formula):
        return ""
    names = [name.strip() for name in formula.split("-")]
    return names[0] if all(data.kinds.get(name, "currency") == "currency" for name in names) else ""


def _share(part: Decimal, whole: Decimal) -> int:
    if not part or part == whole:
        return _WHOLE if part else 0
    return int((part * _WHOLE / whole).to_integral_value(ROUND_HALF_UP))


def _group(row: Row, of: str, bar: Bar, lines: Sequence[str], top: int, rtl: bool) -> str:
    """A label, the amount under it, and a bar under both."""
    edge, left = ("100%", _WHOLE - bar.start - bar.length) if rtl else ("0", bar.start)
    first, *others = (str(escape(line)) for line in lines)
    label = first + "".join(f'<tspan x="{edge}" dy="{_LINE}">{line}</tspan>' for line in others)
    amount_top = top + len(lines) * _LINE
    piece = f' data-of="{of}"' if of else ""
    kind = ' class="result"' if row.is_result else ""
    return (
        f'<g data-figure="{row.name}"{piece}{kind}><text x="{edge}" y="{top + _LETTER}">{label}</text>'
        f'<text x="{edge}" y="{amount_top + _LETTER}">{escape(row.amount)}</text>'
        f'<rect x="{_percent(left)}" y="{amount_top + _LINE}" width="{_percent(bar.length)}" height="{_BAR}"/></g>\n'
    )


def _percent(hundredths: int) -> str:
    return f"{hundredths / 100:g}%"


@lru_cache(maxsize=1024)
def _lines(label: str, is_bold: bool = False) -> tuple[str, ...]:
    """The label in lines that fit the narrowest chart, by estimated widths."""
    room = NARROWEST / _LETTER / (_BOLDER if is_bold else 1)
    lines = [""]
    for piece in _PIECE.findall(label):
        if _ems(lines[-1] + piece) <= room or not lines[-1]:
            lines[-1] += piece
        elif not piece.isspace():
            lines.append(piece)
        while _ems(lines[-1].rstrip()) > room:
            fits = next(n for n in range(len(lines[-1]), 0, -1) if _ems(lines[-1][:n]) <= room or n == 1)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return tuple(line.strip() for line in lines)


def _ems(text: str) -> float:
    return sum(map(_em, text))


@lru_cache(maxsize=4096)
def _em(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    return _NARROW if letter in " fijlrt.,:;!|'’()[]-" else _CAPITAL if letter.isupper() or letter in "mw" else _OTHER
