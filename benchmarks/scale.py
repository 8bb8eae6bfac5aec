"""What a build takes as a glossary grows: `python -m benchmarks.scale 5000 20000 71690`."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from benchmarks import build, fresh, peers, running, table


def table_of(sizes: Sequence[int]) -> table.Table:
    """The whole site, cold and with one text changed; one run of each, the command line and all its processes."""
    rows = []
    for size in sizes:
        with fresh.folder() as place:
            fresh.python("-m", "benchmarks.corpus", "20", str(place / peers.WHOLE / "glossary"))
            _once(peers.ours(peers.WHOLE, place))  # writes the bytecode, of a rebuild too
            build.change_one(place / peers.WHOLE / "glossary", 0)
            _once(peers.ours(peers.WHOLE, place))
            shutil.rmtree(place / peers.WHOLE)
            root = place / peers.WHOLE / "glossary"
            fresh.python("-m", "benchmarks.corpus", str(size), str(root))
            contender = peers.ours(peers.WHOLE, place)
            cold = _once(contender)
            files = f"{peers.files_in(contender.made / 'site'):,}"
            rows += [_row(f"{size:,} pages, cold", cold, size, files)]
            build.change_one(root, 0)
            memory = _once(contender).mebibytes  # the files have just been made, so their times are not trusted yet
            build.change_one(root, 1)
            quick = _once(contender, with_memory=False)._replace(mebibytes=memory)
            rows += [_row(f"{size:,} pages, one text changed", quick, size, "")]
    heads = ("build", "seconds", "ms a page", "processor s", "MiB, all processes", "KiB a page", "files")
    return table.Table(f"The whole site, {peers.cores()} processes", heads, rows)


def _once(contender: peers.Contender, *, with_memory: bool = True) -> running.Run:
    contender.made.mkdir(exist_ok=True)
    return running.run(contender.command, contender.made.parent, with_memory=with_memory)


def _row(name: str, run: running.Run, size: int, files: str) -> tuple[str, ...]:
    each = f"{run.seconds / size * 1000:.2f}"
    memory = (f"{run.mebibytes:.0f}", f"{run.mebibytes * 1024 / size:.1f}")
    return (name, f"{run.seconds:.2f}", each, f"{run.busy:.2f}", *memory, files)


if __name__ == "__main__":
    table_of([int(size) for size in sys.argv[1:]] or [5000, 20000, 71690]).show()
