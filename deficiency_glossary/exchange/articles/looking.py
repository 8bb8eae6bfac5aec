"""What a person must look at in one article: sentences without a beginning, words left in another language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from deficiency_glossary.exchange.articles.links import ArticleLink
from deficiency_glossary.exchange.articles.reading import Article, Block
from deficiency_glossary.exchange.articles.report import excerpt, quoted
from deficiency_glossary.text.terms import Matcher

_OPENERS = " \t\n>*_\"'“‘«「『(（["
_PAUSE_FIRST = re.compile(r"[,.;:!?、。，．：；،؛)\]）」』]")
_LINK_MIDDLE = re.compile(r"\]\([^()\s]*\)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_TWICE = re.compile(r"(?<![\w-])([^\W\d_]{3,}) \1(?![\w-])", re.IGNORECASE)
# Korean: a particle or copula with a space before it. 이 is left out: alone it means “this”.
# A noun and 해야 are one word; after a particle or an adverb it is a word of its own.
_KOREAN_PARTICLE = re.compile(
    r"(?<=[가-힣\])]) (?:은|는|을|를|의|가|과|와|입니다|이다|에게|에서|에|으로|로)(?=[\s.,\](]|\Z)"
    r"|(?<=[가-힣])(?<![을를은는이가도게히만로에잘더안못꼭]) 해야(?=[\s\[])"
)
_LATIN_RUN = re.compile(r"[a-z]{2,}(?:[ -][a-z]{2,})+")
_BRACE = re.compile(r"[{}｛｝]")
_OTHER_SCRIPTS = frozenset({"ko", "ja", "zh", "ar", "ru", "uk", "el", "he", "hi", "th", "bn", "ta", "fa", "ur", "ka"})
_ENGLISH_RUN = re.compile(r"(?<![\w'’-])[a-z]+(?: [a-z]+){2,}(?![\w-])")
_LIKE: Final = 0.5  # of two texts' pairs of letters
_COMMON = (
    "the of and to is that with this are which from by an or as it be for not have has was were will can their on at"
)
_ENGLISH: Final = frozenset(_COMMON.split())


def look_at_text(article: Article, links: Sequence[ArticleLink], english: frozenset[str] = frozenset()) -> None:
    """Everything that one article shows by itself. `english` are English names of subjects, case folded."""
    _beginnings(article, links)
    _repeated(article)
    if article.language == "ko":
        _particles(article)
    if article.language != "en":
        _untranslated(article, links, english)
    _same_text_twice(article)
    _braces(article)
    _title(article)


# --- sentences that lost their beginning -----------------------------------------------------------------------------


def _beginnings(article: Article, links: Sequence[ArticleLink]) -> None:
    starts = {link.start for link in links}
    highlights = {block.start for block in article.highlights.blocks} if article.highlights else set()
    first = True
    for block in article.prose():
        reason = _beheaded(article, block, block.kind != "item" or block.start in highlights)
        if not reason and first and block.kind == "text" and block.start in starts:
            reason = "the article’s first words are a link"
        first = False
        if reason:
            lost_beginning(article, block, reason)


def _beheaded(article: Article, block: Block, sentence: bool) -> str:
    """Why a block seems to have lost its beginning, or ''."""
    text = article.of(block.text_span)
    bare = text.lstrip(_OPENERS)
    if _PAUSE_FIRST.match(text.lstrip(" \t\n>*_")):
        return "it begins with a punctuation mark"
    word = _WORD.match(bare)
    if sentence and word and word[0][0].islower() and not text.lstrip().startswith(("<", "`", "|", "$")):
        return "it begins with a small letter"
    return ""


def lost_beginning(article: Article, block: Block, reason: str) -> None:
    """Say that a block seems to have lost its beginning."""
    article.notes.finding(
        "lost-beginning",
        block.inner,
        f"{excerpt(article.of(block.text_span), 40)}: {reason}",
        "find the beginning of the sentence in the source, or see that none is missing",
        severity="warning",
        once=True,
    )


# --- words -----------------------------------------------------------------------------------------------------------


def _repeated(article: Article) -> None:
    for block in article.prose():
        for found in _TWICE.finditer(article.text, block.inner, block.end):
            article.notes.finding(
                "repeated-word",
                found.start(),
                f"the word stands twice: {quoted(found[0])}",
                "delete one, unless the language means it so",
                severity="warning",
            )


def _particles(article: Article) -> None:
    for found in _KOREAN_PARTICLE.finditer(article.text):
        article.notes.finding(
            "split-particle",
            found.start(),
            f"a space parts {quoted(found[0].strip())} from its word",
            "join them; where a link is between, end it before the particle",
            severity="warning",
        )


def _untranslated(article: Article, links: Sequence[ArticleLink], english: frozenset[str]) -> None:
    """English left in an article: runs of it, and links whose words are the English address."""
    for link in links:
        words = re.sub(r"[^a-z0-9]+", "", link.text.lower())
        slug = re.sub(r"[^a-z0-9]+", "", link.target.lower())
        if len(slug) > 3 and words in (slug, f"{slug}s", f"{slug}es") and link.text.islower():
            _english(article, link.start, link.text)
    other_script = article.language in _OTHER_SCRIPTS
    for block in article.prose():
        for found in (_LATIN_RUN if other_script else _ENGLISH_RUN).finditer(article.text, block.inner, block.end):
            known = [word for word in found[0].split(" ") if word in _ENGLISH]
            if (other_script or len(set(known)) > 1) and not _in_address(article, found.start()):
                _english(article, found.start(), found[0])
    keywords = article.fields.get("keywords")
    if keywords and (other_script or _all_in(article.of(keywords), english)) and article.of(keywords).isascii():
        _english(article, keywords.start, article.of(keywords))


def _all_in(keywords: str, known: frozenset[str]) -> bool:
    return all(keyword.strip().casefold() in known for keyword in keywords.split(","))


def _english(article: Article, at: int, text: str) -> None:
    message = f"{excerpt(text)} seems to be English"
    article.notes.finding("untranslated", at, message, "translate it", severity="warning", once=True)


def _in_address(article: Article, at: int) -> bool:
    """Whether a place is in the address of a link, or in HTML."""
    before = article.text[max(at - 120, 0) : at]
    return re.search(r"\]\([^)\s]*\Z|<[^<>]*\Z|https?://\S*\Z", before) is not None


# --- texts that stand twice ------------------------------------------------------------------------------------------


def _same_text_twice(article: Article) -> None:
    """A description that is one of the highlights over again."""
    description = article.fields.get("description")
    if description is None or article.highlights is None:
        return
    pairs = _pairs(article.of(description))
    likeness = {}
    for block in article.highlights.blocks:
        others = _pairs(article.of(block.text_span))
        likeness[block] = len(pairs & others) / max(len(pairs | others), 1)
    best = max(likeness, key=lambda block: likeness[block])
    if likeness[best] >= _LIKE:
        line, _ = article.notes.place(best.start)
        article.notes.finding(
            "repeated-text",
            description.start,
            f"the description says much the same as the highlight on line {line}",
            "reword one of them, or keep both",
        )


def _pairs(text: str) -> set[str]:
    letters = "".join(char for char in _LINK_MIDDLE.sub("", text).casefold() if char.isalnum())
    return {letters[index : index + 2] for index in range(len(letters) - 1)}


def _braces(article: Article) -> None:
    """Braces, which mean placeholders in a glossary."""
    places = [found.start() for block in article.prose() for found in _BRACE.finditer(article.text, *block.text_span)]
    if places:
        article.notes.finding(
            "literal-brace",
            places[0],
            f"a brace stands for a placeholder in a glossary; there are {len(places)} in this article",
            "write them in another way, or as `code`",
            severity="warning",
        )


def _title(article: Article) -> None:
    """A title that the text does not use: the text calls the thing something else."""
    span = article.fields.get("title") or article.title
    name = re.sub(r"\s*[(（][^()（）]*[)）]", "", article.of(span)).strip().casefold() if span else ""
    if name and not any(name in article.of(block.text_span).casefold() for block in article.prose()):
        article.notes.finding(
            "unused-title",
            span.start if span else None,
            f"the text never says {excerpt(name)}",
            "see what it calls the concept, and which of the two is the term",
            severity="warning",
        )


# --- terms -----------------------------------------------------------------------------------------------------------


def look_at_terms(article: Article, matcher: Matcher, preferred: dict[str, str]) -> None:
    """Terms that the glossary advises against, each once an article."""
    seen: set[tuple[str, str]] = set()
    for mention in matcher.find(article.text, markdown=True):
        if mention.status not in ("deprecated", "superseded") or (mention.concept, mention.term) in seen:
            continue
        seen.add((mention.concept, mention.term))
        article.notes.finding(
            "discouraged-term",
            mention.start,
            f"{quoted(article.text[mention.start : mention.end])} is a {mention.status} term of “{mention.concept}”",
            f"write “{preferred.get(mention.concept, '')}”",
            severity="warning",
        )
