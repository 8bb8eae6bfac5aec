"""yaml-language-server, spoken to as an editor does: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SERVER = Path(__file__).resolve().parents[1] / "tools/node_modules/yaml-language-server/bin/yaml-language-server"
PATIENCE = 120  # seconds until a server that hangs is ended, so that its test fails
# No catalogue of schemas from outside: only what the first line of a file names counts.
SETTINGS: dict[str, Any] = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False, "url": ""}}
}


class Client:
    """An editor without a window."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._last = 0
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}

    def open(self, path: Path, text: str) -> str:
        """Show a text as if it stood in a file; returns its address."""
        uri = path.as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def complete(self, uri: str, line: int, character: int) -> list[dict[str, Any]]:
        """What the editor would offer at a place (from 0)."""
        found = self.request("textDocument/completion", _place(uri, line, character))
        items: list[dict[str, Any]] = found["items"] if isinstance(found, dict) else found or []
        return items

    def hover(self, uri: str, line: int, character: int) -> str:
        """What the editor would show over a place, as Markdown."""
        found = self.request("textDocument/hover", _place(uri, line, character))
        return str(found["contents"]["value"]) if found else ""

    def problems(self, uri: str) -> list[dict[str, Any]]:
        """What the editor would underline, once the server has looked at the file."""
        while uri not in self.diagnostics:
            self._take(self._read())
        return self.diagnostics[uri]

    def request(self, method: str, params: dict[str, Any] | None) -> Any:
        """Ask, and wait for the answer."""
        self._last += 1
        number = self._last
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message.get("result")
            self._take(message)

    def notify(self, method: str, params: dict[str, Any] | None) -> None:
        """Tell."""
        self._send({"method": method, "params": params})

    def _take(self, message: dict[str, Any]) -> None:
        """What the server says by itself: it asks for settings, and tells what is wrong in files."""
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message:
            items = message["params"]["items"] if method == "workspace/configuration" else None
            answer = [SETTINGS.get(item["section"]) for item in items] if items is not None else None
            self._send({"id": message["id"], "result": answer})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while (line := stream.readline().strip()) or not length:
            name, _, value = line.partition(b":")
            assert name, "the server has ended"
            if name.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(stream.read(length))
        return message


def _place(uri: str, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}


@contextmanager
def running(root: Path) -> Iterator[Client]:
    """A server for a folder. Without Node or the server: skipped on a person's machine, never in CI."""
    node = shutil.which("node")
    if node is None or not SERVER.is_file():
        reason = f"{'Node' if node is None else SERVER} is not here; with npm, make test brings the server"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [node, str(SERVER), "--stdio"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as process:
        watchdog = threading.Timer(PATIENCE, process.kill)
        watchdog.start()
        try:
            client = Client(process)
            folders = [{"uri": root.as_uri(), "name": "glossary"}]
            abilities = {
                "workspace": {"configuration": True, "workspaceFolders": True},
                "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}},
            }
            about = {"processId": os.getpid(), "rootUri": root.as_uri(), "workspaceFolders": folders}
            client.request("initialize", {**about, "capabilities": abilities})
            client.notify("initialized", {})
            yield client
            client.request("shutdown", None)
            client.notify("exit", None)
        finally:
            watchdog.cancel()
            process.kill()
