"""The bar: with rate and time left on a terminal, nothing elsewhere, and never a thread of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from deficiency_glossary.cli import progress

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys, time
from deficiency_glossary.cli.progress import bar
with bar("Working") as tell:
    for done in range(1, 31):
        time.sleep(0.02)
        tell(done * 100, 3000)
print("ended")
"""


def on_a_terminal(*arguments: str) -> str:
    """What a program shows on a terminal of a hundred columns."""
    import pty

    ours, theirs = pty.openpty()
    variables = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    with subprocess.Popen([sys.executable, *arguments], stdout=theirs, stderr=theirs, env=variables) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                data = os.read(ours, 4096)
            except OSError:  # Linux: nobody writes any more
                break
            if not data:
                break
            shown += data
    os.close(ours)
    assert process.returncode == 0, shown
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_the_bar_shows_the_rate_and_the_time_left() -> None:
    shown = on_a_terminal("-c", PROGRAM)
    assert re.search(r"Working .* \d+/3000 [\d,]+/s 0:00:0\d", shown), shown
    assert re.search(r"3000/3000 [\d,]+/s", shown), shown
    assert shown.endswith("ended\r\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_build_on_a_terminal_has_a_bar_and_forks_beside_no_thread(tmp_path: Path) -> None:
    command = [
        "-m",
        "deficiency_glossary",
        "-C",
        str(CHECKOUT),
        "build",
        "--jobs",
        "2",
        "--out",
        str(tmp_path / "site"),
    ]
    shown = on_a_terminal("-W", "error", *command)
    assert re.search(r"Rendering .* \d+/\d+", shown), shown
    assert "written, 0 unchanged" in shown


def test_elsewhere_nothing_is_shown() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"ended\n", b"")


def test_the_bar_has_no_thread(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    before = set(threading.enumerate())
    with progress.bar("Working") as tell:
        tell(1, 2)
        assert set(threading.enumerate()) <= before
        tell(2, 2)
    assert "2/2" in capsys.readouterr().err
