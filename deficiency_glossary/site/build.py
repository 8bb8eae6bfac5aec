"""Building the site: survey, plan, render what changed, take the rest along, swap."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from deficiency_glossary.errors import UnknownLocale
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.store import Library, open_library
from deficiency_glossary.site import place, themed, work
from deficiency_glossary.site.bundles import Bundle, Made, Output, bundles_of, make, paths_of, settle, standing, stands
from deficiency_glossary.site.plan import Format, Task, plan
from deficiency_glossary.site.staleness import staleness
from deficiency_glossary.site.survey import FileSummary, Staleness, Survey, digest_of, summarize, survey
from deficiency_glossary.site.workshop import Job, Workshop

Progress = Callable[[int, int], None]
"""Called with (files done, files in all)."""


def _silent(_done: int, _total: int) -> None:
    """No progress is shown."""


# Below this many files a second process costs more than it brings.
_MANY = 400
_CHUNK = 100


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build did. Counts are files of the site."""

    out: Path
    locales: tuple[str, ...]
    files: int
    written: int
    unchanged: int
    removed: int
    findings: tuple[Finding, ...] = ()


class _Memory(Struct, frozen=True):
    """What a build leaves for the next one. It can be deleted at any time."""

    environment: str = ""
    files: dict[str, FileSummary] = {}
    outputs: dict[str, Output] = {}
    bundles: dict[str, Made] = {}
    stale: dict[str, Staleness] = {}


def build(
    root: Path | None,
    out: Path,
    *,
    output: Format = "html",
    locales: Sequence[str] | None = None,
    base_url: str | None = None,
    jobs: int | None = None,
    force: bool = False,
    full_text: bool = True,
    progress: Progress = _silent,
) -> BuildReport:
    """Build the site of the glossary in `root` (None: the shipped one) into the folder `out`.

    Without `full_text` there is no full text search even if the settings want it: a preview need not wait for it.
    The folder is replaced as a whole when all is written; what did not change is taken along. Raises InvalidContent
    or InvalidTheme if any file has an error, UnknownLocale, BuildRefused if `out` is not this tool's or is being
    written to, and ToolMissing if the glossary wants full text search and pagefind is not there.
    """
    library = open_library(root)
    place.refuse_foreign(out, root)
    out = out.resolve()
    chosen = _chosen(library, locales)
    theme = themed.read_theme(library).only(chosen)
    wanted = full_text and library.settings.full_text_search
    job = Job(str(root) if root else None, chosen, base_url or library.settings.base_url, theme, wanted)
    with place.locked(out) as folder:
        memory = _recall(folder)
        environment = _environment(job, output)
        if force or memory.environment != environment:
            memory = _Memory(outputs={path: Output("", 0, 0) for path in memory.outputs})  # there, but none stands
        with _executor(_worker_count(jobs, len(library.concepts) * len(chosen))) as executor:
            run = _Run(job, output, out, folder, environment, memory, executor, progress)
            outline = survey(library, chosen, memory.files, _summarizer(job, library, executor))
            if output == "html":
                outline = outline._replace(stale=staleness(library, outline, memory.stale))
            tasks = themed.laid_over(plan(outline, output, theme), theme, outline, output)
            return _write(run, outline, tasks)


class _Run(NamedTuple):
    """What stays the same through one build."""

    job: Job
    output: Format
    out: Path
    folder: Path
    environment: str
    memory: _Memory
    executor: Executor | None
    progress: Progress


def _chosen(library: Library, locales: Sequence[str] | None) -> tuple[str, ...]:
    if not locales:
        return library.locales
    for locale in locales:
        if locale not in library.locales:
            raise UnknownLocale(locale, library.locales)
    return tuple(locale for locale in library.locales if locale in locales)


def _write(run: _Run, outline: Survey, tasks: Sequence[Task]) -> BuildReport:
    keys = {task.path: task.key(run.environment) for task in tasks}
    bundles = bundles_of(outline, tasks, keys, full_text_search=run.job.full_text) if run.output == "html" else []
    before = run.memory.outputs
    stale = [task for task in tasks if not stands(run.out, task.path, keys[task.path], before)]
    made = standing(bundles, run.environment, run.out, run.memory.bundles, before)
    redone = {task.path for task in stale}
    outputs = {path: before[path] for path in (*keys, *paths_of(made)) if path not in redone}
    written = 0
    changes = stale or len(made) < len(bundles) or before.keys() != outputs.keys()
    if changes or not (run.out / place.MARKER).is_file():
        new = run.folder / "next"
        new.mkdir()
        missing = {path for path in outputs if not place.carry_over(run.out / path, new / path)}
        stale += [task for task in tasks if task.path in missing]
        written = len(stale)
        done = 0
        for chunk in _rendered(run.job, stale, new, run.executor):
            done += len(chunk)
            run.progress(done, len(stale))
            outputs.update({path: Output(keys[path], size, mtime) for path, size, mtime in chunk})
        for bundle, aside in _made([one for one in bundles if one.folder not in made], new, run):
            settled = list(settle(bundle, aside, run.out, new, before))
            outputs.update({path: output for path, output, _ in settled})
            written += sum(is_new for _, _, is_new in settled)
            made[bundle.folder] = Made(bundle.key(run.environment), tuple(path for path, _, _ in settled))
        shutil.rmtree(run.folder / place.ASIDE, ignore_errors=True)
        (new / place.MARKER).write_text(place.MARKER_TEXT, encoding="utf-8")
        place.swap(new, run.out, run.folder)
    _remember(run.folder, _Memory(run.environment, dict(outline.files), outputs, made, dict(outline.stale)))
    return BuildReport(
        out=run.out,
        locales=run.job.locales,
        files=len(outputs),
        written=written,
        unchanged=len(outputs) - written,
        removed=len(before.keys() - outputs.keys()),
        findings=outline.findings,
    )


