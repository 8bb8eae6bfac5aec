"""The formats by name: what writes them, what reads them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from deficiency_glossary.exchange.accept import Outcome, plan
from deficiency_glossary.exchange.files import MAX_BYTES, broken, unreadable
from deficiency_glossary.exchange.units import Batch, ExchangeError, Parcel, batch, chosen
from deficiency_glossary.findings import has_errors
from deficiency_glossary.library.store import Library

Format = Literal["po", "xliff", "csv", "tbx", "skos", "json"]


class Kind(NamedTuple):
    """A way to write a format: the end of its files' names, and whether one file holds all locales."""

    suffix: str
    whole: bool


# The first variant of a format is the one that is meant without a word.
VARIANTS: dict[str, dict[str, Kind]] = {
    "po": {"": Kind("po", False)},
    "xliff": {"2.1": Kind("xlf", False), "1.2": Kind("xlf", False)},
    "csv": {"bom": Kind("csv", False), "plain": Kind("csv", False)},
    "tbx": {"3": Kind("tbx", True), "2": Kind("tbx", False)},
    "skos": {"turtle": Kind("ttl", True), "json-ld": Kind("jsonld", True)},
    "json": {"": Kind("json", True)},
}
IMPORTED = ("po", "xliff", "csv")


def export(
    library: Library,
    format: str,  # noqa: A002
    locales: Sequence[str] = (),
    variant: str | None = None,
) -> dict[str, bytes]:
    """The files of an export, by name. Raises InvalidContent, UnknownLocale, ExchangeError."""
    if format not in VARIANTS:
        raise ExchangeError(f"unknown format {format!r}; there are {', '.join(VARIANTS)}")
    name = variant or next(iter(VARIANTS[format]))
    if name not in VARIANTS[format]:
        others = ", ".join(filter(None, VARIANTS[format])) or "none"
        raise ExchangeError(f"{format} has no variant {name!r}; there are: {others}")
    kind = VARIANTS[format][name]
    if kind.whole:
        return {f"glossary.{kind.suffix}": _whole(format, name)(library, locales)}
    if format == "tbx":
        from deficiency_glossary.exchange import tbx

        return {f"{locale}.{kind.suffix}": tbx.write2(library, locale) for locale in chosen(library, locales)}
    write = _bilingual(format, name)
    return {f"{locale}.{kind.suffix}": write(batch(library, locale)) for locale in chosen(library, locales)}


def _bilingual(format: str, variant: str) -> Callable[[Batch], bytes]:  # noqa: A002
    from deficiency_glossary.exchange import po, sheet, xliff

    if format == "po":
        return po.write
    if format == "xliff":
        return xliff.write2 if variant == "2.1" else xliff.write1
    return lambda units: sheet.write(units, mark=variant == "bom")


def _whole(format: str, variant: str) -> Callable[[Library, Sequence[str]], bytes]:  # noqa: A002
    from deficiency_glossary.exchange import document, skos, tbx

    if format == "tbx":
        return tbx.write3
    if format == "skos":
        return skos.turtle if variant == "turtle" else skos.json_ld
    return document.write


def read(format: str, path: Path) -> Parcel:  # noqa: A002
    """A file that came back. What is wrong with it is a finding; only a file that is not there raises OSError."""
    from deficiency_glossary.exchange import po, sheet, xliff

    readers = {"po": po.read, "xliff": xliff.read, "csv": sheet.read}
    if format not in readers:
        raise ExchangeError(f"{format!r} cannot be imported; these can: {', '.join(readers)}")
    name = path.as_posix()
    if not path.is_file():
        raise ExchangeError(f"{path} is no ordinary file")
    with path.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = f"the file has more than {MAX_BYTES:,} bytes"
        return broken(name, [unreadable(name, 0, message, "import it in parts")])
    return readers[format](data, name)


def take_in(
    library: Library,
    root: Path,
    parcels: Iterable[Parcel],
    *,
    unfinished: bool = False,
    keep_going: bool = False,
    dry_run: bool = False,
) -> tuple[Outcome, bool]:
    """Import parcels into the glossary at `root`: what came of it, and whether files were written.

    Nothing is written while there are errors, unless `keep_going`: then what is sound is taken and the rest reported.
    """
    outcome = plan(library, parcels, unfinished=unfinished)
    if dry_run or (has_errors(outcome.findings) and not keep_going):
        return outcome, False
    for path, (old, new) in outcome.files.items():
        _write(root, path, old, new)
    return outcome, True


def _write(root: Path, path: str, old: bytes, new: bytes) -> None:
    """Put a file in place of the old one at once, so that no moment sees half of it."""
    target = root / path
    if not target.resolve().is_relative_to(root.resolve()):
        raise ExchangeError(f"{path} leads out of the glossary's folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    if (target.read_bytes() if target.is_file() else b"") != old:
        raise ExchangeError(f"{path} was changed while the import was running; nothing more was written")
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(new)
        if old:
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
