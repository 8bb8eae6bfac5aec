"""What is not for reading in a text, blanked: code, targets of links, addresses. Places are kept."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE: Final = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_TARGET: Final = re.compile(r"\](?:(?:\[[^\[\]\n]*\])+(?:\([^()\n]*\))?|\([^()\n]*\))|<[^<>\n]+>")


def without_code(text: str) -> str:
    """The text with code blanked."""
    return _CODE.sub(_blanks, text) if "`" in text else text


def masked(text: str, *, markdown: bool) -> str:
    """The text, without code, with everything else blanked that is not for reading, places kept."""
    if markdown and ("](" in text or "][" in text or "<" in text):
        text = _TARGET.sub(_target, text)
    return _ADDRESS.sub(_blanks, text) if "://" in text or "www." in text or "@" in text else text


def _blanks(match: re.Match[str]) -> str:
    return "\x00" * len(match[0])


def _target(match: re.Match[str]) -> str:
    """The bracket before a target belongs to the words of the link."""
    return "]" + "\x00" * (len(match[0]) - 1) if match[0][0] == "]" else _blanks(match)
