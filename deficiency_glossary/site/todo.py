"""What a build has to do: the files that are not as they should be, and what stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from deficiency_glossary.site import place, themed
from deficiency_glossary.site.bundles import Bundle, Made, Output, bundles_of, intact, paths_of, standing, stands
from deficiency_glossary.site.memory import Memory
from deficiency_glossary.site.plan import Format, Task, plan
from deficiency_glossary.site.scope import Scope, scope_of
from deficiency_glossary.site.survey import Survey
from deficiency_glossary.site.workshop import Job


class Todo(NamedTuple):
    """Tasks and bundles to make, and what of the last site stays."""

    tasks: list[Task]  # all that were looked at, for one that is lost on the way
    keys: Mapping[str, str]
    stale: list[Task]
    bundles: list[Bundle]
    outputs: dict[str, Output]
    made: dict[str, Made]


def todo(outline: Survey, job: Job, output: Format, out: Path, environment: str, memory: Memory, frame: str) -> Todo:
    """Compare the site as it is with what the survey asks for."""
    scope = None
    if memory.frame == frame and not job.full_text:  # the full text index has to do with all pages
        scope = scope_of(outline, memory.files, memory.stale)
    if scope is not None and not (place.is_ours(out) and intact(out, memory.outputs)):
        scope = None
    tasks = themed.laid_over(plan(outline, output, job.theme, scope), job.theme, outline, output)
    keys = {task.path: task.key(environment) for task in tasks}
    if scope is not None:
        return _within(scope, outline, tasks, keys, output, environment, memory)
    bundles = bundles_of(outline, tasks, keys, full_text_search=job.full_text) if output == "html" else []
    stale = [task for task in tasks if not stands(out, task.path, keys[task.path], memory.outputs)]
    made = standing(bundles, environment, out, memory.bundles, memory.outputs)
    outputs = _without(memory.outputs, stale, (*keys, *paths_of(made)))
    return Todo(tasks, keys, stale, [one for one in bundles if one.folder not in made], outputs, made)


def _within(
    scope: Scope,
    outline: Survey,
    tasks: list[Task],
    keys: Mapping[str, str],
    output: Format,
    environment: str,
    memory: Memory,
) -> Todo:
    """The same where all that was written stands, and an edit reaches only these tasks."""
    before = memory.outputs
    stale = [task for task in tasks if task.path not in before or before[task.path].key != keys[task.path]]
    bundles = bundles_of(outline, (), {}, full_text_search=False) if scope.lists and output == "html" else []
    remade = [one for one in bundles if memory.bundles[one.folder].key != one.key(environment)]
    made = {folder: one for folder, one in memory.bundles.items() if folder not in {one.folder for one in remade}}
    gone = set(paths_of(memory.bundles)) - set(paths_of(made)) if remade else set()
    return Todo(
        tasks, keys, stale, remade, _without(before, stale, (path for path in before if path not in gone)), made
    )


def _without(before: Mapping[str, Output], stale: Sequence[Task], paths: Iterable[str]) -> dict[str, Output]:
    redone = {task.path for task in stale}
    return {path: before[path] for path in paths if path not in redone}
