"""Hostile or broken input meets what tests/vectors/bad_inputs.json demands.

What is about the folder of the site has tests of its own; here stands which, and that they are there.
"""

from __future__ import annotations

import ast
import base64
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from small import MINI, change, findings_of

from deficiency_glossary.findings import Finding
from deficiency_glossary.library import yaml12
from deficiency_glossary.library.store import decode, is_valid_id, list_ids
from deficiency_glossary.model import Entry
from deficiency_glossary.render import html, pages
from deficiency_glossary.render.environment import environment

TESTS = Path(__file__).parent
INPUTS: dict[str, dict[str, Any]] = {
    one["id"]: one for one in json.loads((TESTS / "vectors" / "bad_inputs.json").read_text(encoding="utf-8"))
}

# id -> the code that its finding must have
IN_A_TEXT = {
    "md-01": "raw-html",
    "md-03": "unknown-scheme",
    "md-05": "reference-link",
    "md-09": "raw-html",
    "md-11": "raw-html",
    "md-13": "credentials-in-url",
    "md-15": "literal-emphasis",
    "bidi-02": "mixed-script",
}
IN_A_FILE = {
    "y-02": "duplicate-key",
    "y-06": "tag",
    "y-08": "tag",
    "y-12": "not-utf-8",
    "y-14": "control-character",
    "y-16": "yaml-syntax",
    "y-18": "several-documents",
    "y-20": "wrong-type",
    "y-22": "wide-indent",
}
# Rendered, built or served: the tests that show it.
SHOWN_BY = {
    "fs-02": ("site/test_safety.py", "test_what_this_tool_did_not_make_is_refused_and_untouched"),
    "fs-04": ("site/test_safety.py", "test_a_build_killed_before_the_swap_leaves_the_old_site"),
    "fs-06": ("site/test_safety.py", "test_a_second_build_at_once_is_refused_and_says_whose_turn_it_is"),
    "fs-08": ("checks/test_broken.py", "test_a_pipe_is_reported_and_never_opened"),
    "fs-10": ("site/test_build.py", "test_a_build_is_the_same_everywhere"),
    "y-04": ("library/test_yaml12.py", "test_a_bomb_is_left_at_the_first_limit"),
}
HERE = {"md-07", "md-19", "md-21", "y-10", "y-24", "id-25", "id-27", "net-01"}
IDS = {number for number in INPUTS if number.startswith("id-")} - HERE


def test_every_input_is_tried() -> None:
    assert {*IN_A_TEXT, *IN_A_FILE, *SHOWN_BY, *HERE, *IDS} == set(INPUTS)


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINI, tmp_path / "glossary"))


def payload(number: str) -> str:
    return str(INPUTS[number]["payload"])


def found(mini: Path, text: str) -> list[Finding]:
    """The findings with this text as a definition."""
    change(mini / "content/ja/house.yaml", f"definition: {json.dumps(text)}")
    return [finding for finding in findings_of(mini) if finding.path == "content/ja/house.yaml"]


# --- texts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "code"), IN_A_TEXT.items())
def test_a_text(mini: Path, number: str, code: str) -> None:
    findings = [finding for finding in found(mini, payload(number)) if finding.code == code]
    assert findings
    assert all(finding.line == 5 and finding.column > 1 for finding in findings)
    wanted = "warning" if INPUTS[number]["demand"].startswith("warning") else "error"
    assert {finding.severity for finding in findings} == {wanted}


@pytest.mark.parametrize("number", [number for number in INPUTS if INPUTS[number]["area"] == "markdown"])
def test_a_text_is_harmless_in_a_page(number: str) -> None:
    made = html.to_html(payload(number))
    tags = re.findall(r"<[a-z][^>]*>", made)
    assert not [tag for tag in tags if re.search(r"script|onclick|onerror|<base|<img", tag, re.IGNORECASE)]


def test_data_in_a_script_cannot_end_it() -> None:  # md-19
    made = str(pages.script_json({"name": payload("md-19") + "\u2028"}))
    assert not re.search("[<>\u2028]", made)


