"""Asking hosts outside, tried against a host on this machine that misbehaves in every way that hosts do."""

from __future__ import annotations

import gzip
import os
import signal
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler

import pytest
from hosts import START, Clock, Host, Script, Step, hosted, quick, reset, silent

from deficiency_glossary.checks.link_rules import SEVERITY
from deficiency_glossary.checks.web import Options, Verdict, ask, seconds_of


def to(where: str, status: int = 302, **headers: str) -> Step:
    return Step(status, [("Location", where), *((name.replace("_", "-"), value) for name, value in headers.items())])


def verdict(host: Host, path: str, clock: Clock | None = None, **options: object) -> Verdict:
    asked = ask([host.url(path)], quick(**options), world=(clock or Clock()).world())
    assert not asked.stopped
    found = asked.verdicts[host.url(path)]
    assert found.code == "" or found.code in SEVERITY
    return found


PAGE = b'<p id="here"><a name="old"></a><p id="user-content-readme"><p id="50%25"><p id="\xc3\xbc">'
CHAIN: Script = {f"/hop{number}": [to(f"/hop{number + 1}")] for number in range(11)}
SCRIPT: Script = {
    "/fine": [Step()],
    "/nothing": [Step(204)],
    "/gone": [Step(410)],
    "/teapot": [Step(418)],
    "/no-head": [Step(405), Step()],
    "/wrong-head": [Step(404), Step()],
    "/broken-head": [Step(500), Step()],
    "/ring": [to("/ring2", 301)],
    "/ring2": [to("/ring", 301)],
    "/self": [to("/self")],
    **CHAIN,
    "/hop11": [Step()],
    "/short": [to("/hop2")],
    "/moved": [to("/new", 301)],
    "/new": [to("/newer", 308)],
    "/newer": [to("/fine", 302)],
    "/for-now": [to("/moved", 307)],
    "/lost": [Step(301)],
    "/to-file": [to("file:///etc/passwd")],
    "/to-nowhere": [to("http://[")],
    "/cookie": [to("/cookie", Set_Cookie="seen=1; Path=/"), Step()],
    "/cookies": [to("/cookies", Set_Cookie="a=1"), to("/cookies", Set_Cookie="b=1"), Step()],
    "/401": [Step(401)],
    "/403": [Step(403)],
    "/451": [Step(451)],
    "/999": [Step(999)],
    "/page": [Step(body=PAGE)],
    "/moved-page": [to("/page", 301)],
    "/packed": [Step(body=gzip.compress(PAGE, mtime=0), headers=[("Content-Encoding", "gzip")])],
    "/not-packed": [Step(body=b"plain", headers=[("Content-Encoding", "gzip")])],
    "/paper": [Step(body=PAGE, kind="application/pdf")],
    "/mislabelled": [Step(body=b"\x89PNG", kind="text/html; charset=no-such-code")],
    "/no-type": [Step(body=PAGE, kind="")],
    "/latin": [Step(body=b'<p id="\xfc">', kind="text/html; charset=iso-8859-1")],
    "/404-page": [Step(404, body=PAGE)],
}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/fine", ""),
        ("/fine?a=b&c=%20", ""),
        ("/nothing", ""),
        ("/not-there", "dead-address"),
        ("/gone", "dead-address"),
        ("/teapot", "dead-address"),
        ("/no-head", ""),
        ("/wrong-head", ""),
        ("/broken-head", ""),
        ("/ring", "redirects-on-and-on"),
        ("/self", "redirects-on-and-on"),
        ("/hop0", "redirects-on-and-on"),
        ("/hop1", ""),
        ("/moved", "moved"),
        ("/for-now", ""),
        ("/lost", "dead-address"),
        ("/to-file", "dead-address"),
        ("/to-nowhere", "dead-address"),
        ("/cookie", ""),
        ("/cookies", ""),
        ("/401", "uncertain"),
        ("/403", "uncertain"),
        ("/451", "uncertain"),
        ("/999", "uncertain"),
        ("/page#here", ""),
        ("/page#old", ""),
        ("/page#readme", ""),
        ("/page#50%25", ""),
        ("/page#%C3%BC", ""),
        ("/page#top", ""),
        ("/page#:~:text=x", ""),
        ("/page#/route", ""),
        ("/page#gone", "outside-fragment"),
        ("/moved-page#here", "moved"),
        ("/moved-page#gone", "outside-fragment"),
        ("/packed#here", ""),
        ("/packed#gone", "outside-fragment"),
        ("/not-packed#here", "dead-address"),
        ("/paper#gone", ""),
        ("/mislabelled#gone", "outside-fragment"),
        ("/no-type#gone", ""),
        ("/latin#%C3%BC", ""),
        ("/404-page#here", "dead-address"),
    ],
)
def test_verdicts(path: str, code: str) -> None:
    with hosted({name: list(steps) for name, steps in SCRIPT.items()}) as host:
        found = verdict(host, path)
    assert found.code == code
    assert bool(found.message) == bool(code)