# --- processes -------------------------------------------------------------------------------------------------------


def _worker_count(jobs: int | None, files: int) -> int:
    if jobs is not None:
        return max(1, jobs)
    if files < _MANY:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _executor(workers: int) -> Iterator[Executor | None]:
    if workers == 1:
        yield None
        return
    with ProcessPoolExecutor(workers, initializer=_die_with_parent) as executor:
        try:
            yield executor
        except BaseException:
            executor.shutdown(cancel_futures=True)  # an error in one chunk need not wait for all the others
            raise


def _die_with_parent() -> None:
    """End this worker when the build is killed: else it would wait for work, and hold the lock, for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _rendered(job: Job, tasks: Sequence[Task], folder: Path, executor: Executor | None) -> Iterator[list[work.Written]]:
    if executor is None or len(tasks) <= _CHUNK:
        shop = Workshop(job)
        for task in tasks:
            yield [work.write(folder, task.path, work.content_of(shop, task))]
        return
    chunks = [tasks[start : start + _CHUNK] for start in range(0, len(tasks), _CHUNK)]
    for future in as_completed([executor.submit(work.write_all, job, chunk, folder) for chunk in chunks]):
        yield future.result()


def _made(bundles: Sequence[Bundle], site: Path, run: _Run) -> Iterator[tuple[Bundle, Path]]:
    """Make bundles, each in a folder of its own beside the site, whose pages are there."""
    folders = [run.folder / place.ASIDE / str(number) for number in range(len(bundles))]
    if run.executor is None:
        for bundle, aside in zip(bundles, folders, strict=True):
            make(bundle, site, aside)
            yield bundle, aside
        return
    futures = [run.executor.submit(make, bundle, site, aside) for bundle, aside in zip(bundles, folders, strict=True)]
    for bundle, aside, future in zip(bundles, folders, futures, strict=True):
        future.result()
        yield bundle, aside


def _summarizer(
    job: Job, library: Library, executor: Executor | None
) -> Callable[[Sequence[str]], Iterator[tuple[str, FileSummary]]]:
    def run(paths: Sequence[str]) -> Iterator[tuple[str, FileSummary]]:
        if executor is None or len(paths) <= _CHUNK:
            yield from summarize(library, paths)
            return
        chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
        for future in [executor.submit(_summarize, job, chunk) for chunk in chunks]:
            yield from future.result()

    return run


def _summarize(job: Job, paths: Sequence[str]) -> list[tuple[str, FileSummary]]:
    return summarize(open_library(job.root), paths)


# --- memory ----------------------------------------------------------------------------------------------------------


def _recall(folder: Path) -> _Memory:
    try:
        return msgspec.msgpack.decode((folder / "cache").read_bytes(), type=_Memory)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return _Memory()  # absent, cut short or of another version: a full build is always right


def _remember(folder: Path, memory: _Memory) -> None:
    partial = folder / "cache.part"
    partial.write_bytes(msgspec.msgpack.encode(memory))
    partial.replace(folder / "cache")


def _environment(job: Job, output: Format) -> str:
    """What every page depends on besides the content: this package's files, the libraries, the options."""
    return digest_of("\n".join((_code_digest(), output, job.base_url, str(job.full_text), *job.locales)).encode())


@cache
def _code_digest() -> str:
    versions = [f"{name} {metadata.version(name)}" for name in ("babel", "jinja2", "markdown", "nh3")]
    files = [f"{path} {digest_of(data)}" for path, data in _code(resources.files("deficiency_glossary"), "")]
    return digest_of("\n".join([*versions, *files]).encode())


def _code(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name not in {"shipped", "__pycache__"}:
            yield from _code(item, f"{prefix}{item.name}/")
        elif item.is_file() and not item.name.endswith((".pyc", ".pyo")):
            yield prefix + item.name, item.read_bytes()
