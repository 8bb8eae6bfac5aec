"""JSON Schema as editors show it: a title, a description and examples for every field, in the translator's language.

The words stand in `locales/schema/<locale>.yaml`, of the glossary at hand and of the shipped one; what is missing there
is English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from deficiency_glossary.errors import InvalidContent
from deficiency_glossary.findings import Finding
from deficiency_glossary.library import yaml12
from deficiency_glossary.library.schema import json_schema
from deficiency_glossary.library.store import Library, open_library
from deficiency_glossary.locales import negotiate
from deficiency_glossary.model import FileKind

FOLDER = "locales/schema"
ENGLISH = "en"


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a field. Examples are values as they stand in a file."""

    title: str = ""
    description: str = ""
    examples: tuple[Any, ...] = ()


Dictionary = Mapping[str, Mapping[str, Words]]
"""Record -> field -> its words."""


class _Tongue(NamedTuple):
    """A language to explain fields in: its words before English ones, and its messages as examples."""

    words: Sequence[Dictionary]
    messages: Mapping[str, Any]
    english: Mapping[str, Any]

    def of(self, record: str, field: str) -> Words:
        """The words of a field, each from the first dictionary that has it."""
        found = [one[record][field] for one in self.words if field in one.get(record, {})]
        return Words(
            next((one.title for one in found if one.title), ""),
            next((one.description for one in found if one.description), ""),
            next((one.examples for one in found if one.examples), ()),
        )


def editor_schema(kind: FileKind, locale: str = ENGLISH, library: Library | None = None) -> dict[str, Any]:
    """The schema of a kind of file, in the words of a language. Raises UnknownLocale, InvalidContent."""
    tongue = _tongue(locale, library)
    schema = json_schema(kind)
    for record, definition in schema["definitions"].items():
        for field, told in definition["properties"].items():
            _explain(told, record, field, tongue)
    return schema


def languages(library: Library | None = None) -> tuple[str, ...]:
    """The languages that have words of their own, sorted."""
    return tuple(sorted({name for one in _glossaries(library) for name in _there(one)}))


def read_words(library: Library, locale: str) -> Dictionary:
    """The words that a glossary has in a language; empty if none. Raises InvalidContent."""
    if locale not in _there(library):
        return {}
    path = f"{FOLDER}/{locale}.yaml"
    document = yaml12.read(library.read_bytes(path), path)
    if document.root is None or document.findings:
        raise InvalidContent(document.findings)
    try:
        return msgspec.convert(document.root.plain(), dict[str, dict[str, Words]])
    except msgspec.ValidationError as error:
        hint = "write a record, in it a field, in it title, description and examples"
        raise InvalidContent([Finding(path=path, code="wrong-type", message=str(error), hint=hint)]) from error


def _tongue(requested: str, library: Library | None) -> _Tongue:
    glossaries = _glossaries(library)
    names = {name for one in glossaries for name in (*one.locales, *_there(one))}
    locale = negotiate(requested, sorted(names))
    words = [read_words(one, name) for name in dict.fromkeys((locale, ENGLISH)) for one in glossaries]
    spoken = [one for one in glossaries if locale in one.locales]
    english = glossaries[-1].locale_file(ENGLISH).require().messages
    own = spoken[0].locale_file(locale).record if spoken else None
    return _Tongue(words, msgspec.structs.asdict(own.messages if own else english), msgspec.structs.asdict(english))


def _glossaries(library: Library | None) -> list[Library]:
    """The glossary at hand, then the shipped one."""
    shipped = open_library()
    return [shipped] if library is None or library.root == shipped.root else [library, shipped]


def _there(library: Library) -> Iterator[str]:
    folder = library.root.joinpath("locales").joinpath("schema")
    if folder.is_dir():
        yield from (item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml"))


def _explain(told: dict[str, Any], record: str, field: str, tongue: _Tongue) -> None:
    words = tongue.of(record, field)
    examples: Sequence[Any] = words.examples
    if record == "Messages":
        examples = [tongue.messages[field]]
        told["description"] = f"In English: {_shown(tongue.english[field])}"
    reference = told.pop("$ref", None)
    if reference:
        told["allOf"] = [{"$ref": reference}]  # beside a $ref, draft-07 has nothing else read
    told["title"] = words.title or field.replace("_", " ").capitalize()
    if words.description:
        told["description"] = words.description
    if examples:
        told["examples"] = [one == "true" for one in examples] if told.get("type") == "boolean" else list(examples)


def _shown(message: str | Mapping[str, str]) -> str:
    return message if isinstance(message, str) else " · ".join(f"{form}: {text}" for form, text in message.items())
