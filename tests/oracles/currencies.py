"""Compare format_currency with the Intl of this machine's Node, for all currencies of the shipped locales.

Not part of the test run: it needs Node, and its verdict depends on Node's CLDR. Run it by hand and commit what it
finds: `python tests/oracles/currencies.py > tests/oracles/currencies.txt`.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

from babel.core import get_global
from babel.numbers import get_currency_precision

from deficiency_glossary.text.formats import format_currency

LOCALES = ("en", "ms", "tr", "ko", "ja", "nb")
AMOUNTS = ("0", "1", "2", "0.5", "2.5", "999.995", "1000", "1234.5", "8500", "250000", "10000000", "-1", "-1500.5")
SCRIPT = Path(__file__).with_name("intl.mjs")


def ours(style: str, amount: str, currency: str, locale: str) -> str:
    """The same string by this library."""
    if style == "accounting":
        return format_currency(amount, currency, locale, style="accounting")
    if style == "whole":
        return format_currency(amount, currency, locale, digits=0)
    if style == "code":
        return format_currency(amount, currency, locale, display="code")
    if style == "narrow":
        return format_currency(amount, currency, locale, display="narrow")
    if style == "name":
        return format_currency(amount, currency, locale, display="name")
    return format_currency(amount, currency, locale)


def reason(style: str, currency: str, locale: str, expected: str, found: str) -> str:
    """Why two strings differ, as far as the data tell."""
    digits = [sum(character.isdigit() for character in text) for text in (expected, found)]
    if digits[0] != digits[1]:
        return f"fraction digits of {currency} ({get_currency_precision(currency)} in Babel's CLDR)"
    if locale == "tr" and currency == "TRY":
        return "CLDR's pattern for TRY alone in tr"
    return f"{'name' if style == 'name' else 'symbol'} of {currency} in {locale}: {expected!r} against {found!r}"


def main() -> None:
    command = ["node", str(SCRIPT), ",".join(LOCALES), "all", ",".join(AMOUNTS)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    known = set(get_global("all_currencies"))
    seen: Counter[str] = Counter()
    differing: dict[str, list[str]] = defaultdict(list)
    for line in lines[1:]:
        locale, style, currency, amount, expected = json.loads(line)
        if currency not in known:
            seen["currency unknown to Babel's CLDR"] += 1
            continue
        seen["compared"] += 1
        found = ours(style, amount, currency, locale)
        if found != expected:
            seen["differ"] += 1
            key = reason(style, currency, locale, expected, found).split(": ")[0]
            differing[key].append(f"{locale} {style} {currency} {amount}: Intl {expected!r}, ours {found!r}")
    print("Intl of Node", *json.loads(lines[0])[1:])
    for name, count in seen.items():
        print(f"{name}: {count}")
    for key, rows in sorted(differing.items(), key=lambda item: -len(item[1])):
        print(f"\n{len(rows)} x {key}, such as\n  {rows[0]}")


if __name__ == "__main__":
    main()
