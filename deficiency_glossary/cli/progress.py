"""A progress bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_EVERY = 0.1  # seconds: drawing for each of thousands of files would take longer than making them


@contextmanager
def bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function to call with (done, total). The bar shows the rate, and the time that is left."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Task as Shown
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many in a second, as it was lately."""

        def render(self, task: Shown) -> Text:
            return Text(f"{task.speed:,.0f}/s" if task.speed else "", style="progress.data.speed")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    # It draws when it is told to: a thread that draws by the clock would stand beside the fork of processes.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        yield _teller(progress, progress.add_task(label, start=False, total=None))


def _teller(progress: Progress, task: TaskID) -> Callable[[int, int], None]:
    drawn = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal drawn
        now = time.monotonic()
        if not drawn:
            progress.start_task(task)  # what came before, such as reading, is no measure of what comes
        if now - drawn >= _EVERY or done == total:
            drawn = now
            progress.update(task, completed=done, total=total, refresh=True)

    return tell
