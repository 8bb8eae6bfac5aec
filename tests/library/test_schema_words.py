"""Every field has a title, a description and examples; translators get them in their language."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped, unused-ignore]

from deficiency_glossary.cli.commands import run
from deficiency_glossary.errors import InvalidContent, UnknownLocale
from deficiency_glossary.library import scaffold
from deficiency_glossary.library.schema import KINDS, json_schema
from deficiency_glossary.library.schema_words import editor_schema, languages, read_words
from deficiency_glossary.library.store import Library, open_library
from deficiency_glossary.model import FileKind

ROOT = Path(__file__).parents[2]
OTHERS = [name for name in languages() if name != "en"]
# The records of the files that translators write.
TRANSLATED = ["Entry", "Term", "TermForms", "Section", "ExampleText", "Review"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests/glossaries/mini", tmp_path / "glossary"))


def fields(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{record}.{name}": field
        for record, one in schema["definitions"].items()
        for name, field in one["properties"].items()
    }


def words(root: Path, locale: str, text: str) -> None:
    (root / "locales/schema").mkdir(exist_ok=True)
    (root / f"locales/schema/{locale}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("locale", ["en", *OTHERS])
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained_by_examples_that_fit(kind: FileKind, locale: str) -> None:
    schema = editor_schema(kind, locale)
    Draft7Validator.check_schema(schema)
    for name, field in fields(schema).items():
        assert field["title"], name
        assert field["description"], name
        assert field["examples"], name
        if name == "Locale.messages":  # all of them would be no example
            continue
        for example in field["examples"]:
            whole = {**field, "definitions": schema["definitions"]}
            errors = [error.message for error in Draft7Validator(whole).iter_errors(example)]
            assert not errors, (name, errors)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_explained_is_allowed_as_before(kind: FileKind) -> None:
    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            if list(value.get("allOf", ())):
                return bare({**{key: one for key, one in value.items() if key != "allOf"}, **value["allOf"][0]})
            said = {"title", "description", "examples"} if "properties" not in value else {"description"}
            return {
                key: {name: bare(one) for name, one in inner.items()} if key == "properties" else bare(inner)
                for key, inner in value.items()
                if key not in said
            }
        return [bare(one) for one in value] if isinstance(value, list) else value

    assert bare(editor_schema(kind, "ja")) == bare(json_schema(kind))


@pytest.mark.parametrize("locale", OTHERS)
def test_all_that_translators_touch_is_said_in_their_language(locale: str) -> None:
    english, own = fields(editor_schema("entry")), fields(editor_schema("entry", locale))
    assert {name.split(".")[0] for name in own} == set(TRANSLATED)
    for name, field in own.items():
        assert field["description"] != english[name]["description"], name
    translated = [name for name in own if own[name]["title"] != english[name]["title"]]
    assert len(translated) > 0.9 * len(own)  # some words are the same: Status, Term


@pytest.mark.parametrize("locale", ["en", *OTHERS])
def test_what_is_explained_is_there(locale: str) -> None:
    known = {name for kind in KINDS for name in fields(json_schema(kind))}
    told = read_words(open_library(), locale)
    assert {f"{record}.{name}" for record, found in told.items() for name in found} <= known


def test_a_glossary_adds_words_of_its_own(root: Path) -> None:
    words(root, "sv", "Entry:\n  title: {title: Rubrik, examples: [Restskuld]}\n")
    field = fields(editor_schema("entry", "sv-SE", Library(root)))["Entry.title"]
    english = fields(editor_schema("entry"))["Entry.title"]
    assert (field["title"], field["examples"]) == ("Rubrik", ["Restskuld"])
    assert field["description"] == english["description"]
    with pytest.raises(UnknownLocale):
        editor_schema("entry", "sv")


def test_a_locale_without_words_is_explained_in_english(tmp_path: Path) -> None:
    root = Path(shutil.copytree(ROOT / "tests/glossaries/rtl", tmp_path / "rtl"))
    assert fields(editor_schema("entry", "ar", Library(root))) == fields(editor_schema("entry"))
    # But the words of its interface are the examples.
    shown = fields(editor_schema("locale", "ar", Library(root)))["Messages.not_reviewed"]
    assert shown["examples"] == ["لم يراجعه أحد بعد."]
    assert shown["description"] == "In English: No native-speaking editor has reviewed it yet."


@pytest.mark.parametrize(
    "text", ["Entry: [\n", "Entry: {title: {titel: x}}\n", "- x\n", "Entry: {title: {title: [x]}}\n"]
)
def test_words_that_cannot_be_read_say_where(root: Path, text: str) -> None:
    words(root, "sv", text)
    with pytest.raises(InvalidContent) as caught:
        editor_schema("entry", "sv", Library(root))
    assert {finding.path for finding in caught.value.findings} == {"locales/schema/sv.yaml"}


def test_the_command_speaks_the_language(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "entry", "--locale", "tr"]) == 0
    assert '"title": "Terimler"' in capsys.readouterr().out
    words(root, "sv", "Entry: {title: {title: Rubrik}}\n")
    assert run(["-C", str(root), "schema", "entry", "--locale", "sv"]) == 0
    assert '"title": "Rubrik"' in capsys.readouterr().out
    assert run(["schema", "entry", "--locale", "xx"]) == 2


def test_new_files_point_to_the_schema_of_their_language(tmp_path: Path) -> None:
    root = tmp_path / "mine"
    scaffold.write(root, scaffold.glossary(("ms", "ja", "de")))
    scaffold.write(root, scaffold.concept(open_library(root), "late-fee"))
    scaffold.write(root, scaffold.locale(open_library(root), "sv", "sv"), replacing=["glossary.yaml"])
    expected = {"ms": "ms/", "ja": "ja/", "de": "", "sv": ""}
    for locale, folder in expected.items():
        for path in (root / "content" / locale).glob("*.yaml"):
            first = path.read_text(encoding="utf-8").partition("\n")[0]
            assert first == f"# yaml-language-server: $schema=../../schemas/{folder}entry.json"
            assert (root / "schemas" / folder / "entry.json").is_file()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "content").glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_shipped_files_point_to_the_schema_of_their_language(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    schema = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert schema.is_file()
    if path.parent.name in OTHERS:
        assert schema.parent.name == path.parent.name
