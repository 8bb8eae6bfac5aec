"""New files for translators: whole and valid at once, the source text beside each field, nothing overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from deficiency_glossary.errors import GlossaryError
from deficiency_glossary.findings import has_errors
from deficiency_glossary.library import store, yaml12
from deficiency_glossary.library.rules import is_locale_id
from deficiency_glossary.library.schema import KINDS
from deficiency_glossary.library.schema_words import ENGLISH, editor_schema, languages
from deficiency_glossary.library.status import TODO
from deficiency_glossary.library.store import CONCEPTS, SETTINGS, Library, entry_path, open_library
from deficiency_glossary.locales import Locale, Messages
from deficiency_glossary.model import Entry, FileKind

SCHEMAS = "schemas"
_STARTER = "starter"
_MODELINE = "# yaml-language-server: $schema="


class NotMade(GlossaryError):
    """A file cannot be made: it is there already, or its name is none."""


class File(NamedTuple):
    """A file to write: its path relative to the glossary's folder, and its text."""

    path: str
    text: str


def write(root: Path, files: Sequence[File], *, replacing: Sequence[str] = ()) -> None:
    """Write all files, or none if one is there already. Raises NotMade."""
    there = [file.path for file in files if file.path not in replacing and (root / file.path).exists()]
    if there:
        raise NotMade(f"nothing was written, because {there[0]} is there already")
    for file in files:
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.part")
        partial.write_text(file.text, encoding="utf-8", newline="\n")
        partial.replace(path)


# --- a concept -------------------------------------------------------------------------------------------------------


def concept(library: Library, name: str) -> list[File]:
    """The files of a new concept: what is the same everywhere, and a draft in each language. Raises NotMade."""
    if not store.is_valid_id(name):
        raise NotMade(f"{name!r} is no valid id; small letters, digits and single hyphens: deficiency-balance")
    neutral = (
        f"{_like(library, CONCEPTS)}subject_fields: []\n"
        "# Each relation is written once; its inverse is derived.\n"
        "relations: {}\nsources: []\n"
    )
    drafts = [
        File(entry_path(name, locale), draft(_entry_line(library, locale), _EMPTY, None)) for locale in library.locales
    ]
    return [File(f"{CONCEPTS}/{name}.yaml", neutral), *drafts]


def draft(first: str, source: Entry, source_locale: str | None) -> str:
    """An entry to be written: the fields of its source, each text as a comment above its field.

    `first` is the line for editors that the file begins with, if there is one.
    """
    lines = [first.rstrip("\n"), "# Delete this line when the entry is ready.", "draft: true"]
    lines += [*_said(source.preferred.text, source_locale), "terms:", f"  - {{term: {TODO}, status: preferred}}"]
    for name in ("title", "description", "definition"):
        lines += [*_said(getattr(source, name), source_locale), f"{name}: {TODO}"]
    lines += _parts("sections", {key: {"heading": s.heading, "body": s.body} for key, s in source.sections.items()})
    lines += _parts("notes", source.notes)
    lines += _parts("highlights", source.highlights)
    lines += _parts(
        "examples", {key: {"title": e.title, "text": e.text, "labels": e.labels} for key, e in source.examples.items()}
    )
    return "\n".join(line for line in lines if line) + "\n"


def _parts(name: str, values: Mapping[str, object], indent: str = "") -> Iterator[str]:
    if not values:
        return
    yield f"{indent}{name}:"
    inner = indent + "  "
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _parts(key, value, inner)
        else:
            yield from (f"{inner}{line}" for line in _said(str(value), ""))
            yield f"{inner}{key}: {TODO}"


def _said(text: str, locale: str | None) -> list[str]:
    """The source text as a comment; none where there is no source."""
    return [] if locale is None or text == TODO else [f"# {line}".rstrip() for line in text.strip().split("\n")]


_EMPTY = msgspec.convert(
    {"terms": [{"term": TODO, "status": "preferred"}], "title": TODO, "description": TODO, "definition": TODO}, Entry
)


# --- a language ------------------------------------------------------------------------------------------------------


