"""Doing tasks: the text of each file, written down. Runs in the main process or in a worker."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from deficiency_glossary.errors import InvalidTheme
from deficiency_glossary.render import themes
from deficiency_glossary.render.environment import read_asset
from deficiency_glossary.site import discover, entry_files, other_files, routes, search_files, themed
from deficiency_glossary.site.plan import Kind, Task
from deficiency_glossary.site.workshop import Job, Workshop

_MAKERS: Mapping[Kind, Callable[[Workshop, Task], str | bytes]] = {
    "entry": entry_files.page,
    "entry-json": entry_files.document,
    "entry-markdown": entry_files.markdown,
    "index": other_files.index,
    "index-markdown": other_files.index_markdown,
    "subject": other_files.subject,
    "about": other_files.about,
    "amounts": other_files.amounts,
    "compare": other_files.compare,
    "page": themed.page,
    "file": themed.file,
    "search": search_files.page,
    "feed": other_files.feed,
    "home": other_files.home,
    "moved": other_files.moved,
    "moved-markdown": other_files.moved_markdown,
    "not-found": other_files.not_found,
    "asset": lambda _, task: read_asset(task.path.removeprefix(routes.ASSETS)),
    "llms": other_files.llms,
    "robots": lambda shop, _: discover.robots(shop.base_url),
    "sitemap": other_files.sitemap,
    "sitemap-index": lambda shop, task: discover.sitemap_index(shop.base_url, task.urls[0]),
}


class Written(NamedTuple):
    """A file as it was written: its size in bytes and its time of change in nanoseconds."""

    path: str
    size: int
    mtime_ns: int


def content_of(shop: Workshop, task: Task) -> str | bytes:
    """What the task's file holds. Raises InvalidTheme if a template of the theme fails."""
    try:
        return _MAKERS[task.kind](shop, task)
    except Exception as error:
        problem = themes.problem_of(error, shop.job.theme.templates)
        if problem is None:
            raise
        raise InvalidTheme([problem]) from error


def write_all(job: Job, tasks: Sequence[Task], folder: Path) -> list[Written]:
    """Render tasks into a folder; the entry point of a worker process."""
    shop = Workshop(job)
    return [write(folder, task.path, content_of(shop, task)) for task in tasks]


def write(folder: Path, path: str, content: str | bytes) -> Written:
    """Write one file, its folders included."""
    target = f"{folder}/{path}"
    data = content if isinstance(content, bytes) else content.encode()
    try:
        file = open(target, "wb")  # noqa: PTH123, SIM115 - half the time of pathlib's, for every page
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        file = open(target, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(data)
        file.flush()  # a full disk raises here, and the size and time below are final
        status = os.fstat(file.fileno())
    return Written(path, status.st_size, status.st_mtime_ns)
