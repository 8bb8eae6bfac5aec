"""A build that is killed, refused or given broken content leaves the old site as it was."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from trees import CHECKOUT, cold, contents, copy_shipped, copy_some, edit, identities

import deficiency_glossary as dg
from deficiency_glossary.cli.commands import run
from deficiency_glossary.errors import BuildRefused, InvalidContent

CONCEPTS = ("collateral", "creditor", "mortgage")

# Builds like the command, but kills itself when a function has been called so many times.
KILLER = """
import os, signal, sys
from importlib import import_module
from pathlib import Path
import deficiency_glossary as dg

root, out, place, calls, when, jobs, exchange = sys.argv[1:]
module, _, name = place.rpartition(".")
owner = Path if module == "Path" else import_module("deficiency_glossary.site." + module)
real, left = getattr(owner, name), int(calls)

def dying(*arguments, **options):
    global left
    left -= 1
    if left <= 0 and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*arguments, **options)
    if left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

if exchange == "no":
    import_module("deficiency_glossary.site.place")._exchange = lambda first, second: False
setattr(owner, name, dying)
dg.load(root).build(out, jobs=int(jobs))
"""


def killed_build(
    root: Path, out: Path, place: str, calls: int, when: str, *, jobs: int = 1, exchange: str = "yes"
) -> None:
    arguments = [str(root), str(out), place, str(calls), when, str(jobs), exchange]
    # Not a pipe: the workers of a killed build would keep it open.
    done = subprocess.run([sys.executable, "-c", KILLER, *arguments], stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == -signal.SIGKILL, "the build was to be killed"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_some(tmp_path / "glossary", CONCEPTS, ("en", "ja"))


@pytest.fixture
def out(tmp_path: Path, root: Path) -> Path:
    """A site that stands, from before an edit that touches many pages."""
    out = tmp_path / "public"
    dg.load(root).build(out)
    edit(root / "locales" / "ja.yaml", "\ntitle: ", "\ntitle: 新")
    return out


# --- killed ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "calls", "when"),
    [
        ("build.survey", 1, "before"),
        ("work.write", 1, "before"),
        ("work.write", 1, "after"),
        ("work.write", 4, "after"),
        ("place.carry_over", 3, "after"),
        ("bundles.make", 1, "before"),
        ("bundles.make", 1, "after"),
        ("place.swap", 1, "before"),
        ("place._exchange", 1, "before"),
    ],
)
def test_a_build_killed_before_the_swap_leaves_the_old_site(
    root: Path, out: Path, place: str, calls: int, when: str
) -> None:
    before, files = contents(out), identities(out)
    killed_build(root, out, place, calls, when)
    assert contents(out) == before
    assert identities(out) == files
    dg.load(root).build(out)
    assert contents(out) == cold(root) != before


@pytest.mark.parametrize("place", ["place._exchange", "place.swap", "build.remember"])
def test_a_build_killed_after_the_swap_leaves_the_new_site(root: Path, out: Path, place: str) -> None:
    killed_build(root, out, place, 1, "before" if place == "build.remember" else "after")
    new = cold(root)
    assert contents(out) == new
    dg.load(root).build(out)
    assert contents(out) == new
    assert [path.name for path in (out.parent / ".public.build").iterdir() if path.is_dir()] == []


def test_a_build_killed_while_it_tidies_up_is_remembered(root: Path, out: Path) -> None:
    killed_build(root, out, "place.clear", 2, "before")  # the first clears what a crash left
    report = dg.load(root).build(out)
    assert (report.written, report.unchanged) == (0, report.files)
    assert contents(out) == cold(root)
    assert [path.name for path in (out.parent / ".public.build").iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(("calls", "when"), [(1, "before"), (1, "after"), (2, "after")])
def test_without_an_exchange_of_names_the_next_build_mends_a_killed_one(
    root: Path, out: Path, calls: int, when: str
) -> None:
    before = contents(out)
    killed_build(root, out, "Path.rename", calls, when, exchange="no")
    kept = out if out.exists() else out.parent / ".public.build" / "old"
    assert contents(kept) in (before, cold(root))
    dg.load(root).build(out)
    assert contents(out) == cold(root)


def test_the_site_that_was_moved_away_comes_back_though_the_content_is_broken_now(root: Path, out: Path) -> None:
    before = contents(out)
    killed_build(root, out, "Path.rename", 1, "after", exchange="no")
    assert not out.exists()
    (root / "content" / "ja" / "creditor.yaml").write_text("terms: [")
    with pytest.raises(InvalidContent):
        dg.load(root).build(out)
    assert contents(out) == before


def test_the_workers_of_a_killed_build_do_not_hold_the_next_one_up(tmp_path: Path) -> None:
    root = copy_shipped(tmp_path / "glossary")
    out = tmp_path / "public"
    dg.load(root).build(out)
    before = contents(out)
    edit(root / "glossary.yaml", "https://deficiency-glossary.example/", "https://elsewhere.example/")
    killed_build(root, out, "executors._result", 1, "after", jobs=2)
    assert contents(out) == before
    dg.load(root).build(out)
    assert contents(out) == cold(root) != before


# --- two at once -----------------------------------------------------------------------------------------------------

HOLDER = """
import sys
import deficiency_glossary as dg
from deficiency_glossary.site import place

