"""Worked examples that readers can put their own figures in: what the script reads, and where it writes.

The script knows no language. How a locale writes amounts, and which ending each amount takes, goes to it as a table
that is made here by asking the rules themselves. In a story every amount, and every ending that goes by one, is an
element of its own; the text in it stays the same.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any, Final

import msgspec
from markupsafe import Markup

from deficiency_glossary.locales import Locale
from deficiency_glossary.render import html, messages, views, wording
from deficiency_glossary.text import formats, grammar, markup
from deficiency_glossary.text.markup import ENDING_END, ENDING_START, ENDING_TEXT, VALUE_END, VALUE_START

# The currencies of the six languages' countries and of their larger neighbours; an example's own is offered too.
OFFERED: Final = (*("USD", "EUR", "GBP", "JPY", "CNY", "KRW", "TRY", "MYR", "NOK", "SEK", "CHF", "AUD", "INR", "IDR"),)

_ANY: Final = f"{VALUE_START}-{ENDING_END}"
_REGION: Final = re.compile(
    rf"{VALUE_START}([^<{_ANY}]*){VALUE_END}|{ENDING_START}(\d+),(\d+){ENDING_TEXT}([^<{_ANY}]*){ENDING_END}"
)
_IN_TAG: Final = re.compile(rf"<[^>]*[{_ANY}]")
# Where a value can make Markdown of what is beside it, so that marks could change what comes out: at the start of a
# line, beside a sign of Markdown, in the target of a link.
_SIGN: Final = r"[_`\\\[\]<>&!|:]"
_RISKY: Final = tuple(
    map(
        re.compile,  # one by one: a search for a letter that a pattern begins with is quick
        (
            rf"\n[\s>*+\-#\d.)]*{VALUE_START}",
            rf"{VALUE_START}(?<={_SIGN}{VALUE_START})",
            rf"[{VALUE_END}{ENDING_END}]{_SIGN}",
            rf"\]\([^()]*{VALUE_START}",
            "<",
            r"\]:",
        ),
    )
)
_ATTRIBUTE: Final = {"&": "&amp;", "'": "&#39;", "<": "&lt;", ">": "&gt;"}


# --- in the page -----------------------------------------------------------------------------------------------------


def story(text: views.Text) -> Markup | None:
    """The HTML of a story with an element around each figure and each ending that goes by one.

    Without these elements it is `text.html()`. None where they cannot be placed, such as in an address.
    """
    found = wording.marked(text)
    if found is None:
        return None
    markdown, names = found
    made = html.to_html(markdown)
    if _is_risky(f"\n{markdown}") and markup.without_marks(made) != html.to_html(markup.without_marks(markdown)):
        return None
    if _IN_TAG.search(made):
        return None
    notations = grammar.notations(text.locale)
    seen = 0

    def element(region: re.Match[str]) -> str:
        nonlocal seen
        value, notation, back, ending = region.groups()
        if value is not None:
            seen += 1
        name = names[seen - 1 - int(back or 0)] if 0 < seen <= len(names) else ""
        if name not in text.values:
            return value or ending or ""
        if value is not None:
            return f'<span data-figure="{name}">{value}</span>'
        form, typed, _ = notations[int(notation)]
        as_typed = "" if typed == form else f' data-typed="{typed}"'
        return f'<span data-figure="{name}" data-form="{form}"{as_typed}>{ending}</span>'

    made = _REGION.sub(element, made)
    return None if seen != len(names) or markup.has_marks(made) else Markup(made)


def _is_risky(markdown: str) -> bool:
    return any(pattern.search(markdown) for pattern in _RISKY)


def attribute(example: views.Example) -> Markup:
    """What the script must know of an example, as an attribute in single quotes."""
    data: dict[str, Any] = {
        "currency": example.data.currency,
        "figures": {name: f"{value:f}" for name, value in example.data.figures.items()},
        "results": example.data.results,
        "kinds": {name: kind for name, kind in example.data.kinds.items() if kind != "currency"},
    }
    text = msgspec.json.encode(data).decode()
    for character, escape in _ATTRIBUTE.items():
        text = text.replace(character, escape)
    return Markup(f" data-calculator='{text}'")


# --- in a file of the locale -----------------------------------------------------------------------------------------


def amounts_json(locale: Locale, currencies: Iterable[str] = ()) -> str:
    """How the locale writes amounts, as the script reads it. `currencies` are offered besides the usual ones."""
    return json.dumps(amounts(locale, currencies), ensure_ascii=False, separators=(",", ":")) + "\n"


def amounts(locale: Locale, currencies: Iterable[str] = ()) -> dict[str, Any]:
    """The same as values. A form says only what differs from the one before it: base, symbol, prose."""
    tag, words = locale.tag, locale.messages
    codes = tuple(dict.fromkeys((*OFFERED, *currencies)))
    number, percent = (formats.plain_form(tag, percent, "auto") for percent in (False, True))
    data: dict[str, Any] = {
        "tag": tag,
        "words": {
            "currency": words.currency,
            "reset": words.reset,
            "not_a_number": messages.fill(words.not_a_number, locale, example=formats.format_number("1234.5", tag)),
            "no_result": words.no_result,
        },
        "base": {**_form(number), "pattern": _pattern(number)},
        "number": {},
        "percent": _difference(percent, number),
        "currencies": {code: _currency(code, locale, number) for code in codes},
    }
    if grammar.notations(tag):
        data["endings"] = _Endings(tag).table(codes)
    return data


def _currency(code: str, locale: Locale, number: formats.Form) -> dict[str, Any]:
    symbol, prose = (
        formats.currency_form(locale.tag, code, "standard", display, "auto") for display in ("symbol", "prose")
    )
    return {
        "name": messages.currency_name(code, locale),
        "symbol": _difference(symbol, number),
        "prose": _difference(prose, symbol),
    }


def _form(form: formats.Form) -> dict[str, Any]:
    return {
        "decimal": form.decimal,
        "group": form.group,
        "sizes": [form.last_group, form.other_groups],
        "fraction": form.fraction,
        "trim": form.trim,
        "shift": form.shift,
        "affixes": {category: _affixes(affixes) for category, affixes in form.by_plural.items()}
        if form.plural
        else _affixes(form.affixes),
    }


def _affixes(affixes: formats.Affixes) -> list[str]:
    """What stands before and after an amount, then before and after a negative one."""
    shown: list[str] = []
    for before, after in (affixes[:2], affixes[2:]):
        before, _, after = wording.directed(f"{before}0{after}").partition("0")
        shown += before, after
    return shown


def _difference(form: formats.Form, base: formats.Form) -> dict[str, Any]:
    known = _form(base)
    return {key: value for key, value in _form(form).items() if value != known[key]}


def _pattern(form: formats.Form) -> str:
    """What a reader may type, as a regular expression of JavaScript: sign, whole, (group sign), decimals.

    Groups are complete or absent. The comma or point of other languages is taken for a decimal sign where three digits
    after it could not be a group.
    """
    point, group = (unicodedata.normalize("NFKC", sign) for sign in (form.decimal, form.group))
    foreign = "".join(rf"|[{sign}](?!\d{{3}}$)" for sign in ".," if sign not in (point, group))
    groups = f"[ {group}{'’' * (group == chr(39))}{chr(39) * (group == '’')}]"
    others, last = rf"\d{{{form.other_groups}}}", rf"\d{{{form.last_group}}}"
    whole = rf"\d{{1,{form.other_groups}}}({groups})(?:{others}\3)*{last}|\d*"
    return rf"^([-−‐–]?) ?({whole})(?:(?:[{point}]{foreign})(\d{{1,6}}))?$"


# --- endings ---------------------------------------------------------------------------------------------------------

_ENDING: Final = re.compile(
    rf"{VALUE_START}([^{_ANY}]*){VALUE_END}[^{_ANY}]*{ENDING_START}[\d,]*{ENDING_TEXT}([^{_ANY}]*){ENDING_END}"
)
_ZEROS: Final = 31  # the script gives no longer results
# Of all forms these tell amounts apart: object, topic and direction in Korean; dative, accusative, ablative in Turkish.
_TELLING: Final = (0, 1, 4)
_Ending = str | tuple[str, int, str] | None
_Show = Callable[[Decimal], str]


class _Endings:
    """Which ending every amount takes. An ending goes by what is said last: a currency, or the last digits.

    An ending is a text; a text, how many letters of the value it takes away and what it puts there (frank, frangı); or
    None: what was typed stays. Endings stand in rows, one for each form; amounts with the same endings share a row.
    """

    def __init__(self, tag: str) -> None:
        self.tag = tag
        notations: dict[str, grammar.Notation] = {}
        for notation in grammar.notations(tag):
            notations.setdefault(notation.form, notation)
        self.notations = notations
        self.rows: dict[tuple[_Ending, ...], int] = {}
        self._alike: dict[tuple[_Ending, ...], int] = {}

    def table(self, codes: Collection[str]) -> dict[str, Any]:
        """The forms, the rows, and for each kind of amount its row: one, or by its digits."""
        of: dict[str, Any] = {
            "number": self._by_digits(self._number, formats.plain_form(self.tag, False, "auto")),
            "percent": self._by_digits(self._percent, formats.plain_form(self.tag, True, "auto")),
        }
        for code in codes:
            form = formats.currency_form(self.tag, code, "standard", "prose", "auto")
            of[code] = self._by_digits(self._money(code), form)
        return {"forms": list(self.notations), "rows": list(self.rows), "of": of}

    def _number(self, amount: Decimal) -> str:
        return formats.format_number(amount, self.tag)

    def _percent(self, amount: Decimal) -> str:
        return formats.format_percent(amount.scaleb(-2), self.tag)

    def _money(self, code: str) -> _Show:
        return lambda amount: formats.format_currency(amount, code, self.tag, display="prose")

    def _by_digits(self, show: _Show, form: formats.Form) -> Any:
        """The row of an amount: by how many zeros its digits end in, then by the digit before them.

        With decimals only they count. Where more zeros or another digit make no difference, a table says it once.
        """
        few = [self._row(show(Decimal(sample))) for sample in ("0", "1", "3", "6", "9", "10", "100", "1e3", "1.9")]
        if len(set(few)) == 1:
            return few[0]
        digits = [[self._row(show(Decimal(digit).scaleb(zeros))) for digit in range(10)] for zeros in (0, 1)]
        powers = [self._row(show(Decimal(1).scaleb(zeros))) for zeros in range(2, _ZEROS)]
        places = range(1 if form.trim == "all" else form.fraction)
        decimals = [
            [self._row(show(Decimal(digit).scaleb(zeros - form.fraction))) for digit in range(10)] for zeros in places
        ]
        whole, fraction = _shortened([*digits, *powers]), _shortened(decimals)
        return whole[0] if whole == fraction and isinstance(whole[0], int) else {"whole": whole, "fraction": fraction}

    def _row(self, value: str) -> int:
        """The row of a value as it is written."""
        notations = tuple(self.notations.values())
        telling = self.endings(value, [notations[place] for place in _TELLING])
        if telling not in self._alike:
            self._alike[telling] = self.rows.setdefault(self.endings(value, notations), len(self.rows))
        return self._alike[telling]

    def endings(self, value: str, notations: Collection[grammar.Notation]) -> tuple[_Ending, ...]:
        """What the rules make of each notation after the value."""
        text = " ".join(f"{VALUE_START}{value}{VALUE_END}{one.after}{one.typed}" for one in notations)
        found = _ENDING.findall(grammar.resolve(text, self.tag, marked=True))
        return tuple(
            _change(value, word, ending, one.typed) for (word, ending), one in zip(found, notations, strict=True)
        )


def _change(value: str, word: str, ending: str, typed: str) -> _Ending:
    if word == value:
        return None if ending == typed else ending
    same = 0
    while value[: same + 1] == word[: same + 1]:
        same += 1
    return ending, len(value) - same, word[same:]


def _shortened(rows: list[Any]) -> list[Any]:
    """A list of one row for ten equal ones, and no more elements than differ at the end."""
    short = [row[0] if isinstance(row, list) and len(set(row[1:])) == 1 and row[0] == row[1] else row for row in rows]
    while len(short) > 1 and short[-1] == short[-2]:
        short.pop()
    return short
