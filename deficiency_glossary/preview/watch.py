"""Saying when a file of the glossary was saved."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from deficiency_glossary.errors import GlossaryError

FOLDERS = ("content", "locales", "status", "theme")
_DEBOUNCE = 60  # milliseconds that a burst of changes may last


class NoWatcher(GlossaryError):
    """The package that watches files is not installed."""


def watch(root: Path, changed: Callable[[], object], stop: threading.Event) -> None:
    """Call `changed` after each save until `stop` is set. Blocks. Raises NoWatcher."""
    try:
        from watchfiles import watch as watch_files
    except ImportError as error:
        raise NoWatcher("serve needs the package watchfiles: pip install 'deficiency-glossary[serve]'") from error
    changes_in = partial(watch_files, stop_event=stop, debounce=_DEBOUNCE, step=20, rust_timeout=500)

    def in_root() -> None:
        """glossary.yaml, and folders that come and go; not what lies deeper, which may be anything."""
        for _ in changes_in(root, recursive=False, watch_filter=_is_ours(root)):
            changed()

    beside = threading.Thread(target=in_root, daemon=True)
    beside.start()
    folders = [root / name for name in FOLDERS if (root / name).is_dir()]
    for _ in changes_in(*folders, watch_filter=_is_no_leftover):
        changed()
    beside.join()


def _is_ours(root: Path) -> Callable[[object, str], bool]:
    names = {"glossary.yaml", *FOLDERS}
    return lambda _, path: Path(path).name in names and Path(path).parent == root


def _is_no_leftover(_: object, path: str) -> bool:
    """Not what editors write beside a file while they save it."""
    name = Path(path).name
    return not name.startswith(".") and not name.endswith(("~", ".swp", ".part", ".tmp"))
