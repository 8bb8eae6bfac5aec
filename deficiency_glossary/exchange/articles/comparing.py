"""The languages of one concept beside each other: what one has and the others lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from deficiency_glossary.exchange.articles.amounts import Amount
from deficiency_glossary.exchange.articles.links import ArticleLink
from deficiency_glossary.exchange.articles.looking import lost_beginning
from deficiency_glossary.exchange.articles.reading import Article, Block
from deficiency_glossary.exchange.articles.report import excerpt, quoted, within

_SENTENCE_END = re.compile(r"[.!?]+(?=[\"'”’»)]*(?:[\s\]]|\Z))|[。！？]+")
_NAME = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{2,}(?![A-Za-z])")
_FAR = 0.3  # of a paragraph: a link that stands so far in is not its beginning
_MIN_SAME = 20  # letters, from which on a text that two languages share was not translated


@dataclass(slots=True)
class Reading:
    """An article with what was found in it."""

    article: Article
    links: list[ArticleLink]
    amounts: list[Amount]


def compare(readings: Sequence[Reading]) -> None:
    """Compare the languages of one concept. With fewer than two there is nothing to compare."""
    if len(readings) < 2:
        return
    _figures(readings)
    _same_text(readings)
    shapes = Counter(_shape(one.article) for one in readings)
    usual = shapes.most_common(1)[0][0]
    alike = [one for one in readings if _shape(one.article) == usual]
    for one in readings:
        if _shape(one.article) != usual:
            _other_shape(one, usual, [other.article.locale for other in alike])
    if len(alike) > 1:
        for blocks in zip(*(list(one.article.prose()) for one in alike), strict=True):
            _block(alike, blocks)
    _link_order(readings)


def _shape(article: Article) -> tuple[tuple[str, ...], ...]:
    """The kinds of blocks of each part. A lost quotation mark makes no other shape."""
    parts = [article.preamble, *(section.blocks for section in article.sections)]
    if article.highlights:
        parts.append(article.highlights.blocks)
    return tuple(tuple("text" if block.kind == "quote" else block.kind for block in part) for part in parts)


def _other_shape(one: Reading, usual: tuple[tuple[str, ...], ...], others: Sequence[str]) -> None:
    shape = _shape(one.article)
    part = next((index for index, (a, b) in enumerate(zip(shape, usual, strict=False)) if a != b), None)
    if part is None:
        message = f"the article has {len(shape)} parts, in {', '.join(others)} there are {len(usual)}"
    else:
        message = f"part {part + 1} has {len(shape[part])} blocks, in {', '.join(others)} there are {len(usual[part])}"
    one.article.notes.finding("other-structure", None, message, "see what was lost or added", severity="warning")


# --- block by block --------------------------------------------------------------------------------------------------


def _block(readings: Sequence[Reading], blocks: Sequence[Block]) -> None:
    counts = [
        _sentences(one.article.notes.edited(block.text_span)) for one, block in zip(readings, blocks, strict=True)
    ]
    links = [
        list(within(one.links, block.span, lambda link: link.start))
        for one, block in zip(readings, blocks, strict=True)
    ]
    for index, (one, block) in enumerate(zip(readings, blocks, strict=True)):
        others = counts[:index] + counts[index + 1 :]
        if counts[index] < median_low(others) and counts[index] < min(others):
            one.article.notes.finding(
                "lost-sentence",
                block.start,
                f"{excerpt(one.article.of(block.text_span), 40)}: {counts[index]} of {median_low(others)} sentences",
                "see what the other languages say here",
                severity="warning",
            )
        _begins_with_link(
            one, block, links[index], [(readings[i], blocks[i], links[i]) for i in range(len(blocks)) if i != index]
        )
        _links_of_block(one, block, links[index], [links[i] for i in range(len(blocks)) if i != index])
        _names(one, block, [(readings[i], blocks[i]) for i in range(len(blocks)) if i != index])
    _kinds(readings, blocks)


def _sentences(text: str) -> int:
    ends = list(_SENTENCE_END.finditer(text))
    rest = text[ends[-1].end() :] if ends else text
    return len(ends) + any(map(str.isalpha, _ADDRESS.sub("", rest)))


_ADDRESS = re.compile(r"\]\([^()\s]*\)")


def _kinds(readings: Sequence[Reading], blocks: Sequence[Block]) -> None:
    quotes = [block.kind == "quote" for block in blocks]
    if any(quotes) and sum(quotes) * 2 > len(quotes):
        for one, block in zip(readings, blocks, strict=True):
            if block.kind == "text":
                one.article.notes.finding(
                    "lost-quote",
                    block.start,
                    f"{excerpt(one.article.of(block.text_span), 40)} is a quotation in the other languages",
                    "begin its lines with “> ”",
                    severity="warning",
                    once=True,
                )


def _begins_with_link(
    one: Reading, block: Block, own: list[ArticleLink], others: Sequence[tuple[Reading, Block, list[ArticleLink]]]
) -> None:
    """A paragraph that begins with a link which stands far inside it in the other languages."""
    first = next((link for link in own if link.start == block.inner), None)
    if first is None:
        return
    depths = [
        (link.start - other_block.inner) / max(other_block.end - other_block.inner, 1)
        for _, other_block, links in others
        for link in links
        if link.concept == first.concept
    ]
    if depths and min(depths) > _FAR:
        lost_beginning(one.article, block, "in the other languages this link does not begin the paragraph")


def _names(one: Reading, block: Block, others: Sequence[tuple[Reading, Block]]) -> None:
    """A paragraph that begins with a name in another language; this article uses the name, but not here."""
    here = one.article.of(block.text_span)
    for other, other_block in others:
        text = other.article.of(other_block.text_span)
        opening = _NAME.match(text.lstrip("> "))
        if opening is None or opening[0] in here or not _is_name(opening[0], one, other, others):
            continue
        lost_beginning(
            one.article, block, f"in {other.article.locale} it begins with “{opening[0]}”, which is not here"
        )
        return


def _is_name(word: str, one: Reading, other: Reading, others: Sequence[tuple[Reading, Block]]) -> bool:
    """Whether a word with a capital is the same in several languages, this one among them: a name, not a noun."""
    return word in one.article.text and any(peer is not other and word in peer.article.text for peer, _ in others)


def _links_of_block(one: Reading, block: Block, own: list[ArticleLink], others: list[list[ArticleLink]]) -> None:
    """Links that most of the other languages have in this block, and this one has not."""
    targets = {link.concept for link in own}
    counts = Counter(concept for links in others for concept in {link.concept for link in links if link.concept})
    for concept, count in counts.items():
        if concept not in targets and count * 2 > len(others):
            elsewhere = any(link.concept == concept for link in one.links)
            where = "stands in another paragraph here" if elsewhere else "is missing here"
            one.article.notes.finding(
                "misplaced-link",
                block.start,
                f"the link to “{concept}” {where}; the other languages have it in this paragraph",
                "put the link on its term",
                severity="warning",
            )


# --- the article as a whole ------------------------------------------------------------------------------------------


def _link_order(readings: Sequence[Reading]) -> None:
    orders = {one.article.locale: tuple(link.concept for link in one.links if link.concept) for one in readings}
    usual, count = Counter(orders.values()).most_common(1)[0]
    if count < 2:
        return
    like = ", ".join(locale for locale, order in orders.items() if order == usual)
    for one in readings:
        order = orders[one.article.locale]
        if order == usual or sorted(order) != sorted(usual):
            continue
        index = next(i for i, (a, b) in enumerate(zip(order, usual, strict=True)) if a != b)
        link = [link for link in one.links if link.concept][index]
        one.article.notes.finding(
            "crossed-link",
            link.start,
            f"the link to “{order[index]}” stands where {like} have the one to “{usual[index]}”",
            "see that each link stands on its term; the order of words may differ",
            severity="warning",
        )


def _figures(readings: Sequence[Reading]) -> None:
    """Amounts that one language has and the others have not."""
    counts = [Counter((amount.currency, amount.value) for amount in one.amounts if amount.currency) for one in readings]
    keys = [tuple(sorted(count.items())) for count in counts]
    usual = Counter(keys).most_common(1)[0][0]
    like = ", ".join(one.article.locale for one, key in zip(readings, keys, strict=True) if key == usual)
    for one, count in zip(readings, counts, strict=True):
        for (currency, value), times in (count - Counter(dict(usual))).items():
            place = next(a for a in one.amounts if (a.currency, a.value) == (currency, value))
            shown = quoted(one.article.text[place.start : place.end])
            _differ(one, place.start, f"{shown} stands {times}× more often than in {like}")
        for (currency, value), times in (Counter(dict(usual)) - count).items():
            _differ(one, None, f"{currency} {value:,f} stands {times}× more often in {like} than here")


def _differ(one: Reading, at: int | None, message: str) -> None:
    one.article.notes.finding(
        "figures-differ", at, message, "see which language has the right amount", severity="warning"
    )


def _same_text(readings: Sequence[Reading]) -> None:
    """Paragraphs that are the same in two languages: one of them was not translated."""
    seen: dict[str, Reading] = {}
    for one in readings:
        for block in one.article.prose():
            text = one.article.of(block.text_span)
            if sum(map(str.isalpha, text)) < _MIN_SAME:
                continue
            first = seen.setdefault(text, one)
            if first is not one:
                one.article.notes.finding(
                    "untranslated",
                    block.inner,
                    f"{excerpt(text)} is the same as in {first.article.locale}",
                    "translate it",
                    severity="warning",
                )
    _same_keywords(readings)


def _same_keywords(readings: Sequence[Reading]) -> None:
    """Keywords that several languages share are in the language that they came from, which is English."""
    spans = [(one, one.article.fields["keywords"]) for one in readings if "keywords" in one.article.fields]
    counts = Counter(one.article.of(span) for one, span in spans)
    for one, span in spans:
        if counts[one.article.of(span)] > 1 and one.article.language != "en":
            message = f"the keywords {excerpt(one.article.of(span))} are the same in several languages"
            hint = "translate them"
            one.article.notes.finding("untranslated", span.start, message, hint, severity="warning", once=True)
