"""One mistake, one folder: what `check` must say of it, and nothing else.

Each folder of tests/broken is laid over the sound glossary tests/glossaries/mini; `.delete` names files to take away,
`expected.txt` holds `path:line:column code` of every finding.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deficiency_glossary.checks.content import check
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.store import Library, list_ids

TESTS = Path(__file__).parent.parent
MINI = TESTS / "glossaries" / "mini"
CASES = sorted((TESTS / "broken").iterdir())


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "glossary"))


def codes(findings: list[Finding]) -> list[str]:
    return [f"{finding.path}:{finding.line}:{finding.column} {finding.code}" for finding in findings]


def test_the_sound_glossary_has_no_findings(mini: Path) -> None:
    assert check(Library(mini)) == []


def test_there_are_cases() -> None:
    assert len(CASES) >= 80


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_broken(case: Path, mini: Path) -> None:
    shutil.copytree(case, mini, dirs_exist_ok=True)
    deleted = case / ".delete"
    for path in deleted.read_text(encoding="utf-8").splitlines() if deleted.exists() else ():
        (mini / path).unlink()
    findings = check(Library(mini))
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert expected, "a case without a finding shows nothing"
    assert codes([finding for finding in findings if finding.severity != "info"]) == expected
    for finding in findings:
        assert finding.message, finding
        assert finding.hint, finding


@pytest.mark.parametrize(
    "case", ["bom", "missing-link", "missing-translation", "relation-twice", "stray-file", "unpublished-locale"]
)
def test_what_a_reader_would_not_miss_is_a_warning(case: str, mini: Path) -> None:
    """A translation that is under way is no failure: neither what is missing nor the links to it."""
    test_broken(TESTS / "broken" / case, mini)
    assert {finding.severity for finding in check(Library(mini))} == {"warning"}


def test_bytes_of_the_fixtures_are_what_their_names_say() -> None:
    """An editor or a careless git setting would mend them silently."""
    broken = TESTS / "broken"
    assert b"\xe9" in (broken / "bad-utf-8/content/en/loan.yaml").read_bytes()
    assert (broken / "utf-16/content/en/house.yaml").read_bytes()[:2] == b"\xff\xfe"
    assert (broken / "bom/content/en/house.yaml").read_bytes()[:3] == b"\xef\xbb\xbf"
    assert b"\t" in (broken / "tab/content/en/loan.yaml").read_bytes()
    assert b"\x0b" in (broken / "control-character/content/en/loan.yaml").read_bytes()
    assert "\u202e".encode() in (broken / "bidi-override/content/en/loan.yaml").read_bytes()
    assert b"\r\n" in (broken / "crlf/content/ja/loan.yaml").read_bytes()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/en/pipe.yaml", "not-a-file"),
        ("content/concepts/pipe.yaml", "not-a-file"),
        ("locales/ja.yaml", "unreadable"),
    ],
)
def test_a_pipe_is_reported_and_never_opened(mini: Path, path: str, code: str) -> None:
    (mini / path).unlink(missing_ok=True)
    os.mkfifo(mini / path)  # opening it would wait for a writer for ever
    with failing_instead_of_waiting():
        findings = check(Library(mini))
    assert codes(findings) == [f"{path}:0:0 {code}"]


@contextmanager
def failing_instead_of_waiting() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(60)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", ["folder.yaml", "dangling.yaml", "device.yaml"])
def test_what_is_no_ordinary_file_is_reported(mini: Path, name: str) -> None:
    path = mini / "content/en" / name
    if name == "folder.yaml":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero" if name == "device.yaml" else "nowhere.yaml")
    assert codes(check(Library(mini))) == [f"content/en/{name}:0:0 not-a-file"]


def test_a_loop_of_links_is_reported(mini: Path) -> None:
    (mini / "content/en/loop.yaml").symlink_to("loop.yaml")
    assert codes(check(Library(mini))) == ["content/en/loop.yaml:0:0 not-a-file"]


def test_names_that_differ_in_case_collide_and_the_valid_one_stays() -> None:
    """Without files: the file systems of some machines cannot hold such a pair."""
    listing = list_ids([("House.yaml", True), ("house.yaml", True), ("loan.yaml", True)], "content/en")
    assert listing.ids == ("house", "loan")
    assert [(finding.path, finding.code) for finding in listing.findings] == [
        ("content/en/House.yaml", "invalid-id"),
        ("content/en/house.yaml", "id-collision"),
    ]
    assert all(finding.message and finding.hint for finding in listing.findings)


def test_names_of_editors_and_systems_are_passed_over(mini: Path) -> None:
    for name in ("content/en/.DS_Store", "content/en/loan.yaml~", "content/en/.loan.yaml.swp", "content/.vscode/x"):
        (mini / name).parent.mkdir(exist_ok=True)
        (mini / name).write_bytes(b"\x00")
    assert check(Library(mini)) == []


@pytest.mark.parametrize("locale", ["a" * 300, "../../etc", "a\\u0000b", "/etc", "NUL"])
def test_a_locale_that_is_no_id_is_a_finding_and_no_path(mini: Path, locale: str) -> None:
    settings = mini / "glossary.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[en, ja]", f'[en, ja, "{locale}"]'), encoding="utf-8")
    assert {finding.path for finding in check(Library(mini))} == {"glossary.yaml"}
