"""The quick way through a YAML file: its bare value, without places, if nothing in it is out of the ordinary.

Most files are read by `lines` alone, the others by libyaml. Whatever `yaml12` would report, or change on the way, makes
this give up, and `yaml12` then looks again. A law test holds the three equal.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from yaml import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from deficiency_glossary.library import lines, strict
from deficiency_glossary.library.lines import NULLS as NULLS
from deficiency_glossary.library.lines import GiveUp as _GiveUp


def value_of(text: str, parser: Callable[[str], Any], max_depth: int) -> Any:
    """The value of a text that has passed the gate of `yaml12`; None where the slow way has to look."""
    if strict.may_break(text):
        return None
    try:
        return lines.value_of(text, max_depth)
    except _GiveUp:
        return _parsed(text, parser, max_depth)


def _parsed(text: str, parser: Callable[[str], Any], max_depth: int) -> Any:
    last = text[text.rfind("\n") + 1 :]
    reader = parser(f"{text}\n" if last and last.isspace() else text)  # without its end it would be read as text
    try:
        return _document(reader.get_event, max_depth, "\\" in text)
    except (_GiveUp, yaml.YAMLError):
        return None
    finally:
        reader.dispose()


def _document(following: Callable[[], Any], deepest: int, escapes: bool) -> Any:
    following()  # the stream begins
    if type(following()) is not yaml.DocumentStartEvent:
        return None
    value = _value(following(), following, deepest, escapes)
    following()  # the document ends
    return value if type(following()) is yaml.StreamEndEvent else None


def _value(event: Any, following: Callable[[], Any], room: int, escapes: bool) -> Any:
    kind = type(event)
    if kind is AliasEvent or event.anchor is not None or event.tag is not None:
        raise _GiveUp
    if kind is ScalarEvent:
        return _scalar(event, escapes)
    if not room:
        raise _GiveUp
    made: Any
    if kind is MappingStartEvent:
        made, last = _mapping(following, room - 1, escapes)
    else:
        made, last = _list(following, room - 1, escapes)
    if event.flow_style and last.end_mark.line != event.start_mark.line:
        raise _GiveUp  # brackets over several lines: their indentation counts
    return made


def _scalar(event: Any, escapes: bool) -> str | None:
    text: str = event.value
    style = event.style
    if not style:
        if text == "-":
            raise _GiveUp
        return None if text in NULLS else text
    if style in "\"'" and (event.end_mark.line != event.start_mark.line or (escapes and style == '"')):
        raise _GiveUp
    return text


def _mapping(following: Callable[[], Any], room: int, escapes: bool) -> tuple[dict[str, Any], Any]:
    made: dict[str, Any] = {}
    while type(event := following()) is not MappingEndEvent:
        key = _value(event, following, room, escapes) or ""
        if type(key) is not str or key in made:
            raise _GiveUp
        made[key] = _value(following(), following, room, escapes)
    return made, event


def _list(following: Callable[[], Any], room: int, escapes: bool) -> tuple[list[Any], Any]:
    made: list[Any] = []
    while type(event := following()) is not SequenceEndEvent:
        made.append(_value(event, following, room, escapes))
    return made, event