real = place.swap
def waiting(*arguments):
    print("here", flush=True)
    sys.stdin.readline()
    real(*arguments)
place.swap = waiting
dg.load(sys.argv[1]).build(sys.argv[2])
"""


def test_a_second_build_at_once_is_refused_and_says_whose_turn_it_is(
    root: Path, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = contents(out)
    command = [sys.executable, "-c", HOLDER, str(root), str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        assert first.stdout.readline() == "here\n"
        assert run(["-C", str(root), "build", "--out", str(out)]) == 2
        said = capfd.readouterr()
        assert re.search(rf"another build is writing to .*public \(process {first.pid}\)", said.err)
        assert said.out == ""
        assert contents(out) == before
        first.stdin.write("\n")
        first.stdin.flush()
        assert first.wait() == 0
    assert contents(out) == cold(root)


# --- refused ---------------------------------------------------------------------------------------------------------


def _foreign(tmp_path: Path) -> Path:
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis.txt").write_text("the only copy")
    return tmp_path / "foreign"


def _link(tmp_path: Path) -> Path:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    return tmp_path / "link"


def _dead_link(tmp_path: Path) -> Path:
    (tmp_path / "link").symlink_to(tmp_path / "nothing")
    return tmp_path / "link"


def _file(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("the only copy")
    return tmp_path / "file"


def _home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def _here(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    os.chdir(tmp_path / "here")
    return Path()


FOREIGN = {
    "a folder with files": (_foreign, "holds files that this tool did not make"),
    "a symbolic link": (_link, "is a symbolic link"),
    "a symbolic link to nothing": (_dead_link, "is a symbolic link"),
    "a file": (_file, "is a file"),
    "the home folder": (_home, "is a root or home folder"),
    "the root": (lambda _: Path("/"), "is a root or home folder"),
    "the current folder": (_here, "is the current folder"),
    "the glossary": (lambda tmp_path: tmp_path / "glossary", "holds the glossary itself"),
    "what holds the glossary": (lambda tmp_path: tmp_path, "holds the glossary itself"),
    "its content": (lambda tmp_path: tmp_path / "glossary" / "content" / "site", "among the glossary's own files"),
    "its locales": (lambda tmp_path: tmp_path / "glossary" / "locales", "among the glossary's own files"),
    "its theme": (lambda tmp_path: tmp_path / "glossary" / "theme", "among the glossary's own files"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_this_tool_did_not_make_is_refused_and_untouched(
    root: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    make, reason = FOREIGN[name]
    monkeypatch.chdir(root)  # and back at the end
    target = make(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    before = sorted(tmp_path.rglob("*")), contents(tmp_path)
    with pytest.raises(BuildRefused, match=reason):
        dg.load(root).build(target)
    assert run(["-C", str(root), "build", "--out", str(target)]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert reason in said.err
    assert (sorted(tmp_path.rglob("*")), contents(tmp_path)) == before


def test_an_empty_folder_is_taken(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    dg.load(root).build(tmp_path / "empty")
    assert contents(tmp_path / "empty") == cold(root)


def test_a_relative_way_with_dots_means_the_folder_that_it_leads_to(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    dg.load(root).build("../site/../site")
    assert contents(tmp_path / "a" / "site") == cold(root)
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [".site.build", "b", "site"]


# --- broken content --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/ja/creditor.yaml", "terms: ["),
        ("content/en/creditor.yaml", "title: only this\n"),
        ("content/concepts/creditor.yaml", "relations: 3\n"),
        ("locales/ja.yaml", "tag: ja\n"),
        ("glossary.yaml", ""),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_broken_content_is_reported_and_the_old_site_stays(
    root: Path, out: Path, path: str, text: str, jobs: str, capfd: pytest.CaptureFixture[str]
) -> None:
    before = identities(out)
    (root / path).write_text(text, encoding="utf-8")
    assert run(["-C", str(root), "build", "--out", str(out), "--jobs", jobs]) == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert path in said.err
    assert "error [" in said.err
    assert identities(out) == before


def test_an_error_while_pages_are_rendered_leaves_the_old_site(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from deficiency_glossary.site import work

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = identities(out)
    with monkeypatch.context() as patch:
        patch.setattr(work, "write", full)
        with pytest.raises(OSError, match="No space"):
            dg.load(root).build(out)
    assert identities(out) == before
    dg.load(root).build(out)
    assert contents(out) == cold(root)


def test_the_checkout_is_no_place_for_a_site() -> None:
    with pytest.raises(BuildRefused):
        dg.load().build(CHECKOUT)
    assert (CHECKOUT / "pyproject.toml").is_file()
    assert shutil.which("git") is None or not (CHECKOUT / ".deficiency-glossary").exists()
