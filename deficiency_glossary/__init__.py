"""A glossary that is right in every language it speaks.

>>> import deficiency_glossary as dg
>>> dg.load().entry("deficiency-balance", "ms").term.text
'baki kekurangan'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from deficiency_glossary.errors import (
    BuildRefused,
    GlossaryError,
    InvalidAmount,
    InvalidContent,
    InvalidTheme,
    MissingEntry,
    NotAGlossary,
    ToolMissing,
    UnknownConcept,
    UnknownCurrency,
    UnknownFigure,
    UnknownLocale,
    WorkersFailed,
)
from deficiency_glossary.findings import Finding
from deficiency_glossary.glossary import Glossary, load

if TYPE_CHECKING:
    from deficiency_glossary.render.views import Example, LocalizedEntry, Text
    from deficiency_glossary.site.build import BuildReport
    from deficiency_glossary.text.collation import index_head, sort_key
    from deficiency_glossary.text.formats import format_currency, format_date, format_number, format_percent
    from deficiency_glossary.text.grammar import inflect
    from deficiency_glossary.text.search import Hit
    from deficiency_glossary.text.terms import Mention

# Loaded when first used, so that importing this package stays quick.
_LATER = {
    "BuildReport": "site.build",
    "Example": "render.views",
    "LocalizedEntry": "render.views",
    "Text": "render.views",
    "format_currency": "text.formats",
    "format_date": "text.formats",
    "format_number": "text.formats",
    "format_percent": "text.formats",
    "Hit": "text.search",
    "Mention": "text.terms",
    "index_head": "text.collation",
    "inflect": "text.grammar",
    "sort_key": "text.collation",
}

__all__ = [
    "BuildRefused",
    "BuildReport",
    "Example",
    "Finding",
    "Glossary",
    "GlossaryError",
    "Hit",
    "InvalidAmount",
    "InvalidContent",
    "InvalidTheme",
    "LocalizedEntry",
    "Mention",
    "MissingEntry",
    "NotAGlossary",
    "Text",
    "ToolMissing",
    "UnknownConcept",
    "UnknownCurrency",
    "UnknownFigure",
    "UnknownLocale",
    "WorkersFailed",
    "format_currency",
    "format_date",
    "format_number",
    "format_percent",
    "index_head",
    "inflect",
    "load",
    "sort_key",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f"deficiency_glossary.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