def locale(library: Library, name: str, tag: str) -> list[File]:
    """The files of a new language: its interface in the words of the source, a draft of each entry.

    Also glossary.yaml, with the language among the published ones. Raises NotMade, UnknownLocale for a tag that CLDR
    does not know.
    """
    source = library.settings.source_locale
    if not is_locale_id(name):
        raise NotMade(f"{name!r} is no valid id of a locale; write letters, digits and hyphens: pt-br")
    if name in library.locales:
        raise NotMade(f"{name!r} is published already")
    words = library.locale_file(source).require()
    first = _entry_line(library, name)
    drafts = [
        File(entry_path(one, name), draft(first, library.entry_file(one, source).require(), source))
        for one in sorted(library.concepts_in(source))
    ]
    settings = with_locale(library.read_bytes(SETTINGS).decode("utf-8"), name)
    return [
        File(f"locales/{name}.yaml", locale_text(_like(library, "locales"), words, tag)),
        *drafts,
        File(SETTINGS, settings),
    ]


def locale_text(first: str, words: Locale, tag: str, *, title: str = "", description: str = "") -> str:
    """A locale file in the words of another language, with the plural categories of its own (CLDR)."""
    from babel import Locale as BabelLocale

    from deficiency_glossary.text.formats import format_number

    format_number(1, tag)
    babel = BabelLocale.parse(tag, sep="-")
    categories = sorted(babel.plural_form.tags | {"other"})
    lines = [first.rstrip("\n")] if first else []
    if words.tag != tag:
        lines.append(f"# The words below are still {words.name}: translate them, and keep what stands in {{braces}}.")
    lines += [f"tag: {tag}", f"name: {_quoted(babel.get_display_name() or tag)}"]
    lines += [f"title: {_quoted(title or words.title)}", f"description: {_quoted(description or words.description)}"]
    if babel.text_direction == "rtl":
        lines.append("direction: rtl")
    if words.tag == tag and words.index_alphabet:
        lines.append(f"index_alphabet: [{', '.join(map(_quoted, words.index_alphabet))}]")
    if not title and words.subject_fields:
        lines += ["subject_fields:", *(f"  {key}: {_quoted(text)}" for key, text in words.subject_fields.items())]
    lines.append("messages:")
    for key, message in _messages(words.messages):
        if isinstance(message, Mapping):
            forms = {name: message.get(name, message["other"]) for name in categories}
            lines.append(f"  {key}: {{{', '.join(f'{name}: {_quoted(form)}' for name, form in forms.items())}}}")
        else:
            lines.append(f"  {key}: {_quoted(message)}")
    return "\n".join(lines) + "\n"


def _messages(messages: Messages) -> Iterable[tuple[str, str | Mapping[str, str]]]:
    return msgspec.structs.asdict(messages).items()


def with_locale(text: str, name: str) -> str:
    """glossary.yaml with one more published locale, nothing else changed. Raises NotMade."""
    root = yaml12.read(text.encode(), SETTINGS).root
    if root is None:
        raise NotMade(f"{SETTINGS} cannot be read")
    before = root.plain()
    last = root.at("locales", len(before["locales"]) - 1)
    lines = text.split("\n")
    line = lines[last.line - 1]
    start = last.column - 1
    end = line.index(line[start], start + 1) + 1 if line[start] in "'\"" else start + len(str(last.value))
    is_flow = "[" in line[:start] or not line[:start].strip().startswith("-")
    item = _quoted(name) if name in _NO_PLAIN_WORDS else name
    if is_flow:
        lines[last.line - 1] = f"{line[:end]}, {item}{line[end:]}"
    else:
        lines.insert(last.line, f"{line[:start]}{item}")
    after = yaml12.read("\n".join(lines).encode(), SETTINGS)
    expected = {**before, "locales": [*before["locales"], name]}
    if after.root is None or has_errors(after.findings) or after.root.plain() != expected:
        raise NotMade(f"{SETTINGS} is written in a way that this cannot extend: add {name} to its locales by hand")
    return "\n".join(lines)


_NO_PLAIN_WORDS = frozenset({"no", "on", "y", "n"})  # other readers of YAML take these for truth values


