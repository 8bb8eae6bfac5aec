"""The files that articles become: an entry for each language, and the concept that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

from deficiency_glossary.exchange.articles.figures import Plan
from deficiency_glossary.exchange.articles.links import id_of
from deficiency_glossary.exchange.articles.reading import Article, Block
from deficiency_glossary.exchange.articles.report import Span, excerpt, quoted, visible
from deficiency_glossary.library.dump import dump
from deficiency_glossary.model import ALIAS_PATTERN, MAX_ID_LENGTH, Entry

MAX_LINE: Final = 400
MAX_MARKDOWN: Final = 50_000
_MODELINE: Final = "yaml-language-server: $schema=../../docs/reference/schema/{}.json"

Where = tuple[str, ...]


class Told(NamedTuple):
    """An example of an entry: its id, its figures, and the blocks of a section that tell it."""

    name: str
    plan: Plan
    blocks: Sequence[Block]


@dataclass(slots=True)
class Draft:
    """A draft entry, and from where in the article each of its texts comes."""

    entry: dict[str, Any] = field(default_factory=dict)
    claims: list[tuple[Where, Span]] = field(default_factory=list)

    def text(self, comment: str) -> str:
        """The file."""
        return dump(self.entry, comment)


@dataclass(slots=True)
class Ids:
    """The ids of parts, the same in every language: the source entry's where it has as many, else by number."""

    sections: Sequence[str] = ()
    highlights: Sequence[str] = ()

    @classmethod
    def of(cls, entry: Entry | None) -> Ids:
        """The ids that an entry has."""
        return cls(tuple(entry.sections), tuple(entry.highlights)) if entry else cls()


def entry_draft(article: Article, ids: Ids, stories: Mapping[int, Sequence[Told]], word: str) -> Draft:
    """The entry of an article. `stories` has, by index of a section, the examples that it tells.

    `word` is the locale's word for an amount, for the labels.
    """
    maker = _Maker(article, Draft())
    maker.head()
    rest = maker.definition(in_story=0 in stories)
    maker.sections(rest, ids.sections, stories, word)
    maker.highlights(ids.highlights)
    maker.draft.entry["method"] = "machine"
    return maker.draft


