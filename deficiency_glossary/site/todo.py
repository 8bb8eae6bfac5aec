"""What a build has to do: the files that are not as they should be, and what stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from deficiency_glossary.site import full_text, place, plan, themed
from deficiency_glossary.site.bundles import (
    Bundle,
    Made,
    Output,
    full_text_index,
    paths_of,
    standing,
    stands,
    term_indexes,
)
from deficiency_glossary.site.memory import Memory
from deficiency_glossary.site.plan import Format, Task
from deficiency_glossary.site.scope import Scope, scope_of
from deficiency_glossary.site.survey import Survey
from deficiency_glossary.site.workshop import Job


class Todo(NamedTuple):
    """Tasks and bundles to make, and what of the last site stays."""

    tasks: Iterable[Task]  # where all is to be made, planned one by one as they are asked for
    number: int  # of these tasks
    keys: dict[str, str]  # path -> what it is made from, of each task that was planned so far
    bundles: list[Bundle]  # that need no page
    last: Callable[[], list[Bundle]]  # that are made of the pages, to be asked for when all are planned
    outputs: dict[str, Output]  # what stays
    made: dict[str, Made]
    planned: Sequence[Task] = ()  # all that were looked at, for one that is lost on the way


def todo(
    outline: Survey,
    job: Job,
    output: Format,
    out: Path,
    environment: str,
    memory: Memory,
    frame: str,
    is_intact: Callable[[], bool],
) -> Todo:
    """Compare the site as it is with what the survey asks for. Raises InvalidTheme, ToolMissing."""
    indexed = job.full_text and output == "html" and any(outline.entries.values())
    version = full_text.version() if indexed else ""
    if not memory.environment or not place.is_ours(out):
        return _everything(outline, job, output, environment, version)
    scope = None
    if memory.frame == frame and not job.full_text:  # the full text index has to do with all pages
        scope = scope_of(outline, memory.files, memory.stale)
    if scope is not None and not is_intact():
        scope = None
    tasks = list(_planned(outline, job, output, scope))
    keys = {task.path: task.key(environment) for task in tasks}
    if scope is not None:
        return _within(scope, outline, tasks, keys, output, environment, memory)
    indexes = term_indexes(outline) if output == "html" else []
    index = full_text_index(version, (keys[task.path] for task in tasks if task.kind == "entry")) if version else []
    stale = [task for task in tasks if not stands(out, task.path, keys[task.path], memory.outputs)]
    made = standing([*indexes, *index], environment, out, memory.bundles, memory.outputs)
    remade, last = ([one for one in bundles if one.folder not in made] for bundles in (indexes, index))
    outputs = _without(memory.outputs, stale, (*keys, *paths_of(made)))
    return Todo(stale, len(stale), keys, remade, lambda: last, outputs, made, tasks)


def _planned(outline: Survey, job: Job, output: Format, scope: Scope | None = None) -> Iterator[Task]:
    """Those of no entry first: some take long, and what takes long is better begun early."""
    yield from themed.others(outline, output, job.theme, scope)
    yield from themed.entries(outline, output, job.theme, scope)


def _everything(outline: Survey, job: Job, output: Format, environment: str, version: str) -> Todo:
    """All files, where none stands. They are planned while the first are made already."""
    others = themed.others(outline, output, job.theme)
    count = len(others) + plan.count_of_entries(outline, output)
    keys: dict[str, str] = {}
    pages: list[str] = []

    def tasks() -> Iterator[Task]:
        for task in chain(_given_away(others), themed.entries(outline, output, job.theme)):
            keys[task.path] = task.key(environment)
            if version and task.kind == "entry":
                pages.append(keys[task.path])
            yield task

    bundles = term_indexes(outline) if output == "html" else []
    return Todo(tasks(), count, keys, bundles, lambda: full_text_index(version, pages), {}, {})


def _given_away(tasks: list[Task]) -> Iterator[Task]:
    """Each in turn; what is given away is not kept: a list of all terms is large."""
    tasks.reverse()
    while tasks:
        yield tasks.pop()


def _within(
    scope: Scope,
    outline: Survey,
    tasks: list[Task],
    keys: dict[str, str],
    output: Format,
    environment: str,
    memory: Memory,
) -> Todo:
    """The same where all that was written stands, and an edit reaches only these tasks."""
    before = memory.outputs
    stale = [task for task in tasks if task.path not in before or before[task.path].key != keys[task.path]]
    bundles = term_indexes(outline) if scope.lists and output == "html" else []
    remade = [one for one in bundles if memory.bundles[one.folder].key != one.key(environment)]
    made = {folder: one for folder, one in memory.bundles.items() if folder not in {one.folder for one in remade}}
    gone = set(paths_of(memory.bundles)) - set(paths_of(made)) if remade else set()
    outputs = dict(before)  # a copy is made at once, where a choice looks at each
    for path in (*gone, *(task.path for task in stale)):
        outputs.pop(path, None)
    return Todo(stale, len(stale), keys, remade, list, outputs, made, tasks)


def _without(before: Mapping[str, Output], stale: Sequence[Task], paths: Iterable[str]) -> dict[str, Output]:
    redone = {task.path for task in stale}
    return {path: before[path] for path in paths if path not in redone}
