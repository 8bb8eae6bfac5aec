"""docs/explanation/benchmarks.md, as the last run of `make bench` or `python -m benchmarks.document` makes it."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import fresh, peers, stages, table

PATH = fresh.TOP / "docs" / "explanation" / "benchmarks.md"
_LIBRARIES = ("babel", "jinja2", "markdown", "msgspec", "nh3", "pyyaml")

_PAGE = """\
# Benchmarks

`make bench` wrote this page on {date}. Do not edit it: the next run writes it anew, with the words of
`benchmarks/document.py`. `python -m benchmarks.document` measures this page alone.

- Machine: {machine}, {cores} cores{processor}, {place}.
- {python} with {libraries}.
- Measured beside: {measured}.
- Left out: {left_out}.

Read the ratios. Another machine has other seconds, and so has this one when it is busy. All programs of a table take
turns in one run, so what disturbs one disturbs all, and a ratio is the median of the ratios of each turn. One more
turn before those warms up, and is not counted. "Times ours" says how often our time for comparable pages fits into
theirs: above 1.00 we are faster, below it they are.

## Beside other generators

All build the same generated glossary: five languages, about 6 KB of source a page with eleven links, four highlights
and a worked example with six amounts. Two builds are ours:

- **{whole}**: as it ships. Each entry has its page with chart, calculator and data for search engines, a JSON and a
  Markdown file beside it; there is a search index, a page for each subject field, and a view of two languages.
- **{ours}**: what the other programs make too, with a theme as small as theirs. A page has title, description,
  canonical address, hreflang, language links, definition, highlights, sections, the story and the table of amounts, and
  a footer. No chart, no calculator, no JSON, no Markdown. It still has our search index, sitemap, subject pages and the
  view of two languages, which the others do not make: search, feeds, tags and sitemaps are switched off in them where
  they have a switch.

The others read the Markdown that `build --format markdown` makes with that theme, so amounts, endings and links
between languages are worked out before their clock starts. Their templates have the same few lines
(`benchmarks/minimal`). They resolve the links between pages themselves.

The benchmark stops unless each program made every page, and unless pages of each language hold the same words and the
same links with everybody.

A time is that of the whole program from start to end; for ours that includes the start of Python. Processor seconds
add up all processes. Memory is the most that all processes of a program held at once, looked at up to 20
times a second; of what several share, each has its part.

{peers}
No other program here keeps what it built to save work after an edit, as they are run here, so their line in the second
table is their cold build. Our changed text is a sentence of a worked example, and all of our time is for finding out
that nothing else changed.

## Stages

What the time goes to. Each stage without what it calls; the watching itself is part of the total and makes stages of
many calls look longer.

{stages}
"""


def measure(largest: int, repeats: int) -> str:
    """Measure and print what the page shows, with no more pages than that, and give back its text."""
    result = peers.compare(min(largest, peers.PAGES), min(largest, peers.PAGES_OF_THE_SLOW), repeats)
    for shown in result.tables:
        shown.show()
    print(f"\n{peers.told_of(result)}")
    shares = stages.table_of(min(largest, peers.PAGES))
    shares.show()
    return page(result, shares)


def write(text: str) -> None:
    """Write the page."""
    PATH.write_text(text, encoding="utf-8")
    print(f"\nWritten: {PATH.relative_to(fresh.TOP)}")


def page(result: peers.Result, shares: table.Table) -> str:
    """The text of the page."""
    return _PAGE.format(
        date=datetime.now(UTC).date().isoformat(),
        machine=f"{platform.system()} {platform.machine()}",
        cores=peers.cores(),
        processor=_processor(),
        place="output on a RAM disk" if fresh.on_ram_disk() else "output on a disk",
        python=f"Python {platform.python_version()}",
        libraries=_listed([f"{name} {version(name)}" for name in _LIBRARIES]),
        measured=_listed([f"{name} {number}" for name, number in result.measured.items()]) or "nothing",
        left_out=_listed([f"{name} ({reason})" for name, reason in result.left_out.items()]) or "nothing",
        whole=peers.WHOLE,
        ours=peers.OURS,
        peers="\n".join(map(_shown, result.tables)),
        stages=_shown(shares).rstrip("\n"),
    )


def _shown(one: table.Table) -> str:
    return f"{one.title}:\n\n{one.markdown()}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _processor() -> str:
    """What Linux says that the processor is."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f" ({names[0]})" if names else ""


if __name__ == "__main__":
    write(measure(peers.PAGES, repeats=3))
