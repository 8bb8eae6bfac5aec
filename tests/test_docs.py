"""Everything that README and docs show is run: Python, commands, YAML, grammar tables. And every link arrives."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import yaml

from deficiency_glossary.cli.commands import cli
from deficiency_glossary.library import store, yaml12
from deficiency_glossary.library.schema import KINDS
from deficiency_glossary.model import FileKind
from deficiency_glossary.render.views import Text

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
# Languages of code blocks: what is run, what is read, and what is only shown (commands in it are parsed all the same).
LANGUAGES = {"python", "console", "yaml", "diff", "sh", "text", "html", "css", "markdown", "toml", "js"}
CLONE_MARK = "<!-- test: in a clone of the repository -->"
SHIPPED_MARK = "<!-- test: in a copy of the shipped glossary -->"


class Block(NamedTuple):
    """A fenced code block."""

    document: Path
    line: int
    language: str
    info: str
    code: str

    @property
    def title(self) -> str:
        found = re.search(r'title="([^"]+)"', self.info)
        return found[1] if found else ""

    def __str__(self) -> str:
        return f"{self.document.relative_to(ROOT)}:{self.line}"


_FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<code>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)


def blocks_of(document: Path) -> Iterator[Block]:
    text = document.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        language, _, info = found["info"].partition(" ")
        code = re.sub(f"^{found['indent']}", "", found["code"], flags=re.MULTILINE)
        yield Block(document, text.count("\n", 0, found.start()) + 1, language, info, code)


BLOCKS = [block for document in DOCUMENTS for block in blocks_of(document)]


def named(*languages: str) -> list[Block]:
    return [block for block in BLOCKS if block.language in languages]


def test_every_block_has_a_language_that_is_dealt_with() -> None:
    assert {block.language for block in BLOCKS} == LANGUAGES
    for document in DOCUMENTS:
        fences = re.findall(r"^ *```", document.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(list(blocks_of(document))), f"a fence is left open in {document}"


# --- Python ----------------------------------------------------------------------------------------------------------


class Checker(doctest.OutputChecker):
    """Takes a no-break space for a space: nobody can see which of them a document holds."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(want.replace("\u00a0", " "), got.replace("\u00a0", " "), optionflags)


