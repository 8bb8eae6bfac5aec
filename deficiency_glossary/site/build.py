"""Building the site: survey, plan, render what changed, take the rest along, swap."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from deficiency_glossary.errors import UnknownLocale
from deficiency_glossary.findings import Finding
from deficiency_glossary.garbage import out_of_sight, uncollected
from deficiency_glossary.library import code
from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.library.store import CONCEPTS, Library, entry_path, open_library
from deficiency_glossary.processes import meanwhile, worker_count
from deficiency_glossary.site import executors, manifest, packs, place, themed, work
from deficiency_glossary.site.bundles import Bundle, Made, Output, intact, settle
from deficiency_glossary.site.executors import Crew
from deficiency_glossary.site.memory import (
    Memory,
    is_large,
    is_site_intact,
    recall,
    remember,
)
from deficiency_glossary.site.plan import OF_ENTRIES, Format, Task
from deficiency_glossary.site.staleness import staleness
from deficiency_glossary.site.survey import FileSummary, Survey, summarize, survey
from deficiency_glossary.site.todo import Todo, todo
from deficiency_glossary.site.workshop import Job

Progress = Callable[[int, int], None]
"""Called with (files done, files in all)."""


def _silent(_done: int, _total: int) -> None:
    """No progress is shown."""


# Below this many files a second process costs more than it brings.
_MANY = 400
_CHUNK = 100
# So many lines of a list take as long as a page.
_LINES = 36
# Of a site with so many files, a share as small as this is replaced one by one.
_LARGE, _FEW = 2000, 0.01
_FALLEN = Output("", 0, "")


class BuildReport(Struct, frozen=True, kw_only=True):
    """What a build did. Counts are files of the site."""

    out: Path
    locales: tuple[str, ...]
    files: int
    written: int
    unchanged: int
    removed: int
    findings: tuple[Finding, ...] = ()


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
    executor: Executor | None = None,
    lists: manifest.Lists = manifest.NO_LISTS,
) -> BuildReport:
    """Build the site of the glossary in `root` (None: the shipped one) into the folder `out`.

    Without `full_text` there is no full text search even if the settings want it: a preview need not wait for it.
    `executor` does the work instead of `jobs` processes, and stays open; its processes need the same folders.
    `lists` says where to write down which files have other bytes than before.
    The folder is replaced as a whole when all is written; what did not change is taken along. In a large site, a few
    files that changed are replaced one by one. Raises InvalidContent or InvalidTheme if any file has an error,
    UnknownLocale, BuildRefused if `out` is not this tool's or is being written to, ToolMissing if the glossary wants
    full text search and pagefind is not there, WorkersFailed if those who build cannot, and ValueError for `jobs` and
    `executor` together.
    """
    if jobs is not None and executor is not None:
        raise ValueError("jobs and executor exclude each other: an executor has its own processes")
    root = root.absolute() if root else None  # others may stand in another folder
    library = open_library(root)
    place.refuse_foreign(out, root)
    out = out.resolve()
    manifest.refuse_lost(lists, out)
    chosen = _chosen(library, locales)
    theme = themed.read_theme(library).only(chosen)
    wanted = full_text and library.settings.full_text_search
    job = Job(str(root) if root else None, chosen, base_url or library.settings.base_url, theme, wanted)
    with place.locked(out) as folder:
        environment = _environment(job, output)
        count = worker_count(jobs, len(library.concepts) * len(chosen), many=_MANY)
        with executors.crew(executor, count, partial(work.prepare, job)) as crew, uncollected():
            with _asked(folder, out) as answer:
                memory = recall(folder)
                if force or memory.environment != environment:
                    memory = Memory(outputs=dict.fromkeys(memory.outputs, _FALLEN))  # there, but none stands
                # A name of its own: somebody far away may still be at the packs of a build that was stopped.
                reading = _Reading(job, crew, folder / place.ASIDE / f"packs-{secrets.token_hex(4)}")
                outline = survey(library, chosen, memory.files, reading.summaries)
                if output == "html":
                    outline = outline._replace(stale=staleness(library, outline, memory.stale))
                frame = _frame(outline, job)
                is_intact = answer or partial(intact, out, memory.outputs)
                what = todo(outline, job, output, out, environment, memory, frame, is_intact)
            run = _Run(job, out, folder, environment, frame, memory, crew, progress, lists)
            with out_of_sight():
                return _written(run, outline, what, reading.packed)


@contextmanager
def _asked(folder: Path, out: Path) -> Iterator[Callable[[], bool] | None]:
    """Whether all files of a large site are as they were left, which is asked meanwhile; None for one that is not."""
    if is_large(folder):
        with meanwhile(partial(is_site_intact, folder, out)) as answer:
            yield answer
    else:
        yield None


class _Run(NamedTuple):
    """What stays the same through one build."""

    job: Job
    out: Path
    folder: Path
    environment: str
    frame: str
    memory: Memory
    crew: Crew
    progress: Progress
    lists: manifest.Lists


def _chosen(library: Library, locales: Sequence[str] | None) -> tuple[str, ...]:
    if not locales:
        return library.locales
    for locale in locales:
        if locale not in library.locales:
            raise UnknownLocale(locale, library.locales)
    return tuple(locale for locale in library.locales if locale in locales)


def _written(run: _Run, outline: Survey, todo: Todo, packed: packs.Packed) -> BuildReport:
    before = run.memory.outputs
    written: list[str] = []
    there = place.is_ours(run.out)
    if not there or todo.number or todo.bundles or todo.last() or before.keys() != todo.outputs.keys():
        # One by one, files are in their places sooner than a second site is put together; but a reader may then see
        # some new beside some old for a moment.
        at_once = not there or len(todo.outputs) < _LARGE or todo.number > len(todo.outputs) * _FEW
        new = run.folder / f"{place.NEXT}{secrets.token_hex(4)}"
        new.mkdir()
        if at_once:
            missing = {path for path in todo.outputs if not place.carry_over(run.out / path, new / path)}
            lost = [task for task in todo.planned if task.path in missing]
            todo = todo._replace(tasks=chain(todo.tasks, lost), number=todo.number + len(lost))
        written = _made_in(new, run, todo, packed)
        if at_once:
            (new / place.MARKER).write_text(place.MARKER_TEXT, encoding="utf-8")
            place.swap(new, run.out, run.folder)
        else:
            place.update(new, run.out, _gone(before, todo.outputs))
    removed = _gone(before, todo.outputs)
    is_known = run.memory.manifest != 0 and run.memory.manifest == manifest.stamp(run.folder)
    is_of_these = is_known and not removed and len(before) == len(todo.outputs)
    manifest.settle(run.folder, todo.outputs, written, run.lists, is_of_these=is_of_these)
    left = Memory(
        environment=run.environment,
        frame=run.frame,
        files=dict(outline.files),
        outputs=todo.outputs,
        bundles=todo.made,
        manifest=manifest.stamp(run.folder),
        stale=dict(outline.stale),
    )
    remember(run.folder, left)
    place.clear(run.folder)
    return BuildReport(
        out=run.out,
        locales=run.job.locales,
        files=len(todo.outputs),
        written=len(written),
        unchanged=len(todo.outputs) - len(written),
        removed=len(removed),
        findings=outline.findings,
    )


def _gone(before: Mapping[str, Output], now: Mapping[str, Output]) -> list[str]:
    return [path for path in before if path not in now]  # half the time of a set, of many paths


def _made_in(new: Path, run: _Run, todo: Todo, packed: packs.Packed) -> list[str]:
    """Make what is to be made, and note it among the outputs. The paths of what is new."""
    written: list[str] = []
    bundles = _bundled(todo.bundles, new, run, "first")  # begun now: they take long
    for chunk in _rendered(run, todo, packed, new):
        for path, stamp, digest in chunk:
            todo.outputs[path] = Output(todo.keys.pop(path), stamp, digest)
            written.append(path)
        run.progress(len(written), todo.number)
        run.crew.heed()
    for bundle, aside in chain(bundles, _bundled(todo.last(), new, run, "last")):
        settled = list(settle(bundle, aside, run.out, new, run.memory.outputs))
        todo.outputs.update({path: output for path, output, _ in settled})
        written += (path for path, _, is_new in settled if is_new)
        todo.made[bundle.folder] = Made(bundle.key(run.environment), tuple(path for path, _, _ in settled))
    return written


# --- many at a time --------------------------------------------------------------------------------------------------


def _rendered(run: _Run, todo: Todo, packed: packs.Packed, folder: Path) -> Iterator[list[work.Written]]:
    crew = run.crew if todo.number > _CHUNK else Crew()
    batches = ((run.job, chunk, _needed(chunk, packed), folder) for chunk in _batches(todo.tasks, packed))
    yield from crew.each(work.write_all, batches)


def _batches(tasks: Iterable[Task], packed: packs.Packed) -> Iterator[Sequence[Task]]:
    """Tasks that take about as long: entries that lie in one pack, which is opened once then, or so many files."""

    def pack_of(task: Task) -> str | None:
        return packed.get(entry_path(task.concept, task.locale)) if task.kind in OF_ENTRIES else None

    for pack, group in groupby(tasks, pack_of):
        if pack is None:
            yield from _weighed(group)
        else:
            yield list(group)


def _weighed(tasks: Iterable[Task]) -> Iterator[Sequence[Task]]:
    batch: list[Task] = []
    weight = 0
    for task in tasks:
        batch.append(task)
        weight += 1 + (len(task.terms) + sum(map(len, task.urls))) // _LINES
        if weight >= _CHUNK:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _needed(tasks: Iterable[Task], packed: packs.Packed) -> tuple[str, ...]:
    """The packs that these tasks need."""
    entries = {(task.concept, task.locale) for task in tasks if task.kind in OF_ENTRIES}
    paths = (path for one in entries for path in (f"{CONCEPTS}/{one[0]}.yaml", entry_path(*one)))
    return tuple(sorted({packed[path] for path in paths if path in packed}))


def _bundled(bundles: Sequence[Bundle], site: Path, run: _Run, name: str) -> Iterator[tuple[Bundle, Path]]:
    """Begin to make bundles, each in a folder of its own beside the site."""
    aside = run.folder / place.ASIDE / f"{site.name}-{name}"
    batches = ((number, bundle, site, aside / str(number)) for number, bundle in enumerate(bundles))
    return ((bundles[number], aside / str(number)) for number in run.crew.begin(work.make_aside, batches))


class _Reading:
    """The files that the survey asks for, summarized by the crew, with what they hold in packs."""

    def __init__(self, job: Job, crew: Crew, folder: Path) -> None:
        self._job = job
        self._crew = crew
        self._folder = folder
        self.packed: dict[str, str] = {}

    def summaries(self, paths: Sequence[str]) -> Iterator[tuple[str, FileSummary]]:
        """The summary of each path."""
        batches = ((self._job, chunk, str(self._folder / str(number))) for number, chunk in enumerate(_together(paths)))
        each = self._crew.each if len(paths) > _CHUNK else Crew().each
        for pack, summaries in each(_summarize, batches):
            self.packed.update(dict.fromkeys((path for path, _ in summaries), pack))
            yield from summaries


def _together(paths: Iterable[str]) -> Iterator[Sequence[str]]:
    """Paths in batches that begin with a concept: it is wanted where its entries are."""
    batch: list[str] = []
    for path in paths:
        if len(batch) >= _CHUNK and path.startswith(CONCEPTS):
            yield batch
            batch = []
        batch.append(path)
    if batch:
        yield batch


def _summarize(job: Job, paths: Sequence[str], name: str) -> tuple[str, list[tuple[str, FileSummary]]]:
    """Read files; what they hold goes into the pack of this name."""
    pack = packs.Pack()
    summaries = summarize(open_library(job.root), paths, pack)
    packs.write(Path(name), pack)
    return name, summaries


# --- what all pages hang on ------------------------------------------------------------------------------------------


def _environment(job: Job, output: Format) -> str:
    """What every page depends on besides the content: this package's files, the libraries, the options."""
    return digest_of("\n".join((code.digest(), output, job.base_url, str(job.full_text), *job.locales)).encode())


def _frame(outline: Survey, job: Job) -> str:
    """The settings, the locales and the theme."""
    return digest_of(msgspec.msgpack.encode((sorted(outline.digests.items()), job.theme)))
