"""The rules for language alternates: `<link rel="alternate" hreflang>`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from deficiency_glossary.checks.addresses import Target
from deficiency_glossary.checks.uses import Alternate, Use
from deficiency_glossary.checks.verdicts import Flawed, Here, empty, invalid

DEFAULT = "x-default"
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x-default",
    re.IGNORECASE,
)
# What people write for a country that ISO 3166 calls otherwise, and for a language: the code of its country.
_NO_REGIONS = {"uk": "GB", "eu": "150"}
_NO_LANGUAGES = {"cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "ua": "uk", "us": "en-US", "gb": "en-GB"}

# Of a page: (language, file, or address that is none) for each of its alternates.
Cluster = tuple[tuple[str, str], ...]


def targets(here: Here) -> list[Target]:
    """Where the alternates of a page lead."""
    return [here.addresses.target(here.path, here.page.base, one.written) for one in here.page.alternates]


def cluster(here: Here, led: Sequence[Target]) -> Cluster:
    """The same as it is remembered."""
    pairs = zip(here.page.alternates, led, strict=True)
    return tuple((one.language.lower(), target.path if target.kind == "file" else "") for one, target in pairs)


def at_once(here: Here, led: Sequence[Target]) -> Iterator[Flawed]:
    """What the page itself tells."""
    languages = Counter(one.language.lower() for one in here.page.alternates)
    for one, target in zip(here.page.alternates, led, strict=True):
        yield from _language(one, languages)
        if target.kind != "file" or not target.scheme:
            yield from _address(here, one, target)
    if led and here.path not in {target.path for target in led}:
        own = here.page.canonicals[0].written if here.page.canonicals else ""
        message = "the page is not among its own alternates"
        yield Flawed("hreflang-self", message, own, here.page.alternates[0].offset)
    yield from _canonicals(here.page.canonicals)


def _canonicals(canonicals: Sequence[Use]) -> Iterator[Flawed]:
    for other in canonicals[1:]:
        if other.written.strip() != canonicals[0].written.strip():
            message = f"a second canonical address, {other.written!r}"
            yield Flawed("duplicate-canonical", message, other.written, other.offset)


@cache
def flaw_of_language(language: str) -> tuple[str, str]:
    """What is wrong with a language tag, and a hint; '' where nothing is."""
    region = re.search(r"-([a-z]{2})\b", language.lower())
    first = language.lower().partition("-")[0]
    if first in _NO_LANGUAGES:
        return f"{language!r}: there is no language {first!r}", f"write {_NO_LANGUAGES[first]}"
    if not _TAG.fullmatch(language):
        return f"{language!r} is no BCP 47 tag", ""
    if region and region[1] in _NO_REGIONS:
        return (
            f"{language!r}: there is no country {region[1].upper()}",
            f"write {language[:-2]}{_NO_REGIONS[region[1]]}",
        )
    return "", ""


def _language(one: Alternate, languages: Mapping[str, int]) -> Iterator[Flawed]:
    message, hint = flaw_of_language(one.language)
    if message:
        yield Flawed("bad-hreflang", message, one.written, one.language_offset, hint)
    elif languages[one.language.lower()] > 1:
        message = f"{one.language!r} stands more than once"
        yield Flawed("duplicate-hreflang", message, one.written, one.language_offset)


def _address(here: Here, one: Alternate, target: Target) -> Iterator[Flawed]:
    use = Use(one.written, one.offset, "head")
    flawed = [*empty(here, use, target), *invalid(here, use, target)]
    yield from flawed
    if not flawed and not re.match(r"\s*https?://", one.written, re.IGNORECASE):
        yield Flawed("relative-hreflang", f"{one.written!r} is not absolute", one.written, one.offset)
    if target.kind == "missing":
        yield Flawed("dead-hreflang", f"{one.written!r} is not in the site", one.written, one.offset)


def later(here: Here, clusters: Mapping[str, Cluster]) -> Iterator[Flawed]:
    """What the alternates tell, once all pages have been read."""
    own = _default(clusters.get(here.path, ()))
    for one, target in zip(here.page.alternates, targets(here), strict=True):
        if target.kind != "file" or target.path == here.path:
            continue
        theirs = clusters.get(target.path, ())
        if here.path not in {path for _, path in theirs}:
            message = f"{target.path!r} does not name this page as an alternate"
            yield Flawed("hreflang-one-way", message, one.written, one.offset)
        elif own and _default(theirs) not in ("", own):
            message = f"{target.path!r} has another page for all other languages, {_default(theirs)!r}"
            yield Flawed("x-default-differs", message, one.written, one.offset)


def doubtful(path: str, clusters: Mapping[str, Cluster]) -> bool:
    """Whether `later` has anything to say about a page: quick, for all that are sound."""
    mine = clusters[path]
    return any(file and file != path and clusters.get(file) != mine for _, file in mine)


def _default(cluster_: Cluster) -> str:
    return next((path for language, path in cluster_ if language == DEFAULT), "")
