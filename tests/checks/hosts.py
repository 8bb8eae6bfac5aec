"""A host on this machine that does what a test says, and a world whose clock only tests move."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from deficiency_glossary.checks.web import Options, World

START = 1_800_000_000.0  # the wall clock of all tests: 2027-01-15 08:00:00 GMT


class Step(NamedTuple):
    """An answer, after a pause in seconds. `body` may be parts, with such a pause before each."""

    status: int = 200
    headers: Sequence[tuple[str, str]] = ()
    body: bytes | Sequence[bytes] = b""
    pause: float = 0.0
    kind: str = "text/html"


Script = dict[str, list[Step | Callable[[BaseHTTPRequestHandler], None]]]


class Request(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection off, as a crash does."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def silent(handler: BaseHTTPRequestHandler) -> None:
    """Take the request and say nothing until the client is gone."""
    handler.rfile.read(1)
    handler.close_connection = True


class Host:
    """What was asked of it, and where it is."""

    def __init__(self, script: Script, port: int, scheme: str) -> None:
        self.script, self.port, self.scheme = script, port, scheme
        self.requests: list[Request] = []
        self.busy = self.busiest = 0
        self.lock = threading.Lock()

    def url(self, path: str = "/", name: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{name}:{self.port}{path}"

    def asked(self, path: str) -> list[str]:
        return [one.method for one in self.requests if one.path == path]

    def next_step(self, path: str) -> Step | Callable[[BaseHTTPRequestHandler], None]:
        steps = self.script.get(path.partition("?")[0], [Step(404)])
        return steps.pop(0) if len(steps) > 1 else steps[0]


def _handler(host: Host) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        counted = 0

        def do_GET(self) -> None:
            self._answer()

        def do_HEAD(self) -> None:
            self._answer()

        def _answer(self) -> None:
            with host.lock:
                host.requests.append(Request(self.command, self.path, dict(self.headers.items())))
                host.busy += 1
                self.counted = 1
                host.busiest = max(host.busiest, host.busy)
                step = host.next_step(self.path)
            try:
                if isinstance(step, Step):
                    self._send(step)
                else:
                    step(self)
            except OSError:  # the client has enough
                self.close_connection = True
            finally:
                self._leave()

        def _leave(self) -> None:
            """This request no longer counts: before the client can know that it is answered and send the next."""
            with host.lock:
                host.busy -= self.counted
                self.counted = 0

        def _send(self, step: Step) -> None:
            time.sleep(step.pause)
            self._leave()
            parts = [step.body] if isinstance(step.body, bytes) else list(step.body)
            self.send_response_only(step.status)
            for name, value in (("Content-Type", step.kind), *step.headers):
                self.send_header(name, value.replace("{port}", str(host.port)))
            if self.command == "HEAD":
                parts = []
            self.send_header("Content-Length", str(sum(map(len, parts))))
            self.end_headers()
            for part in parts:
                time.sleep(step.pause)
                self.wfile.write(part)

        def log_message(self, *_: Any) -> None:
            """Silence."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that refuses the certificate, or has gone, is no news."""


@contextmanager
def hosted(script: Script, tls: ssl.SSLContext | None = None) -> Iterator[Host]:
    """A host that follows a script: path -> its answers, the last one again and again."""
    with _Server(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        host = Host(script, server.server_port, "https" if tls else "http")
        server.RequestHandlerClass = _handler(host)
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield host
        server.shutdown()
        thread.join()


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)

    def world(self, names: dict[str, list[str]] | None = None, tls: ssl.SSLContext | None = None) -> World:
        """A world in which these names, and numeric addresses, can be resolved."""

        async def resolve(host: str, _port: int) -> list[str]:
            return (names or {}).get(host, [host])

        return World(lambda: self.time, lambda: START + self.time - 1000, self.sleep, resolve, tls)


def quick(**options: Any) -> Options:
    """Options for hosts on this machine."""
    return Options(**{"timeout": 5.0, "allow_private": True, **options})
