"""`status` as a translator uses it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import deficiency_glossary as dg
from deficiency_glossary.cli.commands import run

MINI = Path(__file__).resolve().parent.parent / "glossaries" / "mini"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "glossary"
    shutil.copytree(MINI, folder)
    return folder


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Mary", "-c", "user.email=mary@example.com"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def status(root: Path, *options: str) -> int:
    return run(["-C", str(root), "status", *options])


def test_from_draft_to_stale_to_accepted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "init", "-q")
    assert status(root) == 1
    assert "draft: not noted down yet" in capsys.readouterr().out
    assert status(root, "--update") == 0
    assert capsys.readouterr().out.splitlines()[-1].split()[-2:] == ["100", "%"]
    git(root, "add", "-A")
    git(root, "commit", "-qm", "translated")
    edit(root / "content/en/loan.yaml", "Money lent, often", "Money lent, very often")
    assert status(root) == 1
    shown = capsys.readouterr().out
    assert "content/ja/loan.yaml\n  definition: stale: the source changed\n    Money lent,{+ very+} often" in shown
    assert dg.load(root).entry("loan", "ja").stale == ("definition",)
    # Noting down again does not hide it: nobody has touched the translation.
    assert status(root, "--update") == 1
    assert dg.load(root).entry("loan", "ja").is_stale
    assert status(root, "--locale", "ja", "--accept", "loan", "definition", "--by", "Hanako") == 0
    assert "definition: translated: accepted unchanged by Hanako, " in capsys.readouterr().out
    assert not dg.load(root).entry("loan", "ja").is_stale
    assert not dg.load(root).entry("loan", "en").is_stale


def test_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status(root, "--update", "--format", "json")
    data = json.loads(capsys.readouterr().out)["locales"]["ja"]
    assert data["counts"]["translated"] == len(data["fields"]) > 10
    assert data["fields"][0] == {
        "concept": "house",
        "field": "title",
        "state": "translated",
        "how": "translated",
        "by": None,
        "date": None,
    }


def test_a_missing_field_and_a_missing_entry(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "content/ja/house.yaml").unlink()
    status(root, "--update")
    assert "content/ja/house.yaml\n  title: missing\n" in capsys.readouterr().out


def test_noting_down_twice_writes_nothing(root: Path) -> None:
    status(root, "--update")
    before = (root / "status/ja.tsv").stat().st_mtime_ns
    status(root, "--update")
    assert (root / "status/ja.tsv").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--accept", "loan", "title"], "no stale field 'title'"),
        (["--locale", "ja", "--accept", "nothing", "all"], "nothing"),
        (["--locale", "xx"], "xx"),
    ],
)
def test_what_cannot_be_done_is_said(
    root: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    assert status(root, *options) == 2
    assert told in capsys.readouterr().err


def test_a_status_file_with_traces_of_a_merge_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status(root, "--update")
    edit(root / "status/ja.tsv", "house\t", "<<<<<<< ours\nhouse\t")
    assert status(root) == 2
    assert "status/ja.tsv:2:1: " in capsys.readouterr().err
