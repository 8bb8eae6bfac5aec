"""The command `links`: options, outputs, exit status, and where in the glossary a link comes from."""

from __future__ import annotations

import json
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from deficiency_glossary.cli.commands import run

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SITES = CHECKOUT / "tests" / "sites"
REDIRECTS = SITES / "redirects" / "site"
FIELDS = ["code", "severity", "path", "line", "column", "message", "hint", "target"]

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def called(capsys: Capture, *arguments: str | Path) -> tuple[int, str, str]:
    status = run([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def findings(capsys: Capture, *arguments: str | Path) -> list[dict[str, Any]]:
    _, out, err = called(capsys, *arguments, "--format", "json")
    assert err == ""
    rows: list[dict[str, Any]] = json.loads(out)["findings"]
    assert all(list(row) == FIELDS for row in rows)
    return rows


# --- what is shown ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_each_format_names_place_and_code(capsys: Capture, form: str) -> None:
    status, out, err = called(capsys, "links", REDIRECTS, "--format", form)
    assert (status, err) == (1, "")
    assert out.count("redirect-loop") >= 2
    for part in ("ring/index.html", "43", "6"):
        assert part in out
    assert out == called(capsys, "links", REDIRECTS, "--format", form)[1]


def test_text_names_the_place_that_an_editor_understands(capsys: Capture) -> None:
    _, out, _ = called(capsys, "links", REDIRECTS)
    assert "  ring/index.html:6:43: error [redirect-loop]" in out
    assert out.splitlines()[-1] == "3 errors, 4 infos"


def test_what_is_only_told_is_no_failure_in_junit(capsys: Capture) -> None:
    suite = ET.fromstring(called(capsys, "links", REDIRECTS, "--format", "junit")[1])
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("7", "3", "4")
    assert (len(list(suite.iter("failure"))), len(list(suite.iter("skipped")))) == (3, 4)
    assert {case.get("line") for case in suite.iter("testcase")} == {"6", "8", "9", "10"}


def test_paths_are_those_of_the_current_folder(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(REDIRECTS, tmp_path / "out" / "public")
    assert {row["path"].partition("/")[0] for row in findings(capsys, "links", "out/public")} == {"out"}
    monkeypatch.chdir(tmp_path / "out" / "public")
    assert "round.html" in {row["path"] for row in findings(capsys, "links", ".")}


# --- what counts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ([], 1),
        (["--fail-on", "error"], 1),
        (["--select", "to-redirect"], 0),
        (["--select", "to-redirect", "--fail-on", "info"], 1),
        (["--ignore", "redirect-loop", "--ignore", "dead-fragment"], 0),
        (["--ignore", "redirect-loop"], 1),
        (["--exclude", "ring/$|round", "--exclude", "#part"], 0),
    ],
)
def test_the_exit_status_is_what_was_asked_for(capsys: Capture, options: list[str], status: int) -> None:
    assert called(capsys, "links", REDIRECTS, *options)[0] == status


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--select", "dead-lnk"], "did you mean 'dead-link'"),
        (["--ignore", "nonsense"], "'nonsense' is no code of links"),
        (["--exclude", "("], "no regular expression"),
        (["--base-url", "example.org"], "must begin with http"),
        (["--timeout", "0"], "0.0 is not in the range"),
        (["--fail-on", "never"], "'never' is not one of"),
    ],
)
def test_what_cannot_be_meant_is_said(capsys: Capture, options: list[str], says: str) -> None:
    status, out, err = called(capsys, "links", REDIRECTS, *options)
    assert (status, out) == (2, "")
    assert says in err


def test_hosts_and_addresses_are_as_told(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "about.html").write_text('<p><a href="/sub/about#">x</a>', encoding="utf-8")
    options = ["--base-url", "https://example.org/sub/"]
    assert called(capsys, "links", ".", *options)[0] == 1
    assert called(capsys, "links", ".", *options, "--clean-urls", "--jobs", "2") == (0, "No findings.\n", "")


