"""The theme: what the owner of a site lays beside the glossary, in the folder `theme`.

    theme/templates/<name>          templates, in place of the built-in ones
    theme/style.css                 rules, after the built-in style sheet
    theme/assets/**                 files beside the pages, or in place of the built-in ones
    theme/pages/<locale>/<name>.md  pages of the owner's own

Reading takes it into memory but for the files of `assets`, so that all processes of a build see one state of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct
from msgspec.structs import replace

from deficiency_glossary.errors import did_you_mean, nearest
from deficiency_glossary.findings import Finding
from deficiency_glossary.library import schema, yaml12
from deficiency_glossary.library.store import Library, is_valid_id
from deficiency_glossary.model import Line, Record

FOLDER = "theme"
TEMPLATES = f"{FOLDER}/templates/"
BUILT_IN = "default/"
_STYLE, _PAGES, _ASSETS = f"{FOLDER}/style.css", f"{FOLDER}/pages/", f"{FOLDER}/assets/"
_STYLE_NAME = "theme.css"
_PLACES = "templates/<name>, style.css, assets/<name> and pages/<locale>/<name>.md are read"
_FENCE = "---"


def page_path(locale: str, name: str) -> str:
    """Where a page stands, relative to the glossary's folder."""
    return f"{_PAGES}{locale}/{name}.md"


class PageHead(Record, frozen=True, kw_only=True):
    """What stands above the text of a page."""

    title: Line
    description: Annotated[Line | None, Meta(description="One sentence, for search engines.")] = None


class ThemePage(Struct, frozen=True):
    """A page of the owner's own. `line` is where its Markdown begins in the file."""

    locale: str
    name: str
    title: str
    description: str
    body: str
    line: int
    digest: str

    @property
    def path(self) -> str:
        """The file, from the glossary's folder."""
        return page_path(self.locale, self.name)


class ThemeFile(Struct, frozen=True):
    """A file to be copied: its name under `assets/` in the site, the file that it is, the digest of its bytes."""

    name: str
    source: str
    digest: str


class Theme(Struct, frozen=True):
    """What a theme changes. An empty one changes nothing."""

    templates: tuple[tuple[str, str], ...] = ()  # name -> source
    files: tuple[ThemeFile, ...] = ()
    pages: tuple[ThemePage, ...] = ()

    @property
    def has_style(self) -> bool:
        """Whether pages load a style sheet of the theme."""
        return any(file.name == _STYLE_NAME for file in self.files)

    def only(self, locales: Sequence[str]) -> Theme:
        """The theme of a site in these locales."""
        return replace(self, pages=tuple(page for page in self.pages if page.locale in locales))


class ReadTheme(NamedTuple):
    """A theme as far as it can be used, and what is wrong with its files."""

    theme: Theme
    findings: tuple[Finding, ...]


def read(library: Library) -> ReadTheme:
    """The theme beside a glossary. Never raises for what is wrong in it. In a zip file there is none."""
    folder = Path(str(library.root)) / FOLDER
    if not isinstance(library.root, Path) or not folder.is_dir():
        return ReadTheme(Theme(), ())
    reader = _Reader(library)
    for path in _walk(folder, FOLDER):
        reader.take(path, library.root / path)
    theme = Theme(tuple(sorted(reader.templates.items())), tuple(reader.files), tuple(reader.pages))
    return ReadTheme(theme, tuple(reader.findings))


def _walk(folder: Path, prefix: str) -> Iterator[str]:
    """The files in a folder, as paths from the glossary's; without what editors and systems leave behind."""
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inner = Path(top).relative_to(folder).as_posix()
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith(("~", ".orig", ".swp")):
                yield f"{prefix}/{name}" if inner == "." else f"{prefix}/{inner}/{name}"


