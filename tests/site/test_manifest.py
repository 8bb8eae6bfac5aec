"""The manifest of a site, and the lists of what a host lacks or has too many."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest
from trees import contents, copy_some, edit

import deficiency_glossary as dg
from deficiency_glossary.cli.commands import run
from deficiency_glossary.errors import BuildRefused
from deficiency_glossary.site import manifest

CONCEPTS = ("collateral", "creditor", "mortgage")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_some(tmp_path / "glossary", CONCEPTS, ("en", "ja"))


@pytest.fixture
def out(tmp_path: Path, root: Path) -> Path:
    out = tmp_path / "public"
    dg.load(root).build(out)
    return out


def site(out: Path) -> dict[str, bytes]:
    """The site's files, without the one that says whose it is."""
    return {path: data for path, data in contents(out).items() if path != ".deficiency-glossary"}


def place(out: Path) -> Path:
    return out.parent / f".{out.name}.build" / manifest.NAME


def is_right(out: Path) -> bool:
    digests = {path: blake2b(data, digest_size=16).hexdigest() for path, data in site(out).items()}
    return manifest.read(place(out)) == digests


def built(root: Path, out: Path, *, force: bool = False, since: Path | None = None) -> tuple[list[str], list[str]]:
    """Build, and read the two lists."""
    changed, removed = out.parent / "changed", out.parent / "removed"
    dg.load(root).build(out, force=force, changed_list=changed, removed_list=removed, changed_since=since)
    return changed.read_text("utf-8").split("\n")[:-1], removed.read_text("utf-8").split("\n")[:-1]


def difference(before: dict[str, bytes], after: dict[str, bytes]) -> tuple[list[str], list[str]]:
    changed = sorted(path for path, data in after.items() if before.get(path) != data)
    return changed, sorted(before.keys() - after.keys())


