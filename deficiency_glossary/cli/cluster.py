"""A Dask cluster that builds: `--scheduler`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

import click

from deficiency_glossary.errors import ToolMissing, WorkersFailed

_SECONDS = 10  # to wait for the scheduler's answer


@contextmanager
def executor_of(address: str | None) -> Iterator[Executor | None]:
    """The executor of the scheduler at an address; None without one. Raises ToolMissing, WorkersFailed."""
    if address is None:
        yield None
        return
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        hint = "pip install 'deficiency-glossary[dask]'"
        raise ToolMissing(f"--scheduler needs the package distributed ({error}): {hint}") from error
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:  # nobody listens, nobody answers in time, no address
        raise WorkersFailed(f"no Dask scheduler answers at {address}: {_in_short(error)}") from error
    with client:
        if not client.scheduler_info()["workers"]:
            click.echo(f"{address} has no workers yet; the build waits for one", err=True)
        try:
            yield client.get_executor()
        except KilledWorker as error:
            raise WorkersFailed(f"several workers died at the same work, the last one {error.last_worker}") from error


def _in_short(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
