"""Checking in several processes, and entry by entry, finds what one process finds that keeps everything."""

from __future__ import annotations

import multiprocessing
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from deficiency_glossary import processes
from deficiency_glossary.checks import content, context
from deficiency_glossary.checks.content import check
from deficiency_glossary.library.store import Library

ROOT = Path(__file__).parents[2]
MINI = ROOT / "tests" / "glossaries" / "mini"
CASES = sorted((ROOT / "tests" / "broken").iterdir())
SLIPS = (
    ("e", "é"), ("a", "aa"), ("(", "（"), (".", ""), ("{", "{{"), ("](", "] ("), ("title:", "titel:"),
    (" the ", " the the "),
    ("status: preferred", "status: deprecated"), ("title:", "# ignore: end-mark – a test\ntitle:"), ("を", "をを"),
    ("definition:", "# ignore: no-such-code – a test\ndefinition:"), ("\n", "\r\n"), ("draft: false", "draft: true"),
    ("ı", "i"), ("ş", "s"), ("related:", "broader:"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process gets something to do, even of a small glossary."""
    monkeypatch.setattr(content, "_CHUNK", 1)


def slipped(root: Path, seed: int) -> Path:
    """Some files with something typed wrong, some taken away."""
    random = Random(seed)
    files = sorted(root.rglob("*.yaml"))
    for path in random.sample(files, min(len(files), 12)):
        text = path.read_text(encoding="utf-8")
        wrong, right = random.choice(SLIPS)[::-1]
        places = [at for at in range(len(text)) if text.startswith(right, at)]
        if places:
            at = random.choice(places)
            path.write_text(text[:at] + wrong + text[at + len(right) :], encoding="utf-8", newline="")
    for path in random.sample([path for path in files if path.parent.name != "locales"], 1):
        if path.name != "glossary.yaml":
            path.unlink()
    return root


@pytest.fixture(params=range(6))
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    for name in ("content", "locales", "status"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "glossary.yaml", tmp_path)
    return slipped(tmp_path, request.param)


def test_random_slips(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = check(Library(tree), jobs=1)
    assert alone
    assert check(Library(tree), jobs=3) == alone
    some = {finding.code for finding in alone[::2]} | {"unlinked-mention", "unreviewed"}
    assert check(Library(tree), some, jobs=2) == check(Library(tree), some)
    monkeypatch.setattr(context, "_KEPT", 0)  # as with many: each entry is read again at each look
    assert check(Library(tree), jobs=1) == alone


@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: case.name)
def test_broken_files(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(shutil.copytree(MINI, tmp_path / "glossary"))
    shutil.copytree(case, root, dirs_exist_ok=True)
    alone = check(Library(root))
    monkeypatch.setattr(context, "_KEPT", 0)
    assert check(Library(root), jobs=2) == alone


def test_a_process_that_begins_from_nothing_gets_what_it_cannot_read(tree: Path) -> None:
    """Where processes are no copies of the first one, the context goes to them pickled."""
    here = context.Context(Library(tree))
    content._groups(here, {}, 1, None, None)
    there = pickle.loads(pickle.dumps(here))
    concepts = sorted({concept for locale in here.locale_ids for concept in here.entries(locale)})
    assert list(content._of_concepts(there, {}, concepts)) == list(content._of_concepts(here, {}, concepts))


# --- handing out -----------------------------------------------------------------------------------------------------


def _double(number: int) -> int:
    return 2 * number


def _fail(number: int) -> int:
    raise ValueError(number)


def _begin() -> None:
    """Nothing to begin with."""


def run(count: int, workers: int, here: Any = _double, there: Any = _double) -> Iterator[int]:
    return processes.spread(range(count), workers, here, there, _begin, ())


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_each_chunk_is_worked_on_once(count: int, workers: int) -> None:
    assert sorted(run(count, workers)) == [2 * number for number in range(count)]


@pytest.mark.parametrize(("here", "there"), [(_fail, _double), (_double, _fail)])
def test_an_error_ends_the_work_and_the_processes(here: Any, there: Any) -> None:
    before = set(multiprocessing.active_children())
    with pytest.raises(ValueError, match=r"\d"):
        list(run(40, 2, here, there))
    assert set(multiprocessing.active_children()) <= before


@pytest.mark.parametrize(
    ("jobs", "files", "expected"), [(3, 1, {3}), (0, 9_999, {1}), (None, 99, {1}), (None, 10_000, set(range(1, 101)))]
)
def test_how_many_processes(jobs: int | None, files: int, expected: set[int]) -> None:
    assert processes.worker_count(jobs, files, many=100, each=100) in expected