def test_what_moved_says_where_the_lasting_part_of_the_way_leads() -> None:
    with hosted(dict(SCRIPT)) as host:
        assert verdict(host, "/moved").arrived == host.url("/newer")


def test_one_request_answers_for_all_fragments_of_a_page() -> None:
    with hosted({"/page": [Step(body=PAGE)]}) as host:
        urls = [host.url(f"/page{part}") for part in ("", "#here", "#old", "#gone")]
        found = ask(urls, quick(), world=Clock().world()).verdicts
        assert [found[url].code for url in urls] == ["", "", "", "outside-fragment"]
        assert host.asked("/page") == ["GET"]


def test_without_a_fragment_nothing_is_read() -> None:
    with hosted({"/fine": [Step()]}) as host:
        verdict(host, "/fine")
        assert host.asked("/fine") == ["HEAD"]
        assert "Mozilla/5.0 (compatible; deficiency-glossary" in host.requests[0].headers["User-Agent"]


# --- again and again -------------------------------------------------------------------------------------------------


def when(seconds: float) -> str:
    return formatdate(START + seconds, usegmt=True)


@pytest.mark.parametrize(
    ("status", "says", "waits"),
    [
        (429, "7", [7]),
        (503, "7", [7]),
        (429, "0", []),
        (429, when(30), [30]),
        (429, when(-30), []),
        (429, "Friday, 15-Jan-27 08:00:09 GMT", [9]),
        (429, "soon", [1]),
        (429, "-5", [1]),
        (429, "", [1]),
        (500, "7", [1]),  # only these two may say when
        (502, "", [1]),
        (504, "", [1]),
        (408, "", [1]),
    ],
)
def test_retry_after_is_obeyed(status: int, says: str, waits: list[float]) -> None:
    first = Step(status, [("Retry-After", says)] if says else [])
    get = [first] if status != 429 else []  # all but 429 are asked by GET too
    clock = Clock()
    with hosted({"/": [first, *get, Step()]}) as host:
        assert verdict(host, "/", clock).code == ""
    assert clock.slept == pytest.approx(waits)


@pytest.mark.parametrize(
    ("status", "says", "code"),
    [(429, "", "uncertain"), (429, "1", "uncertain"), (408, "", "uncertain"), (500, "", "dead-address")],
)
def test_tries_end(status: int, says: str, code: str) -> None:
    clock = Clock()
    with hosted({"/": [Step(status, [("Retry-After", says)] if says else [])]}) as host:
        assert verdict(host, "/", clock, retries=3).code == code
    assert clock.slept == ([1, 1, 1] if says else [1, 2, 4])


def test_a_host_that_wants_too_much_peace_is_left_in_peace() -> None:
    clock = Clock()
    with hosted({"/a": [Step(429, [("Retry-After", "86400")])], "/b": [Step()], "/c": [Step()]}) as host:
        urls = [host.url(f"/{name}") for name in "abc"]
        found = ask(urls, quick(per_host=1), world=clock.world()).verdicts
        assert [one.path for one in host.requests] == ["/a"]
    assert {one.code for one in found.values()} == {"uncertain"}
    assert "86400 s" in found[urls[0]].message
    assert clock.slept == []


def test_all_pages_of_a_host_wait_when_it_says_so() -> None:
    clock = Clock()
    with hosted({"/a": [Step(429, [("Retry-After", "5")]), Step()], "/b": [Step()]}) as host:
        asked = ask([host.url("/a"), host.url("/b")], quick(per_host=1), world=clock.world())
    assert {one.code for one in asked.verdicts.values()} == {""}
    assert clock.slept == [5]


@pytest.mark.parametrize("troubles", [1, 3])
def test_a_broken_connection_is_tried_again(troubles: int) -> None:
    with hosted({"/": [*[reset] * troubles, Step()]}) as host:
        found = verdict(host, "/")
        assert len(host.requests) == min(troubles + 1, 3)
    assert found.code == ("" if troubles == 1 else "dead-address")


