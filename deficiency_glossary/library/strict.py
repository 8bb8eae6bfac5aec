"""What libyaml lets pass though it is no YAML 1.2, or reads as something else than it says.

Found with the yaml-test-suite. Most files hold nothing that looks like it, so a quick search of the text decides
whether the slow look is worth taking.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Report = Callable[..., None]

_TIGHT = "\"']},|>+-0123456789"
_TIGHT_COMMENT = re.compile(f"[{re.escape(_TIGHT)}]#")
_TIGHT_QUESTION = re.compile(r"[\[{,]\s*\?[^\s,\]}]")
_BLANK_HEAD = re.compile(r"[|>][-+0-9]*(?: +#.*)? *\n +\n")


def may_break(text: str) -> bool:
    """Whether one of the slow looks at a text is worth taking. What they need of a scalar's end is not asked here."""
    return (
        ("#" in text and _has_tight_comment(text))
        or ("?" in text and _TIGHT_QUESTION.search(text) is not None)
        or (" \n" in text and _BLANK_HEAD.search(text) is not None)
    )


def _has_tight_comment(text: str) -> bool:
    """What `_TIGHT_COMMENT` looks for, quicker where there are few of the sign."""
    at = text.find("#", 1)
    while at > 0:
        if text[at - 1] in _TIGHT:
            return True
        at = text.find("#", at + 1)
    return False


class Strict:
    """Reports what is let pass in one text."""

    def __init__(self, text: str, report: Report) -> None:
        self.text = text
        self.report = report
        self.has_question = _TIGHT_QUESTION.search(text) is not None
        self.has_blank_head = _BLANK_HEAD.search(text) is not None

    def scalar(self, event: Any, indent: int) -> None:
        """A scalar; `indent` is the column of the collection in block style around it, 0 for none."""
        start, end, style = event.start_mark, event.end_mark, event.style
        if style in ("'", '"'):
            if end.line > start.line:
                self._continued(start.line, end.line, indent)
        elif style:
            if self.has_blank_head:
                self._blank_head(start.line, end.line)
        elif event.value == "-":
            self._syntax(start.line, start.column, "a '-' alone is no text", "put it in quotes")
        if self.has_question and start.index > 0 and self.text[start.index - 1 : start.index] == "?":
            self._syntax(start.line, start.column - 1, "the '?' is not read as part of the text", "put it in quotes")

    def inside_flow(self, mark: Any, first_line: int, indent: int) -> None:
        """Something in brackets that began on an earlier line."""
        if mark.line > first_line and mark.column < indent:
            self._syntax(mark.line, mark.column, "this line is not indented", "indent what stands in brackets")

    def comments(self, spans: Iterator[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        """Comments without a space before them, which would be text to other readers; `spans` are the scalars."""
        if not _TIGHT_COMMENT.search(self.text):
            return
        texts = list(spans)
        at = 0
        for number, line in enumerate(self.text.split("\n"), 1):
            for match in _TIGHT_COMMENT.finditer(line):
                place = (number, match.start() + 2)
                while at < len(texts) and texts[at][1] < place:
                    at += 1
                inside = at < len(texts) and texts[at][0] <= place < texts[at][1]
                before = line[: match.start() + 1]
                if not inside and not re.search(r"(?:^|\s)#", before):
                    self._syntax(number - 1, match.start() + 1, "a comment needs a space before it", "write a space")
                    break

    def _continued(self, first: int, last: int, indent: int) -> None:
        lines = self.text.split("\n")
        for number in range(first + 1, last + 1):
            line = lines[number] if number < len(lines) else ""
            if line.strip() and len(line) - len(line.lstrip(" ")) < indent:
                self._syntax(number, 0, "this line is not indented", "indent each line of a text in quotes")
                return

    def _blank_head(self, first: int, last: int) -> None:
        lines = self.text.split("\n")[first + 1 : last + 1]
        widest = 0
        for number, line in enumerate(lines, first + 1):
            if line.strip(" "):
                if widest > len(line) - len(line.lstrip(" ")):
                    self._syntax(number, 0, "a blank line above is indented deeper", "empty the blank lines above")
                return
            widest = max(widest, len(line))

    def _syntax(self, line: int, column: int, message: str, hint: str) -> None:
        self.report(line + 1, column + 1, "yaml-syntax", message, hint)
