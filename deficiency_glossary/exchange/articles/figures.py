"""Amounts that belong to a worked example become figures: one set for all languages of a concept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from deficiency_glossary.errors import GlossaryError
from deficiency_glossary.exchange.articles.amounts import Amount, Kind, amounts
from deficiency_glossary.exchange.articles.links import ArticleLink
from deficiency_glossary.exchange.articles.reading import Article, Block, Section
from deficiency_glossary.exchange.articles.report import Inside, quoted, within
from deficiency_glossary.library.figures import compute
from deficiency_glossary.model import ExampleFigures

Value = tuple[Kind, Decimal]

_NAMES: Final[Mapping[Kind, str]] = {"currency": "amount", "percent": "share", "number": "number"}
# How far back the two numbers may stand that a third one follows from.
_WINDOW: Final = 3
# Korean particles that change with the sound before them, and Turkish endings, as `text.grammar` reads them.
_KOREAN_TAIL = re.compile(r"(으로|로|이라고|라고|이고|을|를|은|는|이|가|과|와)(?![가-힣])")
_KOREAN: Final = {
    **dict.fromkeys(("으로", "로"), "(으)로"),
    **dict.fromkeys(("이라고", "라고"), "(이)라고"),
    "이고": "(이)고",
    **dict.fromkeys(("을", "를"), "을(를)"),
    **dict.fromkeys(("은", "는"), "은(는)"),
    **dict.fromkeys(("이", "가"), "이(가)"),
    **dict.fromkeys(("과", "와"), "과(와)"),
}
_TURKISH_TAIL = re.compile(r"['’]?([a-zçğıöşü]+)(?!\w)")
_TURKISH: Final = (
    (re.compile(r"l[ıiuü]k"), "-lIk"),
    (re.compile(r"[dt][ıiuü]r"), "-DIr"),
    (re.compile(r"[dt][ae]n"), "-DAn"),
    (re.compile(r"[dt][ae]"), "-DA"),
    (re.compile(r"y?l[ae]"), "-(y)lA"),
    (re.compile(r"n?[ıiuü]n"), "-(n)In"),
    (re.compile(r"y?[ae]"), "-(y)A"),
    (re.compile(r"y?[ıiuü]"), "-(y)I"),
)


class Story(NamedTuple):
    """The blocks of a section that tell an example, and their amounts in order."""

    section: Section
    blocks: tuple[Block, ...]
    amounts: tuple[Amount, ...]

    @property
    def values(self) -> list[Value]:
        """What the amounts are worth."""
        return [value_of(amount) for amount in self.amounts]


def value_of(amount: Amount) -> Value:
    """What two amounts have in common that are one figure."""
    return amount.kind, amount.value


@dataclass(slots=True)
class Plan:
    """The figures of one example: a name for each value, and the formulas of those that follow from others."""

    currency: str
    names: dict[Value, str] = field(default_factory=dict)
    results: dict[str, str] = field(default_factory=dict)

    def figures(self) -> dict[str, Decimal]:
        """The values that do not follow from others."""
        return {name: value for (_, value), name in self.names.items() if name not in self.results}

    def kinds(self) -> dict[str, str]:
        """What is no amount of money."""
        return {name: kind for (kind, _), name in self.names.items() if kind != "currency"}


# --- one article -----------------------------------------------------------------------------------------------------


def amounts_of(article: Article, links: Sequence[ArticleLink]) -> list[Amount]:
    """All amounts of the running text, addresses of links left out."""
    addresses = Inside((link.target_start, link.end) for link in links)
    return [
        amount
        for block in article.prose()
        for amount in amounts(article.text, article.language, block.inner, block.end)
        if amount.start not in addresses
    ]


def stories_of(article: Article, found: Sequence[Amount]) -> list[Story]:
    """The examples that the sections tell: an amount of money recurs there, or follows from two others."""
    stories: list[Story] = []
    for section in article.sections:
        parts: list[Story] = []
        for block in section.blocks:
            here = tuple(within(found, block.span, lambda amount: amount.start))
            part = Story(section, (block,), here)
            if parts and not _new_story(parts[-1], part):
                part = _joined(parts.pop(), part)
            parts.append(part)
        if len(parts) > 1 and not _tells(parts[-1]):
            last = parts.pop()
            parts[-1] = _joined(parts[-1], last)
        stories += parts if parts and all(map(_tells, parts)) else []
    return stories


def _joined(first: Story, second: Story) -> Story:
    return Story(first.section, first.blocks + second.blocks, first.amounts + second.amounts)


def _new_story(before: Story, part: Story) -> bool:
    """Whether a block with amounts of its own begins another example: none of the one before, which is complete."""
    money = {value for value in part.values if value[0] == "currency"}
    return bool(money) and money.isdisjoint(before.values) and _tells(before)


def _tells(story: Story) -> bool:
    counts = Counter(value for value in story.values if value[0] == "currency")
    if len(counts) < 2 or len({amount.currency for amount in story.amounts if amount.kind == "currency"}) > 1:
        return False
    return max(counts.values()) > 1 or bool(_results(list(dict.fromkeys(story.values)), _numbered(story.values)))


def look_at_figures(article: Article, found: Sequence[Amount], stories: Sequence[Story]) -> None:
    """Amounts written in several ways, and a number that its neighbours nearly give."""
    money = [amount for amount in found if amount.kind == "currency"]
    by_currency = {amount.currency: [one for one in money if one.currency == amount.currency] for amount in money}
    for same in by_currency.values():
        ways: dict[tuple[str, str | None], Amount] = {}
        for amount in same:
            if amount.group is not None or all(amount.sides != sides for sides, _ in ways):
                ways.setdefault((amount.sides, amount.group), amount)
        if len(ways) > 1:
            shown = ", ".join(quoted(article.text[one.start : one.end]) for one in ways.values())
            article.notes.finding(
                "figure-styles",
                next(iter(ways.values())).start,
                f"amounts are written in {len(ways)} ways: {shown}",
                "figures are written by the language's rule; write the rest alike",
                severity="warning",
            )
    for story in stories:
        _nearly(article, story)


def _nearly(article: Article, story: Story) -> None:
    values = list(dict.fromkeys(value for value in story.values if value[0] == "currency"))
    for index in range(2, len(values)):
        before, other, this = (value for _, value in values[index - 2 : index + 1])
        meant = before - other
        if meant > 0 and this != meant and _one_slip(this, meant):
            amount = next(one for one in story.amounts if value_of(one) == ("currency", this))
            shown = quoted(article.text[amount.start : amount.end])
            article.notes.finding(
                "figures-disagree",
                amount.start,
                f"{shown} is not {before:,} - {other:,} = {meant:,}, but nearly",
                "see which of the three is wrong",
                severity="warning",
            )


def _one_slip(this: Decimal, meant: Decimal) -> bool:
    """Whether one digit, two neighbours in the wrong order, or a lost zero makes the difference."""
    left, right = format(this.normalize(), "f"), format(meant.normalize(), "f")
    if abs(len(left) - len(right)) == 1:
        return left.rstrip("0") == right.rstrip("0")
    if len(left) != len(right):
        return False
    unlike = [index for index, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(unlike) == 1:
        return True
    swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1
    return swapped and left[unlike[0]] == right[unlike[1]] and left[unlike[1]] == right[unlike[0]]


# --- all languages together ------------------------------------------------------------------------------------------


def make_plan(stories: Sequence[Story]) -> Plan:
    """Names for the values of one example; the first story is the one that decides their order."""
    values = list(dict.fromkeys(value for story in stories for value in story.values))
    currency = next(one.currency for one in stories[0].amounts if one.kind == "currency")
    names = _numbered(values)
    return Plan(currency, names, _results(list(dict.fromkeys(stories[0].values)), names))


def _numbered(values: Iterable[Value]) -> dict[Value, str]:
    return {value: f"{_NAMES[value[0]]}_{index}" for index, value in enumerate(dict.fromkeys(values), 1)}


def _results(values: Sequence[Value], names: Mapping[Value, str]) -> dict[str, str]:
    """The formulas of the amounts of money that the two numbers before them give."""
    found: dict[str, str] = {}
    for index, (kind, value) in enumerate(values):
        near = values[max(index - _WINDOW, 0) : index]
        formula = next(_formulas(value, near, names), None) if kind == "currency" else None
        if formula:
            found[names[kind, value]] = formula
    return found


def _formulas(value: Decimal, near: Sequence[Value], names: Mapping[Value, str]) -> Iterator[str]:
    """Of two numbers next to each other, the nearest first."""
    for first, second in zip(near[-2::-1], near[:0:-1], strict=False):
        (kind, left), (other, right) = first, second
        a, b = names[first], names[second]
        if kind == other == "currency":
            if left - right == value:
                yield f"{a} - {b}"
            elif right - left == value:
                yield f"{b} - {a}"
            elif left + right == value:
                yield f"{a} + {b}"
        elif {kind, other} == {"currency", "percent"} and left * right == value:
            yield f"{a} * {b}"


def fitted(plan: Plan, examples: Mapping[str, ExampleFigures], taken: Iterable[str]) -> tuple[str, Plan] | None:
    """The example of a concept that has all these values already, and its names for them."""
    for name, example in examples.items():
        if name in taken or example.currency != plan.currency:
            continue
        try:
            numbers = compute(example)
        except GlossaryError:
            continue
        names = {(example.kinds.get(figure, "currency"), number): figure for figure, number in numbers.items()}
        if plan.names.keys() <= names.keys():
            return name, Plan(plan.currency, {value: names[value] for value in plan.names}, dict(example.results))
    return None


# --- placeholders ----------------------------------------------------------------------------------------------------


def put_placeholders(article: Article, story: Story, plan: Plan) -> None:
    """Write `{name}` for each amount of the story, with the ending after it as the language's grammar wants it."""
    for amount in story.amounts:
        name = plan.names.get(value_of(amount))
        if name is None:
            continue
        end, ending = _ending(article, amount)
        shown = quoted(article.text[amount.start : end])
        article.notes.finding(
            "made-figure",
            amount.start,
            f"{shown} is {{{name}}}{ending} now ({amount.value:f})",
            edit=(end, f"{{{name}}}{ending}"),
        )


def _ending(article: Article, amount: Amount) -> tuple[int, str]:
    """Where the amount ends with its ending, and the ending in the notation for translators."""
    if article.language == "ko":
        found = _KOREAN_TAIL.match(article.text, amount.end)
        return (found.end(), _KOREAN[found[1]]) if found else (amount.end, "")
    if article.language == "tr":
        found = _TURKISH_TAIL.match(article.text, amount.end)
        for pattern, notation in _TURKISH if found else ():
            if found and pattern.fullmatch(found[1]):
                return found.end(), notation
    return amount.end, ""
