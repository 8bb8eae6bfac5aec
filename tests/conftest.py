"""What several tests need: the built site, a server for it, and a browser to look at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import deficiency_glossary as dg

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


# Files whose tests share what is slow to start: they run in one process, the longest first. (The groups of pytest-xdist
# 3.8 mean nothing to pytest 9.2.)
TOGETHER = (
    "tests/browser/",
    "tests/preview/",
    "tests/site/test_cluster.py",
    "tests/site/test_generators.py",
    "tests/test_packaging.py",
)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out files whole or test by test."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if file.startswith(TOGETHER) else nodeid

    return Scheduling(config, log)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped glossary, built once. Nobody writes to it."""
    out = tmp_path_factory.mktemp("site") / "public"
    dg.load().build(out)
    return out


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder as static hosts do: 404.html for what is not there."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silence."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


# For a module too: a test that starts processes by fork must find no thread of a server beside it.
@pytest.fixture(scope="module")
def origin(built_site: Path) -> Iterator[str]:
    with served(built_site) as address:
        yield address


# For a module, not for the session: while it is open, Playwright's event loop runs in this thread, and no other test of
# the same worker could start one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, [*CHROMIUM, MAC_CHROME])), None)
    if program is None:
        pytest.fail(f"no browser: none of {', '.join(CHROMIUM)} is on the PATH (Debian: apt install chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # milliseconds: other tests share the machine
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One for many tests: opening another takes as long as looking at a page."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def quiet_window(window: Page) -> Iterator[Page]:
    """The same, which may not complain; afterwards it is as it was."""
    complaints: list[str] = []
    heard = {
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
        "dialog": lambda dialog: complaints.append(dialog.message),
    }
    window.set_viewport_size({"width": 1000, "height": 800})
    for event, hear in heard.items():
        window.on(event, hear)  # type: ignore[call-overload]
    yield window
    window.unroute_all(behavior="ignoreErrors")
    window.goto("about:blank")
    for event, hear in heard.items():
        window.remove_listener(event, hear)
    assert complaints == []
