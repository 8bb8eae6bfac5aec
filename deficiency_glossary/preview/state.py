"""What the preview knows: the last good site, what is wrong now, and where each page comes from."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from deficiency_glossary.checks.content import check
from deficiency_glossary.errors import GlossaryError
from deficiency_glossary.findings import Finding
from deficiency_glossary.library import yaml12
from deficiency_glossary.library.store import entry_path, open_library
from deficiency_glossary.library.yaml12 import Node
from deficiency_glossary.site.build import build

# How editors want to be told a place. {path} is absolute and quoted for a URL.
EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
}
_PAGE = re.compile(r"/([A-Za-z0-9-]+)/(?:([a-z0-9-]+)/)?")


class Snapshot(NamedTuple):
    """One look at the glossary. `problem` says why no new site could be made, or is empty."""

    version: int
    findings: tuple[Finding, ...]
    problem: str
    seconds: float


class Preview:
    """The site of a glossary in a folder of its own, made anew when asked. Safe to use from several threads."""

    def __init__(self, root: Path, out: Path, base_url: str, editor: str) -> None:
        self.root = root.resolve()
        self.out = out
        self.base_url = base_url
        self.editor = editor
        self._changed = threading.Condition()
        self._making = threading.Lock()
        self._now = Snapshot(0, (), "", 0.0)

    @property
    def now(self) -> Snapshot:
        """The last look."""
        return self._now

    def refresh(self) -> Snapshot:
        """Build what changed, check everything, tell those who wait. The last good site stays if this one fails."""
        with self._making:
            began = time.perf_counter()
            problem = ""
            try:
                build(self.root, self.out, base_url=self.base_url, jobs=1, full_text=False)
                found: Sequence[Finding] = check(open_library(self.root))
            except GlossaryError as error:
                found = tuple(getattr(error, "findings", ()))
                problem = str(error)
            seconds = time.perf_counter() - began
            with self._changed:
                self._now = Snapshot(self._now.version + 1, tuple(found), problem, seconds)
                self._changed.notify_all()
        return self._now

    def wait(self, after: int, timeout: float) -> Snapshot:
        """The first look newer than a version, or the same again when nothing came in time (seconds)."""
        with self._changed:
            self._changed.wait_for(lambda: self._now.version > after, timeout)
        return self._now

    def page(self, path: str) -> dict[str, Any]:
        """What is to be shown on the page at a path of the site: its file, and the findings with their places."""
        now = self.now
        file = self._file_of(path)
        here = [finding for finding in now.findings if finding.path == file]
        elsewhere = [finding for finding in now.findings if finding.path != file]
        return {
            "version": now.version,
            "problem": now.problem,
            "file": file,
            "edit": self.address(file, 1, 1) if file else "",
            "findings": [self._told(finding, selector) for finding, selector in self._placed(file, here)],
            "elsewhere": [self._told(finding, "") for finding in elsewhere[:50]],
            "count": len(now.findings),
        }

    def address(self, path: str, line: int, column: int) -> str:
        """The link that opens a file of the glossary at a place in the editor."""
        pattern = EDITORS.get(self.editor, self.editor)
        return pattern.format(path=quote((self.root / path).as_posix()), line=max(line, 1), column=max(column, 1))

    def _file_of(self, path: str) -> str:
        match = _PAGE.fullmatch(path)
        if match is None:
            return ""
        locale, concept = match.groups()
        file = entry_path(concept, locale) if concept else f"locales/{locale}.yaml"
        return file if (self.root / file).is_file() else ""

    def _told(self, finding: Finding, selector: str) -> dict[str, Any]:
        return {
            "place": f"{finding.path}:{finding.line}:{finding.column}" if finding.line else finding.path,
            "severity": finding.severity,
            "code": finding.code,
            "message": finding.message,
            "hint": finding.hint,
            "selector": selector,
            "edit": self.address(finding.path, finding.line, finding.column),
        }

    def _placed(self, file: str, findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
        if not findings:
            return
        try:
            root = yaml12.read((self.root / file).read_bytes(), file).root
        except OSError:
            root = None
        for finding in findings:
            yield finding, selector_of(field_at(root, finding.line, finding.column)) if root else ""


def field_at(root: Node, line: int, column: int) -> tuple[str, ...]:
    """The way to the field that holds a place: the last one that begins at or before it."""
    way: list[str] = []
    node = root
    while isinstance(node.value, dict):
        keys = node.keys or {}
        before = [
            name for name in node.value if name in keys and (keys[name].line, keys[name].column) <= (line, column or 1)
        ]
        if not before:
            break
        way.append(before[-1])
        node = node.value[before[-1]]
    return tuple(way)


def selector_of(field: tuple[str, ...]) -> str:
    """The element of an entry's page that shows a field, as a CSS selector; '' if none does."""
    match field:
        case ("definition" | "terms", *_):
            return ".definition"
        case ("title", *_):
            return "h1"
        case ("sections", name, *_):
            return f'[id="{name}"]'
        case ("examples", name, *_):
            return f'[id="example-{name}"]'
        case ("highlights" | "notes" as part, *_):
            return f'[id="{part}"]'
        case _:
            return ""
