"""What CI systems read of this repository, and what its documents tell them to run: parsed, and run where it can be."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from deficiency_glossary.cli.commands import cli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "check-in-ci.md").read_text(encoding="utf-8")
BASH = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]  # as GitHub calls it
# What cannot be had here: the wheel in tools/, and hosts outside.
LEFT_OUT = re.compile(r"pip install|--external")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that holds a glossary, as a reader of the page has it."""
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "glossary.yaml", tmp_path)
    return tmp_path


def shell(script: str, folder: Path, **surroundings: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [*BASH, script],
        cwd=folder,
        env={**os.environ, "PATH": path, **surroundings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def workflows() -> list[Any]:
    return [data for data in map(yaml.safe_load, blocks("yaml")) if "jobs" in data]


def steps_of(workflow: Any) -> Iterator[Any]:
    for job in workflow["jobs"].values():
        assert job["runs-on"]
        yield from job["steps"]


# --- the page --------------------------------------------------------------------------------------------------------


def test_workflows_for_github_run_clean(repository: Path) -> None:
    scripts = [step["run"] for workflow in workflows() for step in steps_of(workflow) if "run" in step]
    wanted = [script for script in scripts if not LEFT_OUT.search(script)]
    assert len(wanted) >= 4
    for script in wanted:
        done = shell(script, repository)
        assert (done.returncode, done.stderr) == (0, ""), script


def test_the_workflow_that_uses_the_action_gives_it_inputs_that_it_has() -> None:
    using = [step for workflow in workflows() for step in steps_of(workflow) if str(step.get("uses")).startswith("./")]
    assert using
    for step in using:
        assert step["with"].keys() <= ACTION["inputs"].keys()


def test_every_input_of_the_action_is_explained() -> None:
    for name in ACTION["inputs"]:
        assert f"| `{name}` |" in PAGE


def test_the_job_for_gitlab_runs_clean(repository: Path) -> None:
    (job,) = (data["glossary"] for data in map(yaml.safe_load, blocks("yaml")) if "glossary" in data)
    script = "\n".join(line for line in job["script"] if not LEFT_OUT.search(line))
    assert shell(script, repository).returncode == 0
    report = (repository / job["artifacts"]["reports"]["junit"]).read_text(encoding="utf-8")
    assert "all links lead somewhere" in report


def test_the_scripts_run_clean_and_stop_at_a_finding(repository: Path) -> None:
    (script,) = (one for one in blocks("sh") if "set -e" in one)
    assert shell(script, repository).returncode == 0
    (repository / "content" / "ko" / "mortgage.yaml").unlink()
    assert shell(script, repository).returncode == 1
    for other in blocks("sh"):
        assert shell(other.replace("check", "check --ignore missing-entry"), repository).returncode in (0, 1)


# --- hooks -----------------------------------------------------------------------------------------------------------

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hooks_are_complete_and_run_clean(hook: Any, repository: Path) -> None:
    assert {"id", "name", "entry", "language"} <= hook.keys()
    assert hook["language"] == "python"
    shell("deficiency-glossary build --out public", repository)
    done = shell(" ".join([hook["entry"], *hook["args"]]), repository)
    assert (done.returncode, done.stdout) == (0, "No findings.\n")


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        ("glossary.yaml", True),
        ("content/ko/mortgage.yaml", True),
        ("docs/terms/locales/ko.yaml", True),
        ("content/readme.md", False),
        ("other.yaml", False),
    ],
)
def test_hooks_run_when_content_changes(path: str, matters: bool) -> None:
    (pattern,) = (hook["files"] for hook in HOOKS if "files" in hook)
    assert bool(re.search(pattern, path)) == matters


def test_the_page_names_the_hooks_that_there_are() -> None:
    named = {
        hook["id"]
        for data in map(yaml.safe_load, blocks("yaml"))
        for repo in data.get("repos", ())
        if repo["repo"] != "local"
        for hook in repo["hooks"]
    }
    assert named == {hook["id"] for hook in HOOKS}


