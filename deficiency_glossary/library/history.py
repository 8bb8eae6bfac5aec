"""What the source said before: the text that a translation was made from, as git remembers it."""

from __future__ import annotations

import difflib
import re
import subprocess
from pathlib import Path

from deficiency_glossary.library import store
from deficiency_glossary.library.status import fields_of, fingerprint
from deficiency_glossary.model import Entry

_WORD = re.compile(r"\s+|\w+|[^\w\s]")


def former_text(root: Path, path: str, field: str, wanted: str) -> str | None:
    """The text of a field with this fingerprint in an earlier version of a file.

    None if git does not have it: no repository, no git, or never committed. `path` is relative to `root`.
    """
    versions = _git(root, "log", "--format=%H", "--", path)
    for version in (versions or "").split():
        content = _git(root, "show", f"{version}:./{path}")
        if content is None:
            continue
        entry = store.decode(content.encode(), path, Entry).record
        text = fields_of(entry).get(field) if entry else None
        if text is not None and fingerprint(text) == wanted:
            return text
    return None


def _git(root: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - a list: no shell reads it
    except OSError:
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


def word_diff(before: str, after: str) -> str:
    """What changed, word by word: `owes [-the bank-]{+the lender+}`, as git's word diff marks it."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    shown: list[str] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            shown.append("".join(old[a:b]))
            continue
        shown.append(f"[-{''.join(old[a:b])}-]" if b > a else "")
        shown.append(f"{{+{''.join(new[c:d])}+}}" if d > c else "")
    return "".join(shown)