def test_a_first_build_lists_everything(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    assert built(root, out) == (sorted(site(out)), [])
    assert is_right(out)
    lines = place(out).read_bytes().split(b"\n")[:-1]
    assert lines == sorted(lines, key=lambda line: line[34:])


def test_coreutils_understand_it(out: Path) -> None:
    program = shutil.which("b2sum")
    assert program is not None, "of coreutils, which every Linux has"
    command = [program, "--check", "--strict", "--quiet", str(place(out))]
    assert subprocess.run(command, cwd=out, check=False, capture_output=True).returncode == 0
    (out / "robots.txt").write_text("something else")
    assert subprocess.run(command, cwd=out, check=False, capture_output=True).returncode == 1


def _text(root: Path) -> None:
    edit(root / "content/ja/collateral.yaml", "definition: |\n", "definition: |\n  新しい文です。")


def _comment(root: Path) -> None:
    path = root / "content/ja/collateral.yaml"
    path.write_text(path.read_text("utf-8") + "# A note to oneself\n", encoding="utf-8")


def _remove(root: Path) -> None:
    (root / "content/ja/collateral.yaml").unlink()


def _add(root: Path) -> None:
    for name in ("en", "ja", "concepts"):
        shutil.copy(root / f"content/{name}/creditor.yaml", root / f"content/{name}/lender.yaml")


@pytest.mark.parametrize("change", [_text, _comment, _remove, _add])
def test_the_lists_are_exactly_what_changed_in_bytes(root: Path, out: Path, change: Callable[[Path], None]) -> None:
    before = site(out)
    change(root)
    lists = built(root, out)
    assert lists == difference(before, site(out))
    assert (lists == ([], [])) == (change is _comment), "rendered anew is not changed"
    assert is_right(out)
    assert built(root, out) == ([], [])


def test_rendering_all_anew_changes_nothing(root: Path, out: Path) -> None:
    assert built(root, out, force=True) == ([], [])
    (place(out).parent / "cache").unlink()
    assert built(root, out) == ([], [])
    (out / "robots.txt").write_text("of somebody else")
    assert built(root, out) == ([], []), "the file is mended; it is what the build before gave"
    assert is_right(out)


@pytest.mark.parametrize("text", [None, "", "something else\n", "\udcff"])
def test_a_manifest_that_is_lost_is_made_again(root: Path, out: Path, text: str | None) -> None:
    right = place(out).read_bytes()
    if text is None:
        place(out).unlink()
    else:
        place(out).write_text(text, encoding="utf-8", errors="surrogateescape")
    _text(root)
    changed, _ = built(root, out)
    assert is_right(out)
    assert changed == sorted(site(out)), "nothing is known of before"
    assert place(out).read_bytes() != right


def _twice(lines: list[str]) -> list[str]:
    return [lines[0], *lines[:-1]]


def _mixed(lines: list[str]) -> list[str]:
    return lines[::-1]


def _other(lines: list[str]) -> list[str]:
    return [f"{lines[0]}.old", *lines[1:]]


@pytest.mark.parametrize("damage", [_twice, _mixed, _other])
def test_a_damaged_manifest_is_mended(root: Path, out: Path, damage: Callable[[list[str]], list[str]]) -> None:
    lines = place(out).read_text().split("\n")[:-1]
    place(out).write_text("".join(f"{line}\n" for line in damage(lines)))
    _text(root)
    dg.load(root).build(out)
    assert is_right(out)
    right = place(out).read_text().split("\n")[:-1]
    assert [line[34:] for line in right] == [line[34:] for line in lines]


def test_a_lost_manifest_comes_back_with_a_build_that_changes_nothing(root: Path, out: Path) -> None:
    place(out).unlink()
    assert dg.load(root).build(out).written == 0
    assert is_right(out)


def test_since_an_earlier_manifest(root: Path, out: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copy(place(out), kept)
    before = site(out)
    _text(root)
    dg.load(root).build(out)
    _remove(root)
    dg.load(root).build(out)
    _add(root)
    assert built(root, out, since=kept) == difference(before, site(out))
    assert built(root, out, since=kept) == difference(before, site(out)), "though nothing changed since the last build"
    kept.write_bytes(b"")
    assert built(root, out, since=kept) == (sorted(site(out)), [])


KILLED = """
import os, signal, sys
import deficiency_glossary as dg
from deficiency_glossary.site import {module}
{module}.{name} = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
dg.load(sys.argv[1]).build(sys.argv[2])
"""


@pytest.mark.parametrize("where", ["manifest.settle", "manifest._write", "place.swap"])
def test_what_a_killed_build_did_not_list_the_next_one_lists(root: Path, out: Path, where: str) -> None:
    before = site(out)
    _text(root)
    module, _, name = where.partition(".")
    program = KILLED.format(module=module, name=name)
    done = subprocess.run([sys.executable, "-c", program, str(root), str(out)], check=False)
    assert done.returncode < 0
    assert built(root, out) == difference(before, site(out)) != ([], [])


def test_a_list_inside_the_site_is_refused(root: Path, out: Path) -> None:
    before = contents(out)
    with pytest.raises(BuildRefused, match=r"lies in .*public, which is replaced"):
        dg.load(root).build(out, changed_list=out / "changed")
    assert contents(out) == before


@pytest.mark.parametrize(
    ("data", "said"), [(None, "is not there"), (b"/en/\n", "no manifest"), (b"\xff", "no manifest")]
)
def test_since_something_else_is_refused(root: Path, out: Path, tmp_path: Path, data: bytes | None, said: str) -> None:
    kept = tmp_path / "kept"
    if data is not None:
        kept.write_bytes(data)
    with pytest.raises(BuildRefused, match=said):
        dg.load(root).build(out, changed_list=tmp_path / "changed", changed_since=kept)


def test_the_command_writes_the_lists(
    root: Path, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(place(out), tmp_path / "kept")
    before = site(out)
    _text(root)
    _remove(root)
    lists = ["--changed-list", str(tmp_path / "changed"), "--removed-list", str(tmp_path / "removed")]
    command = ["-C", str(root), "build", "--out", str(out), *lists]
    assert run([*command, "--changed-since", str(tmp_path / "kept")]) == 0
    expected = difference(before, site(out))
    assert tuple((tmp_path / name).read_text().split() for name in ("changed", "removed")) == expected
    assert run(["-C", str(root), "build", "--out", str(out), "--changed-since", str(tmp_path / "kept")]) == 2
    assert "--changed-since says what --changed-list" in capsys.readouterr().err
    assert run([*command, "--changed-since", os.devnull]) == 0
    assert (tmp_path / "changed").read_text().split() == sorted(site(out))
