"""Known defects put into a generated website: `python -m benchmarks.defects FOLDER`.

What they are stands in tests/vectors/defects.json: `bad` must be reported, `ok` is a control that must not be, of
`info` one may think either way.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

import msgspec

from benchmarks.website import BASE_URL
from benchmarks.words import LOCALES

_VECTORS = Path(__file__).resolve().parent.parent / "tests" / "vectors" / "defects.json"
_MARKS = {"main": "</main>", "head": "</head>"}
_REDIRECT = (
    '<!DOCTYPE html><html lang="en"><title>moved</title><meta http-equiv="refresh" content="0; url={url}"></html>\n'
)


class Kind(msgspec.Struct, frozen=True):
    """Some defects of one kind, as templates."""

    kind: str
    count: int
    expect: Literal["bad", "ok", "info"]
    tag: str
    needle: str
    where: Literal["main", "head"]


class Defect(NamedTuple):
    """One defect: a report about it names the needle, and (but for a redirect's own page) the page."""

    kind: str
    expect: str
    page: str
    needle: str


def inject(folder: Path, seed: int = 7) -> list[Defect]:
    """Put all defects into a website that `benchmarks.website` has written, each into a page of its own."""
    rng = Random(seed)
    slugs = sorted(path.name for path in (folder / LOCALES[0]).iterdir() if path.is_dir())
    pages = [f"{locale}/{slug}/index.html" for locale in LOCALES for slug in slugs]
    rng.shuffle(pages)
    _stubs(folder, slugs)
    found: list[Defect] = []
    for kind in msgspec.json.decode(_VECTORS.read_bytes(), type=list[Kind]):
        for number in range(kind.count):
            page, other = pages[len(found)], rng.choice(slugs)
            values = {
                "n": str(len(found) + 1),
                "k": str(number),
                "lang": page.partition("/")[0],
                "slug": other,
                "Slug": other.title(),
                "base": BASE_URL,
            }
            path, mark = folder / page, _MARKS[kind.where]
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(mark, f"{_filled(kind.tag, values)}\n{mark}", 1), encoding="utf-8")
            found.append(Defect(kind.kind, kind.expect, page, _filled(kind.needle, values)))
    return found


def _filled(template: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _stubs(folder: Path, slugs: list[str]) -> None:
    (folder / "ok.png").write_bytes(b"x")
    for number in range(3):
        _redirect(folder / f"moved/r{number}", f"/ms/{slugs[number]}/")
    for number in range(2):
        _redirect(folder / f"moved/dead{number}", f"/ms/gone-target-{number}/")


def _redirect(place: Path, url: str) -> None:
    place.mkdir(parents=True)
    (place / "index.html").write_text(_REDIRECT.format(url=url), encoding="utf-8")


def told(defect: Defect, report: str) -> bool:
    """Whether a report names a defect: its needle, and nothing longer that begins like it."""
    at = report.find(defect.needle)
    while at >= 0:
        after = report[at + len(defect.needle) : at + len(defect.needle) + 1]
        if not (after.isalnum() or after == "-"):
            return True
        at = report.find(defect.needle, at + 1)
    return False
