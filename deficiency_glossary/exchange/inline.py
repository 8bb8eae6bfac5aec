"""What a translator's tool must keep from harm: placeholders, and the targets of links, as codes in the text."""

from __future__ import annotations

from typing import Literal, NamedTuple

from deficiency_glossary.text import markup


class Piece(NamedTuple):
    """Text, a code that stands alone, or the beginning or end of one that stands around text.

    `id` is the same in the source and the translation for the same code; it is empty for text.
    """

    kind: Literal["text", "alone", "open", "close"]
    text: str
    id: str = ""


def pieces(text: str) -> list[Piece]:
    """The text cut at its codes. Joined again, the pieces are the text."""
    cuts: list[tuple[int, int, Literal["alone", "open", "close"]]] = []
    tails: list[tuple[int, int]] = []
    for link in markup.links(text):
        inner_end = link.start + 1 + len(link.text)
        cuts += [(link.start, link.start + 1, "open"), (inner_end, link.end, "close")]
        tails.append((inner_end, link.end))
    for one in markup.placeholders(text):
        if not any(start <= one.start < end for start, end in tails):
            cuts.append((one.start, one.end, "alone"))
    found: list[Piece] = []
    at, number, opened = 0, 0, ""
    for start, end, kind in sorted(cuts):
        if start > at:
            found.append(Piece("text", text[at:start]))
        if kind != "close":
            number += 1
        if kind == "open":
            opened = str(number)
        found.append(Piece(kind, text[start:end], opened if kind == "close" else str(number)))
        at = end
    if at < len(text):
        found.append(Piece("text", text[at:]))
    return found


def paired(source: list[Piece], target: list[Piece]) -> list[Piece]:
    """The target's pieces, each code with the id that the same code has in the source; new ones get new ids."""
    free: dict[tuple[str, str], list[str]] = {}
    for key, number in _codes(source):
        free.setdefault(key, []).append(number)
    following = max((int(piece.id) for piece in source if piece.id), default=0)
    names: dict[str, str] = {}
    for key, number in _codes(target):
        if free.get(key):
            names[number] = free[key].pop(0)
        else:
            following += 1
            names[number] = str(following)
    return [piece._replace(id=names[piece.id]) if piece.id else piece for piece in target]


def _codes(found: list[Piece]) -> list[tuple[tuple[str, str], str]]:
    """((kind, what tells the code from others), id) of each code, pairs once."""
    ends = {piece.id: piece.text for piece in found if piece.kind == "close"}
    return [
        (("alone", piece.text) if piece.kind == "alone" else ("pair", ends[piece.id]), piece.id)
        for piece in found
        if piece.kind in ("alone", "open")
    ]