class _Reader:
    """Sorts the files of a theme by their places."""

    def __init__(self, library: Library) -> None:
        settings = library.settings_file.record
        self.locales = settings.locales if settings else ()
        self.templates: dict[str, str] = {}
        self.files: list[ThemeFile] = []
        self.pages: list[ThemePage] = []
        self.findings: list[Finding] = []

    def take(self, path: str, file: Path) -> None:
        try:
            if not file.is_file():
                self.report(path, "theme-place", "is no ordinary file", "move it away")
                return
            data = file.read_bytes()
        except OSError as error:
            self.report(path, "unreadable", f"cannot be read: {error.strerror or error}", "see who may read it")
            return
        if path == _STYLE:
            self.files.append(ThemeFile(_STYLE_NAME, str(file), _digest(data)))
        elif path == _ASSETS + _STYLE_NAME:
            self.report(path, "theme-place", f"{_STYLE} is copied to this name", f"move its rules to {_STYLE}")
        elif path.startswith(_ASSETS):
            self.files.append(ThemeFile(path.removeprefix(_ASSETS), str(file), _digest(data)))
        elif path.startswith(TEMPLATES):
            self.template(path, data)
        elif path.startswith(_PAGES):
            self.page(path, data)
        else:
            self.report(path, "theme-place", "is not read: nothing belongs here", f"in {FOLDER}/, {_PLACES}")

    def report(self, path: str, code: str, message: str, hint: str, line: int = 0) -> None:
        column = 1 if line else 0
        self.findings.append(Finding(path=path, line=line, column=column, code=code, message=message, hint=hint))

    def text(self, path: str, data: bytes) -> str | None:
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.report(path, "not-utf-8", "holds bytes that are not UTF-8", "save the file as UTF-8", line)
            return None

    def template(self, path: str, data: bytes) -> None:
        name = path.removeprefix(TEMPLATES)
        if name.startswith(BUILT_IN):
            hint = f"write {TEMPLATES}{name.removeprefix(BUILT_IN)}"
            self.report(path, "theme-place", f"{BUILT_IN} always means the built-in templates", hint)
        elif (text := self.text(path, data)) is not None:
            self.templates[name] = text

    def page(self, path: str, data: bytes) -> None:
        locale, _, rest = path.removeprefix(_PAGES).partition("/")
        name = rest.removesuffix(".md")
        if not rest or "/" in rest or name == rest:
            self.report(path, "theme-place", "is not read", f"a page is {_PAGES}<locale>/<name>.md")
        elif locale not in self.locales:
            close = did_you_mean(nearest(locale, self.locales, 2))
            self.report(path, "theme-page", f"the glossary has no locale {locale!r}{close}", "rename the folder")
        elif not is_valid_id(name):
            hint = "small letters, digits and single hyphens; no name of a page that every site has"
            self.report(path, "theme-page", f"{name!r} can be no page", hint)
        elif (text := self.text(path, data)) is not None:
            self.text_of_page(path, locale, name, text, _digest(data))

    def text_of_page(self, path: str, locale: str, name: str, text: str, digest: str) -> None:
        lines = text.split("\n")
        end = lines.index(_FENCE, 1) if lines[0] == _FENCE and _FENCE in lines[1:] else 0
        if not end:
            message = "does not begin with its title between two lines of `---`"
            self.report(path, "theme-page", message, "write `---`, `title: …`, `---` above the text", 1)
            return
        # The first line stays as a blank one, so that places are those of the file.
        document = yaml12.read("\n".join(["", *lines[1:end], ""]).encode(), path)
        self.findings += document.findings
        if document.root is None:
            return
        root = document.root
        head, findings = schema.decode(root.plain(), lambda: root, PageHead, path)
        self.findings += findings
        for number, line in enumerate(lines[end + 1 :], end + 2):
            if line.startswith("# "):
                message = "a heading of the first rank: that is the title"
                self.report(path, "theme-page", message, "begin with `##`", number)
        if head:
            body = "\n".join(lines[end + 1 :])
            page = ThemePage(locale, name, head.title, head.description or "", body, end + 2, digest)
            self.pages.append(page)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