# --- hosts outside ---------------------------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(int(self.path.strip("/")))
        self.send_header("Location", "/200")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silence."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, list[str]]]:
    """A site with links to a host, and the list of what the host is asked."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        asked: list[str] = []
        server.asked = asked  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield _linking(tmp_path, server.server_port), asked
        server.shutdown()
        thread.join()


def _linking(tmp_path: Path, port: int) -> Path:
    links = [f'<a href="http://127.0.0.1:{port}/{status}">x</a>\n' for status in (200, 301, 403, 404)]
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "a.html").write_text("".join(links), encoding="utf-8")
    (folder / "b.html").write_text("\n" + links[3], encoding="utf-8")
    feed = f"<rss><channel><item><link>{links[3].split(chr(34))[1]}</link></item></channel></rss>"
    (folder / "feed.xml").write_text(feed, encoding="utf-8")
    return folder


def test_nobody_is_asked_unless_told_so(capsys: Capture, site: tuple[Path, list[str]]) -> None:
    folder, asked = site
    assert called(capsys, "links", folder) == (0, "No findings.\n", "")
    assert [row["code"] for row in findings(capsys, "links", folder, "--external")] == ["private-address"] * 6
    assert asked == []


def test_hosts_outside_are_asked_and_every_place_is_named(capsys: Capture, site: tuple[Path, list[str]]) -> None:
    folder, asked = site
    rows = findings(capsys, "links", folder, "--external", "--allow-private", "--retries", "0")
    assert [(row["path"], row["line"], row["column"], row["code"], row["severity"]) for row in rows] == [
        ("public/a.html", 2, 10, "moved", "info"),
        ("public/a.html", 3, 10, "uncertain", "info"),
        ("public/a.html", 4, 10, "dead-address", "error"),
        ("public/b.html", 2, 10, "dead-address", "error"),
        ("public/feed.xml", 1, 27, "dead-address", "error"),
    ]
    assert sorted(set(asked)) == ["/200", "/301", "/403", "/404"]
    asked.clear()
    options = ["--external", "--allow-private", "--exclude", "/404$", "--cache", "kept/links.json"]
    assert called(capsys, "links", folder, *options)[0] == 0
    asked.clear()
    assert called(capsys, "links", folder, *options, "--fail-on", "info")[0] == 1
    assert set(asked) == {"/403"}


def test_what_is_known_when_it_is_stopped_is_shown(
    capsys: Capture, site: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from deficiency_glossary.checks import web

    def ask(addresses: dict[str, list[str]], *_: Any, **__: Any) -> web.Asked:
        return web.Asked(dict.fromkeys(addresses, web.Verdict("uncertain", "was not asked")), stopped=True)

    monkeypatch.setattr(web, "ask", ask)
    status, out, err = called(capsys, "links", site[0], "--external")
    assert (status, out.splitlines()[-1]) == (130, "6 infos")
    assert "stopped" in err


def test_without_httpx_it_says_what_is_needed(
    capsys: Capture, site: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("web", "outside", "guard", "answers"):
        monkeypatch.delitem(sys.modules, f"deficiency_glossary.checks.{name}", raising=False)
        monkeypatch.delattr(f"deficiency_glossary.checks.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)
    status, out, err = called(capsys, "links", site[0], "--external")
    assert (status, out) == (2, "")
    assert "pip install 'deficiency-glossary[links]'" in err


# --- our own sites ---------------------------------------------------------------------------------------------------


@pytest.fixture
def ours(tmp_path: Path, built_site: Path) -> Path:
    """The shipped glossary in the current folder, and its site in public/, with holes."""
    for name in ("content", "locales"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    shutil.copy(CHECKOUT / "glossary.yaml", tmp_path)
    public = tmp_path / "public"
    shutil.copytree(built_site, public)
    (public / "ko" / "collateral" / "index.html").unlink()
    return tmp_path


def text_at(root: Path, row: dict[str, Any]) -> str:
    lines = (root / row["path"]).read_text(encoding="utf-8").splitlines()
    return str(lines[row["line"] - 1][row["column"] - 1 :])


def test_links_of_our_site_are_traced_to_the_words_of_the_entry(capsys: Capture, ours: Path) -> None:
    rows = findings(capsys, "links", "public", "--select", "dead-link")
    prose = [row for row in rows if row["path"].startswith("content/ko/")]
    relations = [row for row in rows if row["path"].startswith("content/concepts/")]
    assert prose
    assert relations
    for row in (*prose, *relations):
        # A relation stands in the file of one of the two concepts, and names the other.
        own = row["path"] == "content/concepts/collateral.yaml"
        assert text_at(ours, row).startswith("collateral") != own
        assert "(on ko/" in row["message"]
    # What no words of the glossary say, such as the index and the sitemap, stays where it is.
    assert {row["path"] for row in rows} - {row["path"] for row in (*prose, *relations)} >= {
        "public/ko/index.html",
        "public/sitemap.xml",
    }


def test_every_link_of_an_entry_has_a_place_of_its_own(capsys: Capture, ours: Path) -> None:
    rows = findings(capsys, "links", "public", "--select", "dead-link")
    words = (ours / "content" / "ko" / "deficiency-balance.yaml").read_text(encoding="utf-8")
    places = [row["line"] for row in rows if row["path"] == "content/ko/deficiency-balance.yaml"]
    assert len(places) == len(set(places)) == words.count("](collateral)")


def test_sources_and_settings_are_traced_too(capsys: Capture, ours: Path) -> None:
    own = "https://deficiency-glossary.example/"
    files = [*ours.rglob("*.html"), *(ours / "content" / "concepts").glob("*.yaml"), ours / "glossary.yaml"]
    for file in files:
        text = file.read_text(encoding="utf-8").replace(own, "OWN").replace("https://", "https://127.0.0.1/")
        file.write_text(text.replace("OWN", own), encoding="utf-8")
    rows = findings(capsys, "links", "public", "--external", "--select", "private-address")
    paths = {row["path"] for row in rows}
    assert "content/concepts/deficiency-balance.yaml" in paths
    assert all(text_at(ours, row).startswith("https://127") for row in rows)
    licence = [row for row in rows if row["path"] == "glossary.yaml"]
    assert len(licence) == 2
    assert all(" more)" in row["message"] for row in licence)


def test_the_glossary_can_be_named(
    capsys: Capture, ours: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = tmp_path / "elsewhere"
    here.mkdir()
    monkeypatch.chdir(here)
    traced = findings(capsys, "-C", ours, "links", ours / "public", "--select", "dead-link")
    untraced = findings(capsys, "links", ours / "public", "--select", "dead-link")
    assert any(row["path"].startswith("content/ko/") for row in traced)
    assert not any(row["path"].startswith("content/") for row in untraced)
