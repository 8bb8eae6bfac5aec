"""Characters that look right and are not."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping

from deficiency_glossary.checks.context import Writing
from deficiency_glossary.checks.passages import Edition, Passage
from deficiency_glossary.checks.rule import Spot, of_passage, of_writing

# Joiners (U+200C, U+200D) belong between letters of Arabic and Indic scripts and in emoji: elsewhere they are lost.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\u3164\uffa0]"
    "|(?<![\u0600-\u1fff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
_INVISIBLE_SIGNS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u3164\uffa0]"
)
_ESCAPED = re.compile(r"(?<!\\)\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_HALF_KANA = re.compile("[\uff66-\uff9f]+")
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f\u0530-\u058f\u13a0-\u13ff]")
_WORD = re.compile(r"[^\W\d_]+")
_HIGH = re.compile(
    "[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}"
)
_MAYBE_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u2122]")  # what the first byte of a letter in UTF-8 becomes
# The bytes with which letters of the other scripts, and of few more, begin in UTF-8.
_OTHER_BYTES = bytes([*range(0xCD, 0xD7), 0xE1])
_TWO_BYTES = re.compile("[\u00c2-\u00c5\u00d0-\u00d3]")


@of_writing("not-nfc", "error")
def not_nfc(writing: Writing) -> Iterator[Spot]:
    """A letter is written in pieces: Hangul in jamo, or a base letter with its accent behind it (not Unicode NFC).
    Do: Write it as one character. Searching does not find the pieces.
    FAIL content/ja/house.yaml: title: か\\u3099
    FAIL content/en/house.yaml: title: Cafe\\u0301
    PASS content/en/house.yaml: title: Café
    """
    text = writing.text
    if unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or (unicodedata.combining(text[end]) == 0 and not "\u1160" <= text[end] <= "\u11ff"):
            piece = text[start:end]
            if not unicodedata.is_normalized("NFC", piece):
                whole = unicodedata.normalize("NFC", piece)
                message = f"{whole!r} is written in {len(piece)} pieces"
                yield writing.spot(start, message, f"write it as one character: {whole}")
            start = end


@of_writing("invisible-character", "error")
def invisible_character(writing: Writing) -> Iterator[Spot]:
    """A character that nobody sees: a zero-width space, a soft hyphen, a mark of direction, a Hangul filler.
    Do: Delete it.
    FAIL content/en/house.yaml: title: Ho\\u200buse
    FAIL content/en/house.yaml: title: Ho\\u00aduse
    FAIL content/en/house.yaml: title: "Ho\\\\u200buse"
    FAIL content/en/house.yaml: title: "Ho\\\\u200babode"
    PASS content/en/house.yaml: title: House
    """
    for match in _INVISIBLE.finditer(writing.text) if writing.has_rare else ():
        name = unicodedata.name(match[0], "no name").lower()
        message = f"the invisible character U+{ord(match[0]):04X} ({name}) stands here"
        yield writing.spot(match.start(), message, "delete it")
    for match in _ESCAPED.finditer(writing.text) if "\\" in writing.text else ():
        code = int(match[match.lastindex or 0], 16)
        if code <= sys.maxunicode and _INVISIBLE_SIGNS.match(chr(code)):  # beyond it, the reader of YAML refuses it
            yield writing.spot(match.start(), f"{match[0]} stands for an invisible character", "delete it")


@of_writing("half-width-kana", "warning")
def half_width_kana(writing: Writing) -> Iterator[Spot]:
    """Katakana of half width, a relic of old machines.
    Do: Write full-width katakana.
    FAIL content/ja/house.yaml: title: ﾊｳｽ
    PASS content/ja/house.yaml: title: ハウス
    """
    for match in _HALF_KANA.finditer(writing.text) if writing.has_rare else ():
        whole = unicodedata.normalize("NFKC", match[0])
        yield writing.spot(match.start(), f"{match[0]!r} is katakana of half width", f"write {whole}")


@of_writing("mojibake", "warning")
def mojibake(writing: Writing) -> Iterator[Spot]:
    """UTF-8 that was read as Windows-1252 and saved: `Ã¼` for `ü`.
    Do: Restore the text from before.
    FAIL content/en/house.yaml: title: CafÃ©
    FAIL content/en/house.yaml: title: The houseâ€™s owner
    PASS content/en/house.yaml: title: Café “Zoë” – é…”
    """
    for match in _HIGH.finditer(writing.text) if _MAYBE_MOJIBAKE.search(writing.text) else ():
        for start, (shown, whole) in _repaired(match[0]):
            message = f"{shown!r} is {whole!r}, read in another encoding"
            yield writing.spot(match.start() + start, message, f"write {whole}")
            break


def _repaired(run: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """The parts of a run that are UTF-8 if taken byte by byte. One character of three bytes may be chance."""
    for start in range(len(run) - 1):
        for size in (2, 3):
            piece = run[start : start + size]
            try:
                whole = piece.encode("cp1252").decode("utf-8")
            except UnicodeError:
                continue
            sure = _TWO_BYTES.match(piece) if size == 2 else piece[0] == "â" or len(run) >= 6
            if len(piece) == size and len(whole) == 1 and sure:
                yield start, (piece, whole)


def _has_other_script(edition: Edition) -> bool:
    if edition.joined.isascii():
        return False
    data = edition.joined.encode()
    return len(data.translate(None, _OTHER_BYTES)) < len(data) and _OTHER_SCRIPT.search(edition.joined) is not None


@of_passage("mixed-script", "warning", when=_has_other_script)
def mixed_script(passage: Passage) -> Iterator[Spot]:
    """A word with letters of two scripts: a Cyrillic `е` among Latin letters looks right and is not found.
    Do: Type the word anew.
    FAIL ms: D\\u0435fisit ialah kekurangan.
    PASS ms: Defisit ialah kekurangan; huruf β ditulis sendiri.
    """
    for word in _WORD.finditer(passage.text):
        other = _OTHER_SCRIPT.search(word[0])
        if other and re.search("[A-Za-z\u00c0-\u024f]", word[0]):
            name = unicodedata.name(other[0], "a letter").lower()
            message = f"{word[0]!r} mixes scripts: {other[0]!r} is {name}"
            yield passage.spot(word.start() + other.start(), message, "type the word anew")


# --- letters that a language does not have ----------------------------------------------------------------------------

# Norwegian: å stands in every common word that older or careless spelling begins with aa; names keep theirs.
_NORWEGIAN = re.compile(r"(?<![\w-])(?:\w*[äÄöÖ]\w*|\w*aa\w*|Aa\w*)")
_KEEPS_AA = re.compile(r"(?i)(?:afrikaans|bazaar|baal|haag|isaac|kanaan|saab|sahaara)")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:»”\n]\s*|\n)[«“(*\[]*\Z")


@of_passage("foreign-letter", "warning", when=lambda edition: edition.language in ("no", "nb"))
def foreign_letter(passage: Passage) -> Iterator[Spot]:
    """Norwegian with Swedish or German letters, or with `aa` for `å`. Names within a sentence are passed over.
    Do: Write `æ`, `ø`, `å`.
    FAIL no title: Inntäkter
    FAIL no title: Aarsrapport
    PASS no: Inntektene i Aas og Malmö står i årsrapporten.
    """
    text = passage.shown
    if not ("aa" in text or "Aa" in text or "ä" in text or "ö" in text or "Ä" in text or "Ö" in text):
        return
    for match in _NORWEGIAN.finditer(text):
        word = match[0]
        is_name = word[0].isupper() and not _SENTENCE_BEGINS.search(text, 0, match.start())
        if not is_name and not _KEEPS_AA.search(word):
            better = word.translate(str.maketrans("äöÄÖ", "æøÆØ")).replace("aa", "å").replace("Aa", "Å")
            yield passage.shown_spot(match.start(), f"{word!r} is not spelled as in Norwegian", f"perhaps {better!r}")


_TOKEN = re.compile(r"\w+")
_TURKISH = str.maketrans("ıİğĞşŞöÖüÜçÇ", "iIgGsSoOuUcC")


def has_lost_letters(tag: str) -> bool:
    """Whether a language is one whose letters get lost on other keyboards."""
    return tag.split("-")[0] in ("tr", "az")


def words_of(text: str) -> list[str]:
    """The words of a file."""
    return _WORD.findall(text)


def lost_letters(counts: Mapping[str, int]) -> dict[str, str]:
    """Words without their dots and cedillas -> the words that they should be, from how often all words stand there."""
    lost: dict[str, str] = {}
    for word in sorted(counts):
        bare = word if word.isascii() else word.translate(_TURKISH)
        if bare != word and bare in counts and bare.islower() and _is_lost(bare, counts[bare], word, counts[word]):
            lost[bare] = word
    return lost


@of_passage("lost-letter", "warning", when=lambda edition: bool(edition.context.lost_letters.get(edition.locale)))
def lost_letter(passage: Passage) -> Iterator[Spot]:
    """A Turkish word without its dots, cedillas or dotless ı, as typed on another keyboard; the glossary has it with
    them elsewhere.
    Do: Write the Turkish letters.
    FAIL tr: Faiz orani artar. Faiz oranı düşer. Her oranı yazın.
    PASS tr: Faiz oranı artar, olan olur, ölen ölür.
    """
    lost = passage.edition.context.lost_letters[passage.edition.locale]
    for match in _TOKEN.finditer(passage.shown):
        if match[0] in lost:
            better = lost[match[0]]
            message = f"{match[0]!r} stands elsewhere as {better!r}"
            yield passage.shown_spot(match.start(), message, f"write {better!r}, if that is the word")


def _is_lost(plain: str, count: int, proper: str, proper_count: int) -> bool:
    """Whether the plain spelling is a slip, and no word of its own (olan beside ölen): it breaks vowel harmony where
    the other keeps it, or it is rare and the other is not.
    """
    return (_breaks_harmony(plain) and not _breaks_harmony(proper)) or (len(plain) > 4 and proper_count >= 4 * count)


def _breaks_harmony(word: str) -> bool:
    sides = [letter in "eiöü" for letter in word if letter in "aeıioöuü"]
    return len(sides) > 1 and sides[-1] != sides[-2]
