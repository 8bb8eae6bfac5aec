"""The Markdown output as other generators read it: sites built from it with MkDocs and Hugo, every link followed.

The settings are those of docs/how-to/use-with-hugo-mkdocs-docusaurus.md.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser
from trees import CHECKOUT, LOCALES, contents

import deficiency_glossary as dg
from deficiency_glossary.checks.built import check_site
from deficiency_glossary.render.environment import address_in_markdown, plain_in_markdown, prose_in_markdown

DOCUMENT = CHECKOUT / "docs" / "how-to" / "use-with-hugo-mkdocs-docusaurus.md"
MINI = CHECKOUT / "tests" / "glossaries" / "mini"
PAGE = '<!DOCTYPE html><link rel="canonical" href="{{ .Permalink }}"><title>{{ .Title }}</title>{{ .Content }}'

# One worker for all: each site is built once.


def block(language: str) -> str:
    """The only block of a language in the document."""
    (found,) = re.findall(rf"^```{language}\b[^\n]*\n(.*?)^```$", DOCUMENT.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return str(found)


def program(name: str) -> str:
    """A program of the virtual environment that the tests run in."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    assert found, f"{name} is not installed: make test installs it"
    return found


def run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def with_mkdocs(markdown: Path, folder: Path) -> Path:
    shutil.copytree(markdown, folder / "docs" / "glossary", ignore=shutil.ignore_patterns(".*"))
    (folder / "docs" / "index.md").write_text("# Home\n\n[Terms](glossary/en/README.md)\n")
    (folder / "mkdocs.yml").write_text(block("yaml"))
    run(folder, program("mkdocs"), "build", "--strict", "--quiet")
    return folder / "site"


def with_hugo(markdown: Path, folder: Path) -> Path:
    shutil.copytree(markdown, folder / "content" / "glossary", ignore=shutil.ignore_patterns(".*"))
    (folder / "content" / "_index.md").write_text("[Terms](glossary/en/_index.md)\n")
    (folder / "layouts" / "_markup").mkdir(parents=True)
    (folder / "layouts" / "_markup" / "render-heading.html").write_text(block("html"))
    for name in ("home", "page", "section", "taxonomy", "term"):
        (folder / "layouts" / f"{name}.html").write_text(PAGE)
    (folder / "hugo.toml").write_text(block("toml"))
    run(folder, program("hugo"), "build", "--panicOnWarning", "--destination", "site", "--cacheDir", str(folder / "c"))
    return folder / "site"


GENERATORS: dict[str, Callable[[Path, Path], Path]] = {"mkdocs": with_mkdocs, "hugo": with_hugo}