@pytest.mark.parametrize(
    "document", [d for d in DOCUMENTS if any(b.language == "python" for b in blocks_of(d))], ids=lambda d: d.name
)
def test_python_examples(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = [block for block in blocks_of(document) if block.language == "python"]
    for block in blocks:
        assert block.code.startswith(">>> "), f"{block} would not be run"
    # One example at the end of a block must not swallow the next block as its output.
    source = "\n".join(block.code for block in blocks)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    parsed = doctest.DocTestParser().get_doctest(source, {}, document.name, str(document), 0)
    report: list[str] = []
    failed, tried = doctest.DocTestRunner(Checker(), optionflags=flags, verbose=False).run(parsed, out=report.append)
    assert tried > 0
    assert not failed, "".join(report)


# --- commands --------------------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """A command and the output shown under it."""

    command: str
    expected: str


def steps_of(code: str) -> Iterator[Step]:
    for part in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield Step(command, expected)


def fits(shown: str, expected: str) -> bool:
    """Whether the output is what is shown, where `...` stands for anything. Spaces at line ends do not count."""
    pattern = ".*".join(re.escape(part) for part in _tidy(expected).split("..."))
    return re.fullmatch(pattern, _tidy(shown), re.DOTALL) is not None


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\u00a0", " ").strip().split("\n"))


class Terminal:
    """Runs the steps of a document one after another in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "PYTHONWARNINGS": "error", "PYTHONUTF8": "1", "LC_ALL": "C"}
        self._servers: list[subprocess.Popen[str]] = []

    def run(self, command: str) -> str:
        if command.startswith("cd "):
            self.folder = self.folder / command.removeprefix("cd ")
            return ""
        if command == "deficiency-glossary serve":
            return self._serve(command)
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.stdout

    def _serve(self, command: str) -> str:
        """What it shows until it waits; it runs on, at a port that is free, until the reader leaves."""
        server = subprocess.Popen(
            [*shlex.split(command), "--port", "0"],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._servers.append(server)
        assert server.stdout is not None
        shown = ""
        for line in server.stdout:
            shown += re.sub(r"(?<=127\.0\.0\.1:)\d+", "8000", line)
            if "Ctrl-C ends it" in line:
                break
        return shown

    def leave(self) -> None:
        """Close what runs."""
        for server in self._servers:
            with server:
                server.kill()

    def write(self, block: Block) -> None:
        target = self.folder / block.title
        assert target.parent.is_dir(), f"{block}: the reader has no folder {block.title!r} to write to"
        target.write_text(block.code, encoding="utf-8")

    def change(self, block: Block) -> None:
        target = self.folder / block.title
        old = "".join(line[1:] for line in block.code.splitlines(keepends=True) if line.startswith("-"))
        new = "".join(line[1:] for line in block.code.splitlines(keepends=True) if line.startswith("+"))
        text = target.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{block}: {target.name} does not hold {old!r} once"
        target.write_text(text.replace(old, new), encoding="utf-8")


def ready_folder(document: Path, folder: Path) -> None:
    """Make what the document says that the reader has: the shipped glossary, or the repository beside."""
    text = document.read_text(encoding="utf-8")
    if CLONE_MARK in text:
        for name in ("content", "locales", "status"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "glossary.yaml", folder)
        settings = ["user.name=Ay\u015fe", "user.email=ayse@example.org", "commit.gpgsign=false"]
        for arguments in (["init"], *(["config", *one.split("=")] for one in settings), ["add", "."]):
            subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
        subprocess.run(["git", "commit", "-qm", "Texts"], cwd=folder, check=True, capture_output=True)
    elif SHIPPED_MARK in text:
        for name in ("content", "locales"):
            shutil.copytree(ROOT / name, folder / name)
        shutil.copy(ROOT / "glossary.yaml", folder)
    else:
        (folder / "deficiency-glossary").symlink_to(ROOT)


@pytest.mark.parametrize(
    "document", [d for d in DOCUMENTS if any(b.language == "console" for b in blocks_of(d))], ids=lambda d: d.name
)
def test_console_examples(document: Path, tmp_path: Path) -> None:
    ready_folder(document, tmp_path)
    terminal = Terminal(tmp_path)
    try:
        follow(document, terminal)
    finally:
        terminal.leave()


def follow(document: Path, terminal: Terminal) -> None:
    """Do what the document says, in its order."""
    for block in blocks_of(document):
        if block.language == "diff":
            terminal.change(block)
        elif block.title:
            terminal.write(block)
        elif block.language == "console":
            steps = list(steps_of(block.code))
            assert steps, f"{block} holds no command"
            for step in steps:
                shown = terminal.run(step.command)
                assert fits(shown, step.expected), f"{block}: $ {step.command}\n{shown}"


def test_wildcards_do_not_hide_a_difference() -> None:
    assert fits("a\nb \nc\n", "a\n...\nc\n")
    assert not fits("a\nb\nd\n", "a\n...\nc\n")
    assert not fits("No findings.\nmore\n", "No findings.\n")


def test_changes_are_shown_where_they_are_made() -> None:
    for block in named("diff"):
        assert block.title, f"{block} does not say which file"
        assert {line[:1] for line in block.code.splitlines()} == {"-", "+"}, f"{block}"


_COMMAND = re.compile(r"(?<![\w/.-])deficiency-glossary (?=-C|[a-z])[^\n`#|>&;]*")


def commands_in(text: str) -> list[str]:
    return [found.strip() for found in _COMMAND.findall(text)]


@pytest.mark.parametrize("block", [b for b in named("sh", "yaml", "console") if commands_in(b.code)], ids=str)
def test_commands_have_these_options(block: Block) -> None:
    for line in commands_in(block.code):
        arguments = shlex.split(line)[1:]
        context = click.Context(cli)
        _, rest, _ = cli.make_parser(context).parse_args(args=arguments)
        assert rest, f"{block}: {line!r} names no command"
        command = cli.commands[rest[0]]
        command.make_parser(click.Context(command)).parse_args(args=list(rest[1:]))


def test_commit_hooks_are_the_checks_of_make_lint() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert len(hooks) == 4
    for hook in hooks:
        assert hook["entry"].replace(".venv/bin/", "$(BIN)/") in makefile, hook["entry"]


# --- YAML ------------------------------------------------------------------------------------------------------------


def kind_of(block: Block) -> FileKind | None:
    """The kind of file that a YAML block shows, by its title or its first word: `yaml entry`."""
    word = block.info.split(" ")[0]
    for kind in KINDS:
        if kind == word:
            return kind
    parts = block.title.split("/")
    if parts == ["glossary.yaml"]:
        return "glossary"
    if parts[0] == "content":
        return "concept" if parts[1] == "concepts" else "entry"
    return None


@pytest.mark.parametrize("block", named("yaml"), ids=str)
def test_yaml_examples_fit_the_model(block: Block) -> None:
    kind = kind_of(block)
    if kind is None:  # the settings of another program: `yaml` and nothing more
        assert not block.info
        assert isinstance(yaml.safe_load(block.code), dict)
        return
    path = f"{'content/xx' if kind == 'entry' else 'xx'}/{block.document.stem}.yaml"
    read = store.decode(block.code.encode(), path, KINDS[kind])
    findings = list(read.findings)
    if not block.title:  # a part of a file: what it leaves out is no mistake
        findings = [finding for finding in findings if finding.code != "missing-key"]
        document = yaml12.read(block.code.encode(), path)
        assert document.root is not None
    assert not findings


# --- tables of grammar -----------------------------------------------------------------------------------------------


def grammar_rows() -> Iterator[tuple[str, str, str, str]]:
    """(locale, value, notation, result) of every table that has a mark."""
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for found in re.finditer(r"<!-- grammar: (\w+) -->\n\n((?:\|.*\n)+)", text):
            head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in found[2].splitlines())
            for row in rows:
                for value, result in zip(head[1:], row[1:], strict=True):
                    yield found[1], value, row[0].strip("`"), result


@pytest.mark.parametrize(("locale", "value", "notation", "result"), list(grammar_rows()))
def test_grammar_tables(locale: str, value: str, notation: str, result: str) -> None:
    assert Text(notation, locale, {"owed": value}).markdown() == result


def test_grammar_tables_are_found() -> None:
    assert {locale for locale, *_ in grammar_rows()} == {"ko", "tr"}


# --- links -----------------------------------------------------------------------------------------------------------


def prose(document: Path) -> str:
    """The document without code."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    return re.sub(r"`[^`\n]*`", lambda found: "`" + "x" * (len(found[0]) - 2) + "`", text)


def heading_ids(document: Path) -> set[str]:
    """The fragments that GitHub gives to headings."""
    text = _FENCE.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: str(d.relative_to(ROOT)))
def test_links_between_documents_arrive(document: Path) -> None:
    for target in re.findall(r"\]\(([^()\s]+)\)", prose(document)):
        if re.match(r"https?://", target):
            continue
        path, _, fragment = target.partition("#")
        arrived = (document.parent / path).resolve() if path else document
        assert arrived.is_file(), f"{target!r} leads nowhere"
        assert arrived.is_relative_to(ROOT)
        assert not fragment or fragment in heading_ids(arrived), f"{target!r}: no such heading"


def test_every_document_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        if document in reached:
            continue
        reached.add(document)
        for target in re.findall(r"\]\(([^()\s#]+\.md)", prose(document)):
            waiting.append((document.parent / target).resolve())
    assert set(DOCUMENTS) == reached & set(DOCUMENTS)


def test_nothing_names_this_machine() -> None:
    for document in DOCUMENTS:
        found = re.findall(r"/(?:work|root|home|tmp)/", document.read_text(encoding="utf-8"))
        assert not found, document.name
