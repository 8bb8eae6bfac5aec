"""The library: finding files and names, reading no more than is asked for, from folders and from archives."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import IO, Any, TypeAlias

import pytest

from deficiency_glossary.checks.content import check
from deficiency_glossary.errors import InvalidContent, MissingEntry, NotAGlossary, UnknownConcept, UnknownLocale
from deficiency_glossary.library.store import Library, is_valid_id, open_library, shipped
from deficiency_glossary.library.yaml12 import MAX_BYTES
from deficiency_glossary.locales import negotiate

MINI = Path(__file__).parents[1] / "glossaries" / "mini"
StrPath: TypeAlias = str | PathLike[str]
SHIPPED = ("en", "ms", "tr", "ko", "ja", "no")


class Counting(Traversable):
    """A folder that counts what is opened in it. Only what importlib's Traversable promises."""

    def __init__(self, path: Path, opened: Counter[str]) -> None:
        self.path = path
        self.opened = opened

    @property
    def name(self) -> str:
        return self.path.name

    def joinpath(self, *names: StrPath) -> Traversable:
        return Counting(self.path.joinpath(*names), self.opened)

    def __truediv__(self, name: StrPath) -> Traversable:
        return self.joinpath(name)

    def iterdir(self) -> Iterator[Traversable]:
        return (Counting(path, self.opened) for path in self.path.iterdir())

    def is_dir(self) -> bool:
        return self.path.is_dir()

    def is_file(self) -> bool:
        return self.path.is_file()

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> IO[Any]:
        self.opened[self.path.relative_to(MINI).as_posix()] += 1
        return self.path.open(mode, *args, **kwargs)

    def read_bytes(self) -> bytes:
        with self.open("rb") as stream:
            return bytes(stream.read())

    def read_text(self, encoding: str | None = None) -> str:
        return self.read_bytes().decode(encoding or "utf-8")


# --- reading only what is asked for ----------------------------------------------------------------------------------


@pytest.fixture
def opened() -> Counter[str]:
    return Counter()


@pytest.fixture
def counted(opened: Counter[str]) -> Library:
    return Library(Counting(MINI, opened))


def test_opening_a_library_reads_nothing(counted: Library, opened: Counter[str]) -> None:
    assert counted.concepts == ("house", "loan", "sale")
    assert counted.concepts_in("ja") == {"house", "loan", "sale"}
    assert opened == {}


def test_one_entry_reads_its_own_files_once(counted: Library, opened: Counter[str]) -> None:
    for _ in range(3):
        concept, _record = counted.concept("loan")
        locale, _ = counted.locale("ja-JP")
        counted.entry(concept, locale)
    paths = ("glossary.yaml", "locales/ja.yaml", "content/concepts/loan.yaml", "content/ja/loan.yaml")
    assert opened == dict.fromkeys(paths, 1)


def test_only_an_old_name_needs_all_concepts(counted: Library, opened: Counter[str]) -> None:
    assert counted.concept("credit_line")[0] == "loan"
    assert opened == {f"content/concepts/{name}.yaml": 1 for name in ("house", "loan", "sale")}


def test_a_check_reads_each_file_once(counted: Library, opened: Counter[str]) -> None:
    assert check(counted) == []
    assert opened == {path.relative_to(MINI).as_posix(): 1 for path in MINI.rglob("*.yaml")}


def test_a_forgotten_entry_is_read_again(counted: Library, opened: Counter[str]) -> None:
    counted.entry("loan", "en")
    counted.forget("loan", "en")
    counted.forget("loan", "en")
    counted.entry("loan", "en")
    assert opened["content/en/loan.yaml"] == 2


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").touch()
    with (tmp_path / "big.yaml").open("wb") as stream:
        stream.truncate(10 * MAX_BYTES)
    assert len(Library(tmp_path).read_bytes("big.yaml")) == MAX_BYTES + 1


# --- asking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requested", "given"),
    [
        ("nb", "no"), ("nb-NO", "no"), ("no_NO", "no"), ("no-NO", "no"), ("NO", "no"), ("NB_no", "no"), ("no", "no"),
        ("nb-Latn-NO", "no"), ("ja", "ja"), ("ja-JP", "ja"), ("ja_JP", "ja"), ("JA-jp-u-ca-japanese", "ja"),
        ("en-GB-oxendict", "en"), ("ko-Hang-KR", "ko"), ("tr-x-private", "tr"),
    ],
)  # fmt: skip
def test_negotiation(requested: str, given: str) -> None:
    assert negotiate(requested, SHIPPED) == given


@pytest.mark.parametrize("requested", ["nn", "de", "", "-", "e", "english", "x-no", "zh-ja", "j", "*", "en.UTF-8"])
def test_a_tag_that_no_locale_serves_is_an_error(requested: str) -> None:
    with pytest.raises(UnknownLocale) as caught:
        negotiate(requested, SHIPPED)
    assert caught.value.name == requested
    assert isinstance(caught.value, LookupError)


