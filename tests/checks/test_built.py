"""The links check: one small site a mistake (or a thing that is none), each with what is to be found, and where."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from deficiency_glossary.checks.built import check, check_site
from deficiency_glossary.checks.html import decode
from deficiency_glossary.checks.link_rules import LINK_RULES
from deficiency_glossary.findings import Finding, in_order

SITES = Path(__file__).resolve().parent.parent / "sites"
CASES = sorted(path.name for path in SITES.iterdir() if path.is_dir())
# Codes whose place is not that of the address: the language stands wrong, or the file as a whole does.
ELSEWHERE = {
    "bad-hreflang",
    "duplicate-hreflang",
    "hreflang-self",
    "duplicate-id",
    "bad-sitemap",
    "bad-feed",
    "bad-json-ld",
}


# Written with references or escapes, so that the text in the file is another; the place is that of its beginning.
WRITTEN_OTHERWISE = {
    "gone(1).png",
    "gone-5.html?a=1&b=2&copy=3",
    "gone-6.html",
    "gone-b.png",
    "https://example.org/gone-in-html/",
    "https://example.org/gone.png",
}


def line_of(finding: Finding) -> str:
    place = f":{finding.line}:{finding.column}" if finding.line else ""
    return f"{finding.path}{place} {finding.severity} {finding.code} {finding.target}".rstrip()


@pytest.mark.parametrize("case", CASES)
def test_each_mistake_is_found_where_it_is_and_nothing_else(case: str) -> None:
    findings = check_site(SITES / case / "site")
    assert [line_of(one) for one in findings] == (SITES / case / "expected.txt").read_text("utf-8").splitlines()
    assert all(one.message and one.hint for one in findings)
    assert findings == in_order(findings)


@pytest.mark.parametrize("case", ["redirects", "hreflang-default", "under-a-path", "dead-fragment", "mixed-content"])
def test_several_processes_find_the_same(case: str) -> None:
    assert check_site(SITES / case / "site", jobs=3) == check_site(SITES / case / "site", jobs=1) != []


def test_the_place_is_that_of_the_address() -> None:
    seen = set()
    for case in CASES:
        for finding in check_site(SITES / case / "site"):
            path = SITES / case / "site" / finding.path
            if finding.code in ELSEWHERE or path.suffix == ".gz":
                continue
            line = decode(path.read_bytes()).split("\n")[finding.line - 1]
            if not line[finding.column - 1 :].startswith(finding.target):
                seen.add(finding.target)
    assert seen == WRITTEN_OTHERWISE


def test_every_code_of_the_table_that_needs_no_network_has_a_site() -> None:
    expected = "".join((SITES / case / "expected.txt").read_text("utf-8") for case in CASES)
    codes = {line.split()[2] for line in expected.splitlines()}
    offline = {code for title, rules in LINK_RULES.items() if "--external" not in title for code in rules}
    assert codes == offline


def test_the_shipped_site_has_no_finding(built_site: Path) -> None:
    assert check_site(built_site) == []


def test_an_empty_folder_has_no_finding(tmp_path: Path) -> None:
    assert check_site(tmp_path) == []


def test_the_check_of_our_own_site_would_see_a_page_that_is_gone(built_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "public"
    shutil.copytree(built_site, site)
    (site / "ko" / "collateral" / "index.html").unlink()
    codes = {finding.code for finding in check_site(site)}
    assert codes == {"dead-link", "dead-hreflang"}
    paths = {finding.path for finding in check_site(site)}
    assert {"sitemap.xml", "ko/index.html", "no/collateral/index.html", "ko/deficiency-balance/index.html"} <= paths


# --- options ---------------------------------------------------------------------------------------------------------


def site_of(folder: Path, **pages: str) -> Path:
    for name, body in pages.items():
        path = folder / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return folder


def test_clean_urls_are_asked_for(tmp_path: Path) -> None:
    site = site_of(tmp_path, index='<a href="about">x</a> <a href="/about?x#y">x</a>', about='<p id="y">')
    assert [(one.code, "--clean-urls" in one.hint) for one in check_site(site)] == [("dead-link", True)] * 2
    assert check_site(site, clean_urls=True) == []


def test_the_public_address_can_be_given(tmp_path: Path) -> None:
    body = '<a href="https://example.org/sub/gone">x</a> <a href="/sub/">x</a> <a href="/other/">x</a>'
    site = site_of(tmp_path, index=body)
    assert {one.target for one in check_site(site)} == {"/sub/", "/other/"}
    assert {one.target for one in check_site(site, base_url="https://example.org/sub/")} == {
        "https://example.org/sub/gone"
    }


def test_the_public_address_is_what_most_pages_say(tmp_path: Path) -> None:
    pages = {f"p{number}": f'<link rel=canonical href="https://example.org/p{number}.html">' for number in range(9)}
    wrong = '<link rel=canonical href="https://wrong.example/wrong.html"><a href="https://example.org/gone">x</a>'
    assert [one.target for one in check_site(site_of(tmp_path, wrong=wrong, **pages))] == ["https://example.org/gone"]


def test_what_is_excluded_is_not_reported(tmp_path: Path) -> None:
    site = site_of(tmp_path, index='<a href="gone-1">x</a> <a href="gone-2">x</a> <a href="https://x.example/1">x</a>')
    checked = check(site, exclude=[re.compile("-1$"), re.compile("x[.]example")], outside=True)
    assert [one.target for one in checked.findings] == ["gone-2"]
    assert checked.outside == {}


def test_addresses_outside_are_listed_with_their_pages(tmp_path: Path) -> None:
    link = '<a href="https://x.example/a#b">x</a>'
    head = '<link rel="preconnect" href="https://y.example"><form action="https://z.example/"></form>'
    site = site_of(tmp_path, a=link + link, b__c=link + '<img src="//x.example/i.png">', d=head)
    assert check(site, outside=True).outside == {
        "http://x.example/i.png": ["b/c.html"],
        "https://x.example/a#b": ["a.html", "b/c.html"],
    }
    assert check(site).outside == {}


def test_names_that_are_not_utf_8_can_be_reported(tmp_path: Path) -> None:
    name = tmp_path / "\udcff.html"
    name.write_text('<a href="gone">x</a>', encoding="utf-8")
    (finding,) = check_site(tmp_path)
    assert finding.path == "?.html"
    finding.message.encode()
