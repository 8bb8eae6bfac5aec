"""One try for one address: the way through its redirects, and what the answer means."""

from __future__ import annotations

import codecs
import ssl
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import httpcore
import httpx

from deficiency_glossary.checks.guard import PrivateAddress, UnknownHost
from deficiency_glossary.checks.uses import read_page
from deficiency_glossary.checks.verdicts import has_fragment

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
# The host will not tell us, but may tell a reader.
_SILENT = {
    401: "wants a password",
    403: "refuses programs, or everybody",
    407: "wants a password for a proxy",
    408: "gave up waiting",
    425: "wants to be asked again",
    429: "was asked too often",
    451: "may not show it here",
    999: "refuses programs",
}
_HEAD_FAILS = 400
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class Verdict(NamedTuple):
    """`code` as in the table of rules, '' if all is well."""

    code: str
    message: str = ""
    arrived: str = ""  # for `moved`: where


FINE = Verdict("")

# Whatever a server, or an address, can make the libraries raise.
FAILURES = (
    PrivateAddress,
    UnknownHost,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    OSError,
    UnicodeError,
)


class Bounds(Protocol):
    """The options that matter here."""

    @property
    def max_redirects(self) -> int:
        """How many redirects are followed."""

    @property
    def max_bytes(self) -> int:
        """How much of a page is read."""


class Answer(NamedTuple):
    """What came at the end of the redirects."""

    status: int
    retry_after: str = ""
    moved_to: str = ""  # where all redirects for good at the beginning of the way lead
    ids: frozenset[str] | None = None  # of an HTML page, if they were asked for
    whole: bool = True  # whether the page was read to its end
    trouble: Verdict | None = None  # the way did not end


async def follow(client: httpx.AsyncClient, url: str, fragments: Sequence[str], bounds: Bounds) -> Answer:
    """Ask for an address: by HEAD, then by GET if that fails or the page must be read."""
    answer = await _way(client, "GET" if fragments else "HEAD", url, bounds)
    # Some hosts answer HEAD wrongly, some not at all; one that asks for peace is left in peace.
    if not fragments and answer.status >= _HEAD_FAILS and answer.status != 429:
        answer = await _way(client, "GET", url, bounds)
    return answer


async def _way(client: httpx.AsyncClient, method: str, url: str, bounds: Bounds) -> Answer:
    here, moved_to, for_good = httpx.URL(url), "", True
    cookies = httpx.Cookies()
    seen: set[tuple[str, str]] = set()
    for _ in range(bounds.max_redirects + 1):
        request = client.build_request(method, here)
        cookies.set_cookie_header(request)
        # A host that sets a cookie and sends us back to the same page is no ring: we have the cookie now.
        step = (str(here), request.headers.get("cookie", ""))
        if step in seen:
            return Answer(0, trouble=Verdict("redirects-on-and-on", f"redirects in a ring, back to {here}"))
        seen.add(step)
        response = await client.send(request, stream=True, follow_redirects=False)
        try:
            cookies.extract_cookies(response)
            if response.status_code not in _REDIRECTS:
                return await _arrived(response, method, moved_to, bounds)
            where = response.headers.get("location", "").strip()
        finally:
            await response.aclose()
        trouble = _trouble(response.status_code, where, here)
        if trouble:
            return Answer(response.status_code, trouble=trouble)
        here = here.join(where)
        for_good = for_good and response.status_code in _FOR_GOOD
        moved_to = str(here) if for_good else moved_to
    message = f"redirects more than {bounds.max_redirects} times"
    return Answer(0, trouble=Verdict("redirects-on-and-on", message))


def _trouble(status: int, where: str, here: httpx.URL) -> Verdict | None:
    if not where:
        return Verdict("dead-address", f"answers {status} and does not say where to go")
    scheme = here.join(where).scheme
    return None if scheme in ("http", "https") else Verdict("dead-address", f"redirects to {where!r}")


async def _arrived(response: httpx.Response, method: str, moved_to: str, bounds: Bounds) -> Answer:
    answer = Answer(response.status_code, response.headers.get("retry-after", ""), moved_to)
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if method != "GET" or not response.is_success or kind not in _PAGES:
        return answer
    parts, size = [], 0
    async for part in response.aiter_bytes():
        parts.append(part)
        size += len(part)
        if size > bounds.max_bytes:
            break
    text = b"".join(parts)[: bounds.max_bytes].decode(_known(response.charset_encoding), errors="replace")
    return answer._replace(ids=read_page(text).ids, whole=size <= bounds.max_bytes)


def _known(encoding: str | None) -> str:
    try:
        return codecs.lookup(encoding or "utf-8").name
    except LookupError:
        return "utf-8"


# --- what it means ---------------------------------------------------------------------------------------------------


def of_answer(answer: Answer, fragments: Sequence[str], bounds: Bounds) -> Mapping[str, Verdict]:
    """Fragment -> verdict; '' is the page itself."""
    page = _of_page(answer)
    verdicts = {"": page}
    if answer.ids is not None and page.code in ("", "moved"):
        for fragment in fragments:
            missing = _of_fragment(fragment, answer, bounds)
            if missing:
                verdicts[fragment] = missing
    return verdicts


def _of_page(answer: Answer) -> Verdict:
    if answer.trouble:
        return answer.trouble
    if 200 <= answer.status < 300:
        if answer.moved_to:
            return Verdict("moved", f"has moved for good, to {answer.moved_to}", answer.moved_to)
        return FINE
    if answer.status in _SILENT:
        return Verdict("uncertain", f"answers {answer.status}: {_SILENT[answer.status]}")
    return Verdict("dead-address", f"answers {answer.status}")


def _of_fragment(fragment: str, answer: Answer, bounds: Bounds) -> Verdict | None:
    name = fragment.partition(":~:")[0]
    if not name or name.lower() == "top" or name.startswith(("/", "!")) or answer.ids is None:
        return None
    # GitHub puts this before the ids of what users write, and a script finds them.
    if has_fragment(answer.ids, name) or has_fragment(answer.ids, f"user-content-{name}"):
        return None
    if not answer.whole:
        return Verdict(
            "uncertain", f"has no id {name!r} in its first {bounds.max_bytes:,} bytes; the rest was not read"
        )
    return Verdict("outside-fragment", f"answers, but has no id {name!r}")


def of_failure(error: Exception) -> tuple[Verdict, bool]:
    """What it means that there was no answer, and whether to try again."""
    if isinstance(error, PrivateAddress):
        return Verdict("private-address", f"{error} is a private host"), False
    if isinstance(error, UnknownHost):
        if error.for_now:
            return Verdict("uncertain", f"the name server does not answer: {error}"), True
        return Verdict("dead-address", f"there is no such host: {error}"), False
    certificate = _certificate(error)
    if certificate:
        return Verdict("bad-certificate", certificate), False
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError)):
        return Verdict("bad-address", f"is no address: {error}"), False
    if isinstance(error, (httpcore.ConnectError, httpx.ConnectError)):
        return Verdict("dead-address", "the host does not take connections"), True
    return Verdict("dead-address", f"the connection broke off: {str(error) or type(error).__name__}"), True


def _certificate(error: BaseException | None) -> str:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"the certificate is not valid: {error.verify_message}"
        if isinstance(error, ssl.SSLError):
            return f"no secure connection: {error.reason or error}"
        error = error.__cause__ or error.__context__
    return ""
