"""The words of a translation: untranslated, doubled, too long or short, in two registers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from operator import eq

from deficiency_glossary.checks.passages import OBJECT, Edition, Passage
from deficiency_glossary.checks.rule import Spot, of_entry, of_passage

_LOWER = re.compile(r"[a-zß-öø-ÿ]{2,}")


@of_passage("untranslated", "warning", "translated")
def untranslated(passage: Passage) -> Iterator[Spot]:
    """The text, or a whole sentence of it, is the source's. A name, an acronym and what the entry itself lists as its
    term are passed over.
    Do: Translate it. Where the two languages have the same word, say so with an ignore.
    FAIL ms title: Deficit ← Deficit
    FAIL ja: 家である。It was built with borrowed money. ← A house. It was built with borrowed money.
    PASS tr title: GDP ← GDP
    PASS ms title: Defisit ← Deficit
    """
    source = passage.source
    if not source or passage.language == source.language:
        return
    text, original = passage.shown.strip(), source.shown.strip()
    if text == original:
        own_terms = {term.text.casefold() for term in passage.edition.record.terms}
        if _LOWER.search(re.sub(r"\{[a-z0-9_]+\}", "", text)) and text.casefold() not in own_terms:
            yield passage.spot(0, "this is the source's text", "translate it, or say with an ignore why it is the same")
    elif passage.is_markdown:
        for sentence in source.sentences:
            at = passage.shown.find(sentence)
            if at >= 0 and _LOWER.search(text):
                yield passage.shown_spot(at, f"the sentence {_short(sentence)!r} is the source's", "translate it")


@of_entry("untranslated-term", "warning")
def untranslated_term(edition: Edition) -> Iterator[Spot]:
    """The preferred term is the source's.
    Do: Find the term of the language. Where the two languages have the same word, say so with an ignore.
    FAIL content/ja/loan.yaml: terms: [{term: loan, status: preferred}]
    PASS content/ja/loan.yaml: terms: [{term: ローン, status: preferred}]
    """
    if not edition.source or edition.language == edition.source.language:
        return
    originals = {term.text for term in edition.source.record.terms if term.status == "preferred"}
    for index, term in enumerate(edition.record.terms):
        is_source = term.status == "preferred" and term.text in originals and not term.note
        if is_source and _LOWER.search(term.text):
            hint = "find the term of the language; if this is it, say so in its `note` or with an ignore"
            yield edition.read.spot(("terms", index, "term"), f"the term {term.text!r} is the source's", hint)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"


# --- doubled words ---------------------------------------------------------------------------------------------------

_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d]{2,}|\{\w+\})[ \u00a0\n]+\1(?![\w'’-])", re.IGNORECASE)
_DOUBLED_CJK = re.compile("(?<![もこそあどよ])のの(?![ちはべぼみろ])|をを|がが|にに(?!ん)|をが|がを|。。|、、")
# Turkish doubles words on purpose (sık sık, çeşit çeşit); these are never meant.
_NEVER_DOUBLED_TR = frozenset("ve veya ile için bu şu olarak gibi göre kadar ancak çünkü".split())  # noqa: SIM905
_DOUBLED_ON_PURPOSE = {
    "en": frozenset(["had", "that"]),
    "ko": frozenset("하나 조금 매우 자주 천천히 때때로 점점 각각 하루 구석 골고루 차근 서로 아주".split()),  # noqa: SIM905
    "ms": frozenset[str](),
}


_MAYBE_DOUBLED_CJK = ("のの", "をを", "がが", "にに", "をが", "がを", "。。", "、、")
# In Turkish, ILE in capitals is ıle in small letters to the reader of words, and ile to the pattern.
_UNDOTTED_TR = frozenset({"ıle", "ıçin", "içın", "ıçın", "gıbi", "gibı", "gıbı"})
# What a reader sees, and the reader of terms passes over.
_HIDING = ("<", "@", "://", "www.", "][")


def _has_doubles(edition: Edition) -> bool:
    """Whether a word may stand twice, by the words that were read for terms; those that it passes over may be any."""
    if edition.language == "ja":
        return any(pair in edition.joined for pair in _MAYBE_DOUBLED_CJK)
    words = edition.reading.words
    if any(map(eq, words[1:], words)) or any(sign in edition.joined or sign in edition.prose for sign in _HIDING):
        return True
    if edition.language == "az" or (edition.language == "tr" and not _UNDOTTED_TR.isdisjoint(words)):
        return True
    lines = (passage.text for passage in edition.passages if not passage.is_markdown)
    return any("](" in text or "`" in text for text in lines)


@of_passage("doubled-word", "warning", when=_has_doubles)
def doubled_word(passage: Passage) -> Iterator[Spot]:
    """A word stands twice in a row; in Japanese, a particle. What a language doubles on purpose is passed over:
    *sık sık*, *syarikat-syarikat*.
    Do: Delete one.
    FAIL ms: Syarikat yang yang untung.
    FAIL ja: 支出のの合計。
    PASS tr: Faiz sık sık değişir.
    PASS no: Et to to-årig lån.
    """
    text = passage.shown
    if passage.language == "ja":
        for match in _DOUBLED_CJK.finditer(text):
            yield passage.shown_spot(match.start(), f"{match[0]!r} is doubled", "delete one")
    if passage.language in ("ja", "zh"):
        return
    for match in _DOUBLED.finditer(text):
        word = match[1].lower()
        if passage.language == "tr" and word not in _NEVER_DOUBLED_TR and word[0] != "{":
            continue
        if word not in _DOUBLED_ON_PURPOSE.get(passage.language, ()):
            yield passage.shown_spot(match.start(), f"{match[1]!r} stands twice in a row", "delete one")


# --- length ----------------------------------------------------------------------------------------------------------

_SHORT = 60  # below this a ratio says nothing
_LEAST, _MOST = 0.4, 2.5


@of_passage("length-ratio", "warning", "translated")
def length_ratio(passage: Passage) -> Iterator[Spot]:
    """The translation is less than two fifths as long as its source, or more than two and a half times. A character
    of Japanese, Korean or Chinese counts as three letters.
    Do: See whether something was left out or added.
    FAIL ja: 赤字。 ← A government budget deficit occurs when spending exceeds revenue over a fiscal year.
    PASS ja: 赤字とは、支出が収入を上回ることをいう。 ← A budget deficit occurs when spending exceeds revenue in a year.
    """
    source = passage.source
    if not source or passage.kind == "line" or len(source.shown) < _SHORT:
        return
    share = _length(passage.shown) / _length(source.shown)
    if not _LEAST <= share <= _MOST:
        kind = "short" if share < 1 else "long"
        message = f"the text is {share:.1f} times as long as its source: very {kind}"
        yield passage.spot(0, message, "see whether something was left out or added")


def _length(text: str) -> int:
    """In bytes: three a character of Japanese, Korean and Chinese, which say about as much as three letters."""
    return len(text.encode())


# --- register --------------------------------------------------------------------------------------------------------

_QUOTED = re.compile("「[^「」]*」|『[^『』]*』|“[^“”]*”|（[^（）]*）|\\([^()]*\\)")
_ENDINGS = {
    "ja": (
        re.compile(r"(?:です|ます|ました|ません|ましょう|でした|でしょう|ください)(?:か|が|ね|よ)?[。？！]"),
        re.compile(r"[うくぐすつぬぶむるただい](?<!です)(?<!ます)(?<!ました)(?<!でした)(?<!ください)[。！]"),
    ),
    "ko": (
        re.compile(r"(?:니다|니까|세요|십시오|시오|어요|아요|에요|예요|해요|지요|죠)[.?!]"),
        re.compile(r"(?<!니)다[.!]"),
    ),
}


@of_passage("mixed-register", "warning", "markdown", when=lambda edition: edition.language in _ENDINGS)
def mixed_register(passage: Passage) -> Iterator[Spot]:
    """Polite and plain sentences in one text: です・ます beside である, -습니다 beside -다.
    Do: Keep to one.
    FAIL ja: 発生する。拡大します。
    FAIL ko: 지출이 늘어난다. 적자가 커집니다.
    PASS ja: 発生する。拡大する。
    PASS ko: “적자다.”라고 말합니다.
    """
    polite, plain = _ENDINGS[passage.language]
    first = polite.search(passage.shown)
    if first is None:
        return
    text = _QUOTED.sub(lambda match: OBJECT * len(match[0]), passage.shown)
    other = plain.search(text)
    if other and polite.search(text):
        shown = text[max(0, other.start() - 6) : other.end()].lstrip()
        yield passage.shown_spot(other.start(), f"“{shown}” is plain, other sentences here are polite", "keep to one")


# --- acronyms --------------------------------------------------------------------------------------------------------

_IN_BRACKETS = re.compile(r"\(([A-Z]{2,6})\)")
_CAPITALS = re.compile(r"[A-ZÇĞİÖŞÜÆØÅ]{2,}")


def _has_acronyms(edition: Edition) -> bool:
    return edition.source is not None and _IN_BRACKETS.search(edition.source.joined) is not None


@of_passage("acronym-dropped", "warning", "translated", when=_has_acronyms)
def acronym_dropped(passage: Passage) -> Iterator[Spot]:
    """The source gives an acronym in parentheses, the translation gives none, neither that nor its own.
    Do: Add the acronym that readers of the language will meet.
    FAIL ko: 국내총생산을 말한다. ← The gross domestic product (GDP) is meant.
    PASS tr: Gayri safi yurt içi hasıla (GSYH) kastedilir. ← The gross domestic product (GDP) is meant.
    """
    if not passage.source or "(" not in passage.source.shown:
        return
    for match in _IN_BRACKETS.finditer(passage.source.shown):
        text = unicodedata.normalize("NFKC", passage.shown)
        if not _CAPITALS.search(text):
            yield passage.spot(0, f"the source has the acronym {match[1]} here", f"write {match[1]}, or your own")
            return
