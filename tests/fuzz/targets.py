"""What is fuzzed: the YAML reader, the markup and the checks. `fuzz.py` feeds them, and so does a test, the seeds.

Only what must never happen is an error: an exception, a place outside of the file, a place that is not the
character's.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from deficiency_glossary.checks.content import check
from deficiency_glossary.library import store, yaml12
from deficiency_glossary.library.comments import comments
from deficiency_glossary.library.places import place_of
from deficiency_glossary.library.store import Library
from deficiency_glossary.library.yaml12 import Node
from deficiency_glossary.model import Concept, Entry
from deficiency_glossary.text import emphasis, markup, numerals

ROOT = Path(__file__).resolve().parents[2]
_HEAD = "terms: [{term: zz, status: preferred}]\ntitle: Z\ndescription: Z.\ndefinition: |\n"


def reader(data: bytes) -> None:
    """The reader never raises, and the place of each character is where that character stands."""
    document = yaml12.read(data, "content/ja/x.yaml")
    assert document.root is not None or document.findings
    lines = document.text.split("\n")
    for finding in document.findings:
        assert 0 <= finding.line <= len(lines) + 1, finding
    list(comments(document.text))
    if document.root is not None:
        walk(document.root, document.text, lines)
        store.decode(data, "content/ja/x.yaml", Entry)
        store.decode(data, "content/concepts/x.yaml", Concept)


def walk(node: Node, text: str, lines: list[str]) -> None:
    """Every tenth character of every scalar."""
    if isinstance(node.value, dict):
        for value in node.value.values():
            walk(value, text, lines)
    elif isinstance(node.value, list):
        for value in node.value:
            walk(value, text, lines)
    elif node.value and node.style != '"':
        for offset in range(0, len(node.value), max(1, len(node.value) // 10)):
            line, column = place_of(text, node, offset)
            assert 1 <= line <= len(lines), (node, offset)
            if (line, column) == (node.line, node.column):
                continue
            found, expected = lines[line - 1][column - 1 : column], node.value[offset]
            assert found == expected or expected in " \n", (node, offset, found, expected)


def markdown(data: bytes) -> None:
    """What reads a text never raises, and its places lie in the text."""
    text = data.decode("utf-8", "ignore")
    for link in markup.links(text):
        assert text[link.start] == "["
    for placeholder in markup.placeholders(text):
        assert text[placeholder.start : placeholder.end] == f"{{{placeholder.name}}}"
    for at, signs in emphasis.literal_runs(text):
        assert text[at] == signs[0]
    for tag in ("en", "tr", "nb", "ja"):
        for number in numerals.numbers(text, tag):
            assert text[number.start : number.end] == number.text


@cache
def prepared() -> Path:
    """A glossary of one concept in two languages."""
    root = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for folder in ("content/concepts", "content/en", "content/ja", "locales"):
        (root / folder).mkdir(parents=True)
    settings = (
        "base_url: https://x.org/\nsource_locale: en\nlocales: [en, ja]\nlicence: {name: a, url: https://x.org/}\n"
    )
    (root / "glossary.yaml").write_text(settings, encoding="utf-8")
    for locale in ("en", "ja"):
        (root / "locales" / f"{locale}.yaml").write_bytes((ROOT / "locales" / f"{locale}.yaml").read_bytes())
        (root / "content" / locale / "x.yaml").write_text(_HEAD + "  Z.\n", encoding="utf-8")
    (root / "content" / "concepts" / "x.yaml").write_text("{}\n", encoding="utf-8")
    return root


def rules(data: bytes) -> None:
    """The checks never raise, whatever a definition holds, and each finding has a place in its file."""
    root = prepared()
    text = data.decode("utf-8", "ignore").replace("\r", "")
    source, _, target = text.partition("\x00")
    for locale, written in (("en", source), ("ja", target)):
        block = "".join(f"  {line}\n" for line in written.split("\n"))
        (root / "content" / locale / "x.yaml").write_bytes((_HEAD + "  Z\n" + block).encode())
    for finding in check(Library(root)):
        path = root / finding.path
        lines = path.read_bytes().decode().count("\n") if path.exists() else 0
        assert 0 <= finding.line <= lines + 1, finding


TARGETS = (reader, markdown, rules)


def one(data: bytes) -> None:
    """One input; its first byte chooses what is fed."""
    if data:
        TARGETS[data[0] % len(TARGETS)](data[1:])
