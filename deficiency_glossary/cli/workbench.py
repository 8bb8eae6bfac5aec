"""The translator's commands: how far the translations are, and how they look."""

from __future__ import annotations

import datetime
import getpass
import json
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from deficiency_glossary.cli import report
from deficiency_glossary.cli.commands import FINDINGS, OK, cli, glossary_of
from deficiency_glossary.library import history, status
from deficiency_glossary.library.status import STATES, Field
from deficiency_glossary.library.store import Library, entry_path, open_library
from deficiency_glossary.library.translations import fields, pairs

OPEN = ("missing", "stale", "draft")


@cli.command("status")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--locale", "locales", multiple=True, metavar="ID", help="Only this locale; may be repeated.")
@click.option("--update", is_flag=True, help="Note down what was translated: status/<locale>.tsv.")
@click.option(
    "--accept",
    nargs=2,
    metavar="CONCEPT FIELD",
    help="The source changed and the translation is still right; FIELD may be `all`. Needs one --locale.",
)
@click.option("--by", help="Who accepts; by default the name that git knows, or the login.")
@click.pass_context
def status_command(
    context: click.Context,
    output: str,
    locales: tuple[str, ...],
    update: bool,
    accept: tuple[str, str] | None,
    by: str | None,
) -> int:
    """Show what is missing, stale, draft, translated and reviewed, field by field."""
    library = open_library(glossary_of(context).root)
    chosen = [library.locale(locale)[0] for locale in locales] or _translations(library)
    if accept:
        _accept(library, chosen, *accept, by or _own_name())
    if update:
        for locale in chosen:
            _update(library, locale)
    found = {locale: list(fields(library, locale)) for locale in chosen}
    if output == "json":
        click.echo(json.dumps(_as_data(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_as_text(library, found)))
    return FINDINGS if any(field.state in OPEN for states in found.values() for field in states) else OK


def _translations(library: Library) -> list[str]:
    return [locale for locale in library.locales if locale != library.settings.source_locale]


# --- writing ---------------------------------------------------------------------------------------------------------


def _folder(library: Library) -> Path:
    if not isinstance(library.root, Path):
        raise click.UsageError("the glossary inside an installed package cannot be written to; name yours with -C")
    return library.root


def _update(library: Library, locale: str) -> None:
    """Note new and changed translations; forget fields that are gone."""
    before = library.ledger(locale)
    known = {(field.concept, field.field) for field in fields(library, locale)}
    after = {key: record for key, record in before.items() if key in known}
    for concept, source, target in pairs(library, locale):
        if target is not None:
            after |= status.noted(concept, source, target, before)
    _write(library, locale, before, after)


def _accept(library: Library, locales: Sequence[str], name: str, field: str, by: str) -> None:
    if len(locales) != 1:
        raise click.UsageError("--accept needs one --locale")
    (locale,) = locales
    concept, _ = library.concept(name)
    before = library.ledger(locale)
    stale = [one.field for one in fields(library, locale) if one.concept == concept and one.state == "stale"]
    chosen = stale if field == "all" else [one for one in stale if one == field]
    if not chosen:
        shown = ", ".join(stale) or "none"
        raise click.UsageError(f"no stale field {field!r} in {entry_path(concept, locale)}; stale there: {shown}")
    source = library.entry_file(concept, library.settings.source_locale).require()
    target = library.entry_file(concept, locale).require()
    today = datetime.datetime.now(tz=datetime.UTC).date()
    _write(library, locale, before, {**before, **status.accepted(concept, source, target, chosen, by, today)})


def _write(library: Library, locale: str, before: status.Ledger, after: status.Ledger) -> None:
    if before == after:
        return
    path = _folder(library) / "status" / f"{locale}.tsv"
    path.parent.mkdir(exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(status.write_ledger(after), encoding="utf-8", newline="\n")
    partial.replace(path)


def _own_name() -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, check=False)  # noqa: S607
    except OSError:
        return getpass.getuser()
    return " ".join(done.stdout.decode("utf-8", "replace").split()) or getpass.getuser()


# --- showing ---------------------------------------------------------------------------------------------------------


def _as_data(by_locale: dict[str, list[Field]]) -> dict[str, object]:
    return {
        "locales": {
            locale: {
                "counts": _counts(found),
                "fields": [
                    {
                        "concept": one.concept,
                        "field": one.field,
                        "state": one.state,
                        "how": one.record.how if one.record else None,
                        "by": one.record.by or None if one.record else None,
                        "date": one.record.day or None if one.record else None,
                    }
                    for one in found
                ],
            }
            for locale, found in by_locale.items()
        }
    }


def _counts(found: Sequence[Field]) -> dict[str, int]:
    counted = Counter(field.state for field in found)
    return {state: counted[state] for state in STATES}


def _as_text(library: Library, by_locale: dict[str, list[Field]]) -> Iterator[str]:
    for locale, found in by_locale.items():
        for path, group in _by_file(locale, found).items():
            yield path
            for one in group:
                yield f"  {one.field}: {_told(one)}"
                if one.state == "stale":
                    yield from _changes(library, one)
            yield ""
    width = max(map(len, by_locale), default=0)
    yield f"{'':{width}}  " + "  ".join(f"{state:>10}" for state in STATES) + "     done"
    for locale, found in by_locale.items():
        counts = _counts(found)
        done = (counts["translated"] + counts["reviewed"]) / (len(found) or 1)
        numbers = "  ".join(f"{counts[state]:>10}" for state in STATES)
        yield f"{locale:{width}}  {numbers}  {int(done * 100):>5} %"


def _by_file(locale: str, found: Sequence[Field]) -> dict[str, list[Field]]:
    """What needs somebody's eye: open fields, and texts that were called right without a change."""
    groups: dict[str, list[Field]] = {}
    for one in found:
        if one.state in OPEN or (one.record and one.record.how == "accepted"):
            groups.setdefault(entry_path(one.concept, locale), []).append(one)
    return groups


def _told(one: Field) -> str:
    if one.state == "stale":
        return "stale: the source changed"
    if one.state == "draft":
        return "draft: not noted down yet" if one.record is None else "draft: changed since it was noted down"
    if one.record and one.record.how == "accepted":
        return f"{one.state}: accepted unchanged by {one.record.by}, {one.record.day}"
    return one.state


def _changes(library: Library, one: Field) -> Iterator[str]:
    """What changed in the source since the translation was made, if git still has it."""
    source = library.settings.source_locale
    now = status.fields_of(library.entry_file(one.concept, source).require())[one.field]
    if one.record is None or not isinstance(library.root, Path):
        return
    path = entry_path(one.concept, source)
    before = history.former_text(library.root, path, one.field, one.record.source)
    if before is None:
        yield "    (the earlier source text is not in git)"
        return
    for line in history.word_diff(before, now).strip().splitlines():
        yield f"    {line}".rstrip()


# --- serve -----------------------------------------------------------------------------------------------------------


@cli.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
@click.option(
    "--editor",
    default="vscode",
    show_default=True,
    help="The editor that links open: vscode, vscodium, cursor, zed, idea, sublime, textmate, emacs, or a pattern "
    "with {path}, {line} and {column}.",
)
@click.pass_context
def serve(context: click.Context, port: int, editor: str) -> int:
    """Show the site on this machine, new at each save, with findings beside the passages. Ctrl-C ends it."""
    from deficiency_glossary.preview.server import serving
    from deficiency_glossary.preview.state import Snapshot
    from deficiency_glossary.preview.watch import watch

    root = _folder(open_library(glossary_of(context).root))

    def show(now: Snapshot) -> None:
        click.echo(report.as_text(now.findings), nl=False)
        click.echo(f"made in {now.seconds * 1000:.0f} ms", err=True)

    stop = threading.Event()
    with serving(root, port, editor) as (preview, address):
        show(preview.refresh())
        click.echo(f"Look at {address} – it changes when you save. Ctrl-C ends it.", err=True)
        try:
            watch(preview.root, lambda: show(preview.refresh()), stop)
        except KeyboardInterrupt:
            stop.set()
    return OK
