"""Export and import as a person types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deficiency_glossary.cli.commands import run
from deficiency_glossary.exchange.formats import VARIANTS

MINI = Path(__file__).parents[1] / "glossaries" / "mini"


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    """A copy: imports write."""
    for path in MINI.rglob("*.yaml"):
        target = tmp_path / "glossary" / path.relative_to(MINI)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return tmp_path / "glossary"


@pytest.mark.parametrize(("name", "variant"), [(name, variant) for name in VARIANTS for variant in VARIANTS[name]])
def test_every_variant_is_written(
    glossary: Path, tmp_path: Path, name: str, variant: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "out"
    option = ["--variant", variant] if variant else []
    assert run(["-C", str(glossary), "export", name, "--out", str(out), *option]) == 0
    (path,) = out.iterdir()
    kind = VARIANTS[name][variant]
    assert path.name == (f"glossary.{kind.suffix}" if kind.whole else f"ja.{kind.suffix}")
    assert capfdbinary.readouterr().out.decode() == f"{path}: {path.stat().st_size:,} bytes\n"
    assert run(["-C", str(glossary), "export", name, "--locale", "ja-JP", *option]) == 0
    assert capfdbinary.readouterr().out == path.read_bytes()


def test_one_file_can_be_named(glossary: Path, tmp_path: Path) -> None:
    assert run(["-C", str(glossary), "export", "po", "--out", str(tmp_path / "for-agency.po")]) == 0
    assert (tmp_path / "for-agency.po").read_bytes().startswith(b"#")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["export", "po", "--locale", "en"], "is the source locale"),
        (["export", "po", "--locale", "xx"], "unknown locale 'xx'"),
        (["export", "xliff", "--variant", "3"], "xliff has no variant '3'; there are: 2.1, 1.2"),
        (["export", "po", "--variant", "3"], "there are: none"),
        (["export", "tbx", "--variant", "2", "--locale", "en"], "is the source locale"),
        (["import", "po", "nowhere.po"], "does not exist"),
    ],
)
def test_what_cannot_be_done_is_said(
    glossary: Path, arguments: list[str], reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(glossary), *arguments]) == 2
    shown = capfd.readouterr()
    assert shown.out == ""
    assert reason in shown.err


def test_several_files_need_a_folder(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "po"]) == 2
    assert "5 files need a folder: --out DIR" in capfd.readouterr().err


def parcel(glossary: Path, old: str, new: str) -> str:
    path = glossary.parent / "ja.po"
    assert run(["-C", str(glossary), "export", "po", "--out", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return str(path)


def test_an_import_changes_the_file_and_says_so(glossary: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = parcel(glossary, 'msgstr "終わり方"', 'msgstr "終わりかた"')
    entry = glossary / "content/ja/loan.yaml"
    before = entry.read_text(encoding="utf-8")
    capfd.readouterr()
    assert run(["-C", str(glossary), "import", "po", path, "--dry-run"]) == 0
    shown = capfd.readouterr()
    assert '-  end: {heading: 終わり方, body: "{term}は返済される。"}\n+  end: {heading: 終わりかた, body' in shown.out
    assert shown.err == "1 would change, 18 as they were\n"
    assert entry.read_text(encoding="utf-8") == before
    assert run(["-C", str(glossary), "import", "po", path]) == 0
    shown = capfd.readouterr()
    assert (shown.out, shown.err) == ("content/ja/loan.yaml\n1 changed, 18 as they were\n", "")
    assert entry.read_text(encoding="utf-8") == before.replace("終わり方", "終わりかた")


def test_findings_come_with_their_place(glossary: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = parcel(glossary, 'msgctxt "loan:sections/end/heading"', 'msgctxt "loan:sections/ende/heading"')
    line = Path(path).read_text(encoding="utf-8").split('msgctxt "loan:sections/ende')[0].count("\n") + 1
    capfd.readouterr()
    assert run(["-C", str(glossary), "import", "po", path]) == 1
    shown = capfd.readouterr()
    assert f"ja.po:{line}:1: error [unknown-unit] there is no unit 'loan:sections/ende/heading'" in shown.err
    assert "nothing was written" in shown.err
    assert run(["-C", str(glossary), "import", "po", path, "--keep-going"]) == 1
    assert "nothing was written" not in capfd.readouterr().err


def test_the_shipped_glossary_is_not_written_to_unasked(
    glossary: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = parcel(glossary, 'msgstr "終わり方"', 'msgstr "終わりかた"')
    monkeypatch.chdir(glossary.parent)
    capfd.readouterr()
    assert run(["import", "po", path]) == 2
    assert "name the glossary's folder with -C" in capfd.readouterr().err
