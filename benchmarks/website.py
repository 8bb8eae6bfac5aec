"""A generated website: `python -m benchmarks.website PAGES FOLDER`. The same seed gives the same bytes.

A page is what a site generator makes of an entry: some 9 KB, 25 links (canonical, alternates, navigation, eleven in
prose), sections with ids. Each of the five languages has an index of all its pages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from benchmarks.corpus import MAX_CONCEPTS, SEED, concept_id
from benchmarks.words import HEADINGS, LINKS, LOCALES, SENTENCES, THINGS

BASE_URL = "https://example.org"
LINKS_A_PAGE = 25
_IN_PROSE = 11
_PARAGRAPHS = 26

_PAGE = """\
<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<meta name="description" content="{title}">
<link rel="canonical" href="{base}/{lang}/{slug}/">
{alternates}
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/{lang}/">{lang}</a>
<nav><ul>{languages}</ul></nav></header>
<main>
<h1 id="title">{title}</h1>
{body}
</main>
<footer><p><a href="/{lang}/">{lang}</a></p></footer>
</body>
</html>
"""


def write(pages: int, folder: Path, seed: int = SEED) -> None:
    """Write a website of that many pages (a fifth as many subjects, in five languages) into a folder."""
    count = pages // len(LOCALES)
    if not _IN_PROSE < count <= MAX_CONCEPTS:
        least = (_IN_PROSE + 1) * len(LOCALES)
        raise ValueError(f"between {least} and {MAX_CONCEPTS * len(LOCALES)} pages can be made, not {pages}")
    slugs = [concept_id(number) for number in range(count)]
    for locale in LOCALES:
        for number, slug in enumerate(slugs):
            rng = Random(f"{seed}:{locale}:{number}")
            place = folder / locale / slug
            place.mkdir(parents=True, exist_ok=True)
            (place / "index.html").write_text(_page(locale, slug, slugs, rng), encoding="utf-8")
        rows = "\n".join(f'<li><a href="/{locale}/{slug}/">{slug}</a></li>' for slug in slugs)
        index = (
            f'<!DOCTYPE html>\n<html lang="{locale}"><title>{locale}</title><main><ul>\n{rows}\n</ul></main></html>\n'
        )
        (folder / locale / "index.html").write_text(index, encoding="utf-8")
    (folder / "style.css").write_text("body { margin: 2em }\n", encoding="utf-8")


def _page(locale: str, slug: str, slugs: list[str], rng: Random) -> str:
    each = [f'<link rel="alternate" hreflang="{tag}" href="{BASE_URL}/{tag}/{slug}/">' for tag in LOCALES]
    languages = "".join(f'<li><a href="/{tag}/{slug}/" lang="{tag}">{tag}</a></li>' for tag in LOCALES)
    return _PAGE.format(
        base=BASE_URL,
        lang=locale,
        slug=slug,
        title=slug.replace("-", " ").title(),
        alternates="\n".join(each),
        languages=languages,
        body=_body(locale, slug, slugs, rng),
    )


def _body(locale: str, slug: str, slugs: list[str], rng: Random) -> str:
    targets = rng.sample([other for other in slugs if other != slug], _IN_PROSE)
    paragraphs = [[_sentence(locale, rng) for _ in range(3)] for _ in range(_PARAGRAPHS)]
    for target in targets:
        link = f'<a href="/{locale}/{target}/">{target.replace("-", " ")}</a>'
        rng.choice(paragraphs).append(LINKS[locale].format(link=link))
    lines = []
    for number, paragraph in enumerate(paragraphs):
        section, place = divmod(number, _PARAGRAPHS // len(HEADINGS[locale]))
        if not place and section < len(HEADINGS[locale]):
            lines.append(f'<h2 id="section-{section}">{HEADINGS[locale][section]}</h2>')
        lines.append(f"<p>{' '.join(paragraph)}</p>")
    return "\n".join(lines)


def _sentence(locale: str, rng: Random) -> str:
    first, second = rng.sample(THINGS, 2)
    return rng.choice(SENTENCES[locale]).format(a=first[locale].text, b=second[locale].text)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
