"""What stands at the end of a text, as a reader takes it in: both grammars attach to what is said last.

Nothing here knows a language. Brackets with an aside, quotes, tags and link targets are written but not said; an
amount is said with its currency wherever the sign stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

# How much of a text is looked at, in code points: grammar needs the last words, and no input can make it slow.
WINDOW: Final = 400

# Full-width forms of ASCII and of currency signs (Unicode block FF00), one to one, so that places in the text stay.
_NARROW: Final = {0xFF01 + n: chr(0x21 + n) for n in range(94)} | {
    0xFFE0: "¢",
    0xFFE1: "£",
    0xFFE5: "¥",
    0xFFE6: "₩",
}


def _by_right(table: str) -> dict[str, str]:
    """`{b: a, c: a, e: d}` for `a b c; d e`."""
    rows = (row.split() for row in table.split(";"))
    return {right: left for left, *rights in rows for right in rights}


# Signs that readers take for one currency. The dollars of several countries are all dollars, the crowns all crowns.
SIGNS: Final[Mapping[str, str]] = _by_right(
    """
    USD $ US$ U$; AUD A$ AU$; CAD C$ CA$; HKD HK$; NZD NZ$; SGD S$ SG$; TWD NT$; XCD EC$; BRL R$;
    MXN MX$; AZN ₼; CNY CN¥; CRC ₡; CZK Kč; EUR €; GBP £; GEL ₾; GHS ₵; HUF Ft; IDR Rp; ILS ₪; INR ₹ Rs;
    JPY ¥ JP¥; KRW ₩; KZT ₸; LAK ₭; MNT ₮; MYR RM; NGN ₦; NOK kr Kr; PHP ₱; PLN zł; PYG ₲; RUB ₽; THB ฿;
    TRY ₺; UAH ₴; VND ₫
    """
)

_SPACES: Final = "\u00a0\u202f\u2009"
_NUMBER: Final = rf"[0-9]+(?:[.,{_SPACES}][0-9]+)*"
_UNIT: Final = r"[A-Za-z]{0,3}[$¢£¥฿\u20a0-\u20cf]|[A-Za-złč]{2,3}"
# Each turn of the inner repetition needs a myriad word, so that a long number matches in one way only.
_GAP: Final = rf"[ {_SPACES}]?"
_MAGNITUDE: Final = (
    rf"{_GAP}[십백천만억조경]+(?:{_GAP}{_NUMBER}{_GAP}[십백천만억조경]+)*(?:{_GAP}{_NUMBER})?"
    rf"|{_GAP}(?:thousand|million|billion|trillion|bn|mn|[KMB])(?![A-Za-z])"
)
_AMOUNT: Final = re.compile(
    rf"(?:{_NUMBER}(?:{_MAGNITUDE})?{_GAP}[~–—-]{_GAP})?[-+−]?"
    rf"(?P<number>{_NUMBER})(?P<magnitude>{_MAGNITUDE})?(?:{_GAP}(?P<after>{_UNIT}|[%‰]p?))?$"
)
# All that can stand after the last digit of an amount. It says no quickly, to the many texts that end in a word.
_LAST_DIGIT: Final = re.compile(
    rf"[0-9](?:{_GAP}(?:[십백천만억조경]+|thousand|million|billion|trillion|bn|mn|[KMB]))?(?:{_GAP}(?:{_UNIT}|[%‰]p?))?$"
)
_BEFORE: Final = re.compile(rf"(?<![A-Za-z])(?P<unit>{_UNIT}|%){_GAP}$")

_TAG: Final = r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>"
_QUOTES: Final = "\"'”’»›」』》〉】`´"
# Zero-width characters and direction marks are not said either.
_SILENT: Final = re.compile(
    rf"(?:[\s{_QUOTES}*_\]\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff]|~~|{_TAG}|\[\^[^\[\]]*\]|(?<=\])\[[^\[\]]*\])\Z"
)
# `401(k)`, `501(c)(3)`: these brackets are part of a name and are said.
_SECTION: Final = re.compile(r"[0-9]\([A-Za-z]\)(?:\([0-9]+\))?\Z")

# What may stand between an inserted value and the notation that belongs to it: closing markup, brackets, quotes.
AFTER_VALUE: Final = rf"(?:[{_QUOTES}*_)）~\]]|\]\([^()\s]*\)|{_TAG})*"


class Notation(NamedTuple):
    """A way to write an ending: the form that it stands for, what translators type, and what stands before it."""

    form: str
    typed: str
    after: str = ""


class Amount(NamedTuple):
    """A number at the end of a text. `before` and `after` are the signs, codes or units at its sides, '' for none."""

    lead: str
    before: str
    number: str
    magnitude: str
    after: str


def split_closers(text: str) -> tuple[str, str]:
    """The text up to what is said last, and the rest: `부족 잔액` and `(deficiency balance)`.

    A bracket that holds the whole text is itself said. An unpaired closing bracket stays on the first part, which
    nothing can then be read from: what it closes is not known.
    """
    shown = text.translate(_NARROW)
    start = max(0, len(text) - WINDOW)
    end = len(shown)
    while end > start:
        if silent := _SILENT.search(shown, start, end):
            end = silent.start()
        elif shown[end - 1] == ")" and not _SECTION.search(shown, start, end):
            opening = _opening(shown, start, end)
            if opening < 0:
                break
            is_aside = any(map(str.isalnum, shown[start:opening]))
            end = opening if is_aside else end - 1
        else:
            break
    return text[:end], text[end:]


def said(core: str) -> str:
    """The end of a first part of `split_closers`, with composed letters and ASCII forms (Unicode NFC)."""
    return unicodedata.normalize("NFC", core[-WINDOW:].translate(_NARROW))


def amount_at_end(core: str) -> Amount | None:
    """The number that a text ends in, with the signs around it; of a range, the second number.

    `US$200,000~250,000` gives `250,000` with `US$` before it: the sign belongs to both.
    """
    found = _AMOUNT.search(core) if _LAST_DIGIT.search(core) else None
    if not found:
        return None
    lead = core[: found.start()]
    before = _BEFORE.search(lead)
    if before:
        lead = lead[: before.start()]
    return Amount(
        lead,
        before["unit"] if before else "",
        found["number"],
        found["magnitude"] or "",
        found["after"] or "",
    )


def last_digits(number: str, group: str, decimal: str) -> tuple[str, bool]:
    """The digits that are said last, and whether they are decimals. `group` and `decimal` are the language's signs.

    A number that is not grouped in threes gives what follows its last sign: `1.2.3` ends in 3 in any language.
    """
    whole, point, fraction = number.rpartition(decimal)
    if point and whole:
        return re.split(r"[^0-9]", fraction)[-1], True
    if re.fullmatch(rf"[0-9]{{1,3}}(?:[{re.escape(group)}{_SPACES}][0-9]{{3}})+", number):
        return re.sub(r"[^0-9]", "", number), False
    return re.split(r"[^0-9]", number)[-1], False


def by_code(nouns: str) -> dict[str, str]:
    """The noun for each ISO 4217 code of a table `frank CHF XOF; ...`, and for each sign of such a code."""
    by_iso = _by_right(nouns)
    return by_iso | {sign: by_iso[code] for sign, code in SIGNS.items() if code in by_iso}


def _opening(text: str, start: int, end: int) -> int:
    """Where the bracket opens that closes right before `end`; -1 if it does not."""
    depth = 0
    for place in range(end - 1, start - 1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth == 0:
            return place
    return -1
