"""The Jinja environment: templates of the theme, then those of the package; everything escaped, nothing undefined."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import MutableMapping
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from deficiency_glossary.library.theme import BUILT_IN, TEMPLATES

# Braces too: Docusaurus reads Markdown as MDX, where they hold code.
_MARKDOWN_SPECIAL = re.compile(r"[\\`*_\[\]<>{}#|]|&(?=#?\w+;)")
# Python-Markdown, which MkDocs uses, knows no backslash before these.
_ENTITIES = {"<": "&lt;", "&": "&amp;", "|": "&#124;"}
# What MDX, and nothing else, takes for code in Markdown: tags, braces, and `import` or `export` at a line's start.
_CODE_IN_MDX = re.compile(
    r"(?P<code>(?<![`\\])(`+)(?!`).*?(?<!`)\2(?!`))|\\.|<(?P<url>https?://[^\s<>]+)>|[<{}]", re.DOTALL
)
_ENDS_ADDRESS = re.compile(r"[()<>]")
_ESM = re.compile(r"^(?P<first>[ie])(?=(?:mport|xport)\b)", re.MULTILINE)

Templates = tuple[tuple[str, str], ...]
"""The templates of a theme: name, source."""

_BUILT_IN = resources.files("deficiency_glossary.render").joinpath("templates")
ASSETS = resources.files("deficiency_glossary.render").joinpath("assets")


def read_template(name: str) -> str | None:
    """The text of a built-in template; None if there is none of this name."""
    return _BUILT_IN.joinpath(name).read_text(encoding="utf-8") if name in template_names() else None


def as_text(value: object) -> str:
    """What `escape` gives, but plain text that needs no escaping stays as it is, and safe text is not copied."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is str:
        text: str = value  # type: ignore[assignment]
        if not ("&" in text or "<" in text or ">" in text or '"' in text or "'" in text):
            return text
    return escape(value)


class _Outputs(CodeGenerator):
    """Calls `as_text` for `{{ ... }}`, where Jinja calls `escape`. Pages are joined of these texts."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.as_text(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(Environment):
    code_generator_class = _Outputs
    as_text = staticmethod(as_text)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dict for a template. Jinja's chain of two, which shows later changes, is slow, and nothing changes."""
        return {**self.globals, **(d or {})}


@lru_cache(maxsize=16)
def environment(*, autoescape: bool, templates: Templates = ()) -> Environment:
    """The environment for HTML (escaping) or Markdown (not). Shared: templates are compiled once.

    A theme's template stands before the built-in one of its name; `default/<name>` always means the built-in one.
    """
    own = dict(templates)

    def load(name: str) -> str | tuple[str, str, None] | None:
        if name in own:
            return own[name], TEMPLATES + name, None
        return read_template(name.removeprefix(BUILT_IN))

    made = _Environment(
        loader=FunctionLoader(load),
        autoescape=autoescape,  # off for Markdown files alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # `{#id}` is an id of a Markdown heading.
        comment_start_string="{#" if autoescape else "{##",
        comment_end_string="#}" if autoescape else "##}",
    )
    made.filters["plain"] = plain_in_markdown
    made.filters["prose"] = prose_in_markdown
    made.filters["address"] = address_in_markdown
    made.filters["digest"] = policy_digest
    return made


def policy_digest(block: str) -> str:
    """What a Content-Security-Policy calls an inline block by: its SHA-256 (CSP level 3, hash-source)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()


def plain_in_markdown(text: str) -> str:
    """Plain text as Markdown that shows just that: what has a meaning inside a line is escaped."""
    return _MARKDOWN_SPECIAL.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), text)


def prose_in_markdown(markdown: str) -> str:
    """Markdown of the content as all generators read it: where MDX would see code, the characters themselves.

    Content has no HTML, so a `<` that opens no address means itself.
    """
    if "<" in markdown or "{" in markdown or "}" in markdown:
        markdown = _CODE_IN_MDX.sub(_not_as_code, markdown)
    return _ESM.sub(lambda match: f"&#{ord(match[0])};", markdown) if "port" in markdown else markdown


def address_in_markdown(url: str) -> str:
    """An address as the target of a Markdown link: what would end it is percent-encoded."""
    return _ENDS_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", url)


def _not_as_code(match: re.Match[str]) -> str:
    if match["url"]:
        return f"[{match['url']}]({match['url']})"
    return {"<": "&lt;", r"\<": "&lt;", "{": "\\{", "}": "\\}"}.get(match[0], match[0])


def read_asset(name: str) -> str:
    """The text of a style sheet or script."""
    return ASSETS.joinpath(name).read_text(encoding="utf-8")


def asset_names() -> tuple[str, ...]:
    """The style sheets and scripts that pages load, sorted."""
    return tuple(sorted(item.name for item in ASSETS.iterdir() if item.is_file()))


@lru_cache(maxsize=1)
def template_names() -> tuple[str, ...]:
    """The files that pages are made from, sorted."""
    return tuple(sorted(item.name for item in _BUILT_IN.iterdir() if item.is_file()))
