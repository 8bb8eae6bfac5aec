"""Asking hosts outside leads to no private address, trusts no bad certificate, and remembers what is sound."""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import pytest
import trustme
from hosts import START, Clock, Script, Step, hosted, quick

from deficiency_glossary.checks import guard
from deficiency_glossary.checks.guard import is_public
from deficiency_glossary.checks.web import ask

# --- private addresses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.8.9.10", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),  # where clouds keep their secrets
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_everybody_can_reach(address: str, public: bool) -> None:
    assert is_public(address) == public


def test_a_private_host_is_not_asked() -> None:
    clock = Clock()
    with hosted({"/": [Step()]}) as host:
        urls = [host.url("/"), host.url("/", "inside.example")]
        found = ask(urls, quick(allow_private=False), world=clock.world({"inside.example": ["10.0.0.1", "127.0.0.1"]}))
        assert host.requests == []
    assert [one.code for one in found.verdicts.values()] == ["private-address"] * 2
    assert clock.slept == []


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f.1", "127.1", "localhost", "[::ffff:7f00:1]"])
def test_no_spelling_of_a_private_host_gets_through(spelling: str) -> None:
    with hosted({"/": [Step()]}) as host:
        url = host.url("/", spelling)
        world = Clock().world()._replace(resolve=guard.resolve)  # the system's own
        found = ask([url], quick(allow_private=False), world=world).verdicts[url]
        assert host.requests == []
    assert found.code == "private-address"


def test_a_redirect_to_a_private_host_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host counts as public; where it sends us to does not."""
    monkeypatch.setattr("deficiency_glossary.checks.guard.is_public", lambda address: address == "127.0.0.1")
    away = Step(302, [("Location", "http://inside.example:{port}/secret")])
    with hosted({"/": [away], "/secret": [Step()]}) as host:
        url = host.url("/", "outside.example")
        names = {"outside.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"]}
        found = ask([url], quick(allow_private=False), world=Clock().world(names)).verdicts[url]
        assert [one.path for one in host.requests] == ["/"]
    assert found.code == "private-address"


def test_a_name_that_changes_its_address_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection goes to the address that was looked at: a name is resolved once for it, by nobody else."""
    monkeypatch.setattr("deficiency_glossary.checks.guard.is_public", lambda address: address == "127.0.0.1")
    asked: list[str] = []

    async def resolve(name: str, _port: int) -> list[str]:
        asked.append(name)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    close = [("Connection", "close")]
    with hosted({"/": [Step(405, close), Step(200, close)]}) as host:
        url = host.url("/", "changing.example")
        world = Clock().world()._replace(resolve=resolve)
        found = ask([url], quick(allow_private=False), world=world).verdicts[url]
        assert host.asked("/") == ["HEAD"]  # the second connection met the second address
    assert asked == ["changing.example"] * 2
    assert found.code == "private-address"


def test_the_public_one_of_several_addresses_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deficiency_glossary.checks.guard.is_public", lambda address: address == "127.0.0.1")
    with hosted({"/": [Step()]}) as host:
        url = host.url("/", "both.example")
        world = Clock().world({"both.example": ["127.0.0.2", "127.0.0.1"]})
        assert ask([url], quick(allow_private=False), world=world).verdicts[url].code == ""


# --- names -----------------------------------------------------------------------------------------------------------


def test_names_in_other_scripts_are_asked_for_in_theirs() -> None:
    with hosted({"/": [Step()]}) as host:
        url = host.url("/", "적자.example")
        found = ask([url], quick(), world=Clock().world({"xn--9u5b3h.example": ["127.0.0.1"]})).verdicts[url]
        hosts = [one.headers["Host"] for one in host.requests]
    assert (found.code, hosts) == ("", [f"xn--9u5b3h.example:{host.port}"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no-such-host.invalid", "dead-address"),
        ("a" * 70 + ".example", "dead-address"),
        ("xn--a.example", "bad-address"),
    ],
)
def test_names_that_are_none(name: str, code: str) -> None:
    async def resolve(host: str, _port: int) -> list[str]:
        raise guard.UnknownHost(f"nobody knows {host}", for_now=False)

    url = f"http://{name}/"
    assert ask([url], quick(), world=Clock().world()._replace(resolve=resolve)).verdicts[url].code == code


def test_a_name_server_that_does_not_answer_is_no_proof() -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        raise guard.UnknownHost("try again", for_now=True)

    clock = Clock()
    found = ask(["http://x.example/"], quick(), world=clock.world()._replace(resolve=resolve)).verdicts
    assert (found["http://x.example/"].code, clock.slept) == ("uncertain", [1, 2])


# --- certificates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trusted", "name", "code"),
    [
        (True, "sound.example", ""),
        (True, "other.example", "bad-certificate"),
        (False, "sound.example", "bad-certificate"),
    ],
)
def test_certificates(trusted: bool, name: str, code: str) -> None:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("sound.example").configure_cert(server)
    client = ssl.create_default_context()
    if trusted:
        authority.configure_trust(client)
    clock = Clock()
    with hosted({"/": [Step()]}, server) as host:
        url = host.url("/", name)
        found = ask([url], quick(), world=clock.world({name: ["127.0.0.1"]}, client)).verdicts[url]
    assert found.code == code
    assert clock.slept == []


def test_a_host_that_speaks_no_tls() -> None:
    with hosted({"/": [Step()]}) as host:
        url = host.url("/").replace("http:", "https:")
        assert ask([url], quick(), world=Clock().world()).verdicts[url].code == "bad-certificate"


# --- the cache -------------------------------------------------------------------------------------------------------


def test_what_was_sound_is_not_asked_again_until_it_is_old(tmp_path: Path) -> None:
    cache = tmp_path / "made" / "cache.json"
    page = Step(body=b'<p id="a">')
    script: Script = {
        "/": [page],
        "/moved": [Step(301, [("Location", "/")])],
        "/gone": [Step(404)],
        "/403": [Step(403)],
    }
    with hosted(dict(script)) as host:
        urls = [host.url(path) for path in ("/#a", "/#b", "/gone", "/moved", "/403")]
        clock = Clock()
        options = quick(cache=cache, cache_days=1)
        first = ask(urls, options, world=clock.world()).verdicts
        assert [first[url].code for url in urls] == ["", "outside-fragment", "dead-address", "moved", "uncertain"]
        host.requests.clear()
        clock.time += 86_000
        assert ask(urls, options, world=clock.world()).verdicts == first
        assert {one.path for one in host.requests} == {"/", "/gone", "/403"}
        assert set(json.loads(cache.read_bytes())["addresses"]) == {urls[0], urls[3]}
        host.requests.clear()
        clock.time += 1000
        assert ask(urls, options, world=clock.world()).verdicts == first
        assert "/moved" in {one.path for one in host.requests}
    assert [path.name for path in cache.parent.iterdir()] == ["cache.json"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"version": 99, "addresses": {}}',
        '{"version": 1, "addresses": {"URL": {"time": 9999999999}}}',
    ],
    ids=["empty", "broken", "other", "newer", "from the future"],
)
def test_a_cache_that_cannot_be_used_is_written_anew(tmp_path: Path, content: str) -> None:
    cache = tmp_path / "cache.json"
    with hosted({"/": [Step()]}) as host:
        cache.write_text(content.replace("URL", host.url("/")), encoding="utf-8")
        assert ask([host.url("/")], quick(cache=cache), world=Clock().world()).verdicts[host.url("/")].code == ""
        assert len(host.requests) == 1
        assert json.loads(cache.read_bytes())["addresses"] == {host.url("/"): {"time": START}}
