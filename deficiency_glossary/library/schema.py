"""From a tree of text to the records of the model, and the JSON Schema for editors: both from the model's types."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
from msgspec import inspect as types

from deficiency_glossary.errors import did_you_mean, nearest
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.yaml12 import MAX_FINDINGS, WIDE_COLON, Node
from deficiency_glossary.locales import Locale
from deficiency_glossary.model import ID_PATTERN, LINE_PATTERN, NAME_PATTERN, Concept, Entry, FileKind, Record, Settings

R = TypeVar("R", bound=Record)

KINDS: dict[FileKind, type[Record]] = {"glossary": Settings, "locale": Locale, "concept": Concept, "entry": Entry}

# Python's Decimal reads 250_000 and full-width digits too; a file that means a number writes it plainly.
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,20})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def decode(value: Any, root: Callable[[], Node], kind: type[R], path: str) -> tuple[R | None, list[Finding]]:
    """The record that a file holds, or everything in it that does not fit the model.

    `value` is the bare value of the file, `root` its tree. The quick way is taken first; only a file that it refuses
    is walked field by field, to report all at once. Files of concepts hold numbers, which the quick way reads too
    generously, so those are looked at as they are written.
    """
    try:
        record = msgspec.convert(value, kind, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        tree = root()
        return None, _problems(tree, kind, path) or [
            _finding(tree, path, "wrong-type", str(error), "see docs/reference/files.md")
        ]
    if isinstance(record, Concept) and not _has_plain_numbers(value):
        return None, _problems(root(), kind, path)
    return record, []


def _has_plain_numbers(concept: Any) -> bool:
    """Whether the figures are written as numbers should be; `concept` is known to have the types of the model."""
    examples = (concept.get("examples") or {}).values()
    return all(_NUMBER.fullmatch(text) for example in examples for text in example["figures"].values())


def _problems(root: Node, kind: type[Record], path: str) -> list[Finding]:
    return list(islice(_walk(root, _type_of(kind), (), path), MAX_FINDINGS))


def json_schema(kind: FileKind) -> dict[str, Any]:
    """The draft-07 JSON Schema of a kind of file, for editors."""
    (schema,), definitions = msgspec.json.schema_components([KINDS[kind]], ref_template="#/definitions/{name}")
    for definition in definitions.values():
        _loosen(definition)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema, "definitions": definitions}


def _loosen(schema: Any) -> None:
    """Editors read `012` as a number and `true` as a boolean; this project reads text. Accept both spellings."""
    if isinstance(schema, dict):
        if schema.get("type") == "string" and schema.get("format") == "decimal":
            schema.clear()
            schema["type"] = ["number", "string"]
        for value in schema.values():
            _loosen(value)
    elif isinstance(schema, list):
        for value in schema:
            _loosen(value)


@cache
def _type_of(kind: type[Record]) -> types.Type:
    return types.type_info(kind)


# --- the walk: one small function for each kind of type ---------------------------------------------------------------

Where = tuple[str | int, ...]


def _walk(node: Node, kind: types.Type, where: Where, path: str) -> Iterator[Finding]:
    """Everything below this node that does not fit its type."""
    if isinstance(kind, types.Metadata):
        kind = kind.type
    if isinstance(kind, types.StructType):
        yield from _walk_struct(node, kind, where, path)
    elif isinstance(kind, types.DictType):
        yield from _walk_dict(node, kind, where, path)
    elif isinstance(kind, types.VarTupleType | types.ListType):
        yield from _walk_list(node, kind, where, path)
    elif isinstance(kind, types.UnionType):
        yield from _walk_union(node, kind, where, path)
    else:
        yield from _walk_scalar(node, kind, where, path)


def _walk_struct(node: Node, kind: types.StructType, where: Where, path: str) -> Iterator[Finding]:
    if not isinstance(node.value, dict):
        yield _mismatch(
            node, where, path, f"a mapping with the keys {_listing([f.encode_name for f in kind.fields])}", _AS_MAPPING
        )
        return
    fields = {field.encode_name: field for field in kind.fields}
    for name, value in node.value.items():
        if name in fields:
            yield from _walk(value, fields[name].type, (*where, name), path)
        else:
            yield _unknown_key(node, name, list(fields), where, path)
    for name, field in fields.items():
        if field.required and name not in node.value:
            yield _finding(
                node,
                path,
                "missing-key",
                f"the key {name!r} is missing{_inside(where)}",
                f"add `{name}:` with its value",
            )


def _unknown_key(node: Node, name: str, known: Sequence[str], where: Where, path: str) -> Finding:
    place = (node.keys or {}).get(name, node)
    close = nearest(name, known, 2)
    return _finding(
        place,
        path,
        "unknown-key",
        f"the key {name!r} is not known{_inside(where)}{did_you_mean(close)}",
        f"the keys here are {_listing(known)}",
    )


def _walk_dict(node: Node, kind: types.DictType, where: Where, path: str) -> Iterator[Finding]:
    if not isinstance(node.value, dict):
        yield _mismatch(node, where, path, "a mapping of names to values", _AS_MAPPING)
        return
    if not node.value and getattr(kind, "min_length", None):
        yield _mismatch(node, where, path, "at least one name with its value", _AS_MAPPING)
    for name, value in node.value.items():
        key_node = (node.keys or {}).get(name, value)
        yield from _walk(Node(key_node.line, key_node.column, name), kind.key_type, (*where, name), path)
        yield from _walk(value, kind.value_type, (*where, name), path)


def _walk_list(node: Node, kind: types.VarTupleType | types.ListType, where: Where, path: str) -> Iterator[Finding]:
    if not isinstance(node.value, list):
        yield _mismatch(node, where, path, "a list", _AS_LIST)
        return
    if not node.value and kind.min_length:
        yield _mismatch(node, where, path, "a list with at least one item", _AS_LIST)
    for index, item in enumerate(node.value):
        yield from _walk(item, kind.item_type, (*where, index), path)


def _walk_union(node: Node, kind: types.UnionType, where: Where, path: str) -> Iterator[Finding]:
    if kind.includes_none and node.value is None:
        return
    rest = [option for option in kind.types if not isinstance(option, types.NoneType)]
    yield from _walk(node, rest[0], where, path)  # the model has no union but `X | None`


def _walk_scalar(node: Node, kind: types.Type, where: Where, path: str) -> Iterator[Finding]:
    if not isinstance(node.value, str) or not _fits(node.value, kind):
        yield _mismatch(node, where, path, _expected(kind), _remedy(node.value, kind))


def _fits(text: str, kind: types.Type) -> bool:
    if isinstance(kind, types.LiteralType):
        return text in kind.values
    if isinstance(kind, types.DecimalType):
        return _NUMBER.fullmatch(text) is not None
    if isinstance(kind, types.DateType):
        try:
            datetime.date.fromisoformat(text)
        except ValueError:
            return False
        return _DATE.fullmatch(text) is not None  # Python reads week dates and dates without hyphens too
    if isinstance(kind, types.StrType):
        return (kind.min_length or 0) <= len(text) <= (kind.max_length or len(text)) and (
            kind.pattern is None or re.search(kind.pattern, text) is not None
        )
    return True


def _expected(kind: types.Type) -> str:
    if isinstance(kind, types.LiteralType):
        return f"one of {_listing([str(value) for value in kind.values])}"
    if isinstance(kind, types.DecimalType):
        return "a plain number such as 250000 or 0.05, without separators or currency"
    if isinstance(kind, types.DateType):
        return "a date such as 2026-11-21"
    if isinstance(kind, types.StrType):
        parts = ["text"]
        if kind.max_length:
            parts.append(
                f"of 1 to {kind.max_length:,} characters"
                if kind.min_length
                else f"of at most {kind.max_length:,} characters"
            )
        if kind.pattern == LINE_PATTERN:
            parts.append("on one line")
        elif kind.pattern:
            parts.append(f"that fits {kind.pattern}")
        return " ".join(parts)
    return "another kind of value"


_AS_MAPPING = "write each as `name: value` on a line of its own, indented below the key"
_AS_LIST = "write each item on a line of its own after `- `, or all as [a, b]"
_BY_PATTERN = {
    LINE_PATTERN: "write the text right after the key, without `|` or `>`",
    ID_PATTERN: "use small letters, digits and single hyphens, such as short-sale",
    NAME_PATTERN: "use small letters, digits and underscores, such as sale_price",
}


def _remedy(value: object, kind: types.Type) -> str:
    if isinstance(kind, types.LiteralType):
        close = nearest(value, map(str, kind.values), 1) if isinstance(value, str) else []
        return f"did you mean {close[0]!r}?" if close else "choose one of these"
    if isinstance(kind, types.DecimalType):
        return "write 250000, not 250,000 or $250,000"
    if isinstance(kind, types.DateType):
        return "write year, month and day: 2026-11-21"
    if not isinstance(value, str):
        return "write one text; put it in quotes if it begins with [ or {"
    if isinstance(kind, types.StrType) and kind.pattern and len(value) <= (kind.max_length or len(value)):
        return _BY_PATTERN.get(kind.pattern, "write it in this form; docs/reference/files.md has an example")
    return "shorten the text" if value else "write the text, or delete the key"


def _mismatch(node: Node, where: Where, path: str, expected: str, remedy: str) -> Finding:
    value = node.value
    if value is None:
        found = "nothing"
    elif isinstance(value, str):
        found = repr(value if len(value) <= 60 else value[:57] + "…")
    else:
        found = "a list" if isinstance(value, list) else "a mapping"
    name = f"{_dotted(where)}: " if where else ""
    hint = remedy if value is not None else "write its value after the colon, or delete the key"
    if isinstance(value, str) and "：" in value and remedy == _AS_MAPPING:
        hint = WIDE_COLON
    return _finding(
        node,
        path,
        "wrong-type" if value is not None else "empty-value",
        f"{name}found {found}, expected {expected}",
        hint,
    )


def _finding(node: Node, path: str, code: str, message: str, hint: str) -> Finding:
    return Finding(path=path, line=node.line, column=node.column, code=code, message=message, hint=hint)


def _dotted(where: Where) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in where).removeprefix(".")


def _inside(where: Where) -> str:
    return f" in {_dotted(where)}" if where else ""


def _listing(names: Sequence[str]) -> str:
    return ", ".join(names)
