"""What an editor makes of the schemas: completion, explanations and errors, by yaml-language-server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import Client, running

from deficiency_glossary.library import scaffold
from deficiency_glossary.library.schema_words import editor_schema
from deficiency_glossary.model import Entry

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "content/tr/mortgage.yaml"
FIRST = SHIPPED.read_text(encoding="utf-8").partition("\n")[0] + "\n"
WHOLE = f"""{FIRST}terms:
  - {{term: ipotek, status: preferred}}
title: İpotek
description: Bir açıklama.
definition: Bir tanım.
"""


@pytest.fixture(scope="module")
def editor() -> Iterator[Client]:
    with running(ROOT) as client:
        yield client


def at(text: str, part: str) -> tuple[int, int]:
    """Line and character (from 0) of a part of a text."""
    before = text[: text.index(part)]
    return before.count("\n"), len(before.rpartition("\n")[2])


def show(editor: Client, name: str, text: str) -> str:
    """Open a text beside the shipped Turkish entries, so that its first line leads to their schema."""
    return editor.open(SHIPPED.with_name(f"{name}.yaml"), text)


def test_completion_offers_the_fields_that_are_not_there_yet(editor: Client) -> None:
    uri = show(editor, "completion", WHOLE)
    offered = {item["label"]: item for item in editor.complete(uri, WHOLE.count("\n"), 0)}
    assert Entry.__struct_encode_fields__
    there = {"terms", "title", "description", "definition"}
    assert offered.keys() >= set(Entry.__struct_encode_fields__) - there
    assert not offered.keys() & there
    assert "Kendi başlığı olan bölümler" in str(offered["sections"]["documentation"])


def test_completion_goes_into_parts_and_knows_fixed_values(editor: Client) -> None:
    text = f"{WHOLE}sections:\n  how-it-works:\n    heading: x\n    \n"
    uri = show(editor, "parts", text)
    assert "body" in {item["label"] for item in editor.complete(uri, text.count("\n") - 1, 4)}
    text = f"{WHOLE}equivalence: \n"
    uri = show(editor, "values", text)
    line, _ = at(text, "equivalence")
    values = {item["label"] for item in editor.complete(uri, line, len("equivalence: "))}
    assert values >= {"exact", "close", "broader", "narrower", "none"}


@pytest.mark.parametrize("field", ["terms", "title", "definition", "description"])
def test_hover_explains_a_field_in_the_translators_language(editor: Client, field: str) -> None:
    uri = show(editor, f"hover-{field}", WHOLE)
    told = editor_schema("entry", "tr")["definitions"]["Entry"]["properties"][field]
    line, _ = at(WHOLE, f"{field}:")
    shown = editor.hover(uri, line, 1)
    assert told["title"] in shown
    assert told["description"].split(":")[0] in shown.replace("\\", "")
    assert "Example:" in shown


def test_hover_explains_what_is_inside_a_list(editor: Client) -> None:
    uri = show(editor, "hover-list", WHOLE)
    assert "kullanılacak terim, yalnızca bir tane" in editor.hover(uri, *at(WHOLE, "status:"))


def test_an_unknown_key_is_an_error_at_its_place(editor: Client) -> None:
    text = WHOLE + "tittel: x\n"
    (problem,) = editor.problems(show(editor, "unknown", text))
    assert "tittel" in problem["message"]
    line, character = at(text, "tittel")
    assert problem["range"]["start"] == {"line": line, "character": character}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: İpotek\n", "", "title"),
        ("status: preferred", "status: preffered", "preferred"),
        ("description: Bir açıklama.", "description: [x]", "string"),
        ("definition: Bir tanım.\n", "definition: Bir tanım.\nsections: {a: {heading: x}}\n", "body"),
    ],
)
def test_what_does_not_fit_is_an_error(editor: Client, old: str, new: str, said: str) -> None:
    assert old in WHOLE
    problems = editor.problems(show(editor, f"wrong-{said}", WHOLE.replace(old, new)))
    assert any(said in problem["message"] for problem in problems), problems


def shipped() -> list[Path]:
    return sorted([*ROOT.glob("content/*/deficiency-balance.yaml"), *ROOT.glob("locales/*.yaml")])


@pytest.mark.parametrize("path", shipped(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nothing_is_wrong_in_shipped_files(editor: Client, path: Path) -> None:
    assert editor.problems(editor.open(path, path.read_text(encoding="utf-8"))) == []


def test_a_new_glossary_has_it_too(tmp_path: Path) -> None:
    scaffold.write(tmp_path, scaffold.glossary(("en", "ko")))
    path = tmp_path / "content/ko/glossary.yaml"
    text = path.read_text(encoding="utf-8")
    with running(tmp_path) as editor:
        uri = editor.open(path, text)
        assert editor.problems(uri) == []
        assert "우선어" in editor.hover(uri, *at(text, "terms:"))