# --- the action ------------------------------------------------------------------------------------------------------

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def value(expression: str, inputs: dict[str, str]) -> str:
    """What GitHub puts in place of `${{ inputs.name }}`."""
    found = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", expression)
    assert found, expression
    return inputs[found[1]]


def wanted(step: Any, inputs: dict[str, str]) -> bool:
    """Whether GitHub would take the step."""
    if "if" not in step:
        return True
    found = re.fullmatch(r"inputs\.([a-z-]+) != ''", step["if"])
    assert found, step["if"]
    return inputs[found[1]] != ""


def run_action(folder: Path, **given: str) -> list[subprocess.CompletedProcess[str]]:
    """Run the action's steps as GitHub does, but for those that use other actions, and for the installation."""
    inputs = {name: str(one["default"]) for name, one in ACTION["inputs"].items()}
    inputs |= {name.replace("_", "-"): one for name, one in given.items()}
    done = []
    for step in ACTION["runs"]["steps"]:
        if "run" in step and "pip" not in step["run"] and wanted(step, inputs):
            surroundings = {name: value(one, inputs) for name, one in step.get("env", {}).items()}
            done.append(shell(step["run"], folder, **surroundings))
            if done[-1].returncode:
                break
    return done


def test_the_action_is_one_that_github_can_read() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for step in ACTION["runs"]["steps"]:
        assert ("run" in step) != ("uses" in step)
        assert step.get("shell") == ("bash" if "run" in step else None)
        # An input inside a script could end the command and begin another; in the environment it cannot.
        assert "${{" not in step.get("run", "")
    assert all(one["description"] and isinstance(one["default"], str) for one in ACTION["inputs"].values())


def test_the_action_checks_builds_and_checks_links(repository: Path) -> None:
    done = run_action(repository)
    assert [one.returncode for one in done] == [0, 0, 0]
    assert [done[0].stdout, done[2].stdout] == ["", ""]
    assert (repository / "public" / "ko" / "index.html").is_file()


def test_the_action_stops_at_a_finding(repository: Path) -> None:
    (repository / "content" / "ko" / "mortgage.yaml").unlink()
    (done,) = run_action(repository)
    assert done.returncode == 1
    assert done.stdout.startswith("::warning file=")


def test_the_action_checks_any_site_with_options(tmp_path: Path) -> None:
    site = tmp_path / "my site"
    site.mkdir()
    (site / "index.html").write_text('<a href="gone">x</a> <a href="http://127.0.0.1:9/">x</a>', encoding="utf-8")
    (done,) = run_action(tmp_path, glossary="", site="my site")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=my site/index.html,line=1,col=10,title=dead-link::")
    (done,) = run_action(
        tmp_path, glossary="", site="my site", links_options="--ignore=dead-link\n\n--exclude=a b;id\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (done,) = run_action(tmp_path, glossary="", site="my site", external="true", links_options="--ignore=dead-link")
    assert "title=private-address" in done.stdout


def test_the_action_installs_this_repository(tmp_path: Path) -> None:
    (step,) = (one for one in ACTION["runs"]["steps"] if "pip" in one.get("run", ""))
    # What it needs is here already, and nothing is fetched.
    options = {"PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1", "PIP_TARGET": str(tmp_path)}
    done = shell(step["run"], tmp_path, GITHUB_ACTION_PATH=str(ROOT), **options)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "deficiency_glossary" / "checks" / "web.py").is_file()


def test_commands_of_the_action_have_these_options() -> None:
    command = cli.commands["links"]
    names = {name for parameter in command.params for name in parameter.opts}
    for step in ACTION["runs"]["steps"]:
        for option in re.findall(r"(?<=\s)--[a-z-]+", step.get("run", "") if "links" in step.get("run", "") else ""):
            assert option in names or option in ("--quiet", "--disable-pip-version-check")
