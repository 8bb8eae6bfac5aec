"""Building again: the same bytes from the same input, only what changed, and always what a cold build would give."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from trees import CHECKOUT, cold, contents, copy_some, edit, identities
from trees import FEW_CONCEPTS as CONCEPTS

import deficiency_glossary as dg
from deficiency_glossary.library import code
from deficiency_glossary.site import build as site_build
from deficiency_glossary.site import survey, work
from deficiency_glossary.site.plan import Task
from deficiency_glossary.site.survey import EntrySummary, TermSummary

LOCALES = ("en", "ko", "no")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_some(tmp_path / "glossary", CONCEPTS, LOCALES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public"


# --- the same bytes --------------------------------------------------------------------------------------------------

SURROUNDINGS = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1", "jobs": "1"},
    {"TZ": "America/Adak", "LC_ALL": "C", "PYTHONHASHSEED": "2", "jobs": "2", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize("surroundings", SURROUNDINGS)
@pytest.mark.parametrize("output", ["html", "markdown"])
def test_a_build_is_the_same_everywhere(
    built_site: Path, tmp_path: Path, output: str, surroundings: dict[str, str]
) -> None:
    variables = {name: value for name, value in surroundings.items() if name != "jobs"}
    command = [sys.executable, "-m", "deficiency_glossary", "-C", str(CHECKOUT), "build", "--out", "public"]
    subprocess.run(
        [*command, "--format", output, "--jobs", surroundings["jobs"]],
        cwd=tmp_path,
        env={**os.environ, **variables},
        check=True,
        capture_output=True,
    )
    if output == "html":
        expected = contents(built_site)
    else:
        dg.load().build(tmp_path / "here", format="markdown")
        expected = contents(tmp_path / "here")
    assert contents(tmp_path / "public") == expected


def test_the_first_build_writes_all_and_the_second_nothing(root: Path, out: Path) -> None:
    glossary = dg.load(root)
    first = glossary.build(out)
    before = identities(out)
    assert (first.written, first.unchanged, first.removed) == (first.files, 0, 0)
    assert first.files == len(before)
    second = glossary.build(out)
    assert (second.files, second.written, second.unchanged, second.removed) == (first.files, 0, first.files, 0)
    assert identities(out) == before


def test_force_writes_all_anew(root: Path, out: Path) -> None:
    dg.load(root).build(out)
    before = identities(out)
    report = dg.load(root).build(out, force=True)
    assert report.written == report.files
    assert all(identity != before[path] for path, identity in identities(out).items())


# --- one edit --------------------------------------------------------------------------------------------------------


def _body(root: Path) -> None:
    edit(root / "content/ko/collateral.yaml", "definition: |\n", "definition: |\n  새 문장입니다. ")


def _preferred_term(root: Path) -> None:
    path = root / "content/ko/collateral.yaml"
    path.write_text(path.read_text("utf-8").replace("term: 담보,", "term: 담보물건,", 1), encoding="utf-8")


def _title(root: Path) -> None:
    edit(root / "content/ko/deficiency-balance.yaml", "\ntitle: ", "\ntitle: 새 ")


def _relation(root: Path) -> None:
    edit(root / "content/concepts/creditor.yaml", "relations:\n", "relations:\n  contrast: [collateral]\n")


def _alias(root: Path) -> None:
    path = root / "content/concepts/creditor.yaml"
    path.write_text(path.read_text("utf-8") + "aliases: [lender]\n", encoding="utf-8")


def _interface(root: Path) -> None:
    edit(root / "locales/ko.yaml", "다른 이름", "달리 부르는 이름")


def _remove_entry(root: Path) -> None:
    (root / "content/ko/collateral.yaml").unlink()


def _remove_concept(root: Path) -> None:
    for path in root.glob("content/*/collateral.yaml"):
        path.unlink()


def _figure(root: Path) -> None:
    edit(root / "content/concepts/deficiency-balance.yaml", "owed: 250000", "owed: 260000")


def _spaces(root: Path) -> None:
    path = root / "content/ko/collateral.yaml"
    path.write_text(path.read_text("utf-8") + "# A note to oneself\n", encoding="utf-8")


def _pages(locale: str, *concepts: str) -> set[str]:
    return {f"{locale}/{concept}/index.html" for concept in concepts}


def _files(locale: str, concept: str) -> set[str]:
    return _pages(locale, concept) | {f"{locale}/{concept}.{form}" for form in ("json", "md")}


_OLD = ("deficiency_balance", "deficiencybalance")

# An edit, and the files that have other bytes after it, or are new.
EDITS: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "a body": (_body, _files("ko", "collateral")),
    "a title": (_title, _files("ko", "deficiency-balance") | _pages("ko", *_OLD) | {"ko/feed.xml"}),
    "a relation": (
        _relation,
        {file for locale in LOCALES for name in ("collateral", "creditor") for file in _files(locale, name)},
    ),
    "an alias": (_alias, {file for locale in LOCALES for file in (*_pages(locale, "lender"), f"{locale}/creditor.md")}),
    "a figure": (_figure, {file for locale in LOCALES for file in _files(locale, "deficiency-balance")}),
    "a comment": (_spaces, set()),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_these_files_and_no_others(root: Path, out: Path, name: str) -> None:
    change, changed = EDITS[name]
    dg.load(root).build(out)
    before = contents(out)
    change(root)
    dg.load(root).build(out)
    after = contents(out)
    assert {path for path in after if after[path] != before.get(path)} == changed
    assert before.keys() <= after.keys()
    assert after == cold(root)


WIDER: dict[str, Callable[[Path], None]] = {
    "a preferred term": _preferred_term,
    "the words of the interface": _interface,
    "an entry less": _remove_entry,
    "a concept less": _remove_concept,
    **{name: change for name, (change, _) in EDITS.items()},
}
# What may be rendered anew though it comes out the same: the pages of a file that changed where they do not show it.
OWN_PAGES = {
    "a comment": r"ko/collateral(?:/index\.html|\.json|\.md)",
    "an alias": r"\w+/creditor(?:/index\.html|\.json|\.md)",
    "the words of the interface": r"ko/.*|index\.html|404\.html|llms\.txt",
}


@pytest.mark.parametrize("name", WIDER)
def test_only_what_an_edit_touches_is_written(root: Path, out: Path, name: str) -> None:
    dg.load(root).build(out)
    before, old = identities(out), contents(out)
    WIDER[name](root)
    report = dg.load(root).build(out)
    after, new = identities(out), contents(out)
    written = {path for path in after if after[path] != before.get(path)}
    changed = {path for path in new if new[path] != old.get(path)}
    assert changed <= written
    own = re.compile(OWN_PAGES.get(name, "none"))
    assert [path for path in written - changed if not own.fullmatch(path)] == []
    assert (report.written, report.removed) == (len(written), len(before.keys() - after.keys()))
    assert new == cold(root)


def test_what_was_taken_away_and_put_back_is_as_before(root: Path, out: Path) -> None:
    dg.load(root).build(out)
    before = contents(out)
    entry = root / "content/ko/collateral.yaml"
    kept = entry.read_bytes()
    entry.unlink()
    dg.load(root).build(out)
    assert "ko/collateral/index.html" not in contents(out)
    entry.write_bytes(kept)
    dg.load(root).build(out)
    assert contents(out) == before


def test_a_link_to_a_page_that_comes_and_goes(root: Path, out: Path) -> None:
    edit(root / "content/no/short-sale.yaml", "\ndefinition: |\n", "\ndefinition: |\n  [her](collateral)\n")
    dg.load(root).build(out)
    page = out / "no/short-sale/index.html"
    assert '<a href="../collateral/">her</a>' in page.read_text("utf-8")
    (root / "content/no/collateral.yaml").unlink()
    dg.load(root).build(out)
    assert "../collateral/" not in page.read_text("utf-8")
    assert contents(out) == cold(root)


# --- other changes ---------------------------------------------------------------------------------------------------


def test_files_that_somebody_touched_or_deleted_are_restored(root: Path, out: Path) -> None:
    dg.load(root).build(out)
    before = contents(out)
    (out / "ko/creditor/index.html").write_text("spoilt")
    (out / "ko/mortgage/index.html").unlink()
    shutil.rmtree(out / "no")
    (out / "sitemap.xml").touch()
    os.utime(out / "robots.txt", ns=(0, 0))
    report = dg.load(root).build(out)
    lost = [path for path in before if path.startswith("no/")]
    assert report.written == len(lost) + 4
    assert contents(out) == before


def test_a_lost_site_is_made_anew(root: Path, out: Path) -> None:
    dg.load(root).build(out)
    before = contents(out)
    shutil.rmtree(out)
    report = dg.load(root).build(out)
    assert report.written == report.files
    assert contents(out) == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"\xc1" + data,
        lambda data: bytes(reversed(data)),
        lambda data: b"\x93\x00\x01\x02",
        lambda data: b"\x81\xa5files\x01",
    ],
)
def test_a_spoilt_cache_means_a_full_build(root: Path, out: Path, spoil: Callable[[bytes], bytes]) -> None:
    dg.load(root).build(out)
    before = contents(out)
    cache = out.parent / ".public.build" / "cache"
    cache.write_bytes(spoil(cache.read_bytes()))
    report = dg.load(root).build(out)
    assert report.written == report.files
    assert contents(out) == before


def test_the_first_pages_are_made_before_the_last_are_planned(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a large site's plan is never in memory as a whole, and nobody waits for it."""
    planned: list[str] = []
    when_made: list[int] = []
    key, write_all = Task.key, work.write_all

    def noting_key(task: Task, environment: str) -> str:
        planned.append(task.path)
        return key(task, environment)

    def noting_write_all(*arguments: Any) -> Any:
        when_made.append(len(planned))
        return write_all(*arguments)

    monkeypatch.setattr(site_build, "_CHUNK", 5)
    monkeypatch.setattr(Task, "key", noting_key)
    monkeypatch.setattr(work, "write_all", noting_write_all)
    report = dg.load(root).build(out, jobs=1)
    assert len(planned) == len(set(planned)) <= report.files
    assert len(when_made) > 5
    assert when_made[0] < when_made[1] < when_made[-1] == len(planned)


def test_what_another_version_of_the_program_noted_is_not_trusted(
    root: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(code, "digest", lambda: "of another version")
        patch.setattr(
            survey, "_of_entry", lambda entry: EntrySummary("?", "?", (TermSummary("?", None, "preferred"),), "", "")
        )
        dg.load(root).build(out)
    assert contents(out) != cold(root)
    dg.load(root).build(out)
    assert contents(out) == cold(root)


def test_other_options_give_another_site_in_the_same_place(root: Path, out: Path) -> None:
    glossary = dg.load(root)
    before = glossary.build(out)
    old = contents(out)
    fewer = glossary.build(out, locales=["ko", "en"], base_url="http://localhost:8000/sub/")
    assert fewer.locales == ("en", "ko")
    assert fewer.removed == len([path for path in old if path.startswith("no/")])
    files = contents(out)
    assert not [path for path in files if path.startswith("no/")]
    assert [path for path, data in files.items() if b"deficiency-glossary.example" in data] == []
    again = glossary.build(out)
    assert (again.files, again.removed, contents(out)) == (before.files, 0, cold(root))
