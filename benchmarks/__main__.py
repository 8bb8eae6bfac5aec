"""`python -m benchmarks [--sizes 500,5000] [--quick]`."""

from __future__ import annotations

import argparse
import platform

from benchmarks import build, document, formats, imports, links, matching, peers


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure builds, links, stages and start."
    )
    parser.add_argument("--sizes", default=None, help="pages of the generated glossaries: 500,5000,20000")
    parser.add_argument("--quick", action="store_true", help="one small size, few repeats: a look, not a measurement")
    options = parser.parse_args()
    sizes = options.sizes or ("500" if options.quick else "500,5000,20000")
    repeats = 1 if options.quick else 3
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {peers.cores()} cores")
    imports.table_of(5 if options.quick else 15)
    formats.table_of(repeats)
    matching.table_of(repeats)
    numbers = [int(size) for size in sizes.split(",")]
    page = document.measure(numbers[-1], repeats)
    if not options.quick:
        document.write(page)
    build.table_of(numbers, repeats)
    links.table_of(min(numbers[-1], 5000), repeats)


if __name__ == "__main__":
    main()