class _Maker:
    """Fills a draft, part by part, in the order in which its file shows them."""

    def __init__(self, article: Article, draft: Draft) -> None:
        self.article = article
        self.notes = article.notes
        self.draft = draft
        self.told: dict[str, Any] = {}

    def _line(self, where: Where, span: Span | None, fallback: str = "") -> str:
        """A text of one line."""
        if span is None:
            return fallback
        text = " ".join(self.notes.edited(span).split("\n")).strip()
        if len(text) > MAX_LINE:
            end = text.rfind(" ", MAX_LINE - 40, MAX_LINE)  # between words, where there are any
            end = end if end > 0 else MAX_LINE - 1
            cut = text[end:].strip()
            self.notes.finding(
                "not-in-draft",
                span.start,
                f"the line is longer than {MAX_LINE} characters; cut off: {quoted(cut)}",
                "say it in fewer words",
                severity="warning",
            )
            text = text[:end].rstrip() + "…"
        self.draft.claims.append((where, span))
        return text or fallback

    def _body(self, where: Where, span: Span) -> str:
        self.draft.claims.append((where, span))
        return (self.notes.edited(span).strip("\n ") or "…") + "\n"

    # --- title, description, definition

    def head(self) -> None:
        article, entry = self.article, self.draft.entry
        title_span = article.fields.get("title") or article.title
        title = self._line(("title",), title_span, article.concept.replace("-", " "))
        if title_span is None:
            self._missing("title", title)
        self._second_title(title)
        entry["terms"] = [{"term": title, "status": "preferred"}]
        entry["title"] = title
        description = article.fields.get("description")
        entry["description"] = self._line(("description",), description)
        if not entry["description"]:
            entry["description"] = _first_sentence(self._first_text()) or title
            self._missing("description", entry["description"])
        self._keywords()
        if article.language == "ja" and any("\u3400" <= char <= "\u9fff" for char in title):
            at = title_span.start if title_span else None
            self.notes.finding(
                "wants-reading", at, f"the term {quoted(title)} has kanji", "add its reading", severity="warning"
            )

    def _second_title(self, title: str) -> None:
        """The heading at the top says the title again; if it says another, that must not be lost."""
        span = self.article.title
        if span is None or "title" not in self.article.fields:
            return
        shown = self.article.of(span)
        if self.notes.edited(span).strip() == title:
            self.draft.claims.append((("title",), span))
        else:
            self.notes.finding(
                "not-in-draft",
                span.start,
                f"the heading {quoted(shown)} is another than the title {quoted(title)}",
                "see which is right",
                severity="warning",
                covers=span,
            )

    def _keywords(self) -> None:
        span = self.article.fields.get("keywords")
        if span is not None:
            fields = ", ".join(subject_fields([self.article])) or "nothing"
            self.notes.finding(
                "made-subjects",
                span.start,
                f"the keywords {quoted(self.article.of(span))} are subject fields of the concept now: {fields}",
                "name each in the locale's `subject_fields`",
                covers=span,
            )
        slug = self.article.fields.get("slug")
        if slug is not None:
            message = f"the address {quoted(self.article.of(slug))} is “{self.article.concept}” now"
            self.notes.finding("renamed-link", slug.start, message, covers=slug)

    def _missing(self, name: str, value: str) -> None:
        self.notes.finding(
            "no-such-part",
            None,
            f"the article has no {name}; the draft says {excerpt(value)}",
            f"write the {name}",
            severity="warning",
        )

    def _first_text(self) -> str:
        block = next((block for block in self.article.prose()), None)
        return self.notes.edited(block.text_span) if block else ""

    def definition(self, *, in_story: bool) -> int:
        """Write the definition: what stands before the first section, else that section's first paragraph.

        How many blocks of the first section were taken. None of an example: its placeholders mean nothing elsewhere.
        """
        article, entry = self.article, self.draft.entry
        if article.preamble:
            span = Span(article.preamble[0].start, article.preamble[-1].end)
            entry["definition"] = self._body(("definition",), span)
            return 0
        blocks = article.sections[0].blocks if article.sections else []
        if len(blocks) > 1 and not in_story and blocks[0].kind in ("text", "quote"):
            entry["definition"] = self._body(("definition",), blocks[0].span)
            return 1
        entry["definition"] = entry["description"] + "\n"
        return 0

    # --- sections, examples, highlights

    def sections(self, taken: int, ids: Sequence[str], stories: Mapping[int, Sequence[Told]], word: str) -> None:
        article = self.article
        plain = [index for index, section in enumerate(article.sections) if index not in stories]
        names = list(ids) if len(ids) == len(plain) else [f"part-{number}" for number in range(1, len(plain) + 1)]
        sections: dict[str, Any] = {}
        for name, index in zip(names, plain, strict=True):
            section = article.sections[index]
            blocks = section.blocks[taken if index == 0 else 0 :]
            if not blocks:
                shown = quoted(article.of(section.heading))
                message = f"nothing stands under the heading {shown}"
                self.notes.finding("not-in-draft", section.heading.start, message, covers=section.heading)
                continue
            where = ("sections", name)
            sections[name] = {
                "heading": self._line((*where, "heading"), section.heading, name),
                "body": self._body((*where, "body"), Span(blocks[0].start, blocks[-1].end)),
            }
        if sections:
            self.draft.entry["sections"] = sections
        self._examples({index: stories[index] for index in sorted(stories)}, word)

    def _examples(self, stories: Mapping[int, Sequence[Told]], word: str) -> None:
        examples: dict[str, Any] = {}
        for index, parts in stories.items():
            heading = self.article.sections[index].heading
            for number, (name, plan, blocks) in enumerate(parts, 1):
                where = ("examples", name)
                title = self._line((*where, "title"), heading, name)
                amounts = enumerate(plan.names.values(), 1)
                examples[name] = {
                    "title": title if number == 1 else f"{title[: MAX_LINE - 5]} ({number})",
                    "text": self._body((*where, "text"), Span(blocks[0].start, blocks[-1].end)),
                    "labels": {figure: f"{word} {place}" for place, figure in amounts},
                }
        self.told = examples

    def highlights(self, ids: Sequence[str]) -> None:
        self._highlights(ids)
        if self.told:
            self.draft.entry["examples"] = self.told

    def _highlights(self, ids: Sequence[str]) -> None:
        section = self.article.highlights
        if section is None:
            self.notes.finding(
                "no-such-part", None, "the article does not end with highlights, a section that is only a list"
            )
            return
        self.notes.finding(
            "not-in-draft",
            section.heading.start,
            f"the heading {quoted(self.article.of(section.heading))} of the highlights: the site has its own",
            covers=section.heading,
        )
        count = len(section.blocks)
        names = list(ids) if len(ids) == count else [f"point-{number}" for number in range(1, count + 1)]
        highlights = {}
        for name, block in zip(names, section.blocks, strict=True):
            self.article.markup.append(Span(block.start, block.inner))
            highlights[name] = self._body(("highlights", name), block.text_span).rstrip("\n")
        self.draft.entry["highlights"] = highlights


