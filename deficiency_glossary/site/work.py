"""Doing tasks: the text of each file, written down. Runs in the main process or in a worker."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from deficiency_glossary.errors import InvalidTheme, WorkersFailed
from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.library.store import open_library
from deficiency_glossary.render import themes
from deficiency_glossary.render.environment import environment, read_asset
from deficiency_glossary.site import bundles, discover, entry_files, other_files, place, routes, search_files, themed
from deficiency_glossary.site.bundles import Bundle
from deficiency_glossary.site.plan import Kind, Task
from deficiency_glossary.site.workshop import Job, Workshop
from deficiency_glossary.text import formats, grammar

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
    """A file as it was written: its stamp (see place.state_of) and the digest of its bytes."""

    path: str
    stamp: int
    digest: str


def content_of(shop: Workshop, task: Task) -> str | bytes:
    """What the task's file holds. Raises InvalidTheme if a template of the theme fails."""
    try:
        return _MAKERS[task.kind](shop, task)
    except Exception as error:
        problem = themes.problem_of(error, shop.job.theme.templates)
        if problem is None:
            raise
        raise InvalidTheme([problem]) from error


def prepare(job: Job) -> None:
    """Load what pages are made with: the libraries, the templates, the languages."""
    made = environment(autoescape=True, templates=job.theme.templates)
    for name in ("entry.html", "base.html", "article.html"):
        made.get_template(name)
    library = open_library(job.root)
    for locale in (library.locale_file(name) for name in job.locales):
        if locale.record and not locale.findings:  # the survey tells what is wrong, all at once
            formats.plain_form(locale.record.tag, False, "auto")
            grammar.notations(locale.record.tag)


def write_all(job: Job, tasks: Sequence[Task], packed: Sequence[str], folder: Path) -> list[Written]:
    """Render tasks into a folder; the entry point of a worker process. `packed` names the packs that help."""
    _require(folder)
    shop = Workshop(job, packed)
    return [write(folder, task.path, content_of(shop, task)) for task in tasks]


def make_aside(number: int, bundle: Bundle, site: Path, aside: Path) -> int:
    """Make a bundle in a folder of its own; the number comes back. An entry point of a worker process too.

    Where two make the same, because one of them was given up too early, the first that is done counts.
    """
    _require(site)
    own = aside.with_name(f"{aside.name}-{secrets.token_hex(4)}")
    bundles.make(bundle, site, own)
    try:
        own.replace(aside)
    except OSError:
        shutil.rmtree(own)
    return number


def _require(folder: Path) -> None:
    """Raise WorkersFailed if the folder of the build is not here: the build is over, or this is another disk."""
    if not folder.is_dir():
        raise WorkersFailed(
            f"{folder} is not there on {socket.gethostname()}: all who build need the same folders at the same paths"
        )


def _make_folder(site: Path, folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102 - most pages have a folder of their own, in one that is there
    except FileExistsError:
        pass  # somebody else has just made it
    except FileNotFoundError:
        _require(site)
        Path(folder).mkdir(parents=True, exist_ok=True)


def write(folder: Path, path: str, content: str | bytes) -> Written:
    """Write one file, its folders included. What another process left there half done is replaced as a whole."""
    target = f"{folder}/{path}"
    data = content if isinstance(content, bytes) else content.encode()
    made = target
    try:
        file = open(target, "xb")  # noqa: PTH123, SIM115 - half the time of pathlib's, for every page
    except FileNotFoundError:
        _make_folder(folder, os.path.dirname(target))  # noqa: PTH120
        return write(folder, path, data)
    except FileExistsError:
        made = f"{target}.{secrets.token_hex(4)}"
        file = open(made, "xb")  # noqa: PTH123, SIM115
    with file:
        file.write(data)
        file.flush()  # a full disk raises here, and the size and time below are final
        stamp = place.state_of(os.fstat(file.fileno()))
    if made is not target:
        Path(made).replace(target)
    return Written(path, stamp, digest_of(data))
