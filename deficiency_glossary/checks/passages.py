"""The texts of an entry, read once for all rules that look at them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, Literal, TypeVar

from deficiency_glossary.checks.context import Context, Read, Where
from deficiency_glossary.checks.rule import Rule, Spot, Texts
from deficiency_glossary.findings import Severity
from deficiency_glossary.model import Entry
from deficiency_glossary.text import markup
from deficiency_glossary.text.markup import Link, Placeholder
from deficiency_glossary.text.numerals import Number, has_digits, numbers
from deficiency_glossary.text.terms import Mention, Reading

Kind = Literal["prose", "point", "story", "sentence", "line", "term"]
"""prose: Markdown in paragraphs; point: a highlight; story: of an example; sentence: plain; line: a title; a term."""

_CODE_OR_ADDRESS = re.compile(
    r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)|<(?:https?://|mailto:)[^<>\s]+>|https?://[^\s<>()]+", re.DOTALL
)
_BREAK = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?](?=\s|\Z)")
_MANY_SPACES = 4
_BLANKED = frozenset({"control-character", "bidi-control", "replacement-character", "tab", "wide-indent"})
OBJECT = "\ufffc"  # stands for code and addresses in what a reader reads


S = TypeVar("S")
T = TypeVar("T")


class once(Generic[S, T]):  # noqa: N801 - it stands where cached_property would
    """functools.cached_property without the lock that Python 3.11 takes: these are made by the hundred thousand."""

    def __init__(self, make: Callable[[S], T]) -> None:
        self.make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: S, owner: type) -> T:
        made = instance.__dict__[self.name] = self.make(instance)
        return made


class Passage:
    """One text of an entry, and the same text of its source."""

    def __init__(self, edition: Edition, kind: Kind, where: Where, text: str) -> None:
        self.edition = edition
        self.kind: Kind = kind
        self.where = where
        self.text = text
        self.language = edition.language
        self.is_markdown = kind in ("prose", "point", "story")  # may hold links and placeholders

    @once
    def source(self) -> Passage | None:
        """The text that this one is a translation of."""
        if self.edition.source is None or self.where[0] in ("terms", "equivalence_note"):  # each language's own
            return None
        return self.edition.source.by_where.get(self.where)

    @once
    def links(self) -> tuple[Link, ...]:
        """All inline links."""
        return markup.links(self.text) if self.is_markdown else ()

    @once
    def placeholders(self) -> tuple[Placeholder, ...]:
        """All placeholders."""
        return markup.placeholders(self.text) if self.is_markdown and "{" in self.text else ()

    @once
    def without_code(self) -> str:
        """The text with code and addresses blanked, places kept."""
        return markup.without_code(self.text) if "`" in self.text else self.text

    @once
    def _shown(self) -> tuple[str, list[tuple[int, int]]]:
        """What a reader reads, and (place there, place in the text) where they part."""
        text = self.text
        cuts = [(link.start, link.start + 1) for link in self.links]
        cuts += [(link.start + 1 + len(link.text), link.end) for link in self.links]
        things = [match.span() for match in _CODE_OR_ADDRESS.finditer(text)] if "`" in text or "://" in text else []
        parts: list[str] = []
        map_: list[tuple[int, int]] = [(0, 0)]
        at = length = 0
        for start, end in sorted([*cuts, *things]):
            if start < at:
                continue
            parts.append(text[at:start])
            length += start - at
            if (start, end) in things:
                parts.append(OBJECT)
                length += 1
                map_.append((length - 1, start))
            at = end
            map_.append((length, end))
        parts.append(text[at:])
        return "".join(parts), map_

    @once
    def shown(self) -> str:
        """What a reader reads: links without their targets, a sign in place of code and addresses."""
        if not self.links and "`" not in self.text and "://" not in self.text:
            return self.text
        return self._shown[0]

    def place(self, offset: int) -> int:
        """The place in the text of a character of `shown`."""
        if self.shown is self.text:
            return offset
        there, here = self._shown[1][bisect_right(self._shown[1], (offset, len(self.text))) - 1]
        return here + offset - there

    @once
    def paragraphs(self) -> tuple[tuple[int, str], ...]:
        """(place, text) of the paragraphs of `shown`."""
        shown = self.shown
        if "\n" not in shown:
            return ((0, shown),)
        found = []
        start = 0
        for gap in _BREAK.finditer(shown):
            found.append((start, shown[start : gap.start()]))
            start = gap.end()
        found.append((start, shown[start:].rstrip()))
        return tuple((at, text) for at, text in found if text)

    @once
    def sentences(self) -> tuple[str, ...]:
        """The sentences that have words enough to be told by them."""
        return tuple(
            match[0].strip() for match in _SENTENCE.finditer(self.shown) if match[0].count(" ") >= _MANY_SPACES
        )

    @once
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that a reader reads, without those in placeholders; their places are those of `shown`."""
        if not has_digits(self.shown):
            return ()
        shown = self.shown
        for placeholder in self.placeholders if shown is self.text else markup.placeholders(shown):
            shown = shown[: placeholder.start] + "_" * (placeholder.end - placeholder.start) + shown[placeholder.end :]
        return tuple(numbers(shown, self.edition.tag))

    @once
    def mentions(self) -> list[Mention]:
        """The terms of the glossary that stand here; asked of Markdown only."""
        return self.edition.mentions[self.where]

    def spot(self, offset: int, message: str, hint: str, severity: Severity | None = None) -> Spot:
        """A spot at a character of the text."""
        return self.edition.read.spot(self.where, message, hint, offset, severity)

    def shown_spot(self, offset: int, message: str, hint: str, severity: Severity | None = None) -> Spot:
        """A spot at a character of `shown`."""
        return self.spot(self.place(offset), message, hint, severity)


