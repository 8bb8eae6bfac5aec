"""Marks: at the end, in pairs, doubled; and the spaces around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deficiency_glossary.checks.passages import Edition, Passage
from deficiency_glossary.checks.rule import Spot, of_passage
from deficiency_glossary.text.emphasis import literal_runs
from deficiency_glossary.text.numerals import percent_form

# --- emphasis --------------------------------------------------------------------------------------------------------


def _has_emphasis(edition: Edition) -> bool:
    return "*" in edition.prose or edition.prose.count("_") > sum(map(_in_placeholders, edition.texts("filled")))


@of_passage("literal-emphasis", "warning", "markdown", when=_has_emphasis)
def literal_emphasis(passage: Passage) -> Iterator[Spot]:
    """Asterisks that GitHub and other readers of CommonMark would show: they stand beside a space, or between a
    bracket and a letter, as often in Japanese and Korean.
    Do: Put the brackets outside of the emphasis, or take it away.
    FAIL ja: **「赤字」**は負債ではない。
    FAIL tr: ** Açık ** bir borç değildir.
    PASS ja: 「**赤字**」は*負債*ではない。
    PASS en: 5 * 3 is 15, and so is a file_name_here.
    """
    if passage.is_markdown and ("*" in passage.text or passage.text.count("_") > _in_placeholders(passage)):
        for offset, signs in literal_runs(passage.text):
            message = f"{signs!r} is shown as it is by readers of CommonMark"
            yield passage.spot(offset, message, "put brackets outside of the emphasis, or take it away")


def _in_placeholders(passage: Passage) -> int:
    return sum(placeholder.name.count("_") for placeholder in passage.placeholders)


# --- the end ---------------------------------------------------------------------------------------------------------

_CLOSING = "\"'”’»)）」』】〉》*_ \u00a0\n"
_STOP = {"ja": "。", "zh": "。"}
_STOPS, _QUESTIONS = frozenset(".。．…!！"), frozenset("?？")
_LIST = re.compile(r"\s*(?:[-*+>#|]|\d+[.)]\s)")


@of_passage("end-mark", "warning", "translated")
def end_mark(passage: Passage) -> Iterator[Spot]:
    """The text does not end as its source does: no full stop, a stop for a question mark, the full stop of another
    script; or a title ends in a stop. A Japanese question may end in か。
    Do: End it with the mark of the language.
    FAIL tr: Harcamaların gelirleri aşması durumudur ← Occurs when spending exceeds revenue.
    FAIL ja: 支出が収入を上回るときに生じる. ← Occurs when spending exceeds revenue.
    FAIL tr: Sürdürülebilir mi. ← Is it sustainable?
    FAIL ja title: 赤字。 ← Deficit
    PASS ja: 持続可能か。 ← Is it sustainable?
    PASS no: Oppstår når utgiftene overstiger inntektene («underskudd»). ← Occurs when spending exceeds revenue.
    """
    text = passage.shown.rstrip(_CLOSING)
    if not text or not passage.source or passage.kind == "term":
        return
    end, stop = text[-1], _STOP.get(passage.language, ".")
    wanted = passage.source.shown.rstrip(_CLOSING)[-1:]
    problem = ""
    if wanted in _QUESTIONS:
        if passage.kind != "line" and end not in _QUESTIONS and not text.endswith(("か。", "か")):
            problem = "the source ends in a question mark"
    elif wanted in _STOPS:
        if end == "." and stop != ".":
            problem = f"{end!r} is not the full stop of the language"
        elif end not in _STOPS and end not in _QUESTIONS:
            problem = "the full stop is missing"
    elif passage.kind == "line" and end in "。." and not re.search(r"\b\w{1,4}\.$|\d\.$", text):
        problem = "a title or label ends in no full stop"
    if problem and not _LIST.match(passage.paragraphs[-1][1] if passage.paragraphs else "-"):
        yield passage.shown_spot(len(text) - 1, problem, "end it with the mark of the language")


# --- pairs -----------------------------------------------------------------------------------------------------------

_PAIRS = dict(zip("([{（［｛「『【〈《«“„", ")]}）］｝」』】〉》»””", strict=True))
_CLOSERS = frozenset(_PAIRS.values())
_BRACKET = re.compile("[()\\[\\]（）［］「」『』【】〈〉《》«»“”„]")
_ITEM = re.compile(r"(?:(?<=\n)|\A)[ \t]*(?:\w{1,3}|[①-⑳])\)")
_MARKS_OF = {  # quotation marks that a language uses; straight ones are let through where they come in pairs
    "en": "“”",
    "ms": "“”",
    "tr": "“”",
    "ko": "“”「」『』《》〈〉【】",
    "ja": "「」『』“”《》〈〉【】",
    "no": "«»“”",
    "nb": "«»“”",
}
_FOREIGN = {
    language: re.compile("[" + "".join(sorted(set("“”„«»「」『』《》〈〉【】") - set(own))) + "]")
    for language, own in _MARKS_OF.items()
}


@of_passage("unbalanced", "warning", "all", signs='()[]{}（）［］「」『』【】〈〉《》«»“”„"')
def unbalanced(passage: Passage) -> Iterator[Spot]:
    """A bracket or quotation mark that is not closed, not opened, or closed by one of another kind or width.
    Do: Make the two a pair.
    FAIL ja: 赤字（損失)である。
    FAIL no: Et «underskudd\" er dyrt.
    FAIL en: A \"deficit is a loss.
    PASS ja: 赤字（「損失」）である。
    PASS en: Choose: a) a loan, or b) a (small) gift.
    """
    text = passage.shown
    if '"' in text:
        yield from _straight(passage)
    if not _BRACKET.search(text):
        return
    if ")" in text:
        text = _ITEM.sub(lambda match: " " * len(match[0]), text)
        text = (
            re.sub(r"(?<=[\s(])\w\)(?=\s)", "  ", text)
            if "(" not in text or text.count("(") < text.count(")")
            else text
        )
    opened: list[tuple[str, int]] = []
    for match in _BRACKET.finditer(text):
        sign = match[0]
        if sign in _CLOSERS and opened and sign == _PAIRS[opened[-1][0]]:
            opened.pop()
        elif sign in _PAIRS:
            opened.append((sign, match.start()))
        else:
            pair = f" by a {opened[-1][0]!r}" if opened else ""
            message = f"{sign!r} closes what was opened{pair}" if opened else f"{sign!r} closes nothing"
            yield passage.shown_spot(match.start(), message, "make the two a pair")
            return
    for sign, at in opened[:1]:
        yield passage.shown_spot(at, f"{sign!r} is not closed", f"close it with {_PAIRS[sign]!r}")


def _straight(passage: Passage) -> Iterator[Spot]:
    for start, paragraph in passage.paragraphs:
        if paragraph.count('"') % 2:
            yield passage.shown_spot(start + paragraph.rindex('"'), "'\"' has no partner", "make the two a pair")
            return


@of_passage("foreign-quotes", "warning", "all", signs="“”„«»「」『』《》〈〉【】")
def foreign_quotes(passage: Passage) -> Iterator[Spot]:
    """Quotation marks of another language: 「 」 in Norwegian, « » in Turkish.
    Do: Write those of the language.
    FAIL tr: «Açık» bir borç değildir.
    FAIL no: Et „underskudd” er dyrt.
    PASS tr: “Açık” bir borç değildir.
    PASS ja: 「赤字」は負債ではない。
    """
    foreign = _FOREIGN.get(passage.language)
    found = foreign.search(passage.shown) if foreign else None
    if found:
        own = _MARKS_OF[passage.language][:2]
        yield passage.shown_spot(found.start(), f"{found[0]!r} is a quotation mark of other languages", f"write {own}")


# --- spaces ----------------------------------------------------------------------------------------------------------

_DOUBLE_SPACE = re.compile(r"(?<=[^\s|])[ \u00a0]* (?<=[ \u00a0]{2})(?=[^\s|])")
_BEFORE_MARK = re.compile(r"(?<=[^\s|]) +(?:[,;:!?、。，．！？）」』](?=\s|\Z|[^\W\d_a-zA-Z])|[.](?=\s|\Z))")
_MAYBE_BEFORE_MARK = re.compile(" [,;:!?.、。，．！？）」』]")
_KANA_OR_KANJI = "\u3041-\u309f\u30a1-\u30ff\u3400-\u9fff々、。「」（）"
_IN_JAPANESE = re.compile(rf"(?<=[{_KANA_OR_KANJI}])[ \u3000]+(?=[{_KANA_OR_KANJI}])")
_DOUBLED_MARK = re.compile(r"([.,;、。])\1+")


@of_passage("double-space", "warning", when=lambda edition: "  " in edition.joined or "\u00a0 " in edition.joined)
def double_space(passage: Passage) -> Iterator[Spot]:
    """Two spaces where one is meant. At the end of a line they break it in Markdown, and are let through.
    Do: Delete one.
    FAIL ms: Ada dua  ruang.
    PASS ms: Ada dua ruang.
    """
    if not passage.edition.is_blanked:
        for match in _DOUBLE_SPACE.finditer(passage.shown):
            yield passage.shown_spot(match.start(), "two spaces stand here", "delete one")


@of_passage("space-before-mark", "warning", when=lambda edition: bool(_MAYBE_BEFORE_MARK.search(edition.joined)))
def space_before_mark(passage: Passage) -> Iterator[Spot]:
    """A space before a comma, a full stop or another mark. French is let through.
    Do: Delete it.
    FAIL en: A loss , in short.
    FAIL ja: 赤字 。
    PASS en: A loss, in short.
    """
    if passage.language == "fr":
        return
    for match in _BEFORE_MARK.finditer(passage.shown):
        yield passage.shown_spot(match.start(), f"a space stands before {match[0].strip()!r}", "delete it")


@of_passage("space-in-japanese", "warning", when=lambda edition: edition.language == "ja")
def space_in_japanese(passage: Passage) -> Iterator[Spot]:
    """A space between kana or kanji.
    Do: Delete it.
    FAIL ja: 赤字 は 損失 である。
    PASS ja: GDP の赤字は IRS が扱う。
    """
    if passage.kind == "term" or passage.edition.is_blanked:
        return
    if " " in passage.text or "\u3000" in passage.text:
        for match in _IN_JAPANESE.finditer(passage.shown):
            yield passage.shown_spot(match.start(), "a space stands between Japanese letters", "delete it")


def _has_doubled_marks(edition: Edition) -> bool:
    return any(marks in edition.joined for marks in ("..", ",,", ";;", "、、", "。。"))


@of_passage("doubled-mark", "warning", when=_has_doubled_marks)
def doubled_mark(passage: Passage) -> Iterator[Spot]:
    """A comma or full stop stands twice.
    Do: Delete one.
    FAIL en: It grows..
    FAIL ja: 増える。。
    PASS en: It grows … and grows...
    """
    for match in _DOUBLED_MARK.finditer(passage.shown):
        if len(match[0]) == 2 or match[0][0] not in ".。":  # three are an ellipsis
            yield passage.shown_spot(match.start(), f"{match[0]!r} stands here", "delete one")


_PERCENT = re.compile(r"(?<!\d)[%％][ \u00a0\u202f]?\d|\d[ \u00a0\u202f]?[%％](?![A-Za-z0-9])")


@of_passage("percent-sign", "warning", "all", signs="%％")
def percent_sign(passage: Passage) -> Iterator[Spot]:
    """The percent sign stands on the wrong side of the number, or with a space where the language has none, or the
    other way round (CLDR).
    Do: Write it as the language does: %12 in Turkish, 12 % in Norwegian, 12% in English.
    FAIL tr: 12 % pay
    FAIL no: 12% andel
    FAIL ja: 100 %を超える。
    PASS tr: %12 pay
    PASS ja: 100％を超える。
    PASS no: 12 % andel
    """
    text = passage.shown
    if "%" not in text and "％" not in text:
        return
    before, spaced = percent_form(passage.edition.tag)
    for match in _PERCENT.finditer(text):
        is_before = match[0][0] in "%％"
        if is_before != before or (len(match[0]) == 3) != spaced:
            shown = ("%" + " " * spaced + "12") if before else ("12" + " " * spaced + "%")
            yield passage.shown_spot(match.start(), f"{match[0]!r} is not how the language writes it", f"as in {shown}")
