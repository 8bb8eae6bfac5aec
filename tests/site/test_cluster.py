"""A Dask cluster of two processes builds what one process builds, also when one of them dies at work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from trees import contents

import deficiency_glossary as dg
from benchmarks import corpus
from deficiency_glossary.cli import cluster
from deficiency_glossary.cli.commands import run
from deficiency_glossary.errors import WorkersFailed

PAGES = 500
LONG = 120  # seconds in which all is over that will ever be


class Cluster:
    """A scheduler on the loopback, and workers that stand in a folder of their own."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        at_home = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        found = folder / "scheduler.json"
        self._start("scheduler", *at_home, "--scheduler-file", str(found))
        wait_for(found.is_file)
        self.address = ""
        while not self.address:  # it is written in pieces
            for line in found.read_text().splitlines():
                if '"address": "tcp:' in line:
                    self.address = line.split('"')[3]

    def worker(self, **variables: str) -> subprocess.Popen[str]:
        """One more process that works, and is known to do so; nobody starts it again when it dies."""
        alone = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        before = self._registered()
        process = self._start("worker", self.address, "--host", "127.0.0.1", *alone, **variables)
        wait_for(lambda: self._registered() > before)
        return process

    def _registered(self) -> int:
        return (self.folder / "log").read_text().count("Registered to")

    def _start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "dask", *arguments]
        own = {**os.environ, **variables}
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, text=True, env=own)
        self.stack.callback(process.wait, LONG)
        self.stack.callback(process.kill)
        return process


def wait_for(condition: object) -> None:
    assert callable(condition)
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("cluster") / "glossary"
    corpus.write(PAGES, root)
    return root


@pytest.fixture(scope="module")
def expected(root: Path) -> dict[str, bytes]:
    dg.load(root).build(root.parent / "alone", jobs=1)
    return contents(root.parent / "alone")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cluster, list[subprocess.Popen[str]]]]:
    with ExitStack() as stack:
        made = Cluster(tmp_path_factory.mktemp("dask"), stack)
        yield made, [made.worker(), made.worker()]


# The command, but less patient with a scheduler that is gone.
PROGRAM = """
import sys
from deficiency_glossary.cli import cluster, commands
cluster._SECONDS = 1
sys.exit(commands.run(sys.argv[1:]))
"""


def started(root: Path, out: Path, address: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, "-C", ".", "build", "--out", str(out)]
    pipe = subprocess.PIPE
    return subprocess.Popen([*command, "--scheduler", address], cwd=root, stdout=pipe, stderr=pipe, text=True)


def written(out: Path) -> int:
    """The files of the site under construction."""
    return sum(path.is_file() for path in (out.parent / f".{out.name}.build").glob("next-*/**/*"))


def test_a_worker_that_dies_is_missed_by_nobody(
    root: Path, expected: dict[str, bytes], two: tuple[Cluster, list[subprocess.Popen[str]]]
) -> None:
    made, workers = two
    out = root.parent / "public"
    with started(root, out, made.address) as build:
        wait_for(lambda: written(out) or build.poll() is not None)
        for worker in workers:  # both stand still with work in hand
            worker.send_signal(signal.SIGSTOP)
        at_that_time = written(out)
        workers[0].kill()
        assert workers[0].wait() == -signal.SIGKILL
        assert build.poll() is None
        assert 0 < at_that_time < len(expected) - 100, "work was left when it died"
        workers[1].send_signal(signal.SIGCONT)
        said, noise = build.communicate(timeout=LONG)
    assert (build.returncode, said.splitlines()[1]) == (0, f"{len(expected) - 1} written, 0 unchanged, 0 removed")
    assert "Traceback" not in noise
    assert contents(out) == expected


def test_two_workers_give_the_same_bytes(
    root: Path, expected: dict[str, bytes], two: tuple[Cluster, list[subprocess.Popen[str]]]
) -> None:
    made, workers = two
    workers.append(made.worker())
    out = root.parent / "again"
    with started(root, out, made.address) as build:
        said, noise = build.communicate(timeout=LONG)
    assert (build.returncode, noise) == (0, "")
    assert said.splitlines()[1] == f"{len(expected) - 1} written, 0 unchanged, 0 removed"
    assert contents(out) == expected


def test_ctrl_c_ends_it(root: Path, two: tuple[Cluster, list[subprocess.Popen[str]]]) -> None:
    made, _ = two
    out = root.parent / "stopped"
    with started(root, out, made.address) as build:
        wait_for(lambda: written(out) or build.poll() is not None)
        build.send_signal(signal.SIGINT)
        said, noise = build.communicate(timeout=LONG)
    assert (build.returncode, said, noise) == (130, "", "\ndeficiency-glossary: stopped\n")
    assert not out.exists()


def test_a_scheduler_that_ends_ends_the_build(root: Path, tmp_path: Path) -> None:
    out = root.parent / "lost"
    with ExitStack() as stack:
        made = Cluster(tmp_path, stack)
        with started(root, out, made.address) as build:
            wait_for(lambda: (out.parent / ".lost.build").is_dir() or build.poll() is not None)
            stack.close()
            said, noise = build.communicate(timeout=LONG)
    assert (build.returncode, said) == (2, "")
    lines = noise.splitlines()
    assert lines[0] == f"{made.address} has no workers yet; the build waits for one"
    assert lines[-1].startswith("deficiency-glossary: the executor gave up the work")


def test_workers_that_die_one_after_the_other_are_told_of(two: tuple[Cluster, list[subprocess.Popen[str]]]) -> None:
    from distributed import KilledWorker

    with (
        pytest.raises(WorkersFailed, match="several workers died at the same work, the last one tcp://a"),
        cluster.executor_of(two[0].address),
    ):
        raise KilledWorker("call", "tcp://a", 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise ImportError('it is not here')", r"cannot load this program \(it is not here\)"),
        ("def digest():\n    return 'another'", "has another version of this program"),
    ],
)
def test_workers_with_other_code_are_refused(
    two: tuple[Cluster, list[subprocess.Popen[str]]], tmp_path: Path, module: str, said: str
) -> None:
    (tmp_path / "deficiency_glossary/library").mkdir(parents=True)
    for path, text in {"__init__.py": "", "library/__init__.py": "", "library/code.py": module}.items():
        (tmp_path / "deficiency_glossary" / path).write_text(text)
    made, _ = two
    worker = made.worker(PYTHONPATH=os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    with pytest.raises(WorkersFailed, match=f"the worker tcp://.* {said}"), cluster.executor_of(made.address):
        pass
    worker.kill()
    worker.wait()


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "foo://127.0.0.1:1"])
def test_nobody_there(
    root: Path, tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 0.2)
    assert run(["-C", str(root), "build", "--out", str(tmp_path / "public"), "--scheduler", address]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"deficiency-glossary: no Dask scheduler answers at {address}: ")
    assert list(tmp_path.iterdir()) == []


def test_the_package_is_named_that_is_missing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    command = ["-C", str(root), "build", "--out", str(tmp_path / "public"), "--scheduler", "tcp://127.0.0.1:1"]
    assert run(command) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert "pip install 'deficiency-glossary[dask]'" in said


def test_jobs_are_of_this_machine(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(root), "build", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "--jobs are processes on this machine" in capsys.readouterr().err
