"""The comments of a YAML file, which its parser passes over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from deficiency_glossary.library.yaml12 import scalar_spans


class Comment(NamedTuple):
    """A comment from its `#` to the end of the line; `alone` if nothing stands before it."""

    line: int
    column: int
    text: str
    alone: bool


_SIGN = re.compile(r"(?:(?<=\s)|^)#.*", re.MULTILINE)


def comments(text: str) -> Iterator[Comment]:
    """The comments in order, as far as the file can be parsed. A `#` inside a text is none."""
    if "#" not in text:
        return
    texts = scalar_spans(text)
    span = next(texts, None)
    for number, line in enumerate(text.split("\n"), 1):
        for match in _SIGN.finditer(line) if "#" in line else ():
            at = (number, match.start() + 1)
            while span is not None and span[1] <= at:
                span = next(texts, None)
            if span is None or at < span[0]:
                yield Comment(*at, match[0], not line[: match.start()].strip())
                break
