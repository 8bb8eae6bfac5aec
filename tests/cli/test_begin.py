"""`init` and `new` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from deficiency_glossary.cli.commands import run


def test_a_stranger_has_a_working_glossary_in_one_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = tmp_path / "mine"
    assert run(["init", str(root)]) == 0
    told = capsys.readouterr().out.splitlines()[1:]
    assert len(told) == 3
    for line in told[:2]:
        assert run(line.split()[1:]) == 0
    assert run(["links", str(root / "public")]) == 0
    assert run(["-C", str(root), "new", "concept", "late-fee"]) == 0
    assert run(["-C", str(root), "new", "locale", "no", "--tag", "nb"]) == 0
    assert 'locales: [en, ms, "no"]' in (root / "glossary.yaml").read_text(encoding="utf-8")
    assert run(["-C", str(root), "check"]) == 0


def test_init_leaves_a_full_folder_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    assert run(["init", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    "arguments", [["concept", "Late Fee"], ["locale", "qq"], ["locale", "ms"], ["locale", "../x", "--tag", "sv"]]
)
def test_what_cannot_be_made_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    run(["init", str(tmp_path / "mine")])
    capsys.readouterr()
    assert run(["-C", str(tmp_path / "mine"), "new", *arguments]) == 2
    assert capsys.readouterr().err
