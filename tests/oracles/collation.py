"""Compare sort_key with the Intl.Collator of this machine's Node, for languages that no shipped glossary is in.

The words are Babel's names of languages, territories, currencies, time zones and so on in each language, and about as
many made of its letters. All pairs of them are compared with ICU's order for the language and, where `sort_key` has no
alphabet of its own, with ICU's root order too, for which English stands: CLDR has no tailoring of it. So the second
figure is what pyuca's older table costs, the first what the root order lacks.

Not part of the test run: it needs Node, and its verdict depends on Node's CLDR. Run it by hand and commit what it
finds: `python tests/oracles/collation.py > tests/oracles/collation.txt`.
"""

from __future__ import annotations

import json
import random
import subprocess
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from unicodedata import category

from babel import Locale

from deficiency_glossary.text.collation import SortKey, index_head, sort_key

SCRIPT = Path(__file__).with_suffix(".mjs")
ROOT = "en"
OWN_ALPHABET = ("sv", "fi", "da")
# What CLDR's tailoring has and the root order lacks.
TAILORINGS = {
    "ru": "Cyrillic before Latin",
    "el": "Greek before Latin",
    "de": "",
    "fr": "",
    "es": "ñ a letter after n",
    "pl": "ą ć ę ł ń ó ś ź ż letters of their own",
    "ar": "Arabic before Latin, alef with hamza or madda a variant of alef and so on",
    "he": "Hebrew before Latin",
    "it": "",
    "nl": "",
    "pt": "",
    "uk": "Cyrillic before Latin, ґ a letter after г",
    "cs": "č ch ř š ž letters of their own",
    "th": "Thai before Latin, punctuation ignored",
    "hi": "Devanagari before Latin, anusvara before the letters",
    "zh": "pinyin",
} | dict.fromkeys(OWN_ALPHABET, "")
MADE = 2000


def names(locale: Locale) -> Iterator[str]:
    """What Babel calls things in a language."""
    for part in (locale.languages, locale.territories, locale.scripts, locale.variants, locale.currencies):
        yield from part.values()
    for zone in (*locale.time_zones.values(), *locale.meta_zones.values()):
        yield from (name for form in zone.values() if isinstance(form, dict) for name in form.values())


def words(tag: str) -> list[str]:
    """Names, their words, and made ones; each once."""
    whole = [name for name in names(Locale.parse(tag)) if name]
    found = {word for name in whole for word in (name, *name.split())}
    written = (character for name in whole for character in name)
    letters = Counter(character for character in written if category(character) in {"Ll", "Lu", "Lo", "Zs"})
    common = [letter for letter, _ in letters.most_common(60)]
    source = random.Random(tag)
    return sorted(found | {"".join(source.choices(common, k=source.randint(1, 6))).strip() or "-" for _ in range(MADE)})


def in_one_script(text: str, tag: str) -> bool:
    """Whether a text has Latin letters only if the name of its language has."""
    latin = (Locale.parse(tag).get_display_name() or "")[0] < "\u0250"
    return latin or not any(character.isalpha() and character < "\u0250" for character in text)


def verdict(groups: list[list[str]], tag: str, what: str) -> str:
    """How many pairs stand the other way round than in `groups`, found by insertion into a sorted list."""
    seen: list[SortKey] = []
    discordant = equal = 0
    examples: list[str] = []
    for group in groups:
        keys = [sort_key(word, tag) for word in group]
        if seen and seen[-1] > keys[0] and len(examples) < 3:
            examples.append(f"{group[0]} after {seen[-1][3]}")
        discordant += sum(len(seen) - bisect_right(seen, key) for key in keys)
        equal += len(group) * (len(group) - 1) // 2
        for key in keys:
            insort(seen, key)
    pairs = len(seen) * (len(seen) - 1) // 2 - equal
    shown = f"; ICU has {', '.join(examples)}" if examples else ""
    share = f"{100 * discordant / pairs:.4f} %" if discordant else "none"
    return f"  {what}: {share} ({discordant} of {pairs}){shown}"


def repeated_heads(ordered: list[str], tag: str) -> list[str]:
    """Heads that come more than once in an index, but `#`, which stands before and after the letters."""
    blocks = Counter(head for head, _ in groupby(index_head(word, tag) for word in ordered))
    return [head for head, count in blocks.items() if count > 1 and head != "#"]


def report(tag: str, groups: list[list[str]], root: list[list[str]]) -> Iterator[str]:
    everything = [word for group in groups for word in group]
    tailoring = f"; CLDR has {TAILORINGS[tag]}" if TAILORINGS[tag] else ""
    kind = "own alphabet" if tag in OWN_ALPHABET else "root order"
    yield f"\n{tag}: {len(everything)} words, {kind}{tailoring}"
    yield verdict(groups, tag, "pairs discordant with ICU")
    home = [kept for group in groups if (kept := [word for word in group if in_one_script(word, tag)])]
    if sum(map(len, home)) < len(everything):
        yield verdict(home, tag, f"of the {sum(map(len, home))} without Latin letters")
    if tag not in OWN_ALPHABET:
        yield verdict(root, tag, "with ICU's root order")
    repeated = repeated_heads(sorted(everything, key=lambda word: sort_key(word, tag)), tag)
    yield f"  heads that come twice: {' '.join(repeated) or 'none'}"


def main() -> None:
    lists = [(collator, words(tag)) for tag in TAILORINGS for collator in (tag, ROOT)]
    answer = subprocess.run(["node", str(SCRIPT)], input=json.dumps(lists), check=True, capture_output=True, text=True)
    versions, *found = json.loads(answer.stdout)
    print("Intl of Node", *versions)
    for tag, groups, root in zip(TAILORINGS, found[::2], found[1::2], strict=True):
        print(*report(tag, groups, root), sep="\n")


if __name__ == "__main__":
    main()