def test_templates_escape_whatever_they_are_called() -> None:  # md-21
    made = environment(autoescape=True)
    assert made.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    names = [path.name for path in (Path(pages.__file__).parent / "templates").glob("*.html")]
    assert names
    assert all(made.get_template(name).environment.autoescape is True for name in names)


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "code"), IN_A_FILE.items())
def test_a_file(number: str, code: str) -> None:
    given = INPUTS[number]
    data = base64.b64decode(given["payload_b64"]) if given["payload_b64"] else given["payload"].encode()
    read = decode(data, "content/ja/x.yaml", Entry)
    findings = [finding for finding in read.findings if finding.code == code]
    assert findings, read.findings
    assert all(finding.severity == "error" and finding.line > 0 and finding.hint for finding in findings)


def test_both_places_of_a_duplicate_key_are_named() -> None:  # y-02
    [finding] = yaml12.read(payload("y-02").encode(), "x").findings
    assert (finding.line, finding.column) == (2, 1)
    assert "first on line 1, column 1" in finding.message


def test_a_colon_of_full_width_is_called_one() -> None:  # y-20
    findings = decode(payload("y-20").encode(), "content/ja/x.yaml", Entry).findings
    assert any("full-width" in finding.hint for finding in findings)


def test_words_stay_what_was_typed() -> None:  # y-10
    root = yaml12.read(payload("y-10").encode(), "x").root
    assert root is not None
    assert root.plain() == {"v": "1.10", "oct": "0123", "t": "12:30:45", "q": "=", "n": "1_000"}


def test_a_text_of_twenty_megabytes_is_not_read() -> None:  # y-24
    [finding] = yaml12.read(b"a: " + b"x" * 20_000_000, "x").findings
    assert finding.code == "too-large"


# --- ids -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", sorted(IDS))
def test_an_id(number: str) -> None:
    name = payload(number)
    assert not is_valid_id(name)
    listing = list_ids([(f"{name}.yaml", True)], "content/en")
    assert listing.ids == ()
    if not name.startswith("."):  # such files are those of editors and systems: passed over
        assert [finding.code for finding in listing.findings] == ["invalid-id"]


def test_ids_that_only_case_tells_apart() -> None:  # id-25
    names = payload("id-25").split(" / ")
    listing = list_ids([(f"{name}.yaml", True) for name in sorted(names)], "content/en")
    assert "id-collision" in {finding.code for finding in listing.findings}


def test_two_parts_cannot_have_one_anchor(mini: Path) -> None:  # id-27
    """Anchors are the ids of parts, never made from headings: equal ones are equal keys, and none is Japanese."""
    part = "{heading: 赤字, body: 赤字。}"
    change(mini / "content/ja/house.yaml", f"sections: {{one: {part}, one: {part}}}")
    assert "duplicate-key" in {finding.code for finding in findings_of(mini)}
    change(mini / "content/ja/house.yaml", f"sections: {{赤字: {part}}}")
    assert "wrong-type" in {finding.code for finding in findings_of(mini)}


# --- the rest --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "name"), SHOWN_BY.values(), ids=list(SHOWN_BY))
def test_it_has_a_test_of_its_own(path: str, name: str) -> None:
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/"])
def test_addresses_of_this_machine_and_its_network_are_called_so(mini: Path, url: str) -> None:  # net-01
    """`check` asks no address anything; what it can see without, it says."""
    assert "bad-address" in {finding.code for finding in found(mini, f"[x]({url})")}
    change(mini / "content/concepts/house.yaml", f'sources: [{{title: A page, url: "{url}"}}]')
    assert "bad-source" in {finding.code for finding in findings_of(mini)}


def test_a_file_is_no_source(mini: Path) -> None:  # net-01
    change(mini / "content/concepts/house.yaml", 'sources: [{title: A page, url: "file:///etc/passwd"}]')
    assert "wrong-type" in {finding.code for finding in findings_of(mini)}
