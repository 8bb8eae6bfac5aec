"""The defects that link checkers are compared by: all are found, nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import defects, website
from deficiency_glossary.checks.built import check_site
from deficiency_glossary.findings import Finding

PAGES = 100


class Case:
    def __init__(self, folder: Path) -> None:
        website.write(PAGES, folder)
        self.before = check_site(folder)
        self.defects = defects.inject(folder)
        self.findings = check_site(folder)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(tmp_path_factory.mktemp("website"))


def about(defect: defects.Defect, finding: Finding) -> bool:
    place = "moved/dead" if defect.kind == "redirect-to-missing" else defect.page
    return finding.path.startswith(place) and defects.told(defect, finding.message + finding.target)


def test_the_website_itself_has_no_finding(case: Case) -> None:
    assert case.before == []


def test_there_are_as_many_as_elsewhere(case: Case) -> None:
    assert [one.expect for one in case.defects].count("bad") == 53
    assert [one.expect for one in case.defects].count("ok") == 7


def test_every_defect_is_found_on_its_page(case: Case) -> None:
    missed = [
        one for one in case.defects if one.expect != "ok" and not any(about(one, finding) for finding in case.findings)
    ]
    assert missed == []


def test_no_control_and_nothing_else_is_reported(case: Case) -> None:
    reported = [one for one in case.defects if one.expect != "ok"]
    strangers = [one for one in case.findings if not any(about(defect, one) for defect in reported)]
    assert strangers == []


def test_what_one_may_see_either_way_is_no_error(case: Case) -> None:
    gentle = [one for one in case.defects if one.expect == "info"]
    severities = {one.severity for one in case.findings if any(about(defect, one) for defect in gentle)}
    assert severities == {"info"}
