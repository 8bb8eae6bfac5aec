"""Who does the work: the same bytes from threads, processes of any kind and the caller's executor, which stays open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from trees import FEW_CONCEPTS as CONCEPTS
from trees import contents, copy_some, edit

import deficiency_glossary as dg
from deficiency_glossary.errors import InvalidContent, InvalidTheme, WorkersFailed
from deficiency_glossary.library import code
from deficiency_glossary.site import build, executors, place, work
from deficiency_glossary.site.bundles import Bundle
from deficiency_glossary.site.plan import Task
from deficiency_glossary.site.workshop import Job


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = copy_some(tmp_path / "glossary", CONCEPTS, ("en", "ko", "no"))
    (root / "theme/assets").mkdir(parents=True)
    (root / "theme/assets/icon.svg").write_text("<svg/>")
    return root


@pytest.fixture
def expected(root: Path, tmp_path: Path) -> dict[str, bytes]:
    dg.load(root).build(tmp_path / "alone" / "public", jobs=1)
    return contents(tmp_path / "alone" / "public")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "_CHUNK", 5)
    monkeypatch.setattr(executors, "_AHEAD", 3)


def processes(
    *, method: str = "spawn", initializer: Callable[..., object] | None = None, initargs: tuple[str, ...] = ()
) -> Executor:
    begin = partial(initializer, *initargs) if initializer else None
    return ProcessPoolExecutor(2, get_context(method), initializer=begin)


KINDS: dict[str, Callable[[], Executor]] = {
    "threads": partial(ThreadPoolExecutor, 4),
    "spawn": processes,
    "forkserver": partial(processes, method="forkserver"),
    "elsewhere": partial(processes, initializer=os.chdir, initargs=("/",)),
}
if sys.platform == "win32":
    del KINDS["forkserver"]


@pytest.mark.parametrize("kind", KINDS)
def test_any_executor_gives_the_same_bytes_and_stays_open(
    root: Path, expected: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with KINDS[kind]() as executor:
        first = dg.load(root.relative_to(tmp_path)).build("public", executor=executor)
        assert contents(tmp_path / "public") == expected
        assert first.written == first.files
        edit(root / "locales/ko.yaml", "다른 이름", "달리 부르는 이름")
        dg.load("glossary").build("public", executor=executor)
        dg.load("glossary").build("cold", jobs=1)
        assert contents(tmp_path / "public") == contents(tmp_path / "cold") != expected
        assert executor.submit(int, "1").result() == 1


def test_many_batches_on_many_threads(root: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    """Converters and caches are shared by threads; a page must not get another one's text."""
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(8) as executor:
        patch.setattr(build, "_CHUNK", 1)
        patch.setattr(executors, "_AHEAD", 256)
        dg.load(root).build(tmp_path / "public", executor=executor)
    assert contents(tmp_path / "public") == expected


