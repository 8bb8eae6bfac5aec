"""The templates of a theme: what is wrong in them, which of them a page depends on, where one failed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from traceback import walk_tb
from typing import NamedTuple

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, nodes

from deficiency_glossary.errors import did_you_mean, nearest
from deficiency_glossary.findings import Finding
from deficiency_glossary.library.theme import BUILT_IN, TEMPLATES
from deficiency_glossary.render.environment import Templates, environment, read_template, template_names

_MISSING = re.compile(r"^'(\w+)' is undefined|has no attribute '(\w+)'")
_NAMES = "docs/how-to/theme.md lists what templates are given"


class _Reference(NamedTuple):
    """A template that another one names. '' is a name that is known only when it runs."""

    name: str
    line: int
    extends: bool
    optional: bool


class _Outline(NamedTuple):
    """What a template names and holds. `blocks` are the outer ones: name -> line."""

    references: tuple[_Reference, ...]
    blocks: Mapping[str, int]
    all_blocks: frozenset[str]

    @property
    def parent(self) -> str:
        return next((one.name for one in self.references if one.extends), "")


# --- what is wrong ---------------------------------------------------------------------------------------------------


def findings_in(templates: Templates) -> list[Finding]:
    """Everything wrong in the templates of a theme that shows before they run."""
    outlines: dict[str, _Outline] = {}
    findings: list[Finding] = []
    for name, source in templates:
        try:
            environment(autoescape=name.endswith(".html"), templates=templates).compile(source, name, TEMPLATES + name)
            outlines[name] = _outline(name, source)
        except TemplateSyntaxError as error:
            findings.append(_problem(name, source, error.lineno, error.message or "cannot be read", ""))
    for name, source in templates:
        if name in outlines:
            found = (*_lost(name, outlines[name], templates), *_blocks(name, outlines[name], templates))
            findings += [_problem(name, source, line, message, hint) for line, message, hint in found]
    return findings + list(_unused(templates, outlines))


def _lost(name: str, outline: _Outline, templates: Templates) -> Iterator[tuple[int, str, str]]:
    """Names of templates that are not there, and a template that extends itself."""
    known = {*dict(templates), *template_names()}
    for one in outline.references:
        if one.extends and name in _ancestors(one.name, templates):
            yield one.line, f"extends itself through {one.name!r}", f"the built-in one is {BUILT_IN + name!r}"
        elif one.name and not one.optional and _source(one.name, templates) is None:
            close = did_you_mean(nearest(one.name.removeprefix(BUILT_IN), known, 2))
            yield one.line, f"there is no template {one.name!r}{close}", "mend the name"


def _blocks(name: str, outline: _Outline, templates: Templates) -> Iterator[tuple[int, str, str]]:
    """Blocks that the extended template does not have: they would never show."""
    if not outline.parent:
        return
    ancestors = [_outline_of(one, templates) for one in _ancestors(outline.parent, templates) if one != name]
    known = {block for one in ancestors if one for block in one.all_blocks}
    if known:
        for block, line in outline.blocks.items():
            if block not in known:
                close = did_you_mean(nearest(block, known, 2))
                yield line, f"{outline.parent!r} has no block {block!r}{close}", _where_else(block, known)


def _where_else(block: str, known: set[str]) -> str:
    """Which built-in templates have a block, or which blocks the template has."""
    outlines = {name: _outline_of(BUILT_IN + name, ()) for name in template_names()}
    having = [name for name, outline in outlines.items() if outline and block in outline.all_blocks]
    return f"{', '.join(having)} has it" if having else f"its blocks: {', '.join(sorted(known))}"


def _unused(templates: Templates, outlines: Mapping[str, _Outline]) -> Iterator[Finding]:
    """Templates that neither stand in for a built-in one nor are named by another."""
    named = {one.name for outline in outlines.values() for one in outline.references}
    if "" in named:
        return
    for name, source in templates:
        if name not in named and name not in template_names():
            close = did_you_mean(nearest(name, template_names(), 2))
            message = f"is not used: no template of this name is built in, and none names it{close}"
            hint = f"the built-in ones: {', '.join(template_names())}"
            yield _problem(name, source, 0, message, hint)


def _problem(name: str, source: str, line: int, message: str, hint: str, word: str = "") -> Finding:
    """A finding in a template. Jinja tells lines; the column is that of the word, else where the line's text begins."""
    lines = source.split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    column = text.find(word) + 1 if word and word in text else len(text) - len(text.lstrip()) + 1
    return Finding(
        path=TEMPLATES + name,
        line=line,
        column=column if line else 0,
        code="theme-template",
        message=message,
        hint=hint or "mend the template",
    )


