"""The public surface is exactly `__all__`, described, and quick to import."""

from __future__ import annotations

import inspect
import json
import pkgutil
import subprocess
import sys

import pytest

import deficiency_glossary as dg

HEAVY = (
    "babel",
    "jinja2",
    "markdown",
    "nh3",
    "click",
    "rich",
    "httpx",
    "httpcore",
    "asyncio",
    "multiprocessing",
    "http.client",
)


def test_the_names_are_sorted_and_each_stands_once() -> None:
    assert list(dg.__all__) == sorted(set(dg.__all__))
    assert dir(dg) == dg.__all__


@pytest.mark.parametrize("name", dg.__all__)
def test_every_name_is_there_and_says_what_it_is(name: str) -> None:
    thing = getattr(dg, name)
    assert inspect.getdoc(thing)
    assert thing.__doc__, "its own, not its base's"
    assert thing.__module__.startswith("deficiency_glossary."), "this package's own"


@pytest.mark.parametrize("name", [name for name in dg.__all__ if inspect.isclass(getattr(dg, name))])
def test_every_public_method_says_what_it_does(name: str) -> None:
    members = vars(getattr(dg, name)).items()
    silent = [
        attribute
        for attribute, member in members
        if not attribute.startswith("_")
        and (inspect.isfunction(member) or isinstance(member, property | classmethod | staticmethod))
        and not inspect.getdoc(member)
    ]
    assert silent == []


def test_nothing_else_is_reachable() -> None:
    modules = {module.name for module in pkgutil.iter_modules(dg.__path__)}
    public = {name for name in vars(dg) if not name.startswith("_")}
    helpers = {"annotations", "import_module", "TYPE_CHECKING", "Any"}  # what the facade itself is written with
    assert public - modules - helpers <= set(dg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'entry_view'"):
        _ = dg.entry_view
    with pytest.raises(AttributeError):
        _ = dg.import_later


def test_a_star_import_gives_the_same() -> None:
    names: dict[str, object] = {}
    exec("from deficiency_glossary import *", names)
    assert sorted(names.keys() - {"__builtins__"}) == dg.__all__


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(json.loads(done.stdout))


def test_importing_loads_nothing_heavy() -> None:
    loaded = modules_after("import deficiency_glossary as dg; dg.load(); dg.Finding; dir(dg)")
    assert "deficiency_glossary.library.store" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_one_entry_loads_no_site_and_no_command_line() -> None:
    loaded = modules_after("import deficiency_glossary as dg; dg.load().entry('deficiency-balance', 'ms').term.text")
    assert loaded.isdisjoint({"click", "rich", "httpx", "deficiency_glossary.site", "deficiency_glossary.cli"})