@pytest.mark.parametrize("kind", ["threads", "spawn"])
def test_an_error_comes_back_and_the_executor_can_go_on(root: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "public"
    dg.load(root).build(out)
    before = contents(out)
    broken = root / "content/ko/collateral.yaml"
    text = broken.read_text("utf-8")
    with KINDS[kind]() as executor:
        broken.write_text("terms: [")
        with pytest.raises(InvalidContent):
            dg.load(root).build(out, executor=executor, force=True)
        broken.write_text(text, encoding="utf-8")
        (root / "theme/templates").mkdir()
        (root / "theme/templates/entry.html").write_text("{{ titel }}")
        with pytest.raises(InvalidTheme, match="titel"):
            dg.load(root).build(out, executor=executor)
        assert contents(out) == before
        shutil.rmtree(root / "theme/templates")
        dg.load(root).build(out, executor=executor, force=True)
    assert contents(out) == before


def test_jobs_and_an_executor_exclude_each_other(root: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(ValueError, match="exclude each other"):
        dg.load(root).build(tmp_path / "public", jobs=2, executor=executor)


def be_another_version() -> None:
    code.digest = lambda: "of another version"  # type: ignore[assignment]


def die_at_work() -> None:
    work.write = lambda *_: os._exit(1)


@pytest.mark.parametrize(
    ("initializer", "said"),
    [(be_another_version, "another version of deficiency-glossary"), (die_at_work, "ended abruptly")],
)
def test_workers_that_cannot_do_it_are_told_of(
    root: Path, tmp_path: Path, initializer: Callable[[], None], said: str
) -> None:
    out = tmp_path / "public"
    with processes(initializer=initializer) as executor, pytest.raises(WorkersFailed, match=said):
        dg.load(root).build(out, executor=executor)
    assert not out.exists()


def test_calls_are_told_apart(root: Path, tmp_path: Path) -> None:
    """Dask gives the answer that it has to a question that it knows."""
    asked = []

    class Listening(ThreadPoolExecutor):
        def submit(self, function, /, *arguments, **options):  # type: ignore[no-untyped-def]
            asked.append(arguments)
            return super().submit(function, *arguments, **options)

    with Listening(1) as executor:
        for _ in range(2):
            dg.load(root).build(tmp_path / "public", executor=executor, force=True)
    assert len({arguments[0] for arguments in asked}) == len(asked) > 10


# --- what may be done twice ------------------------------------------------------------------------------------------


def test_a_file_is_written_as_a_whole_over_what_was_left(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"of the site that stands")
    os.link(tmp_path / "old", tmp_path / "a")
    (tmp_path / "b").write_bytes(b"half")
    for name in ("a", "b", "c/d/e"):
        written = work.write(tmp_path, name, "whole")
        status = (tmp_path / name).stat()
        assert (tmp_path / name).read_bytes() == b"whole"
        assert (written.path, written.stamp) == (name, place.state_of(status))
    assert (tmp_path / "old").read_bytes() == b"of the site that stands"
    assert sorted(contents(tmp_path)) == ["a", "b", "c/d/e", "old"]


def test_a_bundle_may_be_made_twice(root: Path, tmp_path: Path) -> None:
    locale = dg.load(root)._library.locale_file("en").require()
    aside = tmp_path / "aside" / "0"
    made = []
    for number in (0, 7):
        assert work.make_aside(number, Bundle("en/search/", locale), tmp_path, aside) == number
        made.append(contents(tmp_path / "aside"))
    assert made[0] == made[1] != {}


def test_a_build_that_is_over_is_not_written_to(root: Path, tmp_path: Path) -> None:
    gone = tmp_path / "next-1"
    job = Job(str(root), ("en",), "https://x.example/")
    with pytest.raises(WorkersFailed, match=r"next-1 is not there on .*: all who build need the same folders"):
        work.write_all(job, [Task("robots.txt", "robots")], (), gone)
    with pytest.raises(WorkersFailed):
        work.write(gone, "en/x.html", "x")
    assert not gone.exists()


# --- how processes are started ---------------------------------------------------------------------------------------

STARTED = """
import multiprocessing, sys, threading
import deficiency_glossary as dg
from deficiency_glossary.site import build, executors
if __name__ == "__main__":
    given, beside, root, out = sys.argv[1:]
    if given != "none":
        multiprocessing.set_start_method(given)
    end = threading.Event()
    if beside == "thread":
        threading.Thread(target=end.wait).start()
    build._CHUNK = 5
    print(executors._context().get_start_method())
    dg.load(root).build(out, jobs=2)
    end.set()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own way is taken")
@pytest.mark.parametrize(
    ("given", "beside", "method"),
    [
        ("none", "nothing", "fork"),
        ("none", "thread", "forkserver"),
        ("fork", "thread", "forkserver"),
        ("spawn", "nothing", "spawn"),
    ],
)
def test_no_fork_beside_a_thread(
    root: Path, expected: dict[str, bytes], tmp_path: Path, given: str, beside: str, method: str
) -> None:
    program = tmp_path / "program.py"
    program.write_text(STARTED)
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program), given, beside, str(root), str(tmp_path / "public")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{method}\n", "")
    assert contents(tmp_path / "public") == expected
