"""What could not go on.

GlossaryError
├── UnknownConcept, UnknownLocale, MissingEntry      (also LookupError)
├── UnknownCurrency, InvalidAmount                   (also ValueError)
├── UnknownFigure                                    (also LookupError)
├── InvalidContent, InvalidTheme                     carry the findings
├── NotAGlossary                                     no glossary.yaml where one was expected
├── BuildRefused                                     the output folder is not ours, or is locked
├── WorkersFailed                                    those who build for us cannot, or ended
└── ToolMissing                                      a program that a setting asks for is not installed, or fails
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from deficiency_glossary.findings import Finding


class GlossaryError(Exception):
    """Base of all errors that this library raises on purpose."""


class _Unknown(GlossaryError, LookupError):
    """A name that is not there, with the nearest names that are."""

    kind = "name"

    def __init__(self, name: str, known: Iterable[str] = ()) -> None:
        self.name = name
        self.suggestions: tuple[str, ...] = tuple(nearest(name, known, 3))
        super().__init__(f"unknown {self.kind} {name!r}{did_you_mean(self.suggestions)}")

    def __reduce__(self) -> tuple[Any, ...]:
        # The default would call the constructor with the finished message; workers send these errors home.
        return type(self), (self.name, self.suggestions)


class UnknownConcept(_Unknown):
    """No concept of this id (nor alias) is in the glossary."""

    kind = "concept"


class UnknownLocale(_Unknown):
    """No locale of the glossary serves this BCP 47 tag."""

    kind = "locale"


class UnknownFigure(_Unknown):
    """An example has no input figure of this name."""

    kind = "figure"


class UnknownCurrency(_Unknown, ValueError):
    """Not an ISO 4217 code that CLDR knows."""

    kind = "currency"


class MissingEntry(GlossaryError, LookupError):
    """The concept exists but is not written in this locale."""

    def __init__(self, concept: str, locale: str) -> None:
        self.concept = concept
        self.locale = locale
        super().__init__(
            f"concept {concept!r} has no entry in locale {locale!r}; pass fallback=True to get the source locale's"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.concept, self.locale)


class InvalidAmount(GlossaryError, ValueError):
    """Text that is no finite decimal number."""


class NotAGlossary(GlossaryError):
    """The folder holds no glossary.yaml."""


class BuildRefused(GlossaryError):
    """Writing here would destroy something that this tool did not make, or another build is running."""


class WorkersFailed(GlossaryError):
    """Other processes or machines that should build cannot be reached, ended, or have other code or folders."""


class ToolMissing(GlossaryError):
    """A program that a setting asks for is not installed, or does not work here."""


class _Invalid(GlossaryError):
    """Files that cannot be used; `findings` says what is wrong and where."""

    kind = "files"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = "\n".join(f"  {finding}" for finding in self.findings[:20])
        more = f"\n  … and {len(self.findings) - 20} more" if len(self.findings) > 20 else ""
        super().__init__(f"the {self.kind} has {len(self.findings)} problem(s):\n{lines}{more}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.findings,)


class InvalidContent(_Invalid):
    """Content that cannot be used; `findings` says what is wrong and where."""

    kind = "content"


class InvalidTheme(_Invalid):
    """A theme that cannot be used; `findings` says what is wrong and where."""

    kind = "theme"


def nearest(name: str, known: Iterable[str], count: int) -> list[str]:
    """The known names that are most like this one, the best first."""
    from difflib import get_close_matches  # only mistakes need it: importing the package does not wait for it

    return get_close_matches(name, list(known), n=count, cutoff=0.6)


def did_you_mean(suggestions: Sequence[str]) -> str:
    """`; did you mean 'a' or 'b'?`, or nothing."""
    return f"; did you mean {' or '.join(repr(s) for s in suggestions)}?" if suggestions else ""
