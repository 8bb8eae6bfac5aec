"""An article's parts: front matter, title, sections with their blocks, highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from deficiency_glossary.exchange.articles.report import Notes, Span, quoted

Kind = Literal["heading", "text", "quote", "item", "stray"]

FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)")
_HEADING = re.compile(r" {0,3}([#＃]{1,6})(?![#＃])([ \t\u3000]*+)(.*)\Z")
_CLOSING = re.compile(r"[ \t]#+\Z")
_STRAY = re.compile(r"[ \t]*[>＞][>＞ \t]*\Z")
_QUOTE = re.compile(r" {0,3}[>＞]")
_BULLETS = "–—•‣●・－"
_ITEM = re.compile(
    rf" {{0,3}}(?:([-{_BULLETS}])([ \t]*)(?=[^\s\d{_BULLETS}-])|([-{_BULLETS}*+]|\d{{1,3}}[.)])[ \t]+(?=\S))"
)
_BREAK = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_FENCE = re.compile(r" {0,3}(```|~~~)")


class Block(NamedTuple):
    """Lines that belong together. `inner` is where the text begins, after a heading's or item's marker.

    `level` is that of a heading; of a list item, 1 if it has a number.
    """

    kind: Kind
    start: int
    end: int
    inner: int
    level: int = 0

    @property
    def span(self) -> Span:
        """All of it."""
        return Span(self.start, self.end)

    @property
    def text_span(self) -> Span:
        """Without the marker."""
        return Span(self.inner, self.end)


@dataclass(slots=True)
class Section:
    """A heading and what stands under it, as far as the next one of its level."""

    heading: Span
    marker: Span
    blocks: list[Block] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """From the first block to the last."""
        return Span(self.blocks[0].start, self.blocks[-1].end)


@dataclass(slots=True)
class Article:
    """One article in one language: its parts as places in its text."""

    notes: Notes
    locale: str
    slug: str
    concept: str
    fields: dict[str, Span] = field(default_factory=dict)
    title: Span | None = None
    preamble: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    highlights: Section | None = None
    markup: list[Span] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The source."""
        return self.notes.text

    @property
    def language(self) -> str:
        """ISO 639, without script and country."""
        return self.locale.split("-")[0].lower()

    def of(self, span: Span) -> str:
        """A part of the text as it stands."""
        return self.text[span.start : span.end]

    def prose(self) -> Iterator[Block]:
        """The blocks of running text, in order."""
        for blocks in (self.preamble, *(section.blocks for section in self.sections)):
            yield from (block for block in blocks if block.kind != "heading")
        yield from self.highlights.blocks if self.highlights else ()


def parse(notes: Notes, locale: str, slug: str, concept: str) -> Article:
    """The article in a text whose line ends are line feeds."""
    article = Article(notes, locale, slug, concept)
    body = _front_matter(article)
    blocks = list(_blocks(article, body))
    _arrange(article, blocks)
    _find_highlights(article)
    return article


# --- front matter ----------------------------------------------------------------------------------------------------


def _front_matter(article: Article) -> int:
    """Read `key: value` lines; where the body begins."""
    found = FRONT.match(article.text)
    if found is None:
        return 0
    article.markup += [Span(found.start(), found.start(1)), Span(found.end(1), found.end())]
    at = found.start(1)
    for line in found[1].splitlines(keepends=True):
        bare = line.rstrip()
        given = _FIELD.fullmatch(bare)
        if given and given[1].lower() in _KNOWN and given[2] and given[1].lower() not in article.fields:
            value = _unquoted(article, Span(at + given.start(2), at + given.end(2)))
            article.fields[given[1].lower()] = value
            article.markup += [Span(at, value.start), Span(value.end, at + len(bare))]
        elif bare.strip():
            article.notes.finding(
                "not-in-draft",
                at,
                f"an entry has no place for {quoted(bare)} of the front matter",
                edit=(at + len(bare), ""),
            )
        at += len(line)
    return found.end()


