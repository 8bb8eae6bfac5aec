"""The generated website is a sound one, and the comparison of link checkers says what is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import corpus, defects, links, website


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name, seed in (("first", 1), ("again", 1), ("other", 2)):
        website.write(60, tmp_path / name, seed)
        written.append({p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.html")})
    assert written[0] == written[1] != written[2]


def test_a_page_has_as_many_links_as_it_says(tmp_path: Path) -> None:
    website.write(60, tmp_path)
    for page in tmp_path.glob("*/*/index.html"):
        assert len(re.findall(' href="', page.read_text(encoding="utf-8"))) == website.LINKS_A_PAGE


@pytest.mark.parametrize("pages", [0, 59, 5 * corpus.MAX_CONCEPTS + 5])
def test_sizes_that_cannot_be_made(pages: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pages can be made"):
        website.write(pages, tmp_path)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("… /ms/gone-1/ …", True),
        ("gone-1", True),
        ("gone-12 then gone-1.", True),
        ("gone-12", False),
        ("gone-1-b", False),
    ],
)
def test_a_report_tells_of_a_defect_or_not(report: str, told: bool) -> None:
    assert defects.told(defects.Defect("page", "bad", "x", "gone-1"), report) == told


def test_only_complaints_count() -> None:
    lychee = (
        '{"total": 2, "error_map": {"a.html": [{"url": "gone-1"}]}, "excluded_map": {"a.html": [{"url": "gone-2"}]}}'
    )
    assert "gone-1" in links.complaints(lychee)
    assert "gone-2" not in links.complaints(lychee)
    assert "gone-2" in links.complaints('{"findings": [{"target": "gone-2"}]}')


def test_a_peer_that_is_not_installed_is_left_out_and_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ours = links.programs(tmp_path)[links.OURS]
    monkeypatch.setattr(links, "programs", lambda site: {links.OURS: [*ours[:4], str(site), *ours[5:]]})
    links.table_of(100, 1)
    printed = capsys.readouterr().out
    assert "| 53 of 53 |" in printed
    assert "lychee is not installed and was left out" in printed
