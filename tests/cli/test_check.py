"""`check` on the command line: codes, paths, source lines, and the standard that its SARIF must keep to."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from deficiency_glossary.checks.table import BY_CODE, RULES
from deficiency_glossary.cli import report
from deficiency_glossary.cli.commands import run
from deficiency_glossary.findings import Finding

TESTS = Path(__file__).resolve().parent.parent
SARIF = json.loads((TESTS / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A glossary in which two translations have a mistake; the current folder is the one above."""
    root = Path(shutil.copytree(TESTS / "glossaries" / "mini", tmp_path / "mini"))
    for path, old, new in (
        ("content/ja/house.yaml", "definition: 人が住む建物。", "definition: 人が住む 建物。"),
        ("content/ja/loan.yaml", "のために借りる", "のために**「借りる」**"),
    ):
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return root


def called(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    status = run(list(arguments))
    said = capsys.readouterr()
    return status, said.out, said.err


def test_text_shows_the_line_and_a_caret_as_wide_as_a_terminal_shows_it(capsys: Capture, glossary: Path) -> None:
    status, out, err = called(capsys, "-C", "mini", "check", "--select", "space-in-japanese")
    assert (status, err) == (1, "")
    assert out == (
        "mini/content/ja/house.yaml\n"
        "  mini/content/ja/house.yaml:5:17: warning [space-in-japanese] a space stands between Japanese letters\n"
        "    definition: 人が住む 建物。\n"
        "                        ^\n"
        "    → delete it\n"
        "1 warning\n"
    )


@pytest.mark.parametrize(
    ("folder", "here", "shown"),
    [
        ("mini", ".", "mini/content/"),
        (".", "mini", "content/"),
        ("..", "mini/content", ""),
        ("../../mini", "mini/locales", "../content/"),
    ],
)
def test_paths_start_from_the_current_folder(
    capsys: Capture, glossary: Path, monkeypatch: pytest.MonkeyPatch, folder: str, here: str, shown: str
) -> None:
    monkeypatch.chdir(glossary.parent / here)
    for form in ("json", "github", "sarif"):
        _, out, _ = called(capsys, "-C", folder, "check", "--format", form)
        assert f"{shown}ja/house.yaml" in out
    data = json.loads(called(capsys, "-C", folder, "check", "--format", "json")[1])
    assert {finding["path"] for finding in data["findings"]} == {f"{shown}ja/house.yaml", f"{shown}ja/loan.yaml"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_mistyped_code_is_a_mistake_of_the_caller(capsys: Capture, glossary: Path, option: str) -> None:
    status, out, err = called(capsys, "-C", "mini", "check", option, "double-spaec")
    assert (status, out) == (2, "")
    assert "there is no code 'double-spaec'; did you mean 'double-space' or" in err


def test_a_notice_is_no_failure(capsys: Capture, glossary: Path) -> None:
    status, out, _ = called(capsys, "-C", "mini", "check", "--select", "unreviewed")
    assert status == 0
    assert out.endswith("\n6 infos\n")
    status, out, _ = called(capsys, "-C", "mini", "check", "--select", "unreviewed", "--format", "github")
    assert {line.split(" ")[0] for line in out.splitlines()} == {"::notice"}


def sarif(findings: list[Finding]) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(report.as_sarif(findings))
    return log


@pytest.mark.parametrize(
    "findings",
    [
        [],
        [Finding(path="a b/ü.yaml", line=3, column=0, code="dead-link", message="100 %\r\n", hint="h")],
        [Finding(path="../x", code="no-such-code", severity="info", message="m\x01")],
        [Finding(path="p", line=1, column=1, code=rule.code, severity=rule.severity, message="m") for rule in RULES],
    ],
)
def test_sarif_is_valid_by_its_schema(findings: list[Finding]) -> None:
    jsonschema.validate(sarif(findings), SARIF)


def test_the_schema_would_see_a_mistake() -> None:
    log = sarif([Finding(path="p", code="c", message="m")])
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SARIF)


def test_sarif_tells_what_the_rules_mean() -> None:
    [rule] = sarif([Finding(path="p", code="end-mark", message="m")])["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == BY_CODE["end-mark"].meaning
    assert rule["defaultConfiguration"] == {"level": "warning"}


def test_the_order_is_the_same_whatever_order_files_are_read_in(
    capsys: Capture, glossary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = called(capsys, "-C", "mini", "check", "--format", "json")[1]
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: iter(sorted(listed(self), reverse=True)))
    assert called(capsys, "-C", "mini", "check", "--format", "json")[1] == first
