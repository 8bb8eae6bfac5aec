"""The links check: one small site a mistake (or a thing that is none), each with what is to be found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deficiency_glossary.checks.built import check_site
from deficiency_glossary.findings import in_order

SITES = Path(__file__).resolve().parent.parent / "sites"
CASES = sorted(path.name for path in SITES.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_each_mistake_is_found_and_nothing_else(case: str) -> None:
    findings = check_site(SITES / case / "site")
    found = {f"{finding.path} {finding.code} {finding.target}".strip() for finding in findings}
    assert sorted(found) == (SITES / case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert all(finding.severity == "error" and finding.message for finding in findings)
    assert findings == in_order(findings)


def test_the_shipped_site_has_no_finding(built_site: Path) -> None:
    assert check_site(built_site) == []


def test_a_wrong_case_is_told_apart_from_a_missing_file() -> None:
    hints = {finding.target: finding.hint for finding in check_site(SITES / "wrong-case" / "site")}
    assert hints["Other.html"] == "the file is called 'other.html'"


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
