"""Writes the pages of docs/reference that follow from the code: `python docs/generate.py`.

A test compares what stands there with what this makes, so a page cannot fall behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from deficiency_glossary.checks.link_rules import LINK_RULES
from deficiency_glossary.checks.rule import Example, Rule
from deficiency_glossary.checks.table import GROUPS, rules_in
from deficiency_glossary.cli.commands import cli
from deficiency_glossary.exchange import document
from deficiency_glossary.library.schema import KINDS, json_schema
from deficiency_glossary.library.schema_words import ENGLISH, editor_schema, languages, read_words
from deficiency_glossary.library.store import open_library
from deficiency_glossary.library.yaml12 import MAX_BYTES, MAX_DEPTH
from deficiency_glossary.model import FileKind

REFERENCE = Path(__file__).parent / "reference"
_MADE = "<!-- Made by docs/generate.py. Do not edit by hand. -->\n"

# What the model's types alone do not say: what editors show.
_MORE = {
    f"{record}.{name}": words.description
    for record, fields in read_words(open_library(), ENGLISH).items()
    for name, words in fields.items()
    if words.description
}

_FILES: dict[FileKind, tuple[str, str]] = {
    "glossary": (
        "`glossary.yaml`",
        "What holds for the whole glossary. The folder that holds this file is the glossary.",
    ),
    "locale": ("`locales/<locale>.yaml`", "A language of the glossary and the words of its interface."),
    "concept": ("`content/concepts/<concept>.yaml`", "What is the same in every language. An empty one is `{}`."),
    "entry": ("`content/<locale>/<concept>.yaml`", "The concept in one language: what a translator writes."),
}

_HEAD = f"""\
# Files

{_MADE}
A glossary is a folder of YAML files of four kinds. This page lists every field of each. For editors, the same is in
JSON Schema: [entry](schema/entry.json), [concept](schema/concept.json), [locale](schema/locale.json),
[glossary](schema/glossary.json). The first line of a file can point there:

```text
# yaml-language-server: $schema=../../docs/reference/schema/entry.json
```

How the files are read:

- Markdown may hold links to concepts: `[text](concept)`, or `[text](concept#section)` into one. Links with a scheme go
  where they say; only `https:`, `http:` and `mailto:` are let through. HTML and images are not shown.
- Every value is text until the field says otherwise: `no`, `on`, `012` and `12:30` stay what was typed.
- A file is UTF-8, indented with spaces, at most {MAX_BYTES:,} bytes long and {MAX_DEPTH} levels deep.
- YAML anchors, aliases, tags and second documents are not used.
- Ids are small letters, digits and single hyphens. The name of a file, without `.yaml`, is the id of its concept.
- Locale ids are BCP 47 tags: `ms`, `pt-BR`. Norwegian Bokmål is `no`; its `tag` is `nb`.

