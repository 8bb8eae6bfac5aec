"""Any edits give what a cold build gives; a little edit is a little work."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from trees import FEW_CONCEPTS as CONCEPTS
from trees import cold, contents, copy_some, edit

import deficiency_glossary as dg
from deficiency_glossary.library import stamps
from deficiency_glossary.site import build as site_build
from deficiency_glossary.site import memory, survey
from deficiency_glossary.site.plan import Task

LOCALES = ("en", "ko", "no")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_some(tmp_path / "glossary", CONCEPTS, LOCALES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public"


# --- any edits -------------------------------------------------------------------------------------------------------


class Editor:
    """Makes a random change to a small glossary, valid as content."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        self.count = 0
        self.shelf: dict[Path, bytes] = {}

    def change(self) -> str:
        self.count += 1
        kinds = [self.word, self.term, self.link, self.relate, self.alias, self.say, self.toggle, self.toggle]
        kind = self.random.choice(kinds)
        return f"{kind.__name__} {kind()}"

    def _file(self, pattern: str) -> Path:
        return self.random.choice(sorted(self.root.glob(pattern)))

    def _entry(self) -> Path:
        return self._file(f"content/{self.random.choice(LOCALES)}/*.yaml")

    def word(self) -> Path:
        path = self._entry()
        field = self.random.choice(["title: ", "description: ", "definition: |\n  "])
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"\n{field}", f"\n{field}W{self.count} ", 1), encoding="utf-8")
        return path

    def term(self) -> Path:
        path = self._entry()
        text = path.read_text("utf-8")
        path.write_text(text.replace("term: ", f"term: T{self.count} ", 1), encoding="utf-8")
        return path

    def link(self) -> Path:
        path = self._entry()
        field = "\ndefinition: |\n  "
        edit(path, field, f"{field}[L{self.count}]({self.random.choice(CONCEPTS)}) ")
        return path

    def relate(self) -> Path:
        path = self._file("content/concepts/*.yaml")
        others = ", ".join(self.random.sample(CONCEPTS, 2))
        lines = path.read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("  broader:")]
        at = kept.index("relations:") + 1
        path.write_text("\n".join([*kept[:at], f"  broader: [{others}]", *kept[at:]]) + "\n", encoding="utf-8")
        return path

    def alias(self) -> Path:
        path = self._file("content/concepts/*.yaml")
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("aliases:")]
        # Now and then an alias that is another concept's, or that two concepts claim.
        names = self.random.choice([["old"], ["old", f"old-{self.count}"], ["mortgage"], []])
        path.write_text("\n".join([*lines, f"aliases: [{', '.join(names)}]"]) + "\n", encoding="utf-8")
        return path

    def say(self) -> Path:
        path = self._file("locales/*.yaml")
        field = self.random.choice(["\n  also_called: ", "\ntitle: ", "\nname: ", "\n  moved: "])
        edit(path, field, f"{field}S{self.count} ")
        return path

    def toggle(self) -> Path:
        """An entry is taken away, or one that was comes back."""
        if self.shelf and self.random.random() < 0.5:
            path = self.random.choice(sorted(self.shelf))
            path.write_bytes(self.shelf.pop(path))
        else:
            locale = self.random.choice(LOCALES[1:])
            path = self._file(f"content/{locale}/*.yaml")
            if len(list(path.parent.iterdir())) > 1:
                self.shelf[path] = path.read_bytes()
                path.unlink()
        return path


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_site_is_what_a_cold_build_gives(
    root: Path, out: Path, seed: int, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if large:  # as if: what changed is put in its place file by file
        monkeypatch.setattr(site_build, "_LARGE", 0)
        monkeypatch.setattr(site_build, "_FEW", 1.0)
        monkeypatch.setattr(memory, "_LARGE", 0)
        monkeypatch.setattr(memory, "_PART", 7)
    editor = Editor(root, seed)
    dg.load(root).build(out)
    for _ in range(12):
        changes = [editor.change() for _ in range(editor.random.choice([1, 1, 3]))]
        dg.load(root).build(out)
        assert contents(out) == cold(root), changes
        assert not [path for path in out.rglob("*") if path.is_dir() and not any(path.iterdir())]


AS_IF_LARGE = """
import sys
import deficiency_glossary as dg
from deficiency_glossary.site import build, memory
memory._LARGE = build._LARGE = 0
build._FEW = 1.0
asked = memory.is_site_intact
build.is_site_intact = lambda *places: print("asked", flush=True) or asked(*places)
report = dg.load(sys.argv[1]).build(sys.argv[2])
print(report.written)
"""


def build_as_if_large(root: Path, out: Path) -> list[str]:
    """In a program of one thread: there, a copy of the process asks after the site."""
    command = [sys.executable, "-c", AS_IF_LARGE, str(root), str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_what_somebody_spoiled_in_a_large_site_is_made_again(root: Path, out: Path) -> None:
    dg.load(root).build(out)
    edit(root / "content/ko/collateral.yaml", "definition: |\n", "definition: |\n  새 문장입니다. ")
    assert build_as_if_large(root, out) == ["asked", "3"]
    assert contents(out) == cold(root)
    (out / "no/creditor/index.html").write_text("spoiled")
    (out / "en/mortgage.json").unlink()
    edit(root / "content/ko/collateral.yaml", "새 문장", "다른 문장")
    assert build_as_if_large(root, out) == ["asked", "5"]
    assert contents(out) == cold(root)


# --- little work for a little edit -----------------------------------------------------------------------------------


def noting(function: Callable[..., Any], results: list[Any]) -> Callable[..., Any]:
    """The same function, which notes what it gives."""

    def noted(*arguments: Any) -> Any:
        result = function(*arguments)
        results.append(result)
        return result

    return noted


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the stamps of files that have just been made."""
    monkeypatch.setattr(stamps, "_TICK", -3_600_000_000_000)


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("a word", 3),  # the page, its data and its Markdown
        ("a figure", 9),  # in three languages
        ("nothing", 0),
    ],
)
def test_a_little_edit_is_a_little_work(
    root: Path, out: Path, name: str, files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dg.load(root).build(out)
    if name == "a word":
        edit(root / "content/ko/collateral.yaml", "definition: |\n", "definition: |\n  새 문장입니다. ")
    elif name == "a figure":
        edit(root / "content/concepts/deficiency-balance.yaml", "owed: 250000", "owed: 260000")
    looked: list[Any] = []
    read: list[Any] = []
    monkeypatch.setattr(Task, "key", noting(Task.key, looked))
    monkeypatch.setattr(survey, "_digest", noting(survey._digest, read))
    report = dg.load(root).build(out)
    assert (report.written, len(looked), len(read)) == (files, files, 0 if name == "nothing" else 1)
    monkeypatch.undo()
    assert contents(out) == cold(root)


def test_a_file_that_was_changed_a_moment_ago_is_read(root: Path, out: Path) -> None:
    """Its stamp may be that of the state before: same size, same tick of the clock."""
    path = root / "content/ko/collateral.yaml"
    dg.load(root).build(out)
    stamp = path.stat()
    text = path.read_text("utf-8")
    path.write_text(text.replace("\ntitle: 담보", "\ntitle: 보담", 1), encoding="utf-8")
    assert path.read_text("utf-8") != text
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert path.stat().st_size == stamp.st_size
    dg.load(root).build(out)
    assert contents(out) == cold(root)