def _first_sentence(text: str) -> str:
    line = " ".join(text.split())
    for index, char in enumerate(line):
        if char in "。！？" or (char in ".!?" and line[index + 1 : index + 2] in ("", " ")):
            return line[: index + 1][:MAX_LINE]
    return line[:MAX_LINE]


def is_too_long(article: Article) -> bool:
    """Whether a part is longer than any text of an entry may be."""
    parts = [one.blocks for one in (*article.sections, article.highlights) if one and one.blocks]
    parts += [article.preamble] if article.preamble else []
    return any(part[-1].end - part[0].start > MAX_MARKDOWN - 1000 for part in parts)


def unaccounted(article: Article, draft: Draft) -> list[Span]:
    """Where text stands that is neither in the draft nor in a finding, and is no markup: nowhere, or there is a bug."""
    seen = bytearray(len(article.text))
    spans = [*(span for _, span in draft.claims), *article.markup, *article.notes.reported]
    spans += [Span(edit.start, edit.end) for edit in article.notes.edits]
    for start, end in spans:
        seen[start:end] = b"\1" * (end - start)
    return [
        Span(found.start(), found.end())
        for found in re.finditer(rb"\0+", seen)
        if article.text[found.start() : found.end()].strip()
    ]


# --- the concept -----------------------------------------------------------------------------------------------------


def subject_fields(articles: Iterable[Article]) -> list[str]:
    """The keywords as ids, in order."""
    found: dict[str, None] = {}
    for article in articles:
        span = article.fields.get("keywords")
        for keyword in article.of(span).split(",") if span else ():
            name = id_of(keyword.strip("[]\"' "))[:MAX_ID_LENGTH]
            if name:
                found[name] = None
    return list(found)


def concept_draft(articles: Sequence[Article], plans: Mapping[str, Plan]) -> dict[str, Any]:
    """What the languages share: subjects, the old address, the figures of the examples."""
    concept: dict[str, Any] = {}
    fields = subject_fields(articles)
    if fields:
        concept["subject_fields"] = fields
    slugs = dict.fromkeys(article.slug for article in articles)
    aliases = [slug for slug in slugs if slug != articles[0].concept and can_be_alias(slug)]
    if aliases:
        concept["aliases"] = aliases
    if plans:
        concept["examples"] = {name: _figures(plan) for name, plan in plans.items()}
    return concept


def can_be_alias(slug: str) -> bool:
    """Whether an address of the wiki can lead to the concept as it is."""
    return re.fullmatch(ALIAS_PATTERN, slug) is not None and len(slug) <= MAX_ID_LENGTH


def _figures(plan: Plan) -> dict[str, Any]:
    made: dict[str, Any] = {
        "currency": plan.currency,
        "figures": {name: _plain(value) for name, value in plan.figures().items()},
    }
    if plan.results:
        made["results"] = dict(plan.results)
    if plan.kinds():
        made["kinds"] = plan.kinds()
    return made


def _plain(value: Decimal) -> Decimal:
    return value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1))


def header(kind: str, made_from: Path) -> str:
    """The comment on top of a draft. Of the path, only what tells articles apart."""
    name = visible("/".join(made_from.parts[-2:]))
    made = f"Draft made by `import articles` from {name}. Delete this line when it has been read."
    return f"{_MODELINE.format(kind)}\n{made}"
