"""The preview: what it knows, what it serves, and what a translator sees in the browser."""

from __future__ import annotations

import http.client
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from deficiency_glossary.library import yaml12
from deficiency_glossary.preview import state
from deficiency_glossary.preview.server import serving
from deficiency_glossary.preview.state import Preview
from deficiency_glossary.preview.watch import watch

MINI = Path(__file__).resolve().parent.parent / "glossaries" / "mini"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "glossary"
    shutil.copytree(MINI, folder)
    return folder


@pytest.fixture
def served(root: Path) -> Iterator[tuple[Preview, str]]:
    with serving(root, 0, "vscode") as (preview, address):
        preview.refresh()
        yield preview, address


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(address: str, **headers: str) -> tuple[int, bytes]:
    """Status and body of an answer that is an error."""
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(address, headers=headers))
    with caught.value as answer:
        return answer.code, answer.read()


def get(address: str) -> str:
    with urlopen(address) as answer:
        text: str = answer.read().decode()
    return text


def test_pages_carry_the_script_and_the_site_itself_does_not(served: tuple[Preview, str]) -> None:
    preview, address = served
    assert "/_preview/client.js" in get(f"{address}ja/loan/")
    assert "/_preview/" not in (preview.out / "ja/loan/index.html").read_text(encoding="utf-8")
    for name in ("client.js", "client.css"):
        assert get(f"{address}_preview/{name}")


def test_a_page_that_is_not_there_is_a_404_with_the_script(served: tuple[Preview, str]) -> None:
    status, body = refused(f"{served[1]}nothing/")
    assert status == 404
    assert b"/_preview/client.js" in body


def test_only_this_machine_is_answered(served: tuple[Preview, str]) -> None:
    """A page elsewhere that calls its own name 127.0.0.1 (DNS rebinding) must not read drafts."""
    assert refused(f"{served[1]}ja/loan/", Host="evil.example:80")[0] == 403


def test_it_does_not_leave_the_folder(served: tuple[Preview, str]) -> None:
    connection = http.client.HTTPConnection(served[1].removeprefix("http://").rstrip("/"))
    connection.request("GET", "/../../../../../../etc/passwd")
    with connection.getresponse() as answer:
        assert answer.status == 404
    connection.close()


def test_a_broken_file_keeps_the_last_good_site_and_says_what_is_wrong(root: Path, served: tuple[Preview, str]) -> None:
    preview, address = served
    before = (preview.out / "ja/loan/index.html").read_bytes()
    edit(root / "content/ja/loan.yaml", "title:", "titel:")
    now = preview.refresh()
    assert now.problem
    assert (preview.out / "ja/loan/index.html").read_bytes() == before
    page = json.loads(get(f"{address}_preview/page?path=/ja/loan/"))
    assert page["file"] == "content/ja/loan.yaml"
    line = next(
        n for n, text in enumerate((root / "content/ja/loan.yaml").read_text().splitlines(), 1) if "titel" in text
    )
    places = [finding["edit"] for finding in page["findings"]]
    assert f"vscode://file{(root / 'content/ja/loan.yaml').resolve().as_posix()}:{line}:1" in places
    edit(root / "content/ja/loan.yaml", "titel:", "title:")
    assert preview.refresh().problem == ""


def test_a_glossary_that_never_was_good_is_served_too(root: Path) -> None:
    (root / "glossary.yaml").write_text("nothing: here\n", encoding="utf-8")
    with serving(root, 0, "idea") as (preview, address):
        assert preview.refresh().findings
        assert b"/_preview/client.js" in refused(f"{address}ja/")[1]


@pytest.mark.parametrize(
    ("line", "column", "selector"),
    [(1, 1, ".definition"), (3, 8, "h1"), (5, 1, ".definition"), (6, 3, ".definition"), (8, 20, '[id="end"]')],
)
def test_a_place_in_a_file_is_a_place_on_the_page(line: int, column: int, selector: str) -> None:
    file = MINI / "content/en/loan.yaml"
    root = yaml12.read(file.read_bytes(), "loan.yaml").root
    assert root is not None
    assert state.selector_of(state.field_at(root, line, column)) == selector


def test_a_reader_sees_the_change_and_the_finding_at_each_save(
    browser: Browser, root: Path, served: tuple[Preview, str]
) -> None:
    preview, address = served
    stop = threading.Event()
    watcher = threading.Thread(target=watch, args=(root, preview.refresh, stop))
    watcher.start()
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{address}en/loan/")
    expect(page.locator(".preview-bar")).to_contain_text("0 findings")
    # Let the watcher settle: a change before it looks is no change to it.
    page.wait_for_timeout(300)
    edit(root / "content/en/loan.yaml", "Money lent, often", "Money lent, very often")
    expect(page.locator(".definition")).to_contain_text("very often")
    edit(root / "content/en/loan.yaml", "(house)", "(hous)")
    finding = page.locator(".definition + .preview-finding")
    expect(finding).to_contain_text("hous")
    expect(finding.locator("a")).to_have_attribute(
        "href", f"vscode://file{(root / 'content/en/loan.yaml').as_posix()}:6:40"
    )
    edit(root / "content/en/loan.yaml", "(hous)", "(house)")
    expect(page.locator(".preview-finding")).to_have_count(0)
    assert complaints == []
    page.close()
    stop.set()
    watcher.join(10)
    assert not watcher.is_alive()
