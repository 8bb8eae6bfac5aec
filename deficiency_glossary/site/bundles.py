"""Files that are made many at a time, from one input: the search index of a locale, the full text index.

Which files they are shows only when they are made. So they are made aside, and of each that came out as it was, the old
one is taken along.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from deficiency_glossary.library.stamps import digest_of
from deficiency_glossary.locales import Locale
from deficiency_glossary.site import full_text, place, routes, search_files
from deficiency_glossary.site.survey import Survey


class Output(Struct, frozen=True, array_like=True, gc=False):
    """A file of the site: the key it was made from, its stamp when written, and the digest of its bytes."""

    key: str
    stamp: int  # see place.state_of
    digest: str


class Made(Struct, frozen=True, array_like=True, gc=False):
    """A bundle of the last site: the key it was made from, and its files."""

    key: str
    paths: tuple[str, ...]


class Bundle(Struct, frozen=True):
    """A folder of files to make, with all that decides what they hold."""

    folder: str
    locale: Locale | None = None  # none: the full text index of all
    concepts: tuple[search_files.Found, ...] = ()
    pages: tuple[str, ...] = ()  # the keys of the pages that are indexed, and the program that does it

    def key(self, environment: str) -> str:
        """What must be equal for an earlier result to stand."""
        return digest_of(environment.encode() + msgspec.msgpack.encode(self))


def term_indexes(survey: Survey) -> list[Bundle]:
    """The index of terms of each locale."""
    return [
        Bundle(
            routes.search(name),
            survey.locales[name],
            tuple((concept, entry.terms, entry.shapes) for concept, entry in entries.items()),
        )
        for name, entries in survey.entries.items()
    ]


def full_text_index(version: str, pages: Iterable[str]) -> list[Bundle]:
    """The full text index of pages, by their keys; none if there are no pages. It is made when they stand."""
    keys = tuple(sorted(pages))
    return [Bundle(routes.PAGEFIND, pages=(version, *keys))] if keys else []


def make(bundle: Bundle, site: Path, aside: Path) -> None:
    """Write the files of a bundle into a folder of their own."""
    if bundle.locale is None:
        full_text.write(site, aside)
        return
    aside.mkdir(parents=True)
    for name, data in search_files.files(bundle.concepts, bundle.locale):
        (aside / name).write_bytes(data)


def settle(
    bundle: Bundle, aside: Path, old: Path, new: Path, before: Mapping[str, Output]
) -> Iterator[tuple[str, Output, bool]]:
    """Move a bundle into the new site: each file, and whether it is new. What is as it was is taken along instead."""
    for path in sorted(path for path in aside.rglob("*") if path.is_file()):
        name = bundle.folder + path.relative_to(aside).as_posix()
        digest = digest_of(path.read_bytes())
        if stands(old, name, digest, before) and place.carry_over(old / name, new / name):
            yield name, before[name], False
            continue
        (new / name).parent.mkdir(parents=True, exist_ok=True)
        path.replace(new / name)
        yield name, Output(digest, place.state_of((new / name).stat()), digest), True


def standing(
    bundles: Iterable[Bundle], environment: str, out: Path, made: Mapping[str, Made], before: Mapping[str, Output]
) -> dict[str, Made]:
    """The bundles of the last site that are still right: made from the same, and all files are as they were made."""
    found = {}
    for bundle in bundles:
        last = made.get(bundle.folder)
        if last is not None and last.key == bundle.key(environment) and _is_whole(out, last, before):
            found[bundle.folder] = last
    return found


def _is_whole(out: Path, made: Made, before: Mapping[str, Output]) -> bool:
    return all(path in before and stands(out, path, before[path].key, before) for path in made.paths)


def stands(out: Path, path: str, key: str, outputs: Mapping[str, Output]) -> bool:
    """Whether the file in the old site is still right: made from the same inputs, and not touched since."""
    before = outputs.get(path)
    if before is None or before.key != key:
        return False
    try:
        # A third of the time of Path.stat, for every file of the site.
        return place.state_of(os.stat(out / path)) == before.stamp  # noqa: PTH116
    except OSError:
        return False


def intact(out: Path, outputs: Mapping[str, Output]) -> bool:
    """Whether every file of the last site is as it was left."""
    folder = f"{out}/"
    try:
        for path, output in outputs.items():
            if place.state_of(os.stat(folder + path)) != output.stamp:  # noqa: PTH116
                return False
    except OSError:
        return False
    return True


def paths_of(made: Mapping[str, Made]) -> list[str]:
    """All files of these bundles."""
    return [path for one in made.values() for path in one.paths]
