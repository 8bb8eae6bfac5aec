"""The wheel: everything is in it, and it works from a zip path and installed, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import deficiency_glossary as dg

CHECKOUT = Path(__file__).resolve().parent.parent

# Prints what a program would show, and writes a site. -I and -S keep the checkout (an editable install) out of sight,
# so the packages that the wheel needs are named by hand.
PROGRAM = """
import sys
from pathlib import Path
wheel, packages, out = sys.argv[1:]
sys.path += [wheel, packages]
import deficiency_glossary as dg
assert dg.__file__.startswith(wheel), dg.__file__
glossary = dg.load()
print(glossary.entry("deficiency-balance", "ms").examples["short-sale"].text.text())
print(glossary.render("deficiency-balance", "ko", format="html"))
print(glossary.render("deficiency-balance", "no", format="markdown"))
print(glossary.check())
print(glossary.build(out, jobs=1).files)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder), str(CHECKOUT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    target = wheel.parent / "installed"
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", str(target), str(wheel)], check=True)
    return target


@pytest.fixture
def expected(built_site: Path) -> str:
    """What the program prints from the checkout."""
    glossary = dg.load()
    parts = [
        glossary.entry("deficiency-balance", "ms").examples["short-sale"].text.text(),
        glossary.render("deficiency-balance", "ko", format="html"),
        glossary.render("deficiency-balance", "no", format="markdown"),
        "[]",
        str(len(files(built_site)) - 1),  # all but the marker
    ]
    return "".join(f"{part}\n" for part in parts)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_holds_what_the_package_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        licences = [name for name in archive.namelist() if "/licenses/" in name]
        described = archive.read(metadata).decode()
    package = {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "deficiency_glossary").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "shipped" not in path.parts
    }
    shipped = {
        f"deficiency_glossary/shipped/{path.relative_to(CHECKOUT).as_posix()}"
        for folder in ("content", "locales", "status")
        for path in (CHECKOUT / folder).rglob("*.*")
    } | {"deficiency_glossary/shipped/glossary.yaml"}
    assert held == package | shipped
    assert {"deficiency_glossary/py.typed", "deficiency_glossary/render/templates/entry.html"} <= held
    assert {Path(name).name for name in licences} == {"LICENSE", "LICENSE-CONTENT", "NOTICE"}
    assert str(CHECKOUT) not in described


@pytest.mark.parametrize("way", ["from a zip path", "installed"])
def test_the_wheel_gives_the_same_as_the_checkout(
    wheel: Path, installed: Path, expected: str, built_site: Path, tmp_path: Path, way: str
) -> None:
    place = wheel if way == "from a zip path" else installed
    packages = sysconfig.get_path("purelib")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", "-c", PROGRAM, str(place), packages, str(tmp_path / "site")],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == expected
    assert files(tmp_path / "site") == files(built_site)


def test_the_installed_program_runs(installed: Path, tmp_path: Path) -> None:
    # Python reads .pth files of no folder on PYTHONPATH: the editable install stays out of sight with -S.
    paths = os.pathsep.join([str(installed), sysconfig.get_path("purelib")])
    done = subprocess.run(
        [sys.executable, "-S", str(installed / "bin" / "deficiency-glossary"), "check"],
        capture_output=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"No findings.\n", b"")
