"""The reference pages are complete, and say what the code says."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import deficiency_glossary as dg
from deficiency_glossary.checks.link_rules import LINK_RULES, SEVERITY
from deficiency_glossary.checks.table import BY_CODE, RULES
from deficiency_glossary.cli.commands import cli
from deficiency_glossary.library import yaml12
from deficiency_glossary.model import Review, Source, Term
from deficiency_glossary.render.views import Row, Section

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "deficiency_glossary"
REFERENCE = ROOT / "docs" / "reference"


def generator() -> Any:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


# --- generated pages -------------------------------------------------------------------------------------------------

GENERATED: dict[str, str] = generator().pages()


@pytest.mark.parametrize("path", GENERATED)
def test_generated_page_is_up_to_date(path: str) -> None:
    assert page(path) == GENERATED[path], "run: python docs/generate.py"


def test_every_field_says_what_it_means() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.*) \|$", GENERATED["files.md"], re.MULTILINE)
    assert len(rows) > 70
    for name, kind, _, meaning in rows:
        assert meaning not in ("", "Plain text on one line."), f"{name}: add a meaning to _MORE in docs/generate.py"
        assert not meaning.startswith("Markdown."), f"{name}: add a meaning to _MORE in docs/generate.py"
        assert kind != "map of text to text", f"{name}: its type has no word of its own"


def test_what_docs_generate_adds_is_about_fields_that_are_there() -> None:
    fields = set()
    for part in re.split(r"^### ", GENERATED["files.md"], flags=re.MULTILINE):
        fields |= set(re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE))
    assert {name.partition(".")[2] for name in generator()._MORE} <= fields


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_documented_and_has_help(name: str) -> None:
    assert f"\n## {name}\n" in page("commands.md")
    assert cli.commands[name].help
    assert f"`{name}`" in (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")


# --- the public names ------------------------------------------------------------------------------------------------

CLASSES = [
    dg.Glossary,
    dg.Hit,
    dg.LocalizedEntry,
    dg.Mention,
    dg.Example,
    dg.Text,
    dg.Finding,
    dg.BuildReport,
    Row,
    Section,
]
RECORDS = [Term, Source, Review]


@pytest.mark.parametrize("name", dg.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert re.search(rf"^(?:### `{name}[(`]|\| `{name}` \|)", page("python.md"), re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in dg.__all__ if inspect.isfunction(getattr(dg, name))])
def test_headings_show_the_parameters_that_functions_have(name: str) -> None:
    heading = re.search(rf"^### `{name}\((.*)\)`$", page("python.md"), re.MULTILINE)
    assert heading is not None
    assert heading[1] == signature(getattr(dg, name))


@pytest.mark.parametrize("name", ["entry", "render", "find", "search", "check", "build", "export"])
def test_methods_are_shown_with_their_parameters(name: str) -> None:
    assert f"| `{name}({signature(getattr(dg.Glossary, name))})` |" in page("python.md")


def signature(function: Any) -> str:
    """The parameters without their types, as documents show them."""
    parameters = inspect.signature(function).parameters.values()
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in parameters if one.name != "self"]
    return str(inspect.Signature(bare))[1:-1].replace("'", '"')


@pytest.mark.parametrize("kind", [*CLASSES, *RECORDS], ids=lambda kind: kind.__name__)
def test_every_public_attribute_is_documented(kind: type) -> None:
    fields = [*getattr(kind, "__dataclass_fields__", ()), *getattr(kind, "__struct_fields__", ())]
    names = {*fields, *vars(kind), *(["root"] if kind is dg.Glossary else [])}
    public = {name for name in names if not name.startswith("_")}
    assert public
    for name in public:
        assert re.search(rf"`{name}(?:\([^`]*\))?`", page("python.md")), f"{kind.__name__}.{name}"


# --- the codes of findings -------------------------------------------------------------------------------------------

_MAKERS = {"finding", "at_key", "report", "_finding", "Finding"}
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \| (.+) \| (.+) \|$", re.MULTILINE)


def calls(folder: Path = PACKAGE) -> Iterator[tuple[str, ast.Call]]:
    """(code, call) of every call in the package that makes a finding."""
    for path in sorted(folder.rglob("*.py")):
        if path.parent.name == "rules" or path.name == "ignores.py":
            continue  # the rules of the table get their codes from it
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _makes_a_finding(node.func):
                given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
                texts = next(filter(None, map(texts_of, given or node.args)), [])
                yield from ((text, node) for text in texts)


def _makes_a_finding(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr in _MAKERS
    return isinstance(function, ast.Name) and function.id in {*_MAKERS, "at"}


def texts_of(node: ast.expr) -> list[str]:
    """The text that an expression is, or the two that it chooses from."""
    if isinstance(node, ast.IfExp):
        return texts_of(node.body) + texts_of(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def codes() -> set[str]:
    return {code for code, _ in calls()} | {code for _, code, *_ in yaml12._GATE}


def test_every_code_of_links_is_documented_and_no_other() -> None:
    listed = [code for code, *_ in _ROW.findall(page("findings.md"))]
    assert len(listed) == len(set(listed))
    assert codes() - BY_CODE.keys() <= set(listed) <= codes()


def test_every_code_that_a_reader_of_files_reports_is_in_the_table_of_rules() -> None:
    reported = {code for code, _ in calls(PACKAGE / "library")} | {code for _, code, *_ in yaml12._GATE}
    in_table = {rule.code for rule in RULES if rule.scope == "file"}
    assert reported <= BY_CODE.keys()
    assert in_table - {"ignore-without-reason", "unknown-ignore", "unused-ignore"} <= reported


def test_warnings_are_called_warnings_and_errors_are_not() -> None:
    gentle = {code for code, call in calls() if "'warning'" in ast.dump(call)} - BY_CODE.keys()
    called = {code for code, meaning, _ in _ROW.findall(page("findings.md")) if "warning" in meaning}
    assert called - BY_CODE.keys() == gentle


def test_every_code_of_links_is_documented_once() -> None:
    assert len(SEVERITY) == sum(map(len, LINK_RULES.values()))
    for rules in LINK_RULES.values():
        for code, rule in rules.items():
            assert f"| `{code}` | {rule.severity} |" in page("links.md")
            assert rule.meaning.endswith(".")
            assert rule.remedy.endswith(".")


def test_codes_that_documents_name_exist() -> None:
    known = codes() | SEVERITY.keys() | BY_CODE.keys()
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        text = document.read_text(encoding="utf-8")
        named = {
            *re.findall(r"(?:error|warning) \[([a-z-]+)\]", text),
            *re.findall(r"--(?:select|ignore) ([a-z-]+)", text),
        }
        assert named <= known, document.name


# --- terms -----------------------------------------------------------------------------------------------------------

LANGUAGES = {"Malay": "ms", "Turkish": "tr", "Korean": "ko", "Japanese": "ja", "Norwegian": "no"}


def explained() -> dict[tuple[str, str], str]:
    text = (ROOT / "docs" / "explanation" / "terminology.md").read_text(encoding="utf-8")
    found: dict[tuple[str, str], str] = {}
    for part in re.split(r"^## ", text, flags=re.MULTILINE):
        locale = LANGUAGES.get(part.split("\n")[0])
        for concept, term in re.findall(r"^\| `([a-z-]+)` \| (.+?) \|", part, re.MULTILINE) if locale else ():
            found[locale or "", concept] = term
    return found


def test_every_preferred_term_is_explained() -> None:
    glossary = dg.load()
    chosen = {
        (locale, concept): glossary.entry(concept, locale).term.text
        for locale in glossary.locales
        if locale != glossary.source_locale
        for concept in glossary.concepts
    }
    assert explained() == chosen