class Made(NamedTuple):
    """A site that a generator made of a glossary, and the site that `build` makes of it."""

    generator: str
    glossary: dg.Glossary
    site: Path
    ours: Path

    @property
    def main(self) -> str:
        """What holds the text of a page: the theme of MkDocs has tables and links of its own."""
        return "[role=main]" if self.generator == "mkdocs" else "body"

    def page(self, path: str, site: Path | None = None) -> LexborHTMLParser:
        folder = site or self.site / "glossary"
        return LexborHTMLParser((folder / path / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(
    scope="module", params=[(name, kind) for kind in ("shipped", "small") for name in GENERATORS], ids="-".join
)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    name, kind = request.param
    folder = tmp_path_factory.mktemp(f"{name}-{kind}")
    glossary = dg.load() if kind == "shipped" else dg.load(MINI)
    glossary.build(folder / "markdown", format="markdown")
    glossary.build(folder / "ours")
    (folder / "made").mkdir()
    return Made(name, glossary, GENERATORS[name](folder / "markdown", folder / "made"), folder / "ours")


def every_entry(made: Made) -> list[tuple[str, str]]:
    return [(locale, concept) for locale in made.glossary.locales for concept in made.glossary.concepts]


def test_every_link_arrives(made: Made) -> None:
    assert check_site(made.site) == []


def test_no_page_is_missing_and_none_is_there_twice(made: Made) -> None:
    library = made.glossary._library
    aliases = [alias for name in library.concepts for alias in library.concept_file(name).require().aliases]
    expected = {f"{locale}/{name}" for locale in made.glossary.locales for name in (*made.glossary.concepts, *aliases)}
    found = {path.parent.relative_to(made.site / "glossary").as_posix() for path in made.site.rglob("*/index.html")
             if path.is_relative_to(made.site / "glossary")}  # fmt: skip
    assert found - {"."} == expected | set(made.glossary.locales)


def test_an_index_names_every_term(made: Made) -> None:
    for locale in made.glossary.locales:
        page = made.page(locale)
        assert page.body is not None
        text = page.body.text()
        for concept in made.glossary.concepts:
            for term in made.glossary.entry(concept, locale).terms:
                assert term.text in text


def test_an_entry_is_whole(made: Made) -> None:
    for locale, concept in every_entry(made):
        page, ours = made.page(f"{locale}/{concept}"), made.page(f"{locale}/{concept}", made.ours)
        assert page.body is not None
        text = " ".join(page.body.text().split())
        entry = made.glossary.entry(concept, locale)
        shown = [entry.definition, *(part.body for part in entry.sections.values()), *entry.notes.values()]
        shown += [*entry.highlights.values(), *(example.text for example in entry.examples.values())]
        for passage in (*(one.text() for one in shown), *(term.text for term in entry.terms)):
            assert " ".join(passage.replace("- ", "").split()) in text
        cells = [node.text() for node in page.css(f"{made.main} td")]
        assert cells == [
            cell for one in entry.examples.values() for row in one.rows for cell in (row.label, row.amount)
        ]
        for selector in (".beside li a", "ul.sources a", "footer .notice:not(:has(a))", "footer.site p:last-child"):
            for node in ours.css(selector):
                words = node.css_first("bdi") or node
                assert " ".join(words.text().split()) in text, selector
        assert entry.term.reading is None or entry.term.reading in text


def test_headings_have_the_ids_of_our_pages(made: Made) -> None:
    """A link into a page holds in every language and in every generator."""
    for locale, concept in every_entry(made):
        page, ours = made.page(f"{locale}/{concept}"), made.page(f"{locale}/{concept}", made.ours)
        ids = {node.attributes["id"] for node in page.css("[id]")}
        wanted = {node.attributes["id"] for node in ours.css("article :is(h2, h3)[id]")}
        assert wanted
        assert wanted <= ids


def test_links_between_entries_are_those_of_our_pages(made: Made) -> None:
    def targets(page: LexborHTMLParser, where: str, locale: str, concept: str) -> set[str]:
        found = {node.attributes["href"] or "" for node in page.css(where)}
        inside = {re.sub(rf"^(?:/glossary/{locale}|\.\.)/", "", href) for href in found}
        return {href for href in inside if re.fullmatch(r"[a-z0-9-]+/(?:#[a-z-]+)?", href)} - {f"{concept}/"}

    for locale, concept in every_entry(made):
        ours = made.page(f"{locale}/{concept}", made.ours)
        wanted = targets(ours, "article a:not(.subjects a)", locale, concept)
        assert targets(made.page(f"{locale}/{concept}"), f"{made.main} a", locale, concept) == wanted


def test_an_old_address_leads_on(made: Made) -> None:
    library = made.glossary._library
    for concept in library.concepts:
        for alias in library.concept_file(concept).require().aliases:
            for locale in made.glossary.locales:
                page = made.page(f"{locale}/{alias}")
                if made.generator == "hugo":
                    (refresh,) = page.css("meta[http-equiv=refresh]")
                    assert (refresh.attributes["content"] or "").endswith(f"/{locale}/{concept}/")
                else:
                    assert [node for node in page.css("p a") if node.attributes["href"] == f"../{concept}/"]


# --- the documents themselves ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("documents") / "md"
    dg.load().build(out, format="markdown")
    return {path: data.decode() for path, data in contents(out).items() if path.endswith(".md")}


def test_front_matter_is_yaml_for_every_reader(documents: dict[str, str]) -> None:
    listed = set(re.findall(r"^\| (`.+?) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE))
    known = {name for cell in listed for name in re.findall(r"`(\w+)`", cell)}
    used: set[str] = set()
    for path, text in documents.items():
        _, front, body = text.split("---\n", 2)
        fields = yaml.safe_load(front)
        assert fields == {key: json.loads(value) for key, value in (line.split(": ", 1) for line in front.splitlines())}
        assert fields["title"]
        assert body.startswith("\n# ")
        assert ("build" in fields) == (path.endswith("README.md") or "unlisted" in fields)
        used |= fields.keys()
    assert used <= known
    assert {path for path in documents if path.count("/") != 1} == set()
    assert {f"{locale}/{name}.md" for locale in LOCALES for name in ("README", "_index", "creditor")} <= set(documents)


def test_mdx_sees_no_code(documents: dict[str, str]) -> None:
    """What MDX reads as code: `{` and `<` outside of code and escapes, `import` and `export` where a line begins."""
    for path, text in documents.items():
        body = re.sub(r" \{#[a-z0-9-]+\}$", "", text.split("---\n", 2)[2], flags=re.MULTILINE)
        assert not re.search(r"(?<!\\)[{}]|<|^(?:import|export)\b", re.sub(r"`[^`]*`", "", body), re.MULTILINE), path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("5 < 6 {x} <b>", r"5 &lt; 6 \{x\} &lt;b>"),
        (r"\{x\} \< `{x} <y>` ``{`<``", r"\{x\} &lt; `{x} <y>` ``{`<``"),
        ("<https://example.org/a_b>", "[https://example.org/a_b](https://example.org/a_b)"),
        ("import it\nexport it, exported", "&#105;mport it\n&#101;xport it, exported"),
        ("[a](b.md#c) *d*", "[a](b.md#c) *d*"),
    ],
)
def test_prose_is_read_alike_everywhere(content: str, expected: str) -> None:
    assert prose_in_markdown(content) == expected


def test_what_stands_in_lines_cells_and_addresses_is_escaped() -> None:
    assert plain_in_markdown("a|b #1 <c> {d} &amp; &") == r"a&#124;b \#1 &lt;c\> \{d\} &amp;amp; &"
    assert address_in_markdown("https://example.org/a_(b)?c=<d>") == "https://example.org/a_%28b%29?c=%3Cd%3E"


def test_a_language_built_alone_links_to_no_other(tmp_path: Path) -> None:
    dg.load().build(tmp_path / "md", format="markdown", locales=["ko"])
    files = contents(tmp_path / "md")
    assert len(files) > 20
    assert [path for path, data in files.items() if b"](../" in data] == []
