"""An article's links: where they go in a glossary, and those that stand in the wrong place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import NamedTuple

from deficiency_glossary.exchange.articles.reading import Article
from deficiency_glossary.exchange.articles.report import Inside, excerpt, quoted
from deficiency_glossary.library.store import is_valid_id
from deficiency_glossary.model import MAX_ID_LENGTH
from deficiency_glossary.text import markup

# What `mending` makes one link of: the gap, the address; or the address between full-width parentheses.
SPLIT_LINK = re.compile(r"(\])(?:([ \u00a0]+)\((/[\w/#-]+)\)|()（(/[\w/#-]+)）)")
_SLUG = re.compile(r"/([\w.-]+)/?(#[\w-]*)?")
_NO_ID = re.compile(r"[^a-z0-9]+")
_SENTENCE_END = re.compile(r"[.!?。！？]['\"”’」)）]*\Z")
_LONG = {"ja": 18, "zh": 14, "th": 30}  # languages without spaces: characters, not words
_MOST_WORDS = 6
_SPACE_OR_NOTHING = re.compile(r"[ \t\u00a0]*\Z")
_PUNCTUATION_FIRST = re.compile(r"[\s]*[,.;:!?、。，．：；）」)\]]")
# What no term of the language begins or ends with.
_PARTICLE_FIRST = {"ja": re.compile(r"[をがはにでへも](?=[\u4e00-\u9fffァ-ヶ])")}
_VERB_LAST = {
    "ko": re.compile(r"(?:니다|니까|세요|십시오)[.?!]?\Z"),
    "ja": re.compile(r"(?:ます|ました|ません|です|でした|ください)[。？！]?\Z"),
}


class ArticleLink(NamedTuple):
    """A link of an article. `target` is its address as written, `concept` the id that it means, if any."""

    text: str
    target: str
    concept: str
    start: int
    end: int

    @property
    def target_start(self) -> int:
        """Where the address begins."""
        return self.start + len(self.text) + 3


def id_of(slug: str) -> str:
    """The id that an address of the wiki becomes: `deed_in_lieu_of_foreclosure` with hyphens. '' if it cannot be."""
    plain = unicodedata.normalize("NFKD", slug).encode("ascii", "ignore").decode().lower()
    made = _NO_ID.sub("-", plain).strip("-")[:MAX_ID_LENGTH].rstrip("-")
    if made and not is_valid_id(made):
        made = f"{made}-term"  # the name of a page, or of a device
    return made


class Names:
    """Which concept an address means: of the glossary, by id or old address, or of the articles that come along."""

    def __init__(self, concepts: Iterable[str], aliases: Mapping[str, str], slugs: Iterable[str]) -> None:
        self._by_slug: dict[str, str] = {}
        self.known = set(concepts)
        for alias, concept in aliases.items():
            self._by_slug.setdefault(alias, concept)
        taken: set[str] = set()
        # The slug that is an id keeps it; another one that would become the same id gets a number.
        for slug in sorted(set(slugs), key=lambda slug: (slug != id_of(slug), slug)):
            concept = self.concept_of(slug) or ""
            if concept in taken and slug not in aliases:
                concept = next(f"{concept}-{n}" for n in count(2) if f"{concept}-{n}" not in taken)
                self._by_slug[slug] = concept
            if concept:
                taken.add(concept)
        self.known |= taken

    def concept_of(self, slug: str) -> str | None:
        """The id, whether or not there is such a concept; None if no id can be made of it."""
        if slug not in self._by_slug:
            made = id_of(slug)
            self._by_slug[slug] = self._by_slug.get(made, made)
        return self._by_slug[slug] or None


def read_links(article: Article, names: Names) -> list[ArticleLink]:
    """The links of an article, their targets turned into ids. A heading is plain text: its link stays as words."""
    headings = [section.heading for section in article.sections]
    headings += [article.highlights.heading] if article.highlights else []
    headings += [article.title] if article.title else []
    lines = Inside((*headings, *article.fields.values()))
    found: list[ArticleLink] = []
    for link in markup.links(_joined(article.text)):
        slug = _SLUG.fullmatch(link.target)
        concept = names.concept_of(slug[1]) if slug else None
        one = ArticleLink(link.text, link.target, concept or "", link.start, link.end)
        if link.start in lines:
            _unlink(article, one)
            continue
        found.append(one)
        if slug and concept:
            _rename(article, one, slug, concept, concept in names.known)
        elif link.target.startswith(("/", ".", "#")) or not link.target:
            article.notes.finding(
                "link-nowhere",
                one.target_start,
                f"no concept can be meant by {quoted(link.target)}",
                "mend the address, or take the link away",
                severity="warning",
            )
    return found


def _joined(text: str) -> str:
    """The text with links that a space or full-width parentheses broke made whole, every character in its place."""
    return SPLIT_LINK.sub(r"\2\4](\3\5)", text) if SPLIT_LINK.search(text) else text


def _rename(article: Article, link: ArticleLink, slug: re.Match[str], concept: str, known: bool) -> None:
    start = link.target_start
    at = article.text.find(link.target, start, link.end)
    new = concept + (slug[2] or "")
    if new == link.target.strip("/"):
        article.notes.edit(at, at + len(link.target), new)
    else:
        message = f"the link {quoted(link.target)} goes to “{new}” now"
        article.notes.finding("renamed-link", at, message, edit=(at + len(link.target), new))
    if not known:
        article.notes.finding(
            "link-nowhere",
            start,
            f"the link goes to {quoted(concept)}, which is neither in the glossary nor among the articles",
            "import its article too, or take the link away",
            severity="warning",
        )


def _unlink(article: Article, link: ArticleLink) -> None:
    if article.notes.edit(link.start, link.start + 1, ""):
        tail = link.start + 1 + len(link.text)
        message = f"this is a line without links: {quoted(article.text[tail : link.end])} was taken off"
        article.notes.finding("not-in-draft", tail, message, edit=(link.end, ""))


# --- what a person must look at --------------------------------------------------------------------------------------


def look_at_links(article: Article, links: list[ArticleLink], owner_of: Callable[[str], str | None]) -> None:
    """Links that swallow more than a term, that touch, or that stand on another concept's name.

    `owner_of` gives the concept whose name a text is, if it is one.
    """
    for index, link in enumerate(links):
        reason = _swallowed(article, link)
        if reason:
            article.notes.finding(
                "link-swallows",
                link.start,
                f"the link {excerpt(link.text)} {reason}",
                "link the term alone",
                severity="warning",
            )
        if link.concept and (owner := owner_of(link.text)) not in (None, link.concept):
            article.notes.finding(
                "crossed-link",
                link.start,
                f"{excerpt(link.text)} names {quoted(owner or '')}, but the link goes to “{link.concept}”",
                "let the link go where its words say",
                severity="warning",
            )
        if index and _touch(article, links[index - 1], link):
            article.notes.finding(
                "crossed-link",
                link.start,
                f"the links {excerpt(links[index - 1].text)} and {excerpt(link.text)} touch",
                "see that each stands on the term that it leads to",
                severity="warning",
            )


def _touch(article: Article, before: ArticleLink, link: ArticleLink) -> bool:
    between = article.text[before.end : link.start]
    return before.target != link.target and _SPACE_OR_NOTHING.match(between) is not None


def _swallowed(article: Article, link: ArticleLink) -> str:
    """What is wrong with a link's words, or ''."""
    language, text = article.language, link.text.strip()
    particle, verb = _PARTICLE_FIRST.get(language), _VERB_LAST.get(language)
    if _PUNCTUATION_FIRST.match(link.text):
        return "begins with a punctuation mark"
    if particle and particle.match(text):
        return "begins with a particle: it stands on no term"
    if _ends_sentence(article, link, text):
        return "swallows the end of a sentence"
    if verb and verb.search(text):
        return "stands on a verb, not on a term"
    limit = _LONG.get(language)
    if len(text) > limit if limit else len(text.split()) > _MOST_WORDS:
        return "swallows more than a term"
    return ""


def _ends_sentence(article: Article, link: ArticleLink, text: str) -> bool:
    if not _SENTENCE_END.search(text):
        return False
    if text[-1] in "。！？" or " " not in text:
        return text[-1] != "."
    rest = article.text[link.end : link.end + 3].lstrip(" ")
    return not rest[:1].islower()  # "Apple Inc." goes on, a sentence does not
