"""The theme: what it changes, what depends on it, what is said of its mistakes. The example: docs/how-to/theme.md."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from trees import CHECKOUT, cold, contents, copy_some, identities

import deficiency_glossary as dg
from deficiency_glossary.checks.built import check_site
from deficiency_glossary.cli.commands import run
from deficiency_glossary.render import listings, pages
from deficiency_glossary.render.environment import read_template, template_names
from deficiency_glossary.site import build

DOCUMENT = CHECKOUT / "docs" / "how-to" / "theme.md"
CONCEPTS = ("collateral", "creditor", "deficiency-balance")
LOCALES = ("en", "ko", "ja")
_BLOCK = re.compile(r'^```\w+ title="(theme/[^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        target = root / "theme" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())


def built(root: Path, *, jobs: int = 1) -> Path:
    out = root.parent / "public"
    dg.load(root).build(out, jobs=jobs)
    return out


def page_of(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / path).read_text(encoding="utf-8"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small glossary without a theme."""
    return copy_some(tmp_path / "glossary", CONCEPTS, LOCALES)


@pytest.fixture
def example(root: Path) -> Path:
    """The same with the example of the documentation."""
    blocks = _BLOCK.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert len(blocks) == 7
    write(root, {path.removeprefix("theme/"): content for path, content in blocks})
    return root


# --- the example -----------------------------------------------------------------------------------------------------


def test_the_example_reaches_every_page_and_no_link_of_it_is_dead(example: Path) -> None:
    site = built(example)
    html = list(site.rglob("*.html"))
    assert len(html) > 30
    for path in html:
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        assert [node.text() for node in page.css("header.site > a.terms")] == ["Terms of use"], path
        assert len(page.css("header.site")) == 1, path
        assert page.css("meta[name=theme-color]"), path
        sheets = [node.attributes["href"] or "" for node in page.css("link[rel=stylesheet]")]
        assert [sheet.rpartition("/")[2] for sheet in sheets] == ["style.css", "theme.css"], path
    assert check_site(site) == []


def test_the_example_changes_one_block_and_leaves_the_others(example: Path, tmp_path: Path) -> None:
    plain = copy_some(tmp_path / "plain" / "glossary", CONCEPTS, LOCALES)
    before = page_of(built(plain), "en/creditor/index.html")
    after = page_of(built(example), "en/creditor/index.html")
    (cite,) = after.css("article p.cite")
    assert cite.text() == "https://deficiency-glossary.example/en/creditor/"
    cite.decompose()
    (old,), (new,) = before.css("article"), after.css("article")
    assert re.sub(r"\n+", "\n", new.html or "") == re.sub(r"\n+", "\n", old.html or "")


def test_a_page_of_the_example_stands_in_the_frame_of_the_site(example: Path) -> None:
    site = built(example)
    page = page_of(site, "en/contact/index.html")
    assert [node.text() for node in page.css("h1, h2")] == ["Contact", "Post"]
    assert page.css("article a")[0].attributes["href"] == "../deficiency-balance/"
    (description,) = page.css('meta[name="description"]')
    assert description.attributes["content"] == "How to reach the people behind this glossary."
    ways = {node.text(): node.attributes["href"] for node in page.css("nav a")}
    assert (ways["English"], ways["한국어"], ways["日本語"]) == ("../../en/contact/", "../../ko/contact/", "../../ja/")
    assert {node.attributes["hreflang"] for node in page.css("link[hreflang]")} == {"en", "ko", "x-default"}
    for path, title in {"en/index.html": "Contact", "ko/creditor/index.html": "문의", "en/404.html": "Contact"}.items():
        (link,) = [node for node in page_of(site, path).css(".ways a") if "contact" in (node.attributes["href"] or "")]
        assert link.text() == title
    assert not [node for node in page_of(site, "ja/index.html").css(".ways a") if "contact" in (node.html or "")]
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert re.findall(r"<loc>\S*/(\w+)/contact/</loc>", sitemap) == ["en", "ko"]


