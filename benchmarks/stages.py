"""Where the time of a cold build goes: one process, each function's own time without what it calls.

`python -m benchmarks.stages ROOT OUT` is the process that is measured.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import msgspec

from benchmarks import fresh, table

REST = "the rest"


class Clock:
    """Replaces functions by ones that count their own time; what none of them counts is the rest."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.calls: Counter[str] = Counter()
        self._stack: list[str] = [REST]
        self._since = time.perf_counter()

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Count the calls of `owner.name` under this stage."""
        setattr(owner, name, self._counted(getattr(owner, name), stage))

    def _counted(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self._turn()
            self._stack.append(stage)
            self.calls[stage] += 1
            try:
                return function(*arguments, **options)
            finally:
                self._turn()
                self._stack.pop()

        return counted

    def _turn(self) -> None:
        now = time.perf_counter()
        stage = self._stack[-1]
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._since
        self._since = now

    def stop(self) -> dict[str, tuple[float, int]]:
        """Stage -> seconds, calls."""
        self._turn()
        return {stage: (seconds, self.calls[stage]) for stage, seconds in self.seconds.items()}


def measure(root: str, out: str) -> dict[str, tuple[float, int]]:
    """Build here and now, with every stage watched."""
    import jinja2
    import nh3

    import deficiency_glossary
    from deficiency_glossary.library import rules, schema, store, yaml12
    from deficiency_glossary.render import calculator, chart, html, pages, views, wording
    from deficiency_glossary.site import build, bundles, packs, place, plan, themed, work
    from deficiency_glossary.text import formats, grammar

    clock = Clock()
    watched = (
        (store.Library, "read_bytes", "read"),
        (yaml12, "read_plain", "YAML to values"),
        (schema, "decode", "decode and check"),
        (rules, "findings_in", "decode and check"),
        (build, "survey", "survey, plan and keys"),
        (themed, "others", "survey, plan and keys"),
        (plan.Task, "key", "survey, plan and keys"),
        (packs, "write", "packs on disk"),
        (packs, "read", "packs on disk"),
        (work, "content_of", "values for the templates"),
        (pages, "structured", "data for search engines"),
        (views, "localize", "views, links, placeholders"),
        (wording, "markdown", "views, links, placeholders"),
        (grammar, "resolve", "endings after values"),
        (wording, "amounts", "amounts and dates"),
        (formats, "format_date", "amounts and dates"),
        (chart, "chart", "charts and calculators"),
        (calculator, "story", "charts and calculators"),
        (calculator, "attribute", "charts and calculators"),
        (html, "to_html", "Markdown: plain blocks"),
        (wording, "to_html", "Markdown: plain blocks"),
        (html, "convert", "Markdown: Python-Markdown"),
        (nh3, "clean", "sanitizer"),
        (jinja2.Template, "render", "templates"),
        (bundles, "make", "search index"),
        (work, "write", "write"),
        (place, "swap", "write"),
    )
    for owner, name, stage in watched:
        clock.watch(owner, name, stage)
    deficiency_glossary.load(root).build(out, jobs=1)
    return clock.stop()


def table_of(size: int) -> table.Table:
    """The share of each stage in a cold build of this size."""
    with fresh.folder() as place:
        fresh.python("-m", "benchmarks.corpus", str(size), str(place / "glossary"))
        fresh.python("-m", "benchmarks.build", str(fresh.TOP), str(place / "bytecode"), "1")  # writes it
        told = fresh.python("-m", "benchmarks.stages", str(place / "glossary"), str(place / "out"))
    stages = msgspec.json.decode(told, type=dict[str, tuple[float, int]])
    total = sum(seconds for seconds, _ in stages.values())
    rows = [
        (stage, f"{seconds / total:.0%}", f"{seconds / size * 1000:.3f}", f"{calls:,}" if calls else "")
        for stage, (seconds, calls) in sorted(stages.items(), key=lambda item: -item[1][0])
    ]
    rows.append(("all", "100%", f"{total / size * 1000:.3f}", ""))
    title = f"Stages of a cold build of {size:,} pages, the whole site, one process"
    return table.Table(title, ("stage", "share", "ms a page", "calls"), rows)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], sys.argv[2])))
