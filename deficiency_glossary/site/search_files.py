"""The search page of a locale, and the files that its script looks terms up in.

Keys of terms are made here; queries are folded in the browser, by rules that stand in the manifest as data. So a change
of `text.folding` or of `text.search.keys_of` reaches both sides with the next build.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from deficiency_glossary.locales import Locale
from deficiency_glossary.render.search_page import search_page
from deficiency_glossary.site import shards
from deficiency_glossary.site.plan import Task
from deficiency_glossary.site.survey import TermSummary
from deficiency_glossary.site.workshop import Workshop
from deficiency_glossary.text import folding
from deficiency_glossary.text.search import Key, keys_of, shape_key

MANIFEST = "index.json"
_PART, _TOP = "part-", "top-"
# How a query is compared with a key; the script knows these numbers.
_PLAIN, _LOOSE, _CHOSEONG, _SHAPE = range(4)
_KINDS = {"loose": _LOOSE, "choseong": _CHOSEONG, "shape": _SHAPE}

Found = tuple[str, tuple[TermSummary, ...], tuple[str, ...]]
"""A concept with its terms, and shapes of them that only a query with an ending holds."""


def page(shop: Workshop, task: Task) -> str:
    """The search page."""
    return search_page(shop.frame(task), full_text=shop.job.full_text)


def files(concepts: Sequence[Found], locale: Locale, max_bytes: int = shards.MAX_BYTES) -> Iterator[tuple[str, bytes]]:
    """Name -> content of what stands in the folder of the search page: the manifest, and the parts of the index."""
    parts: list[str] = []
    tops: list[str] = []
    for piece in shards.cut([_row(*concept) for concept in concepts], max_bytes):
        (tops if piece.is_top else parts).append(piece.beginning)
        kind = _TOP if piece.is_top else _PART
        yield name(kind, piece.beginning), msgspec.json.encode([_shown(row) for row in piece.rows])
    words = locale.messages
    manifest = {
        "parts": parts,
        "tops": tops,
        "rules": folding.rules(),
        "words": {
            "results": words.search_results,
            "none": words.search_none,
            "terms": words.search_in_terms,
            "text": words.search_in_text,
        },
    }
    yield MANIFEST, msgspec.json.encode(manifest)


def name(kind: str, beginning: str) -> str:
    """The file of a part: its beginning as UTF-8 in hexadecimal, which every host can serve."""
    return f"{kind}{beginning.encode().hex()}.json"


def _row(concept: str, terms: Sequence[TermSummary], shapes: Sequence[str]) -> shards.Row:
    preferred = next(term.text for term in terms if term.status == "preferred")
    keys = [key for term in terms for key in keys_of(term.text, term.reading, term.status)]
    return shards.Row(concept, preferred, (*keys, *(shape_key(shape, preferred) for shape in shapes)))


def _shown(row: shards.Row) -> list[Any]:
    return [row.concept, row.term, [_key(key, row.term) for key in row.keys]]


def _key(key: Key, term: str) -> list[str | int]:
    """Folded, penalty, kind; and what it spells, where that is not the preferred term."""
    found: list[str | int] = [key.folded, key.penalty, _KINDS.get(key.kind, _PLAIN)]
    return found if key.shown == term else [*found, key.shown]