What is wrong in a file becomes a [finding](findings.md); a comment beside a field can
[let one stand](../how-to/check-in-ci.md#let-a-finding-stand).
"""


def pages() -> dict[str, str]:
    """Every generated page, by its path under docs/reference."""
    schemas = {
        f"schema/{kind}.json": json.dumps(editor_schema(kind), ensure_ascii=False, indent=2) + "\n" for kind in KINDS
    }
    for name in languages():
        if name != ENGLISH:
            told = editor_schema("entry", name)
            schemas[f"schema/{name}/entry.json"] = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    schemas["schema/export.json"] = json.dumps(document.schema(), ensure_ascii=False, indent=2) + "\n"
    made = {"files.md": files_page, "commands.md": commands_page, "rules.md": rules_page, "links.md": links_page}
    return {**{name: make() for name, make in made.items()}, **schemas}


# --- files.md --------------------------------------------------------------------------------------------------------


def files_page() -> str:
    """The reference of the four kinds of file."""
    parts = [_HEAD]
    for kind, (name, purpose) in _FILES.items():
        definitions = json_schema(kind)["definitions"]
        top = KINDS[kind].__name__
        parts.append(f"## {name}\n\n{purpose}\n\n{_table(top, definitions)}")
        parts += [
            f"### {record}\n\n{_summary(record, definitions)}\n\n{_table(record, definitions)}"
            for record in _nested(top, definitions)
        ]
    return "\n".join(parts)


def _nested(top: str, definitions: dict[str, Any]) -> Iterator[str]:
    """The records inside a file, in the order in which its fields name them."""
    seen = [top]
    for record in seen:
        text = json.dumps(definitions[record]["properties"])
        for name in sorted(definitions, key=lambda name: text.find(f'/{name}"')):
            if f'/{name}"' in text and name not in seen:
                seen.append(name)
    yield from seen[1:]


def _summary(record: str, definitions: dict[str, Any]) -> str:
    return str(definitions[record]["description"]).replace("{name}", "`{name}`").split("\n")[0]


def _table(record: str, definitions: dict[str, Any]) -> str:
    schema = definitions[record]
    rows = ["| field | what it holds | needed | meaning |", "| --- | --- | --- | --- |"]
    for name, field in schema["properties"].items():
        needed = "yes" if name in schema.get("required", ()) else _default(field)
        rows.append(f"| `{name}` | {_kind(field)} | {needed} | {_meaning(record, name, field)} |")
    return "\n".join(rows) + "\n"


def _default(field: dict[str, Any]) -> str:
    default = field.get("default")
    return f"no: `{default}`" if isinstance(default, str) else "no"


def _meaning(record: str, name: str, field: dict[str, Any]) -> str:
    if record == "Messages":
        return f"In English: {_english(name)}"
    own = _MORE.get(f"{record}.{name}") or field.get("description", "")
    return own.replace("|", "\\|").replace("{name}", "`{name}`")


def _english(message: str) -> str:
    """What the shipped source locale says there: the quickest way to show a translator what is meant."""
    library = open_library()
    shown = getattr(library.locale_file(library.settings.source_locale).require().messages, message)
    forms = shown.items() if isinstance(shown, dict) else [("", shown)]
    return ", ".join(f"{form} `{text}`".strip() for form, text in forms)


def _kind(field: dict[str, Any]) -> str:
    """A field's type in words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in field:
        return next(_kind(option) for option in field["anyOf"] if option.get("type") != "null")
    if "enum" in field:
        return " or ".join(f"`{value}`" for value in field["enum"])
    kind = field.get("type")
    if kind == "array":
        return f"list of {_kind(field['items'])}"
    if kind == "object":
        return (
            f"map of {_kind(field.get('propertyNames', {'type': 'string'}))} to {_kind(field['additionalProperties'])}"
        )
    if isinstance(kind, list) and "number" in kind:
        return "number"
    if kind == "boolean":
        return "`true` or `false`"
    if field.get("format") == "date":
        return "date"
    return _text(field)


def _text(field: dict[str, Any]) -> str:
    pattern = field.get("pattern", "")
    if pattern.startswith("^https?"):
        return "address"
    if field.get("maxLength") == 400:
        return "line"
    if field.get("maxLength") == 50_000:
        return "Markdown"
    return {
        r"^[a-z0-9]+(-[a-z0-9]+)*$": "id",
        r"^[a-z][a-z0-9_]*$": "name",
        r"^[A-Z]{3}$": "currency code",
        r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$": "country code",
    }.get(pattern, "text")


# --- links.md --------------------------------------------------------------------------------------------------------

_LINKS_HEAD = """\
What [`links`](commands.md#links) reports in a built site: ours or any other. Each finding stands at the file, line and
column of the address; with `-C`, or in the folder of a glossary, at the place in its files that the link comes from.

A finding of the severity `info` is only told: the exit status stays 0, unless `--fail-on info` asks for more.
"""

_LINKS_END = """\
## What is read

Pages (`.html`, `.htm`, `.xhtml`): `href`, `src`, `srcset`, `imagesrcset`, `poster`, `action`, `formaction`, `data`,
`cite`, `background`, `longdesc`, `xlink:href`, `style`, `<style>`, `<base>`, `<meta http-equiv="refresh">`, Open Graph
pictures, and JSON-LD. Style sheets: `url()` and `@import`. Sitemaps, packed ones too, and indexes of sitemaps; Atom and
RSS with the HTML inside; the sitemaps that `robots.txt` names. Drawings (`.svg`) only for the ids that links want.

Scripts are not run, and what they would add is not seen. Nothing is read in comments and in `<template>`.

An address is looked up as a static host does: the file itself, or `index.html` in the folder. A fragment is looked up
as browsers do: as it is written, then percent-decoded; `#top`, `#:~:text=…` and routes such as `#/x` need no id. The
site's own public address is what most canonical links say, or `--base-url`.
"""


def links_page() -> str:
    """The reference of the findings of `links`."""
    parts = [f"# Findings in a built site\n\n{_MADE}\n{_LINKS_HEAD}"]
    for title, rules in LINK_RULES.items():
        rows = ["| code | severity | what it means | what to do |", "| --- | --- | --- | --- |"]
        rows += [f"| `{code}` | {one.severity} | {one.meaning} | {one.remedy} |" for code, one in sorted(rules.items())]
        parts.append("## " + title + "\n\n" + "\n".join(rows) + "\n")
    return "\n".join([*parts, _LINKS_END])


# --- commands.md -----------------------------------------------------------------------------------------------------

_STATUSES = """\
| exit status | meaning |
| --- | --- |
| 0 | all is well |
| 1 | there are findings |
| 2 | what was asked could not be done; standard error says why |

Standard output carries the result. Everything else goes to standard error. A progress bar shows on a terminal only.
"""

_NOTES = {
    "build": """\
The folder is written beside and swapped in, so a build that is stopped leaves the old site whole. Files that would not
change are taken along. Beside the folder stands `.<name>.build`, with the lock and the memory of the last build; it can
be deleted when no build is running. See [Build the site](../how-to/build-the-site.md).

A folder `theme` beside `glossary.yaml` changes templates and styles and adds pages. See
[Theme the site](../how-to/theme.md).

The lists have one path a line; see [Send only what changed](../how-to/deploy.md). `--scheduler` needs the extra `dask`,
`pip install 'deficiency-glossary[dask]'`, and folders that all machines share; see
[On more machines](../how-to/build-the-site.md#on-more-machines). Ctrl-C leaves the old site, exit status 130.""",
    "check": """\
Every code is listed in [Rules](rules.md). Warnings count as findings too: the exit status is 1. Notices do not. Paths
start from the current folder. See [Check in CI](../how-to/check-in-ci.md).

Of a glossary with 400 entries or more, what was found is kept in `.deficiency_glossary_cache` beside `glossary.yaml`:
only what changed, and what that reaches, is looked at the next time. The findings are the same. The folder can be
deleted at any time; git and backups pass it over. With `--select`, nothing is kept.""",
    "export": """\
Without `--locale`, every locale but the source. A file of `json` fits [its schema](schema/export.json). `po`, `xliff`
and `tbx` need the extra packages of `pip install 'deficiency-glossary[exchange]'`. See
[Exchange](../how-to/exchange.md).""",
    "import": """\
The language of a file is read from the file. Nothing is written while there are errors. Warnings count as findings too:
the exit status is 1. Every code is listed in [Findings](findings.md#files-that-come-back).
For `import articles`, see [Import articles](../how-to/import-articles.md) and its
[findings](findings.md#imported-articles).""",
    "links": """\
Works for any folder of HTML files. Every code is listed in [Findings in a built site](links.md). JSON findings have a
`target` too: the address as it was written. Paths begin at the current folder where the site lies in it, else at the
site's own folder. See [Check links](../how-to/check-links.md). `--external` needs the extra `links`:
`pip install 'deficiency-glossary[links]'`. Ctrl-C ends it early with what is known, and the exit status 130.""",
    "show": """\
The concept is named by its id or an old address of it; the locale by any BCP 47 tag that it serves: `nb-NO` gives
`no`.""",
    "schema": """\
Each field has a title, what it is for, and examples. The language is one of the glossary, or has a file
`locales/schema/<locale>.yaml`; what that file leaves out is in English. The four schemas also stand in
`docs/reference/schema/`, and those of entries in each language in `docs/reference/schema/<locale>/`. See
[Editors](../how-to/editors.md).""",
    "init": """\
Makes `glossary.yaml`, an entry in each language, the words of the interface, and JSON Schemas for editors. English,
Malay, Turkish, Korean, Japanese and Norwegian come ready; any other language of CLDR comes as a draft.""",
    "new": """\
`new concept ID` and `new locale ID [--tag TAG]`; nothing is overwritten. The list of locales in `glossary.yaml` grows
by one. See [Add a language](../how-to/add-a-language.md).""",
    "serve": """\
Needs the package watchfiles: `pip install 'deficiency-glossary[serve]'`. See [Preview](../how-to/preview.md).""",
    "status": """\
The exit status is 1 while something is missing, stale or not noted down. See [Status](../how-to/status.md).""",
}


def commands_page() -> str:
    """The reference of the command line."""
    wide: dict[str, Any] = {**cli.context_settings, "max_content_width": 90, "terminal_width": 90}
    context = click.Context(cli, info_name="deficiency-glossary", **wide)
    parts = [f"# Commands\n\n{_MADE}\n{_help(cli, context)}", _STATUSES]
    for name, command in sorted(cli.commands.items()):
        inner = click.Context(command, info_name=name, parent=context, **wide)
        parts.append(f"## {name}\n\n{_help(command, inner)}\n{_NOTES[name]}\n")
        for below, one in sorted(getattr(command, "commands", {}).items()):
            deeper = click.Context(one, info_name=below, parent=inner, **wide)
            parts.append(f"### {name} {below}\n\n{_help(one, deeper)}")
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context)}\n```\n"


# --- rules.md --------------------------------------------------------------------------------------------------------

_RULES = f"""\
# Rules

{_MADE}
Every rule of `check`, in the order of what it is worth to a reader: what stops a file from being read first, then what
a reader would stumble over. An error is wrong whatever the language; a warning is wrong almost always, and may be
[let stand with a reason](../how-to/check-in-ci.md#let-a-finding-stand). A notice is looked for only when asked, and is
no failure.

The examples are run by the tests. Before the text stands its language; after an arrow, the source that it translates.
A line of a file stands for the small glossary that the tests use.
"""


def rules_page() -> str:
    """The reference of the rules, from their docstrings."""
    parts = [_RULES, _overview()]
    for title, module in GROUPS:
        parts.append(f"## {title}\n")
        parts += [_rule(rule) for rule in rules_in(module)]
    return "\n".join(parts)


def _overview() -> str:
    rows = ["| rules | errors | warnings | notices |", "| --- | --- | --- | --- |"]
    for title, module in GROUPS:
        listed: dict[str, list[str]] = {"error": [], "warning": [], "info": []}
        for rule in rules_in(module):
            listed[rule.severity].append(f"[{rule.code}](#{rule.code})")
        rows.append(f"| {title} | {' | '.join(', '.join(codes) for codes in listed.values())} |")
    return "\n".join(rows) + "\n"


def _rule(rule: Rule) -> str:
    severity = {"error": "Error", "warning": "Warning", "info": "Notice"}[rule.severity]
    asked = " Looked for only when asked: `--select`, or `checks: also:` in `glossary.yaml`." if rule.asked else ""
    parts = [f"### `{rule.code}`\n\n{severity}.{asked} {rule.meaning}\n\n{rule.remedy}\n"]
    if rule.examples:
        shown = "\n".join(_example(example) for example in rule.examples)
        parts.append(f"```text\n{shown}\n```\n")
    return "\n".join(parts)


def _example(example: Example) -> str:
    source = f"  ←  {_visible(example.source)}" if example.source else ""
    return f"{'pass' if example.passes else 'fail'}  {example.place}: {_visible(example.text)}{source}"


def _visible(text: str) -> str:
    """What nobody would see, as an escape."""
    return "".join(
        sign if sign.isprintable() and sign not in "\u3000\u3099\u0301" else sign.encode("unicode_escape").decode()
        for sign in text
    )


def main() -> None:
    """Write every page."""
    for path, text in pages().items():
        target = REFERENCE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        click.echo(f"docs/reference/{path}")


if __name__ == "__main__":
    main()
