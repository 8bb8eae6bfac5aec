"""How long a program waits for `import deficiency_glossary` and for its first entry, in fresh processes."""

from __future__ import annotations

import time
from statistics import median

from benchmarks import fresh, table

_IMPORT = "import deficiency_glossary"
_ENTRY = f"{_IMPORT} as dg; dg.load().entry('deficiency-balance', 'tr')"
PROGRAMS = {
    "python -c pass": "pass",
    "import": _IMPORT,
    "import, load, one entry": _ENTRY,
    "import, load, one entry, its definition as text": f"{_ENTRY}.definition.text()",
    "import, load, one entry, an example's story as text": f"{_ENTRY}.examples['short-sale'].text.text()",
}


def table_of(repeats: int) -> None:
    """Run the programs in turn, so that other load on the machine meets all alike; print the medians."""
    seconds: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for turn in range(repeats + 1):
        for name, program in PROGRAMS.items():
            start = time.perf_counter()
            fresh.python("-c", program)
            if turn:  # the first turn writes the bytecode
                seconds[name].append(time.perf_counter() - start)
    medians = {name: median(times) for name, times in seconds.items()}
    empty, before = medians["python -c pass"], 0.0
    rows = []
    for name, taken in medians.items():
        more = (taken - before) * 1000 if name in ("import", "import, load, one entry") else None
        rows.append((name, f"{taken * 1000:.1f}", f"{taken / empty:.1f}", "" if more is None else f"{more:.1f}"))
        before = taken
    heads = ("program", "ms", "times python -c pass", "ms more than the line above")
    table.show(f"Start (medians of {repeats}, warm bytecode)", heads, rows)
