"""Our build beside other generators: the same corpus, comparable pages, in turn.

`python -m benchmarks.peers [PAGES [PAGES_OF_THE_SLOW [REPEATS]]]`
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import build, corpus, fresh, peer_sites, running, same, table
from benchmarks.peer_sites import MINIMAL, PEERS, Peer
from benchmarks.running import Run
from benchmarks.words import LOCALES

WHOLE = "ours, whole site"
OURS = "ours, comparable pages"
PAGES, PAGES_OF_THE_SLOW = 5000, 500


class Contender(NamedTuple):
    """Who builds what: a command that runs in `made.parent` and writes into `made`, its site into `made`/site."""

    name: str
    command: Sequence[str]
    made: Path
    address: Callable[[str, str], str]
    root: Path | None = None  # of a glossary of ours, to be edited


class Result(NamedTuple):
    """What came of it: tables, and the programs with their versions or why they were left out."""

    tables: tuple[table.Table, ...]
    measured: dict[str, str]
    left_out: dict[str, str]


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def compare(pages: int = PAGES, pages_of_the_slow: int = PAGES_OF_THE_SLOW, repeats: int = 3) -> Result:
    """Measure everything there is."""
    tables: list[table.Table] = []
    measured: dict[str, str] = {}
    left_out: dict[str, str] = {}
    for slow, size in ((False, pages), (True, pages_of_the_slow)):
        here = [(peer, peer.find()) for peer in PEERS if peer.slow == slow]
        left_out |= {peer.name: "not installed" for peer, program in here if program is None}
        found = [(peer, program) for peer, program in here if program is not None]
        measured |= {peer.name: peer_sites.version_of(peer, program) for peer, program in found}
        if found or not slow:
            tables += _compare(size, found, repeats, whole=not slow)
    return Result(tuple(tables), measured, left_out)


def _compare(size: int, found: Sequence[tuple[Peer, str]], repeats: int, *, whole: bool) -> list[table.Table]:
    with fresh.folder() as place:
        contenders = _prepare(size, place, found, whole=whole)
        cold: dict[str, list[Run]] = {one.name: [] for one in contenders}
        edited: dict[str, list[Run]] = {one.name: [] for one in contenders if one.root}
        for turn in range(repeats + 1):
            for one in contenders:
                shutil.rmtree(one.made, ignore_errors=True)
                one.made.mkdir()
                cold[one.name].append(running.run(one.command, one.made.parent))
            if not turn:  # the first turn warms up and is looked at, not counted
                files = {one.name: files_in(one.made / "site") for one in contenders}
                _check(contenders, size)
            for one in contenders:
                if turn and one.root:
                    build.change_one(one.root, turn)
                    edited[one.name].append(running.run(one.command, one.made.parent))
        cold = {name: runs[1:] for name, runs in cold.items()}
    return _tables(size, repeats, cold, edited, files)


def files_in(site: Path) -> int:
    """How many files a site has."""
    return sum(path.is_file() for path in site.rglob("*"))


def _prepare(size: int, place: Path, found: Sequence[tuple[Peer, str]], *, whole: bool) -> list[Contender]:
    """Lay out one corpus for all: for us as it is, for the others as the Markdown that we make of it."""
    (place / OURS).mkdir()
    root = place / OURS / "glossary"
    fresh.python("-m", "benchmarks.corpus", str(size), str(root))
    contenders = []
    if whole:
        shutil.copytree(root, place / WHOLE / "glossary")
        contenders.append(ours(WHOLE, place))
    with (root / "glossary.yaml").open("a", encoding="utf-8") as settings:
        settings.write("entry_formats: []\n")
    shutil.copytree(MINIMAL / "glossary", root, dirs_exist_ok=True)
    contenders.append(ours(OURS, place))
    markdown = place / "markdown"
    fresh.python("-m", "deficiency_glossary", "-C", str(root), "build", "--out", str(markdown), "--format", "markdown")
    for peer, program in found:
        project, made = place / peer.name, place / peer.name / "made"
        peer.lay_out(markdown, project)
        contenders.append(Contender(peer.name, [program, *peer.arguments(project, made)], made, peer.address))
    return contenders


def ours(name: str, place: Path) -> Contender:
    """Our command line on the glossary in a folder of this name."""
    root, made = place / name / "glossary", place / name / "made"
    command = [sys.executable, "-m", "deficiency_glossary", "-C", str(root), "build", "--out", str(made / "site")]
    return Contender(name, [*command, "--jobs", str(cores())], made, peer_sites.in_folders, root)


def _check(contenders: Sequence[Contender], size: int) -> None:
    """Every page is there, and a sample holds the same parts, words and links with everybody."""
    count = size // len(LOCALES)
    pages = [(locale, corpus.concept_id(number)) for number in range(count) for locale in LOCALES]
    sample = [page for number in (0, count // 2, count - 1) for page in pages[number * 5 : number * 5 + 5]]
    (ours,) = (one.made / "site" for one in contenders if one.name == OURS)
    same.check_bare(ours, sample)
    for one in contenders:
        same.check_pages(one.made / "site", one.address, pages)
        if one.name != WHOLE:
            same.check_words(ours, one.made / "site", one.address, sample)


def _tables(
    size: int, repeats: int, cold: dict[str, list[Run]], edited: dict[str, list[Run]], files: dict[str, int]
) -> list[table.Table]:
    told = f"medians of {repeats}, {cores()} cores"
    heads = ("cold build", "seconds", "times ours", "processor s", "times ours", "MiB, all processes", "files")
    rows = [(name, *_cells(runs, cold[OURS]), f"{files[name]:,}") for name, runs in cold.items()]
    tables = [table.Table(f"{size:,} pages, cold ({told})", heads, rows)]
    if WHOLE in cold:
        again = {f"{name}, one text changed": runs for name, runs in edited.items()}
        again |= {f"{name}, its cold build": runs for name, runs in cold.items() if name not in edited}
        lines = [(name, *_cells(runs, edited[OURS])) for name, runs in again.items()]
        tables.append(table.Table(f"{size:,} pages, after one edit ({told})", ("build", *heads[1:-1]), lines))
    return tables


def _cells(runs: Sequence[Run], ours: Sequence[Run]) -> tuple[str, ...]:
    """Seconds and processor seconds, each with its ratio, and memory."""
    typical = running.middle(runs)
    return (
        f"{typical.seconds:.2f}",
        _ratio([run.seconds for run in runs], [run.seconds for run in ours]),
        f"{typical.busy:.2f}",
        _ratio([run.busy for run in runs], [run.busy for run in ours]),
        f"{typical.mebibytes:.0f}" if typical.mebibytes else "not known",
    )


def _ratio(times: Sequence[float], ours: Sequence[float]) -> str:
    """The median of the ratios of each turn: what runs one after the other meets the same noise."""
    return f"{median(one / other for one, other in zip(times, ours, strict=True)):.2f}"


def told_of(result: Result) -> str:
    """Who was measured, who was not."""
    lines = [f"{name} {version}" for name, version in result.measured.items()]
    lines += [f"{name}: left out, {reason}" for name, reason in result.left_out.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    outcome = compare(*map(int, sys.argv[1:]))
    for shown in outcome.tables:
        shown.show()
    print(f"\n{told_of(outcome)}")