def test_a_host_that_takes_no_connections() -> None:
    with hosted({}) as host:
        url = host.url("/")
    clock = Clock()
    found = ask([url], quick(), world=clock.world()).verdicts[url]
    assert (found.code, clock.slept) == ("dead-address", [1, 2])


# --- bounds ----------------------------------------------------------------------------------------------------------


def test_a_slow_answer_is_uncertain() -> None:
    with hosted({"/": [silent]}) as host:
        found = verdict(host, "/", timeout=0.1, retries=0)
    assert found == Verdict("uncertain", "no answer within 0.1 s")


def test_a_body_that_drips_is_uncertain() -> None:
    with hosted({"/": [Step(body=[b"<p>"] * 30, pause=0.05)]}) as host:
        assert verdict(host, "/#x", timeout=0.25, retries=0).code == "uncertain"


def test_a_huge_page_is_read_only_so_far() -> None:
    filler = b"<p>" + b"x" * 997
    with hosted({"/": [Step(body=[b'<p id="first">', *[filler] * 4000, b'<p id="last">'])]}) as host:
        assert verdict(host, "/#first", max_bytes=100_000).code == ""
        late = verdict(host, "/#last", max_bytes=100_000)
        assert verdict(host, "/#last", max_bytes=10_000_000).code == ""
    assert late.code == "uncertain"
    assert "100,000 bytes" in late.message


def test_a_small_answer_that_unpacks_to_a_huge_one() -> None:
    bomb = gzip.compress(b"<p id='x'>" + b" " * 50_000_000, mtime=0)
    with hosted({"/": [Step(body=bomb, headers=[("Content-Encoding", "gzip")])]}) as host:
        assert verdict(host, "/#x").code == ""
        assert verdict(host, "/#y").code == "uncertain"


def test_the_time_for_all_is_bounded() -> None:
    clock = Clock()
    with hosted({"/a": [Step(503, [("Retry-After", "50")])], "/b": [Step()]}) as host:
        found = ask([host.url("/a"), host.url("/b")], quick(max_time=60, retries=9), world=clock.world()).verdicts
    assert sum(clock.slept) <= 60
    assert found[host.url("/a")].code == "dead-address"  # what is known of it
    assert found[host.url("/b")].code == ""


def test_what_takes_longer_than_all_may_take_is_given_up() -> None:
    with hosted({"/slow": [silent], "/fine": [Step()]}) as host:
        asked = ask([host.url("/slow"), host.url("/fine")], quick(max_time=0.3), world=Clock().world())
    assert asked.verdicts == {
        host.url("/fine"): Verdict(""),
        host.url("/slow"): Verdict("uncertain", "not asked: the time for all was up"),
    }


@pytest.mark.parametrize(("options", "most"), [({"per_host": 2}, 2), ({"per_host": 9, "concurrency": 3}, 3)])
def test_few_requests_at_once(options: dict[str, int], most: int) -> None:
    script: Script = {f"/{number}": [Step(pause=0.01)] for number in range(20)}
    with hosted(script) as host:
        found = ask([host.url(path) for path in script], quick(**options), world=Clock().world()).verdicts
    assert {one.code for one in found.values()} == {""}
    assert 1 < host.busiest <= most


def test_stopping_gives_what_is_known() -> None:
    def interrupt(handler: BaseHTTPRequestHandler) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        silent(handler)

    with hosted({"/a": [Step()], "/b": [interrupt], "/c": [Step()]}) as host:
        urls = [host.url(f"/{name}") for name in "abc"]
        asked = ask(urls, quick(per_host=1), world=Clock().world())
    assert asked.stopped
    assert [asked.verdicts[url].code for url in urls] == ["", "uncertain", "uncertain"]


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    with hosted({"/a": [Step()], "/b": [Step()]}) as host:
        ask([host.url("/a"), host.url("/b")], quick(), world=Clock().world(), progress=lambda *one: told.append(one))
    assert told == [(1, 2), (2, 2)]


def test_nothing_to_ask() -> None:
    assert ask([], Options()).verdicts == {}


@pytest.mark.parametrize(
    ("says", "seconds"),
    [("120", 120), (" 5 ", 5), (when(60), 60), (when(-60), 0), ("٣", None), ("1.5", None), ("1m", None), ("", None)],
)
def test_seconds_of_retry_after(says: str, seconds: float | None) -> None:
    assert seconds_of(says, START) == seconds
