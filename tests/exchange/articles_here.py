"""What the tests of `import articles` share: glossaries to import into, and articles made up on the spot."""

from __future__ import annotations

import shutil
from pathlib import Path

from deficiency_glossary.exchange.articles.importing import Imported, import_articles
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.store import Library

ROOT = Path(__file__).parents[2]
FIVE = Path(__file__).parent / "articles"
LOCALES = ("ms", "tr", "ko", "ja", "no")
SETTINGS = """\
base_url: https://glossary.example/
source_locale: en
locales: [en, ms, tr, ko, ja, "no"]
licence: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
"""


def empty_glossary(folder: Path) -> Path:
    """A glossary with the six languages and no concept."""
    shutil.copytree(ROOT / "locales", folder / "locales")
    (folder / "glossary.yaml").write_text(SETTINGS, encoding="utf-8")
    return folder


def article(body: str, title: str = "Thing", front: str = "") -> str:
    return f"---\ntitle: {title}\ndescription: A thing is a thing.\n{front}---\n\n# {title}\n{body}"


def imported(folder: Path, texts: dict[str, str], *, force: bool = False) -> Imported:
    """Import articles, given by `locale/slug`, into the empty glossary `folder/glossary`."""
    glossary = folder / "glossary"
    if not glossary.is_dir():
        empty_glossary(glossary)
    for name, text in texts.items():
        path = folder / "in" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return import_articles([folder / "in"], Library(glossary), glossary, force=force)


def said(found: list[Finding], *codes: str) -> list[tuple[int, int, str, str]]:
    """(line, column, code, message) of the findings with these codes."""
    return [(one.line, one.column, one.code, one.message) for one in found if one.code in codes]
