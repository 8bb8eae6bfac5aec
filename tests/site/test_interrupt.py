"""Ctrl-C in the middle of a build: an end without noise, the old site as it was, a memory that can be used."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from trees import contents

import deficiency_glossary as dg
from benchmarks import corpus
from deficiency_glossary.site import executors

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to consoles, not to processes")
PAGES = 2000
LONG = 120  # seconds in which a build that does not stop would be over


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large") / "glossary"
    corpus.write(PAGES, root)
    dg.load(root).build(root.parent / "public")
    return root


def interrupted(root: Path, jobs: int, *, everybody: bool) -> tuple[int, str, str]:
    """Stop a build that has begun to write: status, what it said."""
    out = root.parent / "public"
    command = [sys.executable, "-m", "deficiency_glossary", "-C", str(root), "build", "--force", "--jobs", str(jobs)]
    # A session of its own, so that nothing but the build is in its group.
    with subprocess.Popen(
        [*command, "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        while process.poll() is None and not any((out.parent / ".public.build").glob("next-*/*/*/index.html")):
            time.sleep(0.005)
        assert process.poll() is None, "the build was to be interrupted while it writes"
        if everybody:  # as a terminal does
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGINT)
        said, noise = process.communicate(timeout=LONG)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)  # nobody is left
        return process.returncode, said, noise


@pytest.mark.parametrize("everybody", [True, False], ids=["terminal", "kill"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_a_build_and_leaves_all_as_it_was(root: Path, jobs: int, everybody: bool) -> None:
    out = root.parent / "public"
    before = contents(out)
    assert interrupted(root, jobs, everybody=everybody) == (130, "", "\ndeficiency-glossary: stopped\n")
    assert contents(out) == before
    after = dg.load(root).build(out)
    assert (after.written, after.unchanged) == (0, len(before) - 1)
    assert [path.name for path in (out.parent / ".public.build").iterdir() if path.is_dir()] == []


def test_ctrl_c_while_another_program_calls_back_is_heeded(capsys: pytest.CaptureFixture[str]) -> None:
    """The sanitizer asks Python about each address, and can only print what Python raises there."""

    def called_back() -> None:
        class Asked:
            def __del__(self) -> None:  # the same: an exception here goes nowhere
                raise KeyboardInterrupt

        Asked()

    hook: Any = sys.unraisablehook
    with executors.crew(None, 1) as crew:
        crew.heed()
        called_back()
        with pytest.raises(KeyboardInterrupt):
            crew.heed()
    assert sys.unraisablehook is hook
    assert capsys.readouterr().err == ""
    with executors.crew(None, 1) as crew:
        crew.heed()  # the next build is not stopped


def test_other_problems_there_are_told_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)

    class Asked:
        def __del__(self) -> None:
            raise ZeroDivisionError

    with executors.crew(None, 1) as crew:
        Asked()
        crew.heed()
    assert [problem.exc_type for problem in told] == [ZeroDivisionError]
