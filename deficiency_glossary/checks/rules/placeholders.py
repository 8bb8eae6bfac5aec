"""Placeholders, figures and amounts; and whether a translation has the parts of its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Literal

from deficiency_glossary.checks.passages import Edition, Passage
from deficiency_glossary.checks.rule import Spot, of_entry, of_passage
from deficiency_glossary.errors import did_you_mean
from deficiency_glossary.model import ExampleFigures
from deficiency_glossary.text import markup

# A currency sign or code beside a digit, a grouped number, or four digits and more that are no year.
_AMOUNT = re.compile(
    r"(?:[$€£¥₩₺￥]|\b(?:US\$|RM|USD|EUR|GBP|TRY|KRW|JPY|NOK|MYR|TL|kr)\b\.?)[ \u00a0]?\d[\d.,\u00a0]*"
    r"|\d+(?:[.,\u00a0 ]\d{3})+(?!\d)|(?<![\d.,])(?!(?:1[6-9]|20)\d\d(?!\d))\d{4,}"
    r"|(?<!\d)(?<!\d[.,])\d[\d.,]*[ \u00a0]?(?:[$€£¥₩₺￥%％]|万|億|만|억|원|円|달러|ドル|dolar|lira|dollar|kroner)"
)
_DIGIT = re.compile(r"\d")
_TERM_SHAPES = {"term_def": "`definite`", "term_pl": "`plural`", "term_def_pl": "`definite_plural`"}


def _example(passage: Passage) -> ExampleFigures | None:
    """The figures behind a story, or None: the passage is no story, or the concept has no such example."""
    concept = passage.edition.context.concept(passage.edition.concept) if passage.kind == "story" else None
    return concept.record.examples.get(str(passage.where[1])) if concept else None


@of_passage("unknown-placeholder", "error", "filled", signs="{")
def unknown_placeholder(passage: Passage) -> Iterator[Spot]:
    """`{name}` stands for nothing here.
    Do: Mend the name. Only examples have figures; `{term_pl}` and the like need `forms`.
    FAIL ja: {trem}は家である。
    FAIL ja story: {prise}で売れた。
    PASS ja: {term}は家である。
    """
    terms = {name for term in passage.edition.record.terms if term.status == "preferred" for name in term.placeholders}
    names = terms
    if passage.kind == "story":
        example = _example(passage)
        if example is None:  # the concept's file, or the check of parts, has its own finding
            return
        names = terms | {*example.figures, *example.results}
    for placeholder in passage.placeholders:
        if placeholder.name in names:
            continue
        close = did_you_mean(get_close_matches(placeholder.name, names, n=2))
        message = f"{{{placeholder.name}}} stands for nothing here{close}"
        hint = f"known here: {', '.join(sorted(names))}"
        if passage.kind != "story":
            hint = f"only examples have figures; {hint}"
        if placeholder.name in _TERM_SHAPES:
            hint = f"give the preferred term this shape in its `forms`, as {_TERM_SHAPES[placeholder.name]}"
        yield passage.spot(placeholder.start, message, hint)


@of_passage("unused-placeholder", "error", "stories")
def unused_placeholder(passage: Passage) -> Iterator[Spot]:
    """The story leaves out a figure.
    Do: Write it where it belongs.
    FAIL ja story: {price}で売れた。{rest}が残る。
    PASS ja story: {price}で売れた。{owed}を返済し、{rest}が残る。
    """
    example = _example(passage)
    if example:
        used = {placeholder.name for placeholder in passage.placeholders}
        for name in sorted({*example.figures, *example.results} - used):
            yield passage.spot(0, f"the story leaves out {{{name}}}", f"write {{{name}}} where it belongs")


@of_passage("repeated-placeholder", "error", "filled", signs="{")
def repeated_placeholder(passage: Passage) -> Iterator[Spot]:
    """The same placeholder twice in a row: the amount would be shown twice.
    Do: Delete one.
    FAIL ja story: {price}{price}で売れた。{owed}を返済し、{rest}が残る。
    PASS ja story: {price}で売れた。{owed}を返済し、{rest}が残る。
    """
    for before, after in zip(passage.placeholders, passage.placeholders[1:], strict=False):
        if before.name == after.name and not passage.text[before.end : after.start].strip():
            yield passage.spot(after.start, f"{{{after.name}}} stands twice in a row", "delete one")


def _has_stray_braces(edition: Edition) -> bool:
    prose = edition.prose
    there = sum(len(passage.placeholders) for passage in edition.texts("filled"))
    return prose.count("{") != there or prose.count("}") != there or "｛" in prose or "｝" in prose


@of_passage("stray-brace", "error", "markdown", when=_has_stray_braces)
def stray_brace(passage: Passage) -> Iterator[Spot]:
    """A brace that belongs to no placeholder: of full width, or with spaces or other signs between.
    Do: Write `{name}`, or delete it.
    FAIL ja: ｛term｝は家である。
    FAIL ja: { term }は家である。
    PASS ja: {term}は家である。
    """
    text = passage.text
    if passage.is_markdown and ("{" in text or "}" in text or "｛" in text or "｝" in text):
        for offset in markup.stray_braces(text):
            yield passage.spot(offset, f"{text[offset]!r} belongs to no placeholder", "write {name}")


@of_passage("literal-amount", "error", "stories")
def literal_amount(passage: Passage) -> Iterator[Spot]:
    """An amount is typed into a story: it would stay as it is when the figures or the currency change.
    Do: Make it a figure of the concept, and write its `{name}`.
    FAIL en story: Sold for $250,000. {price} {owed} {rest}
    PASS en story: Sold in 2020 for {price}. Of this, {owed} repays the loan and {rest} is left.
    """
    if passage.kind != "story" or not _DIGIT.search(passage.text):
        return
    text = passage.text
    for link in passage.links:
        text = text[: link.start] + " " * (link.end - link.start) + text[link.end :]
    for match in _AMOUNT.finditer(text):
        amount = match[0].strip(" .,\u00a0")
        message = f"the amount {amount!r} is typed into the story"
        yield passage.spot(match.start(), message, "make it a figure of the concept and write its {name}")


# --- the examples' other parts ---------------------------------------------------------------------------------------


@of_entry("unknown-figure", "error")
def unknown_figure(edition: Edition) -> Iterator[Spot]:
    """A label, or a line of `kinds`, names no figure of the example.
    Do: Delete it, or mend the name.
    FAIL content/en/sale.yaml: examples: {gain: {title: Gain, text: "{price} {owed} {rest}", labels: {prise: Price}}}
    PASS content/en/sale.yaml: examples: {gain: {title: Gain, text: "{price} {owed} {rest}", labels: {price: Price}}}
    """
    for name, example in edition.record.examples.items():
        figures = _figures(edition, name)
        for label in example.labels if figures else ():
            if label not in figures:
                where = ("examples", name, "labels", label)
                yield edition.read.at_key(where, f"there is no figure {label!r}", "delete it")


@of_entry("missing-label", "error")
def missing_label(edition: Edition) -> Iterator[Spot]:
    """A figure has no label.
    Do: Add it to `labels`.
    FAIL content/en/sale.yaml: examples: {gain: {title: Gain, text: "{price} {owed} {rest}", labels: {price: Price}}}
    PASS content/en/house.yaml: title: House
    """
    for name, example in edition.record.examples.items():
        for figure in sorted(_figures(edition, name) - example.labels.keys()):
            where = ("examples", name, "labels")
            yield edition.read.at_key(where, f"the figure {figure!r} has no label", f"add `{figure}:`")


def _figures(edition: Edition, name: str) -> set[str]:
    concept = edition.context.concept(edition.concept)
    example = concept.record.examples.get(name) if concept else None
    return {*example.figures, *example.results} if example else set()


@of_entry("example-without-figures", "error")
def example_without_figures(edition: Edition) -> Iterator[Spot]:
    """The concept has no such example.
    Do: Add its figures to the concept, or mend the id.
    FAIL content/en/house.yaml: examples: {rent: {title: Rent, text: It is paid., labels: {}}}
    PASS content/en/house.yaml: examples: {}
    """
    concept = edition.context.concept(edition.concept)
    if concept:
        for name in sorted(edition.record.examples.keys() - concept.record.examples.keys()):
            yield edition.read.at_key(
                ("examples", name),
                f"the concept has no example {name!r}",
                f"add it to content/concepts/{edition.concept}.yaml",
            )


# --- parts of the source ---------------------------------------------------------------------------------------------

_PARTS: tuple[Literal["sections", "notes", "highlights", "examples"], ...] = (
    "sections",
    "notes",
    "highlights",
    "examples",
)


@of_entry("missing-part", "error")
def missing_part(edition: Edition) -> Iterator[Spot]:
    """The source has a section, note, key point or example that the translation lacks.
    Do: Translate it.
    FAIL content/ja/loan.yaml: sections: {}
    PASS content/ja/loan.yaml: sections: {end: {heading: 終わり方, body: 返済される。}}
    """
    for part in _PARTS if edition.source else ():
        own, wanted = getattr(edition.record, part), getattr(edition.source.record, part)  # type: ignore[union-attr]
        for name in sorted(wanted.keys() - own.keys()):
            yield edition.read.at_key((part,), f"{part}.{name} is not translated", f"add `{name}:`")


@of_entry("extra-part", "error")
def extra_part(edition: Edition) -> Iterator[Spot]:
    """A part that the source does not have.
    Do: Delete it, or rename it as the source has it.
    FAIL content/ja/house.yaml: notes: {law: 法律による。}
    PASS content/ja/house.yaml: notes: {}
    """
    for part in _PARTS if edition.source else ():
        own, wanted = getattr(edition.record, part), getattr(edition.source.record, part)  # type: ignore[union-attr]
        for name in sorted(own.keys() - wanted.keys()):
            message = f"{part}.{name} has no counterpart in the source"
            yield edition.read.at_key((part, name), message, "delete or rename it")
