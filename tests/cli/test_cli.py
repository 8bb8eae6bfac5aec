"""The command line: what it prints where, and its exit status."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import deficiency_glossary as dg
from deficiency_glossary.cli import report
from deficiency_glossary.cli.commands import run
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.schema_words import editor_schema

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DEAD = CHECKOUT / "tests" / "sites" / "dead-link" / "site"
FIELDS = ["code", "severity", "path", "line", "column", "message", "hint"]

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder the shipped glossary is meant, wherever the tests were started."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the shipped glossary with an error in one file and a dead link in another."""
    root = tmp_path / "broken"
    for name in ("content", "locales"):
        shutil.copytree(CHECKOUT / name, root / name)
    shutil.copy(CHECKOUT / "glossary.yaml", root)
    with (root / "content" / "ko" / "creditor.yaml").open("a", encoding="utf-8") as file:
        file.write("titel: x\n")
    path = root / "content" / "ja" / "mortgage.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("definition: |\n", "definition: |\n  [x](nothing-of-the-kind)\n"), encoding="utf-8")
    return root


def called(capsys: Capture, *arguments: str | Path) -> tuple[int, str, str]:
    status = run([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


# --- help ------------------------------------------------------------------------------------------------------------


def test_help_lists_the_commands_that_work_and_no_others(capsys: Capture) -> None:
    status, out, err = called(capsys, "--help")
    listed = re.findall(r"^  (\w+)  ", out.partition("Commands:")[2], re.MULTILINE)
    assert (status, listed, err) == (
        0,
        ["build", "check", "export", "import", "init", "links", "new", "schema", "serve", "show", "status"],
        "",
    )


@pytest.mark.parametrize("command", ["build", "check", "links", "schema", "serve", "show", "status"])
def test_each_command_has_help(capsys: Capture, command: str) -> None:
    status, out, err = called(capsys, command, "--help")
    assert (status, err) == (0, "")
    assert f"deficiency-glossary {command}" in out or f"{command} [OPTIONS]" in out


def test_the_version_is_the_package_s(capsys: Capture) -> None:
    status, out, _ = called(capsys, "--version")
    assert status == 0
    assert metadata.version("deficiency-glossary") in out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bulid"],
        ["check", "--format", "xml"],
        ["check", "extra"],
        ["show"],
        ["schema", "term"],
        ["links"],
        ["links", "no/such/folder"],
        ["build", "--jobs", "0"],
        ["build", "--base-url", "example.org"],
        ["build", "--base-url", "https://example.org/sub"],
        ["build", "--locale", "de"],
        ["-C", "no/such/folder", "check"],
        ["-C", "no/such/folder", "build"],
        ["-C", "no/such/folder", "show", "collateral"],
        ["show", "colateral"],
        ["show", "collateral", "--locale", "xx"],
    ],
)
def test_what_cannot_be_done_says_so_on_standard_error(capsys: Capture, tmp_path: Path, arguments: list[str]) -> None:
    status, out, err = called(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_concept_is_answered_with_the_nearest(capsys: Capture) -> None:
    _, _, err = called(capsys, "show", "colateral")
    assert "unknown concept 'colateral'; did you mean 'collateral'?" in err


# --- show, schema ----------------------------------------------------------------------------------------------------


def test_show_prints_the_entry_as_text(capsys: Capture) -> None:
    status, out, err = called(capsys, "show", "deficiency-balance", "--locale", "ko")
    entry = dg.load().entry("deficiency-balance", "ko")
    assert (status, err) == (0, "")
    for text in (entry.title, entry.definition.text(), entry.examples["short-sale"].text.text()):
        assert text in out
    assert not re.search(r"\{\w+\}|\]\(|</?\w+>", out)


def test_show_means_the_source_locale_unless_told_otherwise(capsys: Capture) -> None:
    assert called(capsys, "show", "collateral") == called(capsys, "show", "collateral", "--locale", "en")


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_show_gives_what_render_gives(capsys: Capture, form: Any) -> None:
    status, out, _ = called(capsys, "show", "deficiency_balance", "--locale", "nb-NO", "--format", form)
    assert (status, out) == (0, dg.load().render("deficiency-balance", "no", format=form))


def test_show_as_json(capsys: Capture) -> None:
    status, out, _ = called(capsys, "show", "deficiency-balance", "--locale", "tr", "--format", "json")
    data = json.loads(out)
    entry = dg.load().entry("deficiency-balance", "tr")
    assert status == 0
    assert (data["concept"], data["locale"], data["title"]) == ("deficiency-balance", "tr", entry.title)
    assert data["examples"]["short-sale"]["figures"] == {
        "owed": "250000",
        "sale_price": "200000",
        "deficiency": "50000",
    }
    assert [term["term"] for term in data["terms"]] == [term.text for term in entry.terms]


@pytest.mark.parametrize("kind", ["entry", "concept", "locale", "glossary"])
def test_schema_prints_the_json_schema(capsys: Capture, kind: Any) -> None:
    status, out, _ = called(capsys, "schema", kind)
    data = json.loads(out)
    assert (status, data["$schema"]) == (0, "http://json-schema.org/draft-07/schema#")
    assert data == json.loads(json.dumps(editor_schema(kind)))


# --- build -----------------------------------------------------------------------------------------------------------


def test_build_says_what_it_wrote_and_where(capsys: Capture, tmp_path: Path) -> None:
    status, out, err = called(capsys, "build", "--locale", "ko", "--locale", "en")
    files = [path for path in (tmp_path / "public").rglob("*") if path.is_file() and path.name[0] != "."]
    assert (status, err) == (0, "")
    assert f"public: {len(files)} files in 2 locales (en, ko)" in out
    assert f"{len(files)} written, 0 unchanged, 0 removed" in out
    assert "python3 -m http.server --directory public" in out
    _, again, _ = called(capsys, "build", "--locale", "en", "--locale", "ko")
    assert f"0 written, {len(files)} unchanged, 0 removed" in again


def test_build_makes_markdown_too(capsys: Capture, tmp_path: Path) -> None:
    status, out, _ = called(capsys, "build", "--format", "markdown", "--out", "docs/terms", "--locale", "ja")
    assert status == 0
    assert "http.server" not in out
    text = (tmp_path / "docs" / "terms" / "ja" / "collateral.md").read_text(encoding="utf-8")
    # What a site knows beyond the entry comes on top: its relations.
    assert set(dg.load().render("collateral", "ja", format="markdown").splitlines()) < set(text.splitlines())


def test_build_of_broken_content_reports_it_and_writes_nothing(capsys: Capture, broken: Path) -> None:
    status, out, err = called(capsys, "-C", broken, "build", "--out", broken.parent / "public")
    assert (status, out) == (1, "")
    assert re.search(r"content/ko/creditor\.yaml:\d+:1: error \[unknown-", err)
    assert not (broken.parent / "public").exists()


def test_the_current_folder_s_glossary_is_meant_if_there_is_one(
    capsys: Capture, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert called(capsys, "check")[0] == 0
    monkeypatch.chdir(broken)
    assert called(capsys, "check")[0] == 1


# --- check -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "expected"), [("text", "No findings.\n"), ("github", "")])
def test_check_of_the_shipped_glossary(capsys: Capture, form: str, expected: str) -> None:
    assert called(capsys, "check", "--format", form) == (0, expected, "")


def test_check_says_file_line_column_and_remedy(capsys: Capture, broken: Path) -> None:
    status, out, err = called(capsys, "-C", broken, "check")
    assert (status, err) == (1, "")
    line = len((broken / "content" / "ko" / "creditor.yaml").read_text(encoding="utf-8").splitlines())
    assert f"\n  broken/content/ko/creditor.yaml:{line}:1: error [" in f"\n{out}"
    assert "\n    → " in out
    assert re.search(r"^\d+ errors?", out.splitlines()[-1])


def test_check_as_json(capsys: Capture, broken: Path) -> None:
    status, out, err = called(capsys, "-C", broken, "check", "--format", "json")
    data = json.loads(out)
    assert (status, err) == (1, "")
    assert list(data) == ["findings", "counts"]
    assert [list(finding) for finding in data["findings"]] == [FIELDS] * len(data["findings"])
    assert {finding["path"] for finding in data["findings"]} == {
        "broken/content/ko/creditor.yaml",
        "broken/content/ja/mortgage.yaml",
    }
    assert list(data["counts"]) == ["error", "warning", "info"]
    assert sum(data["counts"].values()) == len(data["findings"])
    _, out, _ = called(capsys, "check", "--format", "json")
    assert json.loads(out) == {"findings": [], "counts": {"error": 0, "warning": 0, "info": 0}}


def test_check_can_be_narrowed_by_code(capsys: Capture, broken: Path) -> None:
    def codes(*options: str) -> tuple[int, set[str]]:
        status, out, _ = called(capsys, "-C", broken, "check", "--format", "json", *options)
        return status, {finding["code"] for finding in json.loads(out)["findings"]}

    _, every = codes()
    assert len(every) >= 2
    first, *others = sorted(every)
    assert codes("--select", first) == (1, {first})
    assert codes("--ignore", first) == (1, set(others))
    assert codes(*(option for code in every for option in ("--ignore", code))) == (0, set())
    assert codes("--select", first, "--ignore", first) == (0, set())


# --- links -----------------------------------------------------------------------------------------------------------


def test_links_of_our_own_site(capsys: Capture, built_site: Path) -> None:
    assert called(capsys, "links", built_site) == (0, "No findings.\n", "")


def test_links_as_text_and_json(capsys: Capture) -> None:
    status, out, err = called(capsys, "links", DEAD)
    assert (status, err) == (1, "")
    assert out.splitlines()[-1] == "2 errors"
    status, out, _ = called(capsys, "links", DEAD, "--format", "json")
    data = json.loads(out)
    assert status == 1
    assert [list(finding) for finding in data["findings"]] == [[*FIELDS, "target"]] * 2
    assert {finding["target"] for finding in data["findings"]} == {"gone/", "/gone.css"}
    assert data["counts"] == {"error": 2, "warning": 0, "info": 0}


def test_links_as_junit(capsys: Capture, built_site: Path) -> None:
    status, out, _ = called(capsys, "links", DEAD, "--format", "junit")
    suite = ET.fromstring(out)
    assert (status, suite.tag, suite.get("tests"), suite.get("failures")) == (1, "testsuite", "2", "2")
    assert [case.get("classname") for case in suite.iter("testcase")] == ["index.html", "index.html"]
    assert len(list(suite.iter("failure"))) == 2
    _, out, _ = called(capsys, "links", built_site, "--format", "junit")
    suite = ET.fromstring(out)
    assert (suite.get("tests"), suite.get("failures"), len(list(suite.iter("testcase")))) == ("1", "0", 1)


# --- formats ---------------------------------------------------------------------------------------------------------

AWKWARD = [
    Finding(path="a b/ü#1,2:3.yaml", line=3, column=0, code="c:1", message="100 %\r\n::error::", hint="x, y: z"),
    Finding(path="p", code="whole-file", severity="warning", message="<&>\x01\"'", target="\x00]]>"),
    Finding(path="p", line=1, column=2, code="c", severity="info", message="\N{GRINNING FACE} 담보"),
]


def test_github_commands_cannot_be_broken_out_of() -> None:
    assert report.as_github(AWKWARD).splitlines() == [
        "::error file=a b/ü#1%2C2%3A3.yaml,line=3,col=0,title=c%3A1::100 %25%0D%0A::error:: (x, y: z)",
        "::warning file=p,title=whole-file::<&>\x01\"'",
        "::notice file=p,line=1,col=2,title=c::\N{GRINNING FACE} 담보",
    ]


def test_sarif_has_what_the_standard_requires() -> None:
    # SARIF 2.1.0: 3.13 sarifLog, 3.14 run, 3.18 tool, 3.19 toolComponent, 3.27 result, 3.28 location, 3.30 region.
    log = json.loads(report.as_sarif(AWKWARD))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run_ = log["runs"][0]
    assert run_["columnKind"] in {"unicodeCodePoints", "utf16CodeUnits"}
    driver = run_["tool"]["driver"]
    assert driver["name"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert sorted(set(rules)) == rules == ["c", "c:1", "whole-file"]
    assert [result["level"] for result in run_["results"]] == ["error", "warning", "note"]
    for result, finding in zip(run_["results"], AWKWARD, strict=True):
        assert result["ruleId"] in rules
        assert finding.message in result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", place["artifactLocation"]["uri"])
        assert ("region" in place) == (finding.line > 0)
        assert all(value >= 1 for value in place.get("region", {}).values())


def test_junit_is_xml_whatever_the_addresses_hold() -> None:
    suite = ET.fromstring(report.as_junit(AWKWARD))
    assert [case.get("name") for case in suite.iter("testcase")] == ["c:1", "whole-file \ufffd]]>", "c"]


def test_json_keeps_every_character() -> None:
    findings = json.loads(report.as_json(AWKWARD, targets=True))["findings"]
    assert [finding["message"] for finding in findings] == [finding.message for finding in AWKWARD]


# --- the installed program -------------------------------------------------------------------------------------------


def test_the_installed_program_answers(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("deficiency-glossary")
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(tmp_path)}

    def answer(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run([program, *arguments], capture_output=True, cwd=tmp_path, env=environment, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    status, out, err = answer("show", "deficiency-balance", "--locale", "ko")
    assert (status, err) == (0, "")
    assert dg.load().entry("deficiency-balance", "ko").definition.text() in out
    assert answer("links", str(DEAD))[0] == 1
    status, out, err = answer("show", "colateral")
    assert (status, out) == (2, "")
    assert err.startswith("deficiency-glossary: unknown concept")
