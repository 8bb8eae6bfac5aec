"""A server for one reader on this machine: the preview's pages, and news when a file was saved."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from deficiency_glossary.preview.state import Preview

HOST = "127.0.0.1"
_OWN = "/_preview/"
_FILES = {"client.js": "text/javascript", "client.css": "text/css"}
_HOOK = f'<script type="module" src="{_OWN}client.js"></script></body>'.encode()
_NO_SITE = b'<!DOCTYPE html><html lang="en"><title>Preview</title><main></main></body></html>'
_PATIENCE = 15.0  # seconds after which a waiting page is told that nothing happened: so it notices when we are gone


class Handler(SimpleHTTPRequestHandler):
    """Pages of the site with the preview's script in them; news under /_preview/."""

    def __init__(self, *arguments: Any, preview: Preview, **options: Any) -> None:
        self.preview = preview
        super().__init__(*arguments, directory=str(preview.out), **options)

    def do_GET(self) -> None:
        """Answer; only under the names of this machine, so that no page of another host can read us."""
        if (self.headers.get("Host") or "").rsplit(":", 1)[0] not in (HOST, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        url = urlsplit(self.path)
        if url.path == f"{_OWN}events":
            self._events()
        elif url.path == f"{_OWN}page":
            path = parse_qs(url.query).get("path", [""])[0]
            self._send(json.dumps(self.preview.page(path)).encode(), "application/json")
        elif url.path.removeprefix(_OWN) in _FILES and url.path.startswith(_OWN):
            name = url.path.removeprefix(_OWN)
            file = resources.files("deficiency_glossary.preview").joinpath(name)
            self._send(file.read_bytes(), f"{_FILES[name]}; charset=utf-8")
        else:
            self._page()

    def _page(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            super().do_GET()  # sends the browser to the address with the slash
            return
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK
        if not path.is_file():
            path, status = self.preview.out / "404.html", HTTPStatus.NOT_FOUND
        if path.suffix != ".html":
            super().do_GET()
            return
        page = path.read_bytes() if path.is_file() else _NO_SITE
        self._send(page.replace(b"</body>", _HOOK), "text/html; charset=utf-8", status)

    def _events(self) -> None:
        """Server-sent events: the number of each new version."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        version = -1
        while True:
            now = self.preview.wait(version, _PATIENCE)
            line = f"data: {now.version}\n\n" if now.version != version else ": nothing new\n\n"
            version = now.version
            try:
                self.wfile.write(line.encode())
                self.wfile.flush()
            except OSError:  # the page was closed
                return

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Silence: the terminal shows findings."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a page that waits for news does not keep the program alive


@contextmanager
def serving(root: Path, port: int, editor: str) -> Iterator[tuple[Preview, str]]:
    """The preview and its address, while this lasts. Port 0 takes any that is free. Raises OSError if it is taken."""
    folder = Path(tempfile.mkdtemp(prefix="deficiency-glossary-"))
    handler: Any = Handler
    try:
        with _Server((HOST, port), handler) as server:
            address = f"http://{HOST}:{server.server_port}/"
            preview = Preview(root, folder / "site", address, editor)
            server.RequestHandlerClass = partial(Handler, preview=preview)
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield preview, address
            server.shutdown()
            thread.join()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
