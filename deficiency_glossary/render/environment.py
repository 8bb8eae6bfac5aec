"""The Jinja environment: templates from inside the package, everything escaped, nothing undefined let through."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

# Braces too: Docusaurus reads Markdown as MDX, where they hold code.
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>{}]|&(?=#?\w+;)")

TEMPLATES = resources.files("deficiency_glossary.render").joinpath("templates")
ASSETS = resources.files("deficiency_glossary.render").joinpath("assets")


def read_template(name: str) -> str:
    """The text of a template."""
    return TEMPLATES.joinpath(name).read_text(encoding="utf-8")


@cache
def environment(*, autoescape: bool) -> Environment:
    """The environment for HTML (escaping) or Markdown (not). Shared: templates are compiled once."""
    made = Environment(
        loader=FunctionLoader(read_template),
        autoescape=autoescape,  # noqa: S701 - off for Markdown files alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="{##",  # `{#id}` is an id of a Markdown heading
        comment_end_string="##}",
    )
    made.filters["plain"] = plain_in_markdown
    made.filters["digest"] = policy_digest
    return made


def policy_digest(block: str) -> str:
    """What a Content-Security-Policy calls an inline block by: its SHA-256 (CSP level 3, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()


def plain_in_markdown(text: str) -> str:
    """Plain text as Markdown that shows just that: what has a meaning inside a line is escaped."""
    return _MARKDOWN_SPECIAL.sub(r"\\\g<0>", text)


def read_asset(name: str) -> str:
    """The text of a style sheet or script."""
    return ASSETS.joinpath(name).read_text(encoding="utf-8")


def asset_names() -> tuple[str, ...]:
    """The style sheets and scripts that pages load, sorted."""
    return tuple(sorted(item.name for item in ASSETS.iterdir() if item.is_file()))


def template_names() -> tuple[str, ...]:
    """The files that pages are made from, sorted."""
    return tuple(sorted(item.name for item in TEMPLATES.iterdir() if item.is_file()))
