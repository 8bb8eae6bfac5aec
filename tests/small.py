"""Small glossaries to look at one text, or at one line of a file."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection
from pathlib import Path

from deficiency_glossary.checks.content import check
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.store import Library

ROOT = Path(__file__).resolve().parents[1]
MINI = ROOT / "tests" / "glossaries" / "mini"
# Where the field of an example stands: file, and the way to it.
_FIELDS = {
    "definition": ("house", ("definition",)),
    "title": ("house", ("title",)),
    "point": ("house", ("highlights", "one")),
    "story": ("sale", ("examples", "gain", "text")),
}

_STUB = "terms: [{term: zz, status: preferred}]\ntitle: Z\ndescription: Z.\ndefinition: Z."


def findings_of(root: Path, select: Collection[str] = ()) -> list[Finding]:
    return check(Library(root), select)


def with_text(folder: Path, locale: str, field: str, text: str, source: str = "") -> Path:
    """The small glossary with this text in a field of one locale, and its source in English."""
    root = Path(shutil.copytree(MINI, folder / "glossary"))
    concept, _ = _FIELDS[field]
    if locale not in ("en", "ja"):
        settings = root / "glossary.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("[en, ja]", f'[en, "{locale}"]'))
        shutil.rmtree(root / "content" / "ja")
        shutil.copy(ROOT / "locales" / f"{locale}.yaml", root / "locales")
        change(root / "content" / locale / f"{concept}.yaml", _STUB)
    for language, written in ((locale, text), ("en", source)):
        if written:
            _put(root / "content" / language / f"{concept}.yaml", field, written)
    return root


def _put(path: Path, field: str, text: str) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    if field == "story":
        labels = "{price: Price, owed: Loan, rest: Left}"
        change(path, f"examples: {{gain: {{title: Gain, text: {quoted}, labels: {labels}}}}}")
    elif field == "point":
        change(path, f"highlights: {{one: {quoted}}}")
    else:
        change(path, f"{field}: {quoted}")


def with_line(folder: Path, path: str, line: str) -> Path:
    """The small glossary with this line in a file, in place of the one with the same key."""
    root = Path(shutil.copytree(MINI, folder / "glossary"))
    change(root / path, line)
    return root


def change(path: Path, line: str) -> None:
    """Put a top-level field (or whatever else) into a file, which is made if it is not there."""
    data = line.encode("utf-8", "surrogateescape") + b"\n"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return
    text = path.read_bytes()
    for key in re.findall(rb"^([a-z_]+):", data, re.MULTILINE):
        text = re.sub(rb"^" + key + rb":.*\n(?:[ \n-].*\n|\n)*", b"", text, flags=re.MULTILINE)
    path.write_bytes(data + text if line.startswith("\ufeff") else text + data)
