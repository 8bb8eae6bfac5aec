"""Do addresses outside answer? Each is asked once, politely, and within bounds of time, waiting and bytes.

A host that will not tell (403, 429, no answer in time) makes a verdict `uncertain`, never an error.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urldefrag

import httpcore
import httpx
from msgspec import Struct

from deficiency_glossary.checks import guard
from deficiency_glossary.checks.answers import FAILURES, FINE, Answer, Verdict, follow, of_answer, of_failure
from deficiency_glossary.checks.web_cache import Cache

DEFAULT_AGENT = "Mozilla/5.0 (compatible; deficiency-glossary links)"
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_PACED = frozenset({429, 503})  # the answers that may say when to come again


class Options(Struct, frozen=True, kw_only=True):
    """The bounds of asking. Times are seconds."""

    timeout: float = 20.0  # for one try: connecting, redirects and reading
    max_time: float = 600.0  # for everything
    retries: int = 2
    max_wait: float = 60.0  # the longest Retry-After that is obeyed
    concurrency: int = 32
    per_host: int = 2
    max_redirects: int = 10
    max_bytes: int = 3 * 2**20  # read of a page in search of a fragment
    allow_private: bool = False
    user_agent: str = DEFAULT_AGENT
    cache: Path | None = None
    cache_days: float = 7.0


class World(NamedTuple):
    """What surrounds the program; tests put their own in its place."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    resolve: guard.Resolve = guard.resolve
    tls: Any = None  # an ssl.SSLContext; None: the usual one


class Asked(NamedTuple):
    """The verdicts on all addresses, and whether the user stopped the asking before its end."""

    verdicts: dict[str, Verdict]
    stopped: bool


Progress = Callable[[int, int], None]


def ask(
    addresses: Iterable[str],
    options: Options | None = None,
    *,
    world: World | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Asked:
    """Ask for every address, fragments included. Ctrl-C ends it early; what is known by then is returned."""
    return asyncio.run(_Asking(options or Options(), world or World(), progress).all(sorted(set(addresses))))


class _Host:
    """What is known of a host while it is being asked."""

    def __init__(self, at_once: int) -> None:
        self.turns = asyncio.Semaphore(at_once)
        self.not_before = 0.0
        self.closed: Verdict | None = None


class _Asking:
    def __init__(self, options: Options, world: World, progress: Progress) -> None:
        self.options, self.world, self.progress = options, world, progress
        self.verdicts: dict[str, Verdict] = {}
        self.deadline = world.clock() + options.max_time
        self.hosts: dict[str, _Host] = {}
        self.turns = asyncio.Semaphore(options.concurrency)
        self.total = 0
        self.cache = Cache(options.cache, options.cache_days, world.now())

    async def all(self, addresses: list[str]) -> Asked:
        """The verdicts on all addresses."""
        self.total = len(addresses)
        pages: dict[str, list[str]] = {}
        for address in addresses:
            known = self.cache.get(address)
            if known is not None:
                self.verdicts[address] = known
            else:
                pages.setdefault(urldefrag(address)[0], []).append(address)
        stopped = False
        async with self._client() as client:
            tasks = [asyncio.create_task(self._page(client, url, wanted)) for url, wanted in pages.items()]
            try:
                if tasks:
                    await asyncio.wait(tasks, timeout=self.options.max_time)
            except asyncio.CancelledError:  # Ctrl-C
                stopped = True
            for task in tasks:
                task.cancel()
            for result in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(result, Exception):
                    raise result
        why = "stopped before it was asked" if stopped else "not asked: the time for all was up"
        for address in addresses:
            self.verdicts.setdefault(address, Verdict("uncertain", why))
        self.cache.save(self.verdicts)
        return Asked({address: self.verdicts[address] for address in addresses}, stopped)

    def _client(self) -> httpx.AsyncClient:
        transport = guard.Transport(
            self.world.resolve,
            self.world.tls,
            allow_private=self.options.allow_private,
            connections=self.options.concurrency,
        )
        headers = {
            "User-Agent": self.options.user_agent,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "*",
        }
        # Each chain of redirects keeps its own cookies: what one page is told must not depend on another.
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        return httpx.AsyncClient(transport=transport, headers=headers, cookies=no_cookies, timeout=self.options.timeout)

    async def _page(self, client: httpx.AsyncClient, url: str, addresses: list[str]) -> None:
        fragments = {address: urldefrag(address)[1] for address in addresses}
        host = self.hosts.setdefault(url.lower().split("/")[2], _Host(self.options.per_host))
        async with host.turns:
            found = await self._tries(client, url, host, list(filter(None, fragments.values())))
        for address, fragment in fragments.items():
            self.verdicts[address] = found.get(fragment, found[""])
        self.progress(len(self.verdicts), self.total)

    async def _tries(
        self, client: httpx.AsyncClient, url: str, host: _Host, fragments: list[str]
    ) -> Mapping[str, Verdict]:
        """Fragment -> verdict, after as many tries as it takes; '' is the page itself."""
        found: Mapping[str, Verdict] = {}
        for number in range(self.options.retries + 1):
            if host.closed is not None:
                return {"": host.closed}
            if not await self._wait(host.not_before - self.world.clock()):
                return found or {"": Verdict("uncertain", "not asked: the time for all was up")}
            wait = float(2**number)
            try:
                async with self.turns, asyncio.timeout(self.options.timeout):
                    answer = await follow(client, url, fragments, self.options)
            except (TimeoutError, httpcore.TimeoutException, httpx.TimeoutException):
                found = {"": Verdict("uncertain", f"no answer within {self.options.timeout:g} s")}
            except FAILURES as error:
                verdict, again = of_failure(error)
                found = {"": verdict}
                if not again:
                    return found
            else:
                found = of_answer(answer, fragments, self.options)
                if answer.status not in _AGAIN:
                    return found
                wait = self._pace(answer, host, wait)
            if number < self.options.retries and not await self._wait(wait):
                return found
        return found

    def _pace(self, answer: Answer, host: _Host, wait: float) -> float:
        """How long to wait before the next try; the whole host waits if it said so."""
        if answer.status not in _PACED or not answer.retry_after:
            return wait
        seconds = seconds_of(answer.retry_after, self.world.now())
        if seconds is None:
            return wait
        if seconds > self.options.max_wait:
            message = f"answered {answer.status} and wants {seconds:.0f} s of peace"
            host.closed = Verdict("uncertain", message)
            return 0.0
        host.not_before = self.world.clock() + seconds
        return 0.0  # the next try waits for the host

    async def _wait(self, seconds: float) -> bool:
        """Wait, if there is time for it; whether there was."""
        if self.world.clock() + max(seconds, 0) >= self.deadline:
            return False
        if seconds > 0:
            await self.world.sleep(seconds)
        return True


def seconds_of(retry_after: str, now: float) -> float | None:
    """What Retry-After says: seconds, or a date; None if neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None


__all__ = ["FINE", "Asked", "Options", "Verdict", "World", "ask", "seconds_of"]
