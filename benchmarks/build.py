"""How long a build takes: cold, and again with one file changed.

`python -m benchmarks.build ROOT OUT JOBS` is the process that is measured; it prints one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import msgspec

from benchmarks import fresh, table


class Run(NamedTuple):
    """One build: seconds from the call of `load` to the end, files written, and the largest process in MiB."""

    seconds: float
    written: int
    mebibytes: float


def measure(root: str, out: str, jobs: int) -> Run:
    """Build here and now."""
    import resource

    import deficiency_glossary

    start = time.perf_counter()
    report = deficiency_glossary.load(root).build(out, jobs=jobs)
    seconds = time.perf_counter() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    # Linux counts in KiB, macOS in bytes.
    return Run(seconds, report.written, peak / (2**20 if sys.platform == "darwin" else 2**10))


def _in_fresh_process(root: Path, out: Path, jobs: int) -> Run:
    return msgspec.json.decode(fresh.python("-m", "benchmarks.build", str(root), str(out), str(jobs)), type=Run)


def change_one(root: Path, number: int) -> None:
    """Change a sentence in the story of one entry: no other page shows it."""
    entries = sorted((root / "content" / "ko").glob("*.yaml"))
    entry = entries[number % len(entries)]
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace("민수", "지영", 1) if "민수" in text else text.replace("지영", "민수", 1), "utf-8")


def table_of(sizes: Sequence[int], repeats: int) -> None:
    """Generate, build, change, build again; print the medians."""
    rows = []
    for size in sizes:
        with fresh.folder() as place:
            root = place / "glossary"
            fresh.python("-m", "benchmarks.corpus", str(size), str(root))
            fresh.python("-m", "benchmarks.build", str(fresh.TOP), str(place / "bytecode"), "1")  # writes it
            for jobs in (1, 2):
                cold = [_in_fresh_process(root, place / f"cold-{jobs}-{turn}", jobs) for turn in range(repeats)]
                warm = []
                for turn in range(repeats):
                    change_one(root, turn)
                    warm.append(_in_fresh_process(root, place / f"cold-{jobs}-0", jobs))
                rows += _rows(size, jobs, cold, warm)
    heads = ("build", "jobs", "seconds", "pages/s", "pages/s per core", "largest process MiB", "files written")
    table.show(f"Builds (medians of {repeats})", heads, rows)


def _rows(size: int, jobs: int, cold: Sequence[Run], warm: Sequence[Run]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, runs in ((f"{size:,} pages, cold", cold), (f"{size:,} pages, one text changed", warm)):
        seconds = median(run.seconds for run in runs)
        rates = (f"{size / seconds:,.0f}", f"{size / seconds / jobs:,.0f}") if runs is cold else ("", "")
        peak, counts = max(run.mebibytes for run in runs), sorted({run.written for run in runs})
        # Runs that differ are shown as such: an edit of the package meanwhile makes every page stale.
        written = f"{counts[0]:,}" if len(counts) == 1 else f"{counts[0]:,} to {counts[-1]:,}"
        rows.append((name, str(jobs), f"{seconds:.2f}", *rates, f"{peak:.0f}", written))
    return rows


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
