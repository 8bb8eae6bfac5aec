"""`import articles` as a command: what it reads and writes, what it leaves alone, what it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from articles_here import FIVE, article, empty_glossary, imported, said

from deficiency_glossary.cli.commands import run
from deficiency_glossary.exchange.articles.importing import import_articles
from deficiency_glossary.library.store import Library
from deficiency_glossary.model import Entry

Capture = pytest.CaptureFixture[str]
TEXT = article("One.\n\n## Part\n\nTwo , three.\n\n## High\n\n- a\n\n- b\n")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder that is no glossary."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    return empty_glossary(tmp_path / "glossary")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml") if "content" in path.parts)


def called(capsys: Capture, *arguments: str | Path) -> tuple[int, str, str]:
    status = run(["import", "articles", *map(str, arguments)])
    said = capsys.readouterr()
    return status, said.out, said.err


# --- what is written -------------------------------------------------------------------------------------------------


def test_drafts_go_into_the_glossary(capsys: Capture, glossary: Path) -> None:
    status = run(["-C", str(glossary), "import", "articles", str(FIVE)])
    out, err = capsys.readouterr()
    names = [f"content/{locale}/deficiency-balance.yaml" for locale in ("concepts", "ja", "ko", "ms", "no", "tr")]
    assert (status, files(glossary)) == (1, names)
    assert err == "articles: 5, files written: 6, kept as they stood: 0\n"
    assert "deficiency-balance.md:38:1: warning [lost-beginning]" in out


def test_drafts_go_where_out_says(capsys: Capture, tmp_path: Path) -> None:
    status, _, _ = called(capsys, FIVE / "tr", "--out", tmp_path / "drafts")
    assert (status, files(tmp_path / "drafts")) == (1, ["content/tr/deficiency-balance.yaml"])


def test_a_dry_run_writes_nothing_and_says_what_it_would(capsys: Capture, tmp_path: Path) -> None:
    status, out, err = called(capsys, FIVE / "tr", "--out", tmp_path / "drafts", "--dry-run")
    assert (status, (tmp_path / "drafts").exists()) == (1, False)
    assert "[mended-space]" in out
    assert err.splitlines() == [
        f"would write {tmp_path / 'drafts'}/content/tr/deficiency-balance.yaml",
        "articles: 1, files that would be written: 1, kept as they stood: 0",
    ]


@pytest.mark.parametrize(("output", "key"), [("json", "findings"), ("sarif", "runs")])
def test_reports_are_data_too(capsys: Capture, tmp_path: Path, output: str, key: str) -> None:
    _, out, _ = called(capsys, FIVE / "tr", "--out", tmp_path / "drafts", "--format", output)
    assert json.loads(out)[key]


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    imported(tmp_path, {"en/thing": TEXT})
    glossary = tmp_path / "glossary"
    entry, concept = (glossary / "content" / folder / "thing.yaml" for folder in ("en", "concepts"))
    entry.write_text("# mine\n", encoding="utf-8")
    concept.write_text("# mine\n{}\n", encoding="utf-8")
    done = imported(tmp_path, {})
    assert (done.written, done.kept) == ([], 1)
    assert said(done.findings, "stands-already")[0][3] == "content/en/thing.yaml stands already and was not overwritten"
    assert entry.read_text(encoding="utf-8") == "# mine\n"
    done = imported(tmp_path, {}, force=True)
    assert done.written == ["content/en/thing.yaml"]
    assert "method: machine" in entry.read_text(encoding="utf-8")
    assert concept.read_text(encoding="utf-8") == "# mine\n{}\n"


def test_a_second_import_makes_the_same_files(tmp_path: Path) -> None:
    imported(tmp_path, {"en/thing": TEXT, "ja/thing": TEXT})
    before = {path: path.read_bytes() for path in (tmp_path / "glossary" / "content").rglob("*.yaml")}
    imported(tmp_path, {}, force=True)
    assert {path: path.read_bytes() for path in before} == before
    assert len(before) == 3


def test_a_language_that_comes_later_takes_the_names_that_there_are(tmp_path: Path) -> None:
    story = "Thing.\n\n## Part\n\n$1,000 - $400 = $600. $600.\n"
    imported(tmp_path, {"en/thing": article(story)})
    imported(tmp_path, {"ja/thing": article("Thing.\n\n## Part\n\n$400、$1,000、$600、$600。\n")})
    library = Library(tmp_path / "glossary")
    assert library.entry_file("thing", "ja").require().examples["example-1"].text.startswith("{amount_2}、{amount_1}")


def test_amounts_that_the_concept_has_not_stay_as_typed(tmp_path: Path) -> None:
    imported(tmp_path, {"en/thing": article("Thing.\n")})
    done = imported(tmp_path, {"ja/thing": article("Thing.\n\n## Part\n\n$1,000 - $400 = $600.\n")})
    entry = Library(tmp_path / "glossary").entry_file("thing", "ja").require()
    assert (dict(entry.examples), entry.sections["part-1"].body) == ({}, "$1,000 - $400 = $600.\n")
    assert "they stay as typed" in said(done.findings, "figures-differ")[0][3]


def test_parts_are_called_as_in_the_source_language(tmp_path: Path) -> None:
    imported(tmp_path, {"en/thing": TEXT})
    path = tmp_path / "glossary" / "content" / "en" / "thing.yaml"
    path.write_text(path.read_text("utf-8").replace("part-1", "how").replace("point-2", "what"), encoding="utf-8")
    imported(tmp_path, {"ja/thing": TEXT})
    entry: Entry = Library(tmp_path / "glossary").entry_file("thing", "ja").require()
    assert (list(entry.sections), list(entry.highlights)) == (["how"], ["point-1", "what"])


# --- what is read ----------------------------------------------------------------------------------------------------


def test_the_folder_says_the_language_and_locale_overrules_it(glossary: Path, tmp_path: Path) -> None:
    for folder in ("nb/deep", "Malay"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "thing.md").write_text(TEXT, encoding="utf-8")
    library = Library(glossary)
    done = import_articles([tmp_path / "in"], library, tmp_path / "out")
    assert [path for path in done.written if "concepts" not in path] == ["content/no/thing.yaml"]
    assert [Path(one.path).parts[-2] for one in done.findings if one.code == "no-locale"] == ["Malay"]
    done = import_articles([tmp_path / "in" / "Malay"], library, tmp_path / "out", locale="ms")
    assert done.written == ["content/ms/thing.yaml"]


REFUSED = [
    (b"\xff\xfe#\x00", "is not UTF-8"),
    (b"x" * 500_001, "more than 500,000 bytes"),
    (b"", "no text"),
    (b"---\ntitle: x\n---\n", "no text"),
    (b"# T\n\n" + b"word " * 12_000, "longer than"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_what_is_no_article_is_refused_and_the_others_go_on(
    data: bytes, message: str, glossary: Path, tmp_path: Path
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "bad.md").write_bytes(data)
    (tmp_path / "en" / "good.md").write_text(TEXT, encoding="utf-8")
    done = import_articles([tmp_path / "en"], Library(glossary), glossary)
    (refused,) = said(done.findings, "not-an-article")
    assert message in refused[3]
    assert done.written == ["content/en/good.yaml", "content/concepts/good.yaml"]


def test_one_article_twice_is_read_once(glossary: Path, tmp_path: Path) -> None:
    for folder in ("a/en", "b/en"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "thing.md").write_text(TEXT, encoding="utf-8")
    done = import_articles([tmp_path / "a", tmp_path / "b", tmp_path / "a"], Library(glossary), glossary)
    assert done.articles == 1
    assert "is the same article in 'en'" in said(done.findings, "not-an-article")[0][3]


def test_names_of_which_no_id_can_be_made(glossary: Path, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for name in ("漢字", "仮名", "-x"):
        (tmp_path / "en" / f"{name}.md").write_text(TEXT, encoding="utf-8")
    done = import_articles([tmp_path / "en"], Library(glossary), glossary)
    assert [one[3] for one in said(done.findings, "not-an-article")] == [
        "no id can be made of '仮名'",
        "no id can be made of '漢字'",
    ]
    assert "content/en/x.yaml" in done.written
    assert any("“-x” cannot lead to the concept “x”" in one.message for one in done.findings)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument"),
        (["no/such/file"], "does not exist"),
        ([str(FIVE)], "name its folder with -C"),
        ([str(FIVE), "--locale", "../x", "--out", "x"], "is no locale id"),
        ([str(FIVE), "--format", "xml"], "Invalid value"),
    ],
)
def test_what_cannot_be_done_says_so(capsys: Capture, arguments: list[str], message: str) -> None:
    status, out, err = called(capsys, *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert list(Path().iterdir()) == []
