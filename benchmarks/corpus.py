"""A generated glossary in this project's layout: `python -m benchmarks.corpus PAGES FOLDER`.

The same seed gives the same bytes. A page has what the shipped deficiency-balance has: about 6 KB of source, eleven
links, four highlights, a worked example; about a quarter of its texts hold emphasis, a list or a quotation.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.words import (
    HEADINGS,
    KINDS,
    LABELS,
    LINKS,
    LOCALES,
    MANNERS,
    SENTENCES,
    STORIES,
    THINGS,
    Word,
)

SEED = 20261121
_OF_THREE_WORDS = len(KINDS) * len(THINGS) * len(MANNERS)
MAX_CONCEPTS = _OF_THREE_WORDS * len(MANNERS)
SECTIONS = ("meaning", "calculation", "report", "limits")
HIGHLIGHTS = ("first", "second", "third", "fourth")
FIGURES = ("owed", "sale_price", "fees", "deficiency", "total", "share")
CURRENCIES = ("USD", "EUR", "MYR", "TRY", "KRW", "JPY", "NOK")
SUBJECTS = ("personal-finance", "home-ownership", "mortgage", "credit", "tax", "law")
STYLES = ("emphasis", "list", "quote")

_LINKS_A_PAGE = 11
_PARAGRAPHS = {"definition": 2, **dict.fromkeys(SECTIONS, 3)}
_PARAGRAPH_BYTES = 190
_SHARE_OF_MARKUP = 0.25
_SHIPPED = Path(__file__).resolve().parent.parent / "locales"


class Outline(NamedTuple):
    """What is the same in every language of a concept, so that translations have the parts of their source."""

    styles: dict[str, tuple[str, int]]  # text -> what needs Python-Markdown in it, and in which paragraph
    links: dict[str, tuple[str, ...]]  # text -> link targets
    shuffle: int


def write(pages: int, folder: Path, seed: int = SEED) -> None:
    """Write a glossary of that many pages (a fifth as many concepts, in five locales) into a folder."""
    count = pages // len(LOCALES)
    if not 1 < count <= MAX_CONCEPTS:
        raise ValueError(f"between {2 * len(LOCALES)} and {MAX_CONCEPTS * len(LOCALES)} pages can be made, not {pages}")
    for name in ("concepts", *LOCALES):
        (folder / "content" / name).mkdir(parents=True, exist_ok=True)
    (folder / "locales").mkdir(exist_ok=True)
    for locale in LOCALES:
        shutil.copy(_SHIPPED / f"{locale}.yaml", folder / "locales")
    settings = "base_url: https://glossary.example/\nsource_locale: ms\nlocales: [{}]\n".format(
        ", ".join(f'"{locale}"' for locale in LOCALES)
    )
    licence = "licence: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}\n"
    (folder / "glossary.yaml").write_text(settings + licence, encoding="utf-8")
    for number in range(count):
        _write_concept(folder / "content", number, count, seed)


def concept_id(number: int) -> str:
    """`secured-loan-rate`: three English words, four when those are used up, others for each number."""
    return "-".join(words["en"].text for words in _words_of(number))


def _words_of(number: int) -> tuple[dict[str, Word], ...]:
    extra, number = divmod(number, _OF_THREE_WORDS)
    mixed = number * 2999 % _OF_THREE_WORDS  # a prime: neighbours differ, none is hit twice
    rest, kind = divmod(mixed, len(KINDS))
    manner, thing = divmod(rest, len(THINGS))
    words = (MANNERS[manner], THINGS[thing], KINDS[kind])
    return (MANNERS[(manner + extra) % len(MANNERS)], *words) if extra else words


def _name(number: int, locale: str) -> Word:
    words = [word[locale] for word in _words_of(number)]
    if locale == "ms":  # the noun comes first
        words.reverse()
    text = _space(locale).join(word.text for word in words)
    return Word(text, "".join(word.reading for word in words))


def _space(locale: str) -> str:
    return "" if locale == "ja" else " "


def _write_concept(content: Path, number: int, count: int, seed: int) -> None:
    rng = Random(f"{seed}:{number}")
    name = concept_id(number)
    (content / "concepts" / f"{name}.yaml").write_text(_concept(number, rng), encoding="utf-8")
    outline = _outline(number, count, rng)
    for locale in LOCALES:
        text = _entry(number, locale, outline, Random(f"{seed}:{number}:{locale}"))
        (content / locale / f"{name}.yaml").write_text(text, encoding="utf-8")


def _concept(number: int, rng: Random) -> str:
    owed = rng.randrange(20, 900) * 1000
    figures = f"{{owed: {owed}, sale_price: {owed * rng.randrange(60, 95) // 100}, fees: {rng.randrange(10, 90) * 25}}}"
    lines = [
        f"subject_fields: [{', '.join(sorted(rng.sample(SUBJECTS, 2)))}]",
        "jurisdiction: [US]",
        f"aliases: [old-{concept_id(number)}]" if number % 10 == 0 else "aliases: []",
        "sources:",
        f'  - {{title: "Source {number + 1}", url: https://sources.example/{number + 1}, accessed: 2026-11-21}}',
        "examples:",
        f"  sale:\n    currency: {rng.choice(CURRENCIES)}\n    figures: {figures}",
        "    results: {deficiency: owed - sale_price, total: deficiency + fees, share: total / owed}",
        "    kinds: {share: percent}",
    ]
    if number:  # a tree of broader concepts, and neighbours named by one side only
        lines += ["relations:", f"  broader: [{concept_id(number // 10)}]"]
        if number > 2:
            lines.append(f"  related: [{concept_id(number - 1)}, {concept_id(number // 2)}]")
    return "\n".join(lines) + "\n"


def _outline(number: int, count: int, rng: Random) -> Outline:
    others = [other for other in rng.sample(range(count), min(count, _LINKS_A_PAGE + 1)) if other != number]
    links: dict[str, list[str]] = {part: [] for part in _PARAGRAPHS}
    for other in others[:_LINKS_A_PAGE]:
        fragment = f"#{rng.choice(SECTIONS)}" if rng.random() < 0.1 else ""
        links[rng.choice(tuple(_PARAGRAPHS))].append(f"{other}{fragment}")
    texts = ("definition", *SECTIONS, "note", *HIGHLIGHTS, "story")
    styles = {text: (rng.choice(STYLES), rng.randrange(3)) for text in texts if rng.random() < _SHARE_OF_MARKUP}
    return Outline(styles, {part: tuple(targets) for part, targets in links.items()}, rng.randrange(6))


def _entry(number: int, locale: str, outline: Outline, rng: Random) -> str:
    name = _name(number, locale)
    capital = name.text[:1].upper() + name.text[1:]
    lines = ["# yaml-language-server: $schema=../../docs/reference/schema/entry.json", "terms:"]
    lines += _terms(name, rng, locale)
    lines += [f'title: "{capital}"', f'description: "{capital}: {_sentence(rng, locale)}"', "definition: |"]
    lines += _indented(_text("definition", locale, outline, rng), 2)
    lines.append("sections:")
    for section, heading in zip(SECTIONS, HEADINGS[locale], strict=True):
        lines += [f"  {section}:", f'    heading: "{heading}: {name.text}"', "    body: |"]
        lines += _indented(_text(section, locale, outline, rng), 6)
    space = _space(locale)
    note = _styled([_paragraph(rng, locale)], outline.styles.get("note"), space)
    lines += ["notes:", "  usage: |", *_indented(note, 4), "highlights:"]
    for highlight in HIGHLIGHTS:
        point = _styled([[_sentence(rng, locale)]], outline.styles.get(highlight), space)
        lines += [f"  {highlight}: |", *_indented(point, 4)]
    story = _styled([[part] for part in STORIES[locale]], outline.styles.get("story"), space)
    lines += ["examples:", "  sale:", f'    title: "{capital}"', "    text: |", *_indented(story, 6), "    labels:"]
    labels = list(zip(FIGURES, LABELS[locale], strict=True))
    Random(outline.shuffle).shuffle(labels)
    lines += [f"      {figure}: {label}" for figure, label in labels]
    return "\n".join([*lines, "method: machine"]) + "\n"


def _terms(name: Word, rng: Random, locale: str) -> list[str]:
    other = rng.choice(THINGS)[locale]
    both = Word(f"{name.text} ({other.text})", name.reading + other.reading)
    lines = []
    for word, status in ((name, "preferred"), (both, "deprecated")):
        reading = f', reading: "{word.reading}"' if word.reading else ""
        lines.append(f'  - {{term: "{word.text}"{reading}, status: {status}}}')
    return lines


def _text(part: str, locale: str, outline: Outline, rng: Random) -> list[str]:
    paragraphs = [_paragraph(rng, locale) for _ in range(_PARAGRAPHS[part])]
    for place, target in enumerate(outline.links[part]):
        other, _, fragment = target.partition("#")
        address = concept_id(int(other)) + (f"#{fragment}" if fragment else "")
        link = f"[{_name(int(other), locale).text}]({address})"
        paragraphs[place % len(paragraphs)].append(LINKS[locale].format(link=link))
    return _styled(paragraphs, outline.styles.get(part), _space(locale))


def _paragraph(rng: Random, locale: str) -> list[str]:
    sentences: list[str] = []
    while sum(len(sentence.encode()) for sentence in sentences) < _PARAGRAPH_BYTES:
        sentences.append(_sentence(rng, locale))
    return sentences


def _sentence(rng: Random, locale: str) -> str:
    space = _space(locale)
    a, b = (f"{rng.choice(THINGS)[locale].text}{space}{rng.choice(KINDS)[locale].text}" for _ in range(2))
    return rng.choice(SENTENCES[locale]).format(a=a, b=b)


def _styled(paragraphs: Sequence[Sequence[str]], style: tuple[str, int] | None, space: str) -> list[str]:
    """Paragraphs of sentences as Markdown; a style changes one of them."""
    blocks = [space.join(sentences) for sentences in paragraphs]
    if style is not None:
        name, place = style[0], style[1] % len(blocks)
        block = blocks[place]
        if name == "emphasis":
            width = block.index(" ") if space else 2
            blocks[place] = f"**{block[:width]}**{block[width:]}"
        elif name == "list":
            blocks[place] = "\n".join(f"- {sentence}" for sentence in paragraphs[place])
        else:
            blocks[place] = f"> {block}"
    return "\n\n".join(blocks).split("\n")


def _indented(lines: Sequence[str], width: int) -> list[str]:
    return [f"{' ' * width}{line}" if line else "" for line in lines]


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