# --- what names what -------------------------------------------------------------------------------------------------


def _source(name: str, templates: Templates) -> str | None:
    return dict(templates).get(name) or read_template(name.removeprefix(BUILT_IN))


def _outline_of(name: str, templates: Templates) -> _Outline | None:
    source = _source(name, templates)
    try:
        return None if source is None else _outline(name, source)
    except TemplateSyntaxError:
        return None


@lru_cache(maxsize=256)
def _outline(name: str, source: str) -> _Outline:
    tree = environment(autoescape=name.endswith(".html")).parse(source, name)
    references = []
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        optional = bool(getattr(node, "ignore_missing", False))
        extends = isinstance(node, nodes.Extends)
        references += [_Reference(target, node.lineno, extends, optional) for target in _targets(node)]
    every = list(tree.find_all(nodes.Block))
    inner = {child.name for block in every for child in block.find_all(nodes.Block)}
    outer = {block.name: block.lineno for block in every if block.name not in inner}
    return _Outline(tuple(references), outer, frozenset(block.name for block in every))


def _targets(node: nodes.Node) -> list[str]:
    """The names in `extends`, `include` and `import`: one, a list of which the first that exists counts, or unknown."""
    named = node.template  # type: ignore[attr-defined]
    if isinstance(named, nodes.Const):
        return list(named.value) if isinstance(named.value, list | tuple) else [str(named.value)]
    return [""]


def _ancestors(name: str, templates: Templates) -> list[str]:
    """A template and those that it extends, from the nearest; ends where it would begin anew."""
    found: list[str] = []
    while name and name not in found:
        found.append(name)
        outline = _outline_of(name, templates)
        name = outline.parent if outline else ""
    return found


@lru_cache(maxsize=256)
def digest_for(template: str, templates: Templates) -> str:
    """The digest of all of a theme that a page made from this template depends on; '' if nothing."""
    reached = _reached_from(template, templates)
    used = [(name, source) for name, source in templates if name in reached or "" in reached]
    return blake2b(repr(used).encode(), digest_size=16).hexdigest() if used else ""


@lru_cache(maxsize=256)
def mentions(word: str, template: str, templates: Templates) -> bool:
    """Whether a word stands in a template, or in any that it can reach: if not, what it names need not be made.

    A template that cannot be known holds every word.
    """
    sources = [_source(name, templates) for name in _reached_from(template, templates)]
    return any(source is None or word in source for source in sources)


def _reached_from(template: str, templates: Templates) -> set[str]:
    """The names of all templates that this one can show something of, and '' if there may be any others."""
    reached, waiting = set[str](), [template]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        outline = _outline_of(name, templates)
        reached |= {name} if outline else {name, ""}  # what cannot be known may be any of them
        waiting += [one.name for one in outline.references] if outline else []
    return reached


# --- when one fails --------------------------------------------------------------------------------------------------


def problem_of(error: Exception, templates: Templates) -> Finding | None:
    """What went wrong in a template of the theme, and where; None if the error comes from elsewhere."""
    own = dict(templates)
    found = None
    for frame, line in walk_tb(error.__traceback__):
        name = frame.f_code.co_filename.removeprefix(TEMPLATES)
        if name in own and frame.f_code.co_filename.startswith(TEMPLATES):
            found = name, line, frame.f_locals
    if found is None:
        return None
    name, line, values = found
    message = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    missing = _MISSING.search(message) if isinstance(error, UndefinedError) else None
    word = missing[1] or missing[2] if missing else ""
    close = did_you_mean(nearest(word, values, 2)) if missing and missing[1] else ""
    return _problem(name, own[name], line, f"{message}{close}", _NAMES if missing else "", word)