_KNOWN = frozenset({"title", "description", "keywords", "slug"})


def _unquoted(article: Article, span: Span) -> Span:
    """The value without the quotation marks around it; escapes inside are resolved."""
    value = article.of(span)
    if len(value) < 2 or value[0] != value[-1] or value[0] not in "'\"":
        return span
    inner = Span(span.start + 1, span.end - 1)
    escapes = r"\\([\"\\])" if value[0] == '"' else "'(')"
    for escape in re.finditer(escapes, article.of(inner)):
        article.notes.edit(inner.start + escape.start(), inner.start + escape.end(), escape[1])
    return inner


# --- blocks ----------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _lines(text: str, at: int) -> Iterator[_Line]:
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield _Line(at, text[at:end])
        at = end + 1


def _blocks(article: Article, body: int) -> Iterator[Block]:
    """The blocks of the body, in order; each covers whole lines."""
    lines = list(_lines(article.text, body))
    index = item_end = 0
    while index < len(lines):
        line = lines[index]
        if not line.text.strip():
            index += 1
            continue
        first = index in (0, item_end) or not lines[index - 1].text.strip()
        heading = _heading(article, line)
        if heading is not None:
            yield heading
            index += 1
        elif _FENCE.match(line.text):
            index = _fence_end(lines, index)
            yield Block("text", line.start, lines[index - 1].end, line.start)
        elif _QUOTE.match(line.text):
            last = _quote_end(lines, index)
            yield from _quote(article, lines[index:last])
            index = last
        else:
            item = _item(article, line, first)
            kind: Kind = "text" if item is None else "item"
            last = _paragraph_end(lines, index + 1, in_list=item is not None)
            numbered = int(item is not None and line.text.lstrip()[0].isdigit())
            yield Block(kind, line.start, lines[last - 1].end, line.start if item is None else item, numbered)
            index = last
            item_end = last if item is not None else item_end


def _is_heading(line: str) -> re.Match[str] | None:
    """The parts of a heading; `#1` without a space is a number."""
    found = _HEADING.match(line)
    return found if found and found[3].strip("# \t") and (found[2] or len(found[1]) > 1 or found[1] == "＃") else None


def _heading(article: Article, line: _Line) -> Block | None:
    found = _is_heading(line.text)
    if found is None:
        return None
    marks, gap, _ = found.groups()
    inner = line.start + found.start(3)
    end = inner + len(_CLOSING.sub("", found[3].rstrip()).rstrip())
    article.markup.append(Span(end, line.end))
    if "＃" in marks or "\u3000" in gap or not gap:
        marker = "#" * len(marks) + " "
        article.notes.finding(
            "mended-heading",
            line.start,
            f"the heading {quoted(line.text)} begins with “{marker}” now",
            edit=(inner, marker),
        )
    return Block("heading", line.start, end, inner, len(marks))


def _item(article: Article, line: _Line, first: bool) -> int | None:
    """Where the text of a list item begins; None if the line is none."""
    found = _ITEM.match(line.text)
    if found is None or _BREAK.match(line.text):
        return None
    marker, gap = (found[1], found[2]) if found[1] else (found[3], " ")
    inner = line.start + found.end()
    if marker == "-" and gap:
        return inner
    if marker in "-" + _BULLETS:
        if not first and not (marker != "-" and gap):
            return None  # in the middle of a paragraph a dash is a dash
        start = line.start + len(line.text) - len(line.text.lstrip())
        shown = quoted(article.text[start:inner])
        article.notes.finding(
            "mended-list", start, f"the list item begins with “- ” now, not {shown}", edit=(inner, "- ")
        )
    return inner


def _fence_end(lines: list[_Line], index: int) -> int:
    fence = _FENCE.match(lines[index].text)
    mark = fence[1] if fence else ""
    for at in range(index + 1, len(lines)):
        if lines[at].text.strip().startswith(mark):
            return at + 1
    return len(lines)


