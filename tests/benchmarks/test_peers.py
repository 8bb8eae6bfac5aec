"""The comparison with other generators is a fair one: the same pages, the same words, or it stops."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import corpus, document, fresh, peer_sites, peers, running, same, table

PAGES = 10


def only(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(peers, "PEERS", [peer for peer in peer_sites.PEERS if peer.name == name])


def test_a_run_beside_hugo(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "Hugo")
    monkeypatch.setattr(peers, "cores", lambda: 1)  # more take longer to start than these few pages take
    result = peers.compare(PAGES, PAGES, 1)
    cold, edited = result.tables
    assert [row[0] for row in cold.rows] == [peers.WHOLE, peers.OURS, "Hugo"]
    assert [row[0].partition(",")[0] for row in edited.rows] == ["ours", "ours", "Hugo"]
    assert cold.rows[1][2] == "1.00"
    assert result.measured["Hugo"].count(".") == 2
    assert result.left_out == {}
    page = document.page(result, table.Table("Stages", ("stage",), [("templates",)]))
    assert cold.markdown() in page
    assert edited.markdown() in page
    assert f"Hugo {result.measured['Hugo']}." in page
    assert "Left out: nothing." in page


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "PEERS", [peer._replace(find=lambda: None) for peer in peer_sites.PEERS])
    monkeypatch.setattr(peers, "_compare", lambda *_, **__: [])
    result = peers.compare()
    assert result.left_out == dict.fromkeys(["Hugo", "Zola", "MkDocs", "Sphinx"], "not installed")
    assert "Zola: left out, not installed" in peers.told_of(result)
    assert "Left out: Hugo (not installed), " in document.page(result, table.Table("", ("",), []))


_PAGE = """<title>T</title><meta name="description" content="d"><link rel="canonical" href="/">
<link hreflang="ko" href="/"><header><nav><a href="/">한국어</a></nav></header>
<main><p>One <b>word</b> and <a href="../other/#part">another</a></p><table><td>1</td></table></main>
<footer>f</footer>"""


def sites(folder: Path, theirs: str) -> tuple[Path, Path]:
    for name, text in (("ours", _PAGE), ("theirs", theirs)):
        page = folder / name / "site" / "ko" / "loan" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(text, encoding="utf-8")
    return folder / "ours" / "site", folder / "theirs" / "site"


def test_other_marks_and_addresses_of_the_same_words_and_links_pass(tmp_path: Path) -> None:
    theirs = (
        _PAGE.replace("<p>One", "<div>One").replace("../other/#part", "/ko/other#part").replace("1<", " <em>1</em><")
    )
    same.check_words(*sites(tmp_path, theirs), peer_sites.in_folders, [("ko", "loan")])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("One ", "", r"lacks \['One'\]"),
        ("One ", "One 1 ", r"adds \['1'\]"),
        ("#part", "", r"lacks \['other#part'\]"),
        ("hreflang", "lang", "has no links to its languages"),
        ("<td>", "<th>", "has no table"),
    ],
)
def test_a_page_with_less_or_more_stops_it(tmp_path: Path, old: str, new: str, told: str) -> None:
    made = sites(tmp_path, _PAGE.replace(old, new))
    with pytest.raises(same.Unlike, match=told):
        same.check_words(*made, peer_sites.in_folders, [("ko", "loan")])


def test_a_page_that_is_missing_stops_it(tmp_path: Path) -> None:
    _, theirs = sites(tmp_path, _PAGE)
    same.check_pages(theirs, peer_sites.in_folders, [("ko", "loan")])
    with pytest.raises(same.Unlike, match="made no page ko/house"):
        same.check_pages(theirs, peer_sites.in_folders, [("ko", "loan"), ("ko", "house")])


def test_a_chart_on_our_comparable_page_stops_it(tmp_path: Path) -> None:
    made, _ = sites(tmp_path, "")
    same.check_bare(made, [("ko", "loan")])
    (made / "ko" / "loan" / "index.html").write_text(f"{_PAGE}<svg></svg>", encoding="utf-8")
    with pytest.raises(same.Unlike, match="svg"):
        same.check_bare(made, [("ko", "loan")])


def test_a_program_that_fails_says_why(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit('no more paper')"]
    with pytest.raises(RuntimeError, match="no more paper"):
        running.run(command, tmp_path)


def test_memory_of_all_processes_is_added_up(tmp_path: Path) -> None:
    if not Path("/proc/self/task").is_dir():
        return
    hold = "import time; held = bytearray(60 << 20); time.sleep(0.4)"
    parent = f"import subprocess, sys; one = subprocess.Popen([sys.executable, '-c', {hold!r}]); {hold}; one.wait()"
    assert running.run([sys.executable, "-c", parent], tmp_path).mebibytes > 120


def test_every_stage_that_is_watched_is_still_gone_through(tmp_path: Path) -> None:
    """A function that the build no longer calls would leave its time to another stage, and nobody would see."""
    corpus.write(PAGES, tmp_path / "glossary")
    entry = next((tmp_path / "glossary" / "content" / "ko").iterdir())
    text = entry.read_text(encoding="utf-8")
    entry.write_text(
        text.replace("definition: |\n", "definition: |\n  `Code` takes the long way.\n\n", 1), encoding="utf-8"
    )
    told = fresh.python("-m", "benchmarks.stages", str(tmp_path / "glossary"), str(tmp_path / "out"))
    stages = json.loads(told)
    assert {stage for stage, (_, calls) in stages.items() if calls} == set(stages) - {"the rest"}
    assert len(stages) == 18
