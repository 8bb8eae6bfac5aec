"""Folders for tests: copies of the shipped glossary, and what a folder holds."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import deficiency_glossary as dg

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LOCALES = ("en", "ms", "tr", "ko", "ja", "no")
FEW_CONCEPTS = ("collateral", "creditor", "deficiency-balance", "mortgage", "short-sale")


def copy_shipped(to: Path) -> Path:
    """The whole shipped glossary."""
    for name in ("content", "locales"):
        shutil.copytree(CHECKOUT / name, to / name)
    shutil.copy(CHECKOUT / "glossary.yaml", to)
    return to


def copy_some(to: Path, concepts: Sequence[str], locales: Sequence[str]) -> Path:
    """A small glossary: some concepts of the shipped one in some of its locales."""
    for folder, names in {"concepts": concepts, **dict.fromkeys(locales, concepts)}.items():
        (to / "content" / folder).mkdir(parents=True)
        for name in names:
            shutil.copy(CHECKOUT / "content" / folder / f"{name}.yaml", to / "content" / folder)
    (to / "locales").mkdir()
    for locale in locales:
        shutil.copy(CHECKOUT / "locales" / f"{locale}.yaml", to / "locales")
    settings = (CHECKOUT / "glossary.yaml").read_text(encoding="utf-8")
    listed = ", ".join(f'"{locale}"' for locale in locales)
    lines = [f"locales: [{listed}]" if line.startswith("locales:") else line for line in settings.splitlines()]
    # Indexing the texts takes longer than all the rest; test_full_text.py turns it on.
    lines = [line for line in lines if not line.startswith("full_text_search:")]
    (to / "glossary.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return to


def contents(folder: Path) -> dict[str, bytes]:
    """Path -> bytes of every file."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def identities(folder: Path) -> dict[str, tuple[int, int]]:
    """Path -> what tells a file that was written anew from one that was taken along."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in files
        if not path.name.startswith(".")
    }


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def cold(root: Path) -> dict[str, bytes]:
    """What a first build of the glossary gives."""
    out = root.parent / "cold" / "public"
    dg.load(root).build(out)
    result = contents(out)
    shutil.rmtree(out.parent)
    return result