class Edition:
    """An entry in one locale, beside its source."""

    def __init__(
        self, context: Context, concept: str, locale: str, read: Read[Entry], source: Edition | None = None
    ) -> None:
        self.context = context
        self.concept = concept
        self.locale = locale
        self.tag = context.tag(locale)
        self.language = self.tag.split("-")[0].lower()
        self.read = read
        self.record = read.record
        self.source = source
        self.passages = tuple(self._passages())

    @once
    def joined(self) -> str:
        """All that a reader reads, to see at once whether something is there at all."""
        return "\n\n".join(passage.shown for passage in self.passages)

    @once
    def prose(self) -> str:
        """All Markdown as it is written."""
        return "\n\n".join(passage.text for passage in self.passages if passage.is_markdown)

    @once
    def has_digits(self) -> bool:
        """Whether a reader reads any number."""
        return has_digits(self.joined)

    @once
    def has_addresses(self) -> bool:
        """Whether a link goes, or may go, out of the glossary. A scheme may be hidden in entities."""
        return any(not link.is_internal or "&" in link.target for one in self.texts("linked") for link in one.links)

    @once
    def reading(self) -> Reading:
        """The terms and words in all texts, read as Markdown."""
        return self.context.matcher(self.locale).read([passage.text for passage in self.passages], markdown=True)

    @once
    def mentions(self) -> dict[Where, list[Mention]]:
        """The terms of the glossary in each text of Markdown."""
        pairs = zip(self.passages, self.reading.mentions, strict=True)
        return {passage.where: mentions for passage, mentions in pairs if passage.is_markdown}

    def may_break(self, rule: Rule) -> bool:
        """Whether a rule has to look at the texts one by one."""
        text = self.read.file.text
        if rule.signs and not any(sign in text for sign in rule.signs) and "\\" not in text:
            return False  # a backslash in quotes may spell any character: "\u201c"
        return rule.when is None or rule.when(self)

    @once
    def is_blanked(self) -> bool:
        """Whether spaces may stand where the reader of the file took something away."""
        return any(finding.code in _BLANKED for finding in self.read.file.findings)

    def texts(self, which: Texts) -> Sequence[Passage]:
        """The texts that a rule looks at."""
        return self.passages if which == "all" else self._chosen[which]

    @once
    def _chosen(self) -> dict[str, list[Passage]]:
        markdown = [passage for passage in self.passages if passage.is_markdown]
        translated = [passage for passage in self.passages if passage.source]
        return {
            "markdown": markdown,
            "linked": [passage for passage in markdown if passage.links],
            "filled": [passage for passage in markdown if passage.placeholders],
            "stories": [passage for passage in markdown if passage.kind == "story"],
            "translated": translated,
            "from links": [passage for passage in translated if passage.source and passage.source.links],
        }

    @once
    def by_where(self) -> dict[Where, Passage]:
        """The texts by their place in the record."""
        return {passage.where: passage for passage in self.passages}

    @once
    def mentioned(self) -> Counter[str]:
        """How often the terms of each concept stand in the prose."""
        return Counter(
            mention.concept for passage in self.passages if passage.is_markdown for mention in passage.mentions
        )

    @once
    def linked(self) -> frozenset[str]:
        """The concepts that the texts link to."""
        links = (link for passage in self.passages for link in passage.links)
        return frozenset(link.concept for link in links if link.is_internal)

    def _passages(self) -> Iterator[Passage]:
        """Every text, in the order in which a reader meets them."""
        record = self.record
        yield Passage(self, "line", ("title",), record.title)
        yield Passage(self, "sentence", ("description",), record.description)
        for index, term in enumerate(record.terms):
            yield Passage(self, "term", ("terms", index, "term"), term.text)
            if term.note:
                yield Passage(self, "sentence", ("terms", index, "note"), term.note)
        if record.equivalence_note:
            yield Passage(self, "sentence", ("equivalence_note",), record.equivalence_note)
        yield Passage(self, "prose", ("definition",), record.definition)
        for name, section in record.sections.items():
            yield Passage(self, "line", ("sections", name, "heading"), section.heading)
            yield Passage(self, "prose", ("sections", name, "body"), section.body)
        for name, text in record.notes.items():
            yield Passage(self, "prose", ("notes", name), text)
        for name, text in record.highlights.items():
            yield Passage(self, "point", ("highlights", name), text)
        for name, example in record.examples.items():
            yield Passage(self, "line", ("examples", name, "title"), example.title)
            yield Passage(self, "story", ("examples", name, "text"), example.text)
            for figure, label in example.labels.items():
                yield Passage(self, "line", ("examples", name, "labels", figure), label)


def editions(context: Context, concepts: Iterable[str]) -> Iterator[Edition]:
    """Every entry of some concepts in the published locales, each after its source.

    None can be kept: when those of
    a concept are done they are emptied, because each holds texts that hold it, and such rings stay for long.
    """
    begin = context.source_locale
    others = [locale for locale in context.locale_ids if locale != begin]
    for concept in concepts:
        source = None
        made: list[Edition] = []
        read = context.entry(concept, begin) if concept in context.entries(begin) else None
        if read:
            source = Edition(context, concept, begin, read)
            made.append(source)
            yield source
        for locale in others:
            read = context.entry(concept, locale) if concept in context.entries(locale) else None
            if read:
                made.append(Edition(context, concept, locale, read, source))
                yield made[-1]
        for edition in made:
            vars(edition).clear()