def _quoted(text: str) -> str:
    """A text in double quotes: right for any text, and JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


# --- a glossary ------------------------------------------------------------------------------------------------------


def glossary(locales: Sequence[str]) -> list[File]:
    """A whole glossary of one entry; the first locale is the source. Raises NotMade, UnknownLocale."""
    ours = open_library()
    files = [
        File(SETTINGS, _settings(locales)),
        File(f"{CONCEPTS}/glossary.yaml", modeline("concept", CONCEPTS) + "subject_fields: []\n"),
    ]
    known = {name: _starter(name) for name in (*locales, "en") if name in ours.locales}
    source = known.get(locales[0])
    for name in locales:
        given = known.get(name)
        words = ours.locale_file(name if given else "en").require()
        site = (given or known["en"]).split("\n", 1)[0].removeprefix("# ")
        entry = store.decode((given or known["en"]).encode(), "x", Entry).record
        about = entry.description if entry else ""
        tag = words.tag if given else name
        files.append(
            File(
                f"locales/{name}.yaml",
                locale_text(modeline("locale", "locales"), words, tag, title=site, description=about),
            )
        )
        text = given.split("\n", 1)[1] if given else ""
        if given is None:
            told = store.decode((source or known["en"]).encode(), "x", Entry).record or _EMPTY
            body = draft(_entry_modeline(name), told, locales[0])
        else:
            body = _entry_modeline(name) + text
        files.append(File(entry_path("glossary", name), body))
    kinds: tuple[FileKind, ...] = tuple(KINDS)
    schemas = [File(f"{SCHEMAS}/{kind}.json", _as_json(editor_schema(kind))) for kind in kinds]
    own = [
        File(f"{SCHEMAS}/{name}/entry.json", _as_json(editor_schema("entry", name))) for name in locales if _own(name)
    ]
    return [*files, *schemas, *own]


def _as_json(schema: Mapping[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _own(name: str) -> bool:
    """Whether fields are explained in this language; English is what the common schema has."""
    return name != ENGLISH and name in languages()


def _entry_modeline(name: str) -> str:
    """The line for editors of the entries of a language: to the schema in its words if there is one."""
    line = modeline("entry", f"content/{name}")
    return line.replace(f"{SCHEMAS}/", f"{SCHEMAS}/{name}/") if _own(name) else line


def _settings(locales: Sequence[str]) -> str:
    names = ", ".join(_quoted(name) if name in _NO_PLAIN_WORDS else name for name in locales)
    return (
        f"{modeline('glossary', '')}# Where the site will stand.\nbase_url: https://example.org/\n"
        f"source_locale: {locales[0]}\nlocales: [{names}]\n"
        "licence:\n  name: CC BY 4.0\n  url: https://creativecommons.org/licenses/by/4.0/\n"
    )


def _starter(name: str) -> str:
    from importlib import resources

    folder = resources.files("deficiency_glossary.library").joinpath(_STARTER)
    return folder.joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def _like(library: Library, folder: str) -> str:
    """The line for editors that the files of a folder begin with; '' if they have none."""
    directory = library.root
    for part in folder.split("/"):
        directory = directory.joinpath(part)
    if not directory.is_dir():
        return ""
    for item in sorted(directory.iterdir(), key=lambda item: item.name):
        if item.name.endswith(".yaml"):
            first = item.read_text(encoding="utf-8").partition("\n")[0]
            return f"{first}\n" if first.startswith(_MODELINE) else ""
    return ""


def _entry_line(library: Library, locale: str) -> str:
    """The line for editors of a language's entries: as its others have it, else as the source's, but in English."""
    source = library.settings.source_locale
    as_source = _like(library, f"content/{source}").replace(f"/{source}/entry.json", "/entry.json")
    return _like(library, f"content/{locale}") or as_source


def modeline(kind: FileKind, folder: str) -> str:
    """The comment by which editors find the schema of a file in a folder."""
    up = "../" * (folder.count("/") + 1 if folder else 0)
    return f"{_MODELINE}{up}{SCHEMAS}/{kind}.json\n"