def test_what_the_documentation_lists_is_what_there_is(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of each built-in template, and the names that templates are given."""
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+\.html)` \| [^|`]+ \| (.+?) \|$", text, re.MULTILINE)
    listed = {name: sorted(re.findall(r"`(\w+)`", blocks)) for name, blocks in rows}
    assert listed.keys() == {name for name in template_names() if name.endswith(".html")}
    for name, blocks in listed.items():
        found = sorted(set(re.findall(r"{% block (\w+)", read_template(name) or "")))
        assert blocks == (found if name in ("base.html", "article.html") else []), name
    given: dict[str, set[str]] = {}

    def note(template: str, frame: pages.Frame, values: Mapping[str, Any]) -> str:
        given.setdefault(template, set()).update(values)
        return ""

    monkeypatch.setattr(pages, "rendered", note)
    monkeypatch.setattr(listings, "rendered", note)
    built(example)
    shared = set.intersection(*given.values()) - {"frame"}
    named = {
        name for first in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", first)
    }
    assert shared | given["entry.html"] - {"frame"} <= named
    for template in given.keys() - {"entry.html"}:
        (names,) = re.findall(rf"^\| `{template}` \| (`\w+`(?:, `\w+`)*) \|", text, re.MULTILINE)
        assert set(re.findall(r"\w+", names)) == given[template] - shared - {"frame"}, template


# --- each kind of override -------------------------------------------------------------------------------------------

CSS = ":root { --accent: #060; }\n"
PNG = bytes(range(256))
OVERRIDES: dict[str, tuple[dict[str, str | bytes], str, bytes]] = {
    "a template": ({"templates/index.html": '{% extends "base.html" %}{% block main %}<h1>Hi</h1>{% endblock %}'},
                   "ko/index.html", b'<main id="content">\n<h1>Hi</h1></main>'),
    "a part of one's own": ({"templates/parts/note.html": "<hr>{# no text #}",
                             "templates/entry.html": '{% extends "default/entry.html" %}'
                             '{% block footer %}{% include "parts/note.html" %}{% endblock %}'},
                            "en/creditor/index.html", b"<hr></body>"),
    "a style sheet": ({"style.css": CSS}, "assets/theme.css", CSS.encode()),
    "a file": ({"assets/img/logo.png": PNG}, "assets/img/logo.png", PNG),
    "a file in place of a built-in one": ({"assets/icon.svg": "<svg/>"}, "assets/icon.svg", b"<svg/>"),
    "a page": ({"pages/en/help.md": "---\r\ntitle: A & <b>\r\n---\r\n[Read](collateral) <i>{x}</i> [y](nothing)\r\n"},
               "en/help/index.html",
               b'<h1>A &amp; &lt;b&gt;</h1>\n<p><a href="../collateral/">Read</a> &lt;i&gt;{x}&lt;/i&gt; y</p>'),
    "the Markdown": ({"templates/entry.md": "# {{ entry.title }} {#x}\n"}, "en/creditor.md", b"# Creditor {#x}\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", OVERRIDES)
def test_an_override_shows(root: Path, name: str) -> None:
    files, path, expected = OVERRIDES[name]
    write(root, files)
    shown = (built(root) / path).read_bytes()
    assert expected in shown.replace(b"\n</body>", b"</body>")


STORIES = "{% for one in examples %}{{ one.story }}{% endfor %}"
CALCULATED = "{% for one in examples %}<div{{ one['calculator'] }}>{{ one.story }}</div>{% endfor %}"


@pytest.mark.parametrize(
    ("entry", "has_elements", "has_data"),
    [
        (STORIES, False, False),
        (STORIES + "{{ structured }}", False, True),
        (CALCULATED, True, False),
        ('{% include "part.html" %}', True, False),
        ('{% include ["pa", "rt.html"]|join %}', True, False),
        ('{% extends "default/entry.html" %}', True, True),
    ],
)
def test_what_no_template_names_is_not_shown(root: Path, entry: str, has_elements: bool, has_data: bool) -> None:
    write(root, {"templates/entry.html": entry} | ({"templates/part.html": CALCULATED} if "include" in entry else {}))
    page = (built(root) / "ko/deficiency-balance/index.html").read_text(encoding="utf-8")
    assert ("<span data-figure=" in page) == has_elements
    assert ("DefinedTerm" in page) == has_data
    assert "<p>" in page


def test_an_empty_theme_and_what_editors_leave_behind_change_nothing(root: Path) -> None:
    before = contents(built(root))
    write(root, {".DS_Store": b"\x00", "templates/.base.html.swp": b"\x00", "templates/base.html~": "x"})
    assert contents(built(root)) == before


def test_a_site_in_fewer_languages_has_their_pages_alone(example: Path) -> None:
    out = example.parent / "public"
    dg.load(example).build(out, locales=["ko", "ja"])
    assert [path for path in contents(out) if "contact" in path] == ["ko/contact/index.html"]
    assert check_site(out) == []


def test_a_program_that_renders_an_entry_runs_no_theme(example: Path) -> None:
    write(example, {"templates/article.html": "{{ 1 / 0 }}"})
    assert "<article" in dg.load(example).render("collateral", "en")


# --- what depends on it ----------------------------------------------------------------------------------------------

_PLAIN = '{% extends "default/NAME" %}{% block B %}{{ super() }}<hr>{% endblock %}'
CHANGES: dict[str, tuple[dict[str, str | bytes], str]] = {
    "the frame": ({"templates/base.html": _PLAIN.replace("NAME", "base.html").replace("B", "footer")}, r".*\.html"),
    "the article": (
        {"templates/article.html": _PLAIN.replace("NAME", "article.html").replace("B", "status")},
        rf"\w+/({'|'.join(CONCEPTS)})/index\.html",
    ),
    "an index": (
        {"templates/index.html": _PLAIN.replace("NAME", "index.html").replace("B", "main")},
        r"\w+/index\.html",
    ),
    "the rules": ({"style.css": CSS}, r"assets/theme\.css"),
    "a file": ({"assets/terms.txt": "Ask us.\n"}, r"assets/terms\.txt"),
    "the text of a page": ({"pages/ko/contact.md": "---\ntitle: 문의\n---\n없음\n"}, r"ko/contact/index\.html"),
    "the title of a page": (
        {"pages/ko/contact.md": "---\ntitle: 연락\n---\n"},
        r"ko/.*\.html",
    ),
    "a page more": ({"pages/ja/contact.md": "---\ntitle: 連絡\n---\n"}, r"ja/.*\.html|\w+/contact/.*|sitemap\.xml"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_renders_what_depends_on_it_and_nothing_else(example: Path, name: str) -> None:
    files, pattern = CHANGES[name]
    site = built(example)
    before, old = identities(site), contents(site)
    write(example, files)
    after, new = identities(built(example)), contents(site)
    written = {path for path in after if after[path] != before.get(path)}
    changed = {path for path in new if new[path] != old.get(path)}
    assert changed
    assert changed <= written
    assert [path for path in written if not re.fullmatch(pattern, path)] == []
    # Pages that show nothing of it may be made anew only where the same template makes others that do.
    assert {path.partition("/")[0] for path in written} == {path.partition("/")[0] for path in changed}
    assert new == cold(example)


def test_without_its_theme_a_site_is_as_it_was(root: Path) -> None:
    before = contents(built(root))
    write(root, {"style.css": CSS, "pages/en/help.md": "---\ntitle: Help\n---\n", "assets/icon.svg": "<svg/>"})
    assert contents(built(root)) != before
    (root / "theme").rename(root / "elsewhere")
    assert contents(built(root)) == before


SPAWN = """
import multiprocessing, sys
import deficiency_glossary as dg
from deficiency_glossary.site import build
if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    build._CHUNK = 5
    dg.load(sys.argv[2]).build(sys.argv[3], jobs=2)
"""


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_see_the_theme(example: Path, tmp_path: Path, method: str) -> None:
    if method == "fork" and sys.platform == "win32":
        method = "spawn"
    program = tmp_path / "program.py"
    program.write_text(SPAWN)
    subprocess.run([sys.executable, str(program), method, str(example), str(tmp_path / "many")], check=True)
    assert contents(tmp_path / "many") == contents(built(example))


# --- mistakes --------------------------------------------------------------------------------------------------------

E = '{% extends "default/entry.html" %}\n'
PAGE = "---\ntitle: X\n---\n"
# The files, then what is said: path:line:column code, and a part of the message.
MISTAKES: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "syntax": ({"templates/entry.html": "<p>\n  {% if %}"}, "templates/entry.html:2:3 theme-template", "expression"),
    "an unknown filter": ({"templates/entry.html": "{{ title | uper }}"}, "templates/entry.html:1:1 theme-template",
                          "No filter named 'uper'"),
    "an undefined name": ({"templates/entry.html": E + "{% block main %}\n<p>{{ titel }}</p>{% endblock %}"},
                          "templates/entry.html:3:7 theme-template", "'titel' is undefined; did you mean 'title'"),
    "an undefined attribute": ({"templates/article.html": "{{ entry.titel }}"},
                               "templates/article.html:1:10 theme-template", "has no attribute 'titel'"),
    "an error of arithmetic": ({"templates/base.html": "\n{{ 1 / 0 }}"}, "templates/base.html:2:1 theme-template",
                               "ZeroDivisionError: division by zero"),
    "an unknown parent": ({"templates/entry.html": '{% extends "bse.html" %}'},
                          "templates/entry.html:1:1 theme-template", "no template 'bse.html'; did you mean 'base"),
    "itself as parent": ({"templates/base.html": '{% extends "base.html" %}'},
                         "templates/base.html:1:1 theme-template", "extends itself"),
    "a block of nobody": ({"templates/entry.html": E + "{% block fotter %}{% endblock %}"},
                          "templates/entry.html:2:1 theme-template", "no block 'fotter'; did you mean 'footer'"),
    "a template of nobody": ({"templates/entri.html": "x"}, "templates/entri.html:0:0 theme-template",
                             "did you mean 'entry.html'"),
    "a template that is no text": ({"templates/entry.md": b"<p>\n\xff"}, "templates/entry.md:2:1 not-utf-8", "UTF-8"),
    "a page without title": ({"pages/en/x.md": "---\ndescription: X\n---\n"}, "pages/en/x.md:2:1 missing-key", "title"),
    "a page without head": ({"pages/en/x.md": "X\n"}, "pages/en/x.md:1:1 theme-page", "title between two lines"),
    "a page like a concept": ({"pages/en/creditor.md": PAGE}, "pages/en/creditor.md:0:0 theme-page", "a concept"),
    "a page like an old address": ({"pages/en/deficiencybalance.md": PAGE},
                                   "pages/en/deficiencybalance.md:0:0 theme-page", "another page"),
    **{f"a page like {name}": ({f"pages/ko/{name}.md": PAGE}, f"pages/ko/{name}.md:0:0 theme-page", "can be no page")
       for name in ("search", "about", "subjects", "compare", "index")},
    "a page in no locale": ({"pages/de/x.md": PAGE}, "pages/de/x.md:0:0 theme-page", "no locale 'de'"),
    "a file of unknown place": ({"base.html": "x"}, "base.html:0:0 theme-place", "not read"),
    "a second style sheet": ({"style.css": CSS, "assets/theme.css": CSS}, "assets/theme.css:0:0 theme-place", "copied"),
    "a built-in template": ({"templates/default/base.html": "x"}, "templates/default/base.html:0:0 theme-place",
                            "always means the built-in"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place_and_the_old_site_stays(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    files, place, message = MISTAKES[name]
    site = built(root)
    before = identities(site)
    write(root, files)
    with pytest.raises(dg.InvalidTheme) as caught:
        dg.load(root).build(site)
    (finding,) = caught.value.findings
    assert f"{finding.path}:{finding.line}:{finding.column} {finding.code}" == f"theme/{place}"
    assert message in finding.message
    assert finding.hint
    assert run(["-C", str(root), "build", "--out", str(site)]) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert finding.message in said.err
    assert identities(site) == before


def test_all_mistakes_that_show_are_named_at_once(root: Path) -> None:
    names = ("syntax", "a block of nobody", "a page without title", "a file of unknown place")
    for name in names[1:]:
        write(root, MISTAKES[name][0])
    write(root, {"templates/index.html": "{% if %}"})
    with pytest.raises(dg.InvalidTheme) as caught:
        dg.load(root).build(root.parent / "public")
    assert len(caught.value.findings) == len(names)


def test_a_mistake_travels_from_a_worker(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "_CHUNK", 5)
    write(root, MISTAKES["an undefined name"][0])
    with pytest.raises(dg.InvalidTheme, match="'titel' is undefined"):
        built(root, jobs=2)


def test_an_error_of_the_program_is_not_blamed_on_the_theme(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Iterator[str]:
        raise ZeroDivisionError

    monkeypatch.setattr(pages, "_notices", fail)
    with pytest.raises(ZeroDivisionError):
        built(example)


def test_hostile_text_of_a_page_is_text(root: Path) -> None:
    write(
        root, {"pages/en/x.md": f"{PAGE}{{{{ 7 * 7 }}}} <script>x</script> [y](javascript:z) ![i](https://h/i.png)\n"}
    )
    shown = (built(root) / "en/x/index.html").read_text(encoding="utf-8")
    assert "<p>{{ 7 * 7 }} &lt;script&gt;x&lt;/script&gt; <a>y</a> ![i](https://h/i.png)</p>" in shown