def test_the_longest_tag_wins() -> None:
    assert negotiate("pt-BR-x-y", ("pt", "pt-BR")) == "pt-BR"
    assert negotiate("en-u-ca", ("en", "en-u")) == "en", "a single letter opens an extension and means nothing alone"
    assert negotiate("pt-PT", ("pt", "pt-BR")) == "pt"
    assert negotiate("no", ("nb",)) == "nb"
    assert negotiate("nb", ("no", "nb")) == "nb"


def test_concepts_are_found_by_id_and_old_name() -> None:
    library = open_library(MINI)
    assert library.concept("house")[0] == "house"
    assert library.concept("home")[0] == "house"


@pytest.mark.parametrize(
    ("name", "suggested"), [("hause", "house"), ("credit-line", "credit_line"), ("House", "house"), ("lone", "loan")]
)
def test_a_near_match_is_suggested_and_never_taken(name: str, suggested: str) -> None:
    with pytest.raises(UnknownConcept, match="did you mean") as caught:
        open_library(MINI).concept(name)
    assert caught.value.suggestions[0] == suggested


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../concepts/house", "house/", "house.yaml", "con", "index", "a" * 500, "a\0"]
)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(UnknownConcept):
        open_library(MINI).concept(name)
    assert not is_valid_id(name)


def test_fallback_is_given_only_when_asked_for(tmp_path: Path) -> None:
    library = Library(partial(tmp_path))
    with pytest.raises(MissingEntry, match="fallback=True") as caught:
        library.entry("loan", "ja")
    assert (caught.value.concept, caught.value.locale) == ("loan", "ja")
    locale, entry = library.entry("loan", "ja", fallback=True)
    assert (locale, entry.title) == ("en", "Loan")
    assert library.entry("house", "ja", fallback=True)[0] == "ja"
    with pytest.raises(MissingEntry):
        library.entry("sale", "ja", fallback=True)


def partial(folder: Path) -> Path:
    for path in MINI.rglob("*.yaml"):
        name = path.relative_to(MINI)
        if name.as_posix() not in ("content/ja/loan.yaml", "content/ja/sale.yaml", "content/en/sale.yaml"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(path.read_bytes())
    return folder


def test_a_broken_entry_is_an_error_and_hides_no_other(tmp_path: Path) -> None:
    folder = partial(tmp_path)
    (folder / "content/en/loan.yaml").write_text("title: [x]\n", encoding="utf-8")
    library = Library(folder)
    with pytest.raises(InvalidContent) as caught:
        library.entry("loan", "en")
    assert {finding.code for finding in caught.value.findings} == {"missing-key", "wrong-type"}
    assert "content/en/loan.yaml:1:8" in str(caught.value)
    assert library.entry("house", "en")[1].title == "House"


def test_an_entry_with_an_error_is_not_given_even_if_it_has_a_record(tmp_path: Path) -> None:
    folder = partial(tmp_path)
    path = folder / "content/en/loan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("preferred", "admitted"), encoding="utf-8")
    with pytest.raises(InvalidContent, match="no-preferred-term"):
        Library(folder).entry("loan", "en")


def test_a_file_that_goes_away_or_may_not_be_read_is_a_finding() -> None:
    library = open_library(MINI)
    for loaded in (library.entry_file("gone", "en"), library.entry_file("a\0b", "en"), library.locale_file("a" * 300)):
        assert [finding.code for finding in loaded.findings] == ["unreadable"]
        with pytest.raises(InvalidContent):
            loaded.require()


# --- where a glossary can be -----------------------------------------------------------------------------------------


def test_a_folder_without_settings_is_no_glossary(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NotAGlossary, match=r"glossary\.yaml"):
            open_library(folder)


def test_the_shipped_glossary_is_found() -> None:
    assert shipped().joinpath("glossary.yaml").is_file()
    assert open_library().locales == SHIPPED


@pytest.mark.parametrize("prefix", ["", "inner/folder/"])
def test_a_glossary_in_an_archive_is_the_same(tmp_path: Path, prefix: str) -> None:
    with zipfile.ZipFile(tmp_path / "glossary.zip", "w") as archive:
        for path in MINI.rglob("*.yaml"):
            archive.write(path, prefix + path.relative_to(MINI).as_posix())
    with zipfile.ZipFile(tmp_path / "glossary.zip") as archive:
        packed, folder = Library(zipfile.Path(archive, prefix)), open_library(MINI)
        assert packed.concepts == folder.concepts
        assert packed.aliases == folder.aliases
        assert packed.entry("loan", "ja") == folder.entry("loan", "ja")
        there, here = packed.entry_file("sale", "ja"), folder.entry_file("sale", "ja")
        assert (there.record, there.findings, there.text, there.root) == (
            here.record,
            here.findings,
            here.text,
            here.root,
        )
        assert check(packed) == []
        with pytest.raises(MissingEntry):
            packed.entry("gone", "ja")
        assert [finding.code for finding in packed.entry_file("gone", "ja").findings] == ["unreadable"]
