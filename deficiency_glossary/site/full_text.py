"""Full text search: pagefind reads the pages of a site and makes an index that browsers load in pieces.

It is a program of its own, which comes as a wheel (the extra `search`). The extended build also segments Japanese.
"""

from __future__ import annotations

import json
import subprocess
from importlib import metadata
from pathlib import Path

from deficiency_glossary.errors import ToolMissing

PACKAGE = "pagefind-bin-extended"
# What is no text of an entry, though it stands in it.
_EXCLUDED = ("article > footer", "article > aside", ".subjects", "form", "button")
# Interfaces of pagefind that our script does not use.
_UNUSED = ("pagefind-component-ui.*", "pagefind-modular-ui.*", "pagefind-ui.*", "pagefind-highlight.js")


def version() -> str:
    """The version of pagefind. Raises ToolMissing."""
    try:
        return metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        raise ToolMissing(
            "glossary.yaml asks for full_text_search, which needs pagefind; "
            "install it with: pip install 'deficiency-glossary[search]'"
        ) from None


def write(site: Path, bundle: Path) -> None:
    """Index what the pages of a folder mark with data-pagefind-body, and write the bundle. Raises ToolMissing."""
    version()
    from pagefind_bin_extended import get_executable

    options = ["--exclude-selectors", ", ".join(_EXCLUDED), "--glob", "*/*/index.html", "--quiet"]
    command = [str(get_executable()), "--site", str(site), "--output-path", str(bundle), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        raise ToolMissing(f"pagefind failed with status {done.returncode}:\n{done.stdout}{done.stderr}".rstrip())
    for pattern in _UNUSED:
        for path in bundle.glob(pattern):
            path.unlink()
    _put_in_order(bundle / "pagefind-entry.json")


def _put_in_order(path: Path) -> None:
    """The languages stand in the order of a hash table, another each time; the same site should give the same bytes."""
    entry = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), encoding="utf-8")
