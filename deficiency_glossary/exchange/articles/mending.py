"""What is mended without asking: traces of machines that no writer meant."""

from __future__ import annotations

import re
from collections.abc import Callable

from deficiency_glossary.exchange.articles.links import SPLIT_LINK
from deficiency_glossary.exchange.articles.report import Notes, quoted, visible

# Signs that a file of this project cannot hold, and the two marks that the package uses for itself.
_LOST = "\ufffd"
_SPACES = "\t\x0b\x0c\x85\u2028\u2029"
_DELETED = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ue000\ue001\U000e0000-\U000e007f"
)
_CHARACTERS = re.compile(f"(ï»¿|\ufeff)|([{_SPACES}])|({_LOST})|([{_DELETED}])")
# UTF-8 read as Windows-1252. Only what no language writes: “Ã©”, “â€™”, “ã€‚”; a letter before a quotation mark is not.
_MOJIBAKE = re.compile("[ÂÃ][\u00a0-\u00aa\u00ac-\u00ba\u00bc-\u00bf]|[âã]€[^\\s\\w]|â€œ|â‚¬")
_COMMA = re.compile(r"(?<=[\])]),[ \u00a0]*\.(?![.\w])")
_WIDE_INDENT = re.compile(r"^[ \t]*[\u00a0\u3000][ \t\u00a0\u3000]*", re.MULTILINE)
_BEFORE_PAUSE = re.compile(r"(?<=\S)[ \u00a0]+(?=[.,](?![.,\w])|[、。，．،؛؟])")
_BEFORE_OTHER = re.compile(r"(?<=\S)[ \u00a0]+(?=[!?;](?:\s|\Z))")
# A language that puts a space before these signs.
_SPACED = frozenset({"fr", "br"})
_SENTENCE_END = ".!?:;,)]"


def normalized(text: str) -> tuple[str, int]:
    """The text with line feeds at all line ends, and how many were others."""
    count = text.count("\r")
    return (text.replace("\r\n", "\n").replace("\r", "\n"), count) if count else (text, 0)


def mend_text(notes: Notes, language: str) -> None:
    """Mend what stands in the text itself. Marks at the beginning of lines are the reader's."""
    for mend in _MENDS:
        mend(notes, language)


def _characters(notes: Notes, _: str) -> None:
    text = notes.text
    for found in _CHARACTERS.finditer(text):
        mark, space, lost, _other = found.groups()
        start, end = found.span()
        shown = visible(found[0])
        if mark:
            # A file that was put together from several: each one's byte order mark stands where a gap was.
            new = " " if _needs_space(text, start, end) else ""
            now = "a space stands there now" if new else "it was deleted"
            notes.finding(
                "mended-mojibake", start, f"“{shown}” is a byte order mark in the text; {now}", edit=(end, new)
            )
        elif space:
            notes.finding("mended-character", start, f"the character {shown} is a space now", edit=(end, " "))
        elif lost:
            notes.finding(
                "lost-letter",
                start,
                f"a letter was lost before this file was made; its stand-in {shown} was deleted",
                "restore the letter",
                severity="warning",
                edit=(end, ""),
            )
        else:
            notes.finding("mended-character", start, f"the character {shown} was deleted", edit=(end, ""))


def _needs_space(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return before != "" and before in _SENTENCE_END and after.isalnum()


def _mojibake(notes: Notes, _: str) -> None:
    if not any(lead in notes.text for lead in "ÂÃâã"):
        return
    for found in _MOJIBAKE.finditer(notes.text):
        try:
            meant = b"".join(map(_byte, found[0])).decode("utf-8")
        except UnicodeError:
            continue
        message = f"{quoted(found[0])} is {quoted(meant)} now: UTF-8 that was read as Windows-1252"
        notes.finding("mended-mojibake", found.start(), message, edit=(found.end(), meant))


def _byte(char: str) -> bytes:
    """The byte that Windows-1252 shows as this character; five of its bytes have none and stay as they are."""
    return char.encode("latin-1" if char < "\u00a0" else "cp1252")


def _commas(notes: Notes, _: str) -> None:
    for found in _COMMA.finditer(notes.text):
        message = f"{quoted(found[0])} after a link is “,” now"
        notes.finding("mended-comma", found.start(), message, edit=(found.end(), ","))


def _links(notes: Notes, _: str) -> None:
    for found in SPLIT_LINK.finditer(notes.text):
        start = found.start()
        address = found.start(3) if found[3] else found.start(5)
        shown = quoted(notes.text[start:address])
        notes.finding("mended-link", start, f"{shown} is “](” now, so that the link is one", edit=(address, "]("))
        if found[5]:
            end = found.end()
            notes.finding("mended-link", end - 1, "“）” is “)” now, so that the link is one", edit=(end, ")"))


def _spaces(notes: Notes, language: str) -> None:
    for pattern in (_BEFORE_PAUSE,) if language in _SPACED else (_BEFORE_PAUSE, _BEFORE_OTHER):
        for found in pattern.finditer(notes.text):
            sign = notes.text[found.end()]
            message = f"{quoted(found[0])} before “{sign}” was deleted"
            notes.finding("mended-space", found.start(), message, edit=(found.end(), ""))
    for found in _WIDE_INDENT.finditer(notes.text):
        message = f"{quoted(found[0])} at the beginning of the line was deleted"
        notes.finding("mended-space", found.start(), message, edit=(found.end(), ""))


_MENDS: tuple[Callable[[Notes, str], None], ...] = (_mojibake, _characters, _commas, _links, _spaces)
