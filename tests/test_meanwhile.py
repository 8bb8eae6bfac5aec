"""Questions that a copy of the process answers. Asked in programs of one thread: a test's own process has several."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial

import pytest

from deficiency_glossary.processes import may_fork, meanwhile

BEGIN = """
import os, signal, sys, time
from pathlib import Path
from deficiency_glossary.processes import may_fork, meanwhile

HERE = os.getpid()

def children():
    return [child for listed in Path("/proc/self/task").glob("*/children") for child in listed.read_text().split()]

"""
# Each says what it answers; those that go wrong do so in the copy alone, where there is one.
QUESTIONS = {
    "yes": ("return True", True),
    "no": ("return False", False),
    "fails": ("if os.getpid() != HERE: raise OSError\n    return True", True),
    "is killed": ("if os.getpid() != HERE: os.kill(os.getpid(), signal.SIGKILL)\n    return True", True),
    "prints": ("print('', end='')\n    return True", True),
}


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", BEGIN + program], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_that_of_the_question(name: str) -> None:
    body, truth = QUESTIONS[name]
    program = f"def question():\n    {body}\nprint('begun')\nwith meanwhile(question) as answer:\n    print(answer())"
    assert run(program + "\nassert not children()").split() == ["begun", str(truth)]


def test_the_question_is_asked_in_a_copy_where_one_can_be_made() -> None:
    program = "with meanwhile(lambda: os.getpid() == HERE) as answer:\n    print(answer(), may_fork())"
    same, forks = run(program).split()
    assert (same, forks) == (("False", "True") if sys.platform == "linux" else ("True", "False"))


def test_a_copy_whose_answer_nobody_wants_is_ended() -> None:
    program = "try:\n    with meanwhile(lambda: time.sleep(60) or True): raise KeyboardInterrupt\n"
    assert run(program + "except KeyboardInterrupt:\n    print(children())") == "[]\n"


@pytest.mark.parametrize("body", ["print(answer())", "print(True)"])
def test_a_program_that_does_not_wait_for_its_children_may_ask(body: str) -> None:
    program = "signal.signal(signal.SIGCHLD, signal.SIG_IGN)\nwith meanwhile(lambda: True) as answer:\n"
    assert run(f"{program}    time.sleep(0.2)\n    {body}") == "True\n"


def test_no_copy_is_made_where_another_thread_may_hold_a_lock() -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    asked = iter([True, False])
    try:
        assert not may_fork()
        with meanwhile(partial(next, asked)) as answer:
            assert answer()
        assert list(asked) == [False], "asked once, and here"
    finally:
        over.set()
        other.join()
