"""The house: imports go only downstairs, rooms on one floor do not know each other, and nothing grows too large."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import deficiency_glossary

PACKAGE = Path(deficiency_glossary.__file__).parent
NAME = "deficiency_glossary"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "shipped" not in path.parts)
MAX_MODULE, MAX_FUNCTION = 400, 60

# From the ground up. The stones of the hall stand on each other too: errors carry findings, locales are records.
FLOORS = (
    {"findings", "garbage", "processes"},
    {"errors"},
    {"model"},
    {"locales"},
    {"text"},
    {"library"},
    {"render", "checks", "exchange"},
    {"site"},
    {"preview"},
    {"glossary"},
    {"cli"},
    {"__init__", "__main__"},
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, room) of every import from the package, in functions and for type checkers too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where they lead"
            module = node.module or ""
            names = [f"{module}.{alias.name}" for alias in node.names] if module == NAME else [module]
        else:
            continue
        for name in names:
            top, _, rest = name.partition(".")
            if top == NAME:
                room = rest.partition(".")[0]
                yield node.lineno, room if room in FLOOR_OF else "__init__"


def violations(source: str, room: str) -> list[str]:
    return [
        f"line {line}: {room} imports {other}"
        for line, other in imported(ast.parse(source))
        if other != room and FLOOR_OF[other] >= FLOOR_OF[room]
    ]


def test_every_room_has_its_floor() -> None:
    rooms = {room_of(path) for path in MODULES}
    assert rooms <= FLOOR_OF.keys()
    assert len(MODULES) > 30


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downstairs(path: Path) -> None:
    assert violations(path.read_text(encoding="utf-8"), room_of(path)) == []


@pytest.mark.parametrize(
    ("source", "room"),
    [
        ("from deficiency_glossary.render import pages", "checks"),
        ("import deficiency_glossary.site.plan", "library"),
        ("from deficiency_glossary import site", "render"),
        ("from deficiency_glossary import load", "cli"),
        ("import deficiency_glossary as dg", "cli"),
        ("def f():\n    from deficiency_glossary.glossary import load", "site"),
        ("if TYPE_CHECKING:\n    from deficiency_glossary.locales import Locale", "model"),
        ("from deficiency_glossary.__main__ import main", "cli"),
    ],
)
def test_the_test_sees_what_it_forbids(source: str, room: str) -> None:
    assert len(violations(source, room)) == 1


def test_the_package_is_not_imported_by_name_in_a_string() -> None:
    """`import_module` is the facade's way to load later; nobody else may go round the test above."""
    using = [path for path in MODULES if "import_module" in path.read_text(encoding="utf-8")]
    assert using == [PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_grows_too_large(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= MAX_MODULE
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MAX_FUNCTION
    ]
    assert long == []
