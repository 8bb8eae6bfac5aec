"""A Dask cluster that builds: `--scheduler`."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

import click

from deficiency_glossary.errors import ToolMissing, WorkersFailed
from deficiency_glossary.library import code

_DIGEST = "__import__('deficiency_glossary.library.code', fromlist=['digest']).digest()"
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
        client: Any = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:  # nobody listens, nobody answers in time, no address
        raise WorkersFailed(f"no Dask scheduler answers at {address}: {_in_short(error)}") from error
    with client:
        if not client.scheduler_info()["workers"]:
            click.echo(f"{address} has no workers yet; the build waits for one", err=True)
        _require_same(client)
        try:
            yield client.get_executor()
        except KeyboardInterrupt:
            logging.disable()  # what Dask still has to say is that work was lost, which was asked for
            raise
        except KilledWorker as error:
            raise WorkersFailed(f"several workers died at the same work, the last one {error.last_worker}") from error


def _require_same(client: Any) -> None:
    """Raise WorkersFailed if the scheduler or a worker has other code, or none: Dask would wait for that one for ever.

    Who comes later is asked with the first work that it gets. The question is words, so that all can read it.
    """
    try:
        answers = {"the scheduler": client.run_on_scheduler(eval, _DIGEST)}
    except Exception as error:  # whatever came of it there
        answers = {"the scheduler": error}
    answers |= {f"the worker {name}": said for name, said in client.run(eval, _DIGEST, on_error="return").items()}
    for who, said in answers.items():
        if said != code.digest() and not isinstance(said, OSError):  # that one has just died
            failed = isinstance(said, Exception)
            what = f"cannot load this program ({_in_short(said)})" if failed else "has another version of this program"
            raise WorkersFailed(f"{who} {what}: install the same one, with the same libraries, on all machines")


def _in_short(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