def _quote_end(lines: list[_Line], index: int) -> int:
    while index < len(lines) and _QUOTE.match(lines[index].text):
        index += 1
    return index


def _quote(article: Article, lines: list[_Line]) -> Iterator[Block]:
    """A quotation, without the lone `>` before and after it."""
    bare = [_STRAY.match(line.text) is not None for line in lines]
    first = bare.index(False) if False in bare else len(lines)
    last = len(lines) - bare[::-1].index(False) if False in bare else len(lines)
    for line in lines[:first]:
        yield Block("stray", line.start, line.end, line.end)
    if first < last:
        for line in lines[first:last]:
            _space_after_mark(article, line)
        yield Block("quote", lines[first].start, lines[last - 1].end, lines[first].start)
    for line in lines[last:] if first < last else ():
        yield Block("stray", line.start, line.end, line.end)


_MARKS = re.compile(r"[ \t]*([>＞]+)(?=[^\s>＞])|[ \t]*＞+")


def _space_after_mark(article: Article, line: _Line) -> None:
    found = _MARKS.match(line.text)
    if found:
        marks = found[0].strip()
        start = line.start + found.end() - len(marks)
        new = ">" * len(marks) + ("" if line.text[found.end() : found.end() + 1] in ("", " ") else " ")
        article.notes.finding(
            "mended-quote", start, f"the quotation mark {quoted(marks)} is “{new}” now", edit=(start + len(marks), new)
        )


def _paragraph_end(lines: list[_Line], index: int, *, in_list: bool) -> int:
    """The first line that does not go on with the paragraph or item."""
    while index < len(lines):
        text = lines[index].text
        if not text.strip() or _QUOTE.match(text) or _FENCE.match(text) or _is_heading(text):
            return index
        if in_list and _ITEM.match(text):
            return index
        index += 1
    return index


# --- sections --------------------------------------------------------------------------------------------------------


def _arrange(article: Article, blocks: list[Block]) -> None:
    """Put blocks under headings. The first `#` is the title; any later one opens a section as `##` does."""
    opened: Section | None = None
    before: Block | None = None
    for block in blocks:
        if block.kind == "stray":
            _stray(article, block, before)
            continue
        before = block
        if block.kind == "heading" and block.level == 1 and article.title is None and opened is None:
            article.title = block.text_span
            article.markup.append(Span(block.start, block.inner))
        elif block.kind == "heading" and block.level <= 2:
            if block.level == 1:
                article.notes.finding(
                    "mended-heading", block.start, "a second title “# ” opens a section, as “## ” does"
                )
            opened = Section(block.text_span, Span(block.start, block.inner))
            article.markup.append(opened.marker)
            article.sections.append(opened)
        elif opened is None:
            article.preamble.append(block)
        else:
            opened.blocks.append(block)


def _stray(article: Article, block: Block, before: Block | None) -> None:
    """A lone `>`: it goes, with the line it stands on."""
    shown = quoted(article.of(block.span).strip())
    end = block.end
    while end < len(article.text) and article.text[end] == "\n":
        end += 1
    if article.notes.finding("mended-quote", block.start, f"{shown} alone on a line was deleted", edit=(block.end, "")):
        article.notes.edit(block.end, end, "")
    if before is not None and before.kind in ("text", "item"):
        article.notes.finding(
            "lost-quote",
            before.start,
            f"a {shown} without text follows {_beginning(article, before)}, which is no quotation",
            "if it is one, begin its lines with “> ”",
            severity="warning",
        )


def _beginning(article: Article, block: Block) -> str:
    return quoted(article.of(block.text_span)[:30] + "…")


def _find_highlights(article: Article) -> None:
    """The highlights are the last section that is a list with bullets and nothing else."""
    for index in range(len(article.sections) - 1, -1, -1):
        section = article.sections[index]
        only_items = all(block.kind == "item" and not block.level for block in section.blocks)
        if section.blocks and only_items and (len(section.blocks) > 1 or index == len(article.sections) - 1):
            article.highlights = article.sections.pop(index)
            return
